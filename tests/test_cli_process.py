"""The command line as a process: what is imported, what a pipe and an interrupt do."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import sample
from tests.conftest import ROOT


def run(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        ("['--help']", "PySide6 sqlite3 sqlite_utils msgspec numpy scipy matplotlib"),
        ("['check', 'x.stance']", "PySide6 charset_normalizer numpy scipy matplotlib"),
        ("['info', 'x.stance', '--json']", "PySide6 charset_normalizer numpy scipy matplotlib"),
        ("['export', 'x.stance', '--to', 'out']", "PySide6 numpy scipy matplotlib"),
        ("['merge', 'y.stance', 'x.stance', '--dry-run']", "PySide6 numpy scipy matplotlib"),
        ("['adjudicate', 'x.stance', '--status']", "PySide6 matplotlib"),
        ("['agreement', 'x.stance', '--json']", "PySide6 matplotlib"),
        ("['agreement', 'x.stance', '--html', 'x.html']", "PySide6 matplotlib.pyplot"),
    ],
)
def test_nothing_is_imported_that_is_not_needed(
    tmp_path: Path, arguments: str, absent: str
) -> None:
    sample.make_sample(tmp_path / "x.stance").close()
    sample.make_sample(tmp_path / "y.stance").close()
    program = (
        "import sys\nfrom annotator import cli\n"
        f"try: cli.main({arguments})\n"
        f"except SystemExit: sys.exit(' '.join(set({absent.split()!r}) & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_window_starts_without_numbers() -> None:
    program = (
        "import sys, annotator.ui.app, annotator.ui.window\n"
        "sys.exit(' '.join({'numpy', 'scipy', 'matplotlib'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_user_s_mistake_is_a_sentence_without_a_traceback() -> None:
    done = run("info", "/no/such/project.stance")
    assert done.returncode == 2
    assert done.stderr.startswith("stance-annotator: There is no project")
    assert done.stderr.count("\n") == 1


# Permissions do not bind root; as root, a process gives its rights up once all is imported.
NOBODY = """
import os, sys
from annotator import cli
from annotator.services import importing, importing_labels, informing, exporting, project
from annotator.formats import text_files
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
cli.main(sys.argv[1:])
"""


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that other users may enter too; the one of pytest is closed to them."""
    with tempfile.TemporaryDirectory(prefix="stance-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "good.txt").write_text("A truce holds, she said.")
        sample.make_sample(folder / "d.stance").close()
        (folder / "closed").mkdir()
        (folder / "closed" / "inside.txt").write_text("Nobody reads this.")
        (folder / "u.txt").write_text("Nobody reads this.")
        (folder / "u.stance").write_bytes((folder / "d.stance").read_bytes())
        (folder / "u.jsonl").write_text("{}")
        for path in folder.iterdir():
            path.chmod(0o666)
        for path in [folder / "closed", *folder.glob("u.*")]:
            path.chmod(0)
        yield folder
        (folder / "closed").chmod(0o777)


def run_as_nobody(room: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", NOBODY, *arguments],
        cwd=room,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_unreadable_path_stops_no_import(room: Path) -> None:
    paths = ("u.txt", "closed", "closed/inside.txt", "good.txt")
    done = run_as_nobody(room, "import", "d.stance", *paths)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "added: good",
        *(
            f"refused: {path}: it may not be read; ask its owner for permission"
            for path in ("closed", "closed/inside.txt", "u.txt")
        ),
        "1 added, 0 duplicates, 3 refused",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        "u.stance",
        "closed",
        "closed/inside.stance",
        "info u.stance",
        "check u.stance",
        "import u.stance good.txt",
        "import closed/inside.stance good.txt",
        "import-labels d.stance u.jsonl --annotator A",
        "import-labels d.stance closed --annotator A",
        "import-labels d.stance closed/labels.jsonl --annotator A",
    ],
)
def test_what_may_not_be_read_is_a_sentence_of_ours(room: Path, arguments: str) -> None:
    done = run_as_nobody(room, *arguments.split())
    assert done.returncode == 2
    assert re.fullmatch(r"stance-annotator: .*“(u|closed).*” may not be read; .*\n", done.stderr), (
        done.stderr
    )


def test_a_project_that_may_not_be_written_says_what_to_do(room: Path) -> None:
    (room / "d.stance").chmod(0o444)
    done = run_as_nobody(room, "import", "d.stance", "good.txt")
    assert done.returncode == 2
    assert "may not be written" in done.stderr and "Check the permissions of both" in done.stderr
    assert "Close it" not in done.stderr


def test_a_folder_that_may_not_be_written_is_named_without_our_own_files(room: Path) -> None:
    room.chmod(0o555)
    done = run_as_nobody(room, "new", "n.stance")
    assert done.returncode == 2
    assert "“n.stance” cannot be written: " in done.stderr
    assert ".new" not in done.stderr and "Errno" not in done.stderr


def test_output_that_nobody_reads_is_no_error(tmp_path: Path) -> None:
    sample.make_sample(tmp_path / "x.stance").close()
    line = f"'{sys.executable}' -m annotator info x.stance | true"
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_names_are_printed_in_any_locale(tmp_path: Path) -> None:
    sample.make_sample(tmp_path / "été.stance").close()
    done = run(
        "info", tmp_path / "été.stance", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_display_that_does_not_answer_is_named() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux has X11")
    done = run("--sample", DISPLAY=":987", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert "“:987” does not answer" in done.stderr
