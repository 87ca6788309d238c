"""The forms of dataset as a list: a name and a line of what each carries."""

import re
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.formats.datasets.form import Form
from annotator.ui import theme
from annotator.ui.words import Words

_Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 44  # all of them fit the window at its usual size
_PAD = 10

_CLAUSE = re.compile(r"(?<! and)[.,:;](?=\s|$)")

FORM = Qt.ItemDataRole.UserRole
HINT = Qt.ItemDataRole.UserRole + 1


class FormModel(QAbstractListModel):
    """The forms, each with how to install its library when that is not here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._forms: list[tuple[Form, str | None]] = []

    def show_forms(self, forms: Sequence[tuple[Form, str | None]]) -> None:
        """List these forms with their hints."""
        self.beginResetModel()
        self._forms = list(forms)
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """Return the row of a form; the first one if it is not there."""
        return next((row for row, (form, _) in enumerate(self._forms) if form.name == name), 0)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._forms)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._forms):
            return None
        form, hint = self._forms[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return form.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint or form.carries
        if role in (
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.AccessibleDescriptionRole,
        ):
            return f"{form.title}. {hint or form.carries}"
        if role == FORM:
            return form
        return hint if role == HINT else None


class FormDelegate(QStyledItemDelegate):
    """Two lines a form; grey where its library is missing."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        form, hint = index.data(FORM), index.data(HINT)
        state = option.state
        box = QRectF(option.rect).adjusted(theme.SMALL, 1, -theme.SMALL, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(look.accent_soft if chosen else look.chip))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(look.accent), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        room = box.adjusted(_PAD, 4, -_PAD, -4)
        half = room.height() / 2
        self._line(painter, QRectF(room.x(), room.y(), room.width(), half), form.title, hint)
        below = QRectF(room.x(), room.y() + half, room.width(), half)
        painter.setFont(theme.sans(theme.CAPTION))
        painter.setPen(theme.colour(look.soft))
        said = "Library not installed" if hint else _first_line(form.carries)
        self._elided(painter, below, said)
        painter.restore()

    def _line(self, painter: QPainter, room: QRectF, title: str, hint: str | None) -> None:
        look = theme.current()
        painter.setFont(theme.sans(theme.BODY, strong=hint is None))
        painter.setPen(theme.colour(look.soft if hint else look.ink))
        self._elided(painter, room, title)

    def _elided(self, painter: QPainter, room: QRectF, words: str) -> None:
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


class FormList(QWidget):
    """`chosen` carries the form that a person went to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.view = QListView()
        self.model = FormModel(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(FormDelegate(self.view))
        self.view.setAccessibleName("Formats")
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._on_current)

    @property
    def form(self) -> Form | None:
        """The form that is chosen."""
        found = self.view.currentIndex().data(FORM)
        return found if isinstance(found, Form) else None

    @property
    def missing(self) -> str | None:
        """How to install the library of the chosen form; None when it is here."""
        hint = self.view.currentIndex().data(HINT)
        return None if hint is None else str(hint)

    def show_forms(self, forms: Sequence[tuple[Form, str | None]], chosen: str) -> None:
        """List forms with their hints, one of them chosen; says nothing."""
        self.blockSignals(True)
        self.model.show_forms(forms)
        self.choose(chosen)
        self.blockSignals(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.scrollTo(self.view.currentIndex())

    def choose(self, name: str) -> None:
        """Go to a form."""
        self.view.setCurrentIndex(self.model.index(self.model.row_of(name)))

    def _lay_out(self) -> None:
        title = Words("Format", size=theme.STRONG, strong=True)
        title.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.TIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self.view, 1)

    @Slot()
    def _on_current(self) -> None:
        if self.form is not None:
            self.chosen.emit(self.form)


def _first_line(words: str) -> str:
    return _CLAUSE.split(words, maxsplit=1)[0]
