"""Answers of the background arrive all, in order, in the GUI thread; slices keep the loop alive."""

import threading
import time
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from annotator.errors import UserError
from annotator.ui.background import Background, Slices, Task


class Inbox:
    """Notes what is delivered, and in which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.errors: list[Exception] = []
        self.progress: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()

    def take(self, result: object) -> None:
        self.threads.add(threading.current_thread())
        self.done.append(result)

    def take_error(self, error: Exception) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)

    def take_progress(self, done: int, total: int) -> None:
        self.threads.add(threading.current_thread())
        self.progress.append((done, total))


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def background(qapp: QObject) -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


def test_every_result_arrives_in_order_in_the_gui_thread(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    def number(n: int):
        return lambda task: n

    for n in range(2000):
        background.run(number(n), inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: len(inbox.done) == 2000)
    assert inbox.done == list(range(2000))
    assert inbox.threads == {threading.main_thread()}
    assert not background.busy


def test_none_and_false_are_results(qtbot: QtBot, background: Background, inbox: Inbox) -> None:
    background.run(lambda task: None, inbox.take, inbox.take_error)
    background.run(lambda task: False, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: len(inbox.done) == 2)
    assert inbox.done == [None, False]


def test_the_work_is_done_in_another_thread(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    background.run(lambda task: threading.current_thread(), inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.done))
    assert inbox.done[0] is not threading.main_thread()


def test_progress_is_throttled_comes_before_the_result_and_ends_complete(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    before_result: list[int] = []

    def work(task: Task) -> str:
        for n in range(1, 20_001):
            task.report(n, 20_000)
        return "done"

    def take(result: str) -> None:
        before_result.append(len(inbox.progress))
        inbox.take(result)

    background.run(work, take, inbox.take_error, inbox.take_progress)
    qtbot.waitUntil(lambda: bool(inbox.done))
    assert before_result == [len(inbox.progress)]
    assert inbox.progress == sorted(inbox.progress)
    assert inbox.progress[-1] == (20_000, 20_000)
    assert len(inbox.progress) < 100
    assert inbox.threads == {threading.main_thread()}


def test_a_user_error_is_delivered_and_not_logged(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    def work(task: Task) -> None:
        raise UserError("The file is empty.")

    background.run(work, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.errors))
    assert [str(error) for error in inbox.errors] == ["The file is empty."]
    assert inbox.done == []


def test_a_bug_is_delivered_and_logged_with_its_traceback(
    qtbot: QtBot, background: Background, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    background.run(lambda task: 1 // 0, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.errors))
    assert isinstance(inbox.errors[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text and "Traceback" in caplog.text
    caplog.clear()


def test_a_failing_receiver_holds_nothing_back(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    def refuse(result: object) -> None:
        raise LookupError("the receiver is at fault")

    with capture_exceptions() as raised:
        background.run(lambda task: 1, refuse, inbox.take_error)
        background.run(lambda task: 2, inbox.take, inbox.take_error)
        qtbot.waitUntil(lambda: inbox.done == [2])
    assert [kind for kind, _, _ in raised] == [LookupError]


def test_a_cancelled_task_stops_and_delivers_nothing(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    started, stopped = threading.Event(), threading.Event()

    def work(task: Task) -> str:
        started.set()
        while not task.cancelled:
            task.report(0, 1)
            time.sleep(0.001)
        stopped.set()
        return "too late"

    task = background.run(work, inbox.take, inbox.take_error, inbox.take_progress)
    assert started.wait(5)
    assert background.busy
    task.cancel()
    assert not background.busy
    assert stopped.wait(5)
    background.run(lambda task: "next", inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.done))
    assert inbox.done == ["next"]
    assert inbox.progress == []


def test_a_task_cancelled_while_it_waits_never_runs(
    qtbot: QtBot, background: Background, inbox: Inbox
) -> None:
    gate, ran = threading.Event(), threading.Event()
    background.run(lambda task: gate.wait(5), inbox.take, inbox.take_error)
    background.run(lambda task: ran.set(), inbox.take, inbox.take_error).cancel()
    background.run(lambda task: "last", inbox.take, inbox.take_error)
    gate.set()
    qtbot.waitUntil(lambda: len(inbox.done) == 2)
    assert inbox.done == [True, "last"]
    assert not ran.is_set()


def test_closing_waits_for_the_work_and_delivers_nothing_more(qtbot: QtBot, inbox: Inbox) -> None:
    background = Background()
    stopped = threading.Event()

    def work(task: Task) -> None:
        while not task.cancelled:
            time.sleep(0.001)
        stopped.set()

    background.run(work, inbox.take, inbox.take_error)
    background.close()
    assert stopped.is_set()
    background.close()
    qtbot.wait(20)
    assert inbox.done == []


# ---------------------------------------------------------------------------- slices


def count(n: int, log: list[str], pause: float = 0.0) -> Generator[tuple[int, int], None, str]:
    """Yield n steps, then return; note in `log` how it ended."""
    try:
        for at in range(n):
            time.sleep(pause)
            yield at + 1, n
    except GeneratorExit:
        log.append("undone")
        raise
    log.append("finished")
    return "result"


class Heart(QObject):
    """Beats with the event loop, and notes the longest pause between two beats, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_slices_finish_and_keep_the_loop_alive(qtbot: QtBot, inbox: Inbox) -> None:
    slices, heart, log = Slices(), Heart(), list[str]()
    slices.run(count(300, log, 0.001), inbox.take_progress, inbox.take, inbox.take_error)
    assert slices.busy and not inbox.done
    qtbot.waitUntil(lambda: bool(inbox.done))
    assert inbox.done == ["result"] and log == ["finished"] and not slices.busy
    assert inbox.progress == sorted(inbox.progress)
    assert len(inbox.progress) >= 10
    assert heart.longest < 0.2  # 20 ms wanted; the machine may be busy


def test_cancelling_lets_the_generator_undo_itself(qtbot: QtBot, inbox: Inbox) -> None:
    slices, log = Slices(), list[str]()
    slices.run(count(10_000, log, 0.001), inbox.take_progress, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: len(inbox.progress) > 1)
    slices.cancel()
    assert log == ["undone"] and not slices.busy
    seen = len(inbox.progress)
    qtbot.wait(30)
    assert len(inbox.progress) == seen and inbox.done == inbox.errors == []
    slices.cancel()


def test_slices_can_be_cancelled_from_their_own_progress(qtbot: QtBot, inbox: Inbox) -> None:
    slices, log = Slices(), list[str]()

    def stop(done: int, total: int) -> None:
        slices.cancel()

    slices.run(count(10_000, log, 0.001), stop, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(log))
    assert log == ["undone"]


def test_slices_deliver_a_user_error(qtbot: QtBot, inbox: Inbox) -> None:
    def steps() -> Generator[tuple[int, int], None, None]:
        yield 1, 2
        raise UserError("The disk is full.")

    slices = Slices()
    slices.run(steps(), None, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.errors))
    assert str(inbox.errors[0]) == "The disk is full." and not slices.busy


def test_slices_deliver_and_log_a_bug(
    qtbot: QtBot, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    def steps() -> Generator[tuple[int, int], None, None]:
        yield 1, 2
        raise LookupError("a bug")

    slices = Slices()
    slices.run(steps(), None, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.errors))
    assert isinstance(inbox.errors[0], LookupError)
    assert "Traceback" in caplog.text
    caplog.clear()


def test_the_receiver_may_start_the_next_generator(qtbot: QtBot, inbox: Inbox) -> None:
    slices, log = Slices(), list[str]()

    def again(result: str) -> None:
        slices.run(count(2, log), None, inbox.take, inbox.take_error)

    slices.run(count(2, log), None, again, inbox.take_error)
    with pytest.raises(RuntimeError):
        slices.run(count(2, log), None, inbox.take, inbox.take_error)
    qtbot.waitUntil(lambda: bool(inbox.done))
    assert log == ["finished", "finished"]
