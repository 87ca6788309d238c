"""Every disagreement between annotators, by kind, in reading order."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from annotator.domain.agreement import matching
from annotator.domain.agreement.columns import Columns, columns
from annotator.domain.agreement.comparing import Compared
from annotator.domain.agreement.matching import Edges, Pairs
from annotator.domain.agreement.outcomes import BoolArray, IntArray
from annotator.domain.agreement.values import Coded
from annotator.domain.spans import Span, hull, merged

Kind = Literal["found", "boundary", "speaker", "target", "stance", "attribute", "source_chain"]
KINDS: tuple[Kind, ...] = (
    "found",
    "boundary",
    "speaker",
    "target",
    "stance",
    "attribute",
    "source_chain",
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One case on which annotators differ.

    `statements` are the ids of all statements of the case, in reading order, and `span` the hull
    of their contents. `annotators` are those who have one of them; `missing` those who finished
    the article and have none, which is what the kind `found` is about. `attribute` names the
    attribute of that kind. `targets`, `stances` and `speakers` are what the statements say.
    """

    kind: Kind
    article: int
    span: Span
    statements: tuple[int, ...]
    annotators: tuple[int, ...]
    missing: tuple[int, ...] = ()
    attribute: str | None = None
    targets: frozenset[str] = frozenset()
    stances: frozenset[str] = frozenset()
    speakers: frozenset[int] = frozenset()

    @property
    def place(self) -> tuple[int, int, int, int, str]:
        """What disagreements are sorted by: where they stand, then their kind."""
        kind = KINDS.index(self.kind)
        return self.article, self.span.start, self.span.end, kind, self.attribute or ""


def disagreements(compared: Compared) -> list[Disagreement]:
    """Return every disagreement, sorted by article, place and kind.

    A case is a connected component of the matchings of all pairs of annotators. Choices are
    compared as they are: one who chose and one who did not differ. Where two annotators marked
    the same words about different targets, it is one case of the kind `target`, not two that
    only one found; what else they chose is then not compared.
    """
    of = compared.of
    label = matching.connected(len(of), compared.tight)
    cases = _grouped(of, label)
    linked = _linked(compared.edges, compared.tight, label)
    found = [case for rows in cases.values() for case in _within(compared, rows)]
    joined: dict[int, list[int]] = {}
    for case, group in linked.items():
        joined.setdefault(group, []).append(case)
    for together in joined.values():
        rows = sorted((row for case in together for row in cases[case]), key=_order)
        found.append(_disagreement("target", rows))
    for case, rows in cases.items():
        others = [row for other in joined.get(linked.get(case, -1), ()) for row in cases[other]]
        found += _not_found(compared, rows, others)
    return sorted(found, key=lambda one: one.place)


def to_adjudicate(statements: Iterable[Coded]) -> list[tuple[Coded, ...]]:
    """Return the statements in the cases that `disagreements` speaks of, in reading order.

    Every statement is in one case, alone when nobody else has it; cases that are one but for
    their target are one.
    """
    of = columns(statements)
    edges = matching.edges(of)
    tight = matching.tight(edges)
    label = matching.connected(len(of), tight)
    linked = _linked(edges, tight, label)
    groups: dict[tuple[int, int], list[Coded]] = {}
    for row, case in zip(of.statements, label.tolist(), strict=True):
        key = (-1, case) if case not in linked else (linked[case], -1)
        groups.setdefault(key, []).append(row)
    return [tuple(group) for group in groups.values()]


def _within(compared: Compared, rows: Sequence[Coded]) -> Iterator[Disagreement]:
    """Yield what the statements of one case disagree on."""
    if len(rows) == 1:
        return
    choices: list[tuple[Kind, Callable[[Coded], Hashable]]] = [
        ("boundary", lambda row: merged(row.pieces)),
        ("speaker", lambda row: row.speaker),
        ("target", lambda row: row.target),
        ("stance", lambda row: row.stance),
        ("source_chain", lambda row: row.chain),
    ]
    for kind, choice in choices:
        if _differ(rows, choice):
            yield _disagreement(kind, rows)
    for name in compared.of.attributes:
        if len({row.attributes.get(name) for row in rows}) > 1:
            yield _disagreement("attribute", rows, attribute=name)


def _differ(rows: Sequence[Coded], choice: Callable[[Coded], Hashable]) -> bool:
    first = choice(rows[0])
    return any(choice(row) != first for row in rows)


def _not_found(
    compared: Compared, rows: Sequence[Coded], linked: Sequence[Coded]
) -> Iterator[Disagreement]:
    """Yield a case that some annotators who finished the article have nothing of."""
    have = {row.annotator for row in rows} | {row.annotator for row in linked}
    missing = tuple(a for a in compared.finishers[rows[0].article] if a not in have)
    if missing:
        yield _disagreement("found", rows, missing=missing)


def _linked(edges: Edges, tight: Pairs, label: IntArray) -> dict[int, int]:
    """Return the cases that are one but for their target, each with the number of its group.

    A link joins a statement that has no partner of another annotator to one of theirs that has
    none of the first, by the matching that ignores the target.
    """
    of = edges.columns
    free = edges.admissible & ~edges.same_target
    free &= ~_has_partner(of, tight, edges.a, edges.b) & ~_has_partner(of, tight, edges.b, edges.a)
    pairs = matching.matching(edges, free, edges.weight)
    cases = Pairs(label[pairs.a], label[pairs.b], pairs.weight)
    group = matching.connected(int(label.max(initial=-1)) + 1, cases)
    joined = np.unique(np.concatenate([cases.a, cases.b]))
    return dict(zip(joined.tolist(), group[joined].tolist(), strict=True))


def _has_partner(of: Columns, pairs: Pairs, mine: IntArray, theirs: IntArray) -> BoolArray:
    """Return whether each of `mine` is matched with a statement of the annotator of `theirs`."""
    people = max(1, len(of.annotators))
    taken = np.concatenate(
        [pairs.a * people + of.annotator[pairs.b], pairs.b * people + of.annotator[pairs.a]]
    )
    return np.isin(mine * people + of.annotator[theirs], taken)


def _grouped(of: Columns, label: IntArray) -> dict[int, list[Coded]]:
    cases: dict[int, list[Coded]] = {}
    for row, case in zip(of.statements, label.tolist(), strict=True):
        cases.setdefault(case, []).append(row)
    return cases


def _order(row: Coded) -> tuple[int, int, int]:
    span = hull(row.pieces)
    return span.start, span.end, row.id


def _disagreement(
    kind: Kind,
    rows: Sequence[Coded],
    *,
    missing: tuple[int, ...] = (),
    attribute: str | None = None,
) -> Disagreement:
    return Disagreement(
        kind,
        rows[0].article,
        hull([piece for row in rows for piece in row.pieces]),
        tuple(row.id for row in rows),
        tuple(sorted({row.annotator for row in rows})),
        missing,
        attribute,
        frozenset(row.target for row in rows if row.target is not None),
        frozenset(row.stance for row in rows if row.stance is not None),
        frozenset(row.speaker for row in rows if row.speaker is not None),
    )
