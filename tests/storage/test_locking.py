import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.processes import run, start
from tests.storage.projects import dump, make_project


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    made = make_project(tmp_path / "mine.stance", "Ada")
    made.close()
    return made.path


def test_a_second_process_reads_only_and_says_so(mine: Project) -> None:
    article = projects.articles(mine)[0].id
    annotating.mark(mine, article, Span(0, 2))
    before = dump(mine.store)
    found = run("open_and_look", mine.path)
    assert found["read_only"] and "open in another window" in found["notice"]
    assert "read-only" in found["refused"]
    assert (found["articles"], found["before"], found["after"]) == (2, 1, 1)
    assert dump(mine.store) == before
    annotating.mark(mine, article, Span(0, 2))


def test_a_second_window_of_the_same_process_reads_only(mine: Project) -> None:
    second = projects.open_project(mine.path)
    assert second.read_only and second.notice is not None
    article = projects.articles(mine)[0].id
    annotating.mark(mine, article, Span(0, 2))
    assert len(annotating.statements(second, article)) == 1  # it sees what the first one does
    for write in (
        lambda: annotating.mark(second, article, Span(0, 2)),
        lambda: projects.undo_step(second),
        lambda: projects.ensure_annotator(second, "Bo"),
        lambda: second.long_step("Import"),
    ):
        with pytest.raises(UserError, match="read-only"):
            write()
    projects.set_setting(second, "zoom", "3")
    annotating.add_time(second, article, 4.0)
    assert projects.setting(mine, "zoom") is None
    second.close()
    third = projects.open_project(mine.path)
    assert third.read_only
    third.close()


def test_the_next_one_writes_once_the_first_has_closed(closed: Path) -> None:
    first = projects.open_project(closed)
    first.close()
    first.close()
    found = run("open_and_look", closed)
    assert (found["notice"], found["refused"], found["after"]) == (None, None, 1)


def test_a_killed_holder_leaves_no_lock(closed: Path) -> None:
    with start("hold", closed) as holder:
        assert holder.stdout is not None
        held = json.loads(holder.stdout.readline())
        assert held["notice"] is None and held["after"] == 1
        second = projects.open_project(closed)
        assert second.read_only
        second.close()
        holder.kill()
    opened = projects.open_project(closed)
    assert opened.notice is None and not opened.read_only
    assert len(annotating.statements(opened, 1)) == 1
    annotating.mark(opened, 1, Span(0, 2))
    opened.close()


def test_reading_elsewhere_in_the_process_does_not_drop_sqlites_own_locks(mine: Project) -> None:
    """Closing any handle on a file drops all POSIX locks of the process on it.

    Another program could then take the write-ahead log from under the open project.
    """
    projects.snapshot(mine.path).close()
    projects.open_project(mine.path).close()
    program = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: mode = db.execute('PRAGMA journal_mode = DELETE').fetchone()[0]\n"
        "except sqlite3.OperationalError: mode = 'locked'\n"
        "sys.exit(mode == 'delete')"
    )
    done = subprocess.run([sys.executable, "-c", program, str(mine.path)], check=False)
    assert done.returncode == 0
    article = projects.articles(mine)[0].id
    annotating.mark(mine, article, Span(0, 2))


def test_another_program_that_writes_is_waited_for_and_then_named(mine: Project) -> None:
    mine.store.db.execute("PRAGMA busy_timeout = 50")
    before = dump(mine.store)
    with closing(sqlite3.connect(mine.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match=r"Another program is using .* Nothing was changed"):
            annotating.mark(mine, 1, Span(0, 2))
        other.rollback()
    assert dump(mine.store) == before
    annotating.mark(mine, 1, Span(0, 2))
