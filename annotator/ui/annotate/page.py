"""The annotate page: article list, text and margin joined, following what the project does."""

import time

from PySide6.QtCore import QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.changes import Step
from annotator.domain.naming import Candidate
from annotator.domain.spans import Span
from annotator.services import annotating, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui import theme
from annotator.ui.actions import Need
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.annotate.clock import Clock
from annotator.ui.annotate.desk import Desk
from annotator.ui.annotate.find_bar import FindBar
from annotator.ui.annotate.finding import Finding
from annotator.ui.annotate.list_room import ListRoom
from annotator.ui.annotate.listing import Listing
from annotator.ui.annotate.margin import Margin
from annotator.ui.annotate.reader import Reader
from annotator.ui.annotate.reading_on import ReadingOn
from annotator.ui.annotate.seeking import Seeking
from annotator.ui.annotate.selection_offers import SelectionOffers
from annotator.ui.annotate.sheet import Sheet
from annotator.ui.annotate.wishes import Wishes
from annotator.ui.topbar import TopBar

_KEEP_TIME_EVERY = 30_000  # ms
# After a step with more changes than this the whole list is read again, not row by row.
_MANY_CHANGES = 64


class AnnotatePage(QWidget):
    """Reads the open article from the project, shows it, and asks services for every change."""

    state_changed = Signal()
    committing = Signal()  # another article or project may come: what is typed is to be saved

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.project: Project | None = None
        self.sheet = Sheet()
        self.reading_on = ReadingOn(self.sheet, self)
        self.desk = Desk(self, self.sheet)
        self.wishes = Wishes(self.desk)
        self.clock = Clock()
        self.articles = ArticlePanel()
        self.listing = Listing(self.articles, self)
        self.seeking = Seeking(self.articles, self)
        self.topbar = TopBar()
        self.reader = Reader()
        self.find_bar = FindBar()
        self.margin = Margin()
        self.list_room = ListRoom(self, self.articles, self.reader, self.margin)
        self.finding = Finding(self)
        self.offers = SelectionOffers(self)
        self._lay_out()
        self._connect()
        self._time_keeper = QTimer(self)
        self._time_keeper.setInterval(_KEEP_TIME_EVERY)
        self._time_keeper.timeout.connect(self.keep_time)
        self._time_keeper.start()

    # The project

    def show_project(self, project: Project | None) -> None:
        """Show a project, at the article where its annotator was last; None shows nothing."""
        self.commit_typing()
        self.keep_time()
        if self.project is not None and self._on_step in self.project.store.listeners:
            self.project.store.listeners.remove(self._on_step)
        self.project = project
        self.desk.opened = project
        self.seeking.show_project(project)
        if project is None:
            self.listing.stop()
            self.open_article(None)
            return
        project.store.listeners.append(self._on_step)
        self.articles.show_project(project.name)
        self.read_articles()
        self._show_last_article()

    def read_articles(self) -> None:
        """Read the whole article list again."""
        if self.project is not None:
            self.listing.read(self.project)
        self._show_top()

    def show_annotator(self) -> None:
        """Show everything as the present annotator sees it."""
        self.read_articles()
        self.open_article(self.sheet.article.id if self.sheet.article else None)

    # The article

    @Slot(int)
    def open_article(self, article_id: int | None) -> None:
        """Open an article in the text; None shows none."""
        self.commit_typing()
        self.keep_time()
        if self.project is None:
            self.sheet.close()
        else:
            self.sheet.open(self.project, article_id)
        self.reading_on.start()
        self.finding.forget()
        self.drop_selection()
        self.reader.show_article(self.sheet.article)
        self.reader.show_excluded(self.sheet.excluded)
        self._show_statements()
        self.choose(None)
        self.articles.set_current(article_id)
        if self.project is not None and article_id is not None:
            projects.set_setting(self.project, "article", str(article_id))
        self._show_top()

    @Slot(int)
    def choose(self, statement_id: int | None) -> None:
        """Choose a statement in text and margin; None chooses none."""
        self.commit_typing()
        found = self.sheet.statement(statement_id)
        self.sheet.chosen = found.id if found else None
        self.reader.choose(self.sheet.chosen)
        self.margin.choose(self.sheet.chosen)
        self.offers.refresh()
        self.state_changed.emit()

    @Slot(int)
    def go_to(self, statement_id: int) -> None:
        """Choose a statement and bring its words into view."""
        found = self.sheet.statement(statement_id)
        if found is not None:
            self.drop_selection()
            self.reader.set_caret(found.start)
            self.reader.reveal(found.hull)
            self.choose(statement_id)
            self.reader.setFocus()

    @Slot(int, object)
    def go_to_place(self, article_id: int, span: Span) -> None:
        """Open an article and show one place of it, as a search found it."""
        if self.sheet.article is None or self.sheet.article.id != article_id:
            self.open_article(article_id)
        self.drop_selection()
        self.reader.set_caret(span.start)
        self.reader.reveal(span)
        self.reader.show_hits([span], 0)
        self.reader.setFocus()

    def show_place_of(self, step: Step) -> None:
        """Show the article that `step` changed, and choose the statement it left behind."""
        if self.project is None or len(step.changes) > _MANY_CHANGES:
            return
        articles = annotating.articles_of(self.project, step)
        here = self.sheet.article.id if self.sheet.article else None
        if articles and here not in articles:
            self.open_article(min(articles))
        left = [c.row_id for c in step.changes if c.table == "statement" and c.kind != "delete"]
        if left:
            self.go_to(left[-1])

    def holding(self) -> set[Need]:
        """Return which conditions of the action table hold on this page."""
        found: set[Need] = set()
        if self.project is not None:
            found.add("project")
            if not self.project.read_only:
                found.add("writable")
        if self.sheet.article is not None:
            found |= {"article", "annotate"}
        if self.desk.selection is not None:
            found.add("selection")
        if self.sheet.chosen is not None:
            found.add("statement")
        return found

    def commit_typing(self) -> None:
        """Save what is typed and not saved yet, in the card or anywhere else."""
        self.margin.form.commit()
        self.committing.emit()

    @Slot()
    def keep_time(self) -> None:
        """Add the time worked since the last call to the open article."""
        self.clock.note(time.monotonic())
        if self.project is not None and self.project.paused:
            return  # it is kept with the next
        seconds = self.clock.take()
        if self.project is not None and self.sheet.article is not None:
            annotating.add_time(self.project, self.sheet.article.id, seconds)

    # Following

    def _on_step(self, step: Step) -> None:
        project = self.project
        if project is None:
            return
        with project.on_layer(gold=False):  # the step may be one on gold statements
            many = step.touches("article", "annotator") or len(step.changes) > _MANY_CHANGES
            if many:
                self.read_articles()
                if self.sheet.article is None:
                    self.open_article(self.articles.neighbour(1))
            article = self.sheet.article
            if article is not None and article.id in step.ids("article"):
                if self.articles.row(article.id) is None:
                    self.open_article(self.articles.neighbour(1))
                    return
                self.sheet.article = annotating.article(project, article.id)  # its title
            self.sheet.follow(project, step)
            if not many and step.touches("statement", "work"):
                self._update_rows(step)
            if step.touches("excluded"):
                self.reader.show_excluded(self.sheet.excluded)
            if step.touches("statement", "source", "speaker", "alias", "annotator"):
                self._show_statements()
            self._show_top()

    def _update_rows(self, step: Step) -> None:
        assert self.project is not None
        sheet = self.sheet
        for article_id in annotating.articles_of(self.project, step):
            counted = None
            if sheet.article is not None and sheet.article.id == article_id and sheet.whole:
                counted = (len(sheet.statements), sheet.incomplete)
            row = projects.article_row(self.project, article_id, counted)
            if row is not None:
                self.articles.update_article(row)

    @Slot()
    def _show_statements(self) -> None:
        if self.project is None:
            self.reader.show_article(None)
            return
        codebook = self.project.codebook
        text = self.sheet.article.text if self.sheet.article else ""
        self.reader.show_statements(self.sheet.statements, codebook)
        self.margin.show_statements(
            self.sheet.statements,
            codebook,
            self.sheet.speakers,
            text,
            self.lang,
            self.project.read_only,
        )
        self.reader.choose(self.sheet.chosen)
        self.margin.choose(self.sheet.chosen)

    def _show_top(self) -> None:
        article = self.sheet.article
        self.topbar.show_article(self.articles.row(article.id) if article is not None else None)
        name = self.project.annotator.name if self.project and self.project.annotator else None
        read_only = self.project is not None and self.project.read_only
        self.topbar.show_annotator(name, read_only=read_only)
        self.state_changed.emit()

    def _show_last_article(self) -> None:
        assert self.project is not None
        last = projects.setting(self.project, "article")
        if last is not None and self.articles.row(int(last)) is not None:
            self.open_article(int(last))
        else:
            self.open_article(self.articles.neighbour(1))

    # Signals of the parts

    @Slot(object)
    def _on_selection(self, span: Span | None) -> None:
        self.clock.note(time.monotonic())
        self.desk.selection = span
        self.desk.exact = self.reader.exact
        self.desk.caret = self.reader.caret()
        self.offers.refresh()
        self.state_changed.emit()

    @Slot()
    def _on_view(self) -> None:
        self.clock.note(time.monotonic())
        self.margin.refresh_places()
        self.offers.replace()

    @Slot()
    def drop_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.reader.clear_selection()
        self.desk.selection = None
        self.desk.exact = False
        self.offers.refresh()
        self.state_changed.emit()

    @Slot()
    def focus_text(self) -> None:
        """Give the keys back to the text."""
        self.reader.setFocus()

    def _chosen_words(self) -> QRect:
        """Return where the words of the chosen statement stand on the screen."""
        found = self.sheet.statement(self.sheet.chosen)
        if found is None:
            return QRect()
        box = self.reader.geometry_of_text.bounds(found.hull).toAlignedRect()
        return box.translated(self.reader.viewport().mapToGlobal(QPoint(0, 0)))

    def _candidates(self, words: str) -> list[Candidate]:
        return speakers.candidates(self.project, words) if self.project is not None else []

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.topbar)
        middle.addWidget(self.find_bar)
        self.find_bar.hide()
        beside = QHBoxLayout()
        beside.setContentsMargins(theme.WIDE, theme.LARGE, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.reader, 1)
        beside.addWidget(self.margin)
        middle.addLayout(beside, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.articles.setFixedWidth(theme.LIST_WIDTH)
        layout.addWidget(self.articles)
        layout.addLayout(middle, 1)

    def _connect(self) -> None:
        reader, margin, form, wishes = self.reader, self.margin, self.margin.form, self.wishes
        self.reading_on.ended.connect(self._show_statements)
        self.reading_on.ended.connect(self.state_changed)
        margin.place_by(reader.y_of, reader.view_range)
        margin.pass_wheel_to(reader.viewport())
        form.use_candidates(self._candidates, self._chosen_words)
        self.articles.article_chosen.connect(self.open_article)
        self.articles.search_asked.connect(self.seeking.ask)
        self.articles.hit_chosen.connect(self.go_to_place)
        self.articles.finished.connect(self.focus_text)
        reader.selection_changed.connect(self._on_selection)
        reader.statement_clicked.connect(self.choose)
        reader.view_changed.connect(self._on_view)
        reader.edge_moved.connect(wishes.move_edge)
        margin.chosen.connect(self.go_to)
        form.choice_made.connect(wishes.choose)
        form.flag_toggled.connect(wishes.toggle_flag)
        form.note_edited.connect(wishes.set_note)
        form.speaker_chosen.connect(wishes.set_speaker)
        form.speaker_named.connect(wishes.name_speaker)
        form.speaker_type_chosen.connect(wishes.set_speaker_type)
        form.unfinished.connect(wishes.tell_unfinished)
        form.speaker_cleared.connect(wishes.clear_speaker)
        form.span_cleared.connect(wishes.clear_span)
        form.piece_removed.connect(wishes.remove_piece)
        form.chain_changed.connect(wishes.set_chain)
        form.source_chosen.connect(wishes.add_source)
        form.source_named.connect(wishes.name_source)
        form.finished.connect(self.focus_text)
        self.desk.chosen.connect(self.choose)
        self.desk.selection_used.connect(self.drop_selection)
        self.desk.speaker_wanted.connect(form.ask_speaker)
        self.desk.source_wanted.connect(form.ask_source)
        self.desk.note_wanted.connect(form.ask_note)
        self.desk.type_wanted.connect(form.speaker_type_wanted)
