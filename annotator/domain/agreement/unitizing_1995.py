"""αU, the older coefficient for stretches of a text, whose published figures still stand.

Source: K. Krippendorff, On the reliability of unitizing continuous data (1995), and Content
Analysis (2004), pages 251 to 256. Reports use uα of 2016; αU is here to prove the ground.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from annotator.domain.agreement.outcomes import NO_PAIRS, NOTHING_MARKED
from annotator.domain.agreement.values import Figure
from annotator.domain.spans import Span

Section = tuple[Span, bool]  # and whether it is marked, or a gap


def alpha_u(coders: Sequence[Sequence[Span]], continuum: Span) -> Figure:
    """Return αU of one category.

    `coders` holds each coder's stretches, which do not overlap, within `continuum`. `n` is the
    number of stretches. Undefined with fewer than two coders, and when nobody marked anything.
    """
    marked = sum(map(len, coders))
    if len(coders) < 2:
        return Figure(None, marked, NO_PAIRS)
    if not marked:
        return Figure(None, 0, NOTHING_MARKED)
    observed, expected = disagreements(coders, continuum)
    return Figure(1 - observed / expected, marked)


def disagreements(coders: Sequence[Sequence[Span]], continuum: Span) -> tuple[float, float]:
    """Return the observed and the expected disagreement Do and De of two or more coders."""
    cuts = [list(_sections(sorted(spans), continuum)) for spans in coders]
    length, people = len(continuum), len(coders)
    distances = sum(_distance(a, b) for one, two in permutations(cuts, 2) for a in one for b in two)
    observed = distances / (people * (people - 1) * length**2)
    units = [len(span) for own in cuts for span, marked in own if marked]
    gaps = [len(span) for own in cuts for span, marked in own if not marked]
    chance = 0.0
    for unit in units:
        chance += (len(units) - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit)
        chance += unit**2 * sum(gap - unit + 1 for gap in gaps if gap >= unit)
    points = people * length
    pairs = points * (points - 1) - sum(unit * (unit - 1) for unit in units)
    return observed, 2 / length * chance / pairs


def _sections(spans: Sequence[Span], continuum: Span) -> Iterator[Section]:
    at = continuum.start
    for span in spans:
        if at < span.start:
            yield Span(at, span.start), False
        yield span, True
        at = span.end
    if at < continuum.end:
        yield Span(at, continuum.end), False


def _distance(a: Section, b: Section) -> int:
    (one, marked), (other, other_marked) = a, b
    if marked and other_marked and one.overlaps(other):
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    if marked and not other_marked and other.contains(one):
        return len(one) ** 2
    if other_marked and not marked and one.contains(other):
        return len(other) ** 2
    return 0
