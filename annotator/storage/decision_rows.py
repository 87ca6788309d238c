"""Decisions as they lie in the file, and what a decision is made from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.adjudication import Decision
from annotator.storage import rows
from annotator.storage.store import Store

DECISION = (
    *("uid", "article_id", "statement_id", "annotator_id", "verdict", "reason", "discuss"),
    "decided_at",
)
SOURCE = ("decision_id", "statement_uid", "seen")


def decisions(store: Store, article_id: int) -> list[Decision]:
    """Return all decisions in one article, oldest first."""
    return _decisions(store, "article_id = ?", article_id)


def decision(store: Store, decision_id: int) -> Decision:
    """Return one decision; raise LookupError when there is none."""
    found = _decisions(store, "decision.id = ?", decision_id)
    if not found:
        raise LookupError(f"decision has no row {decision_id}")
    return found[0]


def decision_on(store: Store, statement_id: int) -> Decision | None:
    """Return the decision that made a gold statement; None for an annotator's own."""
    return next(iter(_decisions(store, "statement_id = ?", statement_id)), None)


def all_decisions(store: Store) -> list[Decision]:
    """Return every decision of the project, oldest first."""
    return _decisions(store, "?", 1)


def decided_uids(store: Store, statement_uids: Iterable[str]) -> set[str]:
    """Return which of `statement_uids` any decision was made from."""
    cursor = store.db.execute(
        "SELECT statement_uid FROM decision_source"
        " WHERE statement_uid IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(statement_uids)),),
    )
    return {uid for (uid,) in cursor}


def updated_at(store: Store, statement_uids: Iterable[str]) -> dict[str, str]:
    """Return when each of `statement_uids` was changed last; without those that are gone."""
    cursor = store.db.execute(
        "SELECT uid, updated_at FROM statement WHERE uid IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(statement_uids)),),
    )
    return dict(cursor.fetchall())


def source_ids(store: Store, decision_id: int) -> list[int]:
    """Return the ids of the rows that say what a decision was made from."""
    cursor = store.db.execute(
        "SELECT id FROM decision_source WHERE decision_id = ? ORDER BY id", (decision_id,)
    )
    return [row[0] for row in cursor]


def sources_of(store: Store, statement_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows (id, seen, statement_id) of what was decided from some statements."""
    return store.select(
        "SELECT decision_source.id AS id, seen, statement.id AS statement_id FROM statement"
        " JOIN decision_source ON statement_uid = statement.uid"
        " WHERE statement.id IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(statement_ids)),),
    )


def finished_by(store: Store, article_id: int) -> set[int]:
    """Return the ids of the people who marked one article done."""
    cursor = store.db.execute(
        "SELECT annotator_id FROM work WHERE article_id = ? AND status = 'done'", (article_id,)
    )
    return {row[0] for row in cursor}


def opened_by(store: Store, article_id: int) -> set[int]:
    """Return the ids of the people who have begun one article or have a statement in it."""
    cursor = store.db.execute(
        "SELECT annotator_id FROM work WHERE article_id = ?1 AND status <> 'todo'"
        " UNION SELECT annotator_id FROM statement WHERE article_id = ?1",
        (article_id,),
    )
    return {row[0] for row in cursor}


def begun_by(store: Store) -> set[int]:
    """Return the ids of the people who have begun any article."""
    cursor = store.db.execute("SELECT DISTINCT annotator_id FROM work WHERE status <> 'todo'")
    return {row[0] for row in cursor}


def _decisions(store: Store, where: str, parameter: int) -> list[Decision]:
    sources: dict[int, dict[str, str]] = defaultdict(dict)
    for decision_id, uid, seen in store.db.execute(
        "SELECT decision.id, statement_uid, seen FROM decision"  # noqa: S608 - own words
        f" JOIN decision_source ON decision_id = decision.id WHERE {where}"
        " ORDER BY decision_source.id",
        (parameter,),
    ):
        sources[decision_id][uid] = seen
    cursor = store.db.execute(
        f"SELECT id, {', '.join(DECISION)} FROM decision WHERE {where} ORDER BY id",  # noqa: S608
        (parameter,),
    )
    columns: list[list[Any]] = [[*row, sources.get(row[0], {})] for row in cursor]
    return [Decision(*values) for values in columns]
