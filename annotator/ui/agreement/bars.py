"""Coefficients as bars: the axis with Krippendorff's lines, a bar, its interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.ui import theme
from annotator.ui.agreement import saying

if TYPE_CHECKING:
    from annotator.domain.agreement.values import Measure

_STEP = 0.25  # an axis that needs room below 0 takes it in steps of this
_LEAST = 2.0  # pixels of a bar, so that 0 is seen to have a value


@dataclass(frozen=True, slots=True)
class Axis:
    """Where values lie between two pixels; it goes from `low`, 0 or less, to 1."""

    left: float
    right: float
    low: float = 0.0

    def x(self, value: float) -> float:
        """Return the pixel of a value; one beyond the axis stands at its end."""
        share = (max(self.low, min(value, 1.0)) - self.low) / (1 - self.low)
        return self.left + share * (self.right - self.left)


def lowest(measures: "Iterable[Measure | None]") -> float:
    """Return where an axis begins that shows all values and intervals: 0, or below it."""
    bounds = [m.low if m.low is not None else m.value for m in measures if m is not None]
    least = min((bound for bound in bounds if bound is not None), default=0.0)
    return max(-1.0, floor(least / _STEP) * _STEP) if least < 0 else 0.0


def tone(measure: "Measure") -> QColor:
    """Return the colour of a bar: α by the lower line, what is not corrected for chance neutral."""
    look = theme.current()
    if measure.value is None or not saying.is_alpha(measure.name):
        return theme.mixed(look.paper, look.soft, 0.8)
    return theme.colour(look.accent if measure.value >= saying.LINES[0] else look.warning)


def paint_lines(painter: QPainter, axis: Axis, top: float, bottom: float) -> None:
    """Paint the zero of the axis and Krippendorff's lines."""
    look = theme.current()
    painter.setPen(QPen(theme.colour(look.line), 1))
    zero = round(axis.x(0)) + 0.5
    painter.drawLine(QPointF(zero, top), QPointF(zero, bottom))
    pen = QPen(theme.colour(look.edge), 1, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for value in saying.LINES:
        x = round(axis.x(value)) + 0.5
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def paint_bar(painter: QPainter, axis: Axis, box: QRectF, measure: "Measure") -> None:
    """Paint a measure that has a value, as high as `box`, with its interval."""
    assert measure.value is not None
    zero, end = axis.x(0), axis.x(measure.value)
    left, right = min(zero, end), max(zero, end)
    if right - left < _LEAST:
        right = left + _LEAST
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone(measure))
    painter.drawRoundedRect(QRectF(left, box.top(), right - left, box.height()), 3, 3)
    if measure.low is not None and measure.high is not None:
        _paint_interval(painter, axis, box, measure.low, measure.high)


def _paint_interval(painter: QPainter, axis: Axis, box: QRectF, low: float, high: float) -> None:
    look = theme.current()
    y = box.center().y()
    ends = [QPointF(axis.x(low), y), QPointF(axis.x(high), y)]
    cap = QPointF(0, 3.5)
    # A ground under the line, so that it is seen on its bar as on paper.
    for colour, width in ((look.paper, 3.5), (look.ink, 1.5)):
        painter.setPen(
            QPen(theme.colour(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(*ends)
        for end in ends:
            painter.drawLine(end - cap, end + cap)
