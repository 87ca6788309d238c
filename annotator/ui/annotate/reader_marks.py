"""The strokes of which the marks on the text are made; sizes in pixels at zoom 1 times `unit`."""

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

_STROKE = 1.7  # of a single line
_THIN = 1.1  # of each line of a double one
_DOUBLE = 2.6  # between the two lines of a double one
_HEAVY = 1.35  # how much thicker the lines of the chosen statement are

# What a broken line repeats: thickness, length of what is drawn, length of the whole.
_BROKEN: dict[str | None, tuple[float, float, float]] = {
    "dotted": (2.1, 2.1, 4.0),
    "dashed": (_STROKE, 7.0, 11.0),
    None: (1.2, 2.0, 4.5),  # no stance yet
    "bridge": (1.3, 1.3, 3.4),  # thin dots: reporting words, and between pieces
}


def stance_line(
    painter: QPainter,
    line: QLineF,
    form: str | None,
    colour: QColor,
    *,
    unit: float,
    heavy: bool,
) -> None:
    """Draw the line under a content whose form says the stance."""
    scale = unit * (_HEAVY if heavy else 1.0)
    if form in _BROKEN:
        _broken(painter, line, form, colour, scale)
    elif form == "double":
        for side in (-_DOUBLE / 2, _DOUBLE / 2):
            _bar(painter, line, _THIN * scale, colour, side * unit)
    else:
        _bar(painter, line, _STROKE * scale, colour)


def dots(painter: QPainter, line: QLineF, colour: QColor, unit: float) -> None:
    """Draw a thin dotted line."""
    _broken(painter, line, "bridge", colour, unit)


def _bar(painter: QPainter, line: QLineF, width: float, colour: QColor, below: float = 0) -> None:
    box = QRectF(line.x1(), line.y1() - width / 2 + below, line.length(), width)
    painter.fillRect(box, colour)


def _broken(
    painter: QPainter, line: QLineF, form: str | None, colour: QColor, scale: float
) -> None:
    """Fill with a pattern: dozens of dashed lines stroked by Qt cost half a painting."""
    ratio = painter.device().devicePixelRatio()
    tile = _tile(form, colour.name(), round(scale, 2), ratio)
    size = tile.deviceIndependentSize()
    top = round(line.y1() - size.height() / 2)
    painter.setBrushOrigin(QPointF(round(line.x1()), top))
    box = QRectF(round(line.x1()), top, round(line.length()), size.height())
    painter.fillRect(box, QBrush(tile))


@lru_cache(maxsize=64)
def _tile(form: str | None, colour: str, scale: float, ratio: float) -> QImage:
    thick, drawn, whole = (part * scale for part in _BROKEN[form])
    height = math.ceil(thick)
    width = max(2, round(whole))
    tile = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    rounding = thick / 2 if form in ("dotted", "bridge") else 0
    painter.drawRoundedRect(QRectF(0, (height - thick) / 2, drawn, thick), rounding, rounding)
    painter.end()
    return tile


def brackets(painter: QPainter, box: QRectF, colour: QColor, *, first: bool, last: bool) -> None:
    """Draw thin square brackets at the left (`first`) and right (`last`) end of `box`."""
    painter.setPen(QPen(colour, 1.4))
    for wanted, x, inward in ((first, box.left(), 3.5), (last, box.right(), -3.5)):
        if wanted:
            corners = ((x + inward, box.top()), (x, box.top()), (x, box.bottom()))
            points = [QPointF(*corner) for corner in (*corners, (x + inward, box.bottom()))]
            painter.drawPolyline(QPolygonF(points))


def knob(painter: QPainter, at: QPointF, colour: QColor, ground: QColor, *, held: bool) -> None:
    """Draw the grip of an edge; `held` while it is dragged or under the mouse."""
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if held else ground)
    radius = 4.2 if held else 3.2
    painter.drawEllipse(at, radius, radius)


def ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw an empty ring in `box`: no stance yet."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.1))
    inset = box.width() / 7
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
