"""PROJECT ARTICLE TIMES: stance keys in the real window, next to raw commits on the same disk."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.changes import Step
from annotator.ui.window import MainWindow
from bench.children.watching import Painted, say, shown_window, spin

_ROWS = 20_000


class _Labelling:
    """Presses stance keys on the chosen statement and notes when what was done."""

    def __init__(self, window: MainWindow, article_id: int) -> None:
        assert window.project is not None
        self._window = window
        self._committed = 0.0
        window.page.open_article(article_id)
        statements = window.page.sheet.statements
        window.page.go_to(statements[len(statements) // 2].id)
        spin(0.3)
        self._stance = statements[len(statements) // 2].stance
        window.project.store.listeners.insert(0, self._on_step)
        self._keys = cycle(
            [(s.id, Qt.Key(ord(s.key))) for s in window.project.codebook.stances if s.key]
        )
        self._painted = Painted(window.page.reader.viewport())

    def press(self) -> tuple[float, float]:
        """Press the key of another stance; return seconds to the commit and to all painted."""
        stance, key = next(self._keys)
        if stance == self._stance:
            stance, key = next(self._keys)
        self._committed = 0.0
        self._painted.reset()
        began = time.perf_counter()
        QTest.keyClick(self._window.page.reader, key)
        self._painted.wait()
        ended = time.perf_counter()
        if not self._committed:
            raise RuntimeError(f"the key of {stance} saved nothing")
        self._stance = stance
        return self._committed - began, ended - began

    def _on_step(self, step: Step) -> None:
        self._committed = self._committed or time.perf_counter()


@contextmanager
def _plain(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain table as large as a project's, in a file with the same promises."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE label (id INTEGER PRIMARY KEY, article INTEGER, stance TEXT, words TEXT)"
        )
        connection.execute("CREATE INDEX label_article ON label (article)")
        connection.execute("CREATE INDEX label_stance ON label (stance)")
        rows = ((i // 20, "favor", "x" * 200) for i in range(_ROWS))
        connection.executemany("INSERT INTO label (article, stance, words) VALUES (?, ?, ?)", rows)
        connection.commit()
        yield connection


def _commit(connection: sqlite3.Connection, stance: str) -> float:
    began = time.perf_counter()
    with connection:
        connection.execute("UPDATE label SET stance = ? WHERE id = ?", (stance, _ROWS // 2))
    return time.perf_counter() - began


def _main() -> None:
    project, article_id, times = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    window = shown_window(project)
    labelling = _Labelling(window, article_id)
    stances = cycle(["favor", "against", "neutral"])
    found: list[tuple[float, float, float]] = []
    with _plain(project.with_name(f"plain-{article_id}.db")) as connection:
        for turn in range(times + 10):
            values = (*labelling.press(), _commit(connection, next(stances)))
            if turn >= 10:
                found.append(values)
    committed, painted, plain = zip(*found, strict=True)
    say({"committed": committed, "painted": painted, "plain": plain})
    window.close()


if __name__ == "__main__":
    _main()
