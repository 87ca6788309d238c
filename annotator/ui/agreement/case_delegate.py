"""How a case looks in the list: its kind and place, the words in context, what each one says."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from annotator.services.disagreeing import Listed
from annotator.ui import theme
from annotator.ui.agreement.case_model import CaseModel
from annotator.ui.agreement.case_words import Said, Style, excerpt
from annotator.ui.shapes import paint_note, paint_shape

_LINES = 2
_NARROW = 440  # below this width the words take one line more
_PAD = 10
_HEAD = 20
_LEADING = 20
_SAID = 19
_SHAPE = 8
_AROUND = _PAD + _HEAD + theme.TIGHT + theme.TIGHT + _SAID + _PAD
_TRIES = 5

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class CaseDelegate(QStyledItemDelegate):
    """Paints cases, all of one height: ten thousand take no longer than ten."""

    def __init__(self, view: QListView, model: CaseModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._serif = theme.serif(theme.BODY + 1)
        self._small = theme.sans(theme.CAPTION + 1)
        self._letter = QFontMetricsF(self._serif).averageCharWidth()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _AROUND + self._lines() * _LEADING)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case = self._model.rows[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        self._paint_head(painter, QRectF(inner.left(), inner.top(), inner.width(), _HEAD), case)
        top = inner.top() + _HEAD + theme.TIGHT
        layout = self._laid(case, inner.width())
        layout.draw(painter, QPointF(inner.left(), top))
        foot = QRectF(inner.left(), inner.bottom() - _SAID, inner.width(), _SAID)
        self._paint_said(painter, foot, case)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        look = theme.current()
        painter.setPen(QPen(theme.colour(look.line), 1))
        y = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left() + _PAD, y), QPointF(rect.right() - _PAD, y))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = chosen and self._view.hasFocus()
        painter.setPen(QPen(theme.colour(look.accent), 1.5) if focused else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.colour(look.accent_soft if chosen else look.ground))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), theme.RADIUS, theme.RADIUS)

    def _paint_head(self, painter: QPainter, box: QRectF, case: Listed) -> None:
        look, wording = theme.current(), self._model.wording
        if wording is None:
            return
        font = theme.sans(theme.CAPTION, strong=True)
        kind = wording.kind(case)
        wide = QFontMetricsF(font).horizontalAdvance(kind) + 2 * 8
        pill = QRectF(box.left(), box.top(), wide, _HEAD)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(look.chip))
        painter.drawRoundedRect(pill, _HEAD / 2, _HEAD / 2)
        painter.setPen(theme.colour(look.ink))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, kind)
        right = box.right()
        if case.note is not None:
            paint_note(
                painter, QRectF(right - 13, box.top(), 12, _HEAD), theme.colour(look.warning)
            )
            right -= 20
        small = theme.sans(theme.CAPTION + 1)
        metrics = QFontMetricsF(small)
        paragraph = f"¶ {case.paragraph}"
        place = QRectF(pill.right() + 8, box.top(), right - pill.right() - 8, _HEAD)
        beside = metrics.horizontalAdvance(paragraph) + theme.SMALL
        title = metrics.elidedText(
            case.title, Qt.TextElideMode.ElideRight, max(0.0, place.width() - beside)
        )
        painter.setFont(small)
        painter.setPen(theme.colour(look.soft))
        painter.drawText(place, _LEFT, f"{title}  {paragraph}")

    def _paint_said(self, painter: QPainter, box: QRectF, case: Listed) -> None:
        if self._model.wording is None:
            return
        left, metrics = box.left(), QFontMetricsF(self._small)
        said = self._model.wording.said(case, short=True)
        wide = [_width_of(one, metrics) for one in said]
        rooms = shared(wide, box.width() - theme.LARGE * (len(said) - 1))
        for one, room in zip(said, rooms, strict=True):
            self._paint_one(painter, QRectF(left, box.top(), room, _SAID), one)
            left += room + theme.LARGE

    def _paint_one(self, painter: QPainter, box: QRectF, one: Said) -> None:
        """Paint what some say, in `box`."""
        look, left = theme.current(), box.left()
        metrics = QFontMetricsF(self._small)
        painter.setFont(self._small)
        painter.setPen(theme.colour(look.soft))
        beside = box.width() - metrics.horizontalAdvance(one.words) - 8
        room = max(beside, box.width() * 0.6)
        people = metrics.elidedText(one.people, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.top(), box.width(), _SAID), _LEFT, people)
        left += metrics.horizontalAdvance(people) + 6
        if one.symbol:
            shape = QRectF(left, box.top(), _SHAPE, _SAID)
            paint_shape(painter, shape, one.symbol, theme.colour(look.ink))
            left += _SHAPE + 5
        painter.setPen(theme.colour(look.ink))
        room = max(0.0, box.right() - left)
        words = metrics.elidedText(one.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, box.top(), room + 4, _SAID), _LEFT, words)

    def _lines(self) -> int:
        return _LINES + (self._view.width() < _NARROW)

    def _laid(self, case: Listed, width: float) -> QTextLayout:
        """Return the words in their context, cut so that they fit."""
        limit = self._lines()
        room = limit * width / self._letter * 1.12
        for _ in range(_TRIES):
            layout, fits = self._tried(excerpt(case, round(room)), width, limit)
            if fits:
                break
            room *= 0.92
        return layout

    def _tried(
        self, parts: list[tuple[str, Style]], width: float, limit: int
    ) -> tuple[QTextLayout, bool]:
        words = "".join(part for part, _ in parts)
        layout = QTextLayout(words, self._serif)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(parts))
        layout.beginLayout()
        end = 0
        for number in range(limit):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * _LEADING))
            end = line.textStart() + line.textLength()
        layout.endLayout()
        # what is left over may only be context, which is there to be cut
        context = _units(parts[-1][0]) if parts[-1][1] == "context" else 0
        return layout, end >= _units(words) - context


def shared(wanted: Sequence[float], room: float) -> list[float]:
    """Return how wide each may be: who wants little gets it, the others share what is left."""
    found = [0.0] * len(wanted)
    left = len(wanted)
    for at in sorted(range(len(wanted)), key=wanted.__getitem__):
        found[at] = min(wanted[at], room / left)
        room -= found[at]
        left -= 1
    return found


def _width_of(one: Said, metrics: QFontMetricsF) -> float:
    words = metrics.horizontalAdvance(one.people) + 6 + metrics.horizontalAdvance(one.words)
    return words + (_SHAPE + 5 if one.symbol else 0) + 2


def _formats(parts: list[tuple[str, Style]]) -> list[QTextLayout.FormatRange]:
    look = theme.current()
    found, at = [], 0
    for part, style in parts:
        one = QTextLayout.FormatRange()
        one.start, one.length = at, _units(part)
        at += one.length
        form = QTextCharFormat()
        form.setForeground(theme.colour(look.soft if style == "context" else look.ink))
        if style == "some":
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(theme.colour(look.warning))
            form.setBackground(theme.mixed(look.paper, look.warning, 0.14))
        one.format = form
        found.append(one)
    return found


def _units(words: str) -> int:
    """Return how many UTF-16 units `words` take: Qt's layouts count in them."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
