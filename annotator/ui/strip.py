"""The ground of strips over and under the page: one colour, one hairline."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.ui import theme


def paint_strip(widget: QWidget, ground: str, *, line_below: bool) -> None:
    """Fill `widget` with the colour `ground` and draw its hairline below, else above.

    For the paintEvent of the widget.
    """
    painter = QPainter(widget)
    painter.fillRect(widget.rect(), theme.colour(ground))
    painter.setPen(Qt.PenStyle.NoPen)
    y = widget.height() - 1 if line_below else 0
    painter.fillRect(0, y, widget.width(), 1, theme.colour(theme.current().line))
    painter.end()
