"""The list from which articles to compare are chosen; it opens over the page and closes by Esc."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.tick_box import BOX, paint_tick
from annotator.ui.words import Words

_ROW = 44
_WIDTH = 420
_HEIGHT = 460
_TICK = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)

Index = QModelIndex | QPersistentModelIndex


class TickModel(QAbstractListModel):
    """Articles with a tick each, and who has done them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: list[int] = []
        self.ticked: set[int] = set()
        self.titles: Mapping[int, str] = {}
        self.done: Mapping[int, str] = {}

    def show(
        self,
        titles: Mapping[int, str],
        done: Mapping[int, str],
        ticked: Iterable[int],
    ) -> None:
        """List the articles of `done` (by whom, in words), some of them ticked."""
        self.beginResetModel()
        self.ids, self.titles, self.done = list(done), titles, done
        self.ticked = set(ticked)
        self.endResetModel()

    def tick(self, ids: Iterable[int]) -> None:
        """Tick just these."""
        self.ticked = set(ids)
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    def toggle(self, index: QModelIndex) -> None:
        """Tick one, or take its tick away."""
        self.ticked ^= {self.ids[index.row()]}
        self.dataChanged.emit(index, index)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.ids)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        article = self.ids[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.titles[article]}, {self.done[article]}"
        if role == Qt.ItemDataRole.CheckStateRole:
            on = article in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None


class _TickDelegate(QStyledItemDelegate):
    """Paints a tick, a title, and who has done the article."""

    def __init__(self, view: QListView, model: TickModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        article = self._model.ids[index.row()]
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if here or over:
            painter.setPen(QPen(theme.colour(look.accent), 1) if here else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(theme.colour(look.accent_soft if here else look.chip))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        box = QRectF(rect.left() + 10.5, rect.center().y() - BOX / 2 + 0.5, BOX - 1, BOX - 1)
        paint_tick(painter, box, on=article in self._model.ticked, hot=here)
        left, top = box.right() + theme.MEDIUM, rect.top() + 5
        wide = rect.right() - left - theme.SMALL
        for size, tone, words in (
            (theme.BODY, look.ink, self._model.titles[article]),
            (theme.CAPTION, look.soft, self._model.done[article]),
        ):
            font = theme.sans(size)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRectF(left, top, wide + 4, 18), Qt.AlignmentFlag.AlignVCenter, shown)
            top += 17
        painter.restore()


class _TickView(QListView):
    toggled = Signal(QModelIndex)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TICK and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ArticlePopup(QWidget):
    """Articles with ticks; `chosen` carries the set of ids, None for those done by all."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName("Articles to compare")
        self.model = TickModel(self)
        self.view = _TickView()
        self.view.setAccessibleName("Articles to compare")
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_TickDelegate(self.view, self.model))
        self._done_by_all: list[int] = []
        self._count = Words(size=theme.CAPTION + 1, tone="soft")
        self.all_done = QPushButton("Done by all")
        self.every = QPushButton("All")
        self.none = QPushButton("None")
        self._lay_out()
        self.view.clicked.connect(self._toggle)
        self.view.toggled.connect(self._toggle)
        self.all_done.clicked.connect(self._tick_done_by_all)
        self.every.clicked.connect(self._tick_every)
        self.none.clicked.connect(self._tick_none)

    def open(
        self,
        at: QPoint,
        titles: Mapping[int, str],
        done: Mapping[int, str],
        ticked: Iterable[int],
        done_by_all: Iterable[int],
    ) -> None:
        """Show the articles with their top left corner at `at`."""
        self._done_by_all = list(done_by_all)
        self.model.show(titles, done, ticked)
        self._show_count()
        height = min(_HEIGHT, 78 + _ROW * max(1, len(done)))
        self.setGeometry(at.x(), at.y(), _WIDTH, height)
        self.show()
        if self.model.ids:
            self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(look.raised))
        painter.setPen(QPen(theme.colour(look.edge if look.dark else look.line), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        self.model.toggle(index)
        self._tell()

    @Slot()
    def _tick_done_by_all(self) -> None:
        self.model.tick(self._done_by_all)
        self._tell()

    @Slot()
    def _tick_every(self) -> None:
        self.model.tick(self.model.ids)
        self._tell()

    @Slot()
    def _tick_none(self) -> None:
        self.model.tick(())
        self._tell()

    def _tell(self) -> None:
        self._show_count()
        ticked = frozenset(self.model.ticked)
        self.chosen.emit(None if ticked == set(self._done_by_all) else ticked)

    def _show_count(self) -> None:
        self._count.setText(f"{len(self.model.ticked):,} of {len(self.model.ids):,}")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.TIGHT)
        for button in (self.all_done, self.every, self.none):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
