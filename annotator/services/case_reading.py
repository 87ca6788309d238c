"""What there is to adjudicate: cases, agreement on them, and how far each article is.

Reads only, so it works on a snapshot in any thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from annotator.domain.adjudication import (
    ArticleStatus,
    Case,
    Decision,
    case_of,
    fingerprint,
    staleness,
)
from annotator.domain.completeness import missing
from annotator.domain.records import Annotator, Statement
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project
from annotator.storage import decision_rows, queries

_AT_ONCE = 50  # articles matched together: most of the time of a call is numpy's, whatever it holds


@dataclass(frozen=True, slots=True)
class ArticleCases:
    """The cases of one article, and the gold statements that stand in it."""

    article_id: int
    cases: tuple[Case, ...]
    compared: tuple[int, ...]
    gold: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    statements: Mapping[str, Statement]  # of every annotator, by uid


@dataclass(frozen=True, slots=True)
class _Read:
    """One article as it lies in the file."""

    compared: tuple[int, ...]
    gold: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    statements: Mapping[str, Statement]

    @property
    def chosen(self) -> list[Statement]:
        return [s for s in self.statements.values() if s.annotator_id in self.compared]


def cases(
    project: Project, article_id: int, annotator_ids: Sequence[int] | None = None
) -> list[Case]:
    """Return the cases of one article in reading order.

    Compared are those of `annotator_ids` who have begun the article; if None, those who marked
    it done, and those whose labels were decided on before.
    """
    return [c for found in each_article(project, [article_id], annotator_ids) for c in found.cases]


def agreed(
    project: Project,
    article_ids: Sequence[int] | None = None,
    annotator_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Case]:
    """Return the undecided cases on which all who were compared agree, with nothing left open.

    One marked for discussion is left out. Of all articles if `article_ids` is None.
    """
    return [
        case
        for found in each_article(project, article_ids, annotator_ids, progress, cancelled)
        for case in agreed_in(project, found)
    ]


def article_cases(project: Project, article_id: int) -> ArticleCases:
    """Return the cases of one article with the gold statements that stand in it."""
    return next(each_article(project, [article_id]))


def labellers(project: Project) -> list[Annotator]:
    """Return the annotators who have begun any article, by name."""
    begun = decision_rows.begun_by(project.store)
    return [a for a in queries.annotators(project.store) if a.id in begun]


def agreed_in(project: Project, found: ArticleCases) -> list[Case]:
    """Return those of one article's cases that `agreed` returns."""
    return [
        case
        for case in found.cases
        if case.agreed and not case.rows and not _incomplete(project, case.statements)
    ]


def status(
    project: Project,
    article_ids: Sequence[int] | None = None,
    annotator_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[ArticleStatus]:
    """Return how far the adjudication of each article is, in the order of the list."""
    names = queries.article_names(project.store)
    return [
        article_status(project, found, names[found.article_id])
        for found in each_article(project, article_ids, annotator_ids, progress, cancelled)
    ]


def article_status(project: Project, found: ArticleCases, name: str) -> ArticleStatus:
    """Return how far the adjudication of an article is."""
    return ArticleStatus(
        article_id=found.article_id,
        name=name,
        cases=len(found.cases),
        decided=sum(case.decided for case in found.cases),
        stale=sum(bool(case.stale) for case in found.cases),
        discuss=sum(case.discuss is not None for case in found.cases),
        incomplete=_incomplete(project, found.gold),
        statements=len(found.gold),
        compared=len(found.compared),
    )


def report(found: Sequence[ArticleStatus]) -> dict[str, Any]:
    """Return how far the adjudication is, ready to be written as JSON."""
    names = ("cases", "decided", "left", "stale", "discuss", "incomplete")
    totals = {name: sum(getattr(article, name) for article in found) for name in names}
    articles = [
        {"name": a.name, "gold": a.gold, "annotators": a.compared}
        | {name: getattr(a, name) for name in names}
        for a in found
    ]
    return {"gold": sum(article.gold for article in found), **totals, "articles": articles}


def each_article(
    project: Project,
    article_ids: Sequence[int] | None = None,
    annotator_ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[ArticleCases]:
    """Yield the articles (all if None) with their cases, some matched together."""
    listed = queries.article_ids(project.store) if article_ids is None else list(article_ids)
    attributes = [a.id for a in project.codebook.attributes]
    uids = queries.speaker_uids(project.store)
    for done in range(0, len(listed), _AT_ONCE):
        refuse_cancelled(cancelled, "The comparison")
        tell(progress, done, len(listed))
        chunk = {
            article_id: _read(project, article_id, annotator_ids)
            for article_id in listed[done : done + _AT_ONCE]
        }
        groups = _groups(chunk)
        for article_id, read in chunk.items():
            found = [_case(read, group, attributes, uids) for group in groups[article_id]]
            found += _orphans(article_id, read)
            found.sort(key=partial(_place, read))
            yield ArticleCases(
                article_id, tuple(found), read.compared, read.gold, read.decisions, read.statements
            )
    tell(progress, len(listed), len(listed))


def _read(project: Project, article_id: int, chosen: Sequence[int] | None) -> _Read:
    store = project.store
    people = [a.id for a in queries.annotators(store)]
    every = queries.statements_of(store, article_id, [*people, project.gold.id])
    statements = {s.uid: s for s in every if s.annotator_id != project.gold.id}
    gold = tuple(s for s in every if s.annotator_id == project.gold.id)
    made = tuple(decision_rows.decisions(store, article_id))
    if chosen is not None:
        compared = set(chosen) & decision_rows.opened_by(store, article_id)
    else:
        sources = [uid for d in made if d.made for uid in d.sources]
        compared = {statements[uid].annotator_id for uid in sources if uid in statements}
        compared |= decision_rows.finished_by(store, article_id)
    return _Read(tuple(sorted(compared & set(people))), gold, made, statements)


def _groups(chunk: Mapping[int, _Read]) -> dict[int, list[list[Statement]]]:
    """Return by article the statements that are the same one to those who are compared."""
    # numpy and scipy take a quarter of a second to import, and labelling needs neither
    from annotator.domain.agreement.disagreements import to_adjudicate
    from annotator.domain.agreement.values import coded

    chosen = {s.id: s for read in chunk.values() for s in read.chosen}
    groups: dict[int, list[list[Statement]]] = defaultdict(list)
    for group in to_adjudicate(map(coded, chosen.values())):
        groups[group[0].article].append([chosen[row.id] for row in group])
    return groups


def _case(
    read: _Read,
    group: Sequence[Statement],
    attributes: Sequence[str],
    speaker_uids: Mapping[int, str],
) -> Case:
    found = case_of(group, read.compared, attributes)
    uids = {s.uid for s in group}
    rows = tuple(d for d in read.decisions if not uids.isdisjoint(d.sources))
    if not rows:
        return found
    made = [row for row in rows if row.made]
    named = {uid for row in made for uid in row.sources} & read.statements.keys()
    present = {uid: fingerprint(read.statements[uid], speaker_uids) for uid in named}
    return replace(found, rows=rows, stale=staleness(group, made, present))


def _orphans(article_id: int, read: _Read) -> list[Case]:
    """Return cases without statements: decisions of which every source is gone."""
    return [
        Case(article_id, (), read.compared, rows=(row,), stale=("gone",))
        for row in read.decisions
        if row.made and row.sources and row.sources.keys().isdisjoint(read.statements)
    ]


def _place(read: _Read, case: Case) -> tuple[int, int]:
    statements = case.statements
    if not statements:
        made = {row.statement_id for row in case.rows}
        statements = tuple(s for s in read.gold if s.id in made)
    return (statements[0].start, statements[0].end) if statements else (0, 0)


def _incomplete(project: Project, statements: Sequence[Statement]) -> int:
    return sum(bool(missing(s, project.codebook)) for s in statements)
