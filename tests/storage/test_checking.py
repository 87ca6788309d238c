"""What `check` finds when a file was written by something else than this program."""

import pytest

from annotator.domain.spans import Span
from annotator.services import adjudicating, annotating, speakers
from annotator.services.project import Project
from annotator.storage import checking


@pytest.fixture
def labelled(mine: Project) -> Project:
    statement = annotating.mark(mine, 1, Span(0, 12))
    annotating.add_piece(mine, statement, Span(20, 30))
    annotating.set_span(mine, statement, "mention", Span(3, 10))
    speakers.add_source(mine, statement, 1, Span(3, 10))
    annotating.exclude(mine, 1, Span(0, 5))
    (case,) = adjudicating.cases(mine, 1, [mine.me.id])
    adjudicating.take(mine, statement, case)
    return mine


def test_a_sound_project_has_no_faults(labelled: Project) -> None:
    assert checking.faults(labelled.store) == []


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE article SET text = text || 'x'", "sha256"),
        ("UPDATE article SET text = replace(text, char(10), char(13))", "text policy"),
        ("""UPDATE statement SET "end" = 9999, pieces = '[[0,9999]]'""", "beyond"),
        ("UPDATE statement SET mention_end = 9999", "beyond"),
        ("UPDATE statement SET pieces = '[[20,30],[0,14]]'", "out of order"),
        ("UPDATE statement SET pieces = '[[0,25],[20,30]]'", "out of order"),
        ("UPDATE statement SET pieces = '[]'", "out of order"),
        ("UPDATE statement SET pieces = '[[5,3]]'", "cannot be read"),
        ("UPDATE statement SET pieces = '[1]'", "cannot be read"),
        ("UPDATE statement SET attributes = '{x}'", "cannot be read"),
        ("UPDATE statement SET flags = '[x]'", "cannot be read"),
        ("UPDATE statement SET pieces = '[[0,12],[20,29]]'", "disagrees"),
        ('UPDATE source SET "end" = 9999', "beyond"),
        ('UPDATE excluded SET "end" = 9999', "beyond"),
        ("UPDATE statement SET speaker_id = 99", "not there"),
        ("DELETE FROM article WHERE id = 1", "not there"),
        ("UPDATE annotator SET role = 'annotator'", "no owner"),
        ("UPDATE annotator SET role = 'gold'", "or several"),
        ("UPDATE work SET annotator_id = 1", "a person who worked"),
        ("UPDATE decision SET annotator_id = 1", "a person who worked"),
        ("UPDATE decision SET verdict = 'none', statement_id = NULL", "No decision says where"),
        ("UPDATE decision SET statement_id = 1", "no gold one"),
        ("UPDATE decision SET article_id = 2", "no gold one"),
        ("UPDATE decision SET article_id = 2", "no label of its article"),
        ("UPDATE decision_source SET decision_id = 9", "not there"),
    ],
)
def test_each_fault_is_named(labelled: Project, sql: str, word: str) -> None:
    labelled.store.db.execute("PRAGMA foreign_keys = OFF")
    with labelled.store.writing():
        labelled.store.db.execute(sql)
    found = checking.faults(labelled.store)
    assert any(word in sentence for sentence in found), found
