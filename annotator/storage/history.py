"""Steps as they lie in the file: encoding changes, finding what can be undone."""

import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from annotator.domain.changes import Change, Step

Packed = tuple[str, int, str, dict[str, object] | None, dict[str, object] | None]

_decoder = msgspec.msgpack.Decoder(list[Packed])


def now() -> str:
    """Return the present time in UTC, to the millisecond, as the file and the record hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def packed(changes: Iterable[Change]) -> bytes:
    """Return `changes` as bytes for a step part."""
    return msgspec.msgpack.encode([(c.table, c.row_id, c.kind, c.before, c.after) for c in changes])


def open_step(db: sqlite3.Connection, label: str, annotator_id: int | None, state: str) -> int:
    """Insert a step without parts and return its id."""
    cursor = db.execute(
        "INSERT INTO step (uid, label, at, annotator_id, state) VALUES (?, ?, ?, ?, ?)",
        (str(uuid.uuid4()), label, now(), annotator_id, state),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def add_part(db: sqlite3.Connection, step_id: int, changes: Iterable[Change]) -> None:
    """Append `changes` to a step."""
    db.execute("INSERT INTO step_part (step_id, changes) VALUES (?, ?)", (step_id, packed(changes)))


def set_state(db: sqlite3.Connection, step_id: int, state: str) -> None:
    """Set the state of a step: open, done, undone, dropped or kept."""
    db.execute("UPDATE step SET state = ? WHERE id = ?", (state, step_id))


def drop_undone(db: sqlite3.Connection, annotator_id: int | None) -> None:
    """Give up what `annotator_id` could still redo, since something new was done."""
    db.execute(
        "UPDATE step SET state = 'dropped' WHERE state = 'undone'"
        " AND (annotator_id IS ? OR annotator_id IS NULL)",
        (annotator_id,),
    )


def latest(db: sqlite3.Connection, state: str, annotator_id: int | None) -> tuple[int, str] | None:
    """Return id and label of the step that is next in line, or None.

    For `done` that is the newest (undo), for `undone` the oldest (redo); only steps of this
    annotator, or of nobody, count.
    """
    order = "DESC" if state == "done" else "ASC"
    row = db.execute(
        "SELECT id, label FROM step"  # noqa: S608 - order is one of two words above
        " WHERE state = ? AND (annotator_id IS ? OR annotator_id IS NULL)"
        f" ORDER BY id {order} LIMIT 1",
        (state, annotator_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def unfinished(db: sqlite3.Connection) -> list[int]:
    """Return the ids of steps that a crash left open, newest first."""
    rows = db.execute("SELECT id FROM step WHERE state = 'open' ORDER BY id DESC")
    return [row[0] for row in rows]


def load(db: sqlite3.Connection, step_id: int) -> Step:
    """Return a step with all its changes in the order they were made."""
    uid, label, at, annotator_id = db.execute(
        "SELECT uid, label, at, annotator_id FROM step WHERE id = ?", (step_id,)
    ).fetchone()
    return Step(step_id, uid, label, at, annotator_id, tuple(_changes(db, step_id)))


def _changes(db: sqlite3.Connection, step_id: int) -> Iterator[Change]:
    parts = db.execute("SELECT changes FROM step_part WHERE step_id = ? ORDER BY id", (step_id,))
    for (part,) in parts.fetchall():
        for table, row_id, kind, before, after in _decoder.decode(part):
            yield Change(table, row_id, before, after, kind)


def replace_parts(db: sqlite3.Connection, step_id: int, changes: Iterable[Change]) -> None:
    """Put `changes` in the place of all parts of a step."""
    db.execute("DELETE FROM step_part WHERE step_id = ?", (step_id,))
    add_part(db, step_id, changes)


def listing(db: sqlite3.Connection, limit: int) -> list[dict[str, object]]:
    """Return the newest `limit` steps as rows of id, label, at, state and annotator's name."""
    cursor = db.execute(
        "SELECT step.id, label, at, state, annotator.name FROM step"
        " LEFT JOIN annotator ON annotator.id = annotator_id ORDER BY step.id DESC LIMIT ?",
        (limit,),
    )
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
