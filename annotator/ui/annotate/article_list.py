"""The panel at the left: the project's name, the search, the filters, and all articles."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.records import ArticleRow, Hit
from annotator.ui import theme
from annotator.ui.annotate.article_delegate import NATURAL_HEIGHTS, ArticleDelegate
from annotator.ui.annotate.article_model import ArticleModel, Filter, counted
from annotator.ui.annotate.filter_pills import FilterPills
from annotator.ui.annotate.search_field import SearchField
from annotator.ui.annotate.search_panel import SearchPanel
from annotator.ui.words import ElidedWords, Words

NO_ARTICLES = "Drop text files here, or press Ctrl+I"
_NONE_LISTED: dict[Filter, str] = {
    "todo": "No article is left to start",
    "in_progress": "No article is in progress",
    "done": "No article is done yet",
    "flagged": "No article is flagged",
    "all": NO_ARTICLES,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN_KEYS = (*_ENTER, Qt.Key.Key_Up, Qt.Key.Key_Down)


def progress_words(done: int, total: int, statements: int) -> str:
    """Return how far the annotator is, in words."""
    articles = f"{done:,} of {counted(total, 'article', 'articles')} done"
    return f"{articles} · {counted(statements, 'statement', 'statements')}"


class ArticleView(QListView):
    """The list itself; Enter says that the choosing is finished."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Articles")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @override
    def event(self, event: QEvent) -> bool:
        # These keys mean something else in the text; here they belong to the list.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _OWN_KEYS
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the codebook, not the beginnings of titles."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt waits a tenth of a second before it breaks the titles anew, which shows.
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class ArticlePanel(QWidget):
    """All articles of a project, as one annotator sees them."""

    article_chosen = Signal(int)
    search_asked = Signal(str)
    search_closed = Signal()
    hit_chosen = Signal(int, object)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.name = ElidedWords(size=theme.STRONG, strong=True)
        self.search = SearchField()
        self.pills = FilterPills()
        self.view = ArticleView()
        self.results = SearchPanel()
        self.progress = ElidedWords(size=theme.CAPTION + 1, tone="soft")
        self._bar = QProgressBar()
        self._empty = Words(tone="soft", wrap=True)
        self._pages = QStackedWidget()
        self._model = ArticleModel(self)
        self._silent = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def current(self) -> int | None:
        """The id of the open article."""
        return self._model.current

    def show_project(self, name: str) -> None:
        """Show the project's name; what was searched in another is forgotten."""
        self.search.clear()
        self.name.show_words(name)

    def show_articles(self, rows: Sequence[ArticleRow]) -> None:
        """Show these articles instead of those before; the current one stays current."""
        self.view.setUniformItemSizes(len(rows) > NATURAL_HEIGHTS)
        with self._hushed():
            self._model.show_all(rows)
        self._refresh()

    def update_article(self, *rows: ArticleRow) -> None:
        """Show articles anew; one that is not listed yet takes its place by name."""
        with self._hushed():
            for row in rows:
                self._model.put(row)
        self._refresh()

    def set_current(self, article_id: int | None) -> None:
        """Mark the open article without saying that it was chosen."""
        with self._hushed():
            self._model.set_current(article_id)
        if not self._rest.isActive():
            self._settle()
        self._show_current()
        row = self._model.row_of(article_id)
        if row is not None:
            self.view.scrollTo(self._model.index(row))

    def row(self, article_id: int) -> ArticleRow | None:
        """Return what is shown of an article, whether the filter lets it through or not."""
        return self._model.row(article_id)

    def neighbour(self, step: int) -> int | None:
        """Return the next (1) or previous (-1) article that the filter shows; None at the end."""
        return self._model.neighbour(step)

    def next_open(self, after: int) -> int | None:
        """Return the next article that is not done after the one with id `after`, wrapping."""
        return self._model.next_open(after)

    def show_hits(self, query: str, hits: Sequence[Hit], *, limited: bool = False) -> None:
        """Show what a search found in the place of the list."""
        self.results.show_hits(query, hits, limited=limited)
        self._refresh()

    @Slot()
    def start_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this panel gets them."""
        page = self._pages.currentWidget()
        if page is self.results and self.results.hits:
            return self.results.view
        return self.view if page is self.view else self.search

    def _lay_out(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("Articles done")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(theme.WIDE, theme.PAGE, theme.WIDE, 0)
        self.view.setModel(self._model)
        self.view.setItemDelegate(ArticleDelegate(self.view, self._model))
        for page in (self.view, self._empty, self.results):
            self._pages.addWidget(page)
        self._pages.setMinimumHeight(80)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.LARGE, 0, theme.LARGE)
        layout.setSpacing(0)
        for widget, below in (
            (self.name, theme.MEDIUM),
            (self.search, theme.MEDIUM),
            (self.pills, theme.SMALL),
        ):
            layout.addWidget(_inset(widget))
            layout.addSpacing(below)
        layout.addWidget(self._pages, 1)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(_inset(self.progress))
        layout.addSpacing(theme.SMALL)
        layout.addWidget(_inset(self._bar))

    def _connect(self) -> None:
        self.search.asked.connect(self._on_asked)
        self.search.closed.connect(self.search_closed)
        self.search.left.connect(self.finished)
        self.search.down.connect(self._to_results)
        self.pills.chosen.connect(self._on_filter)
        self.view.finished.connect(self.finished)
        self.view.doubleClicked.connect(self._on_double_click)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.results.hit_chosen.connect(self.hit_chosen)
        self.results.left.connect(self.start_search)
        self._rest.timeout.connect(self._settle)
        self._model.touched.connect(self._on_touched)

    @contextmanager
    def _hushed(self) -> Iterator[None]:
        """Say nothing of what the view selects by itself, as when a row under it goes."""
        before, self._silent = self._silent, True
        try:
            yield
        finally:
            self._silent = before

    def _refresh(self) -> None:
        """Bring counts, progress and the page shown up to date with the model."""
        model = self._model
        done = model.counts.get("done", 0)
        self.pills.show_counts(model.counts, model.total)
        searching = bool(self.search.text().strip())
        self.pills.setVisible(model.total > 0 and not searching)
        self.progress.setVisible(model.total > 0)
        self._bar.setVisible(model.total > 0)
        self.progress.show_words(progress_words(done, model.total, model.statements))
        self._bar.setRange(0, max(1, model.total))
        self._bar.setValue(done)
        if searching and model.total:
            self._pages.setCurrentWidget(self.results)
        elif model.rowCount():
            self._pages.setCurrentWidget(self.view)
        else:
            self._empty.setText(_NONE_LISTED[model.filter] if model.total else NO_ARTICLES)
            self._pages.setCurrentWidget(self._empty)
        self._show_current()

    def _show_current(self) -> None:
        """Let the view's selection follow the model's current article, silently."""
        row = self._model.row_of(self._model.current)
        index = QModelIndex() if row is None else self._model.index(row)
        if index != self.view.currentIndex() or not self.view.selectionModel().hasSelection():
            with self._hushed():
                self.view.setCurrentIndex(index)
        self.view.viewport().update()

    @Slot(int)
    def _on_touched(self, shown: int) -> None:
        index = self._model.index(shown)
        self.view.update(index)
        if not self.view.uniformItemSizes():
            wanted = self.view.sizeHintForIndex(index).height()
            if wanted != self.view.visualRect(index).height():
                self.view.scheduleDelayedItemsLayout()

    @Slot()
    def _settle(self) -> None:
        self._rest.stop()
        with self._hushed():
            self._model.drop_stray()

    @Slot(str)
    def _on_asked(self, words: str) -> None:
        self.search_asked.emit(words)
        self._refresh()

    @Slot(str)
    def _on_filter(self, value: Filter) -> None:
        with self._hushed():
            self._model.set_filter(value)
        self._refresh()
        self.view.scrollTo(self.view.currentIndex())

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, chosen: QItemSelection, _: QItemSelection) -> None:
        indexes = chosen.indexes()
        if self._silent or not indexes:
            return
        article_id = self._model.at(indexes[0].row()).id
        if article_id == self._model.current:
            return
        self._model.set_current(article_id)
        # The row that leaves the list must not go while the view is selecting another.
        self._rest.start()
        self.view.viewport().update()
        self.article_chosen.emit(article_id)

    @Slot(QModelIndex)
    def _on_double_click(self, _: QModelIndex) -> None:
        self.finished.emit()

    @Slot()
    def _to_results(self) -> None:
        if self._pages.currentWidget() is self.results:
            self.results.enter()
        elif self._pages.currentWidget() is self.view:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)


def _inset(widget: QWidget) -> QWidget:
    """Return a box that keeps `widget` off the panel's edges."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
    layout.addWidget(widget)
    return box
