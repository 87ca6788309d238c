"""Undo, redo and long steps: replaying what the store recorded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from annotator.domain.changes import Change, Step
from annotator.errors import UserError
from annotator.storage import history, replaying
from annotator.storage.history import LEFT, LOST, Entry
from annotator.storage.replaying import Barred, Outcome, Tick
from annotator.storage.schema import STAMPS
from annotator.storage.store import Store


class _NothingError(Exception):
    """Others have changed all that the step changed, or build on it."""


def _untold(_done: int, _total: int) -> None:
    pass


def undo(store: Store, annotator_id: int | None, tick: Tick = _untold) -> Step | None:
    """Take back the newest step of `annotator_id` (or of nobody); return what that changed.

    What others have changed since, or build on, is left as it is; a step of which nothing can be
    taken back is passed over. None when there is nothing to take back. All of it is one
    transaction, which ends without a trace when `tick` raises.
    """
    return _replay(store, annotator_id, "done", tick)


def redo(store: Store, annotator_id: int | None, tick: Tick = _untold) -> Step | None:
    """Do again just what was undone of the oldest undone step of `annotator_id`; else as `undo`."""
    return _replay(store, annotator_id, "undone", tick)


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
        except replaying.CONFLICTS as error:
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
        except replaying.CONFLICTS:
            with store.writing():
                history.set_state(store.db, step_id, "done")
    return len(ids)


def _take_back(store: Store, step_id: int) -> Step:
    step = history.load(store.db, step_id)
    barred = _rows_changed_since(store, step_id, step.changes)
    with store.collecting() as changes:
        deeds = [replaying.inverse(change) for change in reversed(step.changes)]
        replaying.play_all(store, deeds, barred, _untold)
        history.set_state(store.db, step_id, "dropped")
        history.replace_parts(store.db, step_id, ())
    return Step(step.id, step.uid, step.label, step.at, step.annotator_id, tuple(changes))


def _replay(store: Store, annotator_id: int | None, state: str, tick: Tick) -> Step | None:
    barred: Barred = set()
    found = history.latest(store.db, state, annotator_id)
    while found is not None:
        step_id = found[0]
        try:
            step = _play(store, step_id, state, barred, tick)
        except _NothingError:
            found = history.latest(store.db, state, annotator_id, step_id)
        else:
            store.announce(step)
            return step
    return None


def _play(store: Store, step_id: int, state: str, barred: Barred, tick: Tick) -> Step:
    """Undo or redo one step as far as that is possible; _NothingError when none of it is.

    Then its columns are `barred` for the steps before it: what stands there is not theirs either.
    """
    entries = history.entries(store.db, step_id)
    deeds = [change for change, mark in entries if not mark]
    if state == "done":
        deeds = [replaying.inverse(change) for change in reversed(deeds)]
        barred |= _rows_changed_since(store, step_id, [change for change, _ in entries])
    if not deeds:
        raise _NothingError
    try:
        with store.collecting() as changes:
            outcome = replaying.play_all(store, deeds, barred, tick)
            _keep(store, step_id, state, entries, outcome)
    except replaying.CONFLICTS:
        with store.collecting() as changes:
            outcome = replaying.play_what_stands(store, deeds, barred, tick, changes)
            if not changes:
                barred |= _columns(deeds)
                raise _NothingError from None
            _keep(store, step_id, state, entries, outcome)
    step = history.load(store.db, step_id)
    pairs = zip(deeds, outcome, strict=True)
    left = sum(done is None and replaying.matters(deed) for deed, done in pairs)
    return Step(step.id, step.uid, step.label, step.at, step.annotator_id, tuple(changes), left)


def _keep(
    store: Store, step_id: int, state: str, entries: Sequence[Entry], outcome: Outcome
) -> None:
    """Record what was really undone or redone, so that going the other way is exact."""
    undone = state == "done"
    left = iter(outcome[::-1] if undone else outcome)
    kept: list[Entry] = []
    for change, mark in entries:
        done = None if mark else next(left)
        if done is not None:
            kept.append((replaying.inverse(done) if undone else done, ""))
        elif undone:
            kept.append((change, mark or LEFT))
        else:
            kept.append((change, "" if mark == LEFT else LOST))
    if kept != entries:
        history.replace_parts(store.db, step_id, kept)
    history.set_state(store.db, step_id, "undone" if undone else "done")


def _rows_changed_since(store: Store, step_id: int, changes: Sequence[Change]) -> Barred:
    """Return the rows that the record does not hold and that were changed after they came in."""
    bare = {(c.table, c.row_id) for c in changes if c.before is c.after is None}
    if not bare:
        return set()
    return {(*row, None) for row in bare & history.rows_touched_since(store.db, step_id)}


def _columns(deeds: Sequence[Change]) -> Barred:
    found: Barred = set()
    for deed in deeds:
        if deed.kind == "update":
            columns = {None, *(deed.before or {})} - STAMPS
            found |= {(deed.table, deed.row_id, column) for column in columns}
    return found
