"""What goes on at the edge of the page: long work with its progress."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.strip import paint_strip
from annotator.ui.words import Words

PATIENCE = 200  # milliseconds; work that ends sooner would only make the page jump
_BAR_WIDTH = 320


def counted_words(label: str, done: int, total: int) -> str:
    """Return what is under way and how far it is, in words."""
    return f"{label}: {done:,} of {total:,}" if total else f"{label}…"


class ProgressStrip(QWidget):
    """Words, a bar and Cancel; it comes when work takes long and goes when it ends."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Words(size=theme.CAPTION + 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setMaximumWidth(_BAR_WIDTH)
        self.cancel = QPushButton("Cancel")
        self.cancel.clicked.connect(self._on_cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE)
        self._wait.timeout.connect(self.show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.TIGHT + 1, theme.LARGE, theme.TIGHT)
        layout.setSpacing(theme.LARGE)
        layout.addWidget(self.words)
        layout.addWidget(self.bar, 1)
        layout.addStretch(1)
        layout.addWidget(self.cancel)
        self.hide()

    @Slot(str, int, int)
    def show_progress(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` is done; a total of 0 means that nobody knows how much."""
        words = counted_words(label, done, total)
        self.words.setText(words)
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        self.bar.setAccessibleName(label)
        self.cancel.setEnabled(True)
        if not self.isVisible() and not self._wait.isActive():
            self._wait.start()

    @Slot()
    def finish(self) -> None:
        """Put the strip away."""
        self._wait.stop()
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_strip(self, theme.current().panel, line_below=False)

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText("Cancelling…")
        self.cancelled.emit()
