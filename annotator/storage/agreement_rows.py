"""Rows as a comparison of annotators reads them: no text, no speakers' names."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from annotator.domain.spans import Span
from annotator.storage import rows
from annotator.storage.store import Store

_STATEMENTS = """
SELECT id, article_id, annotator_id, pieces, target, stance, speaker_id, attributes,
    mention_start, mention_end
FROM statement
WHERE annotator_id IN (SELECT value FROM json_each(:annotators))
    AND article_id IN (SELECT value FROM json_each(:articles))
"""
_SOURCES = """
SELECT statement_id, source.speaker_id FROM source
JOIN statement ON statement.id = statement_id
WHERE annotator_id IN (SELECT value FROM json_each(:annotators))
ORDER BY statement_id, position
"""
_DONE = """
SELECT annotator_id, article_id FROM work
WHERE status = 'done' AND annotator_id IN (SELECT value FROM json_each(:annotators))
"""


def statements(
    store: Store, annotator_ids: Sequence[int], article_ids: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield what is compared of each statement, as plain columns; in no order."""
    ids = _ids(annotator_ids, article_ids)
    yield from store.db.execute(_STATEMENTS, ids)


def chains(store: Store, annotator_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the speakers of the source chains by statement, the writer first."""
    found: dict[int, list[int]] = defaultdict(list)
    for statement_id, speaker_id in store.db.execute(_SOURCES, _ids(annotator_ids, ())):
        found[statement_id].append(speaker_id)
    return {statement_id: tuple(chain) for statement_id, chain in found.items()}


def done(store: Store, annotator_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return which articles each of the annotators marked done."""
    found: dict[int, set[int]] = {annotator_id: set() for annotator_id in annotator_ids}
    for annotator_id, article_id in store.db.execute(_DONE, _ids(annotator_ids, ())):
        found[annotator_id].add(article_id)
    return found


def counted(store: Store) -> dict[int, int]:
    """Return how many statements each annotator has."""
    sql = "SELECT annotator_id, count(*) FROM statement GROUP BY annotator_id"
    return dict(store.db.execute(sql).fetchall())


def lengths(store: Store) -> dict[int, int]:
    """Return how long every article is, in code points."""
    return dict(store.db.execute("SELECT id, length(text) FROM article").fetchall())


def excluded(store: Store) -> dict[int, tuple[Span, ...]]:
    """Return the excluded regions by article."""
    found: dict[int, list[Span]] = defaultdict(list)
    sql = 'SELECT article_id, "start", "end" FROM excluded ORDER BY article_id, "start"'
    for article_id, start, end in store.db.execute(sql):
        found[article_id].append(Span(start, end))
    return {article_id: tuple(spans) for article_id, spans in found.items()}


def titles(store: Store) -> dict[int, str]:
    """Return what every article is called, by id, in the order of the list."""
    sql = "SELECT id, coalesce(nullif(title, ''), name) FROM article ORDER BY name, id"
    return dict(store.db.execute(sql).fetchall())


def texts(store: Store, article_ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield the id and the text of some articles."""
    sql = "SELECT id, text FROM article WHERE id IN (SELECT value FROM json_each(?))"
    yield from store.db.execute(sql, (rows.json_text(sorted(article_ids)),))


def discussed(store: Store) -> dict[int, str]:
    """Return the notes of the cases that are to be discussed, by the id of each statement."""
    sql = (
        "SELECT statement.id, discuss FROM decision"
        " JOIN decision_source ON decision_id = decision.id"
        " JOIN statement ON statement.uid = statement_uid WHERE discuss IS NOT NULL"
    )
    return dict(store.db.execute(sql).fetchall())


def _ids(annotator_ids: Sequence[int], article_ids: Sequence[int]) -> dict[str, str]:
    return {
        "annotators": rows.json_text(list(annotator_ids)),
        "articles": rows.json_text(list(article_ids)),
    }
