"""The bar over the text: which article this is, how far it is, and who annotates."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from annotator.domain.records import ArticleRow, Status
from annotator.ui import theme
from annotator.ui.words import ElidedWords

STATUS_NAMES: dict[Status, str] = {
    "todo": "To do",
    "in_progress": "In progress",
    "done": "Done",
    "flagged": "Flagged",
}
_STATUS_ACTIONS = {"To do": "todo", "In progress": "in_progress", "Done": "done", "Flag…": "flag"}


class TopBar(QWidget):
    """Title and status of the article at the left, annotator and export at the right."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(52)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedWords(size=theme.STRONG, strong=True)
        self.status = QPushButton("To do")
        self.status.setAccessibleName("Status of the article")
        self.status.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self.status)
        for name in _STATUS_ACTIONS:
            menu.addAction(name)
        menu.triggered.connect(self._on_status)
        self.status.setMenu(menu)
        self.annotator = QPushButton("")
        self.annotator.setProperty("flat", True)
        self.annotator.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.annotator.clicked.connect(self._on_annotator)
        self.export = QPushButton("Export…")
        self.export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.export.clicked.connect(self._on_export)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.status)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(self.annotator)
        layout.addWidget(self.export)

    def show_article(self, row: ArticleRow | None) -> None:
        """Show title and status of an article; None shows no article."""
        self._title.show_words(row.title or row.name if row else "")
        self.status.setVisible(row is not None)
        if row is not None:
            name = STATUS_NAMES[row.status]
            self.status.setText(name)
            self.status.setToolTip(f"Flagged: {row.note}" if row.note else "")

    def show_annotator(self, name: str | None, *, read_only: bool) -> None:
        """Show who annotates."""
        if read_only:
            self.annotator.setText("Read-only")
        else:
            shown = (name or "").replace("&", "&&")  # a single one underlines what follows it
            self.annotator.setText(f"Annotating as {shown}" if name else "Who is annotating?")
        self.annotator.setEnabled(not read_only)
        self.status.setEnabled(not read_only)

    @Slot(QAction)
    def _on_status(self, action: QAction) -> None:
        self.asked.emit(_STATUS_ACTIONS[action.text()])

    @Slot()
    def _on_annotator(self) -> None:
        self.asked.emit("annotator")

    @Slot()
    def _on_export(self) -> None:
        self.asked.emit("export")
