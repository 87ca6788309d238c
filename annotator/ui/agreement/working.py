"""The comparison in the background, on a snapshot; figures are delivered as they are ready.

What belongs to a comparison that is no longer wanted is never delivered.
"""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from annotator.services import agreement, disagreeing
from annotator.services import project as projects
from annotator.services.agreement import Roster
from annotator.services.progress import CancelledError
from annotator.services.project import Project
from annotator.ui.agreement.choice import Choice
from annotator.ui.background import Background, Task, gently, uncollected

if TYPE_CHECKING:
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.measures import Section


Wish = Callable[[Project, "Compared"], tuple[str, object]]


class _Run:
    """One comparison: its articles' labels once they are read, and what is wanted of it besides."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.compared: Compared | None = None
        self.wishes: deque[Wish] = deque()
        self.task: Task[Any] | None = None


class Working(QObject):
    """Compares what is chosen; one comparison at a time, the newest."""

    roster = Signal(object)
    settings = Signal(object)
    speakers = Signal(object)
    sections = Signal(list)
    cases = Signal(list)
    confusion = Signal(str, object)
    lent = Signal(str, list)
    progress = Signal(int, int)
    ended = Signal()
    failed = Signal(str)
    _news = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background: Background | None = None
        self._roster_task: Task[Roster] | None = None
        self._run: _Run | None = None
        self._box: deque[tuple[_Run, str, Any]] = deque()
        self._told = Event()
        self._news.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        return self._background is not None and self._background.busy

    def read_roster(self, path: Path) -> None:
        """Read who and what there is to compare."""

        def read(_task: Task[Any]) -> Roster:
            with _snapshot(path) as project:
                return agreement.roster(project)

        if self._roster_task is not None:
            self._roster_task.cancel()
        self._roster_task = self._thread.run(read, self.roster.emit, self._fail)

    def compare(self, path: Path, choice: Choice, articles: Iterable[int]) -> None:
        """Compare what is chosen from now on, and nothing else."""
        self.cancel()
        run = self._run = _Run(path)
        work = partial(self._compare, run, choice, frozenset(articles))
        run.task = self._thread.run(work, self._end, self._fail)

    def want_confusion(self, name: str, one: int, other: int) -> None:
        """Ask for a confusion matrix of the comparison."""

        def confusion(_project: Project, compared: "Compared") -> tuple[str, object]:
            from annotator.domain.agreement import measures

            return "confusion", (name, measures.confusion(compared, name, one, other))

        self._want(confusion)

    def want_cases(self, name: str, title: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Ask for the cases of some pairs of statements about a choice, under a title."""

        def cases(project: Project, compared: "Compared") -> tuple[str, object]:
            return "lent", (title, disagreeing.of_pairs(project, compared, name, pairs))

        self._want(cases)

    def want(self, work: Callable[[Project, "Compared"], Any], done: Callable[[Any], None]) -> None:
        """Do other work on the comparison in the background; `done` gets its result."""
        run = self._run
        if run is None:
            return

        def worked(_task: Task[Any]) -> object:
            assert run.compared is not None
            with _snapshot(run.path) as project:
                return work(project, run.compared)

        self._thread.run(worked, done, self._fail)

    def cancel(self) -> None:
        """Stop the comparison; nothing more of it is delivered."""
        run, self._run = self._run, None
        if run is not None and run.task is not None:
            run.task.cancel()

    def close(self) -> None:
        """Stop everything and wait until it has stopped."""
        self.cancel()
        background, self._background = self._background, None
        if background is not None:
            background.close()
            background.deleteLater()

    @property
    def _thread(self) -> Background:
        if self._background is None:
            self._background = Background(self)
        return self._background

    def _want(self, wish: Wish) -> None:
        run = self._run
        if run is None:
            return
        # A comparison that is under way grants it between two sections; else a task of its own.
        run.wishes.append(wish)
        self._thread.run(partial(self._late_wishes, run), _ignore, self._fail)

    # In the background thread

    def _compare(
        self, run: _Run, choice: Choice, articles: frozenset[int], task: Task[Any]
    ) -> None:
        from annotator.domain.agreement import measures
        from annotator.domain.agreement.values import Settings

        with gently(), uncollected(), _snapshot(run.path) as project:
            settings = Settings(same_target=choice.same_target)
            self._post(run, "settings", settings)
            compared = agreement.compared(project, choice.annotators, articles, settings)
            run.compared = compared
            self._post(run, "speakers", disagreeing.speakers(project))
            for section in measures.sections(compared):
                if task.cancelled:
                    return
                self._post(run, "section", section)
                self._grant(run, project)
                if section.part == "whole":
                    self._list(run, project, compared, task)

    def _list(self, run: _Run, project: Project, compared: "Compared", task: Task[Any]) -> None:
        try:
            found = disagreeing.listed(project, compared, lambda: task.cancelled)
        except CancelledError:
            return
        self._post(run, "cases", found)

    def _late_wishes(self, run: _Run, _task: Task[Any]) -> None:
        if run.wishes and run is self._run:
            with _snapshot(run.path) as project:
                self._grant(run, project)

    def _grant(self, run: _Run, project: Project) -> None:
        while run.wishes and run.compared is not None:
            kind, found = run.wishes.popleft()(project, run.compared)
            self._post(run, kind, found)

    def _post(self, run: _Run, kind: str, what: object) -> None:
        """Leave something for the GUI thread, and wake it unless it is about to look."""
        self._box.append((run, kind, what))
        if not self._told.is_set():
            self._told.set()
            self._news.emit()

    # In the GUI thread

    @Slot()
    def _drain(self) -> None:
        self._told.clear()
        sections: list[Section] = []
        while self._box:
            run, kind, what = self._box.popleft()
            if run is not self._run:
                continue
            if kind == "section":
                sections.append(what)
            elif kind in ("confusion", "lent"):
                getattr(self, kind).emit(*what)
            else:
                getattr(self, kind).emit(what)
        if sections:
            self.sections.emit(sections)
            self.progress.emit(sections[-1].step, sections[-1].steps)

    def _end(self, _nothing: object) -> None:
        self._drain()
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        self.ended.emit()
        self.failed.emit(str(error))


def _snapshot(path: Path) -> "closing[Project]":
    """Return the project as it is on disk, for use and closing in the thread that opens it."""
    return closing(projects.snapshot(path))


def _ignore(_nothing: object) -> None:
    pass
