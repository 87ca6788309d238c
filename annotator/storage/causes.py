"""Why the disk or the system refused, in words that name no file."""

import sqlite3

# By the start of SQLite's name for the error; the first that fits counts.
_CAUSES = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR_SHMSIZE": "the disk is full",
    "SQLITE_IOERR": "the disk failed",
    "SQLITE_READONLY": "it may not be written there",
    "SQLITE_CANTOPEN": "it may not be written there",
    "SQLITE_PERM": "it may not be written there",
    "SQLITE_BUSY": "another program is using it",
}


def cause(error: OSError | sqlite3.Error) -> str:
    """Return why `error` came up, a clause without the names of files the user did not give."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    kind = getattr(error, "sqlite_errorname", "") or ""
    found = (words for start, words in _CAUSES.items() if kind.startswith(start))
    return next(found, str(error))
