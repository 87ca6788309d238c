"""The card of the disagreements: filters by kind, the list, and what is done with a case."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from annotator.services.disagreeing import Listed
from annotator.ui import theme
from annotator.ui.agreement import saying
from annotator.ui.agreement.card import Card
from annotator.ui.agreement.case_delegate import CaseDelegate
from annotator.ui.agreement.case_model import ALL, CaseModel
from annotator.ui.agreement.case_words import Wording, inside
from annotator.ui.agreement.choice_pills import ChoicePills
from annotator.ui.agreement.slicing import Slice
from annotator.ui.chips import Chip, Face
from annotator.ui.words import Words

_ORDER = ("found", "boundary", "speaker", "target", "stance", "source_chain")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BATCH = 1000
_WAITING = "Being worked out…"
_NONE = "No disagreement here."


class CaseView(QListView):
    """The list; Enter or a click opens a case in its article."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self.setAccessibleName("Disagreements")
        self.setUniformItemSizes(True)
        # Qt asks the model several times for each row it lays out; all at once is seen.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def say(self, words: str) -> None:
        """Say why the list is empty, while it is."""
        self._said = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setFont(theme.sans(theme.BODY))
        painter.setPen(theme.colour(theme.current().soft))
        box = QRectF(self.viewport().rect()).adjusted(theme.LARGE, theme.PAGE, -theme.LARGE, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(box, int(flags) | int(Qt.TextFlag.TextWordWrap), self._said)
        painter.end()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the page."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _on_clicked(self, _: QModelIndex) -> None:
        self.opened.emit()


class CaseCard(Card):
    """`opened` carries the case that is to be shown in its article.

    `filtered` carries the kind that is listed now, `freed` tells that a cell or part is listed no
    more, `chosen` that another case is the current one.
    """

    opened = Signal(object)
    filtered = Signal(str)
    freed = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__("Disagreements")
        self.pills = ChoicePills("Kinds of disagreement")
        self.tag = Chip(Face("×"), kind="tag")
        self.view = CaseView()
        self.model = CaseModel(self)
        self._part: Slice | None = None
        self._count = Words(size=theme.STRONG, tone="soft")
        self.view.setModel(self.model)
        self.view.setItemDelegate(CaseDelegate(self.view, self.model))
        self.head.insertWidget(1, self._count)
        self.body.addWidget(self.pills)
        self.body.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.view, 1)
        self.tag.hide()
        self.pills.chosen.connect(self.show_kind)
        self.tag.picked.connect(self._on_freed)
        self.view.opened.connect(self.open)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.clear()

    @property
    def current(self) -> Listed | None:
        """The case that is chosen in the list."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    @property
    def kind(self) -> str:
        """The kind that is shown, `all` for every one."""
        return self.model.kind

    def clear(self) -> None:
        """Show that the disagreements are still to come."""
        self._part = None
        self.tag.hide()
        self.model.filter(ALL, None)
        self.model.show([])
        self._refresh(waiting=True)

    def show_cases(self, cases: Sequence[Listed], wording: Wording) -> None:
        """Show these disagreements, those of the kind chosen before."""
        self.model.wording = wording
        self.model.show(cases)
        self._refresh()

    def lend(self, title: str, cases: Sequence[Listed]) -> None:
        """Show what a cell holds in the place of the disagreements."""
        self._part = None
        self._show_tag(title)
        self.model.lend(cases)
        self._refresh()

    def show_part(self, part: Slice) -> None:
        """Show only the disagreements of a target, speaker, article or pair."""
        self._part = part
        self._show_tag(part.name)
        self.model.lend(None)
        self.show_kind(self.model.kind)

    @Slot(str)
    def show_kind(self, kind: str) -> None:
        """Show one kind of disagreement, or `all`."""
        if self.tag.isVisibleTo(self) and self._part is None:  # a cell was listed
            self.tag.hide()
            self.model.lend(None)
            self.freed.emit()
        part = self._part
        chosen = None if part is None else _Membership(part.kind, part.key)
        self.model.filter(kind, chosen)
        self._refresh()
        self.filtered.emit(kind)

    def put_notes(self, notes: Mapping[int, str]) -> None:
        """Mark the cases that are to be discussed."""
        self.model.put_notes(notes)

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) case."""
        rows = self.model.rowCount()
        here = self.view.currentIndex().row()
        if rows:
            goal = self.model.index(max(0, min(here + step, rows - 1)))
            self.view.setCurrentIndex(goal)
            self.view.scrollTo(goal)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open(self) -> None:
        """Open the chosen case in its article."""
        if self.current is not None:
            self.opened.emit(self.current)

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this card gets them."""
        return self.view

    @property
    def narrowed(self) -> bool:
        """Whether less than all disagreements is listed."""
        return self.model.kind != ALL or self.tag.isVisibleTo(self)

    def widen(self) -> None:
        """List all disagreements again."""
        self._part = None
        self.tag.hide()
        self.model.lend(None)
        self.freed.emit()
        self.show_kind(ALL)

    def _show_tag(self, words: str) -> None:
        self.tag.show_face(Face(words, said=f"Only {words}; take this away", tip="Show all again"))
        self.tag.show()

    @Slot()
    def _on_freed(self) -> None:
        self._part = None
        self.tag.hide()
        self.model.lend(None)
        self.freed.emit()
        self.show_kind(self.model.kind)

    def _refresh(self, *, waiting: bool = False) -> None:
        model = self.model
        counts = model.counts()
        attributes = sorted(key for key in counts if key.startswith("attribute:"))
        values = {ALL: ("All", counts.total())}
        for key in (*_ORDER, *attributes):
            if counts[key] or key == model.kind:
                values[key] = (self._word(key), counts[key])
        self.pills.show_values(values, "" if model.lends else model.kind)
        self.pills.setVisible(not waiting and model.total > 0)
        self._count.setText("" if waiting else f"· {model.rowCount():,}")
        self.view.say(_WAITING if waiting else _NONE)
        if model.rows and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(model.index(0))
        self.view.scrollToTop()
        self.chosen.emit()

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _chosen: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit()

    def _word(self, key: str) -> str:
        _, _, attribute = key.partition(":")
        if self.model.wording is None:
            return saying.KINDS.get(key, attribute)
        wording = self.model.wording
        return wording.attribute(attribute) if attribute else wording.kind_of(key)


class _Membership:
    """Tells whether a case belongs to a part."""

    def __init__(self, kind: str, key: object) -> None:
        self._kind = kind
        self._key = key

    def __call__(self, case: Listed) -> bool:
        return inside(case, self._kind, self._key)
