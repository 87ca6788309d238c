"""Opening SQLite files: what a project must look like, and how a connection is set up."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from annotator.errors import UserError
from annotator.storage import copies
from annotator.storage.schema import APPLICATION_ID, NEWEST

_MAGIC = b"SQLite format 3\0"
_NOT_ALLOWED = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_MARKS_AT = (68, 60)  # application_id, user_version in the file header, big-endian 32-bit


def refuse_strangers(path: Path) -> int:
    """Raise UserError unless `path` is a project this program can open; return its schema number.

    Only the header is read, so this is quick and changes nothing.
    """
    try:
        if path.is_dir():
            raise UserError(f"“{path}” is a folder; give a project file (.stance).")
        marks = _marks(path)
    except FileNotFoundError:
        raise UserError(
            f"There is no project “{path}”; create it with: stance-annotator new {path}"
        ) from None
    except PermissionError:
        raise UserError(f"“{path}” may not be read; ask its owner for permission.") from None
    except OSError as error:
        raise UserError(f"“{path}” cannot be read: {error.strerror}.") from error
    if (marks is None or marks[0] != APPLICATION_ID) and copies.copies_of(path):
        raise UserError(damage_sentence(path, "its first bytes are not those of a project"))
    if marks is None:
        raise UserError(f"“{path}” is not a project of this program; choose a .stance file.")
    application, version = marks
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


def _marks(path: Path) -> tuple[int, int] | None:
    """Return application_id and user_version; None when this is no SQLite file."""
    # On POSIX a process that closes a file loses every lock it holds on it, those of SQLite too
    # (sqlite.org/howtocorrupt.html, 2.2). The file beside it tells that SQLite has the project
    # open, maybe in this very process; then SQLite itself is asked.
    if path.with_name(f"{path.name}-shm").exists():
        with suppress(sqlite3.Error), closing(_connection(path, "mode=ro")) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return application & 0xFFFFFFFF, version & 0xFFFFFFFF
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        return None
    application, version = (struct.unpack_from(">I", header, a)[0] for a in _MARKS_AT)
    return application, version


def _connection(path: Path, flags: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{flags}", uri=True, timeout=5)


@contextmanager
def atomic(database: sqlite3.Connection) -> Iterator[None]:
    """Commit at the end what is written inside, or take all of it back; it knows no nesting."""
    database.execute("BEGIN")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        database.rollback()  # does nothing when the error has ended the transaction already
        raise


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the SQLite file at `path` with the settings every project needs."""
    if read_only:
        return _connect_read_only(path)
    database = sqlite3.connect(path, timeout=5)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            database.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _connect_read_only(path: Path) -> sqlite3.Connection:
    # A WAL file needs a shared-memory file beside it even for reading; where none can be made
    # (a read-only folder) the file cannot change either, and `immutable` reads it as it stands.
    for flags in ("mode=ro", "mode=ro&immutable=1"):
        if "immutable" in flags:
            _refuse_log(path)
        connection = _connection(path, flags)
        try:
            connection.execute("SELECT 1 FROM project").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if error.sqlite_errorname.startswith(_NOT_ALLOWED):
                continue
            raise
        return _up_to_date(connection)
    raise UserError(f"“{path}” may not be read; ask its owner for permission.")


def _up_to_date(database: sqlite3.Connection) -> sqlite3.Connection:
    """Return `database`, or a copy of it in memory with the newest schema when it is older."""
    if database.execute("PRAGMA user_version").fetchone()[0] >= NEWEST:
        return database
    from annotator.storage import migrations

    copy = sqlite3.connect(":memory:")
    try:
        database.backup(copy)
        migrations.apply(copy)
    except sqlite3.Error:
        copy.close()
        raise
    finally:
        database.close()
    return copy


def _refuse_log(path: Path) -> None:
    # `immutable` passes over the write-ahead log, and with it over the newest work.
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise UserError(
            f"The newest work in “{path}” lies in “{log.name}” and cannot be read from here; copy"
            " both files into a folder that may be written, and open the copy."
        )


def refuse_damaged(database: sqlite3.Connection, path: Path) -> None:
    """Raise UserError, with how to recover, when SQLite finds the file damaged."""
    # Whether every row keeps its CHECK is no damage, is asked by `checking.faults`, and would take
    # three quarters of the time (measured: 530 ms instead of 140 for 200,000 statements).
    database.execute("PRAGMA ignore_check_constraints = ON")
    try:
        rows = database.execute("PRAGMA quick_check(1)").fetchall()
        found = str(rows[0][0]) if rows else "no answer"
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        database.execute("PRAGMA ignore_check_constraints = OFF")
    if found != "ok":
        database.close()
        raise UserError(damage_sentence(path, found))


def damage_sentence(path: Path, found: str) -> str:
    """Return what to tell the user of a damaged project file."""
    kept = copies.copies_of(path)
    if kept:
        way = f"open its newest copy instead: {kept[-1]}"
    else:
        way = f"try to recover it with: sqlite3 {path.name} .recover | sqlite3 recovered.stance"
    first_line = " ".join(found.split())
    return f"“{path}” is damaged ({first_line}); {way}"
