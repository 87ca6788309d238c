"""The cards of the page and where they stand, from a small window to a large one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.ui import theme
from annotator.ui.agreement.bar import AgreementBar
from annotator.ui.agreement.case_card import CaseCard
from annotator.ui.agreement.case_model import ALL
from annotator.ui.agreement.chain import Link
from annotator.ui.agreement.chain_card import ChainCard
from annotator.ui.agreement.compare_panel import ComparePanel
from annotator.ui.agreement.confusion_card import ConfusionCard
from annotator.ui.agreement.slice_card import SliceCard
from annotator.ui.agreement.slicing import Slice
from annotator.ui.words import Words

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Section

_SMALL_WINDOW = 1200
_SMALL_PANEL = 232
_BESIDE = 600  # from this width on the two lower cards stand side by side
_LEAST_CASES, _MOST_CASES = 310, 620  # width of the list of disagreements
_SENTENCE = 480
_STOPPED = "Stopped. What is shown is what was ready."


class Board(QWidget):
    """All that the page shows. `again` asks to compare anew, `celled` for a cell's cases."""

    again = Signal()
    celled = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.bar = AgreementBar()
        self.panel = ComparePanel()
        self.chain = ChainCard()
        self.confusion = ConfusionCard()
        self.slices = SliceCard()
        self.cases = CaseCard()
        self._why = Words(size=theme.STRONG, strong=True, wrap=True)
        self._what = Words(tone="soft", wrap=True)
        self._stopped = QWidget()
        self._again = QPushButton("Work it out again")
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pages = QStackedWidget()
        self._figures, self._nothing = QWidget(), QWidget()
        self._lay_out()
        self._connect()

    def show_project(self, name: str, codebook: Codebook, lang: str) -> None:
        """Show the choices of another project's codebook."""
        self.panel.show_project(name)
        self.chain.show_codebook(codebook, lang)
        self.confusion.show_codebook(codebook, lang)
        self.slices.show_codebook(codebook, lang)

    def clear(self) -> None:
        """Show no figure: what comes next is of another comparison."""
        self._stopped.hide()
        self.chain.choose(None)
        self.chain.show_sections(())
        self.slices.show_sections(())
        self.cases.clear()
        self.bar.show_ready(ready=False)

    def show_nothing(self, why: tuple[str, str] | None) -> None:
        """Say why there is nothing to compare and what to do; None shows the figures."""
        if why is not None:
            self._why.setText(why[0])
            self._what.setText(why[1])
        self._pages.setCurrentWidget(self._figures if why is None else self._nothing)

    def show_stopped(self) -> None:
        """Say that not everything was worked out."""
        self._stopped.show()

    def show_sections(self, every: "Sequence[Section]", new: "Sequence[Section]") -> None:
        """Show figures that are ready; `new` are those that came last."""
        if any(section.kind == "all" for section in new):
            self.chain.show_sections(every)
        if any(section.kind != "all" for section in new):
            self.slices.show_sections(every)

    @Slot(object)
    def show_link(self, link: Link) -> None:
        """List the disagreements of a link of the chain."""
        self.cases.show_kind(_key(link))
        self.chain.choose(link.name)

    @Slot(object)
    def show_part(self, part: Slice) -> None:
        """List the disagreements of a target, speaker, article or pair."""
        self.confusion.choose(None)
        self.cases.show_part(part)

    def panes(self) -> list[QWidget]:
        """Return what F6 goes through, in order."""
        if self._pages.currentWidget() is self._nothing:
            return [self.panel.first_widget()]
        cards = (self.panel, self.chain, self.confusion, self.slices, self.cases)
        return [card.first_widget() for card in cards]

    @Slot(str, str, object)
    def _on_cell(self, choice: str, title: str, pairs: object) -> None:
        self.chain.choose(None)
        self.celled.emit(choice, title, pairs)

    @Slot()
    def _on_freed(self) -> None:
        self.confusion.choose(None)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        shown = next((row.link for row in self.chain.rows if _key(row.link) == kind), None)
        self.chain.choose(shown.name if shown is not None and kind != ALL else None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        small = self.width() < _SMALL_WINDOW
        self.panel.setFixedWidth(_SMALL_PANEL if small else theme.LIST_WIDTH)
        gap = theme.MEDIUM if small else theme.WIDE
        room = self.width() - self.panel.width() - 3 * gap
        wide = max(_LEAST_CASES, min(round(room * 0.4), _MOST_CASES))
        across = room - wide >= _BESIDE
        direction = QBoxLayout.Direction
        self._lower.setDirection(direction.LeftToRight if across else direction.TopToBottom)
        layout = self._figures.layout()
        if layout is not None:
            layout.setContentsMargins(gap, theme.LARGE, gap, theme.LARGE)
            layout.setSpacing(gap)

    def _lay_out(self) -> None:
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.LARGE)
        inner.addWidget(self._stopped_strip())
        inner.addWidget(self.chain)
        self._lower.setSpacing(theme.LARGE)
        self._lower.addWidget(self.confusion, 1)
        self._lower.addWidget(self.slices, 1)
        inner.addLayout(self._lower, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(column)
        column.setAutoFillBackground(False)
        figures = QHBoxLayout(self._figures)
        figures.addWidget(area, 3)
        figures.addWidget(self.cases, 2)
        self.cases.setMinimumWidth(_LEAST_CASES)
        self.cases.setMaximumWidth(_MOST_CASES)
        self._lay_out_nothing()
        self._pages.addWidget(self._figures)
        self._pages.addWidget(self._nothing)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._pages, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel)
        layout.addLayout(right, 1)

    def _lay_out_nothing(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        for words in (self._why, self._what):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setFixedWidth(_SENTENCE)
            column.addWidget(words)
        column.addStretch(3)
        layout = QHBoxLayout(self._nothing)
        layout.addStretch(1)
        layout.addLayout(column)
        layout.addStretch(1)

    def _stopped_strip(self) -> QWidget:
        layout = QHBoxLayout(self._stopped)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Words(_STOPPED, tone="soft"))
        layout.addWidget(self._again)
        layout.addStretch(1)
        self._stopped.hide()
        return self._stopped

    def _connect(self) -> None:
        self._again.clicked.connect(self.again)
        self.chain.chosen.connect(self.show_link)
        self.confusion.opened.connect(self._on_cell)
        self.slices.opened.connect(self.show_part)
        self.cases.freed.connect(self._on_freed)
        self.cases.filtered.connect(self._on_kind)


def _key(link: Link) -> str:
    return f"attribute:{link.attribute}" if link.attribute else link.kind or ALL
