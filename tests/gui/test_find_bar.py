"""Find in article: the bar alone, and joined to the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.annotate.find_bar import FindBar
from tests.gui.hearing import heard
from tests.gui.working import open_window

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bar(qtbot):
    made = FindBar()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start()
    qtbot.waitUntil(made.field.hasFocus)
    return made


@pytest.fixture
def hand(qtbot, tmp_path):
    return open_window(qtbot, tmp_path)


@pytest.fixture
def looking(hand):
    """Return a hand whose find bar waits for words."""
    hand.press("Ctrl+F")
    assert hand.page.find_bar.field.hasFocus()
    return hand


def shown(hand):
    return [span.of(hand.page.desk.text) for span in hand.reader.scene.hits]


# ------------------------------------------------------------------------------ the bar


def test_return_goes_on_shift_return_back_escape_closes(bar):
    steps, closed = heard(bar.step), heard(bar.closed)
    for key, modifier in (
        (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        (Key.Key_Return, SHIFT),
    ):
        QTest.keyClick(bar.field, key, modifier)
    assert (steps, closed) == ([(1,), (1,), (-1,)], [])
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert closed == [()]


def test_buttons_do_the_same_and_say_what_they_do(bar):
    steps, closed = heard(bar.step), heard(bar.closed)
    bar.show_count(1, 2)
    for button in (bar.next, bar.previous, bar.close_button):
        assert button.accessibleName() == button.toolTip() != ""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (steps, closed) == ([(1,), (-1,)], [()])


def test_it_says_how_many_and_when_there_are_none(bar):
    assert (bar.count.text(), bar.next.isEnabled()) == ("", False)
    bar.set_query("trêve")
    bar.show_count(2, 3)
    assert (bar.count.text(), bar.next.isEnabled()) == ("2 of 3", True)
    bar.show_count(0, 0)
    assert (bar.count.text(), bar.previous.isEnabled()) == ("Not found", False)
    bar.show_count(0, None)
    assert (bar.count.text(), bar.previous.isEnabled()) == ("", True)
    assert bar.count.accessibleName()


def test_only_the_first_line_of_a_selection_is_looked_for(bar):
    asked = heard(bar.query_changed)
    bar.set_query("une trêve\nde trois jours")
    assert (bar.query(), asked) == ("une trêve", [("une trêve",)])


# ----------------------------------------------------------------------- with the text


def test_accents_and_case_do_not_matter(looking):
    looking.type("treve")
    assert shown(looking) == ["TRÊVE", "trêve", "treve"]
    assert looking.page.find_bar.count.text() == "1 of 3"
    assert looking.reader.scene.current_hit == looking.find("TRÊVE")


def test_next_and_previous_go_round(looking):
    looking.type("trêve")
    seen = []
    for key in ("Return", "Return", "Return", "Shift+Return"):
        looking.press(key)
        seen.append(looking.page.find_bar.count.text())
    assert seen == ["2 of 3", "3 of 3", "1 of 3", "3 of 3"]
    assert looking.reader.scene.current_hit == looking.find("treve")


def test_the_hit_is_brought_into_view(looking):
    looking.type("palais")
    looking.press("Shift+Return")
    hit = looking.reader.scene.current_hit
    assert hit == looking.find("palais", 40)
    assert looking.reader.view_range().contains(hit)


def test_it_begins_at_the_caret(hand):
    hand.reader.set_caret(hand.find("autre").start)
    hand.press("Ctrl+F")
    hand.type("trêve")
    assert hand.page.find_bar.count.text() == "2 of 3"


def test_what_is_not_there_is_said(looking):
    looking.type("zèbre")
    assert looking.page.find_bar.count.text() == "Not found"
    assert shown(looking) == []
    looking.press("Return")
    looking.press("Escape")
    assert looking.page.desk.selection is None


def test_escape_closes_and_the_hit_is_selected_for_marking(looking):
    looking.type("trêve")
    looking.press("Return")
    looking.press("Escape")
    page, hit = looking.page, looking.find("trêve")
    assert not page.find_bar.isVisible()
    assert looking.reader.hasFocus()
    assert (looking.reader.selected_span(), page.desk.selection) == (hit, hit)
    assert shown(looking) == []
    looking.press("1")
    (marked,) = page.sheet.statements
    assert marked.pieces == (hit,)


def test_selected_words_are_looked_for(hand):
    hand.select_by_keys(hand.find("Harsk"))
    hand.press("Ctrl+F")
    assert hand.page.find_bar.query() == "Harsk"
    assert shown(hand) == ["Harsk"]


def test_the_words_of_the_last_time_are_found_again(looking):
    looking.type("trêve")
    looking.press("Escape")
    looking.page.drop_selection()
    looking.press("Ctrl+F")
    assert len(shown(looking)) == 3
    assert looking.page.find_bar.field.selectedText() == "trêve"


def test_f3_goes_on_from_the_text(looking):
    looking.type("trêve")
    looking.press("Escape")
    looking.press("F3")
    assert looking.page.find_bar.isVisible()
    assert looking.reader.scene.current_hit == looking.find("trêve")
    looking.press("Shift+F3")
    assert looking.reader.scene.current_hit == looking.find("TRÊVE")


def test_f3_without_words_asks_for_them(hand):
    hand.press("F3")
    assert hand.page.find_bar.field.hasFocus()


def test_escape_in_the_text_closes_the_bar_last(looking):
    looking.type("trêve")
    looking.click_words(looking.find("palais"))
    assert looking.reader.hasFocus()
    looking.press("Escape")
    assert not looking.page.find_bar.isVisible()
    assert shown(looking) == []
    assert looking.page.desk.selection is None  # the hit is no longer what is worked at


def test_another_article_has_no_hits_until_they_are_looked_for(looking):
    looking.type("harsk")
    looking.page.open_article(looking.page.articles.neighbour(1))
    assert shown(looking) == []
    assert looking.page.find_bar.count.text() == ""
    looking.press("F3")
    assert looking.page.find_bar.count.text() == "1 of 1"


def test_keys_of_the_window_are_words_in_the_field(looking):
    looking.type("1jS")
    assert looking.page.find_bar.query() == "1jS"
    assert looking.page.sheet.statements == []
