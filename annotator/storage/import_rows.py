"""What an import asks of a project before it writes, and the columns it writes in."""

from collections.abc import Iterable, Sequence
from typing import Any

from annotator.storage import rows
from annotator.storage.store import Store

ARTICLE = (
    *("uid", "name", "title", "lang", "words", "sha256"),
    *("file_name", "file_sha256", "imported_at", "text", "published"),
)
STATEMENT = (
    *("uid", "article_id", "annotator_id", "speaker_id", "target", "stance", "attributes"),
    *("flags", "note", "pieces", "start", "end", "mention_start", "mention_end"),
    *("cue_start", "cue_end", "condition_start", "condition_end", "provenance"),
    *("codebook_version", "created_at", "updated_at"),
)
SOURCE = ("statement_id", "position", "speaker_id", "start", "end")
EXCLUDED = ("uid", "article_id", "start", "end", "reason")
WORK = ("annotator_id", "article_id", "status", "note")

Key = tuple[str, int | None, str | None, str | None]  # pieces, speaker, target, stance


def article_text(store: Store, article_id: int) -> str:
    """Return the text of one article."""
    row = store.db.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
    return str(row[0])


def uids(store: Store, table: str) -> set[str]:
    """Return every uid of `table`."""
    return {row[0] for row in store.db.execute(f"SELECT uid FROM {table}")}  # noqa: S608


def statements_by_uid(store: Store, wanted: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return article and annotator of the statements that carry one of the `wanted` uids."""
    cursor = store.db.execute(
        "SELECT uid, article_id, annotator_id FROM statement"
        " WHERE uid IN (SELECT value FROM json_each(?))",
        (rows.json_text(list(wanted)),),
    )
    return {uid: (article, annotator) for uid, article, annotator in cursor}


def has_statements(store: Store, annotator_id: int | None = None) -> bool:
    """Tell whether anybody, or one annotator, has a statement in this project."""
    row = store.db.execute(
        "SELECT 1 FROM statement WHERE ?1 IS NULL OR annotator_id = ?1 LIMIT 1", (annotator_id,)
    ).fetchone()
    return row is not None


def statement_keys(store: Store, article_id: int, annotator_id: int) -> dict[Key, str]:
    """Return what tells one annotator's statements in one article apart, with their uids."""
    cursor = store.db.execute(
        "SELECT pieces, speaker_id, target, stance, uid FROM statement"
        " WHERE article_id = ? AND annotator_id = ?",
        (article_id, annotator_id),
    )
    return {row[:4]: row[4] for row in cursor}


def regions_by_article(store: Store) -> dict[int, list[tuple[int, int]]]:
    """Return start and end of every excluded region by article."""
    found: dict[int, list[tuple[int, int]]] = {}
    for article_id, start, end in store.db.execute(
        'SELECT article_id, "start", "end" FROM excluded ORDER BY article_id, "start"'
    ):
        found.setdefault(article_id, []).append((start, end))
    return found


def work_rows(
    store: Store, annotator_id: int, article_ids: Iterable[int]
) -> dict[int, tuple[int, str]]:
    """Return row id and status of one annotator's work on `article_ids`, by article."""
    wanted = set(article_ids)
    cursor: Any = store.db.execute(
        "SELECT article_id, id, status FROM work WHERE annotator_id = ?", (annotator_id,)
    )
    return {article: (row_id, status) for article, row_id, status in cursor if article in wanted}


def codebook_versions(store: Store) -> set[str]:
    """Return the version of every codebook of the project."""
    return {version for (version,) in store.db.execute("SELECT version FROM codebook")}
