"""One link of the chain as a row: its name, its bar with the interval, value and number."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.agreement import bars, roving, saying
from annotator.ui.agreement.bars import Axis
from annotator.ui.agreement.chain import Link

if TYPE_CHECKING:
    from annotator.domain.agreement.values import Measure

HEIGHT = 25
_LABEL = 168
_NARROW_LABEL = 142
_NARROW = 470  # below this width the name leaves more room to the bar
_VALUE = 38
_COUNT = 60
_BAR = 12

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def axis_of(width: float, low: float) -> Axis:
    """Return where values lie in a row of a width; `low` is where the axis begins."""
    label = _NARROW_LABEL if width < _NARROW else _LABEL
    return Axis(label + theme.SMALL, width - _VALUE - _COUNT - theme.MEDIUM, low)


class LinkRow(QAbstractButton):
    """A link that can be chosen: a click, Enter or Space lists its disagreements."""

    picked = Signal(str)
    stepped = Signal(int)

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.low = 0.0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self.show_link(link)

    def show_link(self, link: Link) -> None:
        """Show a link as it is now."""
        self.link = link
        self.setAccessibleName(link.words)
        self.setToolTip(link.words)
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Stay as it is: the card says what is chosen."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = roving.step_of(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is not None and step[0]:
            self.stepped.emit(step[0])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        axis = axis_of(self.width(), self.low)
        bars.paint_lines(painter, axis, 0, self.height())
        self._paint_name(painter, QRectF(theme.SMALL, 0, axis.left - theme.LARGE, self.height()))
        self._paint_value(painter, axis)
        painter.end()

    @Slot()
    def _on_clicked(self) -> None:
        self.picked.emit(self.link.name)

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme.current()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(look.accent), 1.5))
        chosen, over = self.isChecked(), self.underMouse()
        painter.setBrush(
            theme.colour(look.accent_soft if chosen else look.ground)
            if chosen or over
            else Qt.BrushStyle.NoBrush
        )
        if chosen or over or self.hasFocus():
            painter.drawRoundedRect(box, 6, 6)

    def _paint_name(self, painter: QPainter, box: QRectF) -> None:
        look, named = theme.current(), self.link.named
        font, small = theme.sans(theme.BODY), theme.sans(theme.CAPTION)
        coefficient = named.coefficient.partition(",")[0]
        beside = QFontMetricsF(small).horizontalAdvance(coefficient)
        metrics = QFontMetricsF(font)
        room = box.width() - beside - theme.SMALL
        title = metrics.elidedText(named.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.colour(look.ink))
        painter.drawText(box, _LEFT, title)
        painter.setFont(small)
        painter.setPen(theme.colour(look.soft))
        after = box.adjusted(metrics.horizontalAdvance(title) + 6, 1, 8, 1)
        painter.drawText(after, _LEFT, coefficient)

    def _paint_value(self, painter: QPainter, axis: Axis) -> None:
        look, measure = theme.current(), self.link.measure
        right = axis.right + theme.SMALL
        value = QRectF(right, 0, _VALUE, self.height())
        if measure is None:
            self._say(painter, axis, None)
            return
        if measure.value is None:
            self._say(painter, axis, measure)
        else:
            middle = (self.height() - _BAR) / 2
            bars.paint_bar(painter, axis, QRectF(0, middle, 1, _BAR), measure)
            painter.setFont(theme.sans(theme.BODY, strong=True))
            painter.setPen(theme.colour(look.ink))
            painter.drawText(value, _RIGHT, saying.number(measure.value))
        painter.setFont(theme.sans(theme.CAPTION))
        painter.setPen(theme.colour(look.soft))
        count = QRectF(value.right(), 1, _COUNT - theme.TIGHT, self.height())
        painter.drawText(count, _RIGHT, f"n {measure.n:,}")

    def _say(self, painter: QPainter, axis: Axis, measure: "Measure | None") -> None:
        """Write where the bar would stand why there is none."""
        font = theme.sans(theme.CAPTION + 1)
        box = QRectF(axis.x(0) + 6, 0, axis.right - axis.x(0) + _VALUE - 4, self.height())
        look = theme.current()
        metrics = QFontMetricsF(font)
        words = "…"
        if measure is not None:
            words = saying.undefined_in(
                measure, lambda w: metrics.horizontalAdvance(w) <= box.width()
            )
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        ground = look.accent_soft if self.isChecked() else look.paper
        cleared = QRectF(box.left() - 3, 4, metrics.horizontalAdvance(shown) + 6, box.height() - 8)
        painter.fillRect(cleared, theme.colour(ground))  # the lines do not run through the words
        painter.setFont(font)
        painter.setPen(theme.colour(look.soft))
        painter.drawText(box, _LEFT, shown)
