"""The text view: what it shows, keeps and says, by keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMainWindow, QWidget

from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.reader import Reader
from annotator.ui.annotate.reader_geometry import scroll_by
from annotator.ui.annotate.reader_tags import tags
from tests.gui.hearing import heard
from tests.gui.reading import (
    CONTROL,
    LONG,
    PLAIN,
    SHIFT,
    TEXT,
    TITLE,
    article,
    find,
    open_reader,
    place_of,
    turn_wheel,
)
from tests.gui.sample_statements import CODEBOOK, statement

Key = Qt.Key


@pytest.fixture
def reader(qtbot):
    return open_reader(qtbot)


@pytest.fixture
def long_reader(qtbot):
    return open_reader(qtbot, LONG)


# ------------------------------------------------------------------------ what is shown


def test_another_article_begins_at_its_beginning_with_nothing_of_the_one_before(long_reader):
    long_reader.show_statements([statement(1, 40)], CODEBOOK)
    long_reader.choose(1)
    long_reader.show_excluded([Span(0, 9)])
    long_reader.show_hits([Span(30, 40)], 0)
    long_reader.select(Span(20, 30))
    long_reader.verticalScrollBar().setValue(900)
    long_reader.show_article(article(TEXT, id_=2))
    assert long_reader.toPlainText() == TEXT
    assert long_reader.verticalScrollBar().value() == 0
    assert (long_reader.caret(), long_reader.selected_span(), long_reader.chosen) == (0, None, None)
    scene = long_reader.scene
    assert not list(scene.layers.meeting(Span(0, len(TEXT))))
    assert (scene.chosen, list(scene.excluded), list(scene.hits)) == (None, [], [])


def test_no_article_is_empty_paper(reader):
    reader.select(Span(3, 9))
    reader.show_article(None)
    assert (reader.toPlainText(), reader.selected_span(), reader.view_range()) == ("", None, None)
    assert (reader.y_of(5), reader.selection_rect().isEmpty()) == (0.0, True)
    reader.reveal(Span(0, 5))
    reader.grab()


def test_an_article_without_words(reader):
    for text in ("", "\n", "\n\n \n"):
        reader.show_article(article(text))
        reader.selectAll()
        reader.grab()
        assert (reader.selected_span() or Span(0, 1)).end <= max(1, len(text))


def test_the_title_is_set_larger_and_the_rest_alike(reader):
    first = reader.document().begin()
    sizes = {first.next().charFormat().font().pixelSize(), reader.font().pixelSize()}
    assert first.begin().fragment().charFormat().font().pixelSize() == theme.HEADLINE
    assert sizes == {theme.READING}


def test_showing_something_says_nothing_about_a_selection(reader):
    seen = heard(reader.selection_changed)
    reader.select(Span(3, 9))
    reader.set_caret(4)
    reader.select(Span(3, 9))
    reader.clear_selection()
    reader.show_article(article(LONG))
    assert seen == []


def test_it_says_when_what_is_in_view_changes(long_reader):
    seen = heard(long_reader.view_changed)
    long_reader.verticalScrollBar().setValue(300)
    assert seen
    seen.clear()
    long_reader.resize(700, 600)
    assert seen
    seen.clear()
    long_reader.set_zoom(1.3)
    assert seen


def test_a_statement_that_is_gone_is_not_chosen_any_more(reader):
    reader.show_statements([statement(1, 40), statement(2, 90)], CODEBOOK)
    reader.choose(2)
    assert reader.chosen == 2
    reader.show_statements([statement(2, 95)], CODEBOOK)
    assert reader.scene.chosen.start == 95
    reader.show_statements([statement(1, 40)], CODEBOOK)
    assert (reader.chosen, reader.scene.chosen) == (None, None)


# ------------------------------------------------------------------------- keeping place


@pytest.mark.parametrize("zoom", [0.75, 1.5, 2.5])
def test_zoom_keeps_the_line_at_the_top_the_selection_and_the_grey(long_reader, zoom):
    long_reader.show_excluded([Span(0, 9)])
    long_reader.verticalScrollBar().setValue(2_500)
    long_reader.select(Span(9_000, 9_010))
    top = long_reader.view_range().start
    long_reader.set_zoom(zoom)
    assert abs(long_reader.y_of(top)) < 3
    assert long_reader.font().pixelSize() == round(theme.READING * zoom)
    assert long_reader.selected_span() == Span(9_000, 9_010)
    assert list(long_reader.scene.excluded) == [Span(0, 9)]
    (grey,) = long_reader.extraSelections()
    assert (grey.cursor.selectionStart(), grey.cursor.selectionEnd()) == (0, 9)


def test_another_width_keeps_the_line_at_the_top(long_reader):
    long_reader.verticalScrollBar().setValue(2_500)
    for width in (600, *range(880, 860, -1), 500):
        top = long_reader.view_range().start
        long_reader.resize(width, 600)
        assert abs(long_reader.y_of(top)) < 2, width


def test_the_column_stays_as_wide_as_it_reads_well_and_in_the_middle(long_reader):
    long_reader.resize(1500, 600)
    view = long_reader.viewport().geometry()
    assert abs(view.width() - theme.READER_WIDTH - 2 * theme.PAGE) <= 1
    assert abs(view.left() - (long_reader.contentsRect().width() - view.right())) < 20
    long_reader.resize(500, 600)
    assert long_reader.viewport().width() > 470


def test_what_is_in_view_is_what_is_in_view(long_reader):
    for place in (0, 1_000, 5_000):
        long_reader.verticalScrollBar().setValue(place)
        span = long_reader.view_range()
        assert -40 < long_reader.y_of(span.start) < 45
        assert 0 < long_reader.y_of(span.end - 1) <= long_reader.viewport().height()


@pytest.mark.parametrize("words", ["0. Le", "30. Le", "59. Le", "12. Le"])
def test_reveal_brings_words_into_view(long_reader, words):
    span = find(long_reader, words)
    long_reader.reveal(span)
    shown = long_reader.view_range()
    assert shown.contains(span)
    before = long_reader.verticalScrollBar().value()
    long_reader.reveal(span)
    assert long_reader.verticalScrollBar().value() == before


@pytest.mark.parametrize("zoom", [0.75, 1.0, 2.0])
def test_reveal_shows_the_tag_over_a_row_at_the_very_top(long_reader, zoom):
    long_reader.set_zoom(zoom)
    span = find(long_reader, "12. Le")
    found = statement(1, span.start)
    long_reader.show_statements([found], CODEBOOK)
    bar, geometry = long_reader.verticalScrollBar(), long_reader.geometry_of_text
    bar.setValue(bar.value() + round(long_reader.y_of(span.start)))
    long_reader.reveal(span)
    (tag,) = tags([geometry.row_of(span.start)], [found], CODEBOOK, geometry, 600)
    assert tag.box.top() >= 0


def test_reveal_begins_with_the_beginning_of_what_is_higher_than_the_view(long_reader):
    span = Span(find(long_reader, "20. Le").start, find(long_reader, "40. Le").end)
    long_reader.reveal(span)
    assert 0 <= long_reader.y_of(span.start) < 60


@pytest.mark.parametrize(
    ("top", "bottom", "by"),
    [
        (0, 600, 0),
        (10, 40, 0),
        (-20, 14, -70),  # a little too high: with air above
        (580, 614, 64),  # a little too low: with air below
        (400, 1200, 350),  # higher than the view: its beginning
        (4000, 4034, 3800),  # far away: a third down, to read on
        (-4000, -3966, -4200),
    ],
)
def test_by_how_much_the_text_scrolls(top, bottom, by):
    assert scroll_by(top, bottom, 600, 50) == by


def test_moving_the_caret_does_not_move_the_view(long_reader):
    long_reader.select(Span(10, 20))
    bar = long_reader.verticalScrollBar()
    bar.setValue(2_500)
    long_reader.clear_selection()
    assert bar.value() == 2_500
    long_reader.set_caret(3)
    assert bar.value() == 2_500
    long_reader.select(Span(3, 9))
    assert bar.value() == 2_500


def test_the_rectangle_of_a_selection(reader):
    span = find(reader, "brigades")
    reader.select(span)
    rect = reader.selection_rect()
    assert rect.contains(place_of(reader, span.start + 1))
    assert rect.contains(place_of(reader, span.end - 1))
    assert not rect.contains(place_of(reader, span.start - 3))
    reader.select(Span(span.start, span.end + 150))
    assert reader.selection_rect().height() > rect.height()


def test_a_place_far_down_a_long_text_is_found(qtbot):
    reader = open_reader(qtbot, LONG * 12)
    end = len((LONG * 12).rstrip())
    reader.reveal(Span(end - 9, end))
    shown = reader.view_range()
    assert shown is not None
    assert shown.end == end


# -------------------------------------------------------------------------------- keys


def test_shift_and_arrows_select_and_say_so(reader):
    seen = heard(reader.selection_changed)
    reader.set_caret(5)
    QTest.keyClick(reader, Key.Key_Right, SHIFT)
    QTest.keyClick(reader, Key.Key_Right, SHIFT)
    assert seen == [(Span(5, 6),), (Span(5, 7),)]
    assert not reader.selected_by_mouse
    assert not reader.exact
    QTest.keyClick(reader, Key.Key_Left)
    assert seen[2:] == [(None,)]


def test_a_selection_made_for_the_user_can_be_said_too(reader):
    seen = heard(reader.selection_changed)
    reader.select(Span(3, 9))
    reader.select(Span(3, 9), say=True)
    assert seen == [(Span(3, 9),)]
    QTest.keyClick(reader, Key.Key_Right)
    assert seen[1:] == [(None,)]


def test_control_and_shift_select_by_words(reader):
    span = find(reader, "gouvernement de Harsk")
    reader.set_caret(span.start)
    QTest.keyClick(reader, Key.Key_Right, CONTROL | SHIFT)
    assert reader.selected_span().of(TEXT).strip() == "gouvernement"
    QTest.keyClick(reader, Key.Key_Left, CONTROL | SHIFT)
    assert reader.selected_span() is None


@pytest.mark.parametrize(
    ("key", "modifier", "start", "end"),
    [
        (Key.Key_End, SHIFT, 5, len(TITLE)),
        (Key.Key_Home, SHIFT, 0, 5),
        (Key.Key_End, CONTROL | SHIFT, 5, len(TEXT)),
        (Key.Key_Home, CONTROL | SHIFT, 0, 5),
        (Key.Key_A, CONTROL, 0, len(TEXT)),
    ],
)
def test_further_keys_that_select(reader, key, modifier, start, end):
    seen = heard(reader.selection_changed)
    reader.set_caret(5)
    QTest.keyClick(reader, key, modifier)
    assert seen == [(Span(start, end),)]


def test_up_and_down_and_pages_move_the_caret(long_reader):
    long_reader.set_caret(0)
    places = [0]
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_Down):
        QTest.keyClick(long_reader, key)
        places.append(long_reader.caret())
    assert places == sorted(set(places))
    assert long_reader.view_range().start > 0
    QTest.keyClick(long_reader, Key.Key_PageUp)
    QTest.keyClick(long_reader, Key.Key_Up)
    assert long_reader.caret() < places[-1]


def test_the_text_cannot_be_changed(reader):
    reader.selectAll()
    for key in (Key.Key_Delete, Key.Key_Backspace, Key.Key_X):
        QTest.keyClick(reader, key)
    for standard in (QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste):
        QTest.keySequence(reader, QKeySequence(standard))
    assert reader.toPlainText() == TEXT


class Window(QMainWindow):
    """A window whose actions have the keys given."""

    def __init__(self, keys) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.group = QActionGroup(self)
        for key in keys:
            action = QAction(key, self.group)
            action.setShortcut(QKeySequence(key))
            self.addAction(action)
        self.group.triggered.connect(self.note)

    def note(self, action: QAction) -> None:
        self.pressed.append(action.text())


KEYS = ("1", "J", "S", "Return", "Space", "Delete", "Shift+E", "Esc", "Alt+Right", "F3", "?")
TAKEN_BY_QT = ("Ctrl+C", "Ctrl+K", "Ctrl+Z", "Ctrl+Return", "Ctrl+Alt+Shift+Left", "Alt+Return")


def test_the_keys_of_the_window_reach_the_window(qtbot):
    reader, window = Reader(), Window(KEYS + TAKEN_BY_QT)
    qtbot.addWidget(window)
    window.setCentralWidget(reader)
    reader.show_article(article(TEXT))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    reader.setFocus()
    qtbot.waitUntil(reader.hasFocus)
    reader.select(Span(3, 9))
    for key in KEYS + TAKEN_BY_QT:
        QTest.keySequence(reader, QKeySequence(key))
    assert window.pressed == list(KEYS + TAKEN_BY_QT)
    assert reader.selected_span() == Span(3, 9)


def test_keys_without_an_action_are_left_to_others(reader):
    for key, words in ((Key.Key_J, "j"), (Key.Key_Return, "\r"), (Key.Key_Space, " ")):
        event = QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, words)
        QApplication.sendEvent(reader, event)
        assert not event.isAccepted()


def test_tab_leaves_the_text(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    row, field = QHBoxLayout(page), QLineEdit()
    text = Reader()
    text.show_article(article(TEXT))
    row.addWidget(text)
    row.addWidget(field)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    QTest.keyClick(text, Key.Key_Tab)
    assert field.hasFocus()
    QTest.keyClick(field, Key.Key_Backtab)
    assert text.hasFocus()


# --------------------------------------------------------------------------- the wheel


def test_control_and_the_wheel_ask_for_another_size(long_reader):
    seen, size = heard(long_reader.zoom_asked), long_reader.font().pixelSize()
    turn_wheel(long_reader, 120, CONTROL)
    turn_wheel(long_reader, -120, CONTROL)
    turn_wheel(long_reader, 0, CONTROL)
    assert seen == [(1,), (-1,)]
    assert long_reader.font().pixelSize() == size
    assert long_reader.verticalScrollBar().value() == 0


def test_the_wheel_alone_scrolls(long_reader):
    seen = heard(long_reader.zoom_asked)
    turn_wheel(long_reader, -120)
    assert long_reader.verticalScrollBar().value() > 0
    assert seen == []


def test_the_wheel_beside_the_column_scrolls_too(qtbot):
    reader = open_reader(qtbot, LONG, width=1500)
    assert reader.viewport().x() > 100
    turn_wheel(reader, -120, over=reader)
    assert reader.verticalScrollBar().value() > 0


def test_those_who_cannot_see_hear_what_it_is(reader):
    assert reader.accessibleName() == "Article text"
