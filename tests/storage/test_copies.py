import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import copies, opening
from annotator.storage.schema import APPLICATION_ID, NEWEST
from tests.storage.projects import dump, make_project


def age(project: Project) -> None:
    """Let the project have been made on an earlier day."""
    with project.store.transact("Age", undoable=False):
        project.store.update("project", 1, {"created_at": "2031-03-08T12:00:00.000Z"})


def test_a_project_made_today_needs_no_copy(mine: Project) -> None:
    assert not projects.copy_is_due(mine)


def test_one_copy_a_day(mine: Project) -> None:
    age(mine)
    assert projects.copy_is_due(mine)
    copy = projects.keep_copy(mine.path)
    assert not projects.copy_is_due(mine)
    assert copies.copies_of(mine.path) == [copy]
    copy.rename(copy.with_name("mine 2031-03-08.stance"))
    assert projects.copy_is_due(mine)


def test_a_read_only_project_is_not_copied(mine: Project) -> None:
    age(mine)
    second = projects.open_project(mine.path)
    assert not projects.copy_is_due(second)
    second.close()


def test_a_copy_is_the_project_whole_while_it_is_open(mine: Project) -> None:
    annotating.mark(mine, 1, Span(0, 2))
    copy = projects.open_project(projects.keep_copy(mine.path))
    assert dump(copy.store) == dump(mine.store)
    assert projects.undo_label(copy) == "Mark statement"
    copy.close()
    annotating.mark(mine, 1, Span(0, 2))


@pytest.mark.parametrize("stem", ["mine", "projet [v2] *?", "deux.points", "été 🕊"])
def test_the_last_five_are_kept(tmp_path: Path, stem: str) -> None:
    made = make_project(tmp_path / f"{stem}.stance", "Ada")
    folder = copies.folder_of(made.path)
    folder.mkdir()
    old = [folder / f"{stem} 2031-03-{day:02}.stance" for day in range(1, 8)]
    for path in old:
        path.write_bytes(b"old")
    other = folder / "other 2030-01-01.stance"
    other.write_bytes(b"of another project")
    newest = projects.keep_copy(made.path)
    kept = copies.copies_of(made.path)
    assert len(kept) == copies.KEPT == 5
    assert set(kept) <= {*old, newest} and other.exists()
    made.close()


def test_of_two_copies_on_one_day_the_newer_stays(mine: Project) -> None:
    projects.keep_copy(mine.path)
    annotating.mark(mine, 1, Span(0, 2))
    projects.keep_copy(mine.path)
    (copy,) = copies.copies_of(mine.path)
    opened = projects.open_project(copy)
    assert len(annotating.statements(opened, 1)) == 1
    opened.close()


def test_a_copy_is_kept_before_a_migration(tmp_path: Path) -> None:
    path = tmp_path / "old.stance"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("CREATE TABLE of_schema_0 (id INTEGER PRIMARY KEY)")
    opened = opening.open_store(path)
    assert opened.store.db.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    (copy,) = copies.copies_of(path)
    assert f"before schema {NEWEST}" in copy.name
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("of_schema_0",)]
        assert db.execute("PRAGMA user_version").fetchone() == (0,)
    opened.store.close()
    assert opened.lock is not None
    opened.lock.release()
    again = opening.open_store(path)  # once only
    assert copies.copies_of(path) == [copy]
    again.store.close()
    assert again.lock is not None
    again.lock.release()


def test_a_copy_that_cannot_be_written_leaves_what_was_there(mine: Project) -> None:
    copies.folder_of(mine.path).write_text("a file in the way")
    with pytest.raises(UserError, match=r"No copy of “mine\.stance” could be kept"):
        projects.keep_copy(mine.path)
    assert copies.copies_of(mine.path) == []
