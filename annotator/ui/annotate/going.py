"""Going about and finishing: statements, articles, panes, and the status of an article."""

from typing import TYPE_CHECKING

from annotator.domain.records import Status
from annotator.services import annotating

if TYPE_CHECKING:
    from annotator.ui.annotate.page import AnnotatePage


def knows(action_id: str) -> bool:
    """Tell whether `action_id` is an action of going about."""
    return action_id in _STEPS or action_id in _DEEDS


def do(page: "AnnotatePage", action_id: str) -> None:
    """Carry out the action `action_id`; UserError says why it cannot be."""
    if action_id in _STEPS:
        what, step = _STEPS[action_id]
        _MOVES[what](page, step)
    else:
        _DEEDS[action_id](page)


def set_status(page: "AnnotatePage", status: Status, note: str | None = None) -> None:
    """Set the status of the open article; IncompleteError while `done` cannot be."""
    page.commit_typing()
    annotating.set_status(page.desk.project, page.desk.article_id, status, note)


def _statement(page: "AnnotatePage", step: int) -> None:
    found = page.sheet.neighbour(step, page.reader.caret())
    if found is not None:
        page.go_to(found.id)


def _incomplete(page: "AnnotatePage", step: int) -> None:
    found = page.sheet.incomplete_neighbour(step, page.reader.caret())
    if found is not None:
        page.go_to(found.id)
    else:
        page.desk.told.emit("Every statement in this article is complete.")


def _article(page: "AnnotatePage", step: int) -> None:
    found = page.articles.neighbour(step)
    if found is not None:
        page.open_article(found)
        page.reader.setFocus()


def _pane(page: "AnnotatePage", step: int) -> None:
    listed = page.articles.first_widget()
    every = (listed, page.reader, page.margin.first_widget())
    given = listed if page.list_room.gave_way else None
    panes = [pane for pane in every if pane is not None and (pane.isVisible() or pane is given)]
    focused = page.focusWidget()
    here = next((i for i, pane in enumerate(panes) if pane is focused), None)
    if here is None:
        here = len(panes) - 1 if page.margin.isAncestorOf(focused) else 0
    wanted = panes[(here + step) % len(panes)]
    if wanted is given:
        page.list_room.bring()
    wanted.setFocus()


def _done(page: "AnnotatePage") -> None:
    article_id = page.desk.article_id
    set_status(page, "done")
    following = page.articles.next_open(article_id)
    if following is not None:
        page.open_article(following)
    else:
        page.desk.told.emit("Every article is done.")


def _todo(page: "AnnotatePage") -> None:
    set_status(page, "todo")


def _in_progress(page: "AnnotatePage") -> None:
    set_status(page, "in_progress")


def _find(page: "AnnotatePage") -> None:
    page.finding.open()


def _find_next(page: "AnnotatePage") -> None:
    page.finding.step(1)


def _find_previous(page: "AnnotatePage") -> None:
    page.finding.step(-1)


def _search(page: "AnnotatePage") -> None:
    page.list_room.bring()
    page.articles.start_search()


def _copy(page: "AnnotatePage") -> None:
    page.reader.copy()


def _back_to_text(page: "AnnotatePage") -> None:
    page.desk.dismissed.emit()
    if page.desk.selection is not None:
        page.drop_selection()
    elif page.sheet.chosen is not None:
        page.choose(None)
    else:
        page.finding.close()
    page.reader.setFocus()


def _articles_panel(page: "AnnotatePage") -> None:
    page.list_room.toggle()


_MOVES = {
    "statement": _statement,
    "incomplete": _incomplete,
    "article": _article,
    "pane": _pane,
}
_STEPS = {
    f"{way}_{what}": (what, step)
    for way, step in (("next", 1), ("previous", -1))
    for what in _MOVES
}
_DEEDS = {
    "done": _done,
    "todo": _todo,
    "in_progress": _in_progress,
    "copy": _copy,
    "find": _find,
    "find_next": _find_next,
    "find_previous": _find_previous,
    "search": _search,
    "back_to_text": _back_to_text,
    "articles_panel": _articles_panel,
}
