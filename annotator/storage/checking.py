"""Looking for faults in a project file: structure, references, offsets."""

from itertools import pairwise

import msgspec

from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.storage import rows, search_index
from annotator.storage.store import Store


def faults(store: Store) -> list[str]:
    """Return what is wrong with the project, a sentence each; empty when all is well."""
    found = [
        f"The file is damaged: {row[0]}."
        for row in store.db.execute("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    found += [
        f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there."
        for row in store.db.execute("PRAGMA foreign_key_check")
    ]
    found += _faults_of_texts(store)
    found += _faults_of_decisions(store)
    if not search_index.agrees(store.db):
        found.append("The search index does not cover the articles.")
    return found


def _faults_of_texts(store: Store) -> list[str]:
    from annotator.domain.text import normalise, sha256

    found: list[str] = []
    for (article_id,) in store.db.execute("SELECT id FROM article").fetchall():
        article = store.row("article", article_id)
        text, name = article["text"], article["name"]
        if sha256(text) != article["sha256"]:
            found.append(f"The text of article “{name}” is not the one its sha256 was taken of.")
        if normalise(text) != text:
            found.append(f"The text of article “{name}” breaks the text policy.")
        found += _faults_of_spans(store, article_id, name, len(text))
    return found


def _faults_of_spans(store: Store, article_id: int, name: str, length: int) -> list[str]:
    found: list[str] = []
    for row in store.select("SELECT * FROM statement WHERE article_id = ?", (article_id,)):
        try:
            statement = rows.statement(row)
        except (ValueError, msgspec.DecodeError) as error:
            found.append(f"Statement {row['uid']} in “{name}” cannot be read ({error}).")
            continue
        found += _faults_of_statement(statement, row, name, length)
    for row in store.select(_SOURCES, (article_id,)):
        if row["end"] > length:
            found.append(_beyond("A source of statement", row["uid"], name, row["end"], length))
    for row in store.select("SELECT * FROM excluded WHERE article_id = ?", (article_id,)):
        if row["end"] > length:
            found.append(_beyond("Excluded region", row["uid"], name, row["end"], length))
    return found


_SOURCES = """
SELECT uid, source."end" FROM statement JOIN source ON source.statement_id = statement.id
WHERE article_id = ? AND source."end" IS NOT NULL
"""


def _faults_of_statement(statement: Statement, row: rows.Row, name: str, length: int) -> list[str]:
    spans = [*statement.pieces, statement.mention, statement.cue, statement.condition_span]
    beyond = [s for s in spans if s is not None and s.end > length]
    found = [_beyond("Statement", statement.uid, name, span.end, length) for span in beyond]
    if not statement.pieces or not _apart(statement.pieces):
        found.append(f"Statement {statement.uid} in “{name}” has its pieces out of order.")
    elif (row["start"], row["end"]) != (statement.start, statement.end):
        found.append(f"Statement {statement.uid} in “{name}” disagrees with its own pieces.")
    return found


def _apart(pieces: tuple[Span, ...]) -> bool:
    return all(a.end < b.start for a, b in pairwise(pieces))


def _beyond(what: str, uid: str, name: str, end: int, length: int) -> str:
    return f"{what} {uid} reaches to {end}, beyond the {length} code points of “{name}”."


_UNDECIDED = """
SELECT statement.uid FROM statement JOIN annotator ON annotator.id = annotator_id
WHERE role = 'gold' AND NOT EXISTS (SELECT 1 FROM decision WHERE statement_id = statement.id)
"""
_MISPLACED = """
SELECT decision.uid FROM decision JOIN statement ON statement.id = statement_id
JOIN annotator ON annotator.id = statement.annotator_id
WHERE role <> 'gold' OR statement.article_id <> decision.article_id
"""
_ELSEWHERE = """
SELECT decision.uid, statement_uid FROM decision_source
JOIN decision ON decision.id = decision_id JOIN statement ON statement.uid = statement_uid
JOIN annotator ON annotator.id = statement.annotator_id
WHERE role = 'gold' OR statement.article_id <> decision.article_id
"""
_OWNERS = "SELECT count(*) FROM annotator WHERE role = 'gold'"
_GOLD_ACTS = """
SELECT count(*) FROM annotator WHERE role = 'gold' AND (
    id IN (SELECT annotator_id FROM work) OR id IN (SELECT annotator_id FROM step)
    OR id IN (SELECT annotator_id FROM decision))
"""


def _faults_of_decisions(store: Store) -> list[str]:
    execute = store.db.execute
    found = []
    if execute(_OWNERS).fetchone()[0] != 1:
        found.append("The gold statements have no owner, or several.")
    if execute(_GOLD_ACTS).fetchone()[0]:
        found.append("The owner of the gold statements is written down as a person who worked.")
    for (uid,) in execute(_UNDECIDED):
        found.append(f"No decision says where gold statement {uid} comes from.")
    for (uid,) in execute(_MISPLACED):
        found.append(f"Decision {uid} names a statement that is no gold one of its article.")
    for uid, statement in execute(_ELSEWHERE):
        found.append(f"Decision {uid} was made from {statement}, no label of its article.")
    return found
