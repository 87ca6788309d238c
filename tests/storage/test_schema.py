import sqlite3

import pytest

from annotator.domain.spans import Span
from annotator.services import annotating
from annotator.services.project import Project
from annotator.storage.schema import APPLICATION_ID, NEWEST, RECORDED

OURS = {*RECORDED, "setting", "visit", "step", "step_part"}


def pragma(project: Project, name: str):
    return project.store.db.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_file_says_what_it_is(mine: Project) -> None:
    assert pragma(mine, "application_id") == APPLICATION_ID
    assert pragma(mine, "user_version") == NEWEST
    assert mine.path.read_bytes()[68:72] == b"STNC"


def test_the_connection_is_durable_and_checks_references(mine: Project) -> None:
    assert pragma(mine, "journal_mode") == "wal"
    assert pragma(mine, "synchronous") == 2  # FULL
    assert pragma(mine, "foreign_keys") == 1


def test_every_table_of_ours_is_strict(mine: Project) -> None:
    strict = {name: row for _, name, kind, *_, row in tables(mine) if kind == "table"}
    assert {name: strict[name] for name in OURS} == dict.fromkeys(OURS, 1)


def tables(project: Project) -> list[tuple]:
    return project.store.db.execute("PRAGMA table_list").fetchall()


def test_nothing_writes_behind_the_record(mine: Project) -> None:
    """No triggers and no cascades: what they write would escape undo."""
    found = mine.store.select("SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL")
    assert not [row for row in found if row["type"] == "trigger"]
    assert not [row for row in found if "CASCADE" in row["sql"] or "SET NULL" in row["sql"]]


def test_rows_that_may_leave_the_machine_have_a_uid(mine: Project) -> None:
    for table in (
        "project",
        "codebook",
        "annotator",
        "article",
        "speaker",
        "statement",
        "decision",
    ):
        columns = mine.store.select(f"SELECT name FROM pragma_table_info('{table}')")
        assert "uid" in [row["name"] for row in columns]


def test_every_reference_is_indexed(mine: Project) -> None:
    """Else deleting a row reads the whole table that refers to it."""
    for table in OURS:
        for key in mine.store.select(
            f"SELECT \"from\" AS col FROM pragma_foreign_key_list('{table}')"
        ):
            sql = f"SELECT 1 FROM {table} WHERE {key['col']} = 1"
            plan = mine.store.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchone()[3]
            small = (table, key["col"]) in {("work", "annotator_id"), ("step", "annotator_id")}
            small = small or (table, key["col"]) == ("statement", "annotator_id")
            assert small or "SEARCH" in plan, plan


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO setting VALUES ('k', NULL)",
        "INSERT INTO annotator (uid, name, created_at) VALUES ('u', '  ', '')",
        "INSERT INTO annotator (uid, name, created_at) VALUES ('u', 'ADA', '')",
        "INSERT INTO speaker (uid, name, folded, type) VALUES ('u', 'x', 'x', 'alien')",
        "UPDATE speaker SET on_behalf_of = id",
        "UPDATE speaker SET on_behalf_of = 99",
        "UPDATE article SET words = 'many'",
        "INSERT INTO work (annotator_id, article_id, status) VALUES (1, 1, 'lost')",
        "INSERT INTO excluded (uid, article_id, start, end) VALUES ('u', 1, 5, 5)",
        "INSERT INTO excluded (uid, article_id, start, end) VALUES ('u', 99, 0, 5)",
        "INSERT INTO codebook (uid, version, body, created_at) VALUES ('u', 'v', '{', '')",
        "UPDATE annotator SET role = 'lead'",
        "INSERT INTO decision (uid, article_id, annotator_id, verdict, decided_at)"
        " VALUES ('u', 1, 1, 'statement', '')",
        "INSERT INTO decision (uid, article_id, annotator_id, verdict, decided_at)"
        " VALUES ('u', 1, 1, 'open', '')",
        "INSERT INTO decision (uid, article_id, annotator_id, verdict, decided_at)"
        " VALUES ('u', 99, 1, 'none', '')",
        "INSERT INTO decision_source (decision_id, statement_uid, seen) VALUES (99, 'u', '')",
        "INSERT INTO project (id, uid, name, created_at) VALUES (2, 'u', '', '')",
    ],
)
def test_the_file_refuses_what_cannot_be(mine: Project, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        mine.store.db.execute(sql)


@pytest.mark.parametrize("column", ["attributes = '[]'", "flags = '{}'", "pieces = 'null'"])
def test_the_file_refuses_json_of_another_kind(mine: Project, column: str) -> None:
    annotating.mark(mine, 1, Span(0, 5))
    with pytest.raises(sqlite3.IntegrityError):
        mine.store.db.execute(f"UPDATE statement SET {column}")
