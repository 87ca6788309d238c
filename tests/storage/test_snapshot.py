"""A reader in another thread sees whole actions, whatever is written meanwhile."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from annotator.domain.spans import Span
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import dump


def count(project: Project) -> int:
    found: int = project.store.db.execute("SELECT count(*) FROM statement").fetchone()[0]
    return found


def mark_twice(project: Project) -> None:
    with project.transact("Mark two"):
        annotating.mark(project, 1, Span(0, 2))
        annotating.mark(project, 2, Span(0, 2))


def in_thread(deed: Callable[[Path], object], path: Path) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(deed, path).result(timeout=30)


def test_another_thread_reads_the_same(mine: Project) -> None:
    mark_twice(mine)

    def read(path: Path) -> object:
        reader = projects.snapshot(path)
        try:
            assert reader.read_only and reader.me.name == "Ada"
            return dump(reader.store)
        finally:
            reader.close()

    assert in_thread(read, mine.path) == dump(mine.store)


def test_a_reading_stands_still_while_the_writer_goes_on(mine: Project) -> None:
    began, written = threading.Event(), threading.Event()

    def read(path: Path) -> tuple[int, int, int]:
        reader = projects.snapshot(path)
        try:
            reader.store.db.execute("BEGIN")
            first = count(reader)
            began.set()
            assert written.wait(30)
            second = count(reader)
            reader.store.db.execute("COMMIT")
            return first, second, count(reader)
        finally:
            reader.close()

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, mine.path)
        assert began.wait(30)
        mark_twice(mine)  # is not held up by the reader
        written.set()
        assert reading.result(timeout=30) == (0, 0, 2)


def test_no_reading_ever_sees_half_an_action(mine: Project) -> None:
    stop = threading.Event()

    def watch(path: Path) -> list[int]:
        reader = projects.snapshot(path)
        seen = []
        try:
            while not stop.is_set():
                seen.append(count(reader))
            return seen
        finally:
            reader.close()

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch, mine.path)
        try:
            for _ in range(60):
                mark_twice(mine)
            for _ in range(20):
                projects.undo_step(mine)
        finally:
            stop.set()
        seen = watching.result(timeout=30)
    assert seen and all(number % 2 == 0 for number in seen)
    assert count(mine) == 80
