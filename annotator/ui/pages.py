"""The pages of an open project: made when they are first shown, switched by key or by pill."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.domain.changes import Step
from annotator.services.project import Project
from annotator.ui.actions import Need

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage
    from annotator.ui.window import MainWindow


class Page(Protocol):
    """What the window asks of a page besides being a widget."""

    def show_project(self, project: Project | None) -> None:
        """Show another project; None shows nothing and lets the old one go."""

    def enter(self) -> None:
        """Get up to date and take the focus: the page is in front now."""

    def leave(self) -> None:
        """Save what is typed: another page comes to the front."""

    def holding(self) -> set[Need]:
        """Return which conditions of the action table hold while the page is in front."""

    def run(self, action_id: str) -> bool:
        """Carry out an action of this page; return False for one that is not its own."""

    def show_place_of(self, step: Step) -> None:
        """Show what `step` changed."""

    def said(self) -> tuple[str, str]:
        """Return what the status line says: what there is, and the keys worth knowing."""


class Pages(QObject):
    """Shows the annotate page or one of the review pages."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._made: dict[str, Page] = {}
        self.review: Page | None = None  # the one in front; None is the annotate page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions that switch pages do."""
        return {
            "page_annotate": self.show_annotate,
            "page_agreement": self.show_agreement,
            "page_adjudicate": self.show_adjudicate,
        }

    def show_annotate(self) -> None:
        """Bring the annotate page to the front."""
        window = self._window
        self._leave()
        window.stack.setCurrentWidget(window.page)
        window.page.reader.setFocus()

    def show_agreement(self) -> None:
        """Bring the agreement page to the front."""
        from annotator.ui.agreement.page import AgreementPage

        self._show("agreement", AgreementPage)

    def show_adjudicate(self) -> None:
        """Bring the adjudicate page to the front."""
        from annotator.ui.adjudicate.page import AdjudicatePage

        self._show("adjudicate", AdjudicatePage)
        self._window.prompts.ask_annotator_if_unknown()

    def take_focus(self) -> None:
        """Give the keys to the page in front."""
        if self.review is not None:
            self.review.enter()
        else:
            self._window.page.reader.setFocus()

    def open_article(self, article_id: int) -> None:
        """Open an article where one is: on the adjudicate page, else on the annotate page."""
        page = self._made.get("adjudicate")
        if page is not None and page is self.review:
            cast("AdjudicatePage", page).open_case(article_id, ())
            return
        if self.review is not None:
            self.show_annotate()
        self._window.page.open_article(article_id)

    def show_case(self, article_id: int, statement_ids: Sequence[int]) -> None:
        """Show one case in its article, where it is decided."""
        self.show_adjudicate()
        page = self._made.get("adjudicate")
        if page is not None:
            cast("AdjudicatePage", page).open_case(article_id, statement_ids)

    def close(self) -> None:
        """Let go of the project on every page."""
        self._leave()
        for page in self._made.values():
            page.show_project(None)

    def _show(self, name: str, make: "Callable[[MainWindow], Page]") -> None:
        window = self._window
        if window.project is None:
            return
        if name not in self._made:
            page = self._made[name] = make(window)
            window.stack.addWidget(cast(QWidget, page))
        page = self._made[name]
        if page is not self.review:
            self._leave()
        window.page.commit_typing()
        self.review = page
        page.show_project(window.project)
        window.stack.setCurrentWidget(cast(QWidget, page))
        page.enter()

    def _leave(self) -> None:
        page, self.review = self.review, None
        if page is not None:
            page.leave()
