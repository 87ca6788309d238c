"""The full-text index over articles, kept beside their rows."""

import sqlite3
from collections.abc import Iterable


def add(db: sqlite3.Connection, articles: Iterable[tuple[int, str]]) -> None:
    """Index articles given as (id, text)."""
    db.executemany("INSERT INTO article_search (rowid, text) VALUES (?, ?)", articles)


def remove(db: sqlite3.Connection, article_id: int, text: str) -> None:
    """Take an article out of the index; `text` must be what was indexed."""
    db.execute(
        "INSERT INTO article_search (article_search, rowid, text) VALUES ('delete', ?, ?)",
        (article_id, text),
    )


def find(db: sqlite3.Connection, query: str, limit: int) -> list[tuple[int, str, str, str]]:
    """Return (id, name, title, marked text) of the articles that hold `query`, best first.

    Hits in the marked text stand between U+0001 and U+0002.
    """
    found: list[tuple[int, str, str, str]] = db.execute(
        "SELECT article.id, name, title, highlight(article_search, 0, char(1), char(2))"
        " FROM article_search JOIN article ON article.id = article_search.rowid"
        " WHERE article_search MATCH ? ORDER BY rank LIMIT ?",
        (query, limit),
    ).fetchall()
    return found


def agrees(db: sqlite3.Connection) -> bool:
    """Tell whether the index holds just the articles there are."""
    rows = db.execute(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM article_search_docsize),"
        " (SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM article_search_docsize))"
    ).fetchone()
    return bool(rows[0] == rows[1] and rows[2] == 0)
