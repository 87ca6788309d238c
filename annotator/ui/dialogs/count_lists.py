"""Counts side by side: by target, by stance, by article."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.words import ElidedWords, Words

ROWS = 5


def shortened(counts: Mapping[str, int], rows: int = ROWS) -> list[tuple[str, int]]:
    """Return the largest of `counts` first, at most `rows`; the last one sums up the rest."""
    listed = sorted(counts.items(), key=lambda pair: -pair[1])
    if len(listed) <= rows:
        return listed
    rest = listed[rows - 1 :]
    return [*listed[: rows - 1], (f"{len(rest):,} more", sum(n for _, n in rest))]


class CountList(QWidget):
    """A heading and a few names with their numbers."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT + 2)
        layout.addWidget(ElidedWords(heading, size=theme.CAPTION, tone="soft"))
        layout.addLayout(self._grid)
        layout.addStretch(1)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The names and numbers shown."""
        found: list[tuple[str, str]] = []
        for row in range(self._grid.rowCount()):
            items = (self._grid.itemAtPosition(row, 0), self._grid.itemAtPosition(row, 1))
            widgets = [item.widget() if item else None for item in items]
            name, number = widgets
            if isinstance(name, ElidedWords) and isinstance(number, Words):
                found.append((name.words, number.text()))
        return found

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show the largest of `counts`."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, number) in enumerate(shortened(counts)):
            figure = Words(f"{number:,}", tone="soft")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(ElidedWords(name), row, 0)
            self._grid.addWidget(figure, row, 1)
        self.setAccessibleName(
            f"{self._heading}: " + ", ".join(f"{name} {number}" for name, number in counts.items())
        )


class CountLists(QWidget):
    """Three lists of counts on a card."""

    def __init__(self) -> None:
        super().__init__()
        self.targets = CountList("By target")
        self.stances = CountList("By stance")
        self.articles = CountList("By article")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.WIDE + theme.SMALL)
        for part, stretch in ((self.targets, 4), (self.stances, 3), (self.articles, 5)):
            layout.addWidget(part, stretch)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.line), 1))
        painter.setBrush(theme.colour(colours.paper))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
