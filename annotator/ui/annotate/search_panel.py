"""What a search found: the places, under the titles of their articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.records import Hit
from annotator.ui import theme
from annotator.ui.annotate.article_delegate import Breaker, fitted
from annotator.ui.annotate.article_model import counted
from annotator.ui.words import Words

CONTEXT_LINES = 3
PATIENCE = 200  # milliseconds after which a search that goes on is said to
SEARCHING = "Searching…"
_INSET = theme.MEDIUM
_PAD = 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The title over the hits of one article, with their number."""

    title: str
    hits: int


def arranged(hits: Sequence[Hit]) -> list[Heading | Hit]:
    """Return `hits` under a heading for each article, in the order of the first hits."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.article_id, []).append(hit)
    lines: list[Heading | Hit] = []
    for group in groups.values():
        lines.append(Heading(group[0].title or group[0].article_name, len(group)))
        lines.extend(group)
    return lines


def summary(query: str, hits: Sequence[Hit], *, limited: bool) -> str:
    """Return in a sentence how much was found."""
    if not hits:
        return f"No article holds “{query}”."
    articles = len({hit.article_id for hit in hits})
    places = counted(len(hits), "place", "places")
    where = counted(articles, "article", "articles")
    return f"The first {places} in {where}" if limited else f"{places} in {where}"


def one_line(words: str) -> str:
    """Return `words` with each blank, line ends too, as one space; no blank is lost at the ends."""
    return "".join(" " if char.isspace() else char for char in words)


class HitModel(QAbstractListModel):
    """Headings and hits, one row each; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Heading | Hit] = []

    def show(self, hits: Sequence[Hit]) -> None:
        """Take `hits` instead of those there were."""
        self.beginResetModel()
        self.lines = arranged(hits)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.lines[index.row()], Hit):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        line = self.lines[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if isinstance(line, Heading):
            return line.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        return one_line(line.before + line.words + line.after)


class HitDelegate(QStyledItemDelegate):
    """Paints headings and hits, the words that were found in bold."""

    def __init__(self, view: QListView, model: HitModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._plain = theme.sans(theme.BODY - 1)
        self._strong = theme.sans(theme.BODY - 1, strong=True)
        self._title = Breaker(theme.sans(theme.BODY, strong=True))
        self._title_height = round(QFontMetricsF(self._title.font).height() * 1.08)
        self._line_height = round(QFontMetricsF(self._plain).height() * 1.15)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._model.lines[index.row()]
        if isinstance(line, Heading):
            title = self._title.lines(line.title, self._width(), 2)
            top = theme.SMALL if index.row() == 0 else theme.LARGE
            return QSize(0, top + len(title) * self._title_height + theme.TIGHT)
        return QSize(0, self._laid(line).lineCount() * self._line_height + 2 * 6 + 2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.lines[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._paint_heading(painter, rect, line)
        else:
            self._paint_hit(painter, rect, line, state)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        lines = self._title.lines(heading.title, self._width(), 2)
        painter.setFont(self._title.font)
        painter.setPen(theme.colour(theme.current().ink))
        top = rect.bottom() + 1 - theme.TIGHT - len(lines) * self._title_height
        for words in lines:
            box = QRectF(rect.x() + _INSET + _PAD, top, self._width() + 4, self._title_height)
            shown = fitted(words, self._title.font, self._width() + 2, Qt.TextElideMode.ElideRight)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            top += self._title_height

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        card = QRectF(rect.x() + _INSET, rect.y(), self._card_width(), rect.height() - 2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            line = colours.accent if self._view.hasFocus() else colours.line
            pen = QPen(theme.colour(line), 1) if chosen else QPen(Qt.PenStyle.NoPen)
            painter.setPen(pen)
            painter.setBrush(theme.colour(colours.paper if chosen else colours.chip))
            box = card.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.setPen(theme.colour(colours.soft))
        self._laid(hit).draw(painter, QPointF(card.x() + _PAD, card.y() + 6))

    def _laid(self, hit: Hit) -> QTextLayout:
        """Return the context of a hit in lines, its own words bold and in ink."""
        before, words, after = one_line(hit.before), one_line(hit.words), one_line(hit.after)
        before, after = before.lstrip(), after.rstrip()
        layout = QTextLayout(before + words + after, self._plain)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._bold(before, words)])
        layout.beginLayout()
        top = 0.0
        for _ in range(CONTEXT_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._width())
            line.setPosition(QPointF(0, top))
            top += self._line_height
        layout.endLayout()
        return layout

    def _bold(self, before: str, words: str) -> QTextLayout.FormatRange:
        bold = QTextLayout.FormatRange()
        bold.start = _units(before)
        bold.length = _units(words)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setForeground(theme.colour(theme.current().ink))
        bold.format = look
        return bold

    def _card_width(self) -> int:
        return self._view.width() - 2 * _INSET

    def _width(self) -> int:
        return max(40, self._card_width() - 2 * _PAD)


def _units(words: str) -> int:
    """Return how many UTF-16 units `words` take: Qt's layouts count in them."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


class _HitView(QListView):
    """The list of hits; Enter chooses the current one, Esc leaves them."""

    chosen = Signal(QModelIndex)
    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class SearchPanel(QWidget):
    """The hits of a search; `hit_chosen` carries the article's id and the Span."""

    hit_chosen = Signal(int, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = Words(size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.count.setContentsMargins(_INSET + _PAD, 0, _INSET + _PAD, 0)
        self._model = HitModel(self)
        self.view = _HitView()
        self.view.setAccessibleName("Places found")
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self.view, self._model))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.clicked.connect(self._on_chosen)
        self.view.chosen.connect(self._on_chosen)
        self.view.left.connect(self.left)
        self.setFocusProxy(self.view)
        self._waiting = False
        self._asker: QWidget | None = None  # has the keys, and gives them up when the hits come
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._say_searching)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.count)
        layout.addWidget(self.view, 1)

    @property
    def hits(self) -> list[Hit]:
        """The hits in the order in which they are shown."""
        return [line for line in self._model.lines if isinstance(line, Hit)]

    def show_hits(self, query: str, hits: Sequence[Hit], *, limited: bool = False) -> None:
        """Show what was found for `query`; `limited` when there is more."""
        asker = self._asker
        self.stop_waiting()
        self.count.setText(summary(query, hits, limited=limited))
        self._model.show(hits)
        self.view.scrollToTop()
        if asker is not None and asker is QApplication.focusWidget():
            self.enter()

    def await_hits(self) -> None:
        """Know that hits are on their way; say so when they take long.

        Those of the words before, one letter shorter as a rule, stay that long; of another search
        nothing is seen.
        """
        if not self.isVisible():
            self._model.show([])
            self.count.setText("")
        self._waiting = True
        self._asker = None
        self._patience.start()

    def stop_waiting(self) -> None:
        """Know that no more hits are on their way."""
        self._waiting = False
        self._asker = None
        self._patience.stop()

    def show_failure(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.stop_waiting()
        self._model.show([])
        self.count.setText(sentence)

    def enter(self) -> bool:
        """Go to the first hit by keyboard; return whether there is one.

        While hits are awaited it is done as they come, unless the keys went elsewhere meanwhile.
        """
        if self._waiting:
            self._asker = QApplication.focusWidget()
            return False
        if not self._model.lines:
            return False
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(1))
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot()
    def _say_searching(self) -> None:
        self._model.show([])
        self.count.setText(SEARCHING)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        line = self._model.lines[index.row()] if index.isValid() else None
        if isinstance(line, Hit):
            self.hit_chosen.emit(line.article_id, line.span)
