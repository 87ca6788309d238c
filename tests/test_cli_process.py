"""The command line as a process: what is imported, what a pipe and an interrupt do."""

import os
import subprocess
import sys
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
        ("['--help']", "PySide6 sqlite3 sqlite_utils msgspec numpy scipy"),
        ("['check', 'x.stance']", "PySide6 charset_normalizer numpy scipy"),
        ("['info', 'x.stance', '--json']", "PySide6 charset_normalizer numpy scipy"),
        ("['export', 'x.stance', '--to', 'out']", "PySide6 numpy scipy"),
        ("['merge', 'y.stance', 'x.stance', '--dry-run']", "PySide6 numpy scipy"),
        ("['adjudicate', 'x.stance', '--status']", "PySide6"),
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
