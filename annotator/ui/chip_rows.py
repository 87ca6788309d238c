"""Rows of chips: a label at the left, chips at the right that wrap."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from annotator.domain.codebook import Choice, words
from annotator.ui import theme
from annotator.ui.chips import Chip, Face
from annotator.ui.flow import FlowLayout
from annotator.ui.tab_order import chain

_NEEDED = 5  # the dot before the label of what is still missing
NEEDED_ROOM = 8


class ChipFlow(QWidget):
    """Chips side by side, wrapping; the Tab key stops once, arrow keys go from chip to chip."""

    def __init__(self) -> None:
        super().__init__()
        self.chips: list[Chip] = []
        self._flow = FlowLayout(2)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips in the place of those shown before, which are deleted."""
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = list(chips)
        for chip in self.chips:
            chip.stepped.connect(self._on_stepped)
            chip.focused.connect(self.refresh_stop)
            self._flow.addWidget(chip)
        self.refresh_stop()
        self.updateGeometry()

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        at = next((i for i, chip in enumerate(self.chips) if chip.hasFocus()), 0)
        self.chips[(at + step) % len(self.chips)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def refresh_stop(self) -> None:
        """Let the Tab key stop at the chip with the focus, else the chosen one, else the first."""
        wanted = (
            next((chip for chip in self.chips if chip.hasFocus()), None)
            or next((chip for chip in self.chips if chip.isChecked()), None)
            or next(iter(self.chips), None)
        )
        stop = Qt.FocusPolicy.TabFocus
        if wanted is not None and wanted.focusPolicy() != stop:
            wanted.setFocusPolicy(stop)
            # In the place of the one before, while that still has a place.
            chain([*(chip for chip in self.chips if chip is not wanted), wanted])
        for chip in self.chips:
            chip.setFocusPolicy(stop if chip is wanted else Qt.FocusPolicy.NoFocus)


class RowLabel(QWidget):
    """The name of a row in small letters; a dot before it while the row is still needed."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self._name = name
        self._needed = False
        self.setFixedSize(width, theme.CHIP_HEIGHT)
        self._tell()

    @property
    def needed(self) -> bool:
        """Whether the dot is shown."""
        return self._needed

    def show_needed(self, needed: bool) -> None:
        """Show or hide the dot."""
        if needed != self._needed:
            self._needed = needed
            self._tell()
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._needed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.warning))
            dot = QRectF(0, (self.height() - _NEEDED) / 2, _NEEDED, _NEEDED)
            painter.drawEllipse(dot)
        font = theme.sans(theme.CAPTION)
        painter.setFont(font)
        painter.setPen(QColor(look.ink if self._needed else look.soft))
        box = QRectF(self.rect()).adjusted(NEEDED_ROOM, 0, -theme.TIGHT, 0)
        shown = QFontMetricsF(font).elidedText(
            self._name, Qt.TextElideMode.ElideRight, box.width() + 1
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}, needed" if self._needed else self._name)


def label_width(names: Sequence[str]) -> int:
    """Return how wide the column of labels is that holds `names`, within reason."""
    metrics = QFontMetricsF(theme.sans(theme.CAPTION))
    widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
    return max(64, min(104, int(widest) + 1 + NEEDED_ROOM + theme.TIGHT))


class Row(QWidget):
    """A label at the left and one widget at the right, both from the top."""

    def __init__(self, label: QWidget, body: QWidget) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(body, 1)


class ChipRow(Row):
    """A label and the choices of one group; `chosen` gives None when the chosen one is clicked."""

    chosen = Signal(str, object)

    def __init__(
        self, group: str, name: str, choices: Sequence[Choice], lang: str, width: int
    ) -> None:
        self._flow = ChipFlow()
        self.label = RowLabel(name, width)
        super().__init__(self.label, self._flow)
        self.group = group
        self._name = name
        self._value: str | None = None
        self._flow.show_chips([self._chip(choice, lang) for choice in choices])
        for chip in self.chips:
            chip.picked.connect(self._on_picked)

    @property
    def chips(self) -> list[Chip]:
        """The chips in the order of the codebook."""
        return self._flow.chips

    @property
    def value(self) -> str | None:
        """The choice that is shown as chosen."""
        return self._value

    def chip(self, value: str) -> Chip | None:
        """Return the chip of a choice."""
        return next((chip for chip in self.chips if chip.value == value), None)

    def show_value(
        self, value: str | None, *, hue: str | None, needed: bool, enabled: bool
    ) -> None:
        """Show what is chosen; a target's own hue goes before `hue`."""
        self._value = value
        self.label.show_needed(needed)
        for chip in self.chips:
            chip.setChecked(chip.value == value)
            chip.show_hue(chip.face.hue or hue)
            chip.setEnabled(enabled)
        self._flow.refresh_stop()

    @Slot(str)
    def _on_picked(self, value: str) -> None:
        self.chosen.emit(self.group, None if value == self._value else value)

    def _chip(self, choice: Choice, lang: str) -> Chip:
        name = words(choice.name, lang)
        definition = words(choice.definition, lang)
        said = f"{self._name}: {name.lower()}"
        face = Face(
            name,
            choice.key or "",
            symbol=choice.symbol or "",
            letter=choice.letter or "",
            hue=choice.hue,
            said=said,
            tip=tip(name, definition),
        )
        return Chip(face, choice.id)


class TagRow(Row):
    """A label and words that can be taken away; `removed` gives the value of the tag."""

    removed = Signal(str)

    def __init__(self, name: str, width: int) -> None:
        self._flow = ChipFlow()
        super().__init__(RowLabel(name, width), self._flow)
        self._tags: list[tuple[str, Face]] = []

    @property
    def chips(self) -> list[Chip]:
        """The tags as they are shown."""
        return self._flow.chips

    def show_tags(self, tags: Sequence[tuple[str, Face]], *, enabled: bool) -> None:
        """Show these tags (value and face), and the row only when there are any."""
        if list(tags) != self._tags:
            self._tags = list(tags)
            self._flow.show_chips([Chip(face, value, kind="tag") for value, face in tags])
            for chip in self.chips:
                chip.picked.connect(self.removed)
        for chip in self.chips:
            chip.setEnabled(enabled)
        self.setVisible(bool(tags))


def tip(name: str, definition: str) -> str:
    """Return a tool tip that wraps: the name in bold over its definition."""
    if not definition:
        return ""
    return f"<p><b>{escape(name)}</b><br>{escape(definition)}</p>"
