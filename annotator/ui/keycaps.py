"""Keys drawn as the caps of a keyboard, under the names this system gives them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPen

from annotator.ui import theme

HEIGHT = 19
_PADDING = 5
_GAP = 2
_RADIUS = 5


def caps(key: str) -> list[str]:
    """Return what stands on the caps of one combination, such as Ctrl+Shift+Z.

    >>> caps("Ctrl++")
    ['Ctrl', '+']
    """
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    # The plus key itself ends the name, so only what stands before the last letter is split.
    parts = native[:-1].split("+")
    parts[-1] += native[-1:]
    return [part for part in parts if part]


def width(names: list[str]) -> float:
    """Return how wide the caps `names` are side by side, in pixels."""
    metrics = QFontMetricsF(theme.sans(theme.CAPTION))
    return sum(_cap_width(metrics, name) for name in names) + _GAP * max(0, len(names) - 1)


def paint(painter: QPainter, left_middle: QPointF, names: list[str]) -> None:
    """Paint the caps `names` from `left_middle` to the right."""
    look = theme.current()
    font = theme.sans(theme.CAPTION)
    metrics = QFontMetricsF(font)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    left, top = left_middle.x(), left_middle.y() - HEIGHT / 2
    for name in names:
        cap = QRectF(left, top, _cap_width(metrics, name), HEIGHT).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour(look.edge), 1))
        painter.setBrush(theme.colour(look.paper))
        painter.drawRoundedRect(cap, _RADIUS, _RADIUS)
        painter.setPen(theme.colour(look.ink))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, name)
        left += cap.width() + 1 + _GAP
    painter.restore()


def _cap_width(metrics: QFontMetricsF, name: str) -> float:
    return float(max(HEIGHT, round(metrics.horizontalAdvance(name)) + 2 * _PADDING))
