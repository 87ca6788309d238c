"""The store: one connection that reads and writes a project, and records what it writes.

Transaction, undo, refresh and history are one mechanism: everything written between the start
and the end of `transact` is committed at once, kept as a Step, and handed to the listeners.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.domain.changes import Change, Row, Step
from annotator.errors import UserError
from annotator.storage import connection, history, search_index
from annotator.storage.schema import RECORDED

Listener = Callable[[Step], None]


class Store:
    """An open project file."""

    def __init__(self, path: Path, db: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.path = path
        self.db = db
        self.read_only = read_only
        self.listeners: list[Listener] = []
        self._changes: list[Change] | None = None

    def close(self) -> None:
        """Close the connection; what was committed is in the file."""
        self.db.close()

    # Writing

    @contextmanager
    def transact(
        self, label: str, annotator_id: int | None = None, *, undoable: bool = True
    ) -> Iterator[None]:
        """Run one action: all of it is committed under `label` at the end, or none of it is.

        A transaction inside a transaction joins it. An action that changes nothing leaves no step.
        A step that is not `undoable` stands in the history and is passed over by undo.
        """
        if self._changes is not None:
            yield
            return
        with self.writing():
            self._changes = []
            try:
                yield
                changes = tuple(self._changes)
                state = "done" if undoable else "kept"
                step = self._record(label, annotator_id, changes, state) if changes else None
            finally:
                self._changes = None
        if step is not None:
            self.announce(step)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Commit at the end or take all back; turn what the disk refuses into a sentence."""
        if self.read_only:
            raise UserError(f"“{self.path.name}” is open read-only; nothing was changed.")
        try:
            with connection.atomic(self.db):
                yield
        except sqlite3.OperationalError as error:
            sentence = refusal(self.path, error)
            if sentence is None:
                raise
            raise UserError(sentence) from error

    @contextmanager
    def collecting(self) -> Iterator[list[Change]]:
        """Commit one part of a long step: yield the list that its changes are collected in."""
        with self.writing():
            self._changes = []
            try:
                yield self._changes
            finally:
                self._changes = None

    def insert(self, table: str, values: Row) -> int:
        """Insert one row and return its id."""
        changes = self._recording(table)
        columns = ", ".join(f'"{c}"' for c in values)
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - own names
            tuple(values.values()),
        )
        row_id = cursor.lastrowid
        assert row_id is not None
        if table == "article":
            search_index.add(self.db, [(row_id, values["text"])])
        # The whole row, defaults too: undo must see whether anybody changed it since.
        changes.append(Change(table, row_id, None, self.row(table, row_id), "insert"))
        return row_id

    def insert_many(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
        *,
        whole: bool = False,
    ) -> range:
        """Insert rows (values in the order of `columns`, without id); return their ids.

        The record keeps the ids alone: the rows themselves stand in the table. Then undo cannot
        see what others changed in them since; where that may be, let it keep them `whole`, with
        all columns given.
        """
        changes = self._recording(table)
        first = self.next_id(table)
        listed = [(first + i, *row) for i, row in enumerate(rows)]
        names = ", ".join(f'"{c}"' for c in ("id", *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        self.db.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - own names
            listed,
        )
        if table == "article":
            at = columns.index("text") + 1
            search_index.add(self.db, ((row[0], row[at]) for row in listed))
        ids = range(first, first + len(listed))
        if whole:
            after = (dict(zip(("id", *columns), row, strict=True)) for row in listed)
            changes.extend(Change(table, row["id"], None, row, "insert") for row in after)
        else:
            changes.extend(Change(table, i, None, None, "insert") for i in ids)
        return ids

    def next_id(self, table: str) -> int:
        """Return the id that the next row of `table` gets; no row ever had it before."""
        row = self.db.execute(
            f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0),"  # noqa: S608 - own names
            " coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))",
            (table,),
        ).fetchone()
        return int(row[0]) + 1

    def update(self, table: str, row_id: int, values: Row) -> bool:
        """Set `values` in one row; return whether anything changed."""
        changes = self._recording(table)
        before = self._columns(table, row_id, values)
        after = {c: v for c, v in values.items() if before[c] != v}
        if not after:
            return False
        assignments = ", ".join(f'"{c}" = ?' for c in after)
        self.db.execute(
            f"UPDATE {table} SET {assignments} WHERE id = ?",  # noqa: S608 - own names
            (*after.values(), row_id),
        )
        changes.append(Change(table, row_id, {c: before[c] for c in after}, after, "update"))
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Delete one row."""
        changes = self._recording(table)
        row = self.row(table, row_id)
        if table == "article":
            search_index.remove(self.db, row_id, row["text"])
        self.db.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608
        changes.append(Change(table, row_id, row, None, "delete"))

    # Reading

    def row(self, table: str, row_id: int) -> dict[str, Any]:
        """Return one whole row; raise LookupError when there is none."""
        cursor = self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,))  # noqa: S608
        found = cursor.fetchone()
        if found is None:
            raise LookupError(f"{table} has no row {row_id}")
        return dict(zip((d[0] for d in cursor.description), found, strict=True))

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts."""
        cursor = self.db.execute(sql, parameters)
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    # Inside

    def announce(self, step: Step) -> None:
        """Hand a committed step to the listeners."""
        for listener in list(self.listeners):
            listener(step)

    def _record(
        self, label: str, annotator_id: int | None, changes: tuple[Change, ...], state: str
    ) -> Step:
        if state == "done":
            history.drop_undone(self.db, annotator_id)
        step_id = history.open_step(self.db, label, annotator_id, state)
        history.add_part(self.db, step_id, changes)
        return Step(step_id, "", label, "", annotator_id, changes)

    def _recording(self, table: str) -> list[Change]:
        if table not in RECORDED:
            raise LookupError(f"no recorded table is called {table!r}")
        if self._changes is None:
            raise RuntimeError(f"a write to {table!r} outside a transaction would escape undo")
        return self._changes

    def _columns(self, table: str, row_id: int, columns: Iterable[str]) -> dict[str, Any]:
        names = list(columns)
        listed = ", ".join(f'"{c}"' for c in names)
        found = self.db.execute(
            f"SELECT {listed} FROM {table} WHERE id = ?",  # noqa: S608 - own names
            (row_id,),
        ).fetchone()
        if found is None:
            raise LookupError(f"{table} has no row {row_id}")
        return dict(zip(names, found, strict=True))


_NOT_WRITTEN = "“{path}” may not be written; check its permissions."
# By the start of SQLite's name for the error; the first that fits counts.
_SENTENCES = {
    "SQLITE_FULL": "The disk that holds “{name}” is full; make room and try again.",
    "SQLITE_IOERR_SHMSIZE": "The disk that holds “{name}” is full; make room and try again.",
    "SQLITE_IOERR": "The disk failed to write “{name}”; see that it has room, and check it.",
    "SQLITE_READONLY": _NOT_WRITTEN,
    "SQLITE_CANTOPEN": _NOT_WRITTEN,
    "SQLITE_PERM": _NOT_WRITTEN,
    "SQLITE_BUSY": "Another program is using “{name}”; close it and try again.",
    "SQLITE_LOCKED": "Another program is using “{name}”; close it and try again.",
}


def refusal(path: Path, error: sqlite3.Error) -> str | None:
    """Return what to tell the user when the disk or the system refused; None for other errors."""
    kind = getattr(error, "sqlite_errorname", "") or ""
    if kind == "SQLITE_IOERR_SHORT_READ":  # the file is shorter than it says it is: damage
        return None
    for start, sentence in _SENTENCES.items():
        if kind.startswith(start):
            return f"{sentence.format(name=path.name, path=path)} Nothing was changed."
    return None
