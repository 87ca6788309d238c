"""The margin: one card beside each statement in view; the chosen one is open as the form."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.records import Speaker, Statement
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.card import Card, Summary, height_of, summarise
from annotator.ui.annotate.form import StatementForm
from annotator.ui.annotate.margin_layout import clamped_top, place, room
from annotator.ui.annotate.margin_words import EmptyWords, how_to_mark
from annotator.ui.chips import Chip, Face

_GAP = theme.SMALL
_RISE = 6  # a card's first line then stands beside the line of its text
_FAR = 1e6  # where a chosen card would stand whose words are far out of view


@dataclass(frozen=True, slots=True)
class _Known:
    """The summary of a statement as long as neither it nor its speaker changes."""

    statement: Statement
    speaker: Speaker | None
    summary: Summary


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
        self._cards: dict[int, Card] = {}
        self._spare: list[Card] = []
        self._placing = False
        self.setFixedWidth(theme.CARD_WIDTH + theme.LARGE + theme.WIDE)
        self.form = StatementForm()
        self.form.resized.connect(self.refresh_places)
        self._holder = _holder(self, self.form)
        self._empty = EmptyWords(self)
        self._above = self._pointer()
        self._below = self._pointer()

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
        self._empty.setText(how_to_mark(codebook, lang) if article_text and not read_only else "")
        self._empty.setVisible(bool(self._empty.text()) and not statements)
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
        return next(iter(self.cards()), None)

    def cards(self) -> list[Card]:
        """Return the cards that are shown, from the top."""
        return sorted(self._cards.values(), key=Card.y)

    @Slot()
    def refresh_places(self) -> None:
        """Put every card beside its statement as the text is scrolled now."""
        if self._placing or self._y_of is None or self._in_view is None:
            return
        self._placing = True
        view = self._in_view()
        shown = self._near(view) if view is not None and self.height() > 1 else []
        self._arrange(shown, view)
        self._placing = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(theme.LARGE, theme.WIDE, theme.CARD_WIDTH, 120)
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
        """Return the indices of the statements that start in view or a view's length around it."""
        around = len(view)
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

    def _summary(self, statement: Statement) -> Summary:
        assert self._codebook is not None
        speaker = self._speakers.get(statement.speaker_id) if statement.speaker_id else None
        known = self._known.get(statement.id)
        if known is None or known.statement is not statement or known.speaker != speaker:
            summary = summarise(statement, self._codebook, self._speakers, self._lang)
            known = self._known[statement.id] = _Known(statement, speaker, summary)
        return known.summary
