"""The bar over the adjudicate page: pages, the article, names hidden or not, taking what agrees."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.ui import theme
from annotator.ui.page_tabs import PageTabs
from annotator.ui.tick_box import TickBox
from annotator.ui.words import ElidedWords


class AdjudicateBar(QWidget):
    """Says which article is open; `asked` gives the action that was clicked."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(52)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = PageTabs("page_adjudicate")
        self.tabs.asked.connect(self.asked)
        self.title = ElidedWords(size=theme.STRONG, strong=True)
        self.hide_names = TickBox("Hide names")
        self.hide_names.setToolTip("Who has which statement is not shown (Ctrl+H)")
        self.hide_names.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide_names.clicked.connect(self._on_names)
        self.take = QPushButton("Take all agreed…")
        self.take.setToolTip("Shows first what all annotators have just the same (Ctrl+Shift+A)")
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.clicked.connect(self._on_take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.tabs)
        layout.addSpacing(theme.LARGE)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.hide_names)
        layout.addSpacing(theme.SMALL)
        layout.addWidget(self.take)

    def show_state(self, title: str, agreed: int, *, blind: bool, writable: bool) -> None:
        """Show the article, how many cases can be taken at once, and whether names are hidden."""
        self.title.show_words(title)
        self.take.setText(f"Take all {agreed:,} agreed…" if agreed else "Take all agreed…")
        self.take.setEnabled(bool(agreed) and writable)
        self.hide_names.setChecked(blind)

    @Slot()
    def _on_names(self) -> None:
        self.asked.emit("hide_names")

    @Slot()
    def _on_take(self) -> None:
        self.asked.emit("take_agreed")
