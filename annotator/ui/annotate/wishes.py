"""What the card and the text ask for, carried out: one slot for each of their signals."""

from PySide6.QtCore import QObject, Slot

from annotator.domain.records import SourceLink, SpeakerType
from annotator.domain.spans import Span
from annotator.services import annotating, speakers
from annotator.ui.annotate.desk import Desk, says_errors


class Wishes(QObject):
    """Slots for the signals of the form and the reader."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk

    @Slot(int, str, object)
    @says_errors
    def choose(self, statement_id: int, group: str, value: str | None) -> None:
        """Set one choice of a statement."""
        annotating.choose(self.desk.project, statement_id, group, value)

    @Slot(int, str)
    @says_errors
    def toggle_flag(self, statement_id: int, flag: str) -> None:
        """Raise or lower a flag."""
        annotating.toggle_flag(self.desk.project, statement_id, flag)

    @Slot(int, str)
    @says_errors
    def set_note(self, statement_id: int, note: str) -> None:
        """Keep the note as it was typed."""
        if annotating.find_statement(self.desk.project, statement_id) is not None:
            annotating.set_note(self.desk.project, statement_id, note)

    @Slot(int, int)
    @says_errors
    def set_speaker(self, statement_id: int, speaker_id: int) -> None:
        """Set a known speaker."""
        speakers.assign(self.desk.project, statement_id, speaker_id)

    @Slot(int, str)
    @says_errors
    def name_speaker(self, statement_id: int, name: str) -> None:
        """Set a speaker by name, new or known."""
        if annotating.find_statement(self.desk.project, statement_id) is not None:
            speakers.assign_new(self.desk.project, statement_id, name)

    @Slot(int, str)
    @says_errors
    def set_speaker_type(self, speaker_id: int, type_: SpeakerType) -> None:
        """Set what kind of speaker somebody is."""
        speakers.set_type(self.desk.project, speaker_id, type_)

    @Slot(str)
    def tell_unfinished(self, words: str) -> None:
        """Say that a name was left half typed and nobody was taken for it."""
        self.desk.told.emit(
            f"“{words}” is the beginning of a known name, so nobody was set; press S, then Enter"
            " on the one who is meant."
        )

    @Slot(int)
    @says_errors
    def clear_speaker(self, statement_id: int) -> None:
        """Take the speaker away."""
        speakers.assign(self.desk.project, statement_id, None)

    @Slot(int, str)
    @says_errors
    def clear_span(self, statement_id: int, field: str) -> None:
        """Take the mention, the cue or the condition's words away."""
        annotating.set_span(self.desk.project, statement_id, field, None)

    @Slot(int, object)
    @says_errors
    def remove_piece(self, statement_id: int, span: Span) -> None:
        """Take one piece out of the content."""
        annotating.remove_piece(self.desk.project, statement_id, span)

    @Slot(int, object)
    @says_errors
    def set_chain(self, statement_id: int, chain: list[SourceLink]) -> None:
        """Set the whole source chain."""
        speakers.set_source_chain(self.desk.project, statement_id, chain)

    @Slot(int, int)
    @says_errors
    def add_source(self, statement_id: int, speaker_id: int) -> None:
        """Add a known reporter to the chain, with the words that were selected for it."""
        speakers.add_source(
            self.desk.project, statement_id, speaker_id, self.desk.take_chain_span()
        )

    @Slot(int, str)
    @says_errors
    def name_source(self, statement_id: int, name: str) -> None:
        """Add a reporter to the chain by name, new or known."""
        span = self.desk.take_chain_span()
        with self.desk.project.transact("Add source"):
            speaker_id = speakers.ensure(self.desk.project, name)
            speakers.add_source(self.desk.project, statement_id, speaker_id, span)

    @Slot(int, str, object, object)
    @says_errors
    def move_edge(self, statement_id: int, field: str, old: Span, new: Span) -> None:
        """Give one span of a statement other edges."""
        annotating.reshape(self.desk.project, statement_id, field, old, new)
