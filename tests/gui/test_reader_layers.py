"""Which statements show in a stretch of text, and where their tags stand: pure logic."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.ui.annotate.reader_layers import Layers, Spread, place_tags
from tests.gui.sample_statements import statement

SPANS = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(1, 25))
MANY = st.lists(SPANS, max_size=25)


def spread(spans) -> Spread:
    return Spread([s.start for s in spans], [s.end for s in spans])


@given(MANY, SPANS)
def test_those_that_meet_a_stretch_are_found_by_start(spans, here):
    found = spread(spans).meeting(here)
    assert sorted(found) == [i for i, span in enumerate(spans) if span.overlaps(here)]
    assert [spans[i].start for i in found] == sorted(spans[i].start for i in found)


@given(MANY, SPANS)
def test_a_cluster_is_all_that_hang_together(spans, here):
    found = set(spread(spans).cluster(here))
    together = {i for i, span in enumerate(spans) if span.overlaps(here)}
    while True:
        more = {
            i
            for i, span in enumerate(spans)
            if i not in together and any(span.overlaps(spans[j]) for j in together)
        }
        if not more:
            break
        together |= more
    assert found == together


@given(MANY)
def test_lines_of_statements_that_meet_lie_in_different_lanes(spans):
    found = [statement(i, pieces=(span,)) for i, span in enumerate(sorted(spans))]
    layers = Layers(found)
    for a in found:
        for b in found:
            if a.id < b.id and a.hull.overlaps(b.hull):
                assert layers.lane(a) != layers.lane(b)
    if found and not any(a.end > b.start for a, b in pairwise(sorted(spans))):
        assert {layers.lane(s) for s in found} == {0}


def test_statements_are_found_by_id_by_place_and_by_mention():
    one = statement(1, pieces=(Span(0, 5), Span(50, 60)), mention=Span(80, 90))
    two = statement(2, pieces=(Span(20, 30),))
    layers = Layers([one, two])
    assert (layers.get(2), layers.get(3), layers.get(None)) == (two, None, None)
    assert layers.meeting(Span(31, 40)) == [one]  # in the gap, where its bridge is
    assert layers.meeting(Span(20, 22)) == [one, two]
    assert layers.meeting(Span(60, 70)) == []
    assert layers.mentioned(Span(85, 86)) == [one]
    assert layers.mentioned(Span(20, 30)) == []


WIDTHS = st.floats(4, 40)


@given(st.lists(st.tuples(st.floats(0, 500), WIDTHS), min_size=1, max_size=8))
def test_tags_stand_side_by_side_within_the_page(wishes):
    places = place_tags([w for w, _ in wishes], [n for _, n in wishes], 4, 600)
    boxes = sorted((x, x + width) for x, (_, width) in zip(places, wishes, strict=True))
    assert all(b[0] - a[1] > 4 - 1e-6 for a, b in pairwise(boxes))
    assert boxes[-1][1] <= 600 + 1e-6


def test_a_tag_with_room_stands_at_its_wish():
    assert place_tags([10, 200], [20, 20], 4, 600) == [10, 200]
    assert place_tags([10, 12], [20, 20], 4, 600) == [10, 34]
    assert place_tags([590], [20], 4, 600) == [580]
