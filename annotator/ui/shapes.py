"""The shapes of stances and the lettered dots of targets, drawn crisp at any size."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from annotator.ui import theme

UP = "▲"
DOWN = "▼"
DIAMOND = "◆"


def paint_shape(painter: QPainter, rect: QRectF, symbol: str, colour: QColor) -> None:
    """Paint a stance's `symbol` in the largest square in the middle of `rect`."""
    square = _square(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = _corners(symbol, square)
    if corners is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(corners))
    else:
        # A capital is about 0.73 of its type size: so it is as high as the shapes.
        font = theme.sans(square.height() / 0.73, strong=True)
        _paint_letters(painter, square, symbol, font, colour)
    painter.restore()


def paint_dot(
    painter: QPainter, rect: QRectF, letter: str, fill: QColor, letter_colour: QColor
) -> None:
    """Paint a target's dot with its letter in the largest square in the middle of `rect`."""
    square = _square(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawEllipse(square)
    font = theme.sans(square.height() * 0.66, strong=True)
    _paint_letters(painter, square, letter, font, letter_colour)
    painter.restore()


def _square(rect: QRectF) -> QRectF:
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    return square


def _corners(symbol: str, square: QRectF) -> list[QPointF] | None:
    """Return the corners of a drawn shape, None for a symbol that is written."""
    middle = square.center()
    # A triangle as wide as the square looks as heavy as the diamond when it is 0.87 as high.
    height = square.width() * 0.87
    top, bottom = middle.y() - height / 2, middle.y() + height / 2
    if symbol == UP:
        return [
            QPointF(square.left(), bottom),
            QPointF(middle.x(), top),
            QPointF(square.right(), bottom),
        ]
    if symbol == DOWN:
        return [
            QPointF(square.left(), top),
            QPointF(square.right(), top),
            QPointF(middle.x(), bottom),
        ]
    if symbol == DIAMOND:
        return [
            QPointF(middle.x(), square.top()),
            QPointF(square.right(), middle.y()),
            QPointF(middle.x(), square.bottom()),
            QPointF(square.left(), middle.y()),
        ]
    return None


def _paint_letters(
    painter: QPainter, square: QRectF, letters: str, font: QFont, colour: QColor
) -> None:
    """Fill `letters` as outlines with their ink, not their line height, in the middle."""
    path = QPainterPath()
    path.addText(0, 0, font, letters)
    path.translate(square.center() - path.boundingRect().center())
    painter.fillPath(path, colour)


def paint_cross(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint a small cross (take this away) in the middle of `rect`."""
    square = _square(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colour, square.width() / 6))
    inner = square.adjusted(*(square.width() / 8 * sign for sign in (1, 1, -1, -1)))
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())
    painter.restore()


def paint_flag(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint a small flag on a pole."""
    square = _square(rect)
    side = square.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pole = square.left() + side * 0.2
    painter.setPen(_pen(colour, side / 9))
    painter.drawLine(
        QPointF(pole, square.top() + side * 0.08), QPointF(pole, square.bottom() - side * 0.04)
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    top, low = square.top() + side * 0.08, square.top() + side * 0.62
    tip = QPointF(square.left() + side * 0.7, (top + low) / 2)
    right = square.left() + side * 0.95
    cloth = [QPointF(pole, top), QPointF(right, top), tip, QPointF(right, low), QPointF(pole, low)]
    painter.drawPolygon(QPolygonF(cloth))
    painter.restore()


def paint_note(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint a small sheet with lines: there is a note."""
    square = _square(rect)
    side = square.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colour, side / 9))
    for part, length in ((0.2, 0.92), (0.5, 0.92), (0.8, 0.58)):
        y = square.top() + side * part
        left = square.left() + side * 0.08
        painter.drawLine(QPointF(left, y), QPointF(square.left() + side * length, y))
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
