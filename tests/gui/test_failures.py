"""Failures: a sentence for what a user can mend, a log and a calm notice for a bug."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.errors import UserError
from annotator.ui import failures as module
from annotator.ui.failure_notice import FailureNotice
from annotator.ui.failures import Failures
from annotator.ui.words import Words

ROOT = Path(__file__).resolve().parents[2]


class Window(QMainWindow):
    """A window with a text, and a list of the sentences it was asked to say."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QTextEdit()
        self.setCentralWidget(self.text)
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    @property
    def notice(self) -> FailureNotice | None:
        found = self.findChildren(FailureNotice)
        return found[0] if found else None

    def notice_words(self) -> str:
        notice = self.notice
        return "\n".join(w.text() for w in notice.findChildren(Words)) if notice else ""

    def press(self, qtbot: QtBot, words: str) -> None:
        buttons = self.findChildren(QPushButton)
        button = next(b for b in buttons if b.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def failures(tmp_path: Path, qapp: object) -> Iterator[Failures]:
    """The log and the notices, without taking the hooks, which pytest-qt needs."""
    failures = Failures(tmp_path / "logs" / "program.log")
    failures.keep_log()
    yield failures
    failures.close_log()


def bug(words: str = "nobody expected this") -> Exception:
    try:
        raise LookupError(words)
    except LookupError as error:
        return error


def test_a_user_error_is_said_in_the_window_and_not_logged(
    qtbot: QtBot, window: Window, failures: Failures
) -> None:
    failures.show_in(window, window.say)
    failures.handle(UserError("The file is empty; choose another."))
    qtbot.waitUntil(lambda: window.said == ["The file is empty; choose another."])
    assert window.notice is None
    assert not failures.log_file.exists()


def test_a_bug_is_logged_with_its_traceback_and_shown(
    qtbot: QtBot, window: Window, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    failures.show_in(window, window.say)
    window.text.setFocus()
    failures.handle(bug())
    qtbot.waitUntil(lambda: window.notice is not None)
    log = failures.log_file.read_text(encoding="utf-8")
    assert "Traceback" in log and "LookupError: nobody expected this" in log
    assert "Something went wrong" in window.notice_words()
    assert str(failures.log_file) in window.notice_words()
    assert window.said == []
    assert window.rect().contains(window.notice.geometry())  # type: ignore[union-attr]
    caplog.clear()


def test_the_report_can_be_copied_and_the_notice_closed(
    qtbot: QtBot, window: Window, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    failures.show_in(window, window.say)
    failures.handle(bug())
    qtbot.waitUntil(lambda: window.notice is not None)
    window.press(qtbot, "Copy report")
    report = QGuiApplication.clipboard().text()
    assert "LookupError: nobody expected this" in report
    assert "Stance Annotator" in report and "PySide6" in report
    window.press(qtbot, "Close")
    assert not window.notice.isVisible()  # type: ignore[union-attr]
    caplog.clear()


def test_the_notice_follows_the_window_and_counts(
    qtbot: QtBot, window: Window, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    failures.show_in(window, window.say)
    failures.handle(bug())
    failures.handle(ValueError("another one"))
    qtbot.waitUntil(lambda: "Something went wrong (2 times)" in window.notice_words())
    window.resize(500, 400)
    qtbot.waitUntil(lambda: window.rect().contains(window.notice.geometry()))  # type: ignore[union-attr]
    caplog.clear()


def test_what_anybody_logs_as_a_bug_is_shown_once(
    qtbot: QtBot, window: Window, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    failures.show_in(window, window.say)
    error = bug()
    logging.getLogger("annotator.ui.background").error("In the background", exc_info=error)
    failures.handle(error)  # its receiver hands it on
    qtbot.waitUntil(lambda: window.notice is not None)
    qtbot.wait(20)
    assert "times" not in window.notice_words()
    assert failures.log_file.read_text(encoding="utf-8").count("Traceback") == 1
    caplog.clear()


def test_the_same_bug_at_the_same_place_is_not_repeated(
    qtbot: QtBot, window: Window, failures: Failures, caplog: pytest.LogCaptureFixture
) -> None:
    failures.show_in(window, window.say)
    for _ in range(50):
        failures.handle(bug())  # as in painting, at every frame
    qtbot.waitUntil(lambda: window.notice is not None)
    assert failures.log_file.read_text(encoding="utf-8").count("Traceback") == 1
    caplog.clear()


def test_failures_of_other_threads_are_shown_by_the_gui_thread(
    qtbot: QtBot, window: Window, failures: Failures
) -> None:
    threads: list[threading.Thread] = []

    def say(sentence: str) -> None:
        threads.append(threading.current_thread())
        window.say(sentence)

    failures.show_in(window, say)
    worker = threading.Thread(target=failures.handle, args=(UserError("From elsewhere."),))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: window.said == ["From elsewhere."])
    assert threads == [threading.main_thread()]


def test_before_there_is_a_window_the_sentence_goes_to_stderr(
    failures: Failures, capsys: pytest.CaptureFixture[str]
) -> None:
    failures.handle(UserError("There is no such project."))
    assert capsys.readouterr().err == "There is no such project.\n"


def test_a_log_that_cannot_be_written_is_no_failure(
    qtbot: QtBot, window: Window, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    failures = Failures(tmp_path / "file" / "program.log")
    failures.keep_log()
    failures.show_in(window, window.say)
    failures.handle(bug())
    qtbot.waitUntil(lambda: window.notice is not None)
    failures.close_log()
    caplog.clear()


def test_the_log_is_rotated(
    failures: Failures, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "LOG_BYTES", 2000)
    for number in range(40):
        logging.getLogger("annotator.qt").warning("a warning of Qt, number %d", number)
    files = sorted(path.name for path in failures.log_file.parent.iterdir())
    assert files == ["program.log", "program.log.1"]
    assert all(path.stat().st_size <= 2000 for path in failures.log_file.parent.iterdir())
    caplog.clear()


# ------------------------------------------------------------ a real process, its hooks


PROGRAM = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, Slot, qWarning
from PySide6.QtWidgets import QLabel
from annotator.errors import UserError
from annotator.ui.app import make_app
from annotator.ui.failures import Failures

class Work(QObject):
    said = []
    def say(self, sentence):
        self.said.append(sentence)
        {on_say}
    @Slot()
    def bug(self):
        raise LookupError("a bug in a slot")
    @Slot()
    def user_error(self):
        raise UserError("Choose another file.")
    @Slot()
    def thread_bug(self):
        worker = threading.Thread(target=self.in_thread)
        worker.start()
        worker.join()
    def in_thread(self):
        raise ValueError("a bug in a thread")
    @Slot()
    def qt_message(self):
        qWarning("a message of Qt")
    @Slot()
    def end(self):
        app.exit(7)

app = make_app(["test"])
failures = Failures(Path(sys.argv[1]))
failures.install()
work, window = Work(), QLabel("words")
window.show()
failures.show_in(window, work.say)
for at, slot in enumerate([work.bug, work.user_error, work.thread_bug, work.qt_message]):
    QTimer.singleShot(20 * at, work, slot)
QTimer.singleShot(300, work, work.end)
code = app.exec()
failures.close()
print(work.said)
sys.exit(code)
"""


def run(program: str, log: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(log)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )


def test_the_hooks_catch_slots_threads_and_messages_and_the_process_lives(tmp_path: Path) -> None:
    log = tmp_path / "program.log"
    done = run(PROGRAM.replace("{on_say}", "pass"), log)
    assert done.returncode == 7, done.stderr
    assert done.stdout == "['Choose another file.']\n"
    written = log.read_text(encoding="utf-8")
    for words in ("a bug in a slot", "a bug in a thread", "WARNING annotator.qt a message of Qt"):
        assert words in written
    assert "Choose another file" not in written


def test_a_failure_in_telling_of_failures_ends_nowhere(tmp_path: Path) -> None:
    log = tmp_path / "program.log"
    done = run(PROGRAM.replace("{on_say}", "raise RuntimeError('cannot even say it')"), log)
    assert done.returncode == 7, done.stderr
    assert log.read_text(encoding="utf-8").count("cannot even say it") <= 3
