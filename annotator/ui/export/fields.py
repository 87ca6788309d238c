"""Fields of the export window: what the mouse wheel passes over, and rows with a caption."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.drop_down import DropDown
from annotator.ui.words import Words


class ChoiceField(DropDown):
    """A drop-down by value; a wheel that turns over it scrolls the page and changes nothing."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for value, word in words.items():
            self.addItem(word, value)

    @property
    def value(self) -> str:
        """The value that holds."""
        return str(self.currentData())

    def show_value(self, value: str) -> None:
        """Let `value` hold; the first one if it is none of those there are."""
        self.setCurrentIndex(max(0, self.findData(value)))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberField(QLineEdit):
    """A whole number, typed or stepped by the arrow keys."""

    changed = Signal(int)

    def __init__(self, name: str, low: int, high: int) -> None:
        super().__init__(str(low))
        self._low, self._high = low, high
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"A whole number from {low} to {high}")
        self.setValidator(QIntValidator(low, high, self))
        self.setFixedWidth(104)
        self.textChanged.connect(self._on_text)

    def value(self) -> int:
        """Return the number; the lowest while nothing sensible is typed."""
        text = self.text()
        return max(self._low, min(int(text), self._high)) if text.isdecimal() else self._low

    def set_value(self, value: int) -> None:
        """Show a number."""
        self.setText(str(max(self._low, min(value, self._high))))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_value(self.value() + step)

    @Slot()
    def _on_text(self) -> None:
        self.changed.emit(self.value())


class Section(QWidget):
    """A heading with rows below it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.SMALL)
        self.rows.addWidget(Words(title, size=theme.STRONG, strong=True))

    def add(self, caption: str, *widgets: QWidget) -> QWidget:
        """Add widgets below a caption (none if it is empty); return the row, to be hidden."""
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT)
        if caption:
            layout.addWidget(Words(caption, size=theme.CAPTION + 1, tone="soft", wrap=True))
        for widget in widgets:
            layout.addWidget(widget)
        self.rows.addWidget(row)
        return row


def beside(*widgets: QWidget) -> QWidget:
    """Return widgets side by side, at the left."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SMALL)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return row


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
