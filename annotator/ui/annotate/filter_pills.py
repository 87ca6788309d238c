"""The row of filters over the article list, with how many articles each lets through."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.annotate.article_model import Filter
from annotator.ui.flow import FlowLayout

_FILTERS: tuple[tuple[Filter, str], ...] = (
    ("todo", "To do"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("flagged", "Flagged"),
    ("all", "All"),
)
_PAD = 9


class Pill(QAbstractButton):
    """A rounded button with a word and a number, which can be switched on."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self._number = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(theme.sans(theme.CAPTION + 1))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_number(0)

    @property
    def number(self) -> int:
        """The number shown beside the word."""
        return self._number

    def show_number(self, number: int) -> None:
        """Show `number` beside the word."""
        self._number = number
        self.setText(f"{self._word} {number:,}")
        self.setAccessibleName(f"{self._word}, {number:,}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(words + 2.5) + 2 * _PAD, theme.CHIP_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _PAD + 16, theme.CHIP_HEIGHT)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        on, hover = self.isChecked(), self.underMouse()
        ground = colours.accent if on else colours.chip_hover if hover else colours.chip
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(ground))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(colours.ink if on else colours.accent), 1.5))
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        metrics = QFontMetricsF(self.font())
        number = f" {self._number:,}"
        room = self.width() - 2 * _PAD - metrics.horizontalAdvance(number) + 2
        word = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, room)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(theme.colour(colours.accent_ink if on else colours.ink))
        painter.drawText(_PAD, round(base), word)
        painter.setPen(theme.colour(colours.accent_ink if on else colours.soft))
        painter.drawText(round(_PAD + metrics.horizontalAdvance(word)), round(base), number)


class FilterPills(QWidget):
    """All filters; `chosen` carries the one that was switched on."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Which articles are listed")
        self._group = QButtonGroup(self)
        layout = FlowLayout(theme.TIGHT)
        self.setLayout(layout)
        self.pills: dict[Filter, Pill] = {}
        for number, (value, word) in enumerate(_FILTERS):
            pill = Pill(word)
            self.pills[value] = pill
            self._group.addButton(pill, number)
            layout.addWidget(pill)
        self.pills["all"].setChecked(True)
        self._refresh_stop()
        self._group.idToggled.connect(self._on_toggled)

    def show_counts(self, counts: Mapping[str, int], total: int) -> None:
        """Show how many articles each filter lets through."""
        for value, pill in self.pills.items():
            pill.show_number(total if value == "all" else counts.get(value, 0))

    def _refresh_stop(self) -> None:
        """Let the Tab key stop at the filter in force; arrow keys go from one to the next."""
        for pill in self.pills.values():
            on = pill.isChecked()
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    @Slot(int, bool)
    def _on_toggled(self, number: int, on: bool) -> None:
        self._refresh_stop()
        if on:
            self.chosen.emit(_FILTERS[number][0])
