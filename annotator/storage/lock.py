"""One writer per project: a lock that dies with the process that holds it."""

import sqlite3
from pathlib import Path


class ProjectLock:
    """A lock beside the project file, held as an exclusive SQLite transaction.

    SQLite's own file locking serves on every system the program runs on and is let go by the
    operating system when the process is killed, so a crash never leaves a project locked.
    """

    def __init__(self, project: Path) -> None:
        self.path = project.with_name(f".{project.name}.lock")
        self._connection: sqlite3.Connection | None = None

    def take(self) -> bool:
        """Take the lock; return False when another process or window holds it.

        Raises OSError or sqlite3.OperationalError where no file can be made beside the project.
        """
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorname == "SQLITE_BUSY":
                return False
            raise
        self._connection = connection
        return True

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
