"""Spans: half-open stretches of an article, counted in code points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PIECE_GAP = " … "


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points `start` (inclusive) to `end` (exclusive) of one article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def holds(self, position: int) -> bool:
        """Tell whether the code point at `position` belongs to this span."""
        return self.start <= position < self.end

    def of(self, text: str) -> str:
        """Return the exact slice of `text`."""
        return text[self.start : self.end]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same code points as disjoint spans in reading order; touching ones are joined."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def without(spans: Iterable[Span], cut: Span) -> tuple[Span, ...]:
    """Return what is left of `spans` when the code points of `cut` are taken away."""
    left: list[Span] = []
    for span in merged(spans):
        if not span.overlaps(cut):
            left.append(span)
            continue
        if span.start < cut.start:
            left.append(Span(span.start, cut.start))
        if cut.end < span.end:
            left.append(Span(cut.end, span.end))
    return tuple(left)


def hull(pieces: Sequence[Span]) -> Span:
    """Return the smallest span around `pieces` (at least one, any order)."""
    return Span(min(p.start for p in pieces), max(p.end for p in pieces))


def lanes(spans: Sequence[Span]) -> list[int]:
    """Return for each span the lowest lane in which it meets no earlier span of that lane.

    Interval-graph colouring by start: overlapping spans never share a lane, and the number of
    lanes is the largest number of spans over any one code point.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end))
    ends: list[int] = []
    lane_of = [0] * len(spans)
    for i in order:
        lane = next((n for n, end in enumerate(ends) if end <= spans[i].start), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = spans[i].end
        lane_of[i] = lane
    return lane_of


def joined_text(pieces: Iterable[Span], text: str) -> str:
    """Return the words of `pieces` in reading order, joined by an ellipsis."""
    return PIECE_GAP.join(piece.of(text) for piece in pieces)
