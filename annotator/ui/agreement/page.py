"""The agreement page: compares annotators in the background and shows where they part."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.changes import Step
from annotator.services import disagreeing
from annotator.services.agreement import Roster
from annotator.services.project import Project
from annotator.ui.actions import Need
from annotator.ui.agreement import choice as choices
from annotator.ui.agreement import saying
from annotator.ui.agreement.board import Board
from annotator.ui.agreement.case_words import Wording
from annotator.ui.agreement.choice import Choice
from annotator.ui.agreement.deeds import Deeds
from annotator.ui.agreement.slicing import Names
from annotator.ui.agreement.working import Working
from annotator.ui.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Section
    from annotator.domain.agreement.values import Settings
    from annotator.ui.window import MainWindow

_LABEL = "Working out agreement"
_SETTLE = 150  # milliseconds; a step is rarely alone
_OF_LABELS = (
    *("statement", "source", "work", "article", "excluded", "speaker", "annotator", "codebook"),
)
_KEYS = "↑ ↓ go through · ⏎ open side by side · D note to discuss · Ctrl+R report · ? keys"


class AgreementPage(QWidget):
    """Joins the cards of the page to the work in the background, and both to the project."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self.window_ = window
        self.project: Project | None = None
        self.choice: Choice | None = None
        self.roster: Roster | None = None
        self.sections: list[Section] = []
        self.board = Board()
        self.working = Working(self)
        self.deeds = Deeds(self)
        self.progress = ProgressStrip()
        self.setFocusProxy(self.board.cases.view)
        self._speakers: Mapping[int, str] = {}
        self._stale = True
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.board, 1)
        layout.addWidget(self.progress)
        self._connect()

    # The protocol of a page

    def show_project(self, project: Project | None) -> None:
        """Show another project; None lets the old one go."""
        if project is self.project:
            return
        if self.project is not None and self._on_step in self.project.store.listeners:
            self.project.store.listeners.remove(self._on_step)
        self.working.close()
        self._wait.stop()
        self.progress.finish()
        self.project, self.choice, self.roster, self._stale = project, None, None, True
        if project is not None:
            project.store.listeners.append(self._on_step)
            self.board.show_project(project.name, project.codebook, self.window_.lang)
            self._clear()

    def enter(self) -> None:
        """Get up to date and take the focus."""
        if self._stale:
            self._read()
        self.board.cases.first_widget().setFocus()

    def leave(self) -> None:
        """Stop what is still being worked out."""
        if self.working.busy:
            self.stop()

    def holding(self) -> set[Need]:
        """Return which conditions hold while this page is in front."""
        found: set[Need] = {"project", "agreement"}
        if self.project is not None and not self.project.read_only:
            found.add("writable")
        if self.board.cases.current is not None:
            found.add("listed")
        return found

    def run(self, action_id: str) -> bool:
        """Carry out an action of this page; return False for one that is not its own."""
        return self.deeds.do(action_id)

    def show_place_of(self, step: Step) -> None:
        """Show what `step` changed: the figures follow by themselves."""

    def said(self) -> tuple[str, str]:
        """Return what the status line says."""
        if self.roster is None or self.choice is None:
            return "Reading what there is to compare…", _KEYS
        articles = len(self.choice.of(self.roster))
        if not articles:
            return "Nothing to compare yet", "Ctrl+1 annotate · ? keys"
        words = saying.counted(articles, "article compared", "articles compared")
        found = self.board.cases.model.total
        return f"{words} · {saying.counted(found, 'disagreement', 'disagreements')}", _KEYS

    # Comparing

    @Slot()
    def stop(self) -> None:
        """Stop comparing; what is there stays, and the next time it begins anew."""
        self.working.cancel()
        self.progress.finish()
        self._stale = True
        if self.isVisible():
            self.board.show_stopped()

    @Slot()
    def start(self) -> None:
        """Compare what is chosen."""
        project, choice, roster = self.project, self.choice, self.roster
        self._clear()
        if project is None or choice is None or roster is None:
            return
        why = choices.why_nothing(choice, roster)
        self.board.show_nothing(why)
        if why is None:
            self._stale = False
            self.progress.show_progress(_LABEL, 0, 0)
            self.working.compare(project.path, choice, choice.of(roster))
            self.board.confusion.show_people(self.people)
        self._tell_state()

    @property
    def complete(self) -> bool:
        """Whether every figure is there."""
        return bool(self.sections) and self.sections[-1].step == self.sections[-1].steps

    @property
    def people(self) -> Mapping[int, str]:
        """The names of those who are compared, by id."""
        if self.roster is None or self.choice is None:
            return {}
        chosen = self.choice.annotators
        return {p.annotator_id: p.name for p in self.roster.people if p.annotator_id in chosen}

    def _on_step(self, step: Step) -> None:
        if step.touches(*_OF_LABELS):
            self._stale = True
            if self.isVisible():
                self._wait.start()
        elif step.touches("decision", "decision_source") and self.project is not None:
            self.board.cases.put_notes(disagreeing.notes(self.project))

    @Slot()
    def _read(self) -> None:
        if self.project is not None:
            self.working.cancel()
            self._clear()
            self.working.read_roster(self.project.path)

    def _clear(self) -> None:
        self.sections = []
        self.board.clear()

    @Slot(object)
    def _on_roster(self, roster: Roster) -> None:
        if self.project is None:
            return
        choice, before, self.roster = self.choice, self.roster, roster
        if choice is None or before is None:
            self.choice = choices.usual(roster)
        else:
            self.choice = choices.followed(choice, before, roster)
        self.board.panel.show_roster(roster, self.choice)
        self.board.panel.show_codebook_version(self.project.codebook.version)
        if self.isVisible():
            self.start()

    @Slot(object)
    def _on_choice(self, choice: Choice) -> None:
        self.choice = choice
        self.start()

    # What comes back

    @Slot(object)
    def _on_settings(self, settings: "Settings") -> None:
        self.board.panel.show_settings(settings.draws, settings.seed, settings.fewest_articles)

    @Slot(object)
    def _on_speakers(self, speakers: dict[int, str]) -> None:
        assert self.roster is not None
        self._speakers = speakers
        people = saying.short_names(self.people)
        self.board.slices.show_names(Names(people, speakers, self.roster.titles))

    @Slot(list)
    def _on_sections(self, sections: "list[Section]") -> None:
        self.sections += sections
        self.board.show_sections(self.sections, sections)

    @Slot(list)
    def _on_cases(self, cases: list[disagreeing.Listed]) -> None:
        assert self.project is not None
        people = self.people
        names = people, self._speakers, saying.short_names(people)
        wording = Wording(self.project.codebook, self.window_.lang, *names)
        self.board.cases.show_cases(cases, wording)
        self._tell_state()

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if done < total:
            self.progress.show_progress(_LABEL, done, total)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._stale = True
        self.window_.tell_error(sentence)

    @Slot()
    def _tell_state(self) -> None:
        self.board.bar.show_ready(ready=self.complete)
        self.window_.show_state()

    def _connect(self) -> None:
        board, working = self.board, self.working
        board.bar.asked.connect(self.window_.run)
        board.panel.changed.connect(self._on_choice)
        board.again.connect(self._read)
        board.confusion.wanted.connect(working.want_confusion)
        board.celled.connect(working.want_cases)
        board.cases.opened.connect(self.deeds.open_case)
        board.cases.chosen.connect(self._tell_state)
        working.roster.connect(self._on_roster)
        working.settings.connect(self._on_settings)
        working.speakers.connect(self._on_speakers)
        working.sections.connect(self._on_sections)
        working.cases.connect(self._on_cases)
        working.confusion.connect(board.confusion.show_confusion)
        working.lent.connect(board.cases.lend)
        working.progress.connect(self._on_progress)
        working.ended.connect(self.progress.finish)
        working.ended.connect(self._tell_state)
        working.failed.connect(self._on_failed)
        self.progress.cancelled.connect(self.stop)
