"""The chosen statement's card, opened: everything about it can be changed here."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.records import SourceLink, Speaker, Statement
from annotator.ui import theme
from annotator.ui.annotate.card import paint_card

if TYPE_CHECKING:
    from annotator.ui.annotate.form_body import FormBody
    from annotator.ui.annotate.speaker_field import Candidates

_LEFT, _RIGHT = 14, 10  # narrow, so that the chips of most rows stay on one line


class StatementForm(QWidget):
    """One instance is used for whichever statement is chosen. It asks; it changes nothing itself.

    What is typed is given by a signal when its field is left, when another statement is shown,
    and on `commit`, so that nothing typed is lost.
    """

    choice_made = Signal(int, str, object)
    flag_toggled = Signal(int, str)
    note_edited = Signal(int, str)
    speaker_chosen = Signal(int, int)
    speaker_named = Signal(int, str)
    speaker_cleared = Signal(int)
    speaker_type_wanted = Signal()  # comes in: opens the choice
    speaker_type_chosen = Signal(int, str)
    span_cleared = Signal(int, str)
    piece_removed = Signal(int, object)
    chain_changed = Signal(int, object)
    source_chosen = Signal(int, int)
    source_named = Signal(int, str)
    asked = Signal(str)
    unfinished = Signal(str)  # a name that was begun and could mean several
    finished = Signal()
    resized = Signal()  # it may need another height

    def __init__(self) -> None:
        super().__init__()
        self._statement: Statement | None = None
        self.body: FormBody | None = None
        self._candidates: Candidates | None = None
        self._words: Callable[[], QRect] | None = None
        self._hue: str | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(_LEFT, theme.SMALL + 2, _RIGHT, theme.SMALL)
        self.setFixedWidth(theme.CARD_WIDTH)
        self.setAccessibleName("Statement")

    @property
    def statement(self) -> Statement | None:
        """The statement that is shown."""
        return self._statement

    def use_candidates(
        self, candidates: "Candidates", words: Callable[[], QRect] | None = None
    ) -> None:
        """Use this function to find whom typed words may name.

        What `words` gives on the screen is what the names that are offered cover last.
        """
        self._candidates, self._words = candidates, words
        if self.body is not None:
            for field in (self.body.speaker.field, self.body.via.field):
                field.candidates = candidates
                field.list.card, field.list.words = self, words

    def show_statement(
        self,
        statement: Statement,
        codebook: Codebook,
        speakers: Mapping[int, Speaker],
        article_text: str,
        lang: str,
        read_only: bool,
    ) -> None:
        """Show a statement; for the same one as before, focus and half-typed words stay."""
        another = self._statement is None or self._statement.id != statement.id
        if another:
            self.commit()
        body = self.body
        if body is None or body.codebook is not codebook or body.lang != lang:
            self.commit()
            body = self._build(codebook, lang)
        self._statement = statement
        target = codebook.target(statement.target)
        self._hue = target.hue if target else None
        body.show_statement(statement, speakers, article_text, read_only=read_only)
        self.update()

    def commit(self) -> None:
        """Give what is typed in any field and not given yet."""
        if self.body is not None:
            self.body.commit()

    @Slot(str)
    def ask_speaker(self, prefill: str = "") -> None:
        """Let the user type the speaker's name, with `prefill` to start from."""
        if self.body is not None:
            self.body.speaker.field.start(prefill)
            _reveal(self.body.speaker)

    @Slot(str)
    def ask_source(self, prefill: str = "") -> None:
        """Let the user type who reports it, with `prefill` to start from."""
        if self.body is not None:
            self.body.via.start(prefill)
            _reveal(self.body.via)

    @Slot()
    def ask_note(self) -> None:
        """Let the user type the note."""
        if self.body is not None:
            self.body.note.start()
            _reveal(self.body.note)

    def first_widget(self) -> QWidget:
        """Return where the keyboard comes in."""
        return self.body.speaker.field if self.body is not None else self

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), self._hue, chosen=True)
        painter.end()

    def _build(self, codebook: Codebook, lang: str) -> "FormBody":
        """Make all rows for a codebook; those of another one are thrown away."""
        if self.body is not None:
            self._layout.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        from annotator.ui.annotate.form_body import FormBody  # here: the start can do without it

        body = self.body = FormBody(codebook, lang)
        self._layout.addWidget(body)
        body.show()  # at once, so that the height is known at once
        if self._candidates is not None:
            self.use_candidates(self._candidates, self._words)
        field, via = body.speaker.field, body.via
        for row in body.rows.values():
            row.chosen.connect(self._on_chosen)
        field.speaker_chosen.connect(self._on_speaker)
        field.speaker_named.connect(self._on_speaker_name)
        field.emptied.connect(self._on_speaker_emptied)
        field.unfinished.connect(self.unfinished)
        via.field.unfinished.connect(self.unfinished)
        via.chain_changed.connect(self._on_chain)
        via.source_chosen.connect(self._on_source)
        via.source_named.connect(self._on_source_name)
        self.speaker_type_wanted.connect(body.speaker.ask_type)
        body.speaker.type_chosen.connect(self.speaker_type_chosen)
        body.speaker.mention_removed.connect(self._on_span_removed)
        body.cue.removed.connect(self._on_span_removed)
        body.condition.removed.connect(self._on_span_removed)
        body.pieces.removed.connect(self._on_piece_removed)
        body.flags.toggled.connect(self._on_flag)
        body.note.edited.connect(self._on_note)
        body.footer.asked.connect(self.asked)
        for done in (field.abandoned, field.finished, via.finished, body.note.finished):
            done.connect(self.finished)
        return body

    # What the parts say, with the statement it is said of

    @property
    def _id(self) -> int:
        return self._statement.id if self._statement is not None else 0

    @Slot(str, object)
    def _on_chosen(self, group: str, value: str | None) -> None:
        self.choice_made.emit(self._id, group, value)

    @Slot(int)
    def _on_speaker(self, speaker_id: int) -> None:
        self.speaker_chosen.emit(self._id, speaker_id)

    @Slot(str)
    def _on_speaker_name(self, name: str) -> None:
        self.speaker_named.emit(self._id, name)

    @Slot()
    def _on_speaker_emptied(self) -> None:
        self.speaker_cleared.emit(self._id)

    @Slot(str)
    def _on_span_removed(self, field: str) -> None:
        self.span_cleared.emit(self._id, field)

    @Slot(object)
    def _on_chain(self, chain: list[SourceLink]) -> None:
        self.chain_changed.emit(self._id, chain)

    @Slot(int)
    def _on_source(self, speaker_id: int) -> None:
        self.source_chosen.emit(self._id, speaker_id)

    @Slot(str)
    def _on_source_name(self, name: str) -> None:
        self.source_named.emit(self._id, name)

    @Slot(str)
    def _on_piece_removed(self, index: str) -> None:
        if self._statement is not None:
            self.piece_removed.emit(self._id, self._statement.pieces[int(index)])

    @Slot(str)
    def _on_flag(self, flag: str) -> None:
        self.flag_toggled.emit(self._id, flag)

    @Slot(str)
    def _on_note(self, note: str) -> None:
        self.note_edited.emit(self._id, note)


def _reveal(part: QWidget) -> None:
    """Scroll to `part` where the form is higher than the margin."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
            return
        around = around.parentWidget()
