"""Exporting: a dataset in one of the forms, every statement checked before it is written.

`plan` says what an export of an `Order` would hold, `export` writes it; both read only, so they
work on a snapshot in any thread (`annotator.services.project.snapshot`). Articles pass through one
by one: memory does not grow with their number, but for the columns that a division needs.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.domain.records import Counts
from annotator.errors import UserError
from annotator.formats import dataset_record, export_folder, stand_off
from annotator.formats.card_facts import LeakReport
from annotator.formats.dataset_record import DatasetRecord
from annotator.formats.datasets.form import Context, Entry, Form, nothing_lost
from annotator.formats.datasets.registry import forms
from annotator.formats.gold_record import GoldCounts, GoldDatasetRecord
from annotator.services import dataset_preview, dividing
from annotator.services.dataset_describing import Tally, described
from annotator.services.dataset_entries import Choice, Picked, Selection
from annotator.services.dataset_order import Order, context
from annotator.services.dataset_preview import SHOWN, Sample
from annotator.services.dividing import Divided, Splitting
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project, find_annotator
from annotator.storage import export_rows, history, queries

__all__ = ["Choice", "Order", "Splitting", "annotator_ids", "export", "forms", "plan"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would hold.

    `records` are its first lines as text (of a form that is no text, of the records that it
    holds), `samples` the beginning of each of its files, `counts` how its statements spread, and
    `spread` the same at once: by split, annotator, target and stance. `left_out` and `lost` say by
    clause how much is not chosen and how much the form cannot carry; `lacks` is the form's own
    sentence on that, `notes` what to know of the splits, `leaks` what of one split stands in
    another (None: nobody asked, or there are no splits). `rows` counts statements and negatives by
    split, "" where there is none.
    """

    records: tuple[str, ...]
    counts: Counts
    samples: tuple[Sample, ...] = ()
    spread: Mapping[tuple[str, str, str, str], int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    negatives: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    lacks: str = ""
    notes: tuple[str, ...] = ()
    leaks: LeakReport | None = None

    @property
    def statements(self) -> int:
        """The number of statements."""
        return self.counts.statements


@dataclass(frozen=True, slots=True)
class Report:
    """What an export holds; `sha256` is by file name, `gold` how far the decisions go.

    `left_out`, `lost`, `rows` and `notes` are as in `Preview`.
    """

    folder: Path
    articles: int
    statements: int
    by_annotator: Mapping[str, int]
    by_target: Mapping[str, int]
    by_stance: Mapping[str, int]
    sha256: Mapping[str, str]
    gold: GoldCounts | None = None
    negatives: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A dataset that is written and not yet in its place, for those who add to it.

    `record` is what dataset.json will say, but for the files, which are listed afterwards; `tally`
    what was counted while it was written.
    """

    folder: Path
    project: Project
    order: Order
    form: Form
    context: Context
    record: DatasetRecord
    tally: Tally


# Called with the draft before it takes its place; may write more files into `Draft.folder`.
Addition = Callable[[Draft], None]


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
    project: Project,
    order: Order | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    leaks: bool = False,
) -> Preview:
    """Return what an export would hold, with its first records as they will be written.

    `leaks` are looked for when that is asked. UserError as `export` would raise it, as far as it
    reads; CancelledError when `cancelled` says so. `progress` is told of articles, twice over
    where the dataset is divided.
    """
    with export_rows.steady(project.store):
        run = _Run(project, order or Order(), progress, cancelled, leaks=leaks)
        with _needed(run.form):
            first = _count(run)
            records, samples = dataset_preview.first_lines(run.form, run.context, first)
        return Preview(
            records=records,
            counts=run.tally.counts(project, run.order.choice),
            samples=samples,
            spread=run.tally.by_labels(),
            rows=run.tally.rows(run.context.splits),
            negatives=run.tally.negatives.total(),
            left_out=dict(run.left_out),
            lost=dict(run.lost),
            lacks=run.form.lacks,
            notes=run.divided.notes,
            leaks=run.divided.leaks,
        )


def export(
    project: Project,
    folder: Path,
    order: Order | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    at: str | None = None,
    additions: Sequence[Addition] = (),
) -> Report:
    """Write the dataset that `order` asks for (JSON Lines of what is done if None) into `folder`.

    The folder appears, or is replaced, only when everything is written and every statement fits
    its article; otherwise UserError and the old export is whole. CancelledError when `cancelled`
    says so. `at` is the time to write into dataset.json, now if None. `additions` are called when
    all is written but dataset.json, and may write more files into the folder of the draft.
    """
    with export_folder.replacing(folder) as draft, export_rows.steady(project.store):
        run = _Run(project, order or Order(), progress, cancelled)
        with _needed(run.form):
            _write(run, draft)
        record = run.record(at or history.now())
        for add in additions:
            add(Draft(draft, project, run.order, run.form, run.context, record, run.tally))
        files = export_folder.listed(draft)
        body = dataset_record.encode(msgspec.structs.replace(record, files=files))
        (draft / export_folder.DATASET).write_bytes(body)
    sums = {name: file.sha256 for name, file in files.items()}
    sums[export_folder.DATASET] = hashlib.sha256(body).hexdigest()
    counts = record.counts
    return Report(
        folder=folder,
        articles=counts.articles,
        statements=counts.statements,
        by_annotator=counts.by_annotator,
        by_target=counts.by_target,
        by_stance=counts.by_stance,
        sha256=sums,
        gold=record.gold if isinstance(record, GoldDatasetRecord) else None,
        negatives=record.negatives,
        rows=run.tally.rows(run.context.splits),
        left_out=record.left_out,
        lost=record.lost,
        notes=run.divided.notes,
    )


class _Run:
    """One pass over what goes in, after one that divides it where that is asked."""

    def __init__(
        self,
        project: Project,
        order: Order,
        progress: Progress | None,
        cancelled: Cancelled | None,
        *,
        leaks: bool = False,
    ) -> None:
        self.project = project
        self.order = order
        self.form, self.context = context(project, order)
        self._progress = progress
        self._cancelled = cancelled
        self._articles = len(queries.article_ids(project.store))
        self._told = 0
        self.divided = Divided()
        if order.splitting is not None:
            self.divided = dividing.divide(
                project,
                order.choice,
                order.splitting,
                self.form,
                self.context,
                self._tell_dividing,
                cancelled,
                leaks=leaks,
            )
            self._told = self._articles
        self.selection = Selection(project, order.choice)
        self._recipe = stand_off.recipe(str(project.store.row("project", 1)["uid"]))
        self.tally = Tally()
        self.lost: Counter[str] = Counter()

    @property
    def left_out(self) -> Mapping[str, int]:
        """How much was not chosen so far, by reason."""
        return self.selection.left_out

    def each(self) -> Iterator[Picked]:
        """Yield what goes in of each article, telling how far it is."""
        total = self._told + self._articles
        for done, picked in enumerate(self.selection.each()):
            refuse_cancelled(self._cancelled, "The export")
            tell(self._progress, self._told + done, total)
            if picked is not None:
                yield picked
        tell(self._progress, total, total)

    def entry(self, picked: Picked) -> Entry:
        """Return the entry of an article, counted."""
        entry = self.selection.entry(
            picked, None if self.order.splitting is None else self.divided.splits
        )
        self.lost += self.form.lost(entry, self.context)
        if self.order.stand_off:
            entry = stand_off.stripped(entry, self._recipe.salt)
        self.tally.add(entry)
        return entry

    def record(self, at: str) -> DatasetRecord:
        """Return what dataset.json says of all that was written, without the files."""
        record = described(
            self.project,
            self.order,
            self.context,
            self.tally,
            self.selection,
            self.lost,
            self.divided,
            at,
        )
        if not self.order.stand_off:
            return record
        speakers = [stand_off.speaker(speaker) for speaker in record.speakers]
        return msgspec.structs.replace(record, stand_off=self._recipe, speakers=speakers)

    def _tell_dividing(self, done: int, total: int) -> None:
        tell(self._progress, done, total + self._articles)


def _count(run: _Run) -> list[Entry]:
    """Count everything; return the first entries that hold something."""
    names = {a.id: a.name for a in queries.annotators(run.project.store)}
    # The records are made only where somebody looks at them.
    all_made = run.order.choice.gold or run.form.lost is not nothing_lost
    first: list[Entry] = []
    shown = 0
    for picked in run.each():
        if shown >= SHOWN and not all_made:
            run.tally.add_rows(picked, names, run.divided.splits)
            continue
        entry = run.entry(picked)
        rows = len(entry.statements) + len(entry.negatives)
        if shown < SHOWN and rows:
            shown += rows
            first.append(entry)
    return first


def _write(run: _Run, draft: Path) -> None:
    """Write all entries in the form that was asked for."""
    writer = run.form.writer(draft, run.context)
    try:
        for picked in run.each():
            writer.add(run.entry(picked))
        writer.finish()
    finally:
        writer.close()


@contextmanager
def _needed(form: Form) -> Iterator[None]:
    """Raise UserError where the library of a form is not installed."""
    try:
        yield
    except ImportError as error:
        if form.needs is None:
            raise
        raise UserError(
            f"The format “{form.name}” needs the library “{error.name}”, which is not here; install"
            f' it with: pip install "stance-annotator[{form.needs}]"'
        ) from error
