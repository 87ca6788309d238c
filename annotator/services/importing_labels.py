"""Labels coming in from an export: the same statements, at the same offsets, for any annotator."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import dataset_record, export_folder, jsonl
from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_record import SpeakerRecord
from annotator.formats.jsonl import Refusal
from annotator.formats.statement_record import StatementRecord
from annotator.services import annotating, article_reading, importing
from annotator.services.article_reading import Region
from annotator.services.label_matching import Fitting, LabelMatcher
from annotator.services.project import Project, ensure_annotator, find_annotator
from annotator.services.speaker_matching import SpeakerMatcher
from annotator.storage import import_rows, queries

LABEL = "Import labels"

_AT_ONCE = 2000  # lines in one go where nobody waits
_A_TURN = 200  # lines in one commit of a window that keeps painting

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
    """One import: the open file of labels, whose they become, and what lies beside them."""

    file: BinaryIO
    size: int
    annotator_id: int
    articles: article_reading.Prepared
    regions_file: Path | None
    speakers: Sequence[SpeakerRecord]
    at_once: int


def import_labels(
    project: Project, file: Path, annotator_name: str, articles_file: Path | None = None
) -> Report:
    """Bring in the labels of `file` (statements.jsonl, or the folder of an export) in one step.

    A line that does not fit is refused with the reason, the others come in. The articles of
    `articles_file` that are missing are added first; excluded regions come from it, or from the
    articles.jsonl beside `file`. UserError when a file cannot be read at all.
    """
    report = Report()
    with _open(file) as handle, _whose(project, annotator_name, report) as annotator_id:
        job = _job(handle, annotator_id, articles_file, _AT_ONCE)
        with project.transact(LABEL):
            for _ in _work(project, job, report, nullcontext):
                pass
    return report


def add(
    project: Project, file: Path, annotator_name: str, articles_file: Path | None = None
) -> Generator[tuple[int, int], None, Report]:
    """Do the same some lines a turn: yields (done, total) in bytes, returns the Report.

    All of it is undone as one step. Closing the generator before its end leaves nothing behind.
    """
    report = Report()
    with _open(file) as handle, _whose(project, annotator_name, report) as annotator_id:
        job = _job(handle, annotator_id, articles_file, _A_TURN)
        step = project.long_step(LABEL)
        finished = False
        try:
            yield from _work(project, job, report, step.part)
            finished = True
        finally:
            if not finished:
                step.cancel()
        step.finish()
    return report


@contextmanager
def _whose(project: Project, name: str, report: Report) -> Iterator[int]:
    """Give the id of the annotator called `name`; one that is new stays only if labels came in."""
    known = find_annotator(project, name)
    annotator_id = ensure_annotator(project, name).id
    finished = False
    try:
        yield annotator_id
        finished = True
    finally:
        unused = known is None and not (finished and report.added)
        if unused and not import_rows.has_statements(project.store, annotator_id):
            with project.store.transact("Remove annotator", undoable=False):
                project.store.delete("annotator", annotator_id)


def _open(file: Path) -> BinaryIO:
    path = file
    try:
        path = file / export_folder.STATEMENTS if file.is_dir() else file
        return path.open("rb")
    except PermissionError as error:
        raise UserError(
            f"The labels “{path}” may not be read; ask their owner for permission."
        ) from error
    except FileNotFoundError as error:
        raise UserError(f"There are no labels “{path}”; give a statements.jsonl.") from error
    except OSError as error:
        raise UserError(f"The labels “{path}” cannot be read: {error.strerror}.") from error


def _job(handle: BinaryIO, annotator_id: int, articles_file: Path | None, at_once: int) -> _Job:
    path = Path(handle.name)
    beside = path.with_name(export_folder.ARTICLES)
    articles = article_reading.Prepared()
    if articles_file is not None:
        articles = article_reading.prepare([articles_file])
        if not articles.articles:
            reason = articles.refused[0] if articles.refused else "it holds none"
            raise UserError(f"No article can be read from “{articles_file}”: {reason}.")
    return _Job(
        file=handle,
        size=path.stat().st_size,
        annotator_id=annotator_id,
        articles=articles,
        regions_file=beside if articles_file is None and beside.is_file() else None,
        speakers=_described(path.with_name(export_folder.DATASET)),
        at_once=at_once,
    )


def _described(path: Path) -> Sequence[SpeakerRecord]:
    """Return what the dataset.json beside the labels says of speakers; nothing if there is none."""
    try:
        return dataset_record.decode(path.read_bytes()).speakers
    except (OSError, UserError):
        return ()


def _work(project: Project, job: _Job, report: Report, part: Part) -> Iterator[tuple[int, int]]:
    fresh = importing.sorted_out(project, job.articles.articles)
    for _ in importing.insert_all(project, fresh, part):
        yield 0, job.size
    report.articles = tuple(name for name, _, _ in fresh.articles)
    report.articles_refused = tuple(job.articles.refused)
    with part():
        report.regions = _add_regions(project, job)
    speakers = SpeakerMatcher(project, job.speakers)
    matcher = LabelMatcher(project, job.annotator_id, speakers)
    touched: set[int] = set()
    for chunk in _chunks(job, report):
        with part():
            _insert(project, matcher, chunk, report, touched)
            report.other_codebooks = matcher.other_codebooks
        yield job.file.tell(), job.size
    with part():
        speakers.finish()
        _note_work(project, job.annotator_id, touched)


def _chunks(job: _Job, report: Report) -> Iterator[list[tuple[int, StatementRecord]]]:
    """Yield the readable lines with their numbers, some at a time; refuse the others."""
    chunk: list[tuple[int, StatementRecord]] = []
    for number, found in jsonl.Reader(job.file, StatementRecord):
        if isinstance(found, Refusal):
            report.refused.append(found)
            continue
        chunk.append((number, found))
        if len(chunk) >= job.at_once:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _insert(
    project: Project,
    matcher: LabelMatcher,
    chunk: Sequence[tuple[int, StatementRecord]],
    report: Report,
    touched: set[int],
) -> None:
    matcher.look_ahead([record for _, record in chunk])
    rows: list[tuple[object, ...]] = []
    chained: list[tuple[int, StatementRecord]] = []
    for number, record in chunk:
        found = matcher.judge(record)
        if isinstance(found, Fitting):
            if record.source_chain:
                chained.append((len(rows), record))
            rows.append(matcher.row(found))
            touched.add(found.place.id)
        elif found is None:
            report.present += 1
        else:
            report.refused.append(Refusal(number, found))
    if rows:
        ids = project.store.insert_many("statement", import_rows.STATEMENT, rows)
        links = [link for at, record in chained for link in matcher.chain(ids[at], record)]
        if links:
            project.store.insert_many("source", import_rows.SOURCE, links)
        report.added += len(rows)


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
