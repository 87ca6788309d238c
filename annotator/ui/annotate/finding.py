"""Find in article: what is searched, where it stands, and which hit is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.domain.spans import Span
from annotator.domain.text import occurrences

if TYPE_CHECKING:
    from annotator.ui.annotate.page import AnnotatePage


class Finding(QObject):
    """Joins the find bar to the text."""

    def __init__(self, page: "AnnotatePage") -> None:
        super().__init__(page)
        self._page = page
        self._hits: list[Span] = []
        self._current = 0
        bar = page.find_bar
        bar.query_changed.connect(self.look_for)
        bar.step.connect(self.step)
        bar.closed.connect(self.close)

    def open(self) -> None:
        """Show the bar, with the selected words if there are some."""
        page = self._page
        if page.desk.selection is not None:
            page.find_bar.set_query(page.desk.selection.of(page.desk.text))
        page.find_bar.show()
        page.find_bar.start()
        if not self._hits:
            # The words of the last time were not typed now, so the field says nothing of them.
            self.look_for(page.find_bar.query())

    def forget(self) -> None:
        """Drop the hits of an article that is no longer shown; the words stay in the bar."""
        self._hits = []
        self._page.reader.show_hits([], 0)
        self._page.find_bar.show_count(0, None)

    @Slot(str)
    def look_for(self, query: str) -> None:
        """Find `query` in the open article and show the first hit after the caret."""
        page = self._page
        self._hits = occurrences(query, page.desk.text)
        caret = page.reader.caret()
        self._current = next((i for i, s in enumerate(self._hits) if s.start >= caret), 0)
        self._show()

    @Slot(int)
    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the end."""
        if not self._page.find_bar.query():
            self.open()
        elif not self._hits:
            self._page.find_bar.show()
            self.look_for(self._page.find_bar.query())
        else:
            self._current = (self._current + step) % len(self._hits)
            self._show()

    @Slot()
    def close(self) -> None:
        """Hide the bar and go back to the text, at the hit if the keys were still in the bar."""
        page = self._page
        looking = page.find_bar.isAncestorOf(page.focusWidget())
        page.find_bar.hide()
        if self._hits and looking:
            page.reader.select(self._hits[self._current], say=True)
        self.forget()
        page.reader.setFocus()

    def _show(self) -> None:
        page = self._page
        page.reader.show_hits(self._hits, self._current)
        page.find_bar.show_count(self._current + 1 if self._hits else 0, len(self._hits))
        if self._hits:
            page.reader.reveal(self._hits[self._current])
