"""Editing a gold statement: the ordinary form, keys and edges, on the decided ones."""

from PySide6.QtCore import QObject, Signal, Slot

from annotator.domain.changes import Step
from annotator.domain.naming import Candidate
from annotator.domain.spans import Span
from annotator.services import speakers
from annotator.services.project import Project
from annotator.ui.annotate import deeds
from annotator.ui.annotate.desk import Desk
from annotator.ui.annotate.form import StatementForm
from annotator.ui.annotate.reader import Reader
from annotator.ui.annotate.sheet import Sheet
from annotator.ui.annotate.wishes import Wishes


class Editing(QObject):
    """Joins text and form to the gold statements of the open article.

    `began` gives the statement that is edited from now on; `ended` says that none is any more.
    """

    began = Signal(int)
    ended = Signal()

    def __init__(self, reader: Reader, lang: str, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._lang = lang
        self.sheet = Sheet(gold=True)
        self.desk = Desk(self, self.sheet, gold=True)
        self.wishes = Wishes(self.desk)
        self.form = StatementForm()
        self._connect()

    @property
    def statement_id(self) -> int | None:
        """The gold statement that is edited, None when none is."""
        return self.sheet.chosen

    def open(self, project: Project | None, article_id: int | None) -> None:
        """Read the text and the gold statements of an article; None for nothing."""
        self.form.commit()
        self.desk.opened = project
        if project is None:
            self.sheet.close()
        else:
            self.sheet.open(project, article_id)
            self.sheet.finish()

    def follow(self, project: Project, step: Step) -> None:
        """Read again what `step` changed; the form follows, or goes with its statement."""
        before = self.sheet.chosen
        self.sheet.follow(project, step)
        if before is not None and self.sheet.chosen is None:
            self.ended.emit()
        elif before is not None:
            self._show_form()

    def start(self, statement_id: int) -> None:
        """Edit this gold statement."""
        self.form.commit()
        found = self.sheet.statement(statement_id)
        if found is not None:
            self.sheet.chosen = found.id
            self._show_form()
            self.began.emit(found.id)

    def stop(self) -> None:
        """Edit nothing any more; what is typed is kept."""
        self.form.commit()
        if self.sheet.chosen is not None:
            self.sheet.chosen = None
            self.ended.emit()

    def do(self, action_id: str) -> None:
        """Carry out a labelling action on the statement that is edited."""
        self.form.commit()
        deeds.do(self.desk, action_id)

    def _show_form(self) -> None:
        project, chosen = self.desk.opened, self.sheet.statement(self.sheet.chosen)
        if project is not None and chosen is not None:
            self.form.show_statement(
                chosen,
                project.codebook,
                self.sheet.speakers,
                self.desk.text,
                self._lang,
                project.read_only,
            )

    def _candidates(self, words: str) -> list[Candidate]:
        project = self.desk.opened
        return speakers.candidates(project, words) if project is not None else []

    def _connect(self) -> None:
        form, wishes, desk = self.form, self.wishes, self.desk
        form.use_candidates(self._candidates)
        form.choice_made.connect(wishes.choose)
        form.flag_toggled.connect(wishes.toggle_flag)
        form.note_edited.connect(wishes.set_note)
        form.speaker_chosen.connect(wishes.set_speaker)
        form.speaker_named.connect(wishes.name_speaker)
        form.speaker_cleared.connect(wishes.clear_speaker)
        form.span_cleared.connect(wishes.clear_span)
        form.piece_removed.connect(wishes.remove_piece)
        form.chain_changed.connect(wishes.set_chain)
        form.source_chosen.connect(wishes.add_source)
        form.source_named.connect(wishes.name_source)
        form.finished.connect(self._reader.setFocus)
        self._reader.edge_moved.connect(wishes.move_edge)
        self._reader.selection_changed.connect(self._on_selection)
        desk.chosen.connect(self.start)
        desk.selection_used.connect(self.drop_selection)
        desk.speaker_wanted.connect(form.ask_speaker)
        desk.source_wanted.connect(form.ask_source)
        desk.note_wanted.connect(form.ask_note)

    @Slot(object)
    def _on_selection(self, span: Span | None) -> None:
        self.desk.selection = span
        self.desk.exact = self._reader.exact
        self.desk.caret = self._reader.caret()

    @Slot()
    def drop_selection(self) -> None:
        """Select nothing; the caret stays."""
        self._reader.clear_selection()
        self.desk.selection = None
        self.desk.exact = False
