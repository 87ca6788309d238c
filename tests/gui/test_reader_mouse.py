"""The mouse in the text: selecting, choosing statements, moving their edges."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.ui.annotate import reader_tags
from annotator.ui.annotate.reader_paint import knobs
from tests.gui.hearing import heard
from tests.gui.reading import (
    CONTROL,
    LONG,
    PLAIN,
    SHIFT,
    TEXT,
    article,
    click,
    double_click,
    drag,
    find,
    middle_of,
    move,
    open_reader,
    place_of,
    press,
    release,
    send,
)
from tests.gui.sample_statements import CODEBOOK, statement


@pytest.fixture
def reader(qtbot):
    return open_reader(qtbot)


def show(reader, *found, chosen=None):
    reader.show_statements(list(found), CODEBOOK)
    reader.choose(chosen)


def on(id_, *spans, **values):
    """Return a statement whose content is `spans`."""
    return statement(id_, pieces=spans, **values)


def knob_of(reader, field, edge, span=None) -> QPoint:
    """Return where the knob of an edge of the chosen statement stands."""
    rows = list(reader.geometry_of_text.rows(0, reader.viewport().height()))
    for grip, at in knobs(reader.scene.chosen, reader.geometry_of_text, rows):
        if (grip.field, grip.edge) == (field, edge) and span in (None, grip.span):
            return at.toPoint()
    raise AssertionError(f"no knob at the {edge} of {field}")


def tag_of(reader, id_) -> QPoint:
    """Return the upper half of the tag of a statement, where no word is."""
    scene, geometry = reader.scene, reader.geometry_of_text
    rows, right = list(geometry.rows(0, 600)), reader.viewport().width()
    shown = scene.meeting(Span(0, len(TEXT)))
    found = reader_tags.tags(rows, shown, scene.codebook, geometry, right)
    box = next(tag.box for tag in found if tag.statement.id == id_)
    return QPointF(box.center().x(), box.top() + 1).toPoint()


# ---------------------------------------------------------------------------- selecting


def test_dragging_selects_and_says_so_once(reader):
    span = find(reader, "selon Lena Hasp")
    seen = heard(reader.selection_changed)
    drag(reader, place_of(reader, span.start), place_of(reader, span.end))
    assert seen == [(span,)]
    assert reader.selected_by_mouse
    assert not reader.exact


def test_dragging_backwards_and_with_control(reader):
    span = find(reader, "Lena Hasp")
    drag(reader, place_of(reader, span.end), place_of(reader, span.start), CONTROL)
    assert reader.selected_span() == span
    assert reader.exact


def test_dragging_over_several_lines(reader):
    span = Span(find(reader, "force").start, find(reader, "brigades").end)
    drag(reader, place_of(reader, span.start), place_of(reader, span.end))
    assert reader.selected_span() == span


def test_dragging_from_within_a_selection_selects_anew(reader):
    span, inner = find(reader, "selon Lena Hasp"), find(reader, "Lena")
    drag(reader, place_of(reader, span.start), place_of(reader, span.end))
    drag(reader, place_of(reader, inner.start), place_of(reader, inner.end))
    assert reader.selected_span() == inner


def test_a_click_ends_the_selection(reader):
    reader.select(find(reader, "Lena Hasp"))
    seen = heard(reader.selection_changed)
    click(reader, middle_of(reader, find(reader, "palais")))
    assert seen == [(None,)]


def test_shift_and_click_selects_up_to_there(reader):
    span = find(reader, "selon Lena Hasp")
    click(reader, place_of(reader, span.start))
    click(reader, place_of(reader, span.end), SHIFT)
    assert reader.selected_span() == span


def test_a_click_does_not_scroll_to_where_the_caret_was(qtbot):
    reader = open_reader(qtbot, LONG)
    reader.set_caret(0)
    reader.verticalScrollBar().setValue(2_500)
    click(reader, QPoint(200, 300))
    assert reader.verticalScrollBar().value() == 2_500


@pytest.mark.parametrize("unsteady", [0, 2])
def test_a_double_click_selects_one_word_and_says_so_once(reader, unsteady):
    span = find(reader, "gouvernement")
    seen = heard(reader.selection_changed)
    double_click(reader, middle_of(reader, span), by=unsteady)
    assert reader.selected_span() == span
    assert seen == [(span,)]
    assert reader.selected_by_mouse


def test_a_double_click_beside_the_words_selects_nothing(reader):
    end = place_of(reader, len("La Brévonie hésite encore"))
    double_click(reader, end + QPoint(60, 0))
    assert reader.selected_span() is None


def test_the_other_buttons_do_nothing(reader):
    show(reader, on(1, find(reader, "la force partirait demain")))
    seen = heard(reader.statement_clicked), heard(reader.selection_changed)
    at = middle_of(reader, find(reader, "partirait"))
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            send(reader, kind, at, button, button)
    assert seen == ([], [])


@pytest.mark.parametrize("below", [0, 8, 12, 14, 18, 22, 26])
def test_a_drag_along_the_leading_selects_the_words_over_or_under_it(reader, below):
    """Between two rows Qt would take the start of the lower one, wherever the mouse is."""
    span = find(reader, "selon Lena")
    start, end = place_of(reader, span.start), place_of(reader, span.end)
    drag(reader, start, end + QPoint(0, below))
    found = reader.selected_span()
    assert found.start == span.start
    assert abs(place_of(reader, found.end).x() - end.x()) < 8


# --------------------------------------------------------------------------- choosing


def test_a_click_on_a_statement_says_which(reader):
    span = find(reader, "la force partirait demain")
    show(reader, on(7, span))
    seen, blank = heard(reader.statement_clicked), heard(reader.blank_clicked)
    click(reader, middle_of(reader, span))
    assert (seen, blank) == ([(7,)], [])


def test_a_click_on_no_statement_says_so(reader):
    show(reader, on(7, find(reader, "la force partirait demain")))
    seen, blank = heard(reader.statement_clicked), heard(reader.blank_clicked)
    click(reader, middle_of(reader, find(reader, "palais")))
    assert (seen, blank) == ([], [()])


def test_a_click_between_two_pieces_is_on_no_statement(reader):
    show(reader, on(7, find(reader, "gouvernement"), find(reader, "répété")))
    seen = heard(reader.statement_clicked)
    click(reader, middle_of(reader, find(reader, "Harsk")))
    assert seen == []
    click(reader, middle_of(reader, find(reader, "répété")))
    assert seen == [(7,)]


def test_clicks_at_one_place_go_through_all_that_lie_there_smallest_first(reader):
    outer = find(reader, "a répété que « la force partirait demain »")
    inner = find(reader, "la force partirait demain")
    word = find(reader, "partirait")
    show(reader, on(1, outer), on(2, inner), on(3, word))
    seen = heard(reader.statement_clicked)
    reader.statement_clicked.connect(reader.choose)
    at = middle_of(reader, word)
    for _ in range(4):
        click(reader, at)
    assert seen == [(3,), (2,), (1,), (3,)]


def test_statements_with_the_same_words_take_turns(reader):
    span = find(reader, "la force partirait demain")
    show(reader, on(1, span), on(2, span, target="ceasefire"))
    seen = heard(reader.statement_clicked)
    reader.statement_clicked.connect(reader.choose)
    for _ in range(3):
        click(reader, middle_of(reader, span))
    assert seen == [(1,), (2,), (1,)]


def test_a_click_at_another_place_begins_with_the_smallest_again(reader):
    outer = find(reader, "a répété que « la force partirait demain »")
    inner = find(reader, "la force partirait demain")
    show(reader, on(1, outer), on(2, inner), chosen=2)
    seen = heard(reader.statement_clicked)
    click(reader, middle_of(reader, find(reader, "force")))
    click(reader, middle_of(reader, find(reader, "demain")))
    assert seen == [(2,), (2,)]


def test_a_click_on_a_tag_chooses_though_no_word_is_there(reader):
    span = find(reader, "la force partirait demain")
    show(reader, on(7, span))
    seen = heard(reader.statement_clicked)
    click(reader, tag_of(reader, 7))
    assert seen == [(7,)]


def test_a_double_click_keeps_the_chosen_statement(reader):
    """Who double-clicks a word to name the speaker means the statement that is chosen."""
    outer, inner = find(reader, "selon Lena Hasp, et personne"), find(reader, "Lena Hasp")
    show(reader, on(1, outer), on(2, inner), chosen=1)
    reader.statement_clicked.connect(reader.choose)
    double_click(reader, middle_of(reader, find(reader, "Hasp")))
    assert reader.selected_span() == find(reader, "Hasp")
    assert reader.chosen == 1


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


def test_the_language_of_the_article_says_what_a_word_is(reader):
    text = "They don't know."
    for lang, word in (("en", "don't"), ("fr", "don")):
        reader.show_article(article(text, title="", lang=lang))
        at = middle_of(reader, Span(text.index("don"), text.index("don") + 3))
        double_click(reader, at)
        assert reader.selected_span().of(text) == word
