"""Dividing a dataset into splits that do not leak: the rows of a project, and where each goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.domain.spans import Span
from annotator.domain.splits.rows import Row
from annotator.errors import UserError
from annotator.formats.card_facts import LeakReport
from annotator.formats.datasets.form import Context, Form
from annotator.services import previewed_leaks
from annotator.services.dataset_entries import (
    END,
    SPEAKER,
    STANCE,
    START,
    TARGET,
    Choice,
    Picked,
    Selection,
)
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project
from annotator.storage import queries

By = Literal["statement", "article", "speaker", "date"]
BY: tuple[By, ...] = ("statement", "article", "speaker", "date")
_NAMES = {2: ("train", "test"), 3: ("train", "validation", "test")}


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a dataset is to be divided: by `shares` (train and test, or with validation between).

    With `folds` instead into as many parts of one size, for cross-validation. What belongs together
    `by` repeated statements and near-identical text, article, speaker or date stays together. The
    same project, choice and `seed` give the same splits to the byte.
    """

    by: By = "statement"
    shares: tuple[float, ...] = (80, 10, 10)
    folds: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.folds and self.folds < 2:
            raise UserError(f"{self.folds} folds are too few; ask for at least 2.")
        if self.folds and self.by == "date":
            raise UserError(
                "Folds that follow each other in time test on the past; divide by date with shares"
                " such as 80/10/10 instead."
            )
        if not self.folds and (len(self.shares) not in _NAMES or min(self.shares) <= 0):
            written = "/".join(f"{share:g}" for share in self.shares)
            raise UserError(
                f"“{written}” is no division; give the shares of train, validation and test, such"
                " as 80/10/10, or of train and test, such as 80/20."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the splits, in their order."""
        if self.folds:
            return tuple(f"fold{number}" for number in range(1, self.folds + 1))
        return _NAMES[len(self.shares)]


@dataclass(frozen=True, slots=True)
class Divided:
    """The split of every row by its key (of articles by uid, for forms of articles), and notes.

    `leaks` are there when they were asked for.
    """

    splits: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    leaks: LeakReport | None = None


def divide(
    project: Project,
    choice: Choice,
    splitting: Splitting,
    form: Form,
    context: Context,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    leaks: bool = False,
) -> Divided:
    """Read every row of the dataset once and say into which split each goes.

    Kept are the columns of a `Row` alone; `progress` is told of articles. With `leaks`, what of
    one split stands in another is looked for too.
    """
    rows: list[Row] = []
    uids = queries.speaker_uids(project.store)
    total = len(queries.article_ids(project.store))
    for done, picked in enumerate(Selection(project, choice).each()):
        refuse_cancelled(cancelled, "The export")
        tell(progress, done, total)
        if picked is not None:
            rows += _rows(picked, form, context, uids)
    found = _divided(rows, splitting, form, context, cancelled)
    if not leaks:
        return found
    return replace(
        found, leaks=previewed_leaks.found(rows, found.splits, context.splits, cancelled)
    )


def _divided(
    rows: list[Row],
    splitting: Splitting,
    form: Form,
    context: Context,
    cancelled: Cancelled | None,
) -> Divided:
    # numpy and scipy take a quarter of a second to import
    from annotator.domain.splits import dividing as divisions
    from annotator.domain.splits import grouping

    def heed(_done: int, _total: int) -> None:
        refuse_cancelled(cancelled, "The export")

    by = splitting.by
    together = grouping.groups(rows, by, whole_articles=form.unit == "article", progress=heed)
    # Folds are splits of one size.
    sizes = splitting.shares if not splitting.folds else [1.0] * splitting.folds
    shares = dict(zip(context.splits, sizes, strict=True))
    division = divisions.divide(rows, together, shares, splitting.seed, by=by)
    keys = [row.key for row in rows]
    return Divided(dict(zip(keys, division.splits, strict=True)), tuple(division.notes))


def _rows(
    picked: Picked, form: Form, context: Context, speakers: Mapping[int, str]
) -> Iterator[Row]:
    """Yield the rows of one article; of a form of articles it is one itself if it has none."""
    article, text = picked.article, picked.row["text"]

    def row(key: str, span: Span, *labels: str | None) -> Row:
        shown = span if form.shows is None else form.shows(article, span, context)
        words = text[shown.start : shown.end]
        return Row(key, article.uid, shown.start, shown.end, words, *labels)

    keys = iter(picked.keys)
    for columns in picked.rows:
        speaker = speakers.get(columns[SPEAKER])
        span = Span(columns[START], columns[END])
        yield row(next(keys), span, speaker, article.published, columns[TARGET], columns[STANCE])
    for span in picked.negatives:
        yield row(next(keys), span, None, article.published)
    if form.unit == "article" and not picked.rows and not picked.negatives:
        yield Row(article.uid, article.uid, 0, len(text), text, None, article.published)
