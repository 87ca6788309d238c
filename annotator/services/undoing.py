"""Undo and redo of actions so large that a window would stand still meanwhile."""

from pathlib import Path
from typing import Literal

from annotator.domain.changes import Step
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project
from annotator.storage import history, opening, undo

Way = Literal["undo", "redo"]

# 300 articles are taken back in 80 ms, and so are some with 1 MB of text.
_MANY_CHANGES = 300
_MANY_BYTES = 1_000_000

_STATES = {"undo": "done", "redo": "undone"}
_PLAYS = {"undo": undo.undo, "redo": undo.redo}


def is_long(project: Project, way: Way) -> bool:
    """Tell whether the next undo or redo takes so long that it should be done `apart`."""
    me = project.annotator.id if project.annotator else None
    found = history.latest(project.store.db, _STATES[way], me)
    return found is not None and history.is_large(
        project.store.db, found[0], _MANY_CHANGES, _MANY_BYTES
    )


def pause(project: Project, label: str | None) -> None:
    """Refuse every write to the open project while `label` is under way elsewhere; None ends it."""
    sentence = f"{label} is still going on; wait for it or cancel it." if label else None
    project.store.paused = sentence


def apart(
    path: Path, annotator_id: int | None, way: Way, progress: Progress, cancelled: Cancelled
) -> Step | None:
    """Undo or redo through a connection of its own, in whatever thread calls, as one transaction.

    Until it is committed, the open project reads all as it was; it must be paused meanwhile, and
    be told of the Step by `announce`. CancelledError leaves everything as it was.
    """

    def tick(done: int, total: int) -> None:
        if done % 50 == 0:
            refuse_cancelled(cancelled, "It")
            tell(progress, done, total)

    store = opening.open_beside(path)
    try:
        return _PLAYS[way](store, annotator_id, tick)
    finally:
        store.close()


def announce(project: Project, step: Step) -> None:
    """Tell everyone who follows the open project what was done `apart`."""
    project.store.announce(step)
