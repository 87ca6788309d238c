"""A confusion matrix of cells that can be opened; arrows go through them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.agreement import confusing, roving, saying
from annotator.ui.shapes import paint_shape
from annotator.ui.words import Words

_CELL = 34
_WIDEST = 92
_SHAPE = 9


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the matrix: its words, and the shape of a stance if it has one."""

    words: str
    symbol: str = ""


class _Head(QWidget):
    """The label over a column, or before a row."""

    def __init__(self, label: Label, *, before: bool) -> None:
        super().__init__()
        self._label = label
        self._before = before
        self._short = False
        self.setToolTip(label.words)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Maximum if before else policy.Ignored, policy.Fixed)

    @property
    def fits(self) -> bool:
        """Whether there is room for the words."""
        return self.width() >= self._wide()

    def show_short(self, *, short: bool) -> None:
        """Show the shape alone, if there is one."""
        self._short = short and bool(self._label.symbol)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(min(self._wide() + theme.SMALL, 118), _CELL if self._before else 22)

    def _wide(self) -> int:
        words = QFontMetricsF(theme.sans(theme.CAPTION + 1)).horizontalAdvance(self._label.words)
        return round(words + (_SHAPE + 5 if self._label.symbol else 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, label = theme.current(), self._label
        painter = QPainter(self)
        font = theme.sans(theme.CAPTION + 1)
        metrics = QFontMetricsF(font)
        shape = _SHAPE + (0 if self._short else 5) if label.symbol else 0
        room = self.width() - shape
        words = metrics.elidedText(label.words, Qt.TextElideMode.ElideRight, room)
        if self._short:
            words = ""
        wide = metrics.horizontalAdvance(words) + shape
        left = 0.0 if self._before else max(0.0, (self.width() - wide) / 2)
        if label.symbol:
            box = QRectF(left, 0, _SHAPE, self.height())
            paint_shape(painter, box, label.symbol, theme.colour(look.ink))
        painter.setFont(font)
        painter.setPen(theme.colour(look.ink))
        box = QRectF(left + shape, 0, self.width() - left - shape + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.end()


class Cell(QAbstractButton):
    """How often one annotator chose the row's label where the other chose the column's."""

    stepped = Signal(int, int)

    def __init__(self, row: int, column: int, count: int, most: int, words: str) -> None:
        super().__init__()
        self.row, self.column, self.count = row, column, count
        self._depth = confusing.depth(count, most)
        self.setCheckable(True)
        self.setMinimumSize(26, _CELL)
        self.setMaximumSize(_WIDEST, _CELL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if count:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setToolTip(words)

    @override
    def sizeHint(self) -> QSize:
        return QSize(52, _CELL)

    @override
    def nextCheckState(self) -> None:
        """Stay as it is: the card says which cell is listed."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = roving.step_of(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is not None:
            self.stepped.emit(*step)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        strong = look.accent if self.row == self.column else look.warning
        ground = theme.mixed(look.paper, strong, self._depth)
        if not self.count:
            ground = theme.mixed(look.paper, look.ground, 0.8)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus() or self.isChecked() or (self.underMouse() and self.count):
            tone = look.accent if self.hasFocus() else look.ink if self.isChecked() else look.edge
            painter.setPen(QPen(theme.colour(tone), 2 if self.hasFocus() else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 7, 7)
        painter.setFont(theme.sans(theme.BODY, strong=self.row == self.column))
        painter.setPen(theme.ink_on(ground) if self.count else theme.colour(look.soft))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignCenter, f"{self.count:,}" if self.count else "·"
        )
        painter.end()


class MatrixGrid(QWidget):
    """The cells with their labels, and at the right how far each label is agreed on."""

    opened = Signal(int, int)

    def __init__(
        self, labels: Sequence[Label], counts: confusing.Counts, people: tuple[str, str]
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"Confusion matrix: rows {people[0]}, columns {people[1]}")
        self.cells: dict[tuple[int, int], Cell] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        most = max((count for row in counts for count in row), default=0)
        self._heads = [_Head(label, before=False) for label in labels]
        for at, label in enumerate(labels):
            grid.addWidget(self._heads[at], 0, at + 1)
            grid.addWidget(_Head(label, before=True), at + 1, 0)
            grid.addWidget(self._specific(label, confusing.specific(counts, at)), at + 1, 99)
            grid.setColumnStretch(at + 1, 1)
            for column, other in enumerate(labels):
                words = (
                    f"{people[0]} {label.words}, {people[1]} {other.words}:"
                    f" {saying.counted(counts[at][column], 'pair', 'pairs')}"
                )
                cell = Cell(at, column, counts[at][column], most, words)
                cell.clicked.connect(self._on_clicked)
                cell.stepped.connect(self._on_stepped)
                self.cells[at, column] = cell
                grid.addWidget(cell, at + 1, column + 1)
        if self.cells:
            roving.only_stop(list(self.cells.values()), self.cells[0, 0])

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Show which cell is listed."""
        for place, button in self.cells.items():
            button.setChecked(place == cell)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = not all(head.fits for head in self._heads)
        for head in self._heads:
            head.show_short(short=short)

    def _specific(self, label: Label, value: float | None) -> QWidget:
        words = Words("–" if value is None else saying.number(value), tone="soft")
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words.setMinimumWidth(38)
        said = "nobody chose it" if value is None else saying.number(value)
        words.setToolTip(f"Specific agreement on {label.words}: {said}, 2a / (2a + b + c)")
        words.setAccessibleName(words.toolTip())
        return words

    @Slot()
    def _on_clicked(self) -> None:
        cell = self.sender()
        assert isinstance(cell, Cell)
        roving.only_stop(list(self.cells.values()), cell)
        if cell.count:
            self.opened.emit(cell.row, cell.column)

    @Slot(int, int)
    def _on_stepped(self, down: int, right: int) -> None:
        cell = self.sender()
        assert isinstance(cell, Cell)
        goal = self.cells.get((cell.row + down, cell.column + right))
        if goal is not None:
            roving.only_stop(list(self.cells.values()), goal)
            goal.setFocus(Qt.FocusReason.TabFocusReason)
