"""No room: a sentence, nothing changed, and the next action works once there is room."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, copies
from tests.storage.processes import run
from tests.storage.projects import add_article, article_values, dump, make_project

FULL = r"The disk that holds “mine\.stance” is full; make room .* Nothing was changed\."
MEBIBYTE = 1 << 20


def no_more_pages(project: Project) -> None:
    """SQLite itself then says SQLITE_FULL, as it does for a full disk."""
    project.store.db.execute("PRAGMA max_page_count = 1")  # it takes the present number


def more_pages(project: Project) -> None:
    project.store.db.execute("PRAGMA max_page_count = 1000000")


def mark_until_full(project: Project) -> int:
    done = 0
    with pytest.raises(UserError, match=FULL):
        while True:
            annotating.mark(project, 1, Span(0, 2))
            done += 1
    return done


def test_an_action_without_room_changes_nothing(mine: Project) -> None:
    no_more_pages(mine)
    announced: list = []
    mine.store.listeners.append(announced.append)
    done = mark_until_full(mine)
    assert len(announced) == done == len(annotating.statements(mine, 1))
    before = dump(mine.store)
    with pytest.raises(UserError, match=FULL):
        annotating.set_note(mine, annotating.mark(mine, 1, Span(0, 2)), "x" * 100_000)
    with pytest.raises(UserError, match=FULL):
        add_article(mine, "big", "Des mots. " * 10_000)
    assert dump(mine.store) == before
    assert len(announced) == done
    more_pages(mine)
    add_article(mine, "big", "Des mots. " * 10_000)
    annotating.mark(mine, 1, Span(0, 2))
    assert checking.faults(mine.store) == []
    for _ in range(done + 2):
        projects.undo_step(mine)
    assert annotating.statements(mine, 1) == []


def test_a_long_step_without_room_can_be_taken_back_later(mine: Project) -> None:
    before = dump(mine.store)
    no_more_pages(mine)
    step = mine.long_step("Import")
    with pytest.raises(UserError, match=FULL):
        for number in range(100):
            with step.part():
                name = f"a{number}"
                mine.store.insert("article", article_values(name, f"{name} " * 2000))
    more_pages(mine)
    step.cancel()
    assert dump(mine.store) == before
    assert checking.faults(mine.store) == []


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A limit on the size of files is no full disk, but no less an end."""
    made = make_project(tmp_path / "mine.stance", "Ada")
    made.close()
    found = run("fill", made.path, 400_000)
    assert "The disk failed to write “mine.stance”" in found["refused"]
    assert "Nothing was changed" in found["refused"]
    assert found["left"] == found["done"] > 0
    assert found["faults"] == []
    opened = projects.open_project(made.path)
    assert len(annotating.statements(opened, 1)) == found["done"] + 1
    opened.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two MiB; where none may be mounted, the tests above must do."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    free = os.statvfs(disk)
    filler = disk / f"filler {leave}"
    filler.write_bytes(b"x" * (free.f_bavail * free.f_bsize - leave))
    return filler


@pytest.mark.parametrize("leave", [0, 32_768, 200_000])
def test_a_disk_that_fills_up(small_disk: Path, leave: int) -> None:
    made = make_project(small_disk / "mine.stance", "Ada")
    filler = fill(small_disk, leave=leave)
    mark_until_full(made)
    before = dump(made.store)
    mark_until_full(made)
    if leave == 0:
        with pytest.raises(UserError, match=FULL):
            projects.undo_step(made)
        with pytest.raises(UserError, match=FULL):
            projects.set_setting(made, "key", "x" * 10_000)
    assert dump(made.store) == before
    filler.unlink()
    annotating.mark(made, 1, Span(0, 2))
    assert projects.undo_step(made) is not None
    assert dump(made.store) == before
    assert checking.faults(made.store) == []
    made.close()


def test_opening_on_a_full_disk_does_not_call_the_file_damaged(small_disk: Path) -> None:
    made = make_project(small_disk / "mine.stance", "Ada")
    made.close()
    filler = fill(small_disk, leave=0)
    with pytest.raises(UserError, match=FULL):
        projects.open_project(made.path)
    filler.unlink()
    opened = projects.open_project(made.path)
    assert opened.notice is None
    opened.close()


def test_nothing_half_made_is_left_on_a_full_disk(small_disk: Path) -> None:
    made = make_project(small_disk / "mine.stance", "Ada")
    filler = fill(small_disk, leave=20_000)
    before = {path.name for path in small_disk.iterdir()}
    with pytest.raises(UserError, match="cannot be written"):
        projects.create(small_disk / "new.stance")
    with pytest.raises(UserError, match="No copy"):
        projects.keep_copy(made.path)
    assert copies.copies_of(made.path) == []
    assert not list(copies.folder_of(made.path).iterdir())
    assert {path.name for path in small_disk.iterdir()} == before | {"mine.stance-copies"}
    filler.unlink()
    made.close()


def test_a_crash_while_importing_on_a_full_disk(small_disk: Path) -> None:
    """The long step cannot even be taken back; the next opening with room does it."""
    made = make_project(small_disk / "mine.stance", "Ada")
    before = dump(made.store)
    filler = fill(small_disk, leave=300_000)
    step = made.long_step("Import")
    with pytest.raises(UserError, match=FULL):
        for number in range(100):
            with step.part():
                made.store.insert("article", article_values(f"a{number}", f"{number} " * 9000))
    made.close()
    rest = fill(small_disk, leave=0)
    with pytest.raises(UserError, match=FULL):
        projects.open_project(made.path)
    filler.unlink()
    rest.unlink()
    opened = projects.open_project(made.path)
    assert dump(opened.store) == before
    opened.close()
