"""Work outside the GUI thread, and work in slices inside it; answers always come in the GUI thread.

One long-lived object with one queued signal delivers every answer; a signals object for each
job, or a lambda as slot, loses some of them.
"""

import gc
import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from annotator.errors import UserError

T = TypeVar("T")
Progress = Callable[[int, int], None]  # done, total
Failed = Callable[[Exception], None]

REPORT_EVERY = 0.05  # seconds between two reports of progress
SLICE = 0.02  # seconds of work in one turn of the event loop
_OFFER = 0.0005  # seconds between two offers of the interpreter to another thread

_log = logging.getLogger(__name__)


class Task(Generic[T]):
    """One piece of work in the background, seen from both threads."""

    def __init__(self, deliver: Callable[[Callable[[], None]], None], on_progress: Progress | None):
        self._deliver = deliver
        self._on_progress = on_progress
        self._stop = Event()
        self._last_report = 0.0
        self._ended = False
        self.future: Future[T | None] | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop; asked by the work, in its thread."""
        return self._stop.is_set()

    @property
    def ended(self) -> bool:
        """Whether the answer has been delivered, or never will be; for the GUI thread."""
        return self._ended or self.cancelled

    def cancel(self) -> None:
        """Ask the work to stop; from now on nothing of it is delivered."""
        self._stop.set()

    def stop(self) -> T | None:
        """Cancel, and wait until the work has stopped; return what it brought all the same."""
        self.cancel()
        if self.future is None or self.future.cancel():
            return None
        return None if self.future.exception() is not None else self.future.result()

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is; from the work, as often as it likes."""
        if self._on_progress is None:
            return
        now = time.monotonic()
        if done < total and now - self._last_report < REPORT_EVERY:
            return
        self._last_report = now
        self._deliver(_Report(self, self._on_progress, done, total))

    def end(self) -> bool:
        """Note that the answer is here; tell whether anybody still wants it."""
        wanted = not self.ended
        self._ended = True
        return wanted


class _Report:
    """One report of progress on its way to the GUI thread."""

    def __init__(self, task: Task[Any], on_progress: Progress, done: int, total: int) -> None:
        self._task = task
        self._on_progress = on_progress
        self._at = (done, total)

    def __call__(self) -> None:
        if not self._task.ended:
            self._on_progress(*self._at)


class _Answer(Generic[T]):
    """A finished task on its way to the GUI thread."""

    def __init__(
        self,
        task: Task[T],
        future: Future[T | None],
        on_done: Callable[[T], None],
        on_error: Failed,
    ) -> None:
        self._task = task
        self._future = future
        self._on_done = on_done
        self._on_error = on_error

    def __call__(self) -> None:
        if self._future.cancelled():
            self._task.end()
            return
        error = self._future.exception()
        wanted = self._task.end()
        if error is None:
            if wanted:
                self._on_done(cast(T, self._future.result()))
            return
        if not isinstance(error, UserError):
            _log.error("A bug in the background", exc_info=error)
        if wanted:
            self._on_error(cast(Exception, error))


@contextmanager
def gently() -> Iterator[None]:
    """Let the window answer while this thread works in Python for long.

    A thread that wants to paint waits for the interpreter at every call into it, by default for
    5 ms each time.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_OFFER)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of cycles rest during work on very many objects that have none.

    It stops every thread for up to 0.2 s; what was made is left to its references afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _work_on(task: Task[T], work: Callable[[Task[T]], T]) -> T | None:
    """Do the work, unless it was cancelled while it waited for its turn."""
    return None if task.cancelled else work(task)


class Background(QObject):
    """One thread for slow work that does not write to the project; one job after the other."""

    _news = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._waiting: deque[Callable[[], None]] = deque()
        self._tasks: list[Task[Any]] = []
        self._closed = False
        self._news.connect(self._deliver_one, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(not task.ended for task in self._tasks)

    def run(
        self,
        work: Callable[[Task[Any]], T],
        on_done: Callable[[T], None],
        on_error: Failed,
        on_progress: Progress | None = None,
    ) -> Task[Any]:
        """Run `work(task)` in the thread; deliver progress, then its result or its exception.

        Nothing is delivered after `task.cancel()`. An exception that is no UserError is a bug: it
        is also logged, delivered or not.
        """
        self._tasks = [task for task in self._tasks if not task.ended]
        task: Task[T] = Task(self._post, on_progress)
        self._tasks.append(task)
        future = task.future = self._executor.submit(_work_on, task, work)

        def finished(done: Future[T | None]) -> None:
            self._post(_Answer(task, done, on_done, on_error))

        future.add_done_callback(finished)
        return task

    def close(self) -> None:
        """Cancel what runs, wait for it, and deliver nothing more; harmless when done twice."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()

    def _post(self, news: Callable[[], None]) -> None:
        """Queue `news` for the GUI thread; from any thread."""
        if self._closed:
            return
        self._waiting.append(news)
        self._news.emit()

    @Slot()
    def _deliver_one(self) -> None:
        # One emission, one delivery: an exception in a receiver holds nothing else back.
        if self._waiting:
            self._waiting.popleft()()


class Slices(QObject):
    """Runs a generator in the GUI thread, a slice of at most 20 ms in each turn of the loop.

    For writing into the project, which only this thread may do. The generator yields
    (done, total) and returns its result; it undoes itself when it is closed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)
        self._steps: Generator[tuple[int, int], None, Any] | None = None
        self._on_progress: Progress | None = None
        self._on_done: Callable[[Any], None] | None = None
        self._on_error: Failed | None = None

    @property
    def busy(self) -> bool:
        """Whether a generator is under way."""
        return self._steps is not None

    def run(
        self,
        steps: Generator[tuple[int, int], None, T],
        on_progress: Progress | None,
        on_done: Callable[[T], None],
        on_error: Failed,
    ) -> None:
        """Start `steps`; one at a time, so a second one while `busy` is a bug."""
        if self.busy:
            raise RuntimeError("Slices are under way already")
        self._steps = steps
        self._on_progress = on_progress
        self._on_done = on_done
        self._on_error = on_error
        self._timer.start()

    def cancel(self) -> None:
        """Close the generator, which undoes itself; nothing more is delivered."""
        steps = self._stop()
        if steps is not None:
            steps.close()

    @Slot()
    def _turn(self) -> None:
        if self._steps is None:
            return
        try:
            at = _for_a_while(self._steps)
        except StopIteration as end:
            self._end(self._on_done, end.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must learn it
            if not isinstance(error, UserError):
                _log.error("A bug in long work", exc_info=error)
            self._end(self._on_error, error)
        else:
            if self._on_progress is not None:
                self._on_progress(*at)

    def _end(self, receiver: Callable[[Any], None] | None, value: object) -> None:
        self._stop()  # first, so that the receiver may start the next one
        if receiver is not None:
            receiver(value)

    def _stop(self) -> Generator[tuple[int, int], None, Any] | None:
        self._timer.stop()
        steps, self._steps = self._steps, None
        return steps


def _for_a_while(steps: Generator[tuple[int, int], None, Any]) -> tuple[int, int]:
    """Take steps until the slice is used up; return where they are. Raises what they raise."""
    until = time.monotonic() + SLICE
    at = next(steps)
    while time.monotonic() < until:
        at = next(steps)
    return at
