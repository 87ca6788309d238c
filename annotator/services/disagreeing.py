"""Where annotators disagree, with the words: for a list that a person reads through.

Reads only, so it works on a snapshot in any thread (`annotator.services.project.snapshot`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from annotator.domain import text as texts
from annotator.domain.spans import Span, hull
from annotator.services.progress import Cancelled, refuse_cancelled
from annotator.services.project import Project
from annotator.storage import agreement_rows, queries

if TYPE_CHECKING:
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.disagreements import Disagreement
    from annotator.domain.agreement.values import Coded

AGREED = "agreed"  # the kind of what is listed and no disagreement: a cell of the diagonal

_CONTEXT = 90  # code points around the words
_LONGEST = 260  # code points of the words themselves
_AT_ONCE = 400  # articles whose texts are held together


@dataclass(frozen=True, slots=True)
class Listed:
    """One case with its words, as it stands in a list.

    `kind` and `attribute` are those of a Disagreement, or AGREED. `before`, `words` and `after`
    are one line of the article; `common` is the part of `words` that is in every statement, None
    when there is none. `lengths` counts the words of each statement. `missing` are the annotators
    who have nothing here. `note` is what is to
    be discussed, None when nothing is.
    """

    kind: str
    attribute: str | None
    article: int
    title: str
    paragraph: int
    before: str
    words: str
    after: str
    common: Span | None
    rows: "tuple[Coded, ...]"
    lengths: tuple[int, ...]
    missing: tuple[int, ...] = ()
    note: str | None = None

    @property
    def statements(self) -> tuple[int, ...]:
        """The ids of the statements, in reading order."""
        return tuple(row.id for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Case:
    kind: str
    attribute: str | None
    rows: "tuple[Coded, ...]"
    missing: tuple[int, ...] = ()


def listed(
    project: Project, compared: "Compared", cancelled: Cancelled | None = None
) -> list[Listed]:
    """Return every disagreement with its words, in the order of the articles' list."""
    from annotator.domain.agreement.disagreements import disagreements

    by_id = {row.id: row for row in compared.of.statements}
    found = (_case(one, by_id) for one in disagreements(compared))
    return _worded(project, list(found), cancelled)


def of_pairs(
    project: Project, compared: "Compared", choice: str, pairs: Iterable[tuple[int, int]]
) -> list[Listed]:
    """Return pairs of statements as cases about a choice: stance, target or an attribute's id.

    Those of a pair that made the same choice are of the kind AGREED.
    """
    by_id = {row.id: row for row in compared.of.statements}
    cases = []
    for one, other in pairs:
        rows = (by_id[one], by_id[other])
        same = _chosen(rows[0], choice) == _chosen(rows[1], choice)
        plain = choice in ("stance", "target", "speaker")
        kind = AGREED if same else choice if plain else "attribute"
        cases.append(_Case(kind, None if plain else choice, rows))
    return _worded(project, cases, None)


def notes(project: Project) -> dict[int, str]:
    """Return the notes on what is to be discussed, by the id of each statement concerned."""
    return agreement_rows.discussed(project.store)


def speakers(project: Project) -> dict[int, str]:
    """Return the names of all speakers by id."""
    return {speaker.id: speaker.name for speaker in queries.speakers(project.store)}


def _chosen(row: "Coded", choice: str) -> object:
    if choice in ("stance", "target", "speaker"):
        return getattr(row, choice)
    return row.attributes.get(choice)


def _case(one: "Disagreement", by_id: "dict[int, Coded]") -> _Case:
    rows = tuple(by_id[id_] for id_ in one.statements)
    return _Case(one.kind, one.attribute, rows, one.missing)


def _worded(project: Project, cases: Sequence[_Case], cancelled: Cancelled | None) -> list[Listed]:
    store = project.store
    titles, marked = agreement_rows.titles(store), agreement_rows.discussed(store)
    by_article: dict[int, list[_Case]] = defaultdict(list)
    for case in cases:
        by_article[case.rows[0].article].append(case)
    articles = [article for article in titles if article in by_article]
    found: list[Listed] = []
    for some in _chunks(articles):
        refuse_cancelled(cancelled, "The comparison")
        held = dict(agreement_rows.texts(store, some))
        for article in some:
            page = _Page(article, titles[article], held[article])
            found += [page.listed(case, marked) for case in by_article[article]]
    return found


def _chunks(articles: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(articles)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


class _Page:
    """One article while its cases are put into words."""

    def __init__(self, article: int, title: str, text: str) -> None:
        self._article = article
        self._title = title
        self._text = text
        self._paragraphs = [span.start for span in texts.paragraphs(text)]

    def listed(self, case: _Case, marked: dict[int, str]) -> Listed:
        """Return a case of this article with its words."""
        rows, text = case.rows, self._text
        whole = hull([piece for row in rows for piece in row.pieces])
        shown = Span(whole.start, min(whole.end, whole.start + _LONGEST))
        before, after = texts.context(shown, text, _CONTEXT)
        words = text[shown.start : shown.end]
        if shown.end < whole.end:
            words, after = words.rstrip() + "…", ""
        return Listed(
            case.kind,
            case.attribute,
            self._article,
            self._title,
            bisect_right(self._paragraphs, whole.start),
            _whole_words(before),
            _flat(words),
            _flat(after.partition("\n")[0]),
            _common(rows, shown),
            rows,
            tuple(sum(texts.count_words(p.of(text)) for p in row.pieces) for row in rows),
            case.missing,
            next((marked[row.id] for row in rows if row.id in marked), None),
        )


def _common(rows: "Sequence[Coded]", shown: Span) -> Span | None:
    """Return what lies in the hulls of all statements, counted from the beginning of `shown`."""
    hulls = [hull(row.pieces) for row in rows]
    start = max(span.start for span in hulls)
    end = min(shown.end, *(span.end for span in hulls))
    return Span(start - shown.start, end - shown.start) if start < end else None


def _flat(words: str) -> str:
    """Return `words` on one line; every blank stays one character."""
    return "".join(" " if char.isspace() else char for char in words)


def _whole_words(before: str) -> str:
    """Return the context before some words, from the beginning of its paragraph or a word."""
    line = before.rpartition("\n")[2]
    if len(line) < len(before) or " " not in line or len(before) < _CONTEXT:
        return _flat(line)
    return "…" + _flat(line[line.index(" ") :])
