"""How much a project holds, and how its statements spread."""

from collections.abc import Sequence
from typing import Any

from annotator.domain.records import STATUSES, Counts
from annotator.storage import queries, rows
from annotator.storage.store import Store

OPEN = "(open)"  # stands for a target or stance that is not chosen yet


# The annotators asked for come as a JSON array.
_BY_ANNOTATOR = """
SELECT annotator.name, count(statement.id) FROM annotator
LEFT JOIN statement ON annotator_id = annotator.id
WHERE annotator.id IN (SELECT value FROM json_each(:ids))
GROUP BY annotator.id ORDER BY annotator.name COLLATE NOCASE
"""
_BY_ARTICLE = """
SELECT article.name, count(statement.id) FROM article
LEFT JOIN statement ON article_id = article.id
    AND annotator_id IN (SELECT value FROM json_each(:ids))
GROUP BY article.id ORDER BY article.name, article.id
"""
_BY_TARGET = """
SELECT coalesce(target, :open), count(*) FROM statement
WHERE annotator_id IN (SELECT value FROM json_each(:ids))
GROUP BY 1 ORDER BY 1
"""
_BY_STANCE = _BY_TARGET.replace("target", "stance")
_BY_STATUS = """
SELECT annotator.name, coalesce(status, 'todo'), count(article.id) FROM annotator
LEFT JOIN article
LEFT JOIN work ON annotator_id = annotator.id AND article_id = article.id
WHERE annotator.id IN (SELECT value FROM json_each(:ids))
GROUP BY annotator.id, 2 ORDER BY annotator.name COLLATE NOCASE
"""


def counts(store: Store, annotator_ids: Sequence[int] | None = None) -> Counts:
    """Return the counts of a project; of statements and statuses only those of `annotator_ids`.

    Every article, annotator and status is named, also with 0; by_article is keyed by name.
    """
    if annotator_ids is None:
        annotator_ids = [a.id for a in queries.annotators(store)]
    ids = rows.json_text(list(annotator_ids))
    by_annotator = _spread(store, _BY_ANNOTATOR, ids)
    return Counts(
        articles=_number(store, "article"),
        annotators=len(by_annotator),
        speakers=_number(store, "speaker"),
        statements=sum(by_annotator.values()),
        by_article=_spread(store, _BY_ARTICLE, ids),
        by_annotator=by_annotator,
        by_target=_spread(store, _BY_TARGET, ids),
        by_stance=_spread(store, _BY_STANCE, ids),
        by_status=_by_status(store, ids),
    )


def _by_status(store: Store, ids: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    none: dict[str, int] = dict.fromkeys(STATUSES, 0)
    for name, status, number in store.db.execute(_BY_STATUS, {"ids": ids}):
        found.setdefault(name, dict(none))[status] = number
    return found


def _spread(store: Store, sql: str, ids: str) -> dict[str, int]:
    found: list[tuple[Any, ...]] = store.db.execute(sql, {"ids": ids, "open": OPEN}).fetchall()
    return {row[0]: row[1] for row in found}


def _number(store: Store, table: str) -> int:
    return int(store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
