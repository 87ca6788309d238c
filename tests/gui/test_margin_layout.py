"""The places of cards, as laws."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.annotate.margin_layout import arrange, place

GAP = 8.0
TOP, BOTTOM = 0.0, 700.0
NEAR = 1e-6

anchors_and_heights = st.lists(
    st.tuples(st.floats(-400, 1100), st.floats(20, 90)), min_size=1, max_size=25
).map(lambda pairs: (sorted(a for a, _ in pairs), [h for _, h in pairs]))


@st.composite
def layouts(draw):
    anchors, heights = draw(anchors_and_heights)
    chosen = draw(st.none() | st.integers(0, len(anchors) - 1))
    if chosen is not None:
        heights[chosen] = draw(st.floats(200, 900))
    return anchors, heights, chosen


@given(layouts())
def test_cards_keep_their_order_and_never_overlap(layout):
    anchors, heights, chosen = layout
    tops = place(anchors, heights, chosen, GAP, TOP, BOTTOM)
    for (one, height), (other, _) in pairwise(zip(tops, heights, strict=True)):
        assert other >= one + height + GAP - NEAR


@given(layouts())
def test_a_card_with_room_stands_at_its_anchor(layout):
    anchors, heights, _ = layout
    tops = place(anchors, heights, None, GAP, TOP, BOTTOM)
    if all(b >= a + h + GAP for (a, h), b in zip(zip(anchors, heights), anchors[1:])):  # noqa: B905
        assert all(abs(top - anchor) < NEAR for top, anchor in zip(tops, anchors, strict=True))


@given(layouts())
def test_the_chosen_card_stands_at_its_anchor_wholly_in_view_if_it_can(layout):
    anchors, heights, chosen = layout
    if chosen is None:
        return
    top = place(anchors, heights, chosen, GAP, TOP, BOTTOM)[chosen]
    assert top >= TOP - NEAR
    if heights[chosen] <= BOTTOM - TOP:
        assert top + heights[chosen] <= BOTTOM + NEAR
        if TOP <= anchors[chosen] <= BOTTOM - heights[chosen]:
            assert abs(top - anchors[chosen]) < NEAR


@given(anchors_and_heights)
def test_what_is_in_view_is_not_pushed_over_the_top(layout):
    anchors, heights = layout
    tops = place(anchors, heights, None, GAP, TOP, BOTTOM)
    assert all(t >= TOP - NEAR for t, a in zip(tops, anchors, strict=True) if a >= TOP)


@given(
    st.lists(st.tuples(st.floats(0, 600), st.floats(20, 90)), min_size=2, max_size=8),
    st.integers(0, 7),
    st.floats(-30, 30),
)
def test_no_other_places_are_nearer_to_the_anchors(pairs, at, shift):
    """Moving any one card away leaves a sum of squares that is no smaller, or an overlap."""
    anchors, heights = sorted(a for a, _ in pairs), [h for _, h in pairs]
    tops = place(anchors, heights, None, GAP, -1e5, 1e5)
    moved = list(tops)
    moved[at % len(moved)] += shift
    overlap = any(b < a + h + GAP for a, h, b in zip(moved, heights, moved[1:]))  # noqa: B905

    def cost(places):
        return sum((p - a) ** 2 for p, a in zip(places, anchors, strict=True))

    assert overlap or cost(moved) >= cost(tops) - NEAR * 100


def test_two_that_meet_share_the_way():
    assert place([100, 110], [50, 50], None, 10, 0, 700) == [75, 135]


@given(layouts())
def test_what_fits_is_high_and_nothing_is_left_out_unsaid(layout):
    anchors, heights, chosen = layout
    plan = arrange(anchors, heights, 18, chosen, GAP, BOTTOM, 28)
    out = {*plan.above, *plan.below}
    for i, (anchor, top) in enumerate(zip(anchors, plan.tops, strict=True)):
        if not 0 <= anchor < BOTTOM or i in out or i == chosen:
            continue
        # Whoever is not counted is seen: wholly, or cut by an edge it was not pushed over.
        assert top >= -1 or top >= anchor - 1
        assert top + plan.heights[i] <= BOTTOM + 1 or top <= anchor + 1
    seen = [i for i, anchor in enumerate(anchors) if 0 <= anchor < BOTTOM]
    assert out <= set(seen) - {chosen}
    if chosen is None and sum(heights[i] + GAP for i in seen) <= BOTTOM:
        assert not any(plan.compact[i] for i in seen)


def test_too_many_shrink_and_the_rest_is_counted():
    anchors = [i * 5.0 for i in range(100)]
    plan = arrange(anchors, [60.0] * 100, 30, None, GAP, 700, 28)
    assert all(plan.compact)
    shown = 100 - len(plan.below)
    assert shown == (700 - 28 + GAP) // 38
    assert plan.below[0] == shown


def test_a_chosen_card_shrinks_only_the_side_that_is_crowded():
    anchors = [0.0, 10, 20, 30, 300, 650]
    heights = [60.0, 60, 60, 60, 300, 60]
    plan = arrange(anchors, heights, 30, 4, GAP, 700, 28)
    assert plan.tops[4] == 300
    assert not any(plan.compact)
    crowded = arrange([0.0, 10, 20, 30, 200, 650], heights, 30, 4, GAP, 700, 28)
    assert crowded.compact == (True, True, True, True, False, False)
    assert not crowded.above
