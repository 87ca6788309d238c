import os
from pathlib import Path

import pytest

from annotator.formats import text_files
from annotator.services.gathering import gather


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Words of {name}.")


def names(paths: list[Path], folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in paths]


def test_folders_are_searched_in_order_and_hidden_things_left_out(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/2.TXT", "a/1.txt", "a/b/3.txt", "articles.jsonl", "readme.md")
    write(tmp_path, ".hidden/x.txt", "a/.x.txt", "p.stance-copies/old.txt", "statements.jsonl")
    found, refused = gather([tmp_path])
    assert names(found, tmp_path) == ["articles.jsonl", "b.txt", "a/1.txt", "a/2.TXT", "a/b/3.txt"]
    assert refused == []


def test_each_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.txt")
    found, _ = gather([tmp_path / "b.txt", tmp_path, tmp_path / "." / "a.txt"])
    assert names(found, tmp_path) == ["b.txt", "a.txt"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "there is no such file"),
        ("page.html", "does not end in .txt"),
        ("huge.txt", "more than the 10 MB"),
        ("pipe.txt", "not a file that can be read"),
        ("empty", "holds no .txt file"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, name: str, reason: str
) -> None:
    write(tmp_path, "page.html", "good.txt")
    (tmp_path / "empty").mkdir()
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(text_files.LARGEST + 1)
    os.mkfifo(tmp_path / "pipe.txt")
    found, refused = gather([tmp_path / name, tmp_path / "good.txt"])
    assert names(found, tmp_path) == ["good.txt"]
    assert [r.path for r in refused] == [str(tmp_path / name)]
    assert reason in refused[0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "closed/x.txt", "open.txt")
    (tmp_path / "closed").chmod(0)
    found, refused = gather([tmp_path])
    (tmp_path / "closed").chmod(0o700)
    assert names(found, tmp_path) == ["open.txt"]
    assert "permission" in refused[0].reason


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    found, refused = gather([tmp_path])
    assert names(found, tmp_path) == ["a/x.txt"]
    assert len(refused) == 1
