"""A project's articles and statements as the entries of a dataset: what is chosen, what is not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from annotator.domain import text as texts
from annotator.domain.dates import is_date
from annotator.domain.sentences import sentences
from annotator.domain.spans import Span, merged
from annotator.errors import UserError
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import ALL, Entry, Negative
from annotator.formats.gold_record import GoldArticleRecord
from annotator.services.gold_records import GoldMaker
from annotator.services.project import Project
from annotator.services.record_making import RecordMaker
from annotator.storage import decision_rows, export_rows, queries

# Columns of a row (`export_rows`).
UID, ANNOTATOR, SPEAKER, TARGET, STANCE = 1, 2, 3, 4, 5
_PIECES, START, END, _CREATED = 9, 10, 11, 20

_pieces = msgspec.json.Decoder(list[tuple[int, int]])

# Why something is left out, as it is said in a report and stands in dataset.json.
OTHERS = "statements of other annotators"
NOT_DONE = "statements in articles that their annotator has not marked done"
NOT_GOLD = "statements in articles that are not gold yet"
OTHER_TARGET = "statements about other targets, or none"
MADE_OUTSIDE = "statements made outside the period"
PUBLISHED_OUTSIDE = "statements in articles published outside the period"
UNDATED = "statements in articles without a date of publication"
IN_EXCLUDED = "statements that lie in excluded regions"
ARTICLES_NOT_DONE = "articles that nobody chosen has marked done"
ARTICLES_NOT_GOLD = "articles that are not gold yet"
ARTICLES_OUTSIDE = "articles published outside the period"
ARTICLES_UNDATED = "articles without a date of publication"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both among them, as ISO dates; None leaves a side open."""

    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            if day is not None and not is_date(day):
                raise UserError(f"“{day}” is no day; write it as 2025-03-27.")

    def holds(self, moment: str) -> bool:
        """Tell whether a day or time in ISO 8601 lies in the period."""
        day = moment[:10]
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def open(self) -> bool:
        """Whether every day lies in it."""
        return self.since is None and self.until is None


EVER = Period()


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a dataset.

    Of whom: of the annotators named (all if None), or with `gold` what was decided
    (`annotator_ids` are then those whose labels count as to be decided on, see
    `case_reading.cases`). With `status` "done", a statement goes in only when its annotator marked
    the article done (gold: when the article is gold), and an article only when anybody chosen did.
    `targets` None means all. `made` is when statements were made, `published` when their articles
    were. `excluded` takes in statements that lie wholly in excluded regions. `negatives` adds the
    sentences of finished articles outside every statement, whoever made it, and every excluded
    region; an article that is not finished gives none, whatever the status.
    """

    annotator_ids: Sequence[int] | None = None
    gold: bool = False
    status: Literal["done", "any"] = "done"
    targets: Sequence[str] | None = None
    made: Period = EVER
    published: Period = EVER
    excluded: bool = False
    negatives: bool = False


ANY = Choice(status="any", excluded=True)  # everything of all annotators


@dataclass(frozen=True, slots=True)
class Picked:
    """An article that goes in: its row and record, the rows of its statements, its negatives."""

    row: Mapping[str, Any]
    article: ArticleRecord
    rows: Sequence[Any]
    negatives: Sequence[Span]

    @property
    def keys(self) -> list[str]:
        """What tells the statements, then the negatives from all others of the dataset."""
        uid = self.article.uid
        return [row[UID] for row in self.rows] + [
            f"{uid}:{span.start}:{span.end}" for span in self.negatives
        ]


class Selection:
    """What goes into a dataset, article by article, and a count of what does not."""

    def __init__(self, project: Project, choice: Choice) -> None:
        _refuse_unknown(project, choice)
        self._project = project
        self._choice = choice
        self._maker = maker(project, choice)
        self.left_out: Counter[str] = Counter()
        if not choice.gold and choice.annotator_ids is not None:
            others = export_rows.number_of_others(project.store, choice.annotator_ids)
            self._leave(OTHERS, others)
        self._people = set(annotators(project, choice))

    @property
    def maker(self) -> RecordMaker:
        """What makes the records."""
        return self._maker

    def each(self) -> Iterator[Picked | None]:
        """Yield what goes in of every article of the project, in their order; None for nothing."""
        for row in export_rows.each_article(self._project.store):
            yield self._picked(row)

    def entry(self, picked: Picked, splits: Mapping[str, str] | None = None) -> Entry:
        """Return the entry of an article, each statement checked; `splits` are by key.

        UserError names the first article or statement that is not sound.
        """
        records = list(self._maker.statements(picked.row, picked.rows))
        if splits is None:
            negatives = [Negative(span) for span in picked.negatives]
            return Entry(picked.article, records, [ALL] * len(records), negatives)
        of_all = [splits[key] for key in picked.keys]
        negatives = [
            Negative(span, split)
            for span, split in zip(picked.negatives, of_all[len(records) :], strict=True)
        ]
        several = set(of_all) or {splits.get(picked.article.uid, ALL)}
        split = several.pop() if len(several) == 1 else ALL
        return Entry(picked.article, records, of_all[: len(records)], negatives, split)

    def _picked(self, row: Mapping[str, Any]) -> Picked | None:
        article = self._maker.article(row)  # of gold it must be asked for each, in order
        rows = self._maker.rows(row)
        finished = self._finished(row, article)
        outside = self._outside(article, rows)
        if outside or not self._has_status(article, rows, finished):
            return None
        if texts.sha256(row["text"]) != row["sha256"]:
            raise UserError(
                f"The text of article “{row['name']}” was changed outside this program;"
                " nothing was exported. Open a copy of the project made before."
            )
        negatives = self._negatives(row, article) if finished else []
        return Picked(row, article, self._chosen(rows, article, finished), negatives)

    def _finished(self, row: Mapping[str, Any], article: ArticleRecord) -> set[int]:
        """Return who of those chosen has finished an article."""
        if isinstance(article, GoldArticleRecord):
            return self._people if article.gold else set()
        return self._people & decision_rows.finished_by(self._project.store, row["id"])

    def _outside(self, article: ArticleRecord, rows: Sequence[Any]) -> bool:
        period = self._choice.published
        if period.open:
            return False
        if article.published is None:
            self._leave(ARTICLES_UNDATED, 1)
            self._leave(UNDATED, len(rows))
            return True
        if period.holds(article.published):
            return False
        self._leave(ARTICLES_OUTSIDE, 1)
        self._leave(PUBLISHED_OUTSIDE, len(rows))
        return True

    def _has_status(self, article: ArticleRecord, rows: Sequence[Any], finished: set[int]) -> bool:
        if finished or self._choice.status == "any":
            return True
        gold = self._choice.gold
        self._leave(ARTICLES_NOT_GOLD if gold else ARTICLES_NOT_DONE, 1)
        self._leave(NOT_GOLD if gold else NOT_DONE, len(rows))
        return False

    def _chosen(
        self, rows: Sequence[Any], article: ArticleRecord, finished: set[int]
    ) -> Sequence[Any]:
        """Return those of an article's rows that go in."""
        choice = self._choice
        if choice.status == "done" and not self._people <= finished:
            rows = self._kept(NOT_DONE, rows, [row[ANNOTATOR] in finished for row in rows])
        if not choice.made.open:
            rows = self._kept(MADE_OUTSIDE, rows, [choice.made.holds(r[_CREATED]) for r in rows])
        if choice.targets is not None:
            wanted = set(choice.targets)
            rows = self._kept(OTHER_TARGET, rows, [row[TARGET] in wanted for row in rows])
        if article.excluded and not choice.excluded:
            regions = merged(Span(r.start, r.end) for r in article.excluded)
            rows = self._kept(IN_EXCLUDED, rows, [not _lies_in(row, regions) for row in rows])
        return rows

    def _kept(self, reason: str, rows: Sequence[Any], keep: Sequence[bool]) -> Sequence[Any]:
        if all(keep):
            return rows
        self._leave(reason, keep.count(False))
        return [row for row, kept in zip(rows, keep, strict=True) if kept]

    def _leave(self, reason: str, number: int) -> None:
        if number:
            self.left_out[reason] += number

    def _negatives(self, row: Mapping[str, Any], article: ArticleRecord) -> list[Span]:
        if not self._choice.negatives:
            return []
        hulls = export_rows.hulls(self._project.store, row["id"])
        taken = [Span(start, end) for start, end in hulls if 0 <= start < end]
        taken += [Span(r.start, r.end) for r in article.excluded]
        return _apart(sentences(row["text"], row["lang"]), merged(taken))


def annotators(project: Project, choice: Choice) -> list[int]:
    """Return the ids of those whose statements go in; of gold that of their owner."""
    if choice.gold:
        return [project.gold.id]
    if choice.annotator_ids is not None:
        return list(choice.annotator_ids)
    return [a.id for a in queries.annotators(project.store)]


def maker(project: Project, choice: Choice) -> RecordMaker:
    """Return what makes the records of what is chosen."""
    if choice.gold:
        return GoldMaker(project, choice.annotator_ids)
    return RecordMaker(project, annotators(project, choice))


def entries(project: Project, choice: Choice) -> Iterator[Entry]:
    """Yield every article that goes in with what goes in of it, unsplit, each statement checked.

    UserError names the first article or statement that is not sound.
    """
    selection = Selection(project, choice)
    for picked in selection.each():
        if picked is not None:
            yield selection.entry(picked)


def _refuse_unknown(project: Project, choice: Choice) -> None:
    known = [target.id for target in project.codebook.targets]
    unknown = [target for target in choice.targets or () if target not in known]
    if unknown:
        raise UserError(
            f"The codebook has no target “{unknown[0]}”; its targets are"
            f" {', '.join(f'“{target}”' for target in known)}."
        )


def _lies_in(row: Any, regions: Sequence[Span]) -> bool:
    """Tell whether every piece of a statement lies wholly in one of `regions`."""
    if not any(r.start < row[END] and row[START] < r.end for r in regions):
        return False
    try:
        pieces = _pieces.decode(row[_PIECES])
    except msgspec.DecodeError:
        return False  # it goes in, and is refused there by name
    return all(any(r.start <= a and b <= r.end for r in regions) for a, b in pieces)


def _apart(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """Return those of `spans` that meet none of `taken`; both disjoint and in order."""
    found: list[Span] = []
    at = 0
    for span in spans:
        while at < len(taken) and taken[at].end <= span.start:
            at += 1
        if at == len(taken) or not taken[at].overlaps(span):
            found.append(span)
    return found
