"""How far every article is, read in the background some articles at a time, kept up to date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.domain.adjudication import ArticleStatus
from annotator.errors import UserError
from annotator.services import case_reading
from annotator.services import project as projects
from annotator.services.case_reading import ArticleCases
from annotator.services.project import Project
from annotator.ui.background import Background, Task, gently

_AT_ONCE = 25  # articles in one job: the list fills as one looks on, and closing waits little


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one article is, and how many of its cases could be taken at once."""

    status: ArticleStatus
    agreed: int


class Standings(QObject):
    """Knows how far each article is, as far as it was read; `changed` tells whenever more is known.

    `begun` says that what comparing needs is loaded; what is compared after that takes no time.
    """

    changed = Signal()
    begun = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.known: dict[int, Standing] = {}
        self._path: Path | None = None
        self._background: Background | None = None
        self._task: Task[list[Standing]] | None = None
        self._waiting: list[int] = []
        self._noted: set[int] = set()  # since the present job began
        self._is_begun = False

    @property
    def reading(self) -> bool:
        """Whether some articles are still to be read."""
        return bool(self._waiting) or (self._task is not None and not self._task.ended)

    @property
    def agreed(self) -> int:
        """How many cases could be taken at once, as far as is known."""
        return sum(standing.agreed for standing in self.known.values())

    def start(self, project: Project, article_ids: Sequence[int]) -> None:
        """Read all articles of a project, in this order; what is known of them stays till then."""
        if self._task is not None:
            self._task.cancel()
        if self._background is None:
            self._background = Background(self)
        self._path = project.path
        self._waiting = list(article_ids)
        self.known = {i: self.known[i] for i in article_ids if i in self.known}
        self._next()

    def stop(self) -> None:
        """Forget everything; what is being read is not waited for longer than it takes to stop."""
        if self._background is not None:
            self._background.close()
            self._background.deleteLater()
        self._background = self._task = self._path = None
        self._waiting, self.known = [], {}

    def refresh(self, article_ids: Iterable[int]) -> None:
        """Read some articles again, before those that are still waiting."""
        ids = list(dict.fromkeys(article_ids))
        again = set(ids)
        self._noted |= again  # what is being read of them is older
        self._waiting = ids + [i for i in self._waiting if i not in again]
        self._next()

    def note(self, project: Project, found: ArticleCases) -> None:
        """Take up what was read of the open article."""
        self._noted.add(found.article_id)
        self._waiting = [i for i in self._waiting if i != found.article_id]
        self.known[found.article_id] = _standing(project, found)
        self.changed.emit()

    def _next(self) -> None:
        running = self._task is not None and not self._task.ended
        if running or self._background is None or self._path is None:
            return
        if not self._waiting:
            self._tell_begun()
            return
        chunk, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        self._noted = set()
        path = self._path

        def read(task: Task[list[Standing]]) -> list[Standing]:
            snapshot = projects.snapshot(path)
            try:
                every = case_reading.each_article(snapshot, chunk, cancelled=lambda: task.cancelled)
                with gently():
                    return [_standing(snapshot, found) for found in every]
            finally:
                snapshot.close()

        self._task = self._background.run(read, self._on_read, self._on_failed)

    def _on_read(self, found: list[Standing]) -> None:
        for standing in found:
            if standing.status.article_id not in self._noted:
                self.known[standing.status.article_id] = standing
        self._tell_begun()
        self.changed.emit()
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self._waiting = []
        self._tell_begun()
        if isinstance(error, UserError):
            self.failed.emit(str(error))

    def _tell_begun(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self.begun.emit()


def _standing(project: Project, found: ArticleCases) -> Standing:
    agreed = len(case_reading.agreed_in(project, found))
    return Standing(case_reading.article_status(project, found, ""), agreed)
