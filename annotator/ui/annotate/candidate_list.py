"""The list under a speaker field: who the typed words may name. It never takes the focus."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from annotator.domain.naming import Candidate
from annotator.domain.text import fold, words
from annotator.ui import theme

_ROW_HEIGHT = 28
_PADDING = 9
_FRAME = 4
_CANDIDATE = Qt.ItemDataRole.UserRole
_TYPED = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class CandidateList(QListView):
    """Speakers to choose from, then the offer of a new one.

    With words typed, one row is current: who fits them well, else the new speaker. With none, none
    is, so that Enter changes nothing unseen.

    It lies over its window as a child, not as a window of its own: so it needs no window manager
    and cannot take the focus from the field.
    """

    taken = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.card: QWidget | None = None  # what the list leaves free where it can
        self.words: Callable[[], QRect] | None = None  # and those on the screen
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self))
        self.setObjectName("candidates")
        self.setAccessibleName("Speakers that these words may name")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_candidates(
        self,
        found: Sequence[Candidate],
        typed: str,
        *,
        unfinished: bool = False,
        clear: bool = False,
    ) -> None:
        """Offer `found` and a new speaker called `typed`; open unless there is nothing to offer.

        With `unfinished` words, which a person is typing, a name that begins with them fits well
        too. With `clear`, "No speaker" is offered as well.
        """
        typed = " ".join(typed.split())
        self._model.clear()
        for candidate in found:
            self._model.appendRow(_candidate_item(candidate))
        if typed and fold(typed) not in {fold(c.speaker.name) for c in found}:
            item = QStandardItem(f"New speaker “{typed}”")
            item.setData(typed, _TYPED)
            self._model.appendRow(item)
        if clear:
            item = QStandardItem("No speaker")
            item.setData("", _TYPED)
            self._model.appendRow(item)
        if not self._model.rowCount():
            self.close_list()
            return
        if typed:
            # Only one who fits well goes before the words as they were typed.
            fits = (c.strong or (unfinished and _begins(c.name, typed)) for c in found)
            last = self._model.rowCount() - 1
            first = next((i for i, fit in enumerate(fits) if fit), last)
            self.setCurrentIndex(self._model.index(first, 0))
        self.open_list()

    def current(self) -> int | str | None:
        """Return the id of the current speaker, or the name of a new one, "" for no speaker.

        None when no row is current.
        """
        index = self.currentIndex()
        if not self.isVisible() or not index.isValid():
            return None
        candidate = index.data(_CANDIDATE)
        if isinstance(candidate, Candidate):
            return candidate.speaker.id
        return str(index.data(_TYPED))

    def current_name(self) -> str:
        """Return the name of the speaker that is current, for the field to show."""
        candidate = self.currentIndex().data(_CANDIDATE)
        if isinstance(candidate, Candidate):
            return candidate.speaker.name
        return str(self.currentIndex().data(_TYPED) or "")

    def rows(self) -> list[str]:
        """Return the words of every row."""
        return [self._model.index(i, 0).data() for i in range(self._model.rowCount())]

    def step(self, by: int) -> None:
        """Make the next (1) or previous (-1) row current, round the end."""
        count = self._model.rowCount()
        row = self.currentIndex().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self.setCurrentIndex(self._model.index(row, 0))

    def open_list(self) -> None:
        """Lie over the window, where `placed` says."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        look = theme.current()
        self.setStyleSheet(
            f"#candidates {{ background: {look.raised}; border: 1px solid {look.edge};"
            f" border-radius: {theme.RADIUS}px; padding: {_FRAME - 1}px; }}"
        )
        height = self._model.rowCount() * _ROW_HEIGHT + 2 * _FRAME
        width = min(max(self._field.width(), theme.CARD_WIDTH - 2 * theme.LARGE), window.width())
        card = _box(self.card, window) if self.card is not None else None
        words = QRect()
        if self.words is not None:
            words = self.words()
            words.moveTopLeft(window.mapFromGlobal(words.topLeft()))
        size = QSize(width, height)
        at = placed(_box(self._field, window), card, words, size, window.size())
        self.setGeometry(QRect(at, size))
        self.show()
        self.raise_()

    def close_list(self) -> None:
        """Go away, back to the field."""
        if self.isVisible():
            self.hide()
        if self.parentWidget() is not self._field:
            self.setParent(self._field)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.taken.emit()


def placed(field: QRect, card: QRect | None, words: QRect, size: QSize, window: QSize) -> QPoint:
    """Return where in the window a list of `size` lies that belongs to `field`.

    Above the field, so that neither the rest of the card nor the text is covered; else beside the
    card, over the text but not over the `words` that the card is about; else under the field.
    Without a card, under the field comes first. Always inside the window.
    """
    left = max(0, field.x() + field.width() - size.width())
    under = field.y() + field.height() + theme.TIGHT
    above = field.y() - theme.TIGHT - size.height()
    lowest = max(0, window.height() - size.height())
    if card is not None:
        beside = card.x() - theme.TIGHT - size.width()
        if above >= 0:
            return QPoint(left, above)
        tops = (field.y(), words.bottom() + theme.TIGHT, words.top() - theme.TIGHT - size.height())
        for top in (min(tops[0], lowest), *tops[1:]):
            box = QRect(QPoint(beside, top), size)
            if QRect(QPoint(0, 0), window).contains(box) and not box.intersects(words):
                return box.topLeft()
    if under <= lowest:
        return QPoint(left, under)
    return QPoint(left, above if above >= 0 else lowest)


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: the name, the alias that fits, at the right what kind of speaker it is."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(10, _ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        soft, accent = look.soft, look.accent
        if state & QStyle.StateFlag.State_Selected:
            if look.dark:  # the soft accent is hardly seen on the list; on this one, ink is read
                soft = accent = look.ink
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.selection if look.dark else look.accent_soft))
            painter.drawRoundedRect(rect.adjusted(3, 1, -3, -1), theme.RADIUS - 2, theme.RADIUS - 2)
        box = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        candidate = index.data(_CANDIDATE)
        if isinstance(candidate, Candidate):
            kind = "" if candidate.speaker.type == "person" else candidate.speaker.type
            box = _draw_right(painter, box, kind, soft)
            box = _draw_left(painter, box, candidate.speaker.name, look.ink, strong=True)
            if fold(candidate.name) != fold(candidate.speaker.name):
                _draw_left(painter, box, f"— {candidate.name}", soft, strong=False)
        elif not index.data(_TYPED):
            _draw_left(painter, box, index.data(), soft, strong=False)
        else:
            box = _draw_left(painter, box, "New speaker", accent, strong=False)
            _draw_left(painter, box, f"“{index.data(_TYPED)}”", look.ink, strong=True)
        painter.restore()


def _draw_left(painter: QPainter, box: QRectF, shown: str, colour: str, *, strong: bool) -> QRectF:
    """Draw `shown` at the left of `box` and return what is left of it."""
    font = theme.sans(theme.BODY, strong=strong)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, max(0.0, box.width()) + 1)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box.adjusted(0, 0, 2, 0), _SINGLE | Qt.AlignmentFlag.AlignLeft, shown)
    return box.adjusted(metrics.horizontalAdvance(shown) + 6, 0, 0, 0)


def _draw_right(painter: QPainter, box: QRectF, shown: str, colour: str) -> QRectF:
    font = theme.sans(theme.CAPTION)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, _SINGLE | Qt.AlignmentFlag.AlignRight, shown)
    width = QFontMetricsF(font).horizontalAdvance(shown)
    return box.adjusted(0, 0, -(width + 8) if shown else 0, 0)


_SINGLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def _begins(name: str, typed: str) -> bool:
    """Tell whether `name`, or a word in it, begins with `typed`, accents and case aside."""
    folded, wanted = fold(name), fold(typed)
    return any(folded.startswith(wanted, word.start) for word in words(folded))


def _candidate_item(candidate: Candidate) -> QStandardItem:
    speaker = candidate.speaker
    alias = f" — {candidate.name}" if fold(candidate.name) != fold(speaker.name) else ""
    item = QStandardItem(f"{speaker.name}{alias}, {speaker.type}")
    item.setData(candidate, _CANDIDATE)
    return item
