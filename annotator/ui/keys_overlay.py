"""All keys at a glance, by group, over the dimmed window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from annotator.ui import keycaps, overlays, theme
from annotator.ui.actions import Action
from annotator.ui.words import Words

_COLUMN = 280  # the narrowest, in pixels
_WIDEST = 360
_ROW = 23
_HEADING = 28
_BETWEEN = 16  # groups
_SIZE = 12
# What is in use all day comes first, not what the menu bar begins with.
_LIKE_THE_FIRST = {f"take_{n}" for n in range(2, 10)}
_ORDER = (
    *("Agreement", "Decide"),
    *("Mark", "Choose", "Statement", "Go", "Article", "Edit", "View", "File", "Help"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that are shown under one heading: (what it does, its first key)."""

    title: str
    rows: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        """The height it takes in a column, in pixels."""
        return _HEADING + _ROW * len(self.rows) + _BETWEEN


def grouped(actions: Iterable[Action]) -> list[Group]:
    """Return the actions that have a key, by menu; those that choose, by what they choose.

    Taking the first, second, third statement goes in one row.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for action in sorted(actions, key=_rank):
        if not action.keys or action.id in _LIKE_THE_FIRST:
            continue
        title, text = action.menu, action.text
        if action.id == "take_1":
            text = f"{text}, 2, 3"
        if action.id.startswith("choose:"):
            title, _, text = text.partition(": ")
        found.setdefault(title, []).append((text.rstrip("…"), action.keys[0]))
    return [Group(title, tuple(rows)) for title, rows in found.items()]


def _rank(action: Action) -> int:
    return _ORDER.index(action.menu) if action.menu in _ORDER else len(_ORDER)


def columns(heights: Sequence[int], count: int) -> list[list[int]]:
    """Return which positions of `heights` stand in each of at most `count` columns, in order.

    The tallest column is as low as can be.
    """
    low, high = max(heights, default=0), sum(heights)
    while low < high:
        middle = (low + high) // 2
        if len(_filled(heights, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(heights, low)


def _filled(heights: Sequence[int], limit: int) -> list[list[int]]:
    """Fill columns no taller than `limit` one after the other."""
    found: list[list[int]] = []
    room = -1
    for at, height in enumerate(heights):
        if not found or height > room:
            found.append([])
            room = limit
        found[-1].append(at)
        room -= height
    return found


class _Sheet(QWidget):
    """The groups in columns, as many as the width has room for."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[Group] = []
        self._columns: list[list[int]] = []
        self._column_width = _COLUMN

    def show_groups(self, groups: list[Group]) -> None:
        """Show these groups."""
        self._groups = groups
        lines = [f"{text}: {key}" for group in groups for text, key in group.rows]
        self.setAccessibleName("Keys")
        self.setAccessibleDescription("; ".join(lines))

    def fit(self, room: int) -> None:
        """Take as many columns as `room` pixels hold, and the size that follows from them."""
        heights = [group.height for group in self._groups]
        count = max(1, (room + theme.WIDE) // (_COLUMN + theme.WIDE))
        self._columns = columns(heights, count)
        used = max(1, len(self._columns))
        self._column_width = min(_WIDEST, (room - (used - 1) * theme.WIDE) // used)
        tallest = max((sum(heights[i] for i in column) for column in self._columns), default=0)
        self.resize(used * (self._column_width + theme.WIDE) - theme.WIDE, tallest - _BETWEEN)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        for column in self._columns:
            top = 0
            for at in column:
                self._paint_group(painter, left, top, self._groups[at])
                top += self._groups[at].height
            left += self._column_width + theme.WIDE
        painter.end()

    def _paint_group(self, painter: QPainter, left: int, top: int, group: Group) -> None:
        look = theme.current()
        painter.setFont(theme.sans(_SIZE, strong=True))
        painter.setPen(theme.colour(look.soft))
        heading = QRect(left, top, self._column_width, _HEADING - theme.TIGHT)
        painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, group.title)
        painter.setFont(theme.sans(_SIZE))
        top += _HEADING
        for text, key in group.rows:
            names = keycaps.caps(key)
            caps_left = left + self._column_width - keycaps.width(names)
            keycaps.paint(painter, QPointF(caps_left, top + _ROW // 2), names)
            painter.setPen(theme.colour(look.ink))
            room = int(caps_left) - left - theme.SMALL
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top, room, _ROW), Qt.AlignmentFlag.AlignVCenter, shown)
            top += _ROW


class KeysOverlay(QWidget):
    """Covers its window; any click and any key but those that scroll close it."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus = overlays.FocusReturn()
        self._panel = QRect()
        self._title = Words("Keys", size=theme.STRONG + 2, strong=True)
        self._title.setParent(self)
        self._hint = Words("Esc or a click closes this", size=theme.CAPTION, tone="soft")
        self._hint.setParent(self)
        self.sheet = _Sheet()
        self.area = QScrollArea(self)
        self.area.setWidget(self.sheet)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)
        self.area.viewport().installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Keys")
        self.hide()

    def open(self, actions: Sequence[Action]) -> None:
        """Show the keys of `actions`; called again while it is shown, close it."""
        if self.isVisible():
            self.hide()
            return
        self.sheet.show_groups(grouped(actions))
        self._focus.remember()
        self.fit()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Cover the window; columns and panel follow its size."""
        self.setGeometry(self._window.rect())
        inset = theme.WIDE
        around = theme.LARGE + inset  # from the window's edge to the panel, from there to the words
        head = self._title.sizeHint().height() + theme.MEDIUM
        self.sheet.fit(self.width() - 2 * around)
        width = self.sheet.width()
        height = min(self.sheet.height(), self.height() - 2 * around - head)
        self._panel = QRect(0, 0, width + 2 * inset, height + head + 2 * inset)
        self._panel.moveCenter(self.rect().center())
        left, top = self._panel.left() + inset, self._panel.top() + inset
        self._title.setGeometry(left, top, width // 2, head - theme.MEDIUM)
        hint = self._hint.sizeHint()
        right = left + width - hint.width()
        self._hint.setGeometry(right, top + theme.TIGHT, hint.width(), hint.height())
        # The scroll bar stands beyond the words, in the inset.
        self.area.setGeometry(left, top + head, width + inset - theme.TIGHT, height)
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # no key is the window's meanwhile
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep() * 2,
            Qt.Key.Key_Up: -bar.singleStep() * 2,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.key() not in _MODIFIERS:
            self.hide()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
            return True
        return False

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._focus.give_back(self)
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), overlays.veil())
        overlays.paint_panel(painter, QRectF(self._panel))
        painter.end()


_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
}
