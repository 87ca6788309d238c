"""The rows of the command palette: what they hold and how they are painted."""

from dataclasses import dataclass
from typing import Literal

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
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from annotator.ui import keycaps, theme

ROW_HEIGHT = 34
HEADING_HEIGHT = 30
_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["heading", "action", "article"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list: a heading, an action or an article."""

    kind: Kind
    text: str
    id: str = ""
    menu: str = ""
    key: str = ""


class Rows(QAbstractListModel):
    """The rows that match."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Show `rows` in the place of those before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.text, row.menu, row.key) if part)
        return row if role == _ROLE else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowPainter(QStyledItemDelegate):
    """Paints one row: words at the left, menu and key caps at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(_ROLE)
        return QSize(0, HEADING_HEIGHT if row.kind == "heading" else ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROLE)
        look = theme.current()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "heading":
            painter.setFont(theme.sans(theme.CAPTION, strong=True))
            painter.setPen(theme.colour(look.soft))
            words = box.adjusted(theme.MEDIUM, theme.TIGHT, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, row.text)
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(look.selection if look.dark else look.accent_soft))
            painter.drawRoundedRect(QRectF(box), theme.RADIUS, theme.RADIUS)
        right = _paint_key(painter, box, row.key) if row.key else box.right() - theme.MEDIUM
        if row.menu:
            right = _paint_menu(painter, box, right, row.menu, look.ink if selected else look.soft)
        painter.setFont(theme.sans(theme.BODY))
        painter.setPen(theme.colour(look.ink))
        room = right - theme.MEDIUM - box.left() - theme.MEDIUM
        words = QRect(box.left() + theme.MEDIUM, box.top(), room, box.height())
        shown = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def _paint_key(painter: QPainter, box: QRect, key: str) -> int:
    names = keycaps.caps(key)
    left = box.right() - theme.SMALL - round(keycaps.width(names))
    middle = box.top() + box.height() // 2
    keycaps.paint(painter, QPointF(left, middle), names)
    return left


def _paint_menu(painter: QPainter, box: QRect, right: int, menu: str, colour: str) -> int:
    painter.setFont(theme.sans(theme.CAPTION))
    painter.setPen(theme.colour(colour))
    left = right - theme.MEDIUM - painter.fontMetrics().horizontalAdvance(menu)
    painter.drawText(
        QRect(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, menu
    )
    return left
