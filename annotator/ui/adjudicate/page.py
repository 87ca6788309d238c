"""The adjudicate page: articles, the text with everybody's statements, and the case in front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.changes import Step
from annotator.domain.spans import hull
from annotator.services import adjudicating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui import theme
from annotator.ui.actions import Need
from annotator.ui.adjudicate import going, judging, presenting, touched
from annotator.ui.adjudicate.article_list import StandingList
from annotator.ui.adjudicate.case_panel import CasePanel
from annotator.ui.adjudicate.docket import Docket
from annotator.ui.adjudicate.editing import Editing
from annotator.ui.adjudicate.listening import Listening
from annotator.ui.adjudicate.offers import GoldOffers
from annotator.ui.adjudicate.saying import Saying
from annotator.ui.adjudicate.standings import Standings
from annotator.ui.adjudicate.taking import Taking
from annotator.ui.adjudicate.topbar import AdjudicateBar
from annotator.ui.annotate import deeds
from annotator.ui.annotate import going as annotate_going
from annotator.ui.annotate.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.ui.window import MainWindow

_PANEL_WIDTH = 420
_NARROW_PANEL, _NARROW_LIST = 384, 216
_WIDE_ENOUGH = 1240  # a window that is narrower gives the text what the others can spare


class AdjudicatePage(QWidget):
    """Reads cases from the project, shows them, and asks services for every decision."""

    state_changed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self.host = window
        self.project: Project | None = None
        self.docket = Docket()
        self.numbered: dict[int, int] = {}  # the key of a statement of the case, and its id
        self.beside = False  # what is taken next is added to what was decided
        self.reader = Reader()
        self.reader.setAccessibleName("Article with the statements of all annotators")
        self.reader.setPlaceholderText("")
        self.editing = Editing(self.reader, window.lang, self)
        self.standings = Standings(self)
        self.articles = StandingList()
        self.topbar = AdjudicateBar()
        self.panel = CasePanel(self.editing.form)
        self.offers = GoldOffers(self)
        self.saying = Saying(self)
        self.taking = Taking(self)
        self._wanted: tuple[int, tuple[int, ...]] | None = None  # to be shown when all is ready
        self._ready = False
        self._late = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._listening = Listening(self)
        self.standings.begun.connect(self._on_begun)
        self._late.timeout.connect(self._read_all)
        self.reader.set_zoom(window.view.zoom)
        for widget in (self.reader, self.panel.card):
            window.menus.use_text(widget)

    @property
    def open_project(self) -> Project:
        """The open project; UserError when there is none."""
        return self.editing.desk.project

    @property
    def blind(self) -> bool:
        """Whether names are hidden."""
        return self.project is not None and projects.setting(self.project, "blind") == "1"

    # A page of the window

    def show_project(self, project: Project | None) -> None:
        """Show a project, at the article it was left at; None shows nothing."""
        if project is self.project:
            return
        self.editing.stop()
        self.panel.card.commit()
        if self.project is not None:
            self.project.store.listeners.remove(self._on_step)
        self.project = project
        self.standings.stop()
        self._late.stop()
        self._wanted = None
        self.open_article(None)
        if project is None:
            return
        project.store.listeners.append(self._on_step)
        self.saying.read_articles()
        self.standings.start(project, [row.id for row in self.articles.rows])
        if self._ready:
            self._open_first()

    def enter(self) -> None:
        """Get up to date and take the focus."""
        self._catch_up()
        self.saying.read_articles()
        self.show_article()
        self.take_focus()

    def leave(self) -> None:
        """Save what is typed; nothing is edited any more."""
        self.editing.stop()
        self.panel.card.commit()

    def holding(self) -> set[Need]:
        """Return which conditions of the action table hold on this page."""
        found: set[Need] = set()
        if self.project is None:
            return found
        found.add("project")
        if not self.project.read_only:
            found.add("writable")
        if self.docket.found is not None:
            found.add("docket")
            if self.editing.statement_id is not None:
                found |= {"article", "statement"}
            else:
                found |= {"deciding", "case"} if self.docket.case is not None else {"deciding"}
        if self.editing.desk.selection is not None:
            found.add("selection")
        return found

    def run(self, action_id: str) -> bool:
        """Carry out an action of this page; return False for one that is not its own."""
        if judging.knows(action_id):
            self.panel.card.commit()
            judging.do(self, action_id)
        elif going.knows(action_id):
            self.panel.card.commit()
            going.do(self, action_id)
        elif deeds.knows(action_id):
            self.editing.do(action_id)
        elif annotate_going.knows(action_id):
            self.host.pages.show_annotate()
            return False
        else:
            self.editing.form.commit()
            self.panel.card.commit()
            return False
        return True

    def show_place_of(self, step: Step) -> None:
        """Show the case that `step` changed."""
        if self.project is None:
            return
        self._catch_up()
        here = self.docket.found.article_id if self.docket.found is not None else None
        place = touched.place(self.project, step, here)
        if place is not None and self._ready and self.articles.has(place.article_id):
            if here != place.article_id:
                self.open_article(place.article_id)
            at = place.find(self.docket)
            self.go_to(at if at is not None else self.docket.at)

    def said(self) -> tuple[str, str]:
        """Return what the status line says."""
        return self.saying.status()

    # Articles and cases

    def open_case(self, article_id: int, statement_ids: "Sequence[int]") -> None:
        """Open an article at the case that holds one of these statements."""
        self._wanted = (article_id, tuple(statement_ids))
        if self._ready:
            self.open_article(article_id)
            at = self.docket.at_statement(statement_ids)
            self.go_to(at if at is not None else self.docket.first())

    @Slot(int)
    def open_article(self, article_id: int | None) -> None:
        """Open an article at the first case that waits; None opens none."""
        self.editing.stop()
        self.panel.card.commit()
        self._wanted = None
        self.beside = False
        project = self.project
        self.editing.open(project, article_id)
        self.reader.show_article(self.editing.sheet.article)
        self.reader.show_excluded(self.editing.sheet.excluded)
        self.editing.drop_selection()
        self.articles.set_current(article_id)
        if project is None or article_id is None:
            self.docket.show(None)
        else:
            projects.set_setting(project, "adjudicated", str(article_id))
            self.docket.show(adjudicating.article_cases(project, article_id))
        self._note_article()
        self.go_to(self.docket.first())

    @Slot(int)
    def go_to(self, at: int | None) -> None:
        """Bring the case at this place of the docket to the front, and its words into view."""
        self.editing.stop()
        self.panel.card.commit()
        self.beside = False
        self.docket.at = at
        case = self.docket.case
        if case is not None and (pieces := self.docket.pieces(case)):
            self.editing.drop_selection()
            self.reader.set_caret(pieces[0].start)
            self.reader.reveal(hull(pieces))
        self.panel.verticalScrollBar().setValue(0)
        self.show_case()

    def show_article(self) -> None:
        """Show the cases of the open article as they are now."""
        self._note_article()
        self.show_case()

    def _note_article(self) -> None:
        if self.project is not None and self.docket.found is not None:
            self.standings.note(self.project, self.docket.found)
        self.saying.choose_guises()
        self.articles.legend.show_guises(self.saying.guises)

    def show_case(self) -> None:
        """Show the case in front, in the text and on the card."""
        project, docket = self.project, self.docket
        if project is None:
            self.reader.show_article(None)
        else:
            shown = [s for case in docket.cases for s in docket.all_of(case)]
            review = presenting.review_of(docket, self.saying.guises)
            self.reader.show_statements(shown, project.codebook, review)
            self.reader.choose(self.editing.statement_id)
        self.saying.show()
        self.state_changed.emit()

    def take_focus(self) -> None:
        """Give the keys to the card, or to the text where there is none or gold is edited."""
        case = self.docket.case is not None and self.editing.statement_id is None
        (self.panel.card if case else self.reader).setFocus(Qt.FocusReason.OtherFocusReason)

    # Following

    def _on_step(self, step: Step) -> None:
        project = self.project
        if project is None:
            return
        self.editing.follow(project, step)
        articles = touched.articles(project, step)
        if articles is None:
            self._late.start()
            return
        here = self.docket.found.article_id if self.docket.found is not None else None
        self.standings.refresh(articles - {here})
        if here in articles or step.touches("speaker", "excluded", "codebook"):
            self._read_case()

    def _catch_up(self) -> None:
        if self._late.isActive():
            self._late.stop()
            self._read_all()

    @Slot()
    def _read_all(self) -> None:
        if self.project is not None:
            self.saying.read_articles()
            self.standings.start(self.project, [row.id for row in self.articles.rows])
            self._read_case()

    def _read_case(self) -> None:
        if self.project is not None and self.docket.found is not None:
            article_id = self.docket.found.article_id
            self.docket.show(adjudicating.article_cases(self.project, article_id))
            if self.docket.at is None:
                self.docket.at = self.docket.first()
            self.reader.show_excluded(self.editing.sheet.excluded)
            self.show_article()

    @Slot()
    def _on_begun(self) -> None:
        self._ready = True
        if self.project is not None and self.docket.found is None:
            self._open_first()

    def _open_first(self) -> None:
        """Open what was asked for, else the article it was left at, else the first."""
        assert self.project is not None
        if self._wanted is not None:
            self.open_case(*self._wanted)
            return
        last = projects.setting(self.project, "adjudicated")
        if last is not None and self.articles.has(int(last)):
            self.open_article(int(last))
        else:
            self.open_article(self.articles.neighbour(1))
        if self.host.pages.review is self and not self.host.prompts.isVisible():
            self.take_focus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_ENOUGH
        self.articles.setFixedWidth(theme.LIST_WIDTH if wide else _NARROW_LIST)
        self.panel.setFixedWidth(_PANEL_WIDTH if wide else _NARROW_PANEL)

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setContentsMargins(theme.WIDE, theme.LARGE, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.reader, 1)
        beside.addWidget(self.panel)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.topbar)
        middle.addLayout(beside, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.articles)
        layout.addLayout(middle, 1)
