"""Which statements show in a stretch of text, in which lane, and where their tags stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, islice
from operator import le

from annotator.domain.records import Statement
from annotator.domain.spans import Span, lanes


class Spread:
    """Spans, found by the stretch of text they meet; each is known by its index."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        """Take the spans as two sequences of equal length."""
        self._order: Sequence[int] = range(len(starts))
        self._starts, self._ends = starts, ends
        if not all(map(le, starts, islice(starts, 1, None))):
            self._order = sorted(self._order, key=starts.__getitem__)
            self._starts = [starts[i] for i in self._order]
            self._ends = [ends[i] for i in self._order]
        # The furthest end so far tells where to stop on the way back.
        self._furthest = list(accumulate(self._ends, max))

    def meeting(self, span: Span) -> list[int]:
        """Return the indices of the spans that share a code point with `span`, by start."""
        low, high = self._reach(span)
        return [self._order[i] for i in range(low, high) if self._ends[i] > span.start]

    def cluster(self, span: Span) -> list[int]:
        """Return the indices of all spans that `span` meets directly or through others."""
        low, high = self._reach(span)
        while 0 < high < len(self._starts) and self._starts[high] < self._furthest[high - 1]:
            high += 1
        while 0 < low < high and self._furthest[low - 1] > self._starts[low]:
            low -= 1
        return list(self._order[low:high])

    def _reach(self, span: Span) -> tuple[int, int]:
        high = bisect_left(self._starts, span.end)
        # The furthest ends never fall, so the first that passes the start of the span is found.
        return min(bisect_right(self._furthest, span.start), high), high


class Layers:
    """The statements of an article, ready to be asked for by place."""

    def __init__(self, statements: Sequence[Statement] = ()) -> None:
        # Built anew at every change of an article that may hold thousands: plain lists of numbers,
        # a third of the time of Statement.hull and tuples.
        self.statements = statements
        pieces = [s.pieces for s in statements]
        self._hulls = Spread(
            [p[0].start for p in pieces],
            [p[0].end if len(p) == 1 else max(piece.end for piece in p) for p in pieces],
        )
        self._named = [s for s in statements if s.mention is not None]
        mentions = [s.mention for s in self._named if s.mention is not None]
        self._mentions = Spread([m.start for m in mentions], [m.end for m in mentions])
        self._lanes: dict[int, int] = {}

    def get(self, statement_id: int | None) -> Statement | None:
        """Return the statement with this id."""
        if statement_id is None:
            return None
        return next((s for s in self.statements if s.id == statement_id), None)

    def meeting(self, span: Span) -> list[Statement]:
        """Return the statements whose content, gaps included, meets `span`, by start."""
        return [self.statements[i] for i in self._hulls.meeting(span)]

    def mentioned(self, span: Span) -> list[Statement]:
        """Return the statements whose mention meets `span`, by start of the mention."""
        return [self._named[i] for i in self._mentions.meeting(span)]

    def lane(self, statement: Statement) -> int:
        """Return the lane of the line under a statement's content; 0 is next to the words."""
        if statement.id not in self._lanes:
            near = [self.statements[i] for i in self._hulls.cluster(statement.hull)]
            for other, lane in zip(near, lanes([s.hull for s in near]), strict=True):
                self._lanes[other.id] = lane
        return self._lanes.get(statement.id, 0)


def place_tags(
    wished: Sequence[float], widths: Sequence[float], gap: float, right: float
) -> list[float]:
    """Return where tags that wish to stand at `wished` stand side by side, left edges.

    Each stands at its wish or as little to the right as the one before it demands; what would
    then pass `right` is pushed back to the left.
    """
    order = sorted(range(len(wished)), key=lambda i: wished[i])
    place = list(wished)
    edge = float("-inf")
    for i in order:
        place[i] = max(wished[i], edge)
        edge = place[i] + widths[i] + gap
    edge = right
    for i in reversed(order):
        place[i] = min(place[i], edge - widths[i])
        edge = place[i] - gap
    return place
