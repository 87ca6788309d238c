"""The articles of the adjudicate page as rows: sign, title, and how far each is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.adjudicate.standings import Standing
from annotator.ui.annotate.article_delegate import NATURAL_HEIGHTS, Breaker, fitted

Index = QModelIndex | QPersistentModelIndex

_TITLE_LINES = 2
_INSET = theme.MEDIUM
_PAD = 10
_SIGN = 20
_GAP = theme.TIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list."""

    id: int
    title: str


def caption(standing: Standing | None) -> tuple[str, str]:
    """Return how far an article is, in words: what is plain, and what asks for another look."""
    if standing is None:
        return "…", ""
    status = standing.status
    urgent = []
    if status.stale:
        urgent.append(f"{status.stale} to look at again")
    if status.discuss:
        urgent.append(f"{status.discuss} to discuss")
    if status.incomplete:
        urgent.append(f"{status.incomplete} incomplete")
    if status.gold:
        plain = f"gold · {status.statements} statement{'' if status.statements == 1 else 's'}"
    elif not status.cases and not status.statements:
        plain = "not compared yet"
    elif status.left:
        agreed = f"{standing.agreed} agreed · " if standing.agreed else ""
        plain = f"{agreed}{status.left} of {status.cases} left"
    else:
        plain = f"{status.decided} of {status.cases} decided"
    return plain, " · ".join(urgent)


def paint_sign(painter: QPainter, standing: Standing | None, box: QRectF) -> None:
    """Paint how far an article is: ring, half disc, disc with a tick; amber for another look."""
    look = theme.current()
    status = standing.status if standing is not None else None
    ring = box.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status is not None and status.gold:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(look.good))
        painter.drawEllipse(box)
        pen = QPen(theme.colour(look.accent_ink), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, side = box.x(), box.y(), box.width()
        tick = ((0.26, 0.54), (0.44, 0.71), (0.75, 0.32))
        painter.drawPolyline(QPolygonF([QPointF(x + a * side, y + b * side) for a, b in tick]))
        return
    if status is None or not status.cases:
        painter.setPen(QPen(theme.colour(look.line), 1.5))
        painter.drawEllipse(ring)
        return
    tone = look.warning if status.stale else look.accent if status.decided else look.edge
    painter.setPen(QPen(theme.colour(tone), 1.5))
    painter.drawEllipse(ring)
    if status.decided:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tone))
        painter.drawPie(ring, 90 * 16, -round(360 * 16 * status.decided / status.cases))


class ArticleRows(QAbstractListModel):
    """The articles in their order, with what is known of each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.known: Mapping[int, Standing] = {}
        self.current: int | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these articles."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def place(self, article_id: int | None) -> int | None:
        """Return in which row an article stands."""
        return next((i for i, row in enumerate(self.rows) if row.id == article_id), None)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            plain, urgent = caption(self.known.get(row.id))
            return ", ".join(part for part in (row.title, plain, urgent) if part)
        return None


class RowPainter(QStyledItemDelegate):
    """Paints the rows; titles are broken into lines once."""

    def __init__(self, view: QListView, model: ArticleRows) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._plain = Breaker(theme.sans(theme.BODY))
        self._strong = Breaker(theme.sans(theme.BODY, strong=True))
        self._small = theme.sans(theme.CAPTION)
        self._title_height = round(QFontMetricsF(self._plain.font).height() * 1.08)
        self._small_height = round(QFontMetricsF(self._small).height() * 1.12)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = _TITLE_LINES
        if len(self._model.rows) <= NATURAL_HEIGHTS:
            lines = len(self._lines(self._model.rows[index.row()].title, current=True))
        return QSize(0, lines * self._title_height + 3 + self._small_height + 2 * _PAD + _GAP)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        current = row.id == self._model.current
        rect = QRectF(option.rect)
        width = self._view.width() - 2 * _INSET
        card = QRectF(_INSET, rect.y(), width, rect.height() - _GAP).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, card, option.state, current=current)
        self._words(painter, card, row, current=current)
        painter.restore()

    def _card(
        self, painter: QPainter, card: QRectF, state: QStyle.StateFlag, *, current: bool
    ) -> None:
        look = theme.current()
        if current:
            line = look.accent if self._view.hasFocus() else look.line
            painter.setPen(QPen(theme.colour(line), 1))
            painter.setBrush(theme.colour(look.paper))
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(look.chip))
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)

    def _words(self, painter: QPainter, card: QRectF, row: Row, *, current: bool) -> None:
        look = theme.current()
        standing = self._model.known.get(row.id)
        left, top = card.x() + _PAD, card.y() + _PAD
        sign = QRectF(left - 1, top + (self._title_height - 13) / 2, 13, 13)
        paint_sign(painter, standing, sign)
        left += _SIGN
        width = card.width() - 2 * _PAD - _SIGN
        font = (self._strong if current else self._plain).font
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(theme.colour(look.ink))
        for line in self._lines(row.title, current=current):
            shown = fitted(line, font, width + 2, Qt.TextElideMode.ElideRight)
            painter.drawText(QRectF(left, top, width + 4, self._title_height), flags, shown)
            top += self._title_height
        painter.setFont(self._small)
        plain, urgent = caption(standing)
        metrics = QFontMetricsF(self._small)
        base = QPointF(left, top + 3 + metrics.ascent())
        if urgent:
            plain = fitted(plain, self._small, width, Qt.TextElideMode.ElideRight) + " · "
        painter.setPen(theme.colour(look.good if standing and standing.status.gold else look.soft))
        painter.drawText(base, plain)
        painter.setPen(theme.colour(look.warning))
        room = width - metrics.horizontalAdvance(plain)
        rest = fitted(urgent, self._small, room, Qt.TextElideMode.ElideRight) if urgent else ""
        painter.drawText(base + QPointF(metrics.horizontalAdvance(plain), 0), rest)

    def _lines(self, title: str, *, current: bool) -> tuple[str, ...]:
        width = max(40, self._view.width() - 2 * _INSET - 2 * _PAD - _SIGN)
        return (self._strong if current else self._plain).lines(title, width, _TITLE_LINES)
