"""Which statements of two annotators are the same one: maximum-weight bipartite matching.

A pair is admissible when both have the same target (unless that is dropped) and their contents
have an intersection over union (IoU, over code points of the pieces) of at least 1/2, or of at
least 3/10 where one contains the other. It weighs its IoU and small bonuses. All weights are
positive, so that of identical statements as many as possible are paired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from annotator.domain.agreement.assignment import heaviest
from annotator.domain.agreement.columns import MISSING, Column, Columns, columns
from annotator.domain.agreement.outcomes import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.values import Coded
from annotator.domain.spans import Span

SAME_SPEAKER = 0.1
OVERLAPPING_MENTION = 0.05
# More than the other two together: identical spans about two targets never cross, whoever speaks.
SAME_TARGET = 0.2
# Where all else is equal, the more equal labels decide, so that identical coders are matched as
# such even where one of them marked the same words for the same speaker and target twice. Far
# below any difference of two IoUs that a reader could see.
SAME_STANCE = 1e-8
SAME_OTHERS = 1e-9

_AT_ONCE = 4_000_000  # overlapping pairs looked at together; bounds the memory


@dataclass(frozen=True)
class Edges:
    """Overlapping statements of different annotators; `a` is of the annotator with the lower id.

    `a` and `b` index into the columns, `shared` counts their common code points, `union` those
    of either.
    """

    columns: Columns
    a: IntArray
    b: IntArray
    shared: IntArray
    union: IntArray

    @cached_property
    def admissible(self) -> BoolArray:
        """Which edges overlap enough, whatever their targets."""
        size = self.columns.size
        contained = self.shared == np.minimum(size[self.a], size[self.b])
        found: BoolArray = 2 * self.shared >= self.union
        found |= contained & (10 * self.shared >= 3 * self.union)
        return found

    @cached_property
    def exact(self) -> BoolArray:
        """Which edges join identical contents."""
        found: BoolArray = self.shared == self.union
        return found

    @cached_property
    def same_target(self) -> BoolArray:
        """Which edges join equal targets; two statements that name none count as equal."""
        codes = self.columns.target.codes
        found: BoolArray = codes[self.a] == codes[self.b]
        return found

    @cached_property
    def weight(self) -> FloatArray:
        """What each edge weighs in a matching of equal targets."""
        of = self.columns
        weight = self.shared / np.maximum(self.union, 1)
        weight += SAME_SPEAKER * self._equal(of.speaker)
        overlap = of.mention_start[self.a] < of.mention_end[self.b]
        overlap &= of.mention_start[self.b] < of.mention_end[self.a]
        weight += OVERLAPPING_MENTION * (overlap & (of.mention_end[self.a] > 0))
        others = (of.chain, *of.attributes.values())
        weight += SAME_STANCE * self._equal(of.stance)
        weight += SAME_OTHERS / len(others) * sum(self._alike(column) for column in others)
        return weight

    @cached_property
    def loose_weight(self) -> FloatArray:
        """What each edge weighs where the targets may differ; equal ones only add to it."""
        return self.weight + SAME_TARGET * self._equal(self.columns.target)

    def _equal(self, column: Column) -> BoolArray:
        codes = column.codes[self.a]
        found: BoolArray = (codes == column.codes[self.b]) & (codes != MISSING)
        return found

    def _alike(self, column: Column) -> IntArray:
        found: BoolArray = column.codes[self.a] == column.codes[self.b]
        return found.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Matched statements: `a` and `b` index into the columns, `a` of the lower annotator id."""

    a: IntArray
    b: IntArray
    weight: FloatArray

    def __len__(self) -> int:
        return len(self.a)

    def where(self, chosen: BoolArray) -> "Pairs":
        """Return the pairs for which `chosen` holds."""
        return Pairs(self.a[chosen], self.b[chosen], self.weight[chosen])


@dataclass(frozen=True, slots=True)
class Match:
    """Two statements taken for the same one, and the IoU of their contents."""

    left: Coded
    right: Coded
    iou: float


def edges(of: Columns) -> Edges:
    """Return all overlapping pairs of statements of different annotators, by a sweep."""
    after = np.searchsorted(of.start, of.end, side="left")
    ahead = np.maximum(after - np.arange(len(of)) - 1, 0)
    parts = [_overlapping(of, ahead, low, high) for low, high in _stretches(ahead)]
    first = np.concatenate([a for a, _ in parts]) if parts else _nothing()
    second = np.concatenate([b for _, b in parts]) if parts else _nothing()
    swap = of.annotator[first] > of.annotator[second]
    a, b = np.where(swap, second, first), np.where(swap, first, second)
    shared = np.minimum(of.end[a], of.end[b]) - np.maximum(of.start[a], of.start[b])
    for at in np.flatnonzero(of.in_pieces[a] | of.in_pieces[b]).tolist():
        shared[at] = common(of.pieces[a[at]], of.pieces[b[at]])
    touching = shared > 0
    a, b, shared = a[touching], b[touching], shared[touching]
    return Edges(of, a, b, shared, of.size[a] + of.size[b] - shared)


def common(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Return how many code points two lists of disjoint spans in order have in common."""
    total = at = 0
    for span in left:
        while at < len(right) and right[at].end <= span.start:
            at += 1
        ahead = at
        while ahead < len(right) and right[ahead].start < span.end:
            total += min(span.end, right[ahead].end) - max(span.start, right[ahead].start)
            ahead += 1
    return total


def matching(found: Edges, chosen: BoolArray, weight: FloatArray) -> Pairs:
    """Return the heaviest matching of each pair of annotators among the `chosen` edges.

    No statement has two partners of one annotator. Deterministic: it depends on the statements
    and their ids alone, not on which annotator comes first.
    """
    of = found.columns
    at = np.flatnonzero(chosen)
    a, b, weight = found.a[at], found.b[at], weight[at]
    people = len(of.annotators)
    pair = of.annotator[a] * people + of.annotator[b]
    # each pair of annotators is a graph of its own: a statement is a node once for each
    _, nodes = np.unique(
        np.concatenate([pair * len(of) + a, pair * len(of) + b]), return_inverse=True
    )
    left, right = nodes[: len(at)], nodes[len(at) :]
    ids = np.array([row.id for row in of.statements], dtype=np.int64)
    kept = heaviest(left, right, weight, ids[a] if len(at) else a, ids[b] if len(at) else b)
    return Pairs(a[kept], b[kept], weight[kept])


def tight(found: Edges) -> Pairs:
    """Return the matching that wants equal targets; all but the target is measured on it."""
    return matching(found, found.admissible & found.same_target, found.weight)


def loose(found: Edges) -> Pairs:
    """Return the matching that ignores the target; equal targets only add to the weight."""
    return matching(found, found.admissible, found.loose_weight)


def exact(found: Edges, *, same_target: bool = True) -> Pairs:
    """Return the matching of identical contents."""
    if same_target:
        return matching(found, found.exact & found.same_target, found.weight)
    return matching(found, found.exact, found.loose_weight)


def match(
    left: Iterable[Coded], right: Iterable[Coded], *, same_target: bool = True
) -> list[Match]:
    """Match the statements of two annotators, of any number of articles, in reading order.

    Without `same_target` the targets may differ, and equal ones add to the weight. The two
    sides have one annotator each, and not the same, else ValueError.
    """
    left, right = list(left), list(right)
    sides = {row.annotator for row in left}, {row.annotator for row in right}
    if len(sides[0]) > 1 or len(sides[1]) > 1 or sides[0] & sides[1]:
        raise ValueError("each side of a matching is one annotator, and not the same")
    of = columns([*left, *right])
    found = tight(edges(of)) if same_target else loose(edges(of))
    matches = []
    for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True):
        shared = common(of.pieces[a], of.pieces[b])
        iou = shared / (int(of.size[a]) + int(of.size[b]) - shared)
        one, other = of.statements[a], of.statements[b]
        if one.annotator not in sides[0]:
            one, other = other, one
        matches.append((min(a, b), Match(one, other, iou)))
    return [found for _, found in sorted(matches, key=lambda pair: pair[0])]


def components(statements: Iterable[Coded], *, same_target: bool = True) -> list[tuple[Coded, ...]]:
    """Return the statements in groups: connected by the matchings of all pairs of annotators.

    Every statement is in one group, alone when nobody else has it; groups and their statements
    are in reading order. A group may hold two statements of one annotator, when two others
    disagree about which of them they mean.
    """
    of = columns(statements)
    found = tight(edges(of)) if same_target else loose(edges(of))
    label = connected(len(of), found)
    groups: dict[int, list[Coded]] = {}
    for row, group in zip(of.statements, label.tolist(), strict=True):
        groups.setdefault(group, []).append(row)
    return [tuple(group) for group in groups.values()]


def connected(size: int, pairs: Pairs) -> IntArray:
    """Return for each of `size` statements the number of its connected component."""
    if size == 0:
        return _nothing()
    graph = coo_array((np.ones(len(pairs)), (pairs.a, pairs.b)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    return np.asarray(label, dtype=np.int64)


def _overlapping(of: Columns, ahead: IntArray, low: int, high: int) -> tuple[IntArray, IntArray]:
    """Return the overlapping pairs whose first statement is one of `low` to `high`."""
    counts = ahead[low:high]
    first = np.repeat(np.arange(low, high), counts)
    begin = np.cumsum(counts) - counts
    second = first + 1 + np.arange(len(first)) - np.repeat(begin, counts)
    differ = of.annotator[first] != of.annotator[second]
    return first[differ], second[differ]


def _stretches(ahead: IntArray) -> list[tuple[int, int]]:
    """Return ranges of statements with at most about _AT_ONCE pairs each."""
    parts = np.cumsum(ahead) // _AT_ONCE
    cuts = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(ahead)]
    return [(low, high) for low, high in pairwise(cuts) if low < high]


def _nothing() -> IntArray:
    return np.zeros(0, dtype=np.int64)
