"""Decisions about clicks and dragged edges: pure logic."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.ui.annotate import hits
from annotator.ui.annotate.hits import Grip
from tests.gui.sample_statements import statement

TEXT = "Harsk a dit « la force\u00a0partirait demain », selon l’entourage de Radel."


def grip(edge, start=15, end=32):
    return Grip(1, "content", Span(start, end), edge)


def on(id_, *spans):
    return statement(id_, pieces=spans)


def test_the_smallest_of_those_under_the_mouse_comes_first():
    found = [on(1, Span(0, 30)), on(2, Span(5, 12)), on(3, Span(40, 50)), on(4, Span(5, 12))]
    assert hits.under(8, found) == [2, 4, 1]
    assert hits.under(12, found) == [1]
    assert hits.under(35, found) == []


def test_gaps_between_pieces_are_not_under_the_mouse_and_do_not_make_it_large():
    pieces = on(1, Span(0, 4), Span(40, 44))
    assert hits.under(20, [pieces]) == []
    assert hits.under(41, [pieces, on(2, Span(38, 48))]) == [1, 2]


@given(st.lists(st.integers(1, 9), unique=True, min_size=1), st.integers(0, 30))
def test_turns_come_round(ids, times):
    last = None
    for n in range(times):
        last = hits.turn(ids, last)
        assert last == ids[n % len(ids)]


def test_nobody_s_turn_and_a_turn_after_a_stranger():
    assert hits.turn([], 3) is None
    assert hits.turn([5, 6], 3) == 5


def test_every_span_has_two_grips_the_content_s_first():
    found = statement(
        7,
        pieces=(Span(5, 9), Span(12, 20)),
        mention=Span(0, 4),
        cue=Span(30, 33),
        condition_span=Span(40, 44),
    )
    assert [(g.field, g.edge, g.position) for g in hits.grips(found)] == [
        ("content", "start", 5),
        ("content", "end", 9),
        ("content", "start", 12),
        ("content", "end", 20),
        ("mention", "start", 0),
        ("mention", "end", 4),
        ("cue", "start", 30),
        ("cue", "end", 33),
        ("condition_span", "start", 40),
        ("condition_span", "end", 44),
    ]
    assert len(hits.grips(on(1, Span(3, 4)))) == 2


def test_the_nearest_knob_within_reach():
    knobs = [(10.0, 10.0), (20.0, 10.0), (20.0, 10.0)]
    assert hits.nearest(14, 10, knobs, 8) == 0
    assert hits.nearest(17, 10, knobs, 8) == 1
    assert hits.nearest(28, 10, knobs, 8) is None
    assert hits.nearest(10, 19, knobs, 8) is None
    assert hits.nearest(0, 0, [], 8) is None


@given(st.sampled_from(("start", "end")), st.integers(-5, len(TEXT) + 5), st.booleans())
def test_a_moved_edge_never_crosses_and_stays_in_the_text(edge, position, exact):
    held = grip(edge)
    new = hits.moved(held, position, TEXT, "fr", exact=exact)
    assert 0 <= new.start < new.end <= len(TEXT)
    if edge == "start":
        assert new.end == held.span.end
    else:
        assert new.start == held.span.start


@pytest.mark.parametrize(
    ("edge", "to", "words"),
    [
        ("end", "entour", "force\u00a0partirait demain », selon l’entourage"),
        ("end", "partirait", "force"),  # the blank before it is dropped
        ("start", "orce", "force\u00a0partirait"),
        ("start", " la", "la force\u00a0partirait"),
    ],
)
def test_a_moved_edge_takes_whole_words(edge, to, words):
    start = TEXT.index("force")
    held = grip(edge, start, start + len("force partirait"))
    at = TEXT.index(to) + (len(to) if edge == "end" and to == "entour" else 0)
    assert hits.moved(held, at, TEXT, "fr", exact=False).of(TEXT) == words


def test_exactly_is_exactly():
    start = TEXT.index("force")
    held = grip("end", start, start + 5)
    for at in (start + 1, start + 6, start + 9):
        assert hits.moved(held, at, TEXT, "fr", exact=True) == Span(start, at)


def test_dragging_changes_the_one_span():
    found = statement(1, pieces=(Span(5, 9), Span(12, 20)), mention=Span(0, 4), cue=Span(30, 33))
    new = Span(11, 22)
    assert hits.dragged(found, Grip(1, "content", Span(12, 20), "end"), new) == replace(
        found, pieces=(Span(5, 9), new)
    )
    assert hits.dragged(found, Grip(1, "mention", Span(0, 4), "end"), new).mention == new
    assert hits.dragged(found, Grip(1, "cue", Span(30, 33), "end"), new).cue == new
    asked = hits.dragged(found, Grip(1, "condition_span", Span(1, 2), "end"), new)
    assert asked.condition_span == new


def test_pieces_stay_in_reading_order():
    found = on(1, Span(5, 9), Span(12, 20))
    moved = hits.dragged(found, Grip(1, "content", Span(12, 20), "start"), Span(3, 20))
    assert moved.pieces == (Span(3, 20), Span(5, 9))
