"""Starting and ending: libraries that are missing, signals, names and icon."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui import app, icons
from annotator.ui.application import Application, log_file, open_settings

ROOT = Path(__file__).resolve().parents[2]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about Linux's libraries")


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **changes}


def test_the_application_has_names_and_an_icon(qapp: QApplication) -> None:
    assert isinstance(qapp, Application)
    assert app.make_app([]) is qapp
    assert qapp.applicationDisplayName() == "Stance Annotator"
    assert qapp.desktopFileName() == "stance-annotator"
    assert not qapp.windowIcon().isNull()


def test_the_icon_is_crisp_at_every_size(qapp: QApplication) -> None:
    for size in (16, 32, 64, 256):
        image = icons.window_icon().pixmap(size, size).toImage()
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 8).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0


def test_settings_and_log_lie_where_the_user_keeps_such_things() -> None:
    assert open_settings().fileName().endswith("stance-annotator/stance-annotator.ini")
    assert log_file().name == "stance-annotator.log"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"QT_QPA_PLATFORM": "xcb:rotation=90", "WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
    ],
)
def test_the_x11_plugin_is_looked_at_when_qt_will_take_it(variables, expected) -> None:
    assert app.draws_on_x11(variables) is expected


CHECK = """
from annotator.errors import UserError
from annotator.ui import app
try:
    app.check_libraries()
except UserError as error:
    print(error)
"""


def check(room: Path, broken: str, platform: str) -> str:
    """Return what the check says on a system whose library `broken` cannot be loaded."""
    (room / broken).touch()
    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        env=environment(LD_LIBRARY_PATH=str(room), QT_QPA_PLATFORM=platform),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == ""
    return done.stdout


@linux_only
@pytest.mark.parametrize(
    ("library", "platform", "package"),
    [
        ("libxcb-cursor.so.0", "xcb", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "xcb", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "xcb", "libxkbcommon-x11-0"),
        ("libEGL.so.1", "offscreen", "libegl1"),
        ("libfontconfig.so.1", "offscreen", "libfontconfig1"),
    ],
)
def test_a_missing_library_is_named_with_the_command_that_helps(
    tmp_path: Path, library: str, platform: str, package: str
) -> None:
    said = check(tmp_path, library, platform)
    assert said.count("\n") == 1
    assert library in said and "apt-get install" in said
    assert package in said.partition("apt-get install")[2].split()


@linux_only
def test_nothing_is_said_when_all_is_there(tmp_path: Path) -> None:
    assert check(tmp_path, "nothing", "offscreen") == ""
    assert check(tmp_path, "libxcb-cursor.so.0", "offscreen") == ""


ENDING = """
import sys
from PySide6.QtWidgets import QLabel
from annotator.ui.app import make_app

class Window(QLabel):
    def closeEvent(self, event):
        print("closed", flush=True)

app = make_app(["test"])
window = Window("words")
window.show()
app.catch_signals()
print("ready", flush=True)
code = app.exec()
app.release_signals()
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_close_the_window_and_end_the_process(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDING],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.2)  # the loop sleeps by then
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "closed\n"), err
    assert "Traceback" not in err
