"""What all annotators have just the same, listed over the dimmed window before it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.ui import overlays, theme
from annotator.ui.shapes import paint_shape
from annotator.ui.words import Words

Index = QModelIndex | QPersistentModelIndex

_WIDTH = 720
_ROW, _HEADING = 50, 34
_SHAPE = 9


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """One statement to be taken; without words it is the heading of an article."""

    words: str
    about: str
    stance: str = ""
    symbol: str = ""
    hue: str | None = None


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[AgreedRow] = []

    def show_rows(self, rows: Sequence[AgreedRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.words, row.about, row.stance) if part)
        return row.words or None if role == Qt.ItemDataRole.ToolTipRole else None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: QListView, model: _Rows) -> None:
        super().__init__(view)
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW if self._model.rows[index.row()].words else _HEADING)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = theme.current(), self._model.rows[index.row()]
        box = QRectF(option.rect).adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        painter.save()
        if not row.words:
            font = theme.sans(theme.CAPTION + 1, strong=True)
            box.setTop(box.top() + theme.SMALL)
            _draw(painter, box, row.about, font, look.soft)
            painter.restore()
            return
        box.adjust(0, 4, 0, -4)
        half = box.height() / 2
        top = QRectF(box.left(), box.top(), box.width(), half)
        _draw(painter, top, row.words, theme.serif(theme.BODY + 1), look.ink)
        low = top.translated(0, half)
        font = theme.sans(theme.CAPTION + 1)
        used = _draw(painter, low, f"{row.about} · ", font, look.soft)
        low.setLeft(low.left() + used)
        colour = look.hue(row.hue).strong
        if row.symbol:
            shape = QRectF(low.left(), low.top(), _SHAPE, half)
            paint_shape(painter, shape, row.symbol, theme.colour(colour))
            low.setLeft(low.left() + _SHAPE + 5)
        _draw(painter, low, row.stance, font, colour)
        painter.restore()


class AgreedOverlay(QWidget):
    """Covers its window: Enter takes all, Escape or a click beside the panel leaves them."""

    accepted = Signal()
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus = overlays.FocusReturn()
        self.title = Words(size=theme.STRONG + 2, strong=True)
        self.words = Words(tone="soft", wrap=True)
        self.take = QPushButton("Take all")
        self.take.setDefault(True)
        self.leave = QPushButton("Cancel")
        self._model = _Rows(self)
        self.view = QListView()
        self._panel = QWidget(self)
        self._lay_out()
        self.take.clicked.connect(self._on_take)
        self.leave.clicked.connect(self.hide)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("What all annotators agree on")
        window.installEventFilter(self)
        self.hide()

    @property
    def rows(self) -> list[AgreedRow]:
        """What is listed, the headings of articles among it."""
        return self._model.rows

    def open(self, rows: Sequence[AgreedRow], articles: int) -> None:
        """Show these statements of so many articles."""
        count = sum(bool(row.words) for row in rows)
        self.title.setText(f"Take {count:,} statement{'' if count == 1 else 's'} as gold")
        where = "one article" if articles == 1 else f"{articles:,} articles"
        self.words.setText(
            f"All annotators have them just the same, in {where}. One step, which can be undone."
        )
        self.take.setText(f"Take all {count:,}")
        self._model.show_rows(rows)
        self.view.scrollToTop()
        self._focus.remember()
        self.fit()
        self.show()
        self.raise_()
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Cover the window, the panel in its middle."""
        self.setGeometry(self._window.rect())
        width = min(_WIDTH, self.width() - 2 * theme.PAGE)
        rows = sum(_ROW if row.words else _HEADING for row in self._model.rows)
        height = min(rows + 170, self.height() - 2 * theme.PAGE)
        panel = QRect(0, 0, width, height)
        panel.moveCenter(self.rect().center())
        self._panel.setGeometry(panel)
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        # Every other key is for the window below, which is not to have it.

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.hide()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._focus.give_back(self)
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), overlays.veil())
            overlays.paint_panel(painter, QRectF(self._panel.geometry()))

    def _lay_out(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Painter(self.view, self._model))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.view.setAccessibleName("Statements on which all agree")
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        below.addStretch(1)
        below.addWidget(self.leave)
        below.addWidget(self.take)
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE + 4)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addWidget(self.view, 1)
        layout.addSpacing(theme.TIGHT)
        layout.addLayout(below)

    @Slot()
    def _on_take(self) -> None:
        self.hide()
        self.accepted.emit()


def _draw(painter: QPainter, box: QRectF, words: str, font: QFont, colour: str) -> float:
    """Draw words in one line, cut to the box; return how wide they are."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(box.adjusted(0, 0, 2, 0), int(flags), shown)
    return metrics.horizontalAdvance(shown)
