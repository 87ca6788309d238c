"""A card of the page: paper with a title, a line that says what it shows, and a body."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.words import Words


class Card(QWidget):
    """A titled sheet of paper; `head` takes what stands beside the title, `body` the rest."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = Words(title, size=theme.STRONG, strong=True)
        self.subtitle = Words(subtitle, size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.subtitle.setVisible(bool(subtitle))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.SMALL)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.TIGHT)
        layout.addLayout(self.head)
        layout.addWidget(self.subtitle)
        layout.addSpacing(theme.TIGHT)
        layout.addLayout(self.body, 1)

    def say(self, subtitle: str) -> None:
        """Show another line under the title; none when it is empty."""
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.line), 1))
        painter.setBrush(theme.colour(colours.paper))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS
        )
        painter.end()
