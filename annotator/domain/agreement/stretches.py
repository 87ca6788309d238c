"""What each annotator marked for a target, as stretches that do not overlap."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from annotator.domain.agreement.columns import Columns
from annotator.domain.agreement.outcomes import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.unitizing import Marked
from annotator.domain.agreement.values import Extent
from annotator.domain.spans import Span, without

Cluster = Sequence[tuple[int, int, int]]  # start, end, category


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces of all statements on the common line, by start, without excluded regions."""

    of: Columns
    statement: IntArray
    start: IntArray
    end: IntArray

    def where(self, inside: BoolArray) -> "Pieces":
        """Return the pieces of the statements `inside`."""
        kept = inside[self.statement]
        return Pieces(self.of, self.statement[kept], self.start[kept], self.end[kept])


def pieces(of: Columns, extents: Sequence[Extent]) -> Pieces:
    """Return the pieces of all statements; `extents` describes the articles of the columns."""
    many = of.in_pieces.copy()
    for article, extent in enumerate(extents):
        if extent.excluded:
            many |= of.article == article
    plain = np.flatnonzero(~many)
    parts = list(_cut(of, extents, np.flatnonzero(many).tolist()))
    cut = np.array(parts, dtype=np.int64).reshape(-1, 3)
    statement = np.concatenate([plain, cut[:, 0]])
    start = np.concatenate([of.start[plain], cut[:, 1]])
    end = np.concatenate([of.end[plain], cut[:, 2]])
    order = np.lexsort((statement, end, start))
    return Pieces(of, statement[order], start[order], end[order])


def lengths(extents: Sequence[Extent]) -> FloatArray:
    """Return how many code points of each article are reporting."""
    return np.array([_length(extent) for extent in extents], dtype=np.float64)


class Categories:
    """Codes for what a stretch is about: a stance, none chosen, or several stances at once.

    Where a coder's own statements about one target overlap and differ in stance, the code points
    they share are of a category of their own, the set of the stances; two coders who both say
    so agree.
    """

    def __init__(self) -> None:
        self._codes: dict[frozenset[int], int] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def code(self, stances: frozenset[int]) -> int:
        """Return the code of a set of stances."""
        return self._codes.setdefault(stances, len(self._codes))

    def codes(self, stances: IntArray) -> IntArray:
        """Return the codes of single stances."""
        values, places = np.unique(stances, return_inverse=True)
        codes = [self.code(frozenset((value,))) for value in values.tolist()]
        return np.array(codes, dtype=np.int64)[places]


def marked(found: Pieces, chosen: BoolArray, categories: Categories | None) -> Marked:
    """Return the stretches of the `chosen` statements (all of one annotator), merged.

    Overlapping stretches of the same stance become one; `categories` None makes all the same.
    Stretches that only touch stay apart.
    """
    kept = chosen[found.statement]
    start, end = found.start[kept], found.end[kept]
    stance = found.of.stance.codes[found.statement[kept]]
    if categories is None:
        stance = np.zeros_like(stance)
    first = _cluster_starts(start, end)
    low, high = np.minimum.reduceat(stance, first), np.maximum.reduceat(stance, first)
    merged = np.stack([start[first], np.maximum.reduceat(end, first), low])
    mixed = low != high
    if categories is not None:
        merged = merged[:, ~mixed]
        merged[2] = categories.codes(merged[2])
        last = np.append(first[1:], len(start))
        for cluster in np.flatnonzero(mixed).tolist():
            within = slice(first[cluster], last[cluster])
            parts = (start[within], end[within], stance[within])
            rows = list(zip(*(part.tolist() for part in parts), strict=True))
            cut = list(_resolved(rows, categories.code))
            merged = np.concatenate([merged, np.array(cut, dtype=np.int64).T], axis=1)
        merged = merged[:, np.argsort(merged[0], kind="stable")]
    article = np.searchsorted(found.of.origin, merged[0], side="right") - 1
    return Marked(merged[0], merged[1], merged[2], article)


def _cluster_starts(start: IntArray, end: IntArray) -> IntArray:
    """Return the index at which each run of overlapping stretches begins."""
    if not len(start):
        return np.zeros(0, dtype=np.int64)
    before = np.maximum.accumulate(end)[:-1]
    return np.flatnonzero(np.append(True, start[1:] >= before))


def _resolved(
    cluster: Cluster, code: Callable[[frozenset[int]], int]
) -> Iterator[tuple[int, int, int]]:
    """Yield disjoint stretches, each with the code of all stances that hold in it."""
    cuts = sorted({at for start, end, _ in cluster for at in (start, end)})
    open_: tuple[int, int, frozenset[int]] | None = None
    for low, high in pairwise(cuts):
        stances = frozenset(stance for s, e, stance in cluster if s <= low and high <= e)
        bridged = any(s < low < e for s, e, _ in cluster)
        if open_ is not None and bridged and open_[2] == stances:
            open_ = (open_[0], high, stances)
            continue
        if open_ is not None:
            yield open_[0], open_[1], code(open_[2])
        open_ = (low, high, stances)
    if open_ is not None:
        yield open_[0], open_[1], code(open_[2])


def _cut(
    of: Columns, extents: Sequence[Extent], statements: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    for at in statements:
        article = int(of.article[at])
        origin = int(of.origin[article])
        spans: tuple[Span, ...] = of.pieces[at]
        for region in extents[article].excluded:
            spans = without(spans, region)
        for span in spans:
            yield at, origin + span.start, origin + span.end


def _length(extent: Extent) -> int:
    """Return the code points outside of all excluded regions."""
    if not extent.length:
        return 0
    left: tuple[Span, ...] = (Span(0, extent.length),)
    for region in extent.excluded:
        left = without(left, region)
    return sum(map(len, left))
