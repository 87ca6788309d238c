"""Moving the edges of the chosen statement with the mouse."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from tests.gui.hearing import heard
from tests.gui.probing import knob_of, on, show, tag_of
from tests.gui.reading import (
    CONTROL,
    LONG,
    PLAIN,
    drag,
    find,
    middle_of,
    move,
    open_reader,
    place_of,
    press,
    release,
)
from tests.gui.sample_statements import CODEBOOK


@pytest.fixture
def reader(qtbot):
    return open_reader(qtbot)


# ------------------------------------------------------------------------- moving edges


@pytest.fixture
def chosen(reader):
    span = find(reader, "la force partirait demain")
    show(reader, on(7, span, mention=find(reader, "Lena Hasp")), chosen=7)
    return span


def pull(reader, start: QPoint, goal: QPoint, modifier=PLAIN) -> None:
    press(reader, start)
    move(reader, (start + goal) / 2, modifier)
    move(reader, goal, modifier)


def test_the_knob_at_the_end_moves_the_end_to_whole_words(reader, chosen):
    seen = heard(reader.edge_moved), heard(reader.selection_changed)
    goal = place_of(reader, find(reader, "Lena").start + 2)
    pull(reader, knob_of(reader, "content", "end"), goal)
    new = Span(chosen.start, find(reader, "Lena").end)
    assert reader.scene.chosen.pieces == (new,)
    assert seen == ([], [])
    release(reader, goal)
    assert seen == ([(7, "content", chosen, new)], [])


def test_the_knob_at_the_start_with_control_moves_exactly(reader, chosen):
    seen = heard(reader.edge_moved)
    goal = find(reader, "répété").start + 3
    pull(reader, knob_of(reader, "content", "start"), place_of(reader, goal), CONTROL)
    release(reader, place_of(reader, goal), CONTROL)
    assert seen == [(7, "content", chosen, Span(goal, chosen.end))]


def test_the_speaker_s_words_have_knobs_too(reader, chosen):
    mention, goal = find(reader, "Lena Hasp"), find(reader, "selon")
    seen = heard(reader.edge_moved)
    move(reader, middle_of(reader, mention), held=Qt.MouseButton.NoButton)
    pull(reader, knob_of(reader, "mention", "start"), place_of(reader, goal.start))
    assert reader.scene.chosen.mention == Span(goal.start, mention.end)
    release(reader, place_of(reader, goal.start))
    assert seen == [(7, "mention", mention, Span(goal.start, mention.end))]


def test_escape_leaves_the_edge_where_it_was(reader, chosen):
    seen = heard(reader.edge_moved)
    before = reader.scene.chosen
    goal = place_of(reader, find(reader, "Lena").start)
    pull(reader, knob_of(reader, "content", "end"), goal)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, PLAIN)
    QApplication.sendEvent(reader, override)
    assert override.isAccepted()  # else the window would take it for its own
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert reader.scene.chosen == before
    release(reader, goal)
    assert (seen, reader.scene.chosen) == ([], before)


@pytest.mark.parametrize("modifier", [PLAIN, CONTROL])
def test_an_edge_never_crosses_the_other(reader, chosen, modifier):
    seen = heard(reader.edge_moved)
    goal = place_of(reader, find(reader, "gouvernement").start)
    pull(reader, knob_of(reader, "content", "end"), goal, modifier)
    release(reader, goal, modifier)
    ((_, _, old, new),) = seen
    assert old == chosen
    assert new.start == chosen.start < new.end <= chosen.start + len("la")


def test_a_knob_put_back_changes_nothing(reader, chosen):
    seen = heard(reader.edge_moved), heard(reader.statement_clicked)
    at = knob_of(reader, "content", "end")
    pull(reader, at, at + QPoint(60, 0))
    move(reader, at)
    release(reader, at)
    press(reader, at)
    release(reader, at)
    assert seen == ([], [])


@pytest.mark.parametrize("taken", [QPoint(0, -6), QPoint(0, 0), QPoint(5, 5), QPoint(0, 7)])
@pytest.mark.parametrize("edge", ["start", "end"])
def test_a_knob_pulled_sideways_stays_in_its_row(reader, chosen, edge, taken):
    """The knobs hang in the leading; where the mouse takes one is no matter."""
    seen = heard(reader.edge_moved)
    at = knob_of(reader, "content", edge) + taken
    goal = find(reader, "selon").end if edge == "end" else find(reader, "répété").start
    there = QPoint(place_of(reader, goal).x() + taken.x(), at.y())
    pull(reader, at, there, CONTROL)
    release(reader, there, CONTROL)
    new = Span(chosen.start, goal) if edge == "end" else Span(goal, chosen.end)
    assert seen == [(7, "content", chosen, new)]


def test_only_the_pulled_piece_changes(reader):
    one, two = find(reader, "gouvernement"), find(reader, "répété")
    show(reader, on(7, one, two), chosen=7)
    seen = heard(reader.edge_moved)
    goal = place_of(reader, find(reader, "force").end)
    pull(reader, knob_of(reader, "content", "end", two), goal)
    assert reader.scene.chosen.pieces == (one, Span(two.start, find(reader, "force").end))
    release(reader, goal)
    assert seen == [(7, "content", two, Span(two.start, find(reader, "force").end))]


def test_a_drag_that_begins_on_the_first_word_selects(reader):
    """The speaker is so often named at the start of the words that are the statement's."""
    span, name = find(reader, "selon Lena Hasp, et personne"), find(reader, "selon Lena")
    show(reader, on(7, span), chosen=7)
    seen = heard(reader.edge_moved)
    drag(reader, place_of(reader, name.start), place_of(reader, name.end))
    assert (reader.selected_span(), seen) == (name, [])


def test_those_that_are_not_chosen_have_no_knobs(reader, chosen):
    at = knob_of(reader, "content", "end")
    reader.choose(None)
    seen = heard(reader.edge_moved)
    drag(reader, at, at + QPoint(80, 0))
    assert seen == []
    assert reader.selected_span() is not None


def test_a_drag_below_the_view_scrolls_the_text(qtbot):
    reader = open_reader(qtbot, LONG)
    span = find(reader, "la force partirait demain", 6)
    show(reader, on(7, span), chosen=7)
    at = knob_of(reader, "content", "end")
    press(reader, at)
    for _ in range(20):
        move(reader, QPoint(300, reader.viewport().height() + 20))
    assert reader.verticalScrollBar().value() > 100
    assert reader.scene.chosen.end > span.end + 300
    reader.show_statements([on(7, span)], CODEBOOK)  # an undo meanwhile, say
    assert reader.scene.chosen.pieces == (span,)
    release(reader, at)


def test_the_pointer_tells_what_it_would_take(reader, chosen):
    def shape(at):
        move(reader, at, held=Qt.MouseButton.NoButton)
        return reader.viewport().cursor().shape()

    assert shape(knob_of(reader, "content", "end")) == Qt.CursorShape.SplitHCursor
    assert shape(middle_of(reader, chosen)) == Qt.CursorShape.IBeamCursor
    assert shape(tag_of(reader, 7)) == Qt.CursorShape.PointingHandCursor


def test_what_is_under_the_mouse_is_known_until_it_leaves(reader, chosen):
    move(reader, middle_of(reader, chosen), held=Qt.MouseButton.NoButton)
    assert reader.scene.hovered == 7
    QApplication.sendEvent(reader.viewport(), QEvent(QEvent.Type.Leave))
    assert (reader.scene.hovered, reader.scene.pointed) == (None, None)
