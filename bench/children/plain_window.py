"""START FILE IDLE: a bare window with the text of FILE; the time from START to its first paint."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTextEdit


class _FirstPaint(QObject):
    """Notes when everything that was asked for with the first paint has been painted."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self.at:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = time.monotonic()
        QTimer.singleShot(round(float(sys.argv[3]) * 1000), QApplication.quit)


def _main() -> None:
    began, text = float(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8")
    app = QApplication(["plain"])
    window = QTextEdit()
    window.setPlainText(text)
    window.resize(1440, 900)
    first = _FirstPaint()
    window.viewport().installEventFilter(first)
    window.show()
    app.exec()
    seconds = first.at - began
    from bench.children.watching import memory, say  # late: it is not part of the plain thing

    say({"seconds": seconds, **memory()})


if __name__ == "__main__":
    _main()
