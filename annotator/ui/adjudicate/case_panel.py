"""The right of the page: the decision card, or the form while gold is edited; what is next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.ui import theme
from annotator.ui.adjudicate.case_card import CaseCard
from annotator.ui.adjudicate.next_list import NextList
from annotator.ui.annotate.form import StatementForm
from annotator.ui.chip_rows import ChipFlow
from annotator.ui.chips import Chip, Face
from annotator.ui.words import Words

_UNBOUNDED = 16_777_215  # pixels; Qt's word for no bound


class CasePanel(QScrollArea):
    """Card, form and list in one column that scrolls where the window is low."""

    asked = Signal(str)

    def __init__(self, form: StatementForm) -> None:
        super().__init__()
        self.card = CaseCard()
        self.next = NextList()
        self.calm = Calm()
        self._form = form
        self._form_title = Words("Gold statement", strong=True)
        self._form_hint = Words("Esc ends editing", size=theme.CAPTION, tone="soft")
        self._head = QWidget()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Decision")
        self._lay_out()
        self.card.asked.connect(self.asked)
        self.calm.asked.connect(self.asked)

    def show_mode(self, *, case: bool, editing: bool) -> None:
        """Show the card of a case, and the form over it while gold is edited; else calm words."""
        self.card.setVisible(case)
        self.calm.setVisible(not case and not editing)
        self._head.setVisible(editing)
        self._form.setVisible(editing)
        if editing:
            self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setAutoFillBackground(False)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, 0)
        head.addWidget(self._form_title)
        head.addStretch(1)
        head.addWidget(self._form_hint)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self._head)
        self._form.setMinimumWidth(0)
        self._form.setMaximumWidth(_UNBOUNDED)  # as wide as the card here
        layout.addWidget(self._form)
        for part in (self.calm, self.card, self.next):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget turned it on
        self.viewport().setAutoFillBackground(False)


class Calm(QWidget):
    """What to do where there is nothing to decide."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Words(size=theme.STRONG, strong=True, wrap=True)
        self.words = Words(tone="soft", wrap=True)
        self.chips = ChipFlow()
        self._shown: tuple[tuple[str, str], ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.TIGHT, theme.WIDE, theme.TIGHT, theme.SMALL)
        layout.setSpacing(theme.MEDIUM)
        for part in (self.title, self.words, self.chips):
            layout.addWidget(part)

    def show_words(self, title: str, words: str, offers: tuple[tuple[str, str], ...] = ()) -> None:
        """Show these words, with buttons for `offers`: (action, words)."""
        self.title.setText(title)
        self.words.setText(words)
        if offers != self._shown:
            self._shown = offers
            chips = [Chip(Face(name), action_id, kind="pointer") for action_id, name in offers]
            for chip in chips:
                chip.picked.connect(self.asked)
            self.chips.show_chips(chips)
        self.chips.setVisible(bool(offers))

    def first_widget(self) -> QWidget | None:
        """Return where the keyboard comes in; None where there is only something to read."""
        return next(iter(self.chips.chips), None)
