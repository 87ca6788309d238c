from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span, hull, lanes, merged, without


@st.composite
def spans(draw: st.DrawFn, top: int = 40) -> Span:
    start = draw(st.integers(0, top - 1))
    return Span(start, draw(st.integers(start + 1, top)))


many = st.lists(spans(), max_size=12)


def points(some) -> set[int]:
    return {at for span in some for at in range(span.start, span.end)}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2)])
def test_a_span_holds_something_and_starts_at_zero_or_later(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_half_open() -> None:
    assert Span(2, 5).of("abcdefg") == "cde"
    assert len(Span(2, 5)) == 3
    assert Span(2, 5).holds(2) and not Span(2, 5).holds(5)
    assert not Span(2, 5).overlaps(Span(5, 6))
    assert Span(2, 5).contains(Span(2, 5)) and not Span(2, 5).contains(Span(2, 6))


@given(spans(), spans())
def test_overlap_and_containment_are_those_of_the_code_points(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a) == bool(points([a]) & points([b]))
    assert a.contains(b) == (points([b]) <= points([a]))


@given(many)
def test_merged_keeps_the_code_points_and_is_disjoint_sorted_and_idempotent(some) -> None:
    found = merged(some)
    assert points(found) == points(some)
    assert all(a.end < b.start for a, b in pairwise(found))
    assert merged(found) == found == merged(reversed(some))


@given(many, spans())
def test_without_takes_away_just_the_cut(some, cut: Span) -> None:
    left = without(some, cut)
    assert points(left) == points(some) - points([cut])
    assert left == merged(left)


@given(many, spans())
def test_what_is_cut_out_can_be_put_back(some, cut: Span) -> None:
    assert points(merged([*without(some, cut), cut])) == points(some) | points([cut])


@given(st.lists(spans(), min_size=1, max_size=12))
def test_the_hull_is_the_smallest_span_around(some) -> None:
    around = hull(some)
    assert all(around.contains(span) for span in some)
    assert around.start in {s.start for s in some} and around.end in {s.end for s in some}


@given(many)
def test_lanes_never_let_spans_meet_and_are_as_few_as_can_be(some) -> None:
    found = lanes(some)
    for i, a in enumerate(some):
        for j, b in enumerate(some):
            assert i == j or found[i] != found[j] or not a.overlaps(b)
    depth = max((sum(s.holds(at) for s in some) for at in range(40)), default=0)
    assert len(set(found)) == depth
    assert set(found) == set(range(depth))
