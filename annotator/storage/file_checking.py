"""Looking for faults in a project file that may be too damaged to be opened."""

import sqlite3
from pathlib import Path

from annotator.storage import checking, connection
from annotator.storage.store import Store


def faults(path: Path) -> list[str]:
    """Return what is wrong with the project at `path`, a sentence each, however damaged it is.

    UserError when the file is not a project of this program.
    """
    connection.refuse_strangers(path)
    try:
        store = Store(path, connection.connect(path, read_only=True), read_only=True)
    except sqlite3.DatabaseError as error:
        return [connection.damage_sentence(path, str(error))]
    try:
        return checking.faults(store)
    except sqlite3.DatabaseError as error:
        return [connection.damage_sentence(path, str(error))]
    finally:
        store.close()
