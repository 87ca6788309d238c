"""The numbered migrations that bring a project file to the newest schema.

Apart from the schema, and imported by what makes or migrates a file alone: sqlite_utils takes a
tenth of the start of the program.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from annotator.storage.history import now
from annotator.storage.schema import APPLICATION_ID, DAY, DECISIONS, SEARCH, TABLES, gold_row

_migrations = Migrations("stance")


def apply(connection: sqlite3.Connection) -> None:
    """Apply every migration that the file does not have yet."""
    database = Database(connection, recursive_triggers=False, execute_plugins=False, strict=True)
    _migrations.apply(database)


@_migrations()
def m001_first(db: Database) -> None:
    """Create every table of the first released schema."""
    db.executescript(TABLES)
    db.executescript(SEARCH)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@_migrations()
def m002_gold(db: Database) -> None:
    """Add the decided set: its owner, and the decisions."""
    db.execute(
        "ALTER TABLE annotator ADD COLUMN role TEXT NOT NULL DEFAULT 'annotator'"
        " CHECK (role IN ('annotator', 'gold'))"
    )
    for statement in DECISIONS.split(";"):  # executescript would commit in the middle
        db.execute(statement)
    for (project_uid,) in db.execute("SELECT uid FROM project").fetchall():
        row = gold_row(project_uid, now())
        db.execute(
            "INSERT INTO annotator (uid, name, role, created_at)"
            " VALUES (:uid, :name, :role, :created_at)",
            row,
        )
    db.execute("PRAGMA user_version = 2")


@_migrations()
def m003_published(db: Database) -> None:
    """Add the day on which an article was published, as an ISO date; null where it is not known."""
    db.execute(f"ALTER TABLE article ADD COLUMN published TEXT CHECK (published GLOB '{DAY}')")
    db.execute("PRAGMA user_version = 3")
