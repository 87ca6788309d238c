"""The decision card: one case, what each annotator has, and what can be decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.adjudicate.case_words import Passage
from annotator.ui.adjudicate.columns import Columns
from annotator.ui.adjudicate.sayings import Column
from annotator.ui.annotate.note_field import NoteField
from annotator.ui.chip_rows import ChipFlow
from annotator.ui.chips import Chip, Face
from annotator.ui.words import Tone, Words

_EDGE = 5

# What the card asks for, in its order: action, words, key as it is shown.
_DEEDS = (
    ("edit_gold", "Edit", "E"),
    ("no_statement", "No statement here", "0"),
    ("take_beside", "Take one more", "A"),
    ("confirm", "Still holds", "C"),
    ("reopen", "Reopen", "⌫"),
    ("reason", "Reason", "R"),
    ("discuss", "Discuss", "D"),
    ("discussed", "Discussed", "⇧D"),
)


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the card shows of one case; `state` is open, decided, stale or discuss."""

    title: str
    difference: str
    quote: str
    state: str
    columns: Sequence[Column] = ()
    common: str = ""
    outcome: tuple[str, str, str] = ("", "", "")
    stale: str = ""
    ruling: tuple[str, str] = ("", "")
    reason: str | None = None  # None where there is nothing to give a reason for
    discuss: str | None = None  # None where nothing is to be discussed
    deeds: frozenset[str] = frozenset()
    beside: bool = False  # what is taken next is added


_STATES: dict[str, tuple[str, Tone]] = {
    "open": ("to decide", "soft"),
    "decided": ("✓ decided", "good"),
    "stale": ("look again", "warning"),
    "discuss": ("to discuss", "warning"),
}


class CaseCard(QWidget):
    """Shows a case; `asked` gives the action that was clicked, `taken` the statement."""

    asked = Signal(str)
    taken = Signal(int)
    reason_given = Signal(str)
    discussion_noted = Signal(str)
    typed = Signal()  # a field is finished with

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state = "open"
        self.title = Words(size=theme.STRONG, strong=True)
        self.state = Words(size=theme.CAPTION + 1, strong=True)
        self.difference = Words(tone="soft", wrap=True)
        self.quote = Words(wrap=True)
        self.quote.setFont(theme.serif(theme.STRONG))
        self.outcome = Passage("decided", tone="good")
        self.stale = Passage("differing", tone="warning")
        self.columns = Columns()
        self.common = Words(size=theme.CAPTION, tone="soft", wrap=True)
        self.chips = ChipFlow()
        self.reason = NoteField("Reason  R")
        self.reason.setAccessibleName("Reason of the decision")
        self.discuss = NoteField("What is to be discussed?  D")
        self.discuss.setAccessibleName("What is to be discussed")
        self.ruling = Passage("chip")
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._asking: NoteField | None = None
        self._lay_out()
        self.columns.taken.connect(self.taken)
        self.reason.edited.connect(self.reason_given)
        self.discuss.edited.connect(self.discussion_noted)
        for field in (self.reason, self.discuss):
            field.finished.connect(self._on_finished)

    def show_case(self, view: CaseView, *, enabled: bool) -> None:
        """Show a case; it can be decided when `enabled`."""
        self._state = view.state
        self.title.setText(view.title)
        words, tone = _STATES[view.state]
        self.state.setText(words)
        self.state.set_tone(tone)
        self.difference.setText(view.difference[:1].upper() + view.difference[1:])
        self.quote.setText(view.quote)
        self.quote.setVisible(bool(view.quote))
        self.outcome.show_words(*view.outcome)
        self.stale.show_words(view.stale)
        self.columns.show_columns(view.columns, enabled=enabled)
        self.columns.setVisible(bool(view.columns))
        self.common.setText(f"All alike: {view.common}" if view.common else "")
        self.common.setVisible(bool(view.common))
        self._show_deeds(view)
        self._show_fields(view, enabled=enabled)
        self.ruling.show_words(*view.ruling)
        self.setAccessibleName(f"{view.title}, {view.difference}, {words}")
        self.setAccessibleDescription(view.quote)
        self.updateGeometry()
        self.update()

    def commit(self) -> None:
        """Give what is typed in a field and not given yet."""
        self.reason.commit()
        self.discuss.commit()

    def ask_reason(self) -> None:
        """Let the user type why."""
        self._ask(self.reason)

    def ask_discuss(self) -> None:
        """Let the user type what is to be discussed."""
        self._ask(self.discuss)

    def chip(self, action_id: str) -> Chip | None:
        """Return the chip of an action, if it is shown."""
        return next((chip for chip in self.chips.chips if chip.value == action_id), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The arrows choose in lists and move the caret in the text: here they are free.
        steps = {Qt.Key.Key_Down: "next_case", Qt.Key.Key_Up: "previous_case"}
        if event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        tone = {"open": look.accent, "decided": look.good}.get(self._state, look.warning)
        with QPainter(self) as painter:
            paint_edged(painter, QRectF(self.rect()), theme.colour(tone), focus=self.hasFocus())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            theme.MEDIUM + _EDGE, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM + 2
        )
        layout.setSpacing(theme.SMALL + 2)
        layout.addLayout(head)
        layout.addSpacing(-theme.TIGHT - 2)
        layout.addWidget(self.difference)
        parts: list[QWidget] = [self.quote, self.stale, self.outcome, self.columns, self.common]
        for part in (*parts, self.chips, self.reason, self.discuss, self.ruling):
            layout.addWidget(part)

    def _show_deeds(self, view: CaseView) -> None:
        shown = tuple(
            (action_id, action_id == "take_beside" and view.beside)
            for action_id, _, _ in _DEEDS
            if action_id in view.deeds
        )
        self.chips.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        chips = []
        for action_id, words, key in _DEEDS:
            if action_id in view.deeds:
                more = action_id == "take_beside" and view.beside
                face = Face("Take which one more?" if more else words, key)
                chip = Chip(face, action_id, kind="choice" if more else "pointer")
                chip.setChecked(more)
                chip.picked.connect(self.asked)
                chips.append(chip)
        self.chips.show_chips(chips)

    def _show_fields(self, view: CaseView, *, enabled: bool) -> None:
        for field, kept in ((self.reason, view.reason), (self.discuss, view.discuss)):
            field.show_note(kept or "")
            field.setReadOnly(not enabled)
            asked = field is self._asking
            wanted = field is self.discuss if kept == "" else bool(kept)
            field.setVisible(kept is not None and (wanted or asked))

    def _ask(self, field: NoteField) -> None:
        self._asking = field
        field.show()
        field.start()

    @Slot()
    def _on_finished(self) -> None:
        field, self._asking = self._asking, None
        if field is self.reason and not field.toPlainText().strip():
            field.hide()
        self.typed.emit()


def paint_edged(painter: QPainter, rect: QRectF, edge: QColor, *, focus: bool = False) -> None:
    """Paint paper with a coloured left edge; one with the focus is outlined in the accent."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
    painter.fillPath(outline, theme.colour(look.paper))
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(QRectF(rect.left(), rect.top(), _EDGE, rect.height()), edge)
    painter.restore()
    painter.setPen(QPen(theme.colour(look.accent if focus else look.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
