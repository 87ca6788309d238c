"""The foot of the export window: the folder, how it goes, and the buttons."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.formats.export_folder import DATASET
from annotator.ui import theme
from annotator.ui.words import Tone, Words

_REPLACED = "An export is there already; it is replaced as a whole, when the new one is complete."


class Foot(QWidget):
    """Shows what it is told; the window knows what its buttons do."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.choose = QPushButton("Choose…")
        self.state = Words(wrap=True)
        self.bar = QProgressBar()
        self.card = QPushButton("Dataset card…")
        self.open_folder = QPushButton("Open folder")
        self.cancel = QPushButton("Cancel")
        self.export = QPushButton("Export")
        self._said = False
        self._written: Path | None = None
        self._dialog: QFileDialog | None = None
        self._prepare()
        self._lay_out()
        self.choose.clicked.connect(self._on_choose)
        self.open_folder.clicked.connect(self._on_open)

    def say(self, sentence: str, tone: Tone = "soft") -> None:
        """Say a sentence in the place of the one before."""
        self._said = bool(sentence)
        self.state.setText(sentence)
        self.state.set_tone(tone)
        self.show_place()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is, in articles; `total` 0: not known yet."""
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        self.say(f"Writing: {done:,} of {total:,}" if total else "Writing…")

    def show_state(self, *, ready: bool, writing: bool, written: Path | None) -> None:
        """Show and enable what makes sense now; `written` is where an export was just written."""
        self._written = written
        self.export.setEnabled(ready)
        self.export.setDefault(ready)
        self.export.setVisible(not writing)
        self.export.setText("Export again" if written is not None else "Export")
        self.bar.setVisible(writing)
        self.open_folder.setVisible(written is not None and not writing)
        self.card.setEnabled(not writing)
        self.cancel.setText("Cancel" if writing else "Close")
        for widget in (self.field, self.choose):
            widget.setEnabled(not writing)

    @Slot()
    def show_place(self) -> None:
        """Say, when there is nothing else to say, that the folder holds an export already."""
        if self._said:
            return
        there = (Path(self.field.text().strip() or ".").expanduser() / DATASET).is_file()
        self.state.setText(_REPLACED if there and self.field.text().strip() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(look.panel))
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour(look.line))
        painter.end()

    def _prepare(self) -> None:
        self.field.setAccessibleName("Folder")
        self.field.setPlaceholderText("Folder for the export")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Export")
        self.card.setToolTip("What only people know: it goes into the README.md of the dataset")
        self.state.setAccessibleName("How it goes")
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(theme.SMALL)
        where.addWidget(Words("Folder", strong=True))
        where.addWidget(self.field, 1)
        where.addWidget(self.choose)
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        progress = QVBoxLayout()  # within the height of the buttons, so that nothing moves
        progress.setSpacing(theme.TIGHT)
        progress.addStretch(1)
        progress.addWidget(self.state)
        progress.addWidget(self.bar)
        progress.addStretch(1)
        below.addLayout(progress, 1)
        for button in (self.card, self.open_folder, self.cancel, self.export):
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(where)
        layout.addLayout(below)

    @Slot()
    def _on_choose(self) -> None:
        start = Path(self.field.text().strip() or ".").expanduser()
        nearest = next((str(p) for p in (start, *start.parents) if p.is_dir()), "")
        self._dialog = QFileDialog(self, "Folder for the export", nearest)
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.fileSelected.connect(self.field.setText)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.open()

    @Slot()
    def _on_open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
