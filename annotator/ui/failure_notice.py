"""The calm notice in a corner of the window that tells of a bug and offers its report."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.words import Words

_WIDTH = 420


class FailureNotice(QWidget):
    """Lies over the bottom right corner of its window, never takes the focus, never blocks."""

    def __init__(self, window: QWidget, log_file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._log_file = log_file
        self._report = ""
        self._times = 0
        self._title = Words(size=theme.STRONG, strong=True)
        self._where = Words(
            f"It is also kept in {log_file}", size=theme.CAPTION, tone="soft", wrap=True
        )
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QPushButton("Copy report")
        self._copy.clicked.connect(self._on_copy)
        self._open = QPushButton("Open folder")
        self._open.clicked.connect(self._on_open)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.hide)
        for button in (self._copy, self._open, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.hide()
        window.installEventFilter(self)

    def show_report(self, report: str) -> None:
        """Show the notice for a new `report`; count when one is still shown."""
        self._times = self._times + 1 if self.isVisible() else 1
        self._report = report
        again = f" ({self._times} times)" if self._times > 1 else ""
        self._title.setText(f"Something went wrong{again}")
        self.setAccessibleName(self._title.text())
        self._copy.setText("Copy report")
        self._place()
        self.show()
        self.raise_()

    def _lay_out(self) -> None:
        body = Words(
            "This is a mistake in the program, not in your work; what was saved stays saved."
            " Please send the report to whoever looks after the program.",
            wrap=True,
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.SMALL)
        for label in (self._title, body, self._where):
            layout.addWidget(label)
        layout.addSpacing(theme.TIGHT)
        layout.addLayout(buttons)

    def _place(self) -> None:
        window = self._window
        width = min(_WIDTH, window.width() - 2 * theme.LARGE)
        height = self._layout.totalHeightForWidth(width)
        left = window.width() - width - theme.LARGE
        self.setGeometry(left, window.height() - height - theme.PAGE, width, height)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText("Copied")

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.edge), 1))
        painter.setBrush(theme.colour(colours.paper))
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colours.danger))
        painter.drawRoundedRect(frame.left() + 8, 16, 4, frame.height() - 30, 2, 2)
        painter.end()
