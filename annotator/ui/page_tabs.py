"""The pages of a project as a row of pills: where one is, and where one can go."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from annotator.ui import theme

PAGES = {
    "page_annotate": "Annotate",
    "page_agreement": "Agreement",
    "page_adjudicate": "Adjudicate",
}


class PageTabs(QWidget):
    """One pill for each page; `asked` gives the action that shows it."""

    asked = Signal(str)

    def __init__(self, current: str) -> None:
        super().__init__()
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self._buttons: dict[QAbstractButton, str] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT)
        for action_id, name in PAGES.items():
            button = QPushButton(name)
            button.setCheckable(True)
            button.setChecked(action_id == current)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._buttons[button] = action_id
            layout.addWidget(button)
        self._current = current
        self._group.buttonClicked.connect(self._on_clicked)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        # The pill that is shown as chosen belongs to the page the tabs stand on.
        for other, action_id in self._buttons.items():
            other.setChecked(action_id == self._current)
        self.asked.emit(self._buttons[button])
