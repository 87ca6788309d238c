"""A field to choose one of a few things from, with an arrow that is seen light and dark."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from annotator.ui import theme

_ARROW = 3.5


class DropDown(QComboBox):
    """A combo box; the style sheet takes Qt's own arrow away."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour(theme.current().soft), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = QPointF(self.width() - theme.LARGE, self.height() / 2 + 0.5)
        corners = ((-_ARROW, -_ARROW / 2), (0.0, _ARROW / 2), (_ARROW, -_ARROW / 2))
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
        painter.end()
