"""Every line of a report that one sentence could only sum up."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui import theme
from annotator.ui.words import Words


class ReportDialog(QDialog):
    """A list to read and to copy; it blocks nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report")
        self.resize(720, 420)
        self.title = Words(size=theme.STRONG, strong=True)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setAccessibleName("What did not come in, and why")
        self.copy = QPushButton("Copy all")
        self.copy.clicked.connect(self._on_copy)
        done = QPushButton("Close")
        done.setDefault(True)
        done.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self.title)
        layout.addWidget(self.lines, 1)
        layout.addLayout(buttons)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show `lines` in the place of those before."""
        self.title.setText(f"{len(lines):,} did not come in")
        self.lines.setPlainText("\n".join(lines))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.toPlainText())
