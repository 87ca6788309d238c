"""What the parts of the adjudicate page say, and what follows from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.errors import UserError
from annotator.services import adjudicating
from annotator.ui.adjudicate import judging

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage


class Listening(QObject):
    """One slot for each signal of the parts."""

    def __init__(self, page: "AdjudicatePage") -> None:
        super().__init__(page)
        self._page = page
        window, reader, card = page.host, page.reader, page.panel.card
        page.state_changed.connect(window.show_state)
        page.topbar.asked.connect(window.run)
        page.panel.asked.connect(window.run)
        page.offers.asked.connect(window.run)
        page.editing.form.asked.connect(window.run)
        reader.statement_clicked.connect(self._on_clicked)
        reader.selection_changed.connect(self._on_selection)
        reader.view_changed.connect(self._on_view)
        reader.zoom_asked.connect(window.on_zoom)
        window.zoomed.connect(reader.set_zoom)
        page.articles.article_chosen.connect(page.open_article)
        page.articles.finished.connect(page.take_focus)
        page.panel.next.picked.connect(self._on_next)
        card.taken.connect(self._on_taken)
        card.reason_given.connect(self._on_reason)
        card.discussion_noted.connect(self._on_discussion)
        card.typed.connect(page.take_focus)
        page.editing.began.connect(self._on_began)
        page.editing.ended.connect(self._on_ended)
        page.editing.desk.told.connect(window.tell)
        page.editing.desk.refused.connect(window.tell_error)
        page.editing.desk.dismissed.connect(window.notice.dismiss)
        page.standings.changed.connect(page.saying.show_articles)
        page.standings.failed.connect(window.tell_error)

    @Slot(int)
    def _on_clicked(self, statement_id: int) -> None:
        page = self._page
        at = page.docket.at_statement([statement_id])
        if at is not None and at != page.docket.at:
            page.go_to(at)

    @Slot(int)
    def _on_next(self, at: int) -> None:
        self._page.go_to(at)
        self._page.take_focus()

    @Slot(int)
    def _on_taken(self, statement_id: int) -> None:
        page = self._page
        page.panel.card.commit()
        try:
            judging.take(page, statement_id)
        except UserError as error:
            page.host.tell_error(str(error))
            page.host.prompts.ask_annotator_if_unknown()
        page.take_focus()

    @Slot(str)
    def _on_reason(self, words: str) -> None:
        page = self._page
        if page.project is not None and page.docket.case is not None:
            judging.give_reason(page.project, page.docket.case, words)

    @Slot(str)
    def _on_discussion(self, words: str) -> None:
        page, case = self._page, self._page.docket.case
        if page.project is not None and case is not None and case.discuss is not None:
            adjudicating.discuss(page.project, case, words)

    @Slot(object)
    def _on_selection(self, _: object) -> None:
        self._page.offers.refresh()
        self._page.state_changed.emit()

    @Slot()
    def _on_view(self) -> None:
        self._page.offers.refresh()

    @Slot(int)
    def _on_began(self, statement_id: int) -> None:
        at = self._page.docket.at_statement([statement_id])
        if at is not None:
            self._page.docket.at = at
        self._page.show_case()
        self._page.reader.setFocus()

    @Slot()
    def _on_ended(self) -> None:
        self._page.show_case()
        self._page.take_focus()
