"""Making and opening project files: refuse, lock, copy, migrate, repair."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.storage import connection, copies
from annotator.storage.causes import cause
from annotator.storage.lock import ProjectLock
from annotator.storage.schema import NEWEST
from annotator.storage.store import Store, refusal
from annotator.storage.undo import take_back_unfinished


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, the lock that protects it, and what there is to say about it."""

    store: Store
    lock: ProjectLock | None
    notice: str | None = None
    remedy: str | None = None  # what to do about it, where only writing helps


def create(path: Path, first_rows: Mapping[str, Mapping[str, Any]]) -> Opened:
    """Make a project file with one row in each table of `first_rows`, and open it.

    The file appears under its name only when it is whole; an existing file is never touched.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        if path.exists():
            raise UserError(f"“{path}” exists already; choose another name.")
        if not path.parent.is_dir():
            raise UserError(f"There is no folder “{path.parent}”; create it first.")
        draft.unlink(missing_ok=True)
        try:
            _fill(draft, first_rows)
            draft.replace(path)
        finally:
            for rest in ("", "-wal", "-shm"):
                draft.with_name(draft.name + rest).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise UserError(
            f"“{path}” cannot be written: {cause(error)}; choose another folder."
        ) from error
    return open_store(path)


def _fill(draft: Path, first_rows: Mapping[str, Mapping[str, Any]]) -> None:
    db = connection.connect(draft)
    try:
        _migrate(db)
        with connection.atomic(db):
            for table, row in first_rows.items():
                columns, marks = ", ".join(row), ", ".join("?" * len(row))
                sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - own names
                db.execute(sql, tuple(row.values()))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def _migrate(db: sqlite3.Connection) -> None:
    from annotator.storage import migrations

    migrations.apply(db)


def open_store(path: Path, *, read_only: bool = False, check: bool = True) -> Opened:
    """Open the project at `path`; raise UserError when it is not one, too new, or damaged.

    When another window holds it, or the file may not be written, it is opened read-only and
    `notice` says so. `check=False` leaves out SQLite's own check (done elsewhere for large files).
    """
    version = connection.refuse_strangers(path)
    if read_only:
        return _open_read_only(path, check=check)
    lock = ProjectLock(path)
    try:
        if not lock.take():
            notice = f"“{path.name}” is open in another window; here it can only be read."
            remedy = "Close it there and try again."
            return _open_read_only(path, notice, remedy, check=check)
        # Not by opening it: closing it again would drop the locks of a reader in this process.
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    except (OSError, sqlite3.Error):
        writable = False
    if not writable:
        lock.release()
        notice = f"“{path.name}” or its folder may not be written; here it can only be read."
        remedy = "Check the permissions of both, or copy it to where you may write."
        return _open_read_only(path, notice, remedy, check=check)
    with ExitStack() as on_failure:
        on_failure.callback(lock.release)
        store = _open_writable(path, version, check=check)
        on_failure.pop_all()
    return Opened(store, lock)


def open_beside(path: Path) -> Store:
    """Open, for writing, a project that this process has open (and locked) already."""
    return Store(path, connection.connect(path))


def _open_read_only(
    path: Path, notice: str | None = None, remedy: str | None = None, *, check: bool
) -> Opened:
    try:
        db = connection.connect(path, read_only=True)
    except sqlite3.DatabaseError as error:
        raise UserError(_sentence(path, error)) from error
    if check:
        connection.refuse_damaged(db, path)
    return Opened(Store(path, db, read_only=True), None, notice, remedy)


def _sentence(path: Path, error: sqlite3.DatabaseError) -> str:
    return refusal(path, error) or connection.damage_sentence(path, str(error))


def _open_writable(path: Path, version: int, *, check: bool) -> Store:
    try:
        with ExitStack() as on_failure:
            db = connection.connect(path)
            on_failure.callback(db.close)
            if check:
                connection.refuse_damaged(db, path)
            if version < NEWEST:
                copies.make_copy(path, reason=f"before schema {NEWEST}")
                _migrate(db)
            store = Store(path, db)
            take_back_unfinished(store)
            on_failure.pop_all()
    except sqlite3.DatabaseError as error:
        raise UserError(_sentence(path, error)) from error
    return store
