"""The bar over the page: where one is, and what can be taken away from here."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from annotator.ui import theme
from annotator.ui.page_tabs import PageTabs

_BUTTONS = {
    "copy_figures": ("Copy", "Copy the figures as text"),
    "save_figure": ("Save figure", "Save a figure as SVG, PDF or PNG"),
    "save_numbers": ("Numbers…", "Save all numbers as CSV or JSON"),
    "save_report": ("Report…", "Save a report that a methods section can cite"),
}
_MENUS = {
    "save_figure": {
        "save_figure": "Where agreement is lost…",
        "save_matrix": "The confusion matrix shown…",
    },
}


class AgreementBar(QWidget):
    """Pages at the left; copy, figure, numbers and report at the right. `asked` gives an action."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(52)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = PageTabs("page_agreement")
        self.tabs.asked.connect(self.asked)
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        for action_id, (words, tip) in _BUTTONS.items():
            button = QPushButton(words)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if action_id in _MENUS:
                button.setMenu(self._menu(button, _MENUS[action_id]))
            else:
                button.clicked.connect(self._on_clicked)
            self.buttons[action_id] = button
            layout.addWidget(button)

    def show_ready(self, *, ready: bool) -> None:
        """Say whether there is anything to take away."""
        for button in self.buttons.values():
            button.setEnabled(ready)

    def _menu(self, button: QPushButton, entries: Mapping[str, str]) -> QMenu:
        menu = QMenu(button)
        for action_id, words in entries.items():
            menu.addAction(words).setData(action_id)
        menu.triggered.connect(self._on_entry)
        return menu

    @Slot(QAction)
    def _on_entry(self, entry: QAction) -> None:
        self.asked.emit(str(entry.data()))

    @Slot()
    def _on_clicked(self) -> None:
        for action_id, button in self.buttons.items():
            if button is self.sender():
                self.asked.emit(action_id)
