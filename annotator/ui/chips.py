"""Chips: small pills for one choice, one word that can be taken away, or one quiet command."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.shapes import paint_cross, paint_dot, paint_shape

Kind = Literal["choice", "small", "tag", "quiet", "pointer"]

_SIZE = 12
_SMALL_SIZE = 11
_KEY_SIZE = 10
_INSET = 1.5  # room for the ring that shows the focus
_PADDING = 7
_GAP = 5
_KEY_GAP = 4
_SHAPE = 9
_DOT = 14
_LONGEST = 232  # of a tag, before its words are shortened


@dataclass(frozen=True, slots=True)
class Face:
    """What a chip shows: words, the key that does the same, a stance's shape or a target's dot."""

    text: str
    key: str = ""
    symbol: str = ""
    letter: str = ""
    hue: str | None = None
    said: str = ""  # the accessible name, when the words do not say enough
    tip: str = ""


class Chip(QAbstractButton):
    """A pill. A `choice` (or a `small` one) can be chosen, a `tag` taken away; a `quiet` one is a
    command in words, a `pointer` lies over other things and leads on.

    `picked` gives its `value`. It is chosen only when whoever owns the state says so with
    `setChecked`, not by being clicked. A click leaves the focus where it is.
    """

    picked = Signal(str)
    stepped = Signal(int)  # to a neighbour, by an arrow key
    focused = Signal()

    def __init__(self, face: Face, value: str = "", *, kind: Kind = "choice") -> None:
        super().__init__()
        self.value = value
        self.kind: Kind = kind
        self._hue: str | None = None
        self.setCheckable(kind in ("choice", "small"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self.show_face(face)

    @property
    def face(self) -> Face:
        """What the chip shows."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show other words on the same chip."""
        self._face = face
        key = f", key {face.key}" if face.key else ""
        self.setAccessibleName((face.said or face.text) + key)
        self.setToolTip(face.tip)
        self._width = self._measured()
        self.updateGeometry()
        self.update()

    def show_hue(self, hue: str | None) -> None:
        """Fill with this target's hue when chosen; None fills with the accent."""
        if hue != self._hue:
            self._hue = hue
            self.update()

    @override
    def nextCheckState(self) -> None:
        """Stay as it is: what is chosen is not the chip's to know."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width, theme.CHIP_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width, 2 * theme.CHIP_HEIGHT), theme.CHIP_HEIGHT)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        if self.kind == "tag":  # only the cross takes a tag away
            return self.rect().contains(pos) and pos.x() >= self.width() - theme.CHIP_HEIGHT
        return self.rect().contains(pos)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self.kind == "tag":
            self._width = self._measured()  # the cross comes or goes
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        self._paint_pill(painter, pill)
        self._paint_words(painter, pill)
        painter.end()

    @Slot()
    def _on_clicked(self) -> None:
        self.picked.emit(self.value)

    def _measured(self) -> int:
        face = self._face
        width = 2 * (_INSET + self._padding())
        width += _metrics(self._size()).horizontalAdvance(face.text)
        width += _SHAPE + _GAP if face.symbol else 0
        width += _DOT + _GAP - 4 if face.letter else 0  # the dot stands nearer to the edge
        width += _metrics(_KEY_SIZE).horizontalAdvance(face.key) + _KEY_GAP if face.key else 0
        width += _SHAPE + _GAP if self.kind == "tag" and self.isEnabled() else 0
        width = int(width) + 1
        return min(width, _LONGEST) if self.kind == "tag" else width

    def _padding(self) -> int:
        return {"quiet": theme.TIGHT, "pointer": theme.MEDIUM}.get(self.kind, _PADDING)

    def _size(self) -> int:
        return _SMALL_SIZE if self.kind == "small" else _SIZE

    def _colours(self) -> tuple[str, str, str]:
        """Return the colours of ground, words and key; an empty ground is not painted."""
        look = theme.current()
        over = self.underMouse() and self.isEnabled()
        if self.isChecked():
            fill = look.hue(self._hue).strong if self._hue else look.accent
            return fill, look.accent_ink, look.accent_ink
        if self.kind == "quiet":
            return (look.chip if over else ""), look.ink if over else look.soft, look.soft
        if self.kind == "pointer":
            return look.accent_soft if over else look.paper, look.ink, look.soft
        words = look.ink if self.isEnabled() else look.soft
        return (look.chip_hover if over else look.chip), words, look.soft

    def _paint_pill(self, painter: QPainter, pill: QRectF) -> None:
        look = theme.current()
        ground, _, _ = self._colours()
        radius = pill.height() / 2 if self.kind != "tag" else theme.RADIUS - 2
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(QColor(ground))
            if self.kind == "pointer":
                painter.setPen(QPen(QColor(look.line), 1))
            painter.drawRoundedRect(pill, radius, radius)
        if self.hasFocus():
            ring = pill.adjusted(-0.5, -0.5, 0.5, 0.5)
            painter.setPen(QPen(QColor(look.ink if self.isChecked() else look.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, radius + 0.5, radius + 0.5)

    def _paint_words(self, painter: QPainter, pill: QRectF) -> None:
        face = self._face
        _, words, key = self._colours()
        left = pill.left() + self._padding()
        right = pill.right() - self._padding()
        if face.symbol:
            box = QRectF(left, pill.top(), _SHAPE, pill.height())
            paint_shape(painter, box, face.symbol, QColor(words))
            left += _SHAPE + _GAP
        if face.letter:
            left -= 4
            self._paint_dot(painter, QRectF(left, pill.top(), _DOT, pill.height()))
            left += _DOT + _GAP
        if self.kind == "tag" and self.isEnabled():
            box = QRectF(right - _SHAPE + 1, pill.top(), _SHAPE - 1, pill.height())
            paint_cross(painter, box, QColor(words if self.underMouse() else key))
            right -= _SHAPE + _GAP
        if face.key:
            painter.setFont(theme.sans(_KEY_SIZE))
            painter.setPen(QColor(key))
            box = QRectF(left, pill.top(), right - left, pill.height())
            painter.drawText(box, _RIGHT, face.key)
            right -= _metrics(_KEY_SIZE).horizontalAdvance(face.key) + _KEY_GAP
        painter.setFont(theme.sans(self._size()))
        painter.setPen(QColor(words))
        room = max(0.0, right - left) + 1
        shown = _metrics(self._size()).elidedText(face.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, pill.top(), room + 1, pill.height()), _LEFT, shown)

    def _paint_dot(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        strong, plain = QColor(look.hue(self._face.hue).strong), QColor(look.accent_ink)
        if self.isChecked():
            strong, plain = plain, strong
        paint_dot(painter, box, self._face.letter, strong, plain)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


def _metrics(size: int) -> QFontMetricsF:
    return QFontMetricsF(theme.sans(size))
