"""Whether there is room for the article list beside a column of text that can be read."""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.annotate.reader import Reader

COLUMN = 22  # ems: a line of some seven words; a narrower one is hard to read


def has_room(width: float, beside: float, em: float) -> bool:
    """Tell whether the list fits into a page of `width` pixels, `beside` what else is not text."""
    return width - theme.LIST_WIDTH - beside >= COLUMN * em


class ListRoom(QObject):
    """Lets the article list give way to the text, and come back when there is room.

    Without room it stays as long as the keys are in it or a search is on. What a person asked for
    goes before: it holds until they ask for what would be so anyhow.
    """

    def __init__(self, page: QWidget, panel: ArticlePanel, reader: Reader, margin: QWidget) -> None:
        super().__init__(page)
        self._page, self._panel, self._reader, self._margin = page, panel, reader, margin
        self._asked: bool | None = None
        page.installEventFilter(self)
        reader.zoomed.connect(self.refresh)
        panel.search_asked.connect(self.refresh)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def gave_way(self) -> bool:
        """Whether the list is hidden for want of room, not because somebody hid it."""
        return self._panel.isHidden() and self._asked is None

    def toggle(self) -> None:
        """Hide the list that is shown, show the one that is hidden."""
        shown = self._panel.isHidden()
        self._asked = None if shown == self._has_room() else shown
        if not shown:
            self._leave()
        self._panel.setVisible(shown)

    def bring(self) -> None:
        """Show the list for keys that are about to go there."""
        if self._asked is False:
            self._asked = None
        self._panel.show()

    @Slot()
    def refresh(self) -> None:
        """Show or hide the list as it should be now."""
        shown = self._asked
        if shown is None:
            shown = self._has_room() or self._in_use()
        if shown == self._panel.isHidden():
            self._panel.setVisible(shown)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.refresh()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:  # else another window is in front
            self.refresh()

    def _has_room(self) -> bool:
        page, paper = theme.WIDE, 2 * self._reader.document().documentMargin()
        bar = self._reader.verticalScrollBar().sizeHint().width()
        beside = self._margin.width() + page + paper + bar
        return has_room(self._page.width(), beside, self._reader.geometry_of_text.body_em)

    def _in_use(self) -> bool:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._panel.isAncestorOf(focus)
        return inside or bool(self._panel.search.text().strip())

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._panel.isAncestorOf(focus):
            self._reader.setFocus()
