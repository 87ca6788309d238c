"""What the actions of the agreement page do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.services import adjudicating
from annotator.services.disagreeing import Listed
from annotator.ui.actions import ACTIONS
from annotator.ui.agreement.saving import Saving

if TYPE_CHECKING:
    from annotator.services.adjudicating import Case
    from annotator.ui.agreement.page import AgreementPage

_ELSEWHERE = ("search", "next_article", "previous_article")


_OWN = frozenset(action.id for action in ACTIONS if "agreement" in action.needs)


def knows(action_id: str) -> bool:
    """Tell whether an action is one of this page alone."""
    return action_id in _OWN


class Deeds(QObject):
    """Carries out actions by their ids in the table."""

    def __init__(self, page: "AgreementPage") -> None:
        super().__init__(page)
        self._page = page
        self.saving = Saving(page)
        self._deeds = {
            "next_listed": self._next,
            "previous_listed": self._previous,
            "open_listed": self._open,
            "discuss_listed": self._discuss,
            "all_listed": self._all,
            "back_to_text": self._all,
            "next_pane": self._next_pane,
            "previous_pane": self._previous_pane,
            **self.saving.handlers(),
        }

    def do(self, action_id: str) -> bool:
        """Carry out an action; return False for one that is not of this page."""
        if action_id in _ELSEWHERE:  # they are about the text, which the annotate page shows
            self._page.window_.pages.show_annotate()
        if action_id not in self._deeds:
            return False
        self._deeds[action_id]()
        return True

    @Slot(object)
    def open_case(self, case: Listed) -> None:
        """Show a case in its article, the annotators side by side."""
        self._page.window_.pages.show_case(case.article, case.statements)

    def _next(self) -> None:
        self._page.board.cases.go(1)

    def _previous(self) -> None:
        self._page.board.cases.go(-1)

    def _open(self) -> None:
        self._page.board.cases.open()

    def _all(self) -> None:
        self._page.window_.notice.dismiss()
        self._page.board.cases.widen()

    def _next_pane(self) -> None:
        self._pane(1)

    def _previous_pane(self) -> None:
        self._pane(-1)

    def _pane(self, step: int) -> None:
        panes = self._page.board.panes()
        focused = self._page.focusWidget()
        here = next((at for at, pane in enumerate(panes) if _around(pane, focused)), -step)
        panes[(here + step) % len(panes)].setFocus()

    def _discuss(self) -> None:
        listed, window = self._page.board.cases.current, self._page.window_
        case = self._case_of(listed) if listed is not None else None
        if case is None or window.project is None:
            window.tell("This case is no longer there; the figures are being worked out anew.")
            return
        project = window.project

        def note(words: str) -> None:
            if words or case.discuss is not None:
                adjudicating.discuss(project, case, words or None)

        window.prompts.ask("What is to be discussed?", case.discuss or "", note)

    def _case_of(self, listed: Listed) -> "Case | None":
        project = self._page.project
        if project is None:
            return None
        wanted = set(listed.statements)
        found = adjudicating.cases(project, listed.article)
        return next((c for c in found if wanted & {s.id for s in c.statements}), None)


def _around(pane: object, focused: object) -> bool:
    from PySide6.QtWidgets import QWidget

    if not isinstance(pane, QWidget) or not isinstance(focused, QWidget):
        return False
    card = pane.parentWidget()
    return focused is pane or (card is not None and card.isAncestorOf(focused))
