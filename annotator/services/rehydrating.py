"""Rehydrating: the words of the articles put back into a dataset that was exported without them.

Needs no project: the dataset says what it is, and the articles are read as an import reads them.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from annotator.domain import text as texts
from annotator.domain.offset_units import UNITS
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import card_text, dataset_files, export_folder, jsonl, whole_file
from annotator.formats.anchors import Words
from annotator.formats.dataset_files import Dataset
from annotator.formats.dataset_record import FileRecord
from annotator.formats.negative_record import NegativeRecord
from annotator.formats.other_offsets import Rulers, with_offsets
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
_NO_COPY = "no copy of its article was given"
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
    rulers: Rulers | None


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
    its texts, nothing of it is found, or `folder` cannot be written: what was there is then as it
    was.
    """
    found = dataset_files.read(dataset)
    recipe = found.record.stand_off
    if recipe is msgspec.UNSET:
        raise UserError(f"“{dataset}” was exported with its texts; there is nothing to put back.")
    if found.record.format != "jsonl":
        raise UserError(
            f"“{dataset}” is in the format “{found.record.format}”, which holds no anchors; texts"
            " are put back into JSON Lines, so export it with --format jsonl."
        )
    if folder.resolve() == dataset.resolve():
        raise UserError(f"“{folder}” is the dataset itself; choose another folder to write to.")
    prepared = prepare(articles, progress, cancelled)
    report = Report(folder, refused=prepared.refused)
    with export_folder.replacing(folder) as draft:
        work = _Work(found, recipe.salt, prepared.articles, report)
        work.write(draft, progress, cancelled)
        if report.rows and report.count("not found") == len(report.rows):
            raise UserError(
                "No statement was found in these articles, so nothing was written; give those the"
                " dataset was made from."
            )
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
        dataset = self._dataset
        files: dict[str, Callable[[str], Iterator[msgspec.Struct]]] = {
            export_folder.ARTICLES: self._article_lines,
            **dict.fromkeys(dataset.statement_files, self._lines),
            **dict.fromkeys(dataset.negative_files, self._negative_lines),
        }
        for done, (name, lines) in enumerate(files.items()):
            tell(progress, done, len(files))
            with (draft / name).open("wb") as file:
                writer = jsonl.Writer(file)
                for record in lines(name):
                    refuse_cancelled(cancelled, _ACTION)
                    writer.write(record)
                writer.finish()
        card = dataset.card()
        if card is not None:
            body = card_text.with_texts(card).encode()
            (draft / export_folder.CARD).write_bytes(body)
        said = self._described(export_folder.listed(draft))
        (draft / export_folder.DATASET).write_bytes(said)
        tell(progress, len(files), len(files))

    def _article_lines(self, _name: str) -> Iterator[msgspec.Struct]:
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
            yield (
                made if place.rulers is None else with_offsets(made, place.rulers.of_article(made))
            )

    def _lines(self, name: str) -> Iterator[msgspec.Struct]:
        for number, record in self._dataset.sound(name, self._type):
            fate, made, reason = self._restored(record)
            self._row(name, number, record.id, record.article_name or "", fate, reason)
            if made is not None:
                self._note(made)
                rulers = self._places[made.article or ""].rulers
                yield made if rulers is None else with_offsets(made, rulers.of_statement(made))

    def _negative_lines(self, name: str) -> Iterator[msgspec.Struct]:
        for number, record in self._dataset.sound(name, NegativeRecord):
            place = self._places.get(record.article)
            if place is None or not place.exact:
                why = "it is no part of the very same text" if place else _NO_COPY
                self._row(name, number, None, record.article_name, "not found", why)
                continue
            self._row(name, number, None, record.article_name, "exact", "")
            span, text = Span(record.start, record.end), place.copy.text
            before, after = texts.context(span, text)
            made = msgspec.structs.replace(
                record,
                article_name=place.restorer.article(self._articles[record.article]).name,
                text=span.of(text),
                prefix=before,
                suffix=after,
            )
            yield made if place.rulers is None else with_offsets(made, place.rulers.of_span(span))

    def _row(
        self, file: str, line: int, id_: str | None, article: str, fate: Fate, reason: str
    ) -> None:
        self._report.rows.append(Row(file, line, id_, article, fate, reason))

    def _restored(self, record: AnyStandOff) -> tuple[Fate, StatementRecord | None, str]:
        place = self._places.get(record.article or "")
        if place is None:
            return "not found", None, _NO_COPY
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

    def _described(self, files: Mapping[str, FileRecord]) -> bytes:
        """Return dataset.json of what was written; whatever else it said stays."""
        said: dict[str, Any] = dict(self._dataset.raw)
        said.pop("stand_off", None)
        if "texts" in said:
            said["texts"] = True
        said["files"] = {name: msgspec.structs.asdict(one) for name, one in files.items()}
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
                self._rulers(copy.text),
            )
            for uid, copy in found.items()
            if copy is not None
        }

    def _rulers(self, text: str) -> Rulers | None:
        units = [unit for unit in UNITS if unit in self._dataset.record.offsets]
        in_order = sorted(units, key=list(self._dataset.record.offsets).index)
        return Rulers(text, in_order) if in_order else None

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
