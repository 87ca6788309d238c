"""Going about on the adjudicate page: cases, articles, panes, and what it shows."""

from typing import TYPE_CHECKING

from annotator.services import project as projects

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage


def knows(action_id: str) -> bool:
    """Tell whether `action_id` is an action of going about on this page."""
    return action_id in _STEPS or action_id in _DEEDS


def do(page: "AdjudicatePage", action_id: str) -> None:
    """Carry out the action `action_id`."""
    if action_id in _STEPS:
        what, step = _STEPS[action_id]
        _MOVES[what](page, step)
    else:
        _DEEDS[action_id](page)


def _case(page: "AdjudicatePage", step: int) -> None:
    page.go_to(page.docket.step(step))
    page.take_focus()


def _waiting(page: "AdjudicatePage", step: int) -> None:
    at = next(page.docket.waiting(step), None)
    if at is not None:
        page.go_to(at)
    elif page.docket.cases:
        page.host.tell("Everything in this article is decided; Ctrl+Return goes on.")
    page.take_focus()


def _article(page: "AdjudicatePage", step: int) -> None:
    found = page.articles.neighbour(step)
    if found is not None:
        page.open_article(found)
        page.take_focus()


def _pane(page: "AdjudicatePage", step: int) -> None:
    panel = page.panel
    right = panel.card if panel.card.isVisible() else panel.calm.first_widget()
    if page.editing.statement_id is not None:
        right = page.editing.form.first_widget()
    panes = [page.articles.view, page.reader, *([right] if right is not None else [])]
    focused = page.focusWidget()
    here = next((i for i, pane in enumerate(panes) if pane is focused), None)
    if here is None:
        here = len(panes) - 1 if panel.isAncestorOf(focused) else 0
    panes[(here + step) % len(panes)].setFocus()


def _undone(page: "AdjudicatePage") -> None:
    """Go to the next article in which something waits, and say how this one stands."""
    page.editing.stop()
    known = page.standings.known
    here = page.docket.found.article_id if page.docket.found is not None else None
    ready = here is not None and here in known and known[here].status.gold
    left = sum(not case.settled for case in page.docket.cases)
    onward = page.articles.onward()
    waiting = [i for i in onward if i in known and known[i].status.cases]
    found = next((i for i in waiting if not known[i].status.gold), None)
    if found is not None:
        page.open_article(found)
        if ready:
            page.host.tell("✓ That article is gold.")
        elif left:
            page.host.tell(f"{left} left to decide in the article before.")
    elif ready and not page.standings.reading:
        page.host.tell("✓ Every article that was compared is gold.")
    elif left:
        page.go_to(next(page.docket.waiting(), page.docket.at))
        page.host.tell(f"No other article waits; {left} left to decide in this one.")
    else:
        page.host.tell("No other article waits to be decided.")
    page.take_focus()


def _back(page: "AdjudicatePage") -> None:
    page.host.notice.dismiss()
    if page.editing.desk.selection is not None:
        page.editing.drop_selection()
        page.offers.refresh()
        page.state_changed.emit()
    elif page.editing.statement_id is not None:
        page.editing.stop()
    page.take_focus()


def _copy(page: "AdjudicatePage") -> None:
    page.reader.copy()


def _articles_panel(page: "AdjudicatePage") -> None:
    page.articles.setVisible(not page.articles.isVisible())


def _hide_names(page: "AdjudicatePage") -> None:
    projects.set_setting(page.open_project, "blind", "0" if page.blind else "1")
    page.show_article()


def _take_agreed(page: "AdjudicatePage") -> None:
    page.editing.stop()
    page.taking.open()


_MOVES = {"case": _case, "waiting": _waiting, "article": _article, "pane": _pane}
_STEPS = {
    f"{way}_{what}": (what, step)
    for way, step in (("next", 1), ("previous", -1))
    for what in _MOVES
}
_DEEDS = {
    "next_undone": _undone,
    "back_to_text": _back,
    "copy": _copy,
    "articles_panel": _articles_panel,
    "hide_names": _hide_names,
    "take_agreed": _take_agreed,
}
