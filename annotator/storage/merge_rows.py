"""What a merge asks of both projects, in columns that can be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.records import Statement
from annotator.storage import queries, rows
from annotator.storage.store import Store


@dataclass(frozen=True, slots=True)
class Brief:
    """A statement as far as it takes to see whether two copies of it are the same version."""

    id: int
    uid: str
    article_id: int
    annotator_id: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """How far one annotator is with one article."""

    id: int
    annotator_id: int
    article_id: int
    status: str
    note: str | None


def briefs(store: Store) -> dict[str, Brief]:
    """Return the statements of all people by uid, in the order of articles and reading."""
    return {brief.uid: brief for brief in _briefs(store, "annotator")}


def gold_statements(store: Store) -> list[Brief]:
    """Return the gold statements, in the order of articles and reading."""
    return _briefs(store, "gold")


def _briefs(store: Store, role: str) -> list[Brief]:
    cursor = store.db.execute(
        "SELECT statement.id, statement.uid, article_id, annotator_id, updated_at FROM statement"
        " JOIN annotator ON annotator.id = annotator_id WHERE role = ?"
        ' ORDER BY article_id, "start", "end", statement.id',
        (role,),
    )
    return [Brief(*row) for row in cursor]


def work_rows(store: Store) -> dict[tuple[int, int], WorkRow]:
    """Return all statuses by annotator and article."""
    cursor = store.db.execute("SELECT id, annotator_id, article_id, status, note FROM work")
    return {(row[1], row[2]): WorkRow(*row) for row in cursor}


def articles(store: Store) -> list[dict[str, Any]]:
    """Return id, uid, name and sha256 of every article in the order of the list."""
    return store.select("SELECT id, uid, name, sha256 FROM article ORDER BY name, id")


def statement_rows(store: Store, statement_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return whole rows of `statement`, in the order of `statement_ids`."""
    found = store.select(
        "SELECT * FROM statement WHERE id IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(statement_ids)),),
    )
    by_id = {row["id"]: row for row in found}
    return [by_id[i] for i in statement_ids]


def statement_with(store: Store, uid: str) -> Statement | None:
    """Return the statement with a uid, or None."""
    found = store.select("SELECT id FROM statement WHERE uid = ?", (uid,))
    return queries.statement(store, found[0]["id"]) if found else None


def chains(store: Store, statement_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of `source` by statement, the writer's end first."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in store.select(
        "SELECT * FROM source WHERE statement_id IN (SELECT value FROM json_each(?))"
        " ORDER BY statement_id, position",
        (rows.json_text(list(statement_ids)),),
    ):
        found.setdefault(row["statement_id"], []).append(row)
    return found
