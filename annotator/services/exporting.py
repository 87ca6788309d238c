"""Exporting: a folder of JSON Lines that a model can be trained on, checked line by line.

Reads only, so it works on a snapshot in any thread (`annotator.services.project.snapshot`).
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator import __version__
from annotator.domain import text as texts
from annotator.domain.codebook import Codebook
from annotator.domain.records import Counts
from annotator.errors import UserError
from annotator.formats import dataset_record, export_folder, gold_record, jsonl
from annotator.formats.dataset_record import (
    CodebookRecord,
    CountsRecord,
    DatasetRecord,
    FileRecord,
    SpeakerRecord,
)
from annotator.formats.gold_record import GoldCounts, GoldDatasetRecord
from annotator.services.gold_records import GoldMaker
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project, find_annotator
from annotator.services.record_making import RecordMaker
from annotator.storage import counting, export_rows, history, queries

SHOWN = 3  # records in a preview


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would hold: its first lines as text, and how its statements spread."""

    records: tuple[str, ...]
    counts: Counts

    @property
    def statements(self) -> int:
        """The number of statements."""
        return self.counts.statements


@dataclass(frozen=True, slots=True)
class Report:
    """What an export holds; `sha256` is by file name, `gold` how far the decisions go."""

    folder: Path
    articles: int
    statements: int
    by_annotator: Mapping[str, int]
    by_target: Mapping[str, int]
    by_stance: Mapping[str, int]
    sha256: Mapping[str, str]
    gold: GoldCounts | None = None


def annotator_ids(project: Project, names: Sequence[str]) -> list[int] | None:
    """Return the ids of the annotators called `names`; None, which means all, for no names."""
    if not names:
        return None
    found = [find_annotator(project, name) for name in names]
    missing = [name for name, annotator in zip(names, found, strict=True) if annotator is None]
    if missing:
        known = ", ".join(f"“{a.name}”" for a in queries.annotators(project.store))
        there = f"its annotators are {known}" if known else "nobody has annotated it yet"
        raise UserError(f"This project has no annotator “{missing[0]}”; {there}.")
    return [annotator.id for annotator in found if annotator is not None]


def plan(
    project: Project, annotator_ids: Sequence[int] | None = None, *, gold: bool = False
) -> Preview:
    """Return what an export of the statements of `annotator_ids` (all if None) would hold.

    With `gold`, what was decided; by_annotator is then empty.
    """
    with export_rows.steady(project.store):
        ids = [project.gold.id] if gold else _listed(project, annotator_ids)
        maker = _maker(project, annotator_ids, gold=gold)
        lines: list[str] = []
        for article_id in queries.article_ids(project.store):
            if len(lines) >= SHOWN:
                break
            if export_rows.statements(project.store, article_id, ids):
                row = project.store.row("article", article_id)
                some = zip(range(SHOWN - len(lines)), maker.statements(row), strict=False)
                lines += [jsonl.line(record) for _, record in some]
        return Preview(tuple(lines), counting.counts(project.store, ids))


def export(
    project: Project,
    folder: Path,
    annotator_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    at: str | None = None,
    gold: bool = False,
) -> Report:
    """Write the statements of `annotator_ids` (all if None) and every article into `folder`.

    With `gold`, what was decided is written instead, each with the labels of annotators that it
    was decided from; of `annotator_ids` (see `case_reading.cases`) is then what counts as left.

    The folder appears, or is replaced, only when every line is written and fits its article;
    otherwise UserError and the old export is whole. CancelledError when `cancelled` says so.
    `at` is the time to write into dataset.json, now if None.
    """
    with export_folder.replacing(folder) as draft, export_rows.steady(project.store):
        maker = _maker(project, annotator_ids, gold=gold)
        spread: Counter[tuple[str, str | None, str | None]] = Counter()
        files, by_article = _write_lines(project, draft, maker, spread, progress, cancelled)
        names = _names(project, annotator_ids, spread, gold=gold)
        record = _dataset(project, names, spread, by_article, files, at or history.now())
        if isinstance(maker, GoldMaker):
            record = _gold(record, maker)
        body = dataset_record.encode(record)
        (draft / export_folder.DATASET).write_bytes(body)
    sums = {name: file.sha256 for name, file in files.items()}
    return Report(
        folder=folder,
        articles=record.counts.articles,
        statements=record.counts.statements,
        by_annotator=record.counts.by_annotator,
        by_target=record.counts.by_target,
        by_stance=record.counts.by_stance,
        sha256={**sums, export_folder.DATASET: hashlib.sha256(body).hexdigest()},
        gold=record.gold if isinstance(record, GoldDatasetRecord) else None,
    )


def _write_lines(
    project: Project,
    draft: Path,
    maker: RecordMaker,
    spread: Counter[tuple[str, str | None, str | None]],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[dict[str, FileRecord], dict[str, int]]:
    """Write statements.jsonl and articles.jsonl; return what they hold, and lines by article."""
    names = (export_folder.STATEMENTS, export_folder.ARTICLES)
    total = len(queries.article_ids(project.store))
    by_article: dict[str, int] = {}
    with (draft / names[0]).open("wb") as first, (draft / names[1]).open("wb") as second:
        writers = _writers(first, second)
        statement, article = (writer.write for writer in writers)
        for done, row in enumerate(export_rows.each_article(project.store)):
            refuse_cancelled(cancelled, "The export")
            tell(progress, done, total)
            if texts.sha256(row["text"]) != row["sha256"]:
                raise UserError(
                    f"The text of article “{row['name']}” was changed outside this program;"
                    " nothing was exported. Open a copy of the project made before."
                )
            number = 0
            for record in maker.statements(row):
                statement(record)
                number += 1
                spread[record.annotator or "", record.target, record.stance] += 1
            by_article[row["name"]] = number
            article(maker.article(row))
        written = [writer.finish() for writer in writers]
    tell(progress, total, total)
    pairs = zip(names, written, strict=True)
    return {name: FileRecord(w.lines, w.size, w.sha256) for name, w in pairs}, by_article


def _writers(*files: BinaryIO) -> list[jsonl.Writer]:
    return [jsonl.Writer(file) for file in files]


def _dataset(
    project: Project,
    names: Sequence[str],
    spread: Counter[tuple[str, str | None, str | None]],
    by_article: Mapping[str, int],
    files: Mapping[str, FileRecord],
    at: str,
) -> DatasetRecord:
    by: list[Counter[str]] = [Counter(dict.fromkeys(names, 0)), Counter(), Counter()]
    for group, number in spread.items():
        for counter, value in zip(by, group, strict=True):
            counter[counting.OPEN if value is None else value] += number
    counts = CountsRecord(
        articles=files[export_folder.ARTICLES].lines,
        statements=spread.total(),
        by_annotator=by[0],
        by_target=dict(sorted(by[1].items())),
        by_stance=dict(sorted(by[2].items())),
        by_article=by_article,
    )
    return DatasetRecord(
        schema=dataset_record.SCHEMA,
        program=f"stance-annotator {__version__}",
        project=project.name,
        exported_at=at,
        label_source="annotator",
        annotators=names,
        codebook=_codebook(project.codebook),
        counts=counts,
        files=files,
        speakers=_speakers(project),
    )


def _maker(project: Project, annotator_ids: Sequence[int] | None, *, gold: bool) -> RecordMaker:
    if not gold:
        return RecordMaker(project, _listed(project, annotator_ids))
    return GoldMaker(project, annotator_ids)


def _names(
    project: Project,
    annotator_ids: Sequence[int] | None,
    spread: Mapping[tuple[str, str | None, str | None], int],
    *,
    gold: bool,
) -> list[str]:
    """Return whose statements the lines are; of gold those who decided."""
    people = queries.annotators(project.store)
    if gold:
        decided = {name for name, _, _ in spread}
        return [a.name for a in people if a.name in decided]
    ids = _listed(project, annotator_ids)
    return [a.name for a in people if a.id in ids]


def _gold(record: DatasetRecord, maker: GoldMaker) -> GoldDatasetRecord:
    values = {name: getattr(record, name) for name in DatasetRecord.__struct_fields__}
    values["label_source"] = gold_record.LABEL_SOURCE
    return GoldDatasetRecord(**values, gold=maker.counts())


def _codebook(codebook: Codebook) -> CodebookRecord:
    return CodebookRecord(
        version=codebook.version,
        targets=[t.id for t in codebook.targets],
        stances=[s.id for s in codebook.stances],
        attributes={a.id: [c.id for c in a.choices] for a in codebook.attributes},
        flags=[f.id for f in codebook.flags],
    )


def _speakers(project: Project) -> list[SpeakerRecord]:
    speakers = queries.speakers(project.store)
    uids = {s.id: s.uid for s in speakers}
    return [
        SpeakerRecord(
            s.uid, s.name, s.type, uids[s.on_behalf_of] if s.on_behalf_of else None, s.aliases
        )
        for s in speakers
    ]


def _listed(project: Project, annotator_ids: Sequence[int] | None) -> list[int]:
    if annotator_ids is not None:
        return list(annotator_ids)
    return [a.id for a in queries.annotators(project.store)]
