"""Steps as they lie in the file: encoding changes, finding what can be undone."""

import sqlite3
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from annotator.domain.changes import Change, Step

# A change of a step with its mark; only those without one are played.
#   LEFT: undo left it as it is, since others build on it; redo finds it in effect already.
#   LOST: redo could not do it again; it is not in effect, and undo has nothing to take back.
Entry = tuple[Change, str]
LEFT, LOST = "left", "lost"


class _Packed(msgspec.Struct, array_like=True, gc=False):
    table: str
    row_id: int
    kind: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    mark: str = ""


_decoder = msgspec.msgpack.Decoder(list[_Packed])


def now() -> str:
    """Return the present time in UTC, to the millisecond, as the file and the record hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def packed(entries: Iterable[Entry]) -> bytes:
    """Return `entries` as bytes for a step part."""
    return msgspec.msgpack.encode(
        [
            (c.table, c.row_id, c.kind, c.before, c.after, *((mark,) if mark else ()))
            for c, mark in entries
        ]
    )


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
    _add(db, step_id, ((change, "") for change in changes))


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


def latest(
    db: sqlite3.Connection, state: str, annotator_id: int | None, beyond: int | None = None
) -> tuple[int, str] | None:
    """Return id and label of the step that is next in line (after `beyond`), or None.

    For `done` that is the newest (undo), for `undone` the oldest (redo); only steps of this
    annotator, or of nobody, count.
    """
    order, sign = ("DESC", "<") if state == "done" else ("ASC", ">")
    row = db.execute(
        "SELECT id, label FROM step"  # noqa: S608 - order and sign are from the line above
        " WHERE state = ? AND (annotator_id IS ? OR annotator_id IS NULL)"
        f" AND (? IS NULL OR id {sign} ?) ORDER BY id {order} LIMIT 1",
        (state, annotator_id, beyond, beyond),
    ).fetchone()
    return (row[0], row[1]) if row else None


def unfinished(db: sqlite3.Connection) -> list[int]:
    """Return the ids of steps that a crash left open, newest first."""
    rows = db.execute("SELECT id FROM step WHERE state = 'open' ORDER BY id DESC")
    return [row[0] for row in rows]


def load(db: sqlite3.Connection, step_id: int) -> Step:
    """Return a step with its unmarked changes in the order they were made."""
    uid, label, at, annotator_id = db.execute(
        "SELECT uid, label, at, annotator_id FROM step WHERE id = ?", (step_id,)
    ).fetchone()
    changes = tuple(change for change, mark in entries(db, step_id) if not mark)
    return Step(step_id, uid, label, at, annotator_id, changes)


def entries(db: sqlite3.Connection, step_id: int) -> list[Entry]:
    """Return all changes of a step with their marks, in the order they were made."""
    parts = db.execute("SELECT changes FROM step_part WHERE step_id = ? ORDER BY id", (step_id,))
    return [
        (Change(c.table, c.row_id, c.before, c.after, c.kind), c.mark)
        for (part,) in parts.fetchall()
        for c in _decoder.decode(part)
    ]


def is_large(db: sqlite3.Connection, step_id: int, changes: int, size: int) -> bool:
    """Tell whether a step has more than `changes` changes, or takes more than `size` bytes."""
    sizes = db.execute("SELECT length(changes) FROM step_part WHERE step_id = ?", (step_id,))
    total = sum(length for (length,) in sizes)
    # A change takes ten bytes at the least, so most steps need not be read.
    return total > size or (total > 10 * changes and len(entries(db, step_id)) > changes)


def rows_touched_since(db: sqlite3.Connection, step_id: int) -> set[tuple[str, int]]:
    """Return table and id of the rows that steps after `step_id` changed and that still hold it."""
    parts = db.execute(
        "SELECT state, changes FROM step_part JOIN step ON step.id = step_id WHERE step_id > ?",
        (step_id,),
    )
    return {
        (c.table, c.row_id)
        for state, part in parts
        for c in _decoder.decode(part)
        if (c.mark == LEFT if state in ("undone", "dropped") else c.mark != LOST)
    }


def replace_parts(db: sqlite3.Connection, step_id: int, kept: Iterable[Entry]) -> None:
    """Put `kept` in the place of all parts of a step."""
    db.execute("DELETE FROM step_part WHERE step_id = ?", (step_id,))
    _add(db, step_id, kept)


def _add(db: sqlite3.Connection, step_id: int, kept: Iterable[Entry]) -> None:
    db.execute("INSERT INTO step_part (step_id, changes) VALUES (?, ?)", (step_id, packed(kept)))


def listing(db: sqlite3.Connection, limit: int) -> list[dict[str, object]]:
    """Return the newest `limit` steps as rows of id, label, at, state and annotator's name."""
    cursor = db.execute(
        "SELECT step.id, label, at, state, annotator.name FROM step"
        " LEFT JOIN annotator ON annotator.id = annotator_id ORDER BY step.id DESC LIMIT ?",
        (limit,),
    )
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
