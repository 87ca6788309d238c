"""Rows as an export reads them: plain tuples, an article at a time.

Building 100,000 domain Statements takes 1.3 s, making their lines of these tuples 1.0 s with
writing; so here the columns go out as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from annotator.storage import queries, rows
from annotator.storage.store import Store

_STATEMENTS = """
SELECT id, uid, annotator_id, speaker_id, target, stance, attributes, flags, note,
    pieces, "start", "end", mention_start, mention_end, cue_start, cue_end,
    condition_start, condition_end, provenance, codebook_version, created_at, updated_at
FROM statement
WHERE article_id = ? AND annotator_id IN (SELECT value FROM json_each(?))
"""
_IN_ORDER = itemgetter(10, 11, 0)  # start, end, id; SQLite takes a fifth longer to sort whole rows
_SOURCES = """
SELECT statement_id, source.speaker_id, source."start", source."end" FROM statement
JOIN source ON source.statement_id = statement.id
WHERE article_id = ? ORDER BY statement_id, position
"""
_WORK = """
SELECT annotator.name, coalesce(status, 'todo'), note, coalesce(seconds, 0.0) FROM annotator
JOIN article ON article.id = ?
LEFT JOIN work ON annotator_id = annotator.id AND article_id = article.id
LEFT JOIN visit ON annotator_uid = annotator.uid AND article_uid = article.uid
WHERE annotator.id IN (SELECT value FROM json_each(?))
ORDER BY annotator.name COLLATE NOCASE
"""


@contextmanager
def steady(store: Store) -> Iterator[None]:
    """Let every read inside see the same commit, whatever others write meanwhile."""
    connection = store.db
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def each_article(store: Store) -> Iterator[dict[str, Any]]:
    """Yield the row of every article in the order of the list."""
    for article_id in queries.article_ids(store):
        yield store.row("article", article_id)


def statements(store: Store, article_id: int, annotator_ids: Sequence[int]) -> list[Any]:
    """Return the statements of `annotator_ids` in one article, in reading order (columns above)."""
    ids = rows.json_text(list(annotator_ids))
    return sorted(store.db.execute(_STATEMENTS, (article_id, ids)), key=_IN_ORDER)


def hulls(store: Store, article_id: int) -> list[tuple[int, int]]:
    """Return start and end of every statement of one article, whoever made it, by start."""
    return store.db.execute(
        'SELECT "start", "end" FROM statement WHERE article_id = ? ORDER BY "start"', (article_id,)
    ).fetchall()


def number_of_others(store: Store, annotator_ids: Sequence[int]) -> int:
    """Return how many statements people other than `annotator_ids` have made (gold ones apart)."""
    row = store.db.execute(
        "SELECT count(*) FROM statement JOIN annotator ON annotator.id = annotator_id"
        " WHERE role = 'annotator' AND annotator_id NOT IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(annotator_ids)),),
    ).fetchone()
    return int(row[0])


def sources(store: Store, article_id: int) -> dict[int, list[tuple[int, int | None, int | None]]]:
    """Return the source chains of one article by statement: speaker, start and end of a link."""
    chains: dict[int, list[tuple[int, int | None, int | None]]] = defaultdict(list)
    for statement_id, speaker_id, start, end in store.db.execute(_SOURCES, (article_id,)):
        chains[statement_id].append((speaker_id, start, end))
    return chains


def has_sources(store: Store) -> bool:
    """Tell whether any statement has a source chain."""
    return store.db.execute("SELECT 1 FROM source LIMIT 1").fetchone() is not None


def work(
    store: Store, article_id: int, annotator_ids: Sequence[int]
) -> list[tuple[str, str, str | None, float]]:
    """Return name, status, note and seconds spent of `annotator_ids` on one article, by name."""
    ids = rows.json_text(list(annotator_ids))
    return store.db.execute(_WORK, (article_id, ids)).fetchall()
