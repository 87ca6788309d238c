"""The card of the confusion matrix: which choice, which two annotators, and the cells."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from annotator.domain import codebook as codebooks
from annotator.domain.codebook import Choice, Codebook
from annotator.ui import theme
from annotator.ui.agreement import confusing, saying
from annotator.ui.agreement.card import Card
from annotator.ui.agreement.matrix import Label, MatrixGrid
from annotator.ui.drop_down import DropDown
from annotator.ui.words import Words

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Confusion

_WAITING = "Being worked out…"
_NOTHING = "No matched pair in which both chose."


class ConfusionCard(Card):
    """`wanted` asks for a matrix (choice, one, other); `opened` carries what a cell holds.

    `opened` gives the choice, the title of the cell and its pairs of statements.
    """

    wanted = Signal(str, int, int)
    opened = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__("Confusion")
        self.choice = DropDown()
        self.choice.setAccessibleName("Which choice the matrix shows")
        self.pair = DropDown()
        self.pair.setAccessibleName("Which two annotators the matrix compares")
        self.grid: MatrixGrid | None = None
        self._codebook: Codebook | None = None
        self._lang = "en"
        self._people: Mapping[int, str] = {}
        self._pairs: list[tuple[int, int]] = []
        self._shown: Confusion | None = None
        self._below = Words(_WAITING, size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.head.addWidget(self.choice)
        self.body.addWidget(self.pair)
        self.body.addWidget(self._below)
        self.body.addStretch(1)
        self.choice.currentIndexChanged.connect(self._ask)
        self.pair.currentIndexChanged.connect(self._ask)

    def show_codebook(self, codebook: Codebook, lang: str) -> None:
        """Offer the choices of a codebook."""
        self._codebook, self._lang = codebook, lang
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem("Stance", "stance")
            self.choice.addItem("Target", "target")
            for attribute in codebook.attributes:
                self.choice.addItem(codebooks.words(attribute.name, lang), attribute.id)

    def show_people(self, people: Mapping[int, str]) -> None:
        """Compare these annotators from now on, by id; ask for the matrix of two of them."""
        self._people = people
        before = self._pair
        self._pairs = list(combinations(sorted(people), 2))
        with QSignalBlocker(self.pair):
            self.pair.clear()
            self.pair.addItems([f"{people[a]} and {people[b]}" for a, b in self._pairs])
            self.pair.setCurrentIndex(self._pairs.index(before) if before in self._pairs else 0)
        self.pair.setVisible(len(self._pairs) > 1)
        self._ask()

    def show_confusion(self, choice: str, confusion: "Confusion") -> None:
        """Show a matrix, if it is the one asked for last."""
        if (choice, confusion.annotators) != (self.choice.currentData(), self._pair):
            return
        self._clear()
        self._shown = confusion
        names = (self._people[confusion.annotators[0]], self._people[confusion.annotators[1]])
        pairs = confusing.total(confusion.counts)
        self.say(f"Rows {names[0]}, columns {names[1]} · {saying.counted(pairs, 'pair', 'pairs')}")
        labels = [self._label(choice, id_) for id_ in confusion.labels]
        self.grid = MatrixGrid(labels, confusion.counts, names)
        self.grid.opened.connect(self._on_opened)
        self.body.insertWidget(1, self.grid)
        self._below.setText(self._told(labels, confusion) if pairs else _NOTHING)

    @property
    def shown(self) -> "tuple[str, Confusion] | None":
        """The matrix that is shown with the choice it is about; None while there is none."""
        return None if self._shown is None else (str(self.choice.currentData()), self._shown)

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Show which cell is listed; None for none."""
        if self.grid is not None:
            self.grid.choose(cell)

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this card gets them."""
        if self.grid is None:
            return self.choice
        cells = self.grid.cells.values()
        stop = Qt.FocusPolicy.StrongFocus
        return next((cell for cell in cells if cell.focusPolicy() == stop), self.choice)

    @Slot()
    def _ask(self) -> None:
        self._clear()
        self._below.setText(_WAITING)
        self.say("")
        if self._pair is not None:
            self.wanted.emit(self.choice.currentData(), *self._pair)

    @property
    def _pair(self) -> tuple[int, int] | None:
        at = self.pair.currentIndex()
        return self._pairs[at] if 0 <= at < len(self._pairs) else None

    def _clear(self) -> None:
        if self.grid is not None:
            self.body.removeWidget(self.grid)
            self.grid.hide()
            self.grid.deleteLater()
            self.grid = None
        self._shown = None

    @Slot(int, int)
    def _on_opened(self, row: int, column: int) -> None:
        assert self._shown is not None and self.grid is not None
        choice, found = self.choice.currentData(), self._shown
        first, second = (self._people[id_] for id_ in found.annotators)
        one, other = (self._label(choice, found.labels[at]).words for at in (row, column))
        self.grid.choose((row, column))
        title = f"{first} {one}, {second} {other}"
        self.opened.emit(choice, title, confusing.pairs_of(found, row, column))

    def _label(self, choice: str, id_: str) -> Label:
        found = self._found(choice, id_)
        if found is None:
            return Label(id_)
        return Label(codebooks.words(found.name, self._lang), found.symbol or "")

    def _found(self, choice: str, id_: str) -> Choice | None:
        assert self._codebook is not None
        if choice == "stance":
            return self._codebook.stance(id_)
        if choice == "target":
            return self._codebook.target(id_)
        attribute = self._codebook.attribute(choice)
        return attribute.choice(id_) if attribute is not None else None

    def _told(self, labels: list[Label], confusion: "Confusion") -> str:
        found = confusing.worst(confusion.counts)
        right = "At the right specific agreement, 2a / (2a + b + c)."
        if found is None:
            return f"Nothing is confused. {right}"
        one, other, times = found
        pairs = saying.counted(times, "pair", "pairs")
        return f"Confused most: {labels[one].words} and {labels[other].words}, {pairs}. {right}"
