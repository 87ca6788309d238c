"""PROJECT SMALL TIMES ARTICLE...: opening and scrolling articles, next to a plain QTextEdit."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTextEdit

from annotator.ui.window import MainWindow
from bench.children.watching import Heartbeat, Painted, say, shown_window, spin

_SETTLED = 1.0  # seconds after which an opened article is at rest
_STEPS = 60  # of scrolling, at the top, in the middle and before the end


class _Plain:
    """A QTextEdit in a window of the same size."""

    def __init__(self, size: QSize) -> None:
        self._edit = QTextEdit()
        self._edit.resize(size)
        self._edit.show()
        self._painted = Painted(self._edit.viewport())
        self._painted.wait()

    def open(self, text: str) -> float:
        """Show a text; return the seconds until it is painted."""
        self._edit.setPlainText("")
        spin(0.05)
        self._painted.reset()
        began = time.perf_counter()
        self._edit.setPlainText(text)
        self._painted.wait()
        seconds = time.perf_counter() - began
        spin(_SETTLED)  # Qt lays out the rest meanwhile, which is not to be counted as ours
        return seconds


class _Ours:
    """The window's annotate page, with a small article to come from."""

    def __init__(self, window: MainWindow, small: int) -> None:
        self.page = window.page
        self._small = small
        self._painted = Painted(self.page.reader.viewport())
        self._heart = Heartbeat()

    def open(self, article_id: int) -> tuple[float, float]:
        """Open an article; return the seconds until it is painted, and the longest block."""
        self.page.open_article(self._small)
        spin(0.2)
        self._painted.reset()
        self._heart.take()
        began = time.perf_counter()
        self.page.open_article(article_id)
        self._painted.wait()
        seconds = time.perf_counter() - began
        spin(_SETTLED)
        return seconds, self._heart.take()

    def scroll(self) -> list[float]:
        """Scroll by three lines from three places; return the seconds of each step."""
        bar = self.page.reader.verticalScrollBar()
        lines = 3 * self.page.reader.fontMetrics().lineSpacing()
        found: list[float] = []
        for start in (0.0, 0.5, 0.9):
            bar.setValue(round(start * bar.maximum()))
            spin(0.3)
            for _ in range(_STEPS):
                found.append(self._step(bar.value() + lines))
        return found

    def jump(self) -> float:
        """Go from the beginning to the end; return the seconds until that is painted."""
        bar = self.page.reader.verticalScrollBar()
        bar.setValue(0)
        spin(0.3)
        return self._step(bar.maximum())

    def _step(self, value: int) -> float:
        self._painted.reset()
        began = time.perf_counter()
        self.page.reader.verticalScrollBar().setValue(value)
        self._painted.wait()
        return time.perf_counter() - began


def _main() -> None:
    project, small, times, *article_ids = sys.argv[1:]
    window = shown_window(Path(project))
    ours, plain = _Ours(window, int(small)), _Plain(window.size())
    window.activateWindow()
    found: dict[str, object] = {}
    for article_id in article_ids:
        opened: list[tuple[float, float]] = []
        plainly: list[float] = []
        for _ in range(int(times) + 1):
            opened.append(ours.open(int(article_id)))
            article = ours.page.sheet.article
            plainly.append(plain.open(article.text if article else ""))
        found[article_id] = {
            "first": opened[0][0],
            "opened": [seconds for seconds, _ in opened[1:]],
            "plain": plainly[1:],
            "blocked": max(block for _, block in opened),
            "jump": ours.jump(),
            "scrolled": ours.scroll(),
        }
    say(found)
    window.close()


if __name__ == "__main__":
    _main()
