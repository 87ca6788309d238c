"""Where the cards of the margin stand: pure functions of anchors and heights, in pixels."""

from collections.abc import Sequence


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


def room(
    heights: Sequence[float], chosen: int | None, chosen_top: float, gap: float, height: float
) -> tuple[bool, bool]:
    """Tell whether the cards before and those after the chosen one fit into `height` beside it.

    Without a chosen one both answers are whether all of them fit.
    """
    if chosen is None:
        fits = sum(heights) + gap * (len(heights) - 1) <= height
        return fits, fits
    over = sum(heights[:chosen]) + gap * chosen
    after = heights[chosen + 1 :]
    under = sum(after) + gap * len(after)
    return over <= chosen_top, chosen_top + heights[chosen] + under <= height


def clamped_top(anchor: float, height: float, top: float, bottom: float) -> float:
    """Return where a card that wants to stand at `anchor` lies wholly in view, if it can."""
    return _clamped(anchor, height, top, bottom)


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
