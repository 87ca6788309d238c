"""What is read of a project: each function one question, answered in domain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.domain.codebook import Codebook
from annotator.domain.records import (
    Annotator,
    Article,
    ArticleRow,
    ExcludedRegion,
    SourceLink,
    Speaker,
    Statement,
    Work,
)
from annotator.storage import rows
from annotator.storage.store import Store


def project_name(store: Store) -> str:
    """Return the name of the project."""
    return str(store.row("project", 1)["name"])


def setting(store: Store, key: str) -> str | None:
    """Return a setting of the project, or None."""
    found = store.select("SELECT value FROM setting WHERE key = ?", (key,))
    return found[0]["value"] if found else None


def codebook(store: Store) -> Codebook:
    """Return the codebook in force, the newest."""
    row = store.select("SELECT body FROM codebook ORDER BY id DESC LIMIT 1")[0]
    return rows.codebook(row["body"])


def annotators(store: Store) -> list[Annotator]:
    """Return all people who annotate, by name."""
    found = store.select(
        "SELECT id, uid, name FROM annotator WHERE role = 'annotator' ORDER BY name COLLATE NOCASE"
    )
    return [rows.annotator(row) for row in found]


def gold(store: Store) -> Annotator:
    """Return the annotator who owns the gold statements and is no person."""
    found = store.select("SELECT id, uid, name FROM annotator WHERE role = 'gold'")
    return rows.annotator(found[0])


def article(store: Store, article_id: int) -> Article:
    """Return one article with its text."""
    return rows.article(store.row("article", article_id))


def article_ids(store: Store) -> list[int]:
    """Return the ids of all articles in the order of the list."""
    return [r["id"] for r in store.select("SELECT id FROM article ORDER BY name, id")]


def article_names(store: Store) -> dict[int, str]:
    """Return the name of every article by id, in the order of the list."""
    found = store.select("SELECT id, name FROM article ORDER BY name, id")
    return {r["id"]: r["name"] for r in found}


def known_texts(store: Store) -> dict[str, tuple[int, str, str]]:
    """Return id, uid and name of every article by the sha256 of its text."""
    found = store.select("SELECT id, uid, name, sha256 FROM article")
    return {r["sha256"]: (r["id"], r["uid"], r["name"]) for r in found}


_ARTICLE_ROWS = """
SELECT article.id, uid, name, title, lang, words,
    coalesce({n}, 0) AS statements, coalesce({lacking}, 0) AS incomplete,
    coalesce(work.status, 'todo') AS status, work.note AS note
FROM article
{counting}
LEFT JOIN work ON work.article_id = article.id AND work.annotator_id = :annotator
"""
_COUNTING = """LEFT JOIN (
    SELECT article_id, count(*) AS n,
        sum({lacks}) AS lacking
    FROM statement WHERE annotator_id = :annotator {only} GROUP BY article_id
) AS mine ON mine.article_id = article.id"""


def article_rows(
    store: Store, annotator_id: int | None, required: tuple[str, ...] | None
) -> list[ArticleRow]:
    """Return what the list shows of every article, by name.

    `required` are the ids of the attributes without which a statement counts as incomplete. With
    None nothing counts as incomplete, and a large project is read four times as fast.
    """
    lacks = "0" if required is None else _named_lacks(required)
    values = {"annotator": annotator_id, **_required_values(required or ())}
    sql = _article_rows_sql(_COUNTING.format(lacks=lacks, only=""))
    return _article_rows(store, f"{sql} ORDER BY name, article.id", values)


def article_rows_between(
    store: Store, annotator_id: int | None, required: tuple[str, ...], first: int, last: int
) -> list[ArticleRow]:
    """Return the same of the articles with ids from `first` to `last`, in no order."""
    only = "AND article_id BETWEEN :first AND :last"
    sql = _article_rows_sql(_COUNTING.format(lacks=_named_lacks(required), only=only))
    values = {"annotator": annotator_id, "first": first, "last": last}
    values |= _required_values(required)
    return _article_rows(store, f"{sql} WHERE article.id BETWEEN :first AND :last", values)


def one_article_row(
    store: Store,
    annotator_id: int | None,
    article_id: int,
    required: tuple[str, ...],
    counted: tuple[int, int] | None = None,
) -> ArticleRow | None:
    """Return what the list shows of one article; None when it is gone.

    `counted` says how many statements there are and how many lack something, if that is known.
    """
    if counted is None:
        found = article_rows_between(store, annotator_id, required, article_id, article_id)
    else:
        sql = _ARTICLE_ROWS.format(n=":n", lacking=":lacking", counting="")
        values = {"annotator": annotator_id, "n": counted[0], "lacking": counted[1]}
        values["article"] = article_id
        found = _article_rows(store, f"{sql} WHERE article.id = :article", values)
    return found[0] if found else None


def _article_rows_sql(counting: str) -> str:
    return _ARTICLE_ROWS.format(n="n", lacking="lacking", counting=counting)


def _lacks(attribute_paths: Iterable[str]) -> str:
    """Return the test whether a statement is incomplete, with these marks for JSON paths."""
    tests = "".join(f" OR attributes ->> {path} IS NULL" for path in attribute_paths)
    return f"speaker_id IS NULL OR target IS NULL OR stance IS NULL{tests}"


def _named_lacks(required: tuple[str, ...]) -> str:
    return _lacks(f":r{i}" for i in range(len(required)))


def _required_values(required: tuple[str, ...]) -> dict[str, Any]:
    return {f"r{i}": _path(name) for i, name in enumerate(required)}


def _path(attribute: str) -> str:
    return f'$."{attribute}"'


def _article_rows(store: Store, sql: str, values: Mapping[str, Any]) -> list[ArticleRow]:
    # The columns stand in the order of ArticleRow.
    return [ArticleRow(*row) for row in store.db.execute(sql, dict(values))]


def article_count(store: Store) -> int:
    """Return how many articles there are."""
    return int(store.db.execute("SELECT count(*) FROM article").fetchone()[0])


def statements(store: Store, article_id: int, annotator_id: int) -> list[Statement]:
    """Return one annotator's statements in one article, in reading order."""
    return _statements(
        store,
        "WHERE article_id = ? AND annotator_id = ?",
        (article_id, annotator_id),
    )


def some_statements(
    store: Store, article_id: int, annotator_id: int, after: tuple[int, int, int], most: int
) -> list[Statement]:
    """Return the next `most` statements after a place in reading order: (start, end, id)."""
    return _statements(
        store,
        'WHERE article_id = ? AND annotator_id = ? AND ("start", "end", statement.id) > (?, ?, ?)',
        (article_id, annotator_id, *after),
        most,
    )


def first_incomplete(
    store: Store, article_id: int, annotator_id: int, required: tuple[str, ...]
) -> Statement | None:
    """Return one annotator's first statement in an article that lacks a required choice."""
    found = _statements(
        store,
        f"WHERE article_id = ? AND annotator_id = ? AND ({_lacks('?' * len(required))})",
        (article_id, annotator_id, *map(_path, required)),
        1,
    )
    return found[0] if found else None


def statements_of(store: Store, article_id: int, annotator_ids: Sequence[int]) -> list[Statement]:
    """Return the statements of several annotators in one article, in reading order."""
    marks = ", ".join("?" * len(annotator_ids))
    where = f"WHERE article_id = ? AND annotator_id IN ({marks})"
    return _statements(store, where, (article_id, *annotator_ids))


def statement(store: Store, statement_id: int) -> Statement:
    """Return one statement; raise LookupError when there is none."""
    found = _statements(store, "WHERE statement.id = ?", (statement_id,))
    if not found:
        raise LookupError(f"statement has no row {statement_id}")
    return found[0]


def owner_of(store: Store, statement_id: int) -> int:
    """Return the id of the annotator whose statement it is; LookupError when it is gone."""
    found = _ids(store, "SELECT annotator_id FROM statement WHERE id = ?", statement_id)
    if not found:
        raise LookupError(f"statement has no row {statement_id}")
    return found[0]


def _statements(
    store: Store, where: str, parameters: tuple[object, ...], most: int = -1
) -> list[Statement]:
    some = f'FROM statement {where} ORDER BY "start", "end", statement.id LIMIT {most}'
    found = store.db.execute(f"SELECT {rows.STATEMENT} {some}", parameters).fetchall()
    if not found:
        return []
    chains: dict[int, list[SourceLink]] = defaultdict(list)
    links = store.select(
        f"SELECT * FROM source WHERE statement_id IN (SELECT statement.id {some})"  # noqa: S608
        " ORDER BY statement_id, position",
        parameters,
    )
    for link in links:
        chains[link["statement_id"]].append(rows.source_link(link))
    return [rows.statement_of(row, chains.get(row[0], ())) for row in found]


def speakers(store: Store) -> list[Speaker]:
    """Return all speakers with their aliases, by name."""
    aliases: dict[int, list[str]] = defaultdict(list)
    for row in store.select("SELECT speaker_id, name FROM alias ORDER BY id"):
        aliases[row["speaker_id"]].append(row["name"])
    found = store.select("SELECT * FROM speaker ORDER BY folded, id")
    return [rows.speaker(row, aliases[row["id"]]) for row in found]


def speaker_uids(store: Store) -> dict[int, str]:
    """Return the uid of every speaker by id."""
    return dict(store.db.execute("SELECT id, uid FROM speaker").fetchall())


def speaker_uses(store: Store) -> dict[int, int]:
    """Return for each speaker in how many statements or source chains it stands."""
    found = store.select(
        "SELECT speaker_id, count(*) AS n FROM ("
        " SELECT speaker_id FROM statement WHERE speaker_id IS NOT NULL"
        " UNION ALL SELECT speaker_id FROM source) GROUP BY speaker_id"
    )
    return {row["speaker_id"]: row["n"] for row in found}


def excluded_regions(store: Store, article_id: int) -> list[ExcludedRegion]:
    """Return the excluded regions of one article in reading order."""
    found = store.select(
        'SELECT * FROM excluded WHERE article_id = ? ORDER BY "start"', (article_id,)
    )
    return [rows.excluded(row) for row in found]


def source_rows(store: Store, statement_id: int) -> list[dict[str, Any]]:
    """Return the rows of one statement's source chain, the writer's end first."""
    return store.select(
        "SELECT * FROM source WHERE statement_id = ? ORDER BY position", (statement_id,)
    )


def work_id(store: Store, article_id: int, annotator_id: int) -> int | None:
    """Return the id of the row that holds one annotator's status of an article, if there is one."""
    found = store.select(
        "SELECT id FROM work WHERE article_id = ? AND annotator_id = ?", (article_id, annotator_id)
    )
    return found[0]["id"] if found else None


def work(store: Store, article_id: int, annotator_id: int) -> Work:
    """Return how far one annotator is with one article."""
    found = store.select(
        "SELECT status, note FROM work WHERE article_id = ? AND annotator_id = ?",
        (article_id, annotator_id),
    )
    spent = store.select(
        "SELECT seconds FROM visit"
        " JOIN annotator ON annotator.uid = annotator_uid"
        " JOIN article ON article.uid = article_uid WHERE article.id = ? AND annotator.id = ?",
        (article_id, annotator_id),
    )
    seconds = float(spent[0]["seconds"]) if spent else 0.0
    return Work(found[0]["status"], found[0]["note"], seconds) if found else Work(seconds=seconds)


def alias_rows(store: Store, speaker_id: int) -> list[dict[str, Any]]:
    """Return the rows of one speaker's aliases."""
    return store.select("SELECT * FROM alias WHERE speaker_id = ? ORDER BY id", (speaker_id,))


def statement_ids_of_speaker(store: Store, speaker_id: int) -> list[int]:
    """Return the ids of all statements by one speaker."""
    return _ids(store, "SELECT id FROM statement WHERE speaker_id = ?", speaker_id)


def source_ids_of_speaker(store: Store, speaker_id: int) -> list[int]:
    """Return the ids of all source links in which one speaker stands."""
    return _ids(store, "SELECT id FROM source WHERE speaker_id = ?", speaker_id)


def speaker_ids_on_behalf_of(store: Store, speaker_id: int) -> list[int]:
    """Return the ids of those who speak on behalf of one speaker."""
    return _ids(store, "SELECT id FROM speaker WHERE on_behalf_of = ?", speaker_id)


def _ids(store: Store, sql: str, parameter: int) -> list[int]:
    return [row[0] for row in store.db.execute(sql, (parameter,)).fetchall()]
