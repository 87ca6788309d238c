"""The rows of the import: one of their labels, its example, and what it becomes here."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.label_mapping import Goal
from annotator.services.label_survey import Slice, Their
from annotator.ui import theme
from annotator.ui.dialogs.label_goals import UNDECIDED, entries, goal_words
from annotator.ui.drop_down import DropDown
from annotator.ui.words import ElidedWords, Words

_COUNT_WIDTH = 48
_NAME_WIDTH = 180
_GOAL_WIDTH = 250
_LINE_HEIGHT = 24
_BEFORE = 0.3  # of the room, at most, for what stands before the words


class StillDropDown(DropDown):
    """A drop-down that the wheel scrolls past; it is changed by keys and clicks."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SliceLine(QWidget):
    """Words in their context, on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._slice: Slice = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)

    @property
    def shown(self) -> Slice:
        """The words before, the words meant, the words after."""
        return self._slice

    def show_slice(self, found: Slice | None) -> None:
        """Show these words; None shows nothing."""
        self._slice = found or ("", "", "")
        before, words, after = self._slice
        self.setAccessibleName(words)
        self.setToolTip(f"…{before}{words}{after}…" if words else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _LINE_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        before, words, after = self._slice
        if not words:
            return
        look, font = theme.current(), theme.serif(theme.BODY)
        metrics, room = QFontMetricsF(font), float(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        lead = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room * _BEFORE)
        meant = metrics.elidedText(
            words, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(lead) - 8
        )
        left = 0.0
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        for part, ink in ((lead, look.soft), (meant, look.ink)):
            width = metrics.horizontalAdvance(part)
            box = QRectF(left, 0, width + 2, self.height())
            if part is meant:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(look.accent_soft))
                high = metrics.height()
                ground = QRectF(left - 2, (self.height() - high) / 2, width + 4, high)
                painter.drawRoundedRect(ground, 3, 3)
            painter.setPen(theme.colour(ink))
            painter.drawText(box, flags, part)
            left += width
        if meant != words:  # they end in an ellipsis; a second one says nothing
            return
        rest = metrics.elidedText(after, Qt.TextElideMode.ElideRight, max(0.0, room - left - 2))
        painter.setPen(theme.colour(look.soft))
        painter.drawText(QRectF(left, 0, room - left, self.height()), flags, rest)


class LabelRow(QWidget):
    """One of their labels and the choice of what it becomes."""

    changed = Signal()

    def __init__(self, their: Their, goal: Goal | None, codebook: Codebook, lang: str) -> None:
        super().__init__()
        self.their = their
        count = Words(f"{their.count:,}", tone="soft")
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setFixedWidth(_COUNT_WIDTH)
        name = ElidedWords(their.key.removeprefix("relation "), strong=True)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        name.setFixedWidth(_NAME_WIDTH)
        example = SliceLine()
        example.show_slice(their.example)
        self.goals = StillDropDown()
        self.goals.setFixedWidth(_GOAL_WIDTH)
        self.goals.setMaxVisibleItems(16)
        self.goals.setAccessibleName(f"{their.key}, {their.count:,} times, becomes")
        self._fill(goal, codebook, lang)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.MEDIUM)
        for part, stretch in ((name, 0), (count, 0), (example, 1), (self.goals, 0)):
            layout.addWidget(part, stretch)
        self.goals.currentIndexChanged.connect(self._on_changed)

    @property
    def goal(self) -> Goal | None:
        """What it becomes; None as long as nobody has chosen."""
        found = self.goals.currentData()
        return found if isinstance(found, Goal) else None

    def choose(self, goal: Goal) -> None:
        """Choose what it becomes."""
        for at in range(self.goals.count()):
            if self.goals.itemData(at) == goal:
                self.goals.setCurrentIndex(at)
                return

    def _fill(self, goal: Goal | None, codebook: Codebook, lang: str) -> None:
        listed = list(entries(self.their.kind, codebook, lang))
        if goal is None:
            self.goals.addItem(UNDECIDED)
        elif all(goal != known for _, known in listed):
            self.goals.addItem(goal_words(goal, codebook, lang), goal)
        for shown, known in listed:
            if known is None:
                self.goals.insertSeparator(self.goals.count())
            else:
                self.goals.addItem(shown, known)
        if goal is not None:
            self.choose(goal)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


class NameRow(QWidget):
    """One of their annotators, and under which name their labels come in."""

    changed = Signal()

    def __init__(self, theirs: str, count: int, name: str) -> None:
        super().__init__()
        self.theirs = theirs
        number = Words(f"{count:,}", tone="soft")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setFixedWidth(_COUNT_WIDTH)
        shown = ElidedWords(theirs or "Not named in the file", strong=True)
        shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        shown.setFixedWidth(_NAME_WIDTH)
        self.field = QLineEdit(name)
        self.field.setFixedWidth(_GOAL_WIDTH)
        self.field.setPlaceholderText("Name here")
        self.field.setAccessibleName(f"Name here of {theirs or 'whoever labelled'}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(shown)
        layout.addWidget(number)
        layout.addStretch(1)
        layout.addWidget(self.field)
        self.field.textChanged.connect(self._on_changed)

    @property
    def name(self) -> str:
        """The name here; empty as long as there is none."""
        return " ".join(self.field.text().split())

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
