"""Opening refuses what is no sound project of this version, with a sentence to act on."""

import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.services import project as projects
from annotator.storage import copies
from tests.storage.projects import add_article, make_project


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A closed project of some hundred pages."""
    made = make_project(tmp_path / "mine.stance", "Ada")
    for number in range(40):
        add_article(made, f"a{number:02}", f"Article {number}. " + "Des mots, des mots. " * 400)
    made.close()
    return made.path


def refusal(path: Path, **options: bool) -> str:
    with pytest.raises(UserError) as caught:
        projects.open_project(path, **options)
    sentence = str(caught.value)
    assert path.name in sentence
    return sentence


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def test_a_sound_project_opens(closed: Path) -> None:
    opened = projects.open_project(closed)
    assert opened.notice is None and not opened.read_only
    opened.close()


def test_missing(tmp_path: Path) -> None:
    assert "stance-annotator new" in refusal(tmp_path / "none.stance")
    assert not list(tmp_path.iterdir())


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_below_a_file(closed: Path) -> None:
    assert "cannot be read" in refusal(closed / "x.stance")


@pytest.mark.parametrize("content", [b"", b"Bonjour.\n" * 50, b"\0" * 4096, b"SQLite format 3\0"])
def test_not_a_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.stance"
    path.write_bytes(content)
    assert "is not a project of this program" in refusal(path)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["text.stance"]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_sqlite_file(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.execute("CREATE TABLE project (id)")
    assert "SQLite file, but not a project" in refusal(path)


def test_another_sqlite_file_in_use(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE project (id)")
        assert "SQLite file, but not a project" in refusal(path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_version(closed: Path, read_only: bool) -> None:
    overwrite(closed, 60, struct.pack(">I", 42))
    before = closed.read_bytes()
    sentence = refusal(closed, read_only=read_only)
    assert "newer version" in sentence and "42" in sentence
    assert closed.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("offset", "content"),
    [(16, b"\x00\x07"), (18, b"\x09\x09"), (44, b"\xff\xff\xff\xff"), (100, b"\xee" * 64)],
)
def test_a_damaged_header(closed: Path, offset: int, content: bytes, read_only: bool) -> None:
    overwrite(closed, offset, content)
    sentence = refusal(closed, read_only=read_only)
    assert "is damaged" in sentence and ".recover" in sentence


@pytest.mark.parametrize("read_only", [True, False])
def test_middle_pages_overwritten(closed: Path, read_only: bool) -> None:
    size = closed.stat().st_size
    noise = random.Random(1).randbytes(size // 3 // 4096 * 4096)
    overwrite(closed, size // 3 // 4096 * 4096, noise)
    assert "is damaged" in refusal(closed, read_only=read_only)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("read_only", [True, False])
def test_truncated(closed: Path, share: float, read_only: bool) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * share)])
    assert "is damaged" in refusal(closed, read_only=read_only)


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_the_newest_copy_is_named(closed: Path, kept: float) -> None:
    copy = copies.make_copy(closed)
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * kept)])
    assert str(copy) in refusal(closed)
    from_copy = projects.open_project(copy)
    assert len(projects.articles(from_copy)) == 42
    from_copy.close()


def test_the_lock_is_free_after_a_refusal(closed: Path) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) // 2])
    refusal(closed)
    closed.write_bytes(content)
    opened = projects.open_project(closed)
    assert opened.notice is None
    opened.close()


def test_a_project_is_not_made_over_another_file(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        projects.create(closed)
    with pytest.raises(UserError, match="create it first"):
        projects.create(closed.parent / "none" / "new.stance")
    with pytest.raises(UserError, match="create it first"):
        projects.create(closed / "new.stance")
    assert closed.read_bytes() == before
