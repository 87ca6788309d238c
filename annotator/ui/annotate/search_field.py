"""The field in which all articles are searched."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.actions import ACTIONS

DELAY = 120  # milliseconds of rest after which a search is asked for
_GLASS = 18  # room for the magnifying glass
_KEY = next(action.keys[0] for action in ACTIONS if action.id == "search")
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """Typed words, asked for when the typing rests; Esc empties the field, then leaves it."""

    asked = Signal(str)
    closed = Signal()
    left = Signal()  # Esc in the empty field
    down = Signal()  # on to the results

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search all articles")
        self.setAccessibleName("Search all articles")
        self.setToolTip(f"Search all articles ({_KEY})")
        self.setTextMargins(_GLASS, 0, 0, 0)
        self._last = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DELAY)
        self._rest.timeout.connect(self._on_rest)
        self.textChanged.connect(self._on_changed)

    def ask_now(self) -> None:
        """Ask for what is typed without waiting."""
        self._rest.stop()
        self._on_rest()

    @override
    def event(self, event: QEvent) -> bool:
        # Esc is a key of the window too: here it belongs to the field.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in _DOWN:
            if self._rest.isActive():
                self.ask_now()
            self.down.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.soft), 1.5))
        middle = self.height() / 2
        painter.drawEllipse(QPointF(15.5, middle - 1), 4.5, 4.5)
        painter.drawLine(QPointF(19, middle + 2.5), QPointF(22.5, middle + 6))
        if not self.text():
            self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        """Show the key of the search at the right, if there is room beside the words."""
        font = theme.sans(theme.CAPTION)
        width = QFontMetricsF(font).horizontalAdvance(_KEY)
        taken = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 2 * _GLASS
        if self.hasFocus() or width + taken + theme.WIDE > self.width():
            return
        painter.setFont(font)
        painter.setPen(theme.colour(theme.current().soft))
        box = QRectF(self.width() - width - 10, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, _KEY)

    @Slot()
    def _on_changed(self) -> None:
        if self.text().strip():
            self._rest.start()
        else:
            self._rest.stop()
            self._on_rest()

    @Slot()
    def _on_rest(self) -> None:
        words = self.text().strip()
        if words == self._last:
            return
        self._last = words
        self.asked.emit(words)
        if not words:
            self.closed.emit()
