"""Where the cards of the margin stand: pure functions of anchors and heights, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass


def place(
    anchors: Sequence[float],
    heights: Sequence[float],
    chosen: int | None,
    gap: float,
    top: float,
    bottom: float,
) -> list[float]:
    """Return the top of each card: as near to its anchor as it can be without overlapping.

    `anchors` ascend. The order is kept and at least `gap` lies between two cards. The chosen one
    stands at its anchor, moved so far that it lies wholly between `top` and `bottom` if it can.
    Others whose anchor is not above `top` are not pushed over it, unless the chosen one does.

    Least squares under an order: pool adjacent violators on the anchors less the heights before
    them (Barlow, Bartholomew, Bremner and Brunk 1972); a bound or a fixed card cuts the problem
    in two, each clamped to it.
    """
    before = _cumulated(heights, gap)
    wanted = [anchor - shift for anchor, shift in zip(anchors, before, strict=True)]
    if chosen is None:
        free = _bounded(wanted, anchors, before, top)
    else:
        at = _clamped(anchors[chosen], heights[chosen], top, bottom) - before[chosen]
        over = _bounded(wanted[:chosen], anchors[:chosen], before, top)
        under = _fitted(wanted[chosen + 1 :])
        free = [*(min(z, at) for z in over), at, *(max(z, at) for z in under)]
    return [z + shift for z, shift in zip(free, before, strict=True)]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where each card stands, how high it is, and which do not fit though their words are in view.

    `above` and `below` are indices, the nearest to the view first.
    """

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    compact: tuple[bool, ...]
    above: tuple[int, ...]
    below: tuple[int, ...]


def arrange(
    anchors: Sequence[float],
    tall: Sequence[float],
    short: float,
    chosen: int | None,
    gap: float,
    height: float,
    pointer: float,
) -> Arrangement:
    """Return the arrangement of cards in a margin of `height`.

    Cards are as high as `tall` says where those in view fit; else all on that side of the chosen
    one are `short`. Where even that is too much, `pointer` is kept free at the top or the bottom
    for the words that say how many there are more.
    """
    seen = [i for i, anchor in enumerate(anchors) if 0 <= anchor < height]
    small_over, small_under = _too_high(seen, anchors, tall, chosen, gap, height)
    compact = tuple(
        i != chosen and (small_over if chosen is not None and i < chosen else small_under)
        for i in range(len(anchors))
    )
    heights = [short if small else tall[i] for i, small in enumerate(compact)]
    top, bottom = 0.0, height
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    tops: list[float] = []
    for _ in range(3):  # keeping a pointer's place free can hide one more, at the other end too
        tops = place(anchors, heights, chosen, gap, top, bottom)
        above = tuple(i for i in reversed(seen) if i != chosen and tops[i] < top - 0.5)
        below = _below(seen, anchors, tops, heights, chosen, bottom)
        free = (pointer if above else 0.0), height - (pointer if below else 0.0)
        if free == (top, bottom):
            break
        top, bottom = free
    return Arrangement(tuple(tops), tuple(heights), compact, above, below)


def _too_high(
    seen: Sequence[int],
    anchors: Sequence[float],
    tall: Sequence[float],
    chosen: int | None,
    gap: float,
    height: float,
) -> tuple[bool, bool]:
    """Tell whether the cards in view before, and those after, the chosen one need more room."""
    if chosen is None:
        needed = sum(tall[i] + gap for i in seen) - gap
        return needed > height, needed > height
    at = _clamped(anchors[chosen], tall[chosen], 0, height)
    over = sum(tall[i] + gap for i in seen if i < chosen)
    under = sum(tall[i] + gap for i in seen if i > chosen)
    return over > at, at + tall[chosen] + under > height


def _below(
    seen: Sequence[int],
    anchors: Sequence[float],
    tops: Sequence[float],
    heights: Sequence[float],
    chosen: int | None,
    bottom: float,
) -> tuple[int, ...]:
    """Return those pushed over the bottom, and all after them."""
    for n, i in enumerate(seen):
        if i != chosen and tops[i] > anchors[i] + 1 and tops[i] + heights[i] > bottom + 0.5:
            return tuple(k for k in seen[n:] if k != chosen)
    return ()


def _clamped(anchor: float, height: float, top: float, bottom: float) -> float:
    return max(top, min(anchor, bottom - height))


def _cumulated(heights: Sequence[float], gap: float) -> list[float]:
    found: list[float] = []
    total = 0.0
    for height in heights:
        found.append(total)
        total += height + gap
    return found


def _bounded(
    wanted: Sequence[float], anchors: Sequence[float], before: Sequence[float], top: float
) -> list[float]:
    """Fit those above `top` and the rest apart; the rest stays below `top`, and comes first."""
    first = next((i for i, anchor in enumerate(anchors) if anchor >= top), len(anchors))
    if first == len(anchors):
        return _fitted(wanted)
    rest = [max(z, top - before[first]) for z in _fitted(wanted[first:])]
    return [*(min(z, rest[0]) for z in _fitted(wanted[:first])), *rest]


def _fitted(wanted: Sequence[float]) -> list[float]:
    """Return the ascending numbers with the least squared distance to `wanted`."""
    sums: list[float] = []
    sizes: list[int] = []
    for value in wanted:
        total, size = value, 1
        while sums and sums[-1] / sizes[-1] > total / size:
            total += sums.pop()
            size += sizes.pop()
        sums.append(total)
        sizes.append(size)
    return [total / size for total, size in zip(sums, sizes, strict=True) for _ in range(size)]
