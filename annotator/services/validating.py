"""Validating an exported dataset: what is wrong with it, file by file and line by line.

Needs no project. A faulty line is a finding and stops nothing; only a folder that is no dataset at
all is refused.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from annotator.formats import (
    article_record,
    dataset_files,
    export_folder,
    jsonl,
    stand_off,
    statement_record,
)
from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_files import Dataset
from annotator.formats.dataset_record import FileRecord
from annotator.formats.gold_record import GoldArticleRecord, GoldRecord
from annotator.formats.record_schema import strict
from annotator.formats.stand_off import (
    StandOffArticleRecord,
    StandOffGoldArticleRecord,
    StandOffGoldRecord,
    StandOffRecord,
)
from annotator.formats.statement_record import CONTEXT, StatementRecord, misfit
from annotator.services.article_reading import fault
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.split_leaks import Leaks

_CHUNK = 1 << 20
_MOST = 1000  # findings; a file of another format would give one for each of its lines

T = TypeVar("T", ArticleRecord, StatementRecord)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: in which file, on which line (None: the file as a whole)."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.what}"


@dataclass(slots=True)
class Verdict:
    """What was found, and what was looked at."""

    findings: list[Finding] = field(default_factory=list)
    checked: str = ""


@dataclass(frozen=True, slots=True)
class _Article:
    """What a statement is held against."""

    sha256: str
    length: int | None
    text: str | None


def validate(
    folder: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Verdict:
    """Return what is wrong with the dataset in `folder`; UserError when there is none."""
    dataset = dataset_files.read(folder)
    return _Check(dataset, progress, cancelled).verdict()


class _Check:
    """One dataset, looked at once from beginning to end."""

    def __init__(
        self, dataset: Dataset, progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        self._dataset = dataset
        self._progress = progress
        self._cancelled = cancelled
        self._findings: list[Finding] = []
        self._articles: dict[str, _Article] = {}
        self._ids: dict[str, str] = {}
        self._seen: dict[bytes, str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._leaks = Leaks(dataset.statement_files)
        book = dataset.record.codebook
        self._known = {"target": set(book.targets), "stance": set(book.stances)}
        self._attributes = {name: set(values) for name, values in book.attributes.items()}
        self._flags = set(book.flags)

    def verdict(self) -> Verdict:
        files = self._dataset.record.files
        for done, (name, said) in enumerate(files.items()):
            tell(self._progress, done, 2 * len(files))
            self._file(name, said)
        if self._dataset.record.format != "jsonl":
            return Verdict(
                self._findings, "its files are as listed; records are checked in JSON Lines alone"
            )
        self._article_lines()
        for done, name in enumerate(self._dataset.statement_files):
            tell(self._progress, len(files) + done, 2 * len(files))
            self._lines(name)
        self._spread()
        for file, line, what in self._leaks.found(self._cancelled):
            self._find(file, line, what)
        statements, articles = len(self._ids), len(self._articles)
        return Verdict(
            self._findings, f"{statements:,} statements in {articles:,} articles, every file"
        )

    def _find(self, file: str, line: int | None, what: str) -> None:
        if len(self._findings) < _MOST:
            self._findings.append(Finding(file, line, what))
        elif len(self._findings) == _MOST:
            self._findings.append(Finding(file, line, "and more; mend these first"))

    # ------------------------------------------------------------------------- files

    def _file(self, name: str, said: FileRecord) -> None:
        digest, size, lines = hashlib.sha256(), 0, 0
        try:
            with (self._dataset.folder / name).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    refuse_cancelled(self._cancelled, "The check")
                    digest.update(chunk)
                    size += len(chunk)
                    lines += chunk.count(b"\n")
        except OSError as error:
            self._find(name, None, f"it cannot be read ({error.strerror})")
            return
        if size != said.bytes:
            self._find(name, None, f"it has {size:,} bytes, dataset.json says {said.bytes:,}")
        elif digest.hexdigest() != said.sha256:
            self._find(name, None, "its sha256 is not the one in dataset.json")
        if name.endswith(".jsonl") and lines != said.lines:
            self._find(name, None, f"it has {lines:,} lines, dataset.json says {said.lines}")

    # ---------------------------------------------------------------------- articles

    def _article_lines(self) -> None:
        name = export_folder.ARTICLES
        bare, gold = self._dataset.bare, self._dataset.gold
        kinds = (ArticleRecord, GoldArticleRecord, StandOffArticleRecord, StandOffGoldArticleRecord)
        kind: type[ArticleRecord] = kinds[2 * bare + gold]
        by_sha: dict[str, int] = {}
        for number, found in self._readable(name, strict(kind)):
            wrong = self._article_fault(found, bare=bare)
            if wrong is not None:
                self._find(name, number, wrong)
            if found.uid in self._articles:
                self._find(name, number, f"article {found.uid} stands here twice")
            if found.sha256 in by_sha:
                self._find(name, number, f"it has the text of line {by_sha[found.sha256]}")
            by_sha.setdefault(found.sha256, number)
            self._articles[found.uid] = _Article(found.sha256, found.length, found.text)

    def _article_fault(self, record: ArticleRecord, *, bare: bool) -> str | None:
        if bare:
            return _bare_article_fault(record)
        if record.text is None:
            return None if record.schema == article_record.SCHEMA else _schema(record.schema)
        if record.length != len(record.text):
            return f"its length is {len(record.text):,}, not {record.length}"
        return fault(record)

    # -------------------------------------------------------------------- statements

    def _lines(self, name: str) -> None:
        bare, gold = self._dataset.bare, self._dataset.gold
        kinds = (StatementRecord, GoldRecord, StandOffRecord, StandOffGoldRecord)
        kind: type[StatementRecord] = kinds[2 * bare + gold]
        for number, record in self._readable(name, strict(kind)):
            if number % 1000 == 0:
                refuse_cancelled(self._cancelled, "The check")
            for wrong in (
                self._place_fault(record, bare=bare),
                self._choice_fault(record),
                self._twice(record, f"{name}, line {number}"),
            ):
                if wrong is not None:
                    self._find(name, number, wrong)
            self._count(record)
            self._leaks.add(name, number, record)

    def _place_fault(self, record: StatementRecord, *, bare: bool) -> str | None:
        wanted = stand_off.SCHEMA if bare else statement_record.SCHEMA
        if record.schema != wanted:
            return _schema(record.schema)
        article = self._articles.get(record.article or "")
        if article is None:
            return f"its article {record.article} is not in {export_folder.ARTICLES}"
        if record.article_sha256 != article.sha256:
            return "its article_sha256 is not that of its article"
        if bare:
            return _bare_fault(record, article.length)
        if article.text is None:
            return _order_fault(record, article.length)
        wrong = misfit(record, article.text)
        if wrong is not None:
            return wrong
        start, end = record.start, record.end
        around = article.text[max(0, start - CONTEXT) : start], article.text[end : end + CONTEXT]
        if (record.prefix, record.suffix) != around:
            return "its prefix or suffix is not what stands beside it in the article"
        return None

    def _choice_fault(self, record: StatementRecord) -> str | None:
        for key, value in (("target", record.target), ("stance", record.stance)):
            if value is not None and value not in self._known[key]:
                return f"its {key} “{value}” is not in the codebook"
        for name, value in record.attributes.items():
            if name not in self._attributes:
                return f"its attribute “{name}” is not in the codebook"
            if value is not None and value not in self._attributes[name]:
                return f"its {name} “{value}” is not in the codebook"
        unknown = next((flag for flag in record.flags if flag not in self._flags), None)
        return None if unknown is None else f"its flag “{unknown}” is not in the codebook"

    def _twice(self, record: StatementRecord, place: str) -> str | None:
        before = self._ids.setdefault(record.id or place, place)
        if before != place:
            return f"its id stands in {before} already"
        said = (
            record.article,
            record.annotator,
            tuple(map(tuple, record.pieces)),
            None if record.speaker is None else record.speaker.id or record.speaker.name,
            record.target,
            record.stance,
            record.label_source,
            sorted(record.attributes.items(), key=str),
        )
        same = hashlib.blake2b(repr(said).encode(), digest_size=16).digest()
        before = self._seen.setdefault(same, place)
        return None if before == place else f"it says the same as {before}"

    def _count(self, record: StatementRecord) -> None:
        self._counts["annotator", record.annotator or ""] += 1
        self._counts["target", record.target or "(open)"] += 1
        self._counts["stance", record.stance or "(open)"] += 1

    def _spread(self) -> None:
        """Hold the counts of dataset.json against what was read."""
        counts = self._dataset.record.counts
        number = sum(n for (key, _), n in self._counts.items() if key == "target")
        for what, said, found in (
            ("articles", counts.articles, len(self._articles)),
            ("statements", counts.statements, number),
        ):
            if said != found:
                self._find(export_folder.DATASET, None, f"it counts {said:,} {what}, not {found:,}")
        for key, by in (
            ("annotator", counts.by_annotator),
            ("target", counts.by_target),
            ("stance", counts.by_stance),
        ):
            found_by = {value: n for (name, value), n in self._counts.items() if name == key}
            if found_by != {value: n for value, n in by.items() if n}:
                self._find(export_folder.DATASET, None, f"its counts by {key} are not those found")

    def _readable(self, name: str, type_: type[T]) -> Iterator[tuple[int, T]]:
        """Yield the lines that can be read; the others are findings."""
        if name not in self._dataset.record.files:
            self._find(export_folder.DATASET, None, f"it does not list {name}")
        if not (self._dataset.folder / name).is_file():
            return
        for number, found in self._dataset.lines(name, type_):
            if isinstance(found, jsonl.Refusal):
                self._find(name, number, found.reason)
            else:
                yield number, found


def _schema(name: str) -> str:
    return f"its schema is “{name}”, which no such line of this dataset has"


def _bare_article_fault(record: ArticleRecord) -> str | None:
    if record.schema != stand_off.ARTICLE_SCHEMA:
        return _schema(record.schema)
    if record.text is not None or record.title is not None or any(r.text for r in record.excluded):
        return "it holds words of its article, which this dataset must not"
    length = record.length or 0
    beyond = next((r for r in record.excluded if not 0 <= r.start < r.end <= length), None)
    return None if beyond is None else f"its region {beyond.start} to {beyond.end} is beyond it"


def _bare_fault(record: StatementRecord, length: int | None) -> str | None:
    quotes = [record.mention, record.cue, record.condition_span]
    quotes += [link.mention for link in record.source_chain]
    said = [record.text, record.prefix, record.suffix, *(q.text for q in quotes if q is not None)]
    if any(said) or record.note is not None:
        return "it holds words of its article, which this dataset must not"
    return _order_fault(record, length)


def _order_fault(record: StatementRecord, length: int | None) -> str | None:
    """Return how offsets cannot be right, of an article whose text is not there."""
    at = -1
    pieces = record.pieces
    if not pieces or (record.start, record.end) != (pieces[0][0], pieces[-1][1]):
        return f"its pieces do not begin at {record.start} and end at {record.end}"
    for start, end in stand_off.spans(record):
        if not 0 <= start < end or (length is not None and end > length):
            return f"its span {start} to {end} is empty or beyond the article"
    for start, end in pieces:
        if start <= at:
            return f"its piece {start} to {end} is out of order or touches another"
        at = end
    return None
