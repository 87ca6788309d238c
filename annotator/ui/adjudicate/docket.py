"""The docket: the cases of the open article in reading order, and which one is in front."""

from collections.abc import Collection, Iterator, Sequence

from annotator.domain.adjudication import Case
from annotator.domain.records import Statement
from annotator.domain.spans import Span, merged
from annotator.services.case_reading import ArticleCases


class Docket:
    """What there is to decide in one article.

    Beside the cases stand the gold statements that the adjudicator made from nobody's: cases
    without statements, decided from the beginning.
    """

    def __init__(self) -> None:
        self.found: ArticleCases | None = None
        self.cases: list[Case] = []
        self.at: int | None = None
        self._gold: dict[int, Statement] = {}

    @property
    def case(self) -> Case | None:
        """The case in front."""
        return self.cases[self.at] if self.at is not None else None

    @property
    def real(self) -> list[Case]:
        """The cases that annotators' statements make."""
        return [case for case in self.cases if not is_own(case)]

    def show(self, found: ArticleCases | None) -> None:
        """Hold the cases of an article; the one in front stays when it is still among them."""
        before, at = self.case, self.at
        same = self.found is not None and found is not None
        same = same and self.found.article_id == found.article_id  # type: ignore[union-attr]
        self.found = found
        self._gold = {s.id: s for s in found.gold} if found is not None else {}
        self.cases = list(_with_own(found)) if found is not None else []
        self.at = None
        if same and before is not None and self.cases:
            kept = next((i for i, case in enumerate(self.cases) if _is_same(case, before)), None)
            self.at = kept if kept is not None else min(at or 0, len(self.cases) - 1)

    def first(self) -> int | None:
        """Return where work begins: the first case that is not settled, else the first."""
        waiting = next((i for i, case in enumerate(self.cases) if not case.settled), None)
        return waiting if waiting is not None else (0 if self.cases else None)

    def step(self, by: int) -> int | None:
        """Return the next (1) or previous (-1) case, round the end; None when there is none."""
        if not self.cases:
            return None
        if self.at is None:
            return 0 if by > 0 else len(self.cases) - 1
        return (self.at + by) % len(self.cases)

    def waiting(self, by: int = 1) -> Iterator[int]:
        """Yield the cases that are not settled, from the one in front onward, then round the end.

        The one in front comes last.
        """
        count, start = len(self.cases), -1 if self.at is None else self.at
        for i in range(1, count + 1):
            at = (start + by * i) % count
            if not self.cases[at].settled:
                yield at

    def number(self, case: Case) -> tuple[int, int]:
        """Return the how-manieth of the annotators' cases this is, from 1, and of how many."""
        real = self.real
        return next((i for i, c in enumerate(real, 1) if c is case), 0), len(real)

    def at_statement(self, statement_ids: Sequence[int]) -> int | None:
        """Return the case that holds one of these statements, gold or an annotator's."""
        wanted = set(statement_ids)
        return next(
            (i for i, case in enumerate(self.cases) if wanted & {s.id for s in self.all_of(case)}),
            None,
        )

    def at_decision(self, decision_ids: Sequence[int]) -> int | None:
        """Return the case of which one of these decisions was made."""
        wanted = set(decision_ids)
        return next(
            (i for i, case in enumerate(self.cases) if wanted & {row.id for row in case.rows}), None
        )

    def at_uids(self, uids: Collection[str]) -> int | None:
        """Return the case that one of these statements of annotators is part of."""
        return next(
            (i for i, c in enumerate(self.cases) if any(s.uid in uids for s in c.statements)), None
        )

    def gold_of(self, case: Case) -> list[Statement]:
        """Return the gold statements that were decided for a case."""
        made = [self._gold.get(row.statement_id or 0) for row in case.rows]
        return [s for s in made if s is not None]

    def all_of(self, case: Case) -> list[Statement]:
        """Return the statements of a case, the gold ones after the annotators'."""
        return [*case.statements, *self.gold_of(case)]

    def pieces(self, case: Case) -> tuple[Span, ...]:
        """Return the words a case is about: all that anybody marked; nothing for what is gone."""
        return merged(piece for s in self.all_of(case) for piece in s.pieces)


def is_own(case: Case) -> bool:
    """Tell whether a case is a gold statement made from nobody's."""
    return not case.statements and all(not row.sources for row in case.rows)


def _with_own(found: ArticleCases) -> Iterator[Case]:
    """Yield the cases of an article, with the gold statements made from nobody's in their place."""
    placed = {s.id: s for s in found.gold}
    own = [
        Case(found.article_id, (), found.compared, rows=(row,))
        for row in found.decisions
        if row.made and not row.sources and row.statement_id in placed
    ]
    every = [(_start(case, placed), 0, i, case) for i, case in enumerate(found.cases)]
    every += [(_start(case, placed), 1, i, case) for i, case in enumerate(own)]
    yield from (case for *_, case in sorted(every, key=lambda entry: entry[:3]))


def _start(case: Case, gold: dict[int, Statement]) -> int:
    starts = [s.start for s in case.statements]
    if not starts:
        starts = [gold[r.statement_id].start for r in case.rows if r.statement_id in gold]
    return min(starts, default=0)


def _is_same(case: Case, other: Case) -> bool:
    uids, before = {s.uid for s in case.statements}, {s.uid for s in other.statements}
    rows, rows_before = {row.id for row in case.rows}, {row.id for row in other.rows}
    return bool(uids & before or rows & rows_before)
