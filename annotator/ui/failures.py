"""What happens when something fails: a sentence for the user, or a report about the program.

The one exception hook of the process. A UserError is shown as its sentence. Anything else is a
bug: it is written to the log with its traceback, and a notice says so and offers the report.
"""

import logging
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

import annotator
from annotator.errors import UserError

# What only a failure needs is imported when there is one: it would cost 15 ms at every start.
if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

    from annotator.ui.failure_notice import FailureNotice

LOG_BYTES = 500_000
LOG_FILES = 3
AGAIN = 2.0  # seconds within which the same bug at the same place is not reported again

_log = logging.getLogger(__name__)
_package_log = logging.getLogger("annotator")
_qt_log = logging.getLogger("annotator.qt")
_QT_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def report(error: BaseException) -> str:
    """Return what a developer needs to know about `error`: versions and traceback."""
    import platform

    versions = (
        f"Stance Annotator {annotator.__version__}, Python {platform.python_version()},"
        f" PySide6 {PySide6.__version__}, {platform.platform()}"
    )
    return f"{versions}\n\n{''.join(traceback.format_exception(error))}"


class Failures(QObject):
    """Sends every failure of the process to the log and to the window, once there is one."""

    _news = Signal()

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self.log_file = log_file
        self._waiting: deque[BaseException] = deque()
        self._say: Callable[[str], None] | None = None
        self._window: QWidget | None = None
        self._notice: FailureNotice | None = None
        self._telling = False
        self._last: tuple[object, float] = (None, 0.0)
        self._handlers = [_LogFile(log_file), _ToNotice(self)]
        if sys.stderr is not None:  # None in a Windows program without a console
            self._handlers.append(logging.StreamHandler())
        self._news.connect(self._tell_one, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Keep the log, and take over the hooks of Python and Qt."""
        self.keep_log()
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def close(self) -> None:
        """Give the hooks back, and close the log."""
        qInstallMessageHandler(None)
        threading.excepthook = threading.__excepthook__
        sys.excepthook = sys.__excepthook__
        self.close_log()

    def keep_log(self) -> None:
        """Write what this package logs into the file, and show the bugs among it."""
        for handler in self._handlers:
            _package_log.addHandler(handler)

    def close_log(self) -> None:
        """Close the log and let go of the window."""
        for handler in self._handlers:
            _package_log.removeHandler(handler)
            handler.close()
        self._say = self._window = self._notice = None

    def show_in(self, window: QWidget, say: Callable[[str], None]) -> None:
        """From now on show notices in `window`, and sentences for the user with `say`."""
        self._window, self._say = window, say
        self._notice = None
        self._telling = False

    def handle(self, error: BaseException) -> None:
        """Show what a UserError says; log and show anything else. From any thread, at any time."""
        if isinstance(error, UserError):
            self.post(error)
        elif not self._is_repeated(error):
            _log.error("A bug", exc_info=error)

    def post(self, error: BaseException) -> None:
        """Show `error` in the window, without logging it; from any thread."""
        if self._say is None or self._telling:  # no window yet, or telling has failed before
            if isinstance(error, UserError) and sys.stderr is not None:
                sys.stderr.write(f"{error}\n")
            return
        self._waiting.append(error)
        self._news.emit()

    def is_known(self, error: BaseException) -> bool:
        """Tell whether `error` is the one that was noted last, and note it."""
        known = self._last[0] is error
        self._last = (error, time.monotonic())
        return known

    def _is_repeated(self, error: BaseException) -> bool:
        """Tell whether this bug was noted a moment ago: a bug in painting comes at every frame."""
        last, at = self._last
        if last is error:
            return True
        if not isinstance(last, BaseException) or time.monotonic() - at > AGAIN:
            return False
        return type(last) is type(error) and _place(last) == _place(error)

    @Slot()
    def _tell_one(self) -> None:
        if not self._waiting:
            return
        error = self._waiting.popleft()
        # Stays set when telling itself fails: its exception comes back here through the hook.
        self._telling = True
        if isinstance(error, UserError) and self._say is not None:
            self._say(str(error))
        elif self._window is not None:
            from annotator.ui.failure_notice import FailureNotice

            if self._notice is None:
                self._notice = FailureNotice(self._window, self.log_file)
            self._notice.show_report(report(error))
        self._telling = False

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            self.handle(error or kind())

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            self.handle(args.exc_value or args.exc_type())


class _ToNotice(logging.Handler):
    """Shows in the window every bug that anybody logs."""

    def __init__(self, failures: Failures) -> None:
        super().__init__(logging.ERROR)
        self._failures = failures

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not self._failures.is_known(error):
            self._failures.post(error)


class _LogFile(logging.Handler):
    """The rotating log, opened at the first record; a folder that refuses it is no failure."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: RotatingFileHandler | None = None

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None and not self._open():
            return
        assert self._file is not None
        self._file.emit(record)

    @override
    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _open(self) -> bool:
        from logging.handlers import RotatingFileHandler

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = RotatingFileHandler(
                self._path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
        except OSError:
            return False
        self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return True


_in_qt_message = threading.local()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Log what Qt has to say; debugging talk is dropped."""
    level = _QT_LEVELS.get(kind)
    if level is None or getattr(_in_qt_message, "busy", False):
        return
    _in_qt_message.busy = True
    try:
        about = "" if context.category in (None, "default") else f"{context.category}: "
        _qt_log.log(level, "%s%s", about, message)
    finally:
        _in_qt_message.busy = False


def _place(error: BaseException) -> tuple[str, int] | None:
    """Return file and line where `error` was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else None
