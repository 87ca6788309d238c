"""The mouse in the text: selecting, choosing statements, moving their edges."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt

from annotator.domain.spans import Span
from tests.gui.hearing import heard
from tests.gui.probing import on, show, tag_of
from tests.gui.reading import (
    CONTROL,
    LONG,
    SHIFT,
    article,
    click,
    double_click,
    drag,
    find,
    middle_of,
    open_reader,
    place_of,
    send,
)


@pytest.fixture
def reader(qtbot):
    return open_reader(qtbot)


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
    seen = heard(reader.statement_clicked)
    click(reader, middle_of(reader, span))
    assert seen == [(7,)]


def test_a_click_on_no_statement_leaves_the_chosen_one(reader):
    show(reader, on(7, find(reader, "la force partirait demain")))
    reader.choose(7)
    seen = heard(reader.statement_clicked)
    click(reader, middle_of(reader, find(reader, "palais")))
    assert (seen, reader.chosen) == ([], 7)


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


def test_the_language_of_the_article_says_what_a_word_is(reader):
    text = "They don't know."
    for lang, word in (("en", "don't"), ("fr", "don")):
        reader.show_article(article(text, title="", lang=lang))
        at = middle_of(reader, Span(text.index("don"), text.index("don") + 3))
        double_click(reader, at)
        assert reader.selected_span().of(text) == word
