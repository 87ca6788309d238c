"""A check box drawn in the colours of the theme, visible light and dark."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import theme

BOX = 16
_GAP = theme.SMALL
_LEAST = 72


class TickBox(QCheckBox):
    """A check box with words beside it; they are shortened where there is no room for them."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        # Qt's own asks for room for all the words, and a long name pushes its neighbours aside
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(BOX + _GAP + words + 4, theme.CHIP_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST, self.sizeHint().width()), theme.CHIP_HEIGHT)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.55)
        box = QRectF(1, (self.height() - BOX) / 2, BOX, BOX).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_tick(painter, box, on=self.isChecked(), hot=self.underMouse() or self.hasFocus())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(colours.accent), 1))
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
        painter.setPen(theme.colour(colours.ink))
        words = QRectF(BOX + _GAP, 0, self.width() - BOX - _GAP, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        # one line that is too long ends in an ellipsis
        room = round(words.width())
        shown = self.text()
        if self.fontMetrics().horizontalAdvance(shown.replace("&&", "&")) > words.width():
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, int(flags), shown)


def paint_tick(painter: QPainter, box: QRectF, *, on: bool, hot: bool) -> None:
    """Paint a box of BOX pixels, ticked when `on`, in the accent's colour when `hot`."""
    colours = theme.current()
    painter.setPen(QPen(theme.colour(colours.accent if on or hot else colours.edge), 1))
    painter.setBrush(theme.colour(colours.accent if on else colours.paper))
    painter.drawRoundedRect(box, 4, 4)
    if on:
        pen = QPen(theme.colour(colours.accent_ink), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y = box.x(), box.y()
        tick = [QPointF(x + 3.5, y + 8), QPointF(x + 6.5, y + 11), QPointF(x + 11.5, y + 4.5)]
        painter.drawPolyline(QPolygonF(tick))
