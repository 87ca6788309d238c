"""The part of the case card that is read: what was decided, why it is stale, the ruling."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.words import Tone, Words


class Passage(QWidget):
    """A few lines on a ground of their own: a strong one, then plain ones."""

    def __init__(self, ground: str, edge: str | None = None, tone: Tone = "ink") -> None:
        """`ground` and `edge` are names of colours of the theme."""
        super().__init__()
        self._ground, self._edge = ground, edge
        self.title = Words(strong=True, tone=tone, wrap=True)
        self.body = Words(wrap=True)
        self.foot = Words(size=theme.CAPTION, tone="soft", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL + 1)
        layout.setSpacing(3)
        for part in (self.title, self.body, self.foot):
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_words(self, title: str, body: str = "", foot: str = "") -> None:
        """Show these words; without any the passage goes."""
        for part, words in ((self.title, title), (self.body, body), (self.foot, foot)):
            part.setText(words)
            part.setVisible(bool(words))
        self.setVisible(bool(title or body or foot))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._edge is not None:
                painter.setPen(QPen(theme.colour(getattr(look, self._edge)), 1))
            painter.setBrush(theme.colour(getattr(look, self._ground)))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, theme.RADIUS - 2, theme.RADIUS - 2)
