"""START PROJECT IDLE: the program's own start; the time from START to the first painted article.

Only the process's end is ours: after the first paint the window stays IDLE seconds, and is closed.
"""

import runpy
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from typing_extensions import override

from annotator.ui import app as starting
from annotator.ui.application import Application
from bench.children.watching import Heartbeat, main_window, memory, say


class _FirstArticle(QObject):
    """Notes when the text of an article was painted for the first time, and all with it."""

    def __init__(self, began: float, idle: float) -> None:
        super().__init__()
        self._began = began
        self._idle = idle
        self._seconds = 0.0
        self._heart: Heartbeat | None = None

    @Slot()
    def arm(self) -> None:
        """Watch the text; the first turn of the loop calls this, before the project is opened."""
        main_window().page.reader.viewport().installEventFilter(self)
        if self._idle:
            self._heart = Heartbeat()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and main_window().page.sheet.article is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._note)
        return False

    @Slot()
    def _note(self) -> None:
        self._seconds = time.monotonic() - self._began
        QTimer.singleShot(round(self._idle * 1000), self, self._end)

    @Slot()
    def _end(self) -> None:
        window = main_window()
        blocked = self._heart.take() if self._heart else 0.0
        say({"seconds": self._seconds, "blocked": blocked, **memory()})
        window.close()


def _main() -> None:
    began, project, idle = sys.argv[1:]
    watch = _FirstArticle(float(began), float(idle))
    make_app = starting.make_app

    def watched(argv: list[str]) -> Application:
        app = make_app(argv)
        QTimer.singleShot(0, watch, watch.arm)
        return app

    starting.make_app = watched
    sys.argv = ["stance-annotator", project]
    runpy.run_module("annotator", run_name="__main__", alter_sys=False)


if __name__ == "__main__":
    _main()
