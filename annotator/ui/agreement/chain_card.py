"""Where agreement is lost: the chain of links as bars, each leading to its disagreements."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain import codebook as codebooks
from annotator.domain.codebook import Codebook
from annotator.ui import theme
from annotator.ui.agreement import bars, roving, saying
from annotator.ui.agreement.card import Card
from annotator.ui.agreement.chain import Link, chain, filled
from annotator.ui.agreement.chain_row import LinkRow, axis_of
from annotator.ui.words import Words

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Section
    from annotator.domain.agreement.values import Measure

_SUBTITLE = "A statement is made from top to bottom. Click a step to list its disagreements."
_LINES = (
    "At .667 and .800 Krippendorff’s lines for α; an α below .667 stands out. F1, grey, is not"
    " corrected for chance."
)
_HEAD = 16
LOWER, UPPER = ((value, f"{value:.3f}"[1:]) for value in saying.LINES)


class _Scale(QWidget):
    """The numbers over the lines of the axis."""

    def __init__(self) -> None:
        super().__init__()
        self.low = 0.0
        self.setFixedHeight(_HEAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.sans(theme.CAPTION - 1))
        painter.setPen(theme.colour(theme.current().soft))
        axis = axis_of(self.width(), self.low)
        # the two lines are near to each other: their numbers stand at their outer sides
        for value, words, shift in ((0.0, "0", 0), (*LOWER, -8), (*UPPER, 8)):
            box = QRectF(axis.x(value) - 20 + shift, 0, 40, _HEAD)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class ChainCard(Card):
    """The links of the chain; `chosen` carries the Link whose disagreements are asked for."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Where agreement is lost", _SUBTITLE)
        self.rows: list[LinkRow] = []
        self._codebook: Codebook | None = None
        self._lang = "en"
        self._scale = _Scale()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._lines = Words(_LINES, size=theme.CAPTION + 1, tone="soft", wrap=True)
        two_lines = 2 * self._lines.fontMetrics().lineSpacing() + 4
        self._lines.setMinimumHeight(two_lines)  # so that nothing moves when a step is chosen
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail = Words(size=theme.CAPTION + 1, tone="soft", wrap=True)
        self._detail.setMinimumHeight(two_lines)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setSpacing(0)
        self.body.addWidget(self._scale)
        self.body.addLayout(self._list)
        self.body.addSpacing(theme.TIGHT)
        self.body.addWidget(self._lines)
        self.body.addWidget(self._detail)
        self.body.addStretch(1)

    def show_codebook(self, codebook: Codebook, lang: str) -> None:
        """Show the chain of a codebook, without values."""
        self._codebook, self._lang = codebook, lang
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for link in chain(codebook, lang):
            row = LinkRow(link)
            row.picked.connect(self._on_picked)
            row.stepped.connect(self._on_stepped)
            self.rows.append(row)
            self._list.addWidget(row)
        roving.only_stop(self.rows, self.rows[0])
        self._show_detail()

    def show_sections(self, sections: "Sequence[Section]") -> None:
        """Show what is worked out so far; nothing of what was there before stays."""
        links = filled([row.link for row in self.rows], sections)
        low = bars.lowest(link.measure for link in links)
        self._scale.low = low
        self._scale.update()
        for row, link in zip(self.rows, links, strict=True):
            row.low = low
            row.show_link(link)
        self._show_detail()

    def choose(self, name: str | None) -> None:
        """Show which link's disagreements are listed; None for no single one's."""
        for row in self.rows:
            row.setChecked(row.link.name == name)
        self._show_detail()

    def link(self, name: str) -> Link:
        """Return the link of a measure."""
        return next(row.link for row in self.rows if row.link.name == name)

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this card gets them."""
        return next((row for row in self.rows if row.isChecked()), self.rows[0])

    @Slot(str)
    def _on_picked(self, name: str) -> None:
        row = next(row for row in self.rows if row.link.name == name)
        roving.only_stop(self.rows, row)
        self.chosen.emit(row.link)

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        here = next((at for at, row in enumerate(self.rows) if row is self.sender()), 0)
        goal = self.rows[max(0, min(here + step, len(self.rows) - 1))]
        roving.only_stop(self.rows, goal)
        goal.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_detail(self) -> None:
        link = next((row.link for row in self.rows if row.isChecked()), None)
        known = link is not None and link.measure is not None
        self._detail.setVisible(known)
        self._lines.setVisible(not known)
        if link is not None:
            beside = " · ".join(self._beside(one, bounds=False) for one in link.others)
            self._detail.setText(f"{link.words}." + (f"\nBeside it: {beside}" if beside else ""))
            self._detail.setToolTip("\n".join(self._beside(m, bounds=True) for m in link.others))

    def _beside(self, measure: "Measure", *, bounds: bool) -> str:
        assert self._codebook is not None
        named = saying.named(measure.name, self._codebook, self._lang)
        title = named.coefficient if named.coefficient != "share" else named.title.lower()
        target = self._codebook.target(measure.target)
        if target is not None:
            title = f"{title} {codebooks.words(target.name, self._lang)}"
        between = saying.interval(measure) if bounds else ""
        return f"{title} {saying.short(measure)}" + (f" ({between})" if between else "")
