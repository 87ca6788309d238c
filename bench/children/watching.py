"""What the children that show windows share: when something was painted, when the loop stood."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

PATIENCE = 60.0  # seconds until something that does not happen is given up


class Painted(QObject):
    """Tells whether a widget has been painted since `reset`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def reset(self) -> None:
        """Wait for the next painting."""
        self.seen = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False

    def wait(self) -> None:
        """Run the event loop until the widget, and all that was asked for with it, is painted."""
        spin_until(lambda: self.seen)


class Heartbeat(QObject):
    """Beats every millisecond; the longest gap is how long the event loop stood still."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def take(self) -> float:
        """Return the longest gap since the last call."""
        self._beat()
        longest, self.longest = self.longest, 0.0
        return longest

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def spin_until(is_so: Callable[[], bool]) -> None:
    """Turn the event loop until `is_so`."""
    until = time.perf_counter() + PATIENCE
    while not is_so():
        QCoreApplication.processEvents()
        if time.perf_counter() > until:
            raise TimeoutError("what was waited for did not happen")


def spin(seconds: float) -> None:
    """Turn the event loop for so long."""
    until = time.perf_counter() + seconds
    spin_until(lambda: time.perf_counter() >= until)


def main_window() -> "MainWindow":
    """Return the window of the program in this process."""
    from annotator.ui.window import MainWindow

    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def shown_window(project: Path) -> "MainWindow":
    """Make the application and its window as the program does, with a project open in it."""
    from annotator.ui.app import make_app
    from annotator.ui.application import open_settings
    from annotator.ui.window import MainWindow

    make_app(["stance-annotator"])
    window = MainWindow(open_settings())
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.open_path(project)
    spin_until(window.isActiveWindow)
    spin(0.3)
    return window


def memory() -> dict[str, float]:
    """Return the resident memory of this process in MiB, now and at its peak."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {key: int(fields[name].split()[0]) / 1024 for key, name in _FIELDS.items()}


_FIELDS = {"idle": "VmRSS", "peak": "VmHWM"}


def say(found: dict[str, object]) -> None:
    """Print what was measured."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
