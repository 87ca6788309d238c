"""The bar over the text in which words are looked for in the article."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from annotator.ui import theme

_FIELD_WIDTH = 260
_COUNT_WIDTH = 76
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QWidget):
    """A field, how many places were found, and the way from one to the next."""

    query_changed = Signal(str)
    step = Signal(int)  # 1 next, -1 previous
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in this article")
        self.field.setAccessibleName("Find in this article")
        self.field.setMaximumWidth(_FIELD_WIDTH)
        self.field.textChanged.connect(self.query_changed)
        self.field.installEventFilter(self)
        self.count = QLabel()
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.count.setMinimumWidth(_COUNT_WIDTH)
        self.count.setAccessibleName("Places found")
        self.previous = _button("↑", "Previous place (Shift+Enter)")
        self.next = _button("↓", "Next place (Enter)")
        self.close_button = _button("×", "Close (Esc)")
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.WIDE, theme.TIGHT, theme.WIDE, theme.TIGHT + 1)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.show_count(0, 0)

    def query(self) -> str:
        """Return the words that are looked for."""
        return self.field.text()

    def set_query(self, query: str) -> None:
        """Look for `query`: what is selected in the text, on one line."""
        self.field.setText(query.split("\n")[0])

    def start(self) -> None:
        """Take the keys, with the last words ready to be typed over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, current: int, total: int | None) -> None:
        """Say which place, from 1, of how many is shown; None before it was looked for."""
        if total:
            self.count.setText(f"{current} of {total}")
        else:
            self.count.setText("Not found" if self.query() and total is not None else "")
        found = bool(self.query()) if total is None else total > 0
        self.previous.setEnabled(found)
        self.next.setEnabled(found)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and _is_ours(event):
            # Return and Escape are keys of the window as well; in the field they are ours.
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._act(event)
            return True
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(theme.current().panel))
            bottom = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(bottom, theme.colour(theme.current().line))

    def _act(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.step.emit(-1)
        else:
            self.step.emit(1)

    @Slot()
    def _go_on(self) -> None:
        self.step.emit(1)

    @Slot()
    def _go_back(self) -> None:
        self.step.emit(-1)


def _button(text: str, what: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(what)
    button.setAccessibleName(what)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _is_ours(event: QKeyEvent) -> bool:
    if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
        return False
    shift, keypad = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~(shift | keypad):
        return False
    return event.key() in _RETURN or event.key() == Qt.Key.Key_Escape
