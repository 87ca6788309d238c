"""Files and folders that may only be read, tried by a process without root's rights."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.processes import run, start
from tests.storage.projects import make_project

NOBODY = (0, "--nobody")


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that other users may enter too; the one of pytest is closed to them."""
    with tempfile.TemporaryDirectory(prefix="stance-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@pytest.fixture
def closed(room: Path) -> Path:
    made = make_project(room / "mine.stance", "Ada")
    made.close()
    for path in room.iterdir():
        path.chmod(0o666)
    return made.path


def test_with_all_rights_it_is_written(closed: Path) -> None:
    found = run("open_and_look", closed, *NOBODY)
    assert (found["notice"], found["refused"]) == (None, None)


def test_a_read_only_file_is_read_and_says_so(closed: Path) -> None:
    closed.chmod(0o444)
    before = closed.read_bytes()
    found = run("open_and_look", closed, *NOBODY)
    assert found["read_only"] and "may not be written" in found["notice"]
    assert "Nothing was changed" in found["refused"] or "nothing was changed" in found["refused"]
    assert (found["articles"], found["before"], found["after"]) == (2, 0, 0)
    assert closed.read_bytes() == before


def test_a_file_in_a_read_only_folder_is_read_and_says_so(closed: Path, room: Path) -> None:
    room.chmod(0o555)
    before = {path.name for path in room.iterdir()}
    found = run("open_and_look", closed, *NOBODY)
    assert found["read_only"] and "may not be written" in found["notice"]
    assert (found["articles"], found["after"]) == (2, 0)
    assert "nothing was changed" in found["refused"]
    assert {path.name for path in room.iterdir()} == before


def test_a_read_only_file_in_a_read_only_folder(closed: Path, room: Path) -> None:
    closed.chmod(0o444)
    room.chmod(0o555)
    found = run("open_and_look", closed, *NOBODY)
    assert found["read_only"] and found["articles"] == 2


@pytest.mark.parametrize("shared_memory", [True, False])
def test_the_log_of_a_crash_is_read_or_named(closed: Path, room: Path, shared_memory: bool) -> None:
    """What was saved last lies in the log beside the file; leaving it out would hide labels."""
    with start("hold", closed) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    for path in room.iterdir():
        path.chmod(0o666)
    log, shm = (room / f"mine.stance-{end}" for end in ("wal", "shm"))
    assert log.stat().st_size
    if not shared_memory:
        shm.unlink()
    room.chmod(0o555)
    found = run("open_and_look", closed, *NOBODY)
    if shared_memory:
        assert found["read_only"] and found["before"] == 1
    else:
        assert "mine.stance-wal" in found["cannot"] and "copy both" in found["cannot"]


def test_a_file_that_may_not_be_read(closed: Path) -> None:
    closed.chmod(0o000)
    found = run("open_and_look", closed, *NOBODY)
    assert "may not be read" in found["cannot"] and "permission" in found["cannot"]


def test_a_folder_that_may_not_be_entered(closed: Path, room: Path) -> None:
    room.chmod(0o600)
    assert "may not be read" in run("open_and_look", closed, *NOBODY)["cannot"]
    assert "cannot be written" in run("create", room / "new.stance", *NOBODY)["cannot"]


def test_no_project_is_made_in_a_read_only_folder(room: Path) -> None:
    room.chmod(0o555)
    found = run("create", room / "new.stance", *NOBODY)
    assert "cannot be written" in found["cannot"] and "another folder" in found["cannot"]
    assert not list(room.iterdir())


def test_no_copy_is_kept_in_a_read_only_folder(closed: Path, room: Path) -> None:
    room.chmod(0o555)
    found = run("keep_copy", closed, *NOBODY)
    assert "No copy of “mine.stance” could be kept" in found["cannot"]
