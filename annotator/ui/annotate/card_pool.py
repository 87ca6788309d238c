"""The cards that are seen, used again and again for whichever statements are in view."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.annotate.card import Card, Summary


@dataclass(frozen=True, slots=True)
class Seat:
    """One card to show: what it says and where."""

    statement_id: int
    summary: Summary
    compact: bool
    rect: QRect


class CardPool(QObject):
    """Widgets for cards; a card keeps its widget as long as it is seen."""

    opened = Signal(int)
    left = Signal()  # the card that had the focus is gone

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._cards: dict[int, Card] = {}
        self._spare: list[Card] = []

    def cards(self) -> list[Card]:
        """Return the cards that are shown, from the top."""
        return sorted(self._cards.values(), key=Card.y)

    def seat(self, seats: Sequence[Seat]) -> None:
        """Show just these cards, given from the top."""
        wanted = {seat.statement_id for seat in seats}
        for statement_id in [i for i in self._cards if i not in wanted]:
            self._release(statement_id)
        for seat in seats:
            card = self._cards.get(seat.statement_id)
            if card is None:
                card = self._spare.pop() if self._spare else self._make()
                self._cards[seat.statement_id] = card
            card.show_summary(seat.statement_id, seat.summary, compact=seat.compact)
            if card.geometry() != seat.rect:
                card.setGeometry(seat.rect)
            if card.isHidden():
                card.show()

    def _make(self) -> Card:
        card = Card(self._parent)
        card.opened.connect(self.opened)
        return card

    def _release(self, statement_id: int) -> None:
        card = self._cards.pop(statement_id)
        had_focus = card.hasFocus()
        if had_focus:
            card.clearFocus()  # else Qt would hand the focus to the next card
        card.hide()
        self._spare.append(card)
        if had_focus:
            self.left.emit()
