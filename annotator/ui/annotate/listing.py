"""Fills the article list: at once, or where there are thousands, what is incomplete in slices."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import QObject

from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.background import Slices

_MANY = 500  # articles; counting what is incomplete in so many takes some 15 ms
_AT_ONCE = 200


class Listing(QObject):
    """Reads the articles of a project into the panel.

    Each slice shows what the file holds at that moment, and steps show what they change: no step
    in between is lost or overwritten.
    """

    def __init__(self, panel: ArticlePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._slices = Slices(self)

    @property
    def busy(self) -> bool:
        """Whether what is incomplete is still being counted."""
        return self._slices.busy

    def read(self, project: Project) -> None:
        """Show all articles of `project`, in the place of those shown before."""
        self.stop()
        if projects.article_count(project) <= _MANY:
            self._panel.show_articles(projects.articles(project))
            return
        rows = projects.bare_articles(project)
        self._panel.show_articles(rows)
        holding = sorted(row.id for row in rows if row.statements)
        self._slices.run(self._counting(project, holding), None, _ignore, _raise)

    def stop(self) -> None:
        """Read no further."""
        self._slices.cancel()

    def _counting(
        self, project: Project, ids: Sequence[int]
    ) -> Generator[tuple[int, int], None, None]:
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            self._panel.update_article(*projects.articles_between(project, part[0], part[-1]))
            yield start, len(ids)


def _ignore(_: object) -> None:
    pass


def _raise(error: Exception) -> None:
    raise error
