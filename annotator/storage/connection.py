"""Opening SQLite files: what a project must look like, and how a connection is set up."""

import sqlite3
import struct
from pathlib import Path

from sqlite_utils import Database

from annotator.errors import UserError
from annotator.storage.schema import APPLICATION_ID, NEWEST

_MAGIC = b"SQLite format 3\0"
_VERSION_AT, _APPLICATION_AT = 60, 68  # offsets in the file header, big-endian 32-bit


def refuse_strangers(path: Path) -> int:
    """Raise UserError unless `path` is a project this program can open; return its schema number.

    Only the hundred bytes of the header are read, so this is quick and changes nothing.
    """
    if path.is_dir():
        raise UserError(f"“{path}” is a folder; give a project file (.stance).")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise UserError(
            f"There is no project “{path}”; create it with: stance-annotator new {path}"
        ) from None
    except PermissionError:
        raise UserError(f"“{path}” may not be read; ask its owner for permission.") from None
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise UserError(f"“{path}” is not a project of this program; choose a .stance file.")
    application = struct.unpack_from(">I", header, _APPLICATION_AT)[0]
    version: int = struct.unpack_from(">I", header, _VERSION_AT)[0]
    if application != APPLICATION_ID:
        raise UserError(
            f"“{path}” is an SQLite file, but not a project of this program; choose a .stance file."
        )
    if version > NEWEST:
        raise UserError(
            f"“{path}” was made by a newer version of this program (schema {version}, this one"
            f" knows {NEWEST}); install the newer version to open it."
        )
    return version


def connect(path: Path, *, read_only: bool = False) -> Database:
    """Open the SQLite file at `path` with the settings every project needs."""
    if read_only:
        return _connect_read_only(path)
    database = Database(
        sqlite3.connect(path, timeout=5),
        recursive_triggers=False,
        execute_plugins=False,
        strict=True,
    )
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        database.conn.execute(f"PRAGMA {pragma}")
    return database


def _connect_read_only(path: Path) -> Database:
    # A WAL file needs a shared-memory file beside it even for reading; where none can be made
    # (a read-only folder) the file cannot change either, and `immutable` reads it as it stands.
    for flags in ("mode=ro", "mode=ro&immutable=1"):
        uri = f"{path.resolve().as_uri()}?{flags}"
        connection = sqlite3.connect(uri, uri=True, timeout=5)
        try:
            connection.execute("SELECT 1 FROM project").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            continue
        return Database(connection, recursive_triggers=False, execute_plugins=False)
    raise UserError(f"“{path}” may not be read; ask its owner for permission.")


def refuse_damaged(database: Database, path: Path) -> None:
    """Raise UserError, with how to recover, when SQLite finds the file damaged."""
    try:
        rows = database.conn.execute("PRAGMA quick_check(1)").fetchall()
        found = str(rows[0][0]) if rows else "no answer"
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        database.close()
        raise UserError(damage_sentence(path, found))


def damage_sentence(path: Path, found: str) -> str:
    """Return what to tell the user of a damaged project file."""
    from annotator.storage.copies import copies_of

    copies = copies_of(path)
    if copies:
        way = f"open its newest copy instead: {copies[-1]}"
    else:
        way = f"try to recover it with: sqlite3 {path.name} .recover | sqlite3 recovered.stance"
    first_line = " ".join(found.split())
    return f"“{path}” is damaged ({first_line}); {way}"
