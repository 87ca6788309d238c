"""What is next: the cases of the article that wait, and how one goes on when none does."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.words import Words

_HEIGHT = 24


class NextRow(QAbstractButton):
    """One case that waits: in what the annotators differ, and its words."""

    picked = Signal(int)

    def __init__(self, at: int, what: str, quote: str) -> None:
        super().__init__()
        self._at, self._what, self._quote = at, what, quote
        self.setAccessibleName(f"{what}: {quote}")
        self.setToolTip(quote)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() or self.hasFocus():
                ring = theme.colour(look.accent) if self.hasFocus() else theme.colour(look.chip)
                painter.setPen(QPen(ring, 1))
                painter.setBrush(theme.colour(look.chip))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            box = QRectF(self.rect()).adjusted(theme.SMALL, 0, -theme.SMALL, 0)
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
            font = theme.sans(theme.BODY - 1)
            painter.setFont(font)
            painter.setPen(theme.colour(look.ink))
            what = _fitted(self._what, font, box.width() * 0.6)
            painter.drawText(box, flags, what)
            box.setLeft(box.left() + QFontMetricsF(font).horizontalAdvance(what) + theme.SMALL)
            painter.setFont(theme.serif(theme.BODY - 1))
            painter.setPen(theme.colour(look.soft))
            quote = _fitted(self._quote, theme.serif(theme.BODY - 1), box.width())
            painter.drawText(box.adjusted(0, 0, 2, 0), flags, quote)

    @Slot()
    def _on_clicked(self) -> None:
        self.picked.emit(self._at)


class NextList(QWidget):
    """The next cases, each a click away; `picked` gives the place of one in the docket."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.title = Words(strong=True)
        self.words = Words(tone="soft", wrap=True)
        self.rows: list[NextRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        self._layout.setSpacing(0)
        for part in (self.title, self.words):
            part.setContentsMargins(theme.SMALL, 0, theme.SMALL, theme.TIGHT)
            self._layout.addWidget(part)

    def show_next(self, title: str, rows: Sequence[tuple[int, str, str]], words: str = "") -> None:
        """Show `rows` as (place, what differs, quote), and words below the title."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [NextRow(*row) for row in rows]
        for row in self.rows:
            row.picked.connect(self.picked)
            self._layout.addWidget(row)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(look.line), 1))
            painter.setBrush(theme.colour(look.paper))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)


def _fitted(words: str, font: QFont, room: float) -> str:
    metrics = QFontMetricsF(font)
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room).replace(" …", "…")
