"""The annotators' statements of one case side by side; a click on one takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import keycaps, theme
from annotator.ui.adjudicate.legend import paint_swatch
from annotator.ui.adjudicate.sayings import Column, Line
from annotator.ui.shapes import paint_shape

_PAD = theme.MEDIUM
_HEAD = 26
_LABEL = 15
_BETWEEN = 5  # fields
_SWATCH = 30
_SHAPE = 9
_NARROWEST = 148
_MOST = 7 * 17.0  # pixels of height for one field
_NOTHING = "marked nothing here"
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field with its place in the column."""

    line: Line
    label: QRectF
    value: QRectF


class ColumnButton(QAbstractButton):
    """One annotator's statement; `taken` gives its id."""

    taken = Signal(int)

    def __init__(self, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self._heights: dict[int, int] = {}  # asked for many times while a layout settles
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if column.statement_id is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        key = f", key {column.number}" if column.number else ""
        self.setAccessibleName(column.said + key)
        self.clicked.connect(self._on_clicked)

    def height_at(self, width: int) -> int:
        """Return how high the column is at a width."""
        if width not in self._heights:
            fields, bottom = self._laid(width)
            self._heights[width] = round(bottom + _PAD - (_BETWEEN if fields else 0))
        return self._heights[width]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()  # the digits and letters are the window's

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, column = theme.current(), self.column
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_head(painter)
            fields, _ = self._laid(self.width())
            for field in fields:
                self._paint_field(painter, field)
            if column.statement_id is None:
                painter.setFont(theme.sans(theme.BODY))
                painter.setPen(theme.colour(look.soft))
                box = QRectF(_PAD, _PAD + _HEAD, self.width() - 2 * _PAD, 40)
                painter.drawText(box, _WRAP, _NOTHING)

    def _laid(self, width: int) -> tuple[list[_Field], float]:
        """Return the fields in their places, and where the last one ends."""
        room = width - 2 * _PAD
        lines = list(self.column.lines)
        if self.column.note:
            lines.append(Line("note", self.column.note))
        top = float(_PAD + _HEAD)
        if not lines:
            return [], top + 17
        fields = []
        for line in lines:
            indent = _SHAPE + 5 if line.symbol else 0
            wanted = QFontMetricsF(_font(line)).boundingRect(
                QRectF(0, 0, room - indent, 1000), _WRAP, line.text
            )
            height = min(wanted.height(), _MOST)
            label = QRectF(_PAD, top, room, _LABEL)
            value = QRectF(_PAD + indent, top + _LABEL + 1, room - indent, height)
            fields.append(_Field(line, label, value))
            top += _LABEL + 1 + height + _BETWEEN + 2 * bool(line.differs)
        return fields, top

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme.current()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        here = self.column.statement_id is not None
        over = here and self.isEnabled() and self.underMouse()
        pen = QPen(theme.colour(look.line), 1)
        if self.column.held:
            pen = QPen(theme.colour(look.good), 1.5)
        elif over:
            pen = QPen(theme.colour(look.edge), 1)
        elif not here:
            pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(theme.colour(look.accent), 2)
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(pen)
        painter.setBrush(theme.colour(look.panel) if here else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _paint_head(self, painter: QPainter) -> None:
        look, column = theme.current(), self.column
        left, middle = float(_PAD), _PAD + 9.0
        if column.number and self.isEnabled():
            names = [str(column.number)]
            keycaps.paint(painter, QPointF(left, middle), names)
            left += keycaps.width(names) + theme.SMALL
        right = self.width() - float(_PAD)
        font = theme.sans(theme.BODY, strong=True)
        name = QFontMetricsF(font).horizontalAdvance(column.guise.name)
        tick_room = 16 if column.held else 0
        # A name that is cut may be anybody's; the text and the legend show the pattern, too.
        if left + _SWATCH + theme.SMALL + name <= right - tick_room:
            paint_swatch(painter, QRectF(left, middle - 11, _SWATCH, 22), column.guise.trace)
            left += _SWATCH + theme.SMALL
        if column.held:
            tick = QRectF(right - 12, middle - 8, 14, 16)
            painter.setFont(theme.sans(theme.BODY, strong=True))
            painter.setPen(theme.colour(look.good))
            painter.drawText(tick, Qt.AlignmentFlag.AlignCenter, "✓")
            right -= tick_room
        painter.setFont(font)
        painter.setPen(theme.colour(look.hue(column.guise.trace.hue).strong))
        shown = QFontMetricsF(font).elidedText(
            column.guise.name, Qt.TextElideMode.ElideRight, right - left
        )
        box = QRectF(left, middle - 10, right - left + 2, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_field(self, painter: QPainter, field: _Field) -> None:
        look, line = theme.current(), field.line
        painter.setFont(theme.sans(theme.CAPTION))
        painter.setPen(theme.colour(look.soft))
        painter.drawText(field.label, Qt.AlignmentFlag.AlignVCenter, line.label)
        font = _font(line)
        indent = field.value.left() - _PAD
        if line.differs:
            used = QFontMetricsF(font).boundingRect(field.value, _WRAP, line.text)
            width = min(used.width(), field.value.width()) + indent + 8
            box = QRectF(_PAD - 4, field.value.top() - 1, width, field.value.height() + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(look.differing))
            painter.drawRoundedRect(box, 4, 4)
        hue = look.hue(line.hue).strong if line.hue else look.ink
        if line.symbol:
            box = QRectF(_PAD, field.value.top(), _SHAPE, 17)
            paint_shape(painter, box, line.symbol, theme.colour(hue))
        painter.setFont(font)
        painter.setPen(theme.colour(look.soft if line.label == "note" else look.ink))
        painter.setClipRect(field.value.adjusted(0, 0, 4, 1))
        painter.drawText(field.value.adjusted(0, 0, 0, 400), _WRAP, line.text)
        painter.setClipping(False)

    @Slot()
    def _on_clicked(self) -> None:
        if self.column.statement_id is not None:
            self.taken.emit(self.column.statement_id)


class Columns(QWidget):
    """The columns in rows, as many side by side as there is room for; those of a row are as high.

    `taken` gives the id of the statement that was clicked.
    """

    taken = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[ColumnButton] = []
        self.setAccessibleName("Statements of the annotators")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_columns(self, columns: Sequence[Column], *, enabled: bool) -> None:
        """Show these columns; they can be taken when `enabled`."""
        if [button.column for button in self.buttons] != list(columns):
            for button in self.buttons:
                button.hide()
                button.deleteLater()
            self.buttons = [ColumnButton(column, self) for column in columns]
            for button in self.buttons:
                button.taken.connect(self.taken)
                button.show()
            self.updateGeometry()
            self._place()
        for button in self.buttons:
            button.setEnabled(enabled and button.column.statement_id is not None)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max((rect.bottom() + 1 for rect in self._rects(width)), default=0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(2 * _NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        rects = self._rects(self.width())
        for button, rect in zip(self.buttons, rects, strict=True):
            button.setGeometry(rect)
        # A layout that is short of room takes it from whoever does not insist.
        self.setMinimumHeight(max((rect.bottom() + 1 for rect in rects), default=0))

    def _rects(self, width: int) -> list[QRect]:
        gap = theme.SMALL
        count = len(self.buttons)
        beside = max(1, min(count, 3, (width + gap) // (_NARROWEST + gap)))
        if count == 4:
            beside = min(beside, 2)
        each = (width - (beside - 1) * gap) // beside
        rects: list[QRect] = []
        top = 0
        for at in range(0, count, beside):
            row = self.buttons[at : at + beside]
            height = max(button.height_at(each) for button in row)
            rects += [QRect(i * (each + gap), top, each, height) for i in range(len(row))]
            top += height + gap
        return rects


def _font(line: Line) -> QFont:
    return theme.serif(theme.BODY) if line.label == "words" else theme.sans(theme.BODY)
