"""Searches all articles in the background; only the answer to the newest question is shown."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from annotator.domain.records import Hit
from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services import searching
from annotator.services.project import Project
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.background import Background, Task

_MISTAKE = "The search stopped by a mistake in the program."


class Seeking(QObject):
    """Joins the search field to a second, reading connection to the project's file.

    A thread of its own: an export may keep the other one busy for minutes.
    """

    def __init__(self, panel: ArticlePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._path: Path | None = None
        self._background: Background | None = None
        self._task: Task[list[Hit]] | None = None
        self._words = ""

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._task is not None and not self._task.ended

    def show_project(self, project: Project | None) -> None:
        """Search this project from now on; the one before is let go when this returns."""
        self._drop()
        if self._background is not None:
            self._background.close()
            self._background.deleteLater()
            self._background = None
        self._path = project.path if project is not None else None

    @Slot(str)
    def ask(self, words: str) -> None:
        """Look for `words`; what was asked for before is no longer wanted."""
        self._drop()
        path = self._path
        if path is None or not words:
            return
        if self._background is None:
            self._background = Background(self)
        self._words = words
        self._panel.results.await_hits()

        def look(_task: Task[list[Hit]]) -> list[Hit]:
            snapshot = projects.snapshot(path)
            try:
                return searching.search(snapshot, words)
            finally:
                snapshot.close()

        self._task = self._background.run(look, self._show, self._fail)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._panel.results.stop_waiting()

    def _show(self, hits: list[Hit]) -> None:
        self._panel.show_hits(self._words, hits, limited=len(hits) >= searching.LIMIT)

    def _fail(self, error: Exception) -> None:
        self._panel.results.show_failure(str(error) if isinstance(error, UserError) else _MISTAKE)
