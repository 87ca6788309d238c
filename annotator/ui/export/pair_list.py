"""The closest pairs of two splits: how alike, and both texts below each other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from annotator.formats.card_facts import Pair
from annotator.ui import theme
from annotator.ui.export.fields import emptied
from annotator.ui.words import ElidedWords, Words

_LONGEST = 240  # characters of a text


class PairList(QWidget):
    """A few pairs, the closest first; those that leak stand out."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Closest rows of two splits")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.pairs: list[Pair] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)

    def show_pairs(self, pairs: Sequence[Pair], threshold: float) -> None:
        """Show these pairs; from `threshold` on they leak."""
        self.pairs = list(pairs)
        emptied(self._grid)
        for row, pair in enumerate(pairs):
            leaks = pair.similarity >= threshold
            number = Words(
                f"{pair.similarity:.2f}", strong=leaks, tone="danger" if leaks else "soft"
            )
            self._grid.addWidget(number, 3 * row, 0)
            for below, text in enumerate((pair.train, pair.test)):
                shown = " ".join((text or "(without its text)")[:_LONGEST].split())
                line = ElidedWords(shown, size=theme.BODY, tone="soft" if below else "ink")
                line.setFont(theme.serif(theme.BODY))
                self._grid.addWidget(line, 3 * row + below, 1)
            self._grid.setRowMinimumHeight(3 * row + 2, theme.TIGHT + 2)
