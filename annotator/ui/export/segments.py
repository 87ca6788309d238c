"""A few choices side by side of which one holds; Tab stops at it, arrows go to the next."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from annotator.ui import theme
from annotator.ui.agreement.roving import only_stop
from annotator.ui.flow import FlowLayout


class Segments(QWidget):
    """Buttons by value; `chosen` carries the value that a person took."""

    chosen = Signal(str)

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = {value: QPushButton(word) for value, word in words.items()}
        self._group = QButtonGroup(self)
        layout = FlowLayout(theme.TIGHT)
        self.setLayout(layout)
        for value, button in self.buttons.items():
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{name}: {words[value]}")
            self._group.addButton(button)
            layout.addWidget(button)
        self._shown = next(iter(self.buttons))
        self.buttons[self._shown].setChecked(True)
        # a button is checked by arrow keys too, which is no click
        self._group.buttonToggled.connect(self._on_toggled)
        self._refresh_stop()

    @property
    def value(self) -> str:
        """The value that holds."""
        # none is checked for a moment when one takes over from another
        found = (value for value, button in self.buttons.items() if button.isChecked())
        return next(found, self._shown)

    def show_value(self, value: str) -> None:
        """Let `value` hold; says nothing."""
        self._shown = value
        self.buttons[value].setChecked(True)

    @Slot()
    def _on_toggled(self) -> None:
        # each change toggles two buttons
        self._refresh_stop()
        checked = [value for value, button in self.buttons.items() if button.isChecked()]
        if len(checked) == 1 and checked[0] != self._shown:
            self._shown = checked[0]
            self.chosen.emit(checked[0])

    def _refresh_stop(self) -> None:
        only_stop(list(self.buttons.values()), self.buttons[self.value])
