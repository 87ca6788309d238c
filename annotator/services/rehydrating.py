"""Rehydrating: the words of the articles put back into a dataset that was exported without them.

Needs no project: the dataset says what it is, and the articles are read as an import reads them.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from annotator.errors import UserError
from annotator.formats import dataset_files, export_folder, jsonl, whole_file
from annotator.formats.anchors import Words
from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_files import Dataset
from annotator.formats.restoring import Restorer
from annotator.formats.stand_off import (
    AnyStandOff,
    AnyStandOffArticle,
    StandOffArticleRecord,
    StandOffGoldArticleRecord,
    StandOffGoldRecord,
    StandOffRecord,
)
from annotator.formats.statement_record import SpeakerRef, StatementRecord, misfit
from annotator.services.article_reading import PreparedArticle, prepare
from annotator.services.gathering import Refusal
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell

Fate = Literal["exact", "moved", "not found"]
FATES: tuple[Fate, ...] = get_args(Fate)

_ACTION = "Putting the texts back"
_FEWEST = 3  # windows that a copy must share with an article to be taken for it


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one statement: `file` and `line` of the dataset, and why if not found."""

    file: str
    line: int
    id: str | None
    article: str
    fate: Fate
    reason: str = ""

    def __str__(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"{self.file}, line {self.line}: {self.fate}{why}"


@dataclass(slots=True)
class Report:
    """What became of every row; `sealed` counts records whose notes or names stay sealed."""

    folder: Path
    rows: list[Row] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # names of articles without a copy
    refused: list[Refusal] = field(default_factory=list)  # articles that could not be read
    sealed: int = 0

    def count(self, fate: Fate) -> int:
        """Return the number of rows with this fate."""
        return sum(row.fate == fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """An article of the dataset and the copy whose words it gets."""

    copy: PreparedArticle
    restorer: Restorer
    exact: bool


def rehydrate(
    dataset: Path,
    articles: Sequence[Path],
    folder: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Report:
    """Write the dataset with the texts of `articles` (files, folders, articles.jsonl) to `folder`.

    Where a text is the very one, every line comes back to the byte. Where it differs, each
    statement is looked for by its anchors and then names the copy; one that is not found, and an
    article without a copy, is left out and reported. UserError when `dataset` is none of ours, has
    its texts, or `folder` cannot be written: what was there is then as it was.
    """
    found = dataset_files.read(dataset)
    recipe = found.record.stand_off
    if recipe is msgspec.UNSET:
        raise UserError(f"“{dataset}” was exported with its texts; there is nothing to put back.")
    if folder.resolve() == dataset.resolve():
        raise UserError(f"“{folder}” is the dataset itself; choose another folder to write to.")
    prepared = prepare(articles, progress, cancelled)
    report = Report(folder, refused=prepared.refused)
    with export_folder.replacing(folder) as draft:
        work = _Work(found, recipe.salt, prepared.articles, report)
        work.write(draft, progress, cancelled)
    return report


def save_rows(report: Report, path: Path) -> None:
    """Save what became of every row as CSV: file, line, id, article, fate, reason."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "line", "id", "article", "fate", "reason"])
    writer.writerows(
        [row.file, row.line, row.id, row.article, row.fate, row.reason] for row in report.rows
    )
    whole_file.write(path, text.getvalue().encode())


class _Work:
    """One dataset on its way back to its texts."""

    def __init__(
        self, dataset: Dataset, salt: str, copies: Sequence[PreparedArticle], report: Report
    ) -> None:
        self._dataset = dataset
        self._report = report
        gold = dataset.gold
        self._type: type[AnyStandOff] = StandOffGoldRecord if gold else StandOffRecord
        kind: type[AnyStandOffArticle] = (
            StandOffGoldArticleRecord if gold else StandOffArticleRecord
        )
        self._articles: dict[str, AnyStandOffArticle] = {
            record.uid: record for _, record in dataset.sound(export_folder.ARTICLES, kind)
        }
        self._places = self._placed(salt, copies)
        self._names: dict[str, str] = {}
        self._counts: dict[str, Counter[str]] = {
            key: Counter() for key in ("annotator", "target", "stance", "article")
        }

    def write(self, draft: Path, progress: Progress | None, cancelled: Cancelled | None) -> None:
        files = [export_folder.ARTICLES, *self._dataset.statement_files]
        written = {}
        for done, name in enumerate(files):
            tell(progress, done, len(files))
            with (draft / name).open("wb") as file:
                writer = jsonl.Writer(file)
                lines = self._lines(name) if done else self._article_lines()
                for record in lines:
                    refuse_cancelled(cancelled, _ACTION)
                    writer.write(record)
                written[name] = writer.finish()
        body = self._described(written)
        (draft / export_folder.DATASET).write_bytes(body)
        card = self._dataset.card()
        if card is not None:
            (draft / export_folder.CARD).write_text(card, encoding="utf-8", newline="\n")
        tell(progress, len(files), len(files))

    def _article_lines(self) -> Iterator[ArticleRecord]:
        for uid, record in self._articles.items():
            place = self._places.get(uid)
            if place is None:
                self._report.missing.append(record.name)
                continue
            self._report.sealed += place.restorer.sealed(record)
            made = place.restorer.article(record)
            if not place.exact:
                copy = place.copy
                made = msgspec.structs.replace(
                    made, file_name=copy.file_name, file_sha256=copy.file_sha256
                )
            self._counts["article"][made.name] += 0
            yield made

    def _lines(self, name: str) -> Iterator[StatementRecord]:
        for number, record in self._dataset.sound(name, self._type):
            fate, made, reason = self._restored(record)
            row = Row(name, number, record.id, record.article_name or "", fate, reason)
            self._report.rows.append(row)
            if made is not None:
                self._note(made)
                yield made

    def _restored(self, record: AnyStandOff) -> tuple[Fate, StatementRecord | None, str]:
        place = self._places.get(record.article or "")
        if place is None:
            return "not found", None, "no copy of its article was given"
        made = place.restorer.statement(record)
        if made is None:
            return "not found", None, f"its words do not stand in “{place.copy.path}”"
        fault = misfit(made, place.copy.text)
        if fault is not None:
            return "not found", None, fault
        self._report.sealed += place.restorer.sealed(record)
        return "exact" if place.exact else "moved", made, ""

    def _note(self, record: StatementRecord) -> None:
        said = {
            "annotator": record.annotator or "",
            "target": record.target or "(open)",
            "stance": record.stance or "(open)",
            "article": record.article_name or "",
        }
        for key, value in said.items():
            self._counts[key][value] += 1
        for ref in [record.speaker, *(link.speaker for link in record.source_chain)]:
            if isinstance(ref, SpeakerRef) and ref.id is not None:
                self._names[ref.id] = ref.name

    def _described(self, written: Mapping[str, jsonl.Written]) -> bytes:
        """Return dataset.json of what was written; whatever else it said stays."""
        said: dict[str, Any] = dict(self._dataset.raw)
        said.pop("stand_off", None)
        if "texts" in said:
            said["texts"] = True
        made = {
            name: {"lines": one.lines, "bytes": one.size, "sha256": one.sha256}
            for name, one in written.items()
        }
        said["files"] = {name: made[name] for name in said["files"] if name in made}
        counts = dict(said["counts"])
        if any(row.fate == "not found" for row in self._report.rows) or self._report.missing:
            counts |= {
                "articles": len(self._counts["article"]),
                "statements": self._counts["target"].total(),
                "by_annotator": {
                    name: self._counts["annotator"][name] for name in counts["by_annotator"]
                },
                "by_target": dict(sorted(self._counts["target"].items())),
                "by_stance": dict(sorted(self._counts["stance"].items())),
            }
        said["counts"] = counts | {"by_article": dict(self._counts["article"])}
        said["speakers"] = [
            one | {"name": self._names.get(one["id"], one["name"])} for one in said["speakers"]
        ]
        return self._dataset.encoded(said)

    # ---------------------------------------------------------------- which copy is which

    def _placed(self, salt: str, copies: Sequence[PreparedArticle]) -> dict[str, _Place]:
        by_sha = {copy.sha256: copy for copy in copies}
        exact = {uid: by_sha.get(record.sha256) for uid, record in self._articles.items()}
        used = {copy.sha256 for copy in exact.values() if copy is not None}
        rest = [copy for copy in by_sha.values() if copy.sha256 not in used]
        wanting = [uid for uid, copy in exact.items() if copy is None]
        similar = self._similar(salt, wanting, rest) if wanting and rest else {}
        found = {uid: copy or similar.get(uid) for uid, copy in exact.items()}
        return {
            uid: _Place(
                copy,
                Restorer(copy.text, salt, copy.sha256, exact=uid not in wanting),
                uid not in wanting,
            )
            for uid, copy in found.items()
            if copy is not None
        }

    def _similar(
        self, salt: str, wanting: Sequence[str], copies: Sequence[PreparedArticle]
    ) -> dict[str, PreparedArticle]:
        """Return the copy that shares most windows with each article that has no exact one."""
        holders: dict[str, list[int]] = {}
        for at, copy in enumerate(copies):
            for window in Words(copy.text, salt).windows():
                holders.setdefault(window, []).append(at)
        votes: dict[str, Counter[int]] = {uid: Counter() for uid in wanting}
        for name in self._dataset.statement_files:
            for _, record in self._dataset.sound(name, self._type):
                if record.article in votes:
                    anchors = record.anchors.values()
                    hashes = {one for a in anchors for one in (a.before, a.after) if one}
                    votes[record.article].update(
                        at for one in hashes for at in holders.get(one, ())
                    )
        best = {uid: counted.most_common(1) for uid, counted in votes.items()}
        return {uid: copies[top[0][0]] for uid, top in best.items() if top and top[0][1] >= _FEWEST}
