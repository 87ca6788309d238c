"""Labels coming in from an export: the same statements, at the same offsets, for any annotator."""

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import dataset_files, dataset_record, export_folder
from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_record import SpeakerRecord
from annotator.formats.jsonl import Refusal
from annotator.formats.statement_record import StatementRecord
from annotator.services import annotating, article_reading, importing
from annotator.services.article_reading import Region
from annotator.services.label_lines import FileLines, Line, Lines, ReadyLines
from annotator.services.label_matching import Fitting, LabelMatcher
from annotator.services.project import Project, ensure_annotator, find_annotator
from annotator.services.speaker_matching import SpeakerMatcher
from annotator.storage import import_rows, queries

if TYPE_CHECKING:
    from annotator.services.foreign_labels import Batch

LABEL = "Import labels"

_AT_ONCE = 2000  # lines in one go where nobody waits
_A_TURN = 200  # lines in one commit of a window that keeps painting

_HEAD = 1_000_000  # bytes in which the first line names its schema
_SCHEMA = re.compile(rb'"schema"\s*:\s*"stance')

Part = Callable[[], AbstractContextManager[object]]


@dataclass(slots=True)
class Report:
    """What an import of labels did; a refused line is named with its number."""

    added: int = 0
    present: int = 0  # there already
    refused: list[Refusal] = field(default_factory=list)
    articles: tuple[str, ...] = ()
    articles_refused: tuple[importing.Refusal, ...] = ()
    regions: int = 0
    other_codebooks: Mapping[str, int] = field(default_factory=dict)  # statements by version
    left_out: Mapping[str, int] = field(default_factory=dict)  # what was passed over on purpose

    @property
    def note(self) -> str | None:
        """What to say of statements made with codebooks that the project does not have."""
        if not self.other_codebooks:
            return None
        number = sum(self.other_codebooks.values())
        versions = ", ".join(f"“{version}”" for version in sorted(self.other_codebooks))
        return (
            f"{number:,} of the statements added name a codebook that this project does not have"
            f" ({versions}); their choices are all in its own, so they were taken."
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """One import: the labels, and what lies beside them."""

    lines: Lines
    articles: article_reading.Prepared
    regions_file: Path | None = None
    speakers: Sequence[SpeakerRecord] = ()


def import_labels(
    project: Project, file: Path, annotator_name: str | None, articles_file: Path | None = None
) -> Report:
    """Bring in the labels of `file` (a statements.jsonl, or the folder of an export) in one step.

    They come in under `annotator_name`, or where that is None under the names the lines give. A
    line that does not fit is refused with the reason, the others come in. The articles of
    `articles_file` that are missing are added first; excluded regions come from it, or from the
    articles.jsonl beside `file`. UserError when a file cannot be read at all.
    """
    with _opened(file) as handles:
        return _at_once(project, _job(handles, annotator_name, articles_file))


def add(
    project: Project, file: Path, annotator_name: str | None, articles_file: Path | None = None
) -> Generator[tuple[int, int], None, Report]:
    """Do the same some lines a turn: yields (done, total) in bytes, returns the Report.

    All of it is undone as one step. Closing the generator before its end leaves nothing behind.
    """
    with _opened(file) as handles:
        return (yield from _in_turns(project, _job(handles, annotator_name, articles_file)))


def import_batch(
    project: Project, batch: "Batch", articles: article_reading.Prepared | None = None
) -> Report:
    """Bring in what was converted of another program's labels, with `articles`, in one step."""
    report = _at_once(project, _job_of(batch, articles))
    report.left_out = batch.left_out
    return report


def add_batch(
    project: Project, batch: "Batch", articles: article_reading.Prepared | None = None
) -> Generator[tuple[int, int], None, Report]:
    """Do the same some statements a turn: yields (done, total), returns the Report."""
    report = yield from _in_turns(project, _job_of(batch, articles))
    report.left_out = batch.left_out
    return report


def _at_once(project: Project, job: _Job) -> Report:
    report = Report()
    with _whose(project, job.lines.names) as ids, project.transact(LABEL):
        for _ in _work(project, job, report, nullcontext, ids, _AT_ONCE):
            pass
    return report


def _in_turns(project: Project, job: _Job) -> Generator[tuple[int, int], None, Report]:
    report = Report()
    with _whose(project, job.lines.names) as ids:
        step = project.long_step(LABEL)
        finished = False
        try:
            yield from _work(project, job, report, step.part, ids, _A_TURN)
            finished = True
        finally:
            if not finished:
                step.cancel()
        step.finish()
    return report


def is_own(file: Path) -> bool:
    """Tell whether `file` is an export of this program, or cannot be looked at."""
    try:
        if file.is_dir():
            return any(path.is_file() for path in _files(file))
        if file.suffix.lower() != ".jsonl":
            return not file.exists()
        with file.open("rb") as handle:
            return _SCHEMA.search(handle.read(_HEAD)) is not None
    except OSError:
        return True


@contextmanager
def _whose(project: Project, names: Sequence[str]) -> Iterator[dict[str, int]]:
    """Give the ids of the annotators called `names`; a new one stays only if labels came in."""
    fresh: list[int] = []
    ids: dict[str, int] = {}
    try:
        for name in names:
            known = find_annotator(project, name)
            ids[name] = (known or ensure_annotator(project, name)).id
            if known is None:
                fresh.append(ids[name])
        yield ids
    finally:
        for annotator_id in fresh:
            if not import_rows.has_statements(project.store, annotator_id):
                with project.store.transact("Remove annotator", undoable=False):
                    project.store.delete("annotator", annotator_id)


def _files(folder: Path) -> list[Path]:
    """Return the files of statements of an export: one, or one for each split."""
    one = folder / export_folder.STATEMENTS
    if one.is_file():
        return [one]
    try:
        return [folder / name for name in dataset_files.read(folder).statement_files] or [one]
    except UserError:
        return [one]


@contextmanager
def _opened(file: Path) -> Iterator[Sequence[BinaryIO]]:
    with ExitStack() as stack:
        with _readable(file):
            paths = _files(file) if file.is_dir() else [file]
        handles: list[BinaryIO] = []
        for path in paths:
            with _readable(path):
                handles.append(stack.enter_context(path.open("rb")))
        yield handles


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise UserError(
            f"The labels “{path}” may not be read; ask their owner for permission."
        ) from error
    except FileNotFoundError as error:
        raise UserError(f"There are no labels “{path}”; give a statements.jsonl.") from error
    except OSError as error:
        raise UserError(f"The labels “{path}” cannot be read: {error.strerror}.") from error


def _job_of(batch: "Batch", articles: article_reading.Prepared | None) -> _Job:
    together = article_reading.Prepared(list(batch.articles))
    if articles is not None:
        together.articles += articles.articles
        together.refused += articles.refused
    return _Job(ReadyLines(batch.lines, batch.refused), together)


def _job(
    handles: Sequence[BinaryIO], annotator_name: str | None, articles_file: Path | None
) -> _Job:
    path = Path(handles[0].name)
    beside = path.with_name(export_folder.ARTICLES)
    articles = article_reading.Prepared()
    if articles_file is not None:
        articles = article_reading.prepare([articles_file])
        if not articles.articles:
            reason = articles.refused[0] if articles.refused else "it holds none"
            raise UserError(f"No article can be read from “{articles_file}”: {reason}.")
    return _Job(
        lines=FileLines(handles, annotator_name),
        articles=articles,
        regions_file=beside if articles_file is None and beside.is_file() else None,
        speakers=_described(path.with_name(export_folder.DATASET)),
    )


def _described(path: Path) -> Sequence[SpeakerRecord]:
    """Return what the dataset.json beside the labels says of speakers; nothing if there is none."""
    try:
        return dataset_record.decode(path.read_bytes()).speakers
    except (OSError, UserError):
        return ()


def _work(
    project: Project,
    job: _Job,
    report: Report,
    part: Part,
    ids: Mapping[str, int],
    at_once: int,
) -> Iterator[tuple[int, int]]:
    size = job.lines.size
    fresh = importing.sorted_out(project, job.articles.articles)
    for _ in importing.insert_all(project, fresh, part):
        yield 0, size
    report.articles = tuple(name for name, _, _ in fresh.articles)
    report.articles_refused = tuple(job.articles.refused)
    with part():
        report.regions = _add_regions(project, job)
    coming = _Coming(project, SpeakerMatcher(project, job.speakers), report, ids)
    for done, chunk in job.lines.chunks(at_once, report.refused):
        with part():
            coming.insert(chunk)
        yield done, size
    with part():
        coming.finish()


class _Coming:
    """Puts lines into the project, each under its annotator."""

    def __init__(
        self, project: Project, speakers: SpeakerMatcher, report: Report, ids: Mapping[str, int]
    ) -> None:
        self._project = project
        self._speakers = speakers
        self._report = report
        taken: set[str] = set()  # one uid, one statement, whoever's it is
        self._matchers = {
            annotator_id: LabelMatcher(project, annotator_id, speakers, taken)
            for annotator_id in sorted(set(ids.values()))
        }
        self._ids = {name.casefold(): annotator_id for name, annotator_id in ids.items()}
        self._touched: dict[int, set[int]] = {}

    def insert(self, chunk: Sequence[Line]) -> None:
        """Put in the lines that fit and are not there; count or refuse the others."""
        by_annotator: dict[int, list[StatementRecord]] = {}
        for line in chunk:
            by_annotator.setdefault(self._whose(line), []).append(line.record)
        for annotator_id, records in by_annotator.items():
            self._matchers[annotator_id].look_ahead(records)
        rows: list[tuple[object, ...]] = []
        chained: list[tuple[int, StatementRecord, LabelMatcher]] = []
        for line in chunk:
            annotator_id = self._whose(line)
            matcher = self._matchers[annotator_id]
            found = matcher.judge(line.record)
            if isinstance(found, Fitting):
                if line.record.source_chain:
                    chained.append((len(rows), line.record, matcher))
                rows.append(matcher.row(found))
                self._touched.setdefault(annotator_id, set()).add(found.place.id)
            elif found is None:
                self._report.present += 1
            else:
                self._report.refused.append(Refusal(line.line, found, line.place))
        if rows:
            store = self._project.store
            ids = store.insert_many("statement", import_rows.STATEMENT, rows)
            links = [link for at, record, by in chained for link in by.chain(ids[at], record)]
            if links:
                store.insert_many("source", import_rows.SOURCE, links)
            self._report.added += len(rows)

    def finish(self) -> None:
        """Note what can only be said at the end: principals, work begun, foreign codebooks."""
        self._speakers.finish()
        for annotator_id, article_ids in sorted(self._touched.items()):
            _note_work(self._project, annotator_id, article_ids)
        others = (matcher.other_codebooks for matcher in self._matchers.values())
        self._report.other_codebooks = sum(others, Counter())

    def _whose(self, line: Line) -> int:
        return self._ids[line.annotator.casefold()]


def _add_regions(project: Project, job: _Job) -> int:
    """Exclude what the given or sibling articles.jsonl excludes and is still counted here."""
    known = queries.known_texts(project.store)
    present = import_rows.regions_by_article(project.store)
    number = 0
    for sha256, regions in _regions(project, job):
        if sha256 not in known:
            continue
        article_id = known[sha256][0]
        for region in regions:
            if not _holds(present.get(article_id, ()), region.span):
                annotating.exclude(project, article_id, region.span, region.reason)
                number += 1
    return number


def _holds(regions: Sequence[tuple[int, int]], span: Span) -> bool:
    return any(start <= span.start and span.end <= end for start, end in regions)


def _regions(project: Project, job: _Job) -> Iterator[tuple[str, Sequence[Region]]]:
    """Yield the excluded regions that lie beside the labels, by the sha256 of the article."""
    for article in job.articles.articles:
        yield article.sha256, article.regions
    if job.regions_file is None:
        return
    known = queries.known_texts(project.store)
    for _, found in article_reading.records(job.regions_file):
        if isinstance(found, ArticleRecord) and found.excluded and found.sha256 in known:
            text = import_rows.article_text(project.store, known[found.sha256][0])
            fitted = (article_reading.region(record, text) for record in found.excluded)
            yield found.sha256, [region for region in fitted if region is not None]


def _note_work(project: Project, annotator_id: int, article_ids: set[int]) -> None:
    """Note the articles that got labels as in progress, as marking by hand does."""
    known = import_rows.work_rows(project.store, annotator_id, article_ids)
    fresh = [
        (annotator_id, article_id, "in_progress", None) for article_id in article_ids - known.keys()
    ]
    if fresh:
        project.store.insert_many("work", import_rows.WORK, sorted(fresh))
    for row_id, status in known.values():
        if status in ("todo", "done"):
            project.store.update("work", row_id, {"status": "in_progress"})
