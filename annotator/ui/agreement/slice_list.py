"""Agreement part by part as a list of bars: any number of parts, painted when in view."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.ui import theme
from annotator.ui.agreement import bars, saying
from annotator.ui.agreement.bars import Axis
from annotator.ui.agreement.slicing import Slice

ROW = 28
FEWEST_ROWS = 4
_VALUE = 36
_COUNT = 40
_BAR = 11
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

Index = QModelIndex | QPersistentModelIndex


class SliceModel(QAbstractListModel):
    """The parts of one kind, by one measure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.slices: list[Slice] = []
        self.low = 0.0
        self.codebook: Codebook | None = None
        self.lang = "en"

    def show(self, slices: Sequence[Slice]) -> None:
        """Take these parts instead of those there were."""
        if [(s.kind, s.key) for s in slices] == [(s.kind, s.key) for s in self.slices]:
            self.slices = list(slices)
            self._scale()
            self.dataChanged.emit(self.index(0), self.index(len(slices) - 1))
            return
        self.beginResetModel()
        self.slices = list(slices)
        self._scale()
        self.endResetModel()

    def _scale(self) -> None:
        self.low = bars.lowest(one.measure for one in self.slices)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.slices)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.slices[index.row()]
        if one.measure is None or self.codebook is None:
            return one.name
        named = saying.named(one.measure.name, self.codebook, self.lang)
        return f"{one.name}: {saying.sentence(one.measure, named)}"


class SliceDelegate(QStyledItemDelegate):
    """Paints a part: its name, its bar, value and number."""

    def __init__(self, view: QListView, model: SliceModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = self._model.slices[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        name = round(rect.width() * 0.4)
        left = rect.left() + name + theme.SMALL
        axis = Axis(left, rect.right() - _VALUE - _COUNT - theme.TIGHT, self._model.low)
        bars.paint_lines(painter, axis, rect.top(), rect.bottom())
        font = theme.sans(theme.BODY - 1)
        painter.setFont(font)
        painter.setPen(theme.colour(theme.current().ink))
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, name - theme.SMALL)
        _write(painter, QRectF(rect.left() + 6, rect.top(), name, ROW), shown)
        if one.measure is not None:
            self._paint_measure(painter, rect, axis, one)
        painter.restore()

    def _paint_measure(self, painter: QPainter, rect: QRectF, axis: Axis, one: Slice) -> None:
        look, measure = theme.current(), one.measure
        assert measure is not None
        right = rect.right() - _COUNT
        if measure.value is None:
            self._paint_undefined(painter, rect, axis, one)
        else:
            box = QRectF(0, rect.top() + (ROW - _BAR) / 2, 1, _BAR)
            bars.paint_bar(painter, axis, box, measure)
            painter.setFont(theme.sans(theme.BODY - 1, strong=True))
            painter.setPen(theme.colour(look.ink))
            value = QRectF(right - _VALUE, rect.top(), _VALUE, ROW)
            _write(painter, value, saying.number(measure.value), right=True)
        painter.setFont(theme.sans(theme.CAPTION))
        painter.setPen(theme.colour(look.soft))
        count = QRectF(right, rect.top(), _COUNT - 6, ROW)
        _write(painter, count, f"{measure.n:,}", right=True)

    def _paint_undefined(self, painter: QPainter, rect: QRectF, axis: Axis, one: Slice) -> None:
        assert one.measure is not None
        look, font = theme.current(), theme.sans(theme.CAPTION)
        left, right = axis.x(0) + 5, rect.right() - _COUNT
        metrics = QFontMetricsF(font)
        room = right - left
        words = saying.undefined_in(one.measure, lambda w: metrics.horizontalAdvance(w) <= room)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        cleared = QRectF(left - 2, rect.top() + 5, metrics.horizontalAdvance(shown) + 4, ROW - 10)
        painter.fillRect(cleared, theme.colour(look.paper))
        painter.setFont(font)
        painter.setPen(theme.colour(look.soft))
        _write(painter, QRectF(left, rect.top(), right - left + 4, ROW), shown)

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        look = theme.current()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = chosen and self._view.hasFocus()
        painter.setPen(QPen(theme.colour(look.accent), 1.5) if focused else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.colour(look.accent_soft if chosen else look.ground))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)


class SliceView(QListView):
    """The list; Enter, Space or a click asks for the disagreements of a part."""

    opened = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Agreement part by part")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.opened)

    @override
    def sizeHint(self) -> QSize:
        return QSize(256, FEWEST_ROWS * ROW)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the page."""


def _write(painter: QPainter, box: QRectF, words: str, *, right: bool = False) -> None:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
