"""A hand at keys and mouse: real events into the real window, for demonstration and tests."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annotator.domain.spans import Span
from annotator.ui.annotate.speaker_field import SpeakerField
from annotator.ui.offsets import Utf16Map
from annotator.ui.window import MainWindow

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Presses keys and moves the mouse in one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.page = window.page
        self.reader = window.page.reader

    def wait(self, until: Callable[[], bool], what: str, seconds: float = 30) -> None:
        """Wait until something holds; RuntimeError names what did not come."""
        limit = time.monotonic() + seconds
        while not until():
            if time.monotonic() > limit:
                raise RuntimeError(f"{what} did not happen within {seconds:g} s")
            QTest.qWait(10)
            time.sleep(0.005)  # qWait keeps the interpreter to itself; a background thread needs it

    def take_focus(self) -> None:
        """Make the window the one that gets the keys; without a window manager it takes asking."""

        def asked() -> bool:
            self.window.activateWindow()
            return self.window.isActiveWindow()

        self.wait(asked, "The window becoming active")

    def settle(self) -> None:
        """Let the window finish what it has to paint."""
        QTest.qWait(30)

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        """Press keys by name (“Ctrl+Return”, “S”) in a widget, else where the focus is."""
        goal = widget or QApplication.focusWidget() or self.reader
        QTest.keySequence(goal, QKeySequence(keys))

    def take_name(self, name: str) -> None:
        """Type a speaker's name where the focus is and take just that one, known or new."""
        field = QApplication.focusWidget()
        if not isinstance(field, SpeakerField):
            raise RuntimeError(f"No field waits for the name {name}")
        self.press("Ctrl+A")
        self.type(name)
        for _ in field.list.rows():
            if field.list.current_name() == name:
                break
            self.press("Down")
        self.press("Return")

    def choose_type(self, type_: str) -> None:
        """Open the menu of the kinds of speaker by its key, and take one."""
        self.press("Shift+S", self.reader)
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise RuntimeError("No menu of the kinds of speaker opened")
        for _ in menu.actions():
            QTest.keyClick(menu, Qt.Key.Key_Down)
            if menu.activeAction().data() == type_:
                break
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.take_focus()

    def offer(self, action_id: str) -> QWidget:
        """Return the button that the bar beside the selection has for an action."""
        found = [b for b in self.page.offers.bar.buttons if b.offer.action_id == action_id]
        if not found or not self.page.offers.bar.isVisible():
            raise RuntimeError(f"Nothing beside the selection offers {action_id}")
        return found[0]

    def chip(self, group: str, value: str) -> QWidget:
        """Return the chip of one choice on the open card."""
        body = self.page.margin.form.body
        chip = body.rows[group].chip(value) if body is not None else None
        if chip is None:
            raise RuntimeError(f"The card has no chip {group}: {value}")
        return chip

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        goal = QApplication.focusWidget() or self.reader
        for char in words:
            # keyClicks knows Latin-1 only; é and “ go in as what a keyboard would send.
            if char.isascii():
                QTest.keyClicks(goal, char)
            else:
                QTest.sendKeyEvent(QTest.KeyAction.Click, goal, Qt.Key.Key_unknown, char, _NONE)

    def find(self, words: str, nth: int = 1) -> Span:
        """Return where the `nth` occurrence of `words` stands in the open article."""
        text = self.page.desk.text
        at = -1
        for _ in range(nth):
            at = text.index(words, at + 1)
        return Span(at, at + len(words))

    def select_by_keys(self, span: Span) -> None:
        """Select a span with the keyboard alone: the caret is put, then Shift and the arrows.

        The arrow is the one that leads on: in a paragraph from right to left, the left one.
        """
        self.reader.setFocus()
        self.reader.set_caret(span.start)
        self.reader.reveal(span)
        end = Utf16Map(self.page.desk.text).to_units(span.end)
        while (here := self.reader.textCursor()).position() < end:
            backwards = here.block().textDirection() == Qt.LayoutDirection.RightToLeft
            arrow = Qt.Key.Key_Left if backwards else Qt.Key.Key_Right
            QTest.keyClick(self.reader, arrow, Qt.KeyboardModifier.ShiftModifier)
            if self.reader.textCursor().position() <= here.position():
                raise RuntimeError(f"No arrow leads on from {here.position()} to {end}")
        self.settle()

    def select_by_mouse(self, span: Span, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Select a span by dragging the mouse over it."""
        self.reader.reveal(span)
        self.settle()
        view = self.reader.viewport()
        start, end = self.point_at(span.start), self.point_at(span.end)
        QTest.mousePress(view, _LEFT, modifier, start)
        for at in (start + QPoint(12, 0), (start + end) / 2, end):
            self._drag(view, at, modifier)
        QTest.mouseRelease(view, _LEFT, modifier, end)
        self.settle()

    def click_words(self, span: Span) -> None:
        """Click in the middle of some words."""
        self.reader.reveal(span)
        self.settle()
        at = self.point_at((span.start + span.end) // 2)
        QTest.mouseClick(self.reader.viewport(), _LEFT, _NONE, at)
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, _LEFT)
        self.settle()

    def point_at(self, position: int) -> QPoint:
        """Return where the code point at `position` stands in the reader's view."""
        cursor = QTextCursor(self.reader.document())
        cursor.setPosition(Utf16Map(self.page.desk.text).to_units(position))
        return self.reader.cursorRect(cursor).center()

    def picture(self, path: Path) -> None:
        """Save what the window shows as a PNG."""
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))

    def _drag(self, view: QWidget, at: QPoint, modifier: Qt.KeyboardModifier) -> None:
        # QTest.mouseMove sends no button with the move, so a drag needs its own event.
        local, whole = QPointF(at), QPointF(view.mapToGlobal(at))
        move = QMouseEvent(
            QEvent.Type.MouseMove, local, whole, Qt.MouseButton.NoButton, _LEFT, modifier
        )
        QApplication.sendEvent(view, move)
