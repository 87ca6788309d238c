"""The strokes of which the marks on the text are made; sizes in pixels at zoom 1 times `unit`."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

# Pen width, then dashes and gaps in pen widths. A dash of nothing with a round cap is a dot.
_FORMS: dict[str | None, tuple[float, tuple[float, ...]]] = {
    "solid": (1.7, ()),
    "double": (1.1, ()),
    "dotted": (2.0, (0.01, 2.0)),
    "dashed": (1.7, (4.0, 2.4)),
    None: (1.2, (1.6, 2.2)),  # no stance yet
}
_DOUBLE = 2.6  # between the two lines of a double one


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
    width, pattern = _FORMS.get(form, _FORMS["solid"])
    pen = QPen(colour, width * unit * (1.35 if heavy else 1.0))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if form == "dotted" else Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(pattern))
    painter.setPen(pen)
    if form != "double":
        painter.drawLine(line)
        return
    for side in (-_DOUBLE / 2, _DOUBLE / 2):
        painter.drawLine(line.translated(0, side * unit))


def dots(painter: QPainter, line: QLineF, colour: QColor, unit: float) -> None:
    """Draw a thin dotted line."""
    pen = QPen(colour, 1.2 * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.6])
    painter.setPen(pen)
    painter.drawLine(line)


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
