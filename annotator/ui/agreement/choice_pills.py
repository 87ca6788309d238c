"""A row of pills of which one is chosen, each with a number."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.annotate.filter_pills import Pill
from annotator.ui.flow import FlowLayout


class ChoicePills(QWidget):
    """Pills by value; `chosen` carries the value of the one that was clicked."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.pills: dict[str, Pill] = {}
        self._group = QButtonGroup(self)
        self._layout = FlowLayout(theme.TIGHT)
        self.setLayout(self._layout)
        self._group.buttonClicked.connect(self._on_clicked)

    def show_values(self, values: Mapping[str, tuple[str, int]], current: str) -> None:
        """Show these values, each with its word and number, one of them (or none) chosen."""
        if list(values) != list(self.pills):
            self._make(values)
        self._group.setExclusive(False)  # which would not let the last one go
        for value, (_, number) in values.items():
            pill = self.pills[value]
            pill.show_number(number)
            pill.setChecked(value == current)
        self._group.setExclusive(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses a pill as Space does.
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            next(pill for pill in self.pills.values() if pill is focused).click()
        else:
            super().keyPressEvent(event)

    def _make(self, values: Mapping[str, tuple[str, int]]) -> None:
        for pill in self.pills.values():
            self._group.removeButton(pill)
            self._layout.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self.pills = {value: Pill(word) for value, (word, _) in values.items()}
        for pill in self.pills.values():
            self._group.addButton(pill)
            self._layout.addWidget(pill)
            pill.show()

    @Slot()
    def _on_clicked(self) -> None:
        for value, pill in self.pills.items():
            if pill.isChecked():
                self.chosen.emit(value)
