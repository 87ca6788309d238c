"""The margin: one card beside each statement in view; the chosen one is open as the form."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain as joined

from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.records import Speaker, Statement
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.card import BAR_HEIGHT, Card, Summary, height_of, summarise
from annotator.ui.annotate.card_pool import CardPool, Seat
from annotator.ui.annotate.form import StatementForm
from annotator.ui.annotate.margin_layout import arrange
from annotator.ui.annotate.margin_words import how_to_mark, more_above, more_below
from annotator.ui.chips import Chip, Face
from annotator.ui.tab_order import chain, laid_out
from annotator.ui.words import Words

_GAP = theme.SMALL
_LEFT = theme.LARGE
_ABOVE, _BELOW = "above", "below"
_POINTER_ROOM = float(theme.CHIP_HEIGHT + theme.TIGHT)
_RISE = 6  # a card's first line then stands beside the line of its text
_FAR = 1e6  # where a chosen card would stand whose words are far out of view


@dataclass(frozen=True, slots=True)
class _Known:
    """The summary of a statement as long as neither it nor its speaker changes."""

    statement: Statement
    speaker: Speaker | None
    summary: Summary
    height: float


class Margin(QWidget):
    """Shows statements beside the text; `chosen` gives the id of a card that was clicked.

    Statements come in reading order. Only cards that are seen exist as widgets.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._statements: Sequence[Statement] = ()
        self._starts: list[int] = []
        self._codebook: Codebook | None = None
        self._speakers: Mapping[int, Speaker] = {}
        self._text = ""
        self._lang = "en"
        self._read_only = False
        self._chosen: int | None = None
        self._y_of: Callable[[int], float] | None = None
        self._in_view: Callable[[], Span | None] | None = None
        self._wheel_to: QObject | None = None
        self._known: dict[int, _Known] = {}
        self._more: dict[str, int] = {}
        self._placing = False
        self._ordered: list[QWidget] = []  # what the Tab key goes through, as it was put in order
        self.setFixedWidth(theme.CARD_WIDTH + theme.LARGE + theme.WIDE)
        self.form = StatementForm()
        self.form.resized.connect(self.refresh_places)
        self._holder = _holder(self, self.form)
        self._pool = CardPool(self)
        self._pool.opened.connect(self.chosen)
        self._pool.left.connect(self.form.finished)
        self._empty = Words("", tone="soft", wrap=True)
        self._empty.setParent(self)
        self._above, self._below = (Chip(Face(""), end, kind="pointer") for end in (_ABOVE, _BELOW))
        for pointer in (self._above, self._below):
            pointer.setParent(self)
            pointer.hide()
            pointer.picked.connect(self._on_more)

    # What is shown

    def show_statements(
        self,
        statements: Sequence[Statement],
        codebook: Codebook,
        speakers: Mapping[int, Speaker],
        article_text: str,
        lang: str,
        read_only: bool,
    ) -> None:
        """Show these statements (in reading order) in the place of those shown before."""
        if codebook is not self._codebook or lang != self._lang:
            self._known.clear()
        self._statements, self._codebook, self._speakers = statements, codebook, speakers
        self._starts = [s.start for s in statements]
        self._text, self._lang, self._read_only = article_text, lang, read_only
        empty = bool(article_text) and not read_only and not statements
        self._empty.setText(how_to_mark(codebook, lang) if empty else "")
        self._empty.setVisible(empty)
        self._lay_empty()
        self._show_form()
        self.refresh_places()

    def choose(self, statement_id: int | None) -> None:
        """Open the card of a statement; None closes the one that is open."""
        if statement_id != self._chosen:
            self.form.commit()
            self._chosen = statement_id
            self._show_form()
            self.refresh_places()

    def place_by(self, y_of: Callable[[int], float], in_view: Callable[[], Span | None]) -> None:
        """Place cards by `y_of` (code point to pixels from the top) and what `in_view` says."""
        self._y_of, self._in_view = y_of, in_view
        self.refresh_places()

    def pass_wheel_to(self, scrolled: QObject) -> None:
        """Let the mouse wheel over the margin scroll this widget, the text."""
        self._wheel_to = scrolled

    def first_widget(self) -> QWidget | None:
        """Return where the keyboard comes in: the form, else the first card; None when empty."""
        if self._holder.isVisibleTo(self):
            return self.form.first_widget()
        return next(iter(self._pool.cards()), None)

    def cards(self) -> list[Card]:
        """Return the cards that are shown, from the top."""
        return self._pool.cards()

    @Slot()
    def refresh_places(self) -> None:
        """Put every card beside its statement as the text is scrolled now."""
        if self._placing or self._y_of is None or self._in_view is None:
            return
        self._placing = True
        view = self._in_view()
        if view is None or self._codebook is None or self.height() <= 1:
            self._pool.seat([])
            self._show_pointers((), ())
        else:
            self._arrange(self._near(view), view)
        self._placing = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_empty()
        self.refresh_places()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh_places()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._wheel_to is not None:
            QCoreApplication.sendEvent(self._wheel_to, event)
        else:
            super().wheelEvent(event)

    # Which statements

    def _near(self, view: Span) -> list[int]:
        """Return the indices of the statements that start in view or so near that they push."""
        around = len(view) // 4
        first = bisect_left(self._starts, view.start - around)
        last = bisect_right(self._starts, view.end + around)
        found = list(range(first, last))
        at = self._chosen_index()
        if at is not None and not first <= at < last:
            found = [at, *found] if at < first else [*found, at]
        return found

    def _chosen_index(self) -> int | None:
        statement = self.form.statement
        if self._chosen is None or statement is None or statement.id != self._chosen:
            return None
        # The form shows the statement as it is in the list: its start leads there.
        at = bisect_left(self._starts, statement.start)
        while at < len(self._statements) and self._statements[at].id != self._chosen:
            at += 1
        return at if at < len(self._statements) else None

    def _card_of(self, statement: Statement) -> _Known:
        assert self._codebook is not None
        speaker = self._speakers.get(statement.speaker_id) if statement.speaker_id else None
        known = self._known.get(statement.id)
        if known is None or known.statement is not statement or known.speaker != speaker:
            summary = summarise(statement, self._codebook, self._speakers, self._lang)
            height = float(height_of(summary, compact=False))
            known = self._known[statement.id] = _Known(statement, speaker, summary, height)
        return known

    # Where they stand

    def _arrange(self, shown: list[int], view: Span) -> None:
        statements = [self._statements[i] for i in shown]
        known = [self._card_of(s) for s in statements]
        chosen = next((n for n, s in enumerate(statements) if s.id == self._chosen), None)
        tall = [each.height for each in known]
        if chosen is not None:
            tall[chosen] = float(self._form_height())
        anchors = [self._anchor(s, view) for s in statements]
        plan = arrange(anchors, tall, BAR_HEIGHT, chosen, _GAP, float(self.height()), _POINTER_ROOM)
        out = {*plan.above, *plan.below}
        seats = [
            Seat(s.id, known[n].summary, plan.compact[n], _rect(plan.tops[n], plan.heights[n]))
            for n, s in enumerate(statements)
            if n != chosen and n not in out and -plan.heights[n] < plan.tops[n] < self.height()
        ]
        self._pool.seat(seats)
        if chosen is not None:
            self._holder.setGeometry(_rect(plan.tops[chosen], plan.heights[chosen]))
        self._show_pointers(
            [statements[n].id for n in plan.above], [statements[n].id for n in plan.below]
        )
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let the Tab key go from the top to the bottom, the form in its place among the cards."""
        parts = sorted([*self._pool.cards(), self._holder], key=QWidget.y)
        if parts != self._ordered:
            self._ordered = parts
            form = list(laid_out(self.form))
            steps = [form if part is self._holder else [part] for part in parts]
            chain([self._above, *joined.from_iterable(steps), self._below])

    def _anchor(self, statement: Statement, view: Span) -> float:
        assert self._y_of is not None
        around = len(view)
        if statement.start < view.start - around:
            return -_FAR
        if statement.start > view.end + around:
            return _FAR
        y = self._y_of(statement.start)
        return max(0.0, y - _RISE) if y >= 0 else y - _RISE

    def _form_height(self) -> int:
        return max(0, min(self.form.heightForWidth(theme.CARD_WIDTH), self.height()))

    def _show_form(self) -> None:
        """Open the form for the chosen statement, or close it."""
        chosen = next((s for s in self._statements if s.id == self._chosen), None)
        if chosen is None or self._codebook is None:
            self._chosen = None
            focus = QApplication.focusWidget()
            if focus is not None and self._holder.isAncestorOf(focus):
                self.form.finished.emit()
            self._holder.hide()
            return
        self.form.show_statement(
            chosen, self._codebook, self._speakers, self._text, self._lang, self._read_only
        )
        self._holder.show()
        self._ordered = []  # chips made anew stand last

    def _show_pointers(self, above: Sequence[int], below: Sequence[int]) -> None:
        for pointer, ids, tell in (
            (self._above, above, more_above),
            (self._below, below, more_below),
        ):
            if ids:
                self._more[pointer.value] = ids[0]
                pointer.show_face(Face(tell(len(ids))))
                pointer.adjustSize()
                left = _LEFT + (theme.CARD_WIDTH - pointer.width()) // 2
                low = self.height() - pointer.height()
                pointer.move(left, 0 if pointer is self._above else low)
                pointer.raise_()
            pointer.setVisible(bool(ids))

    def _lay_empty(self) -> None:
        width = theme.CARD_WIDTH - theme.WIDE
        self._empty.setGeometry(_LEFT, theme.SMALL, width, self._empty.heightForWidth(width))

    @Slot(str)
    def _on_more(self, which: str) -> None:
        self.chosen.emit(self._more[which])


def _rect(top: float, height: float) -> QRect:
    return QRect(_LEFT, round(top), theme.CARD_WIDTH, round(height))


def _holder(parent: QWidget, form: StatementForm) -> QScrollArea:
    """Return what the form lies in: it scrolls where the window is lower than the form."""
    holder = QScrollArea(parent)
    holder.setFrameShape(QFrame.Shape.NoFrame)
    holder.setWidgetResizable(True)
    holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # A click on a chip would else give the focus to the area around it, away from the text.
    holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder.viewport().setAutoFillBackground(False)
    form.setAutoFillBackground(False)
    holder.setWidget(form)
    form.setAutoFillBackground(False)  # setWidget turned it on
    holder.hide()
    return holder
