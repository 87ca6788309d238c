"""The article list gives way where it would leave the text no room."""

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui.annotate.list_room import COLUMN, has_room
from tests.gui.working import open_window


@pytest.fixture
def hand(qtbot, tmp_path):
    made = open_window(qtbot, tmp_path)
    made.window.setMinimumSize(0, 0)
    return made


def resize(hand, width: int) -> None:
    hand.window.resize(width, 800)
    hand.settle()


def test_the_list_has_room_beside_a_column_that_can_be_read() -> None:
    assert has_room(280 + 500 + COLUMN * 17, 500, 17)
    assert not has_room(280 + 500 + COLUMN * 17 - 1, 500, 17)


def test_it_gives_way_to_large_letters_and_comes_back(hand) -> None:
    panel, reader = hand.page.articles, hand.page.reader
    resize(hand, 1300)
    assert panel.isVisible()
    narrow = reader.width()
    for _ in range(6):
        hand.press("Ctrl++", reader)
    hand.settle()
    assert not panel.isVisible() and reader.width() > narrow
    hand.press("Ctrl+0", reader)
    assert panel.isVisible()
    resize(hand, 1000)
    assert not panel.isVisible()
    resize(hand, 1300)
    assert panel.isVisible()


def test_f9_goes_before(hand) -> None:
    panel = hand.page.articles
    resize(hand, 1000)
    hand.press("F9", hand.reader)
    assert panel.isVisible()
    resize(hand, 980)
    assert panel.isVisible(), "it was asked for"
    hand.press("F9", hand.reader)
    assert not panel.isVisible()
    resize(hand, 1300)
    assert panel.isVisible(), "what was asked for is what would be so anyhow"
    hand.press("F9", hand.reader)
    resize(hand, 1000)
    resize(hand, 1300)
    assert not panel.isVisible(), "who hid it wants it hidden"


def test_the_keys_reach_it_all_the_same(hand) -> None:
    panel, reader = hand.page.articles, hand.page.reader
    resize(hand, 1000)
    hand.press("Shift+F6", reader)
    assert panel.view.hasFocus() and panel.isVisible()
    hand.press("Down")
    assert hand.page.desk.text.startswith("Deuxième") and panel.isVisible()
    hand.press("Return")
    assert reader.hasFocus() and not panel.isVisible()
    hand.press("Ctrl+Shift+F", reader)
    assert panel.search.hasFocus() and panel.isVisible()
    hand.type("Radel")
    hand.wait(lambda: panel.results.hits, "The hits")
    hand.press("Down")
    hand.press("Return")
    assert reader.hasFocus() and panel.isVisible(), "the other hits are still wanted"
    panel.search.clear()
    assert not panel.isVisible()


def test_a_list_that_goes_leaves_the_keys_in_the_text(hand) -> None:
    panel = hand.page.articles
    panel.view.setFocus()
    hand.press("F9")
    assert not panel.isVisible()
    assert QApplication.focusWidget() is hand.page.reader
    hand.press("Shift+F6", hand.reader)
    assert not panel.isVisible(), "F6 passes over what was hidden by hand"
