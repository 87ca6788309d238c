"""Undo, redo and long steps: replaying what the store recorded."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.domain.changes import Change, Step
from annotator.errors import UserError
from annotator.storage import history
from annotator.storage.store import Store


class _OvertakenError(Exception):
    """Someone else changed the same columns since."""


# Later work refers to the rows, took their names, deleted them, or changed them.
_CONFLICTS = (sqlite3.IntegrityError, LookupError, _OvertakenError)


def undo(store: Store, annotator_id: int | None) -> Step | None:
    """Take back the newest step of `annotator_id` (or of nobody); return what that changed."""
    return _replay(store, annotator_id, "done", "undone", _undone)


def redo(store: Store, annotator_id: int | None) -> Step | None:
    """Do again the oldest step that `annotator_id` took back; return what that changed."""
    return _replay(store, annotator_id, "undone", "done", _redone)


class LongStep:
    """An action too long for one commit: its parts are committed one by one, undone as one.

    A part left by a crash is taken back at the next opening (`take_back_unfinished`).
    """

    def __init__(self, store: Store, label: str, annotator_id: int | None) -> None:
        self._store = store
        self._label = label
        self._annotator_id = annotator_id
        self._empty = True
        with store.writing():
            self.id = history.open_step(store.db, label, annotator_id, "open")

    @contextmanager
    def part(self) -> Iterator[None]:
        """Commit what is written inside as one more part of this step."""
        with self._store.collecting() as changes:
            yield
            if changes:
                history.add_part(self._store.db, self.id, changes)
        self._empty = self._empty and not changes

    def finish(self) -> Step:
        """Close the step: from now on it is undone as one; one without changes is given up."""
        store = self._store
        with store.writing():
            if not self._empty:
                history.drop_undone(store.db, self._annotator_id)
            history.set_state(store.db, self.id, "dropped" if self._empty else "done")
        step = history.load(store.db, self.id)
        store.announce(step)
        return step

    def cancel(self) -> None:
        """Take back every part, as if the action had never begun.

        UserError when something done meanwhile builds on a part; the step then stays as it is.
        """
        try:
            step = _take_back(self._store, self.id)
        except _CONFLICTS as error:
            self.finish()
            raise UserError(
                f"“{self._label}” cannot be cancelled: later work in this project builds on it."
            ) from error
        self._store.announce(step)


def take_back_unfinished(store: Store) -> int:
    """Take back long steps that a crash left half done; return how many there were.

    One on which something was built meanwhile stays, as far as it came.
    """
    ids = history.unfinished(store.db)
    for step_id in ids:
        try:
            _take_back(store, step_id)
        except _CONFLICTS:
            with store.writing():
                history.set_state(store.db, step_id, "done")
    return len(ids)


def _take_back(store: Store, step_id: int) -> Step:
    step = history.load(store.db, step_id)
    with store.collecting() as changes:
        store.db.execute("PRAGMA defer_foreign_keys = ON")
        _undone(store, step)
        history.set_state(store.db, step_id, "dropped")
        history.replace_parts(store.db, step_id, ())
    return Step(step.id, step.uid, step.label, step.at, step.annotator_id, tuple(changes))


def _replay(
    store: Store,
    annotator_id: int | None,
    state: str,
    new_state: str,
    play: Callable[[Store, Step], None],
) -> Step | None:
    found = history.latest(store.db, state, annotator_id)
    if found is None:
        return None
    step = history.load(store.db, found[0])
    verb = "undone" if state == "done" else "redone"
    try:
        with store.collecting() as changes:
            store.db.execute("PRAGMA defer_foreign_keys = ON")
            play(store, step)
            if any(change.before is change.after is None for change in step.changes):
                history.replace_parts(store.db, step.id, map(_inverse, reversed(changes)))
            history.set_state(store.db, step.id, new_state)
    except _CONFLICTS as error:
        raise UserError(
            f"“{step.label}” cannot be {verb}: later work in this project builds on it."
        ) from error
    replayed = Step(step.id, step.uid, step.label, step.at, step.annotator_id, tuple(changes))
    store.announce(replayed)
    return replayed


def _undone(store: Store, step: Step) -> None:
    for change in reversed(step.changes):
        _apply(store, _inverse(change))


def _redone(store: Store, step: Step) -> None:
    for change in step.changes:
        _apply(store, change)


def _inverse(change: Change) -> Change:
    kind = {"insert": "delete", "delete": "insert", "update": "update"}[change.kind]
    return Change(change.table, change.row_id, change.after, change.before, kind)


def _apply(store: Store, change: Change) -> None:
    if change.kind == "insert":
        assert change.after is not None
        store.insert(change.table, change.after)
        return
    if change.before is not None:
        row = store.row(change.table, change.row_id)
        if any(row[column] != value for column, value in change.before.items()):
            raise _OvertakenError
    if change.kind == "delete":
        store.delete(change.table, change.row_id)
    else:
        assert change.after is not None
        store.update(change.table, change.row_id, change.after)
