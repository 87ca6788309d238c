"""The panel at the left: articles with how far each is, all of them together, and the legend."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from annotator.ui import theme
from annotator.ui.adjudicate.article_rows import ArticleRows, Row, RowPainter
from annotator.ui.adjudicate.legend import Legend
from annotator.ui.adjudicate.standings import Standings
from annotator.ui.annotate.article_delegate import NATURAL_HEIGHTS
from annotator.ui.annotate.article_list import ArticleView
from annotator.ui.words import ElidedWords


class StandingList(QWidget):
    """All articles of the project; `article_chosen` gives the id of the one to open."""

    article_chosen = Signal(int)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.name = ElidedWords(size=theme.STRONG, strong=True)
        self.view = ArticleView()
        self.legend = Legend()
        self.progress = ElidedWords(size=theme.CAPTION + 1, tone="soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("Cases decided")
        self._model = ArticleRows(self)
        self._silent = False
        self.view.setModel(self._model)
        self.view.setItemDelegate(RowPainter(self.view, self._model))
        self._lay_out()
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.view.finished.connect(self.finished)
        self.view.doubleClicked.connect(self._on_double_click)

    @property
    def rows(self) -> Sequence[Row]:
        """The articles in their order."""
        return self._model.rows

    def show_articles(self, name: str, rows: Sequence[Row]) -> None:
        """Show the articles of the project called `name`."""
        self.name.show_words(name)
        if list(rows) != self._model.rows:
            self.view.setUniformItemSizes(len(rows) > NATURAL_HEIGHTS)
            self._silent = True
            self._model.show_rows(rows)
            self._silent = False
            self.set_current(self._model.current)

    def show_standings(self, standings: Standings) -> None:
        """Show how far each article is, and all of them together."""
        self._model.known = standings.known
        every = [standing.status for standing in standings.known.values()]
        cases, decided = sum(s.cases for s in every), sum(s.decided - s.stale for s in every)
        more = " so far" if standings.reading else ""
        self.progress.show_words(f"{decided:,} of {cases:,} decided{more}")
        self._bar.setRange(0, max(1, cases))
        self._bar.setValue(decided)
        for part in (self.progress, self._bar):
            part.setVisible(bool(cases))
        self.view.viewport().update()

    def set_current(self, article_id: int | None) -> None:
        """Mark the open article without saying that it was chosen."""
        self._model.current = article_id
        place = self._model.place(article_id)
        index = QModelIndex() if place is None else self._model.index(place)
        self._silent = True
        self.view.setCurrentIndex(index)
        self._silent = False
        if place is not None:
            self.view.scrollTo(index)
        self.view.viewport().update()

    def has(self, article_id: int) -> bool:
        """Tell whether an article is listed."""
        return self._model.place(article_id) is not None

    def neighbour(self, step: int) -> int | None:
        """Return the next (1) or previous (-1) article; None at the end."""
        place = self._model.place(self._model.current)
        wanted = (0 if step > 0 else len(self.rows) - 1) if place is None else place + step
        return self.rows[wanted].id if 0 <= wanted < len(self.rows) else None

    def onward(self) -> list[int]:
        """Return the articles after the open one, then those before it."""
        place = self._model.place(self._model.current)
        at = -1 if place is None else place
        return [row.id for row in (*self.rows[at + 1 :], *self.rows[: max(at, 0)])]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.LARGE, 0, theme.LARGE)
        layout.setSpacing(0)
        for widget, below, stretch in (
            (_inset(self.name), theme.MEDIUM, 0),
            (self.view, theme.MEDIUM, 1),
            (_inset(self.legend), theme.MEDIUM, 0),
            (_inset(self.progress), theme.SMALL, 0),
            (_inset(self._bar), 0, 0),
        ):
            layout.addWidget(widget, stretch)
            layout.addSpacing(below)

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, chosen: QItemSelection, _: QItemSelection) -> None:
        indexes = chosen.indexes()
        if self._silent or not indexes:
            return
        article_id = self._model.rows[indexes[0].row()].id
        if article_id != self._model.current:
            self._model.current = article_id
            self.article_chosen.emit(article_id)

    @Slot(QModelIndex)
    def _on_double_click(self, _: QModelIndex) -> None:
        self.finished.emit()


def _inset(widget: QWidget) -> QWidget:
    """Return a box that keeps `widget` off the panel's edges."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
    layout.addWidget(widget)
    return box
