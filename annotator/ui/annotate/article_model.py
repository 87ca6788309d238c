"""The articles as a list model: all of them, and those the present filter shows."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from annotator.domain.records import ArticleRow, Status

Filter = Literal["todo", "in_progress", "done", "flagged", "all"]

STATUS_WORDS: dict[Status, str] = {
    "todo": "to do",
    "in_progress": "in progress",
    "done": "done",
    "flagged": "flagged",
}
_OPEN: tuple[Status, ...] = ("todo", "in_progress")

Index = QModelIndex | QPersistentModelIndex


def counted(number: int, one: str, many: str) -> str:
    """Return `number` with its noun, thousands set off by commas."""
    return f"{number:,} {one if number == 1 else many}"


def counted_parts(row: ArticleRow) -> list[str]:
    """Return what is counted in an article, part by part; words only until it has statements."""
    parts = [row.lang] if row.lang else []
    if row.statements:
        parts.append(counted(row.statements, "statement", "statements"))
    else:
        parts.append(counted(row.words, "word", "words"))
    if row.incomplete:
        parts.append(f"{row.incomplete:,} incomplete")
    return parts


class ArticleModel(QAbstractListModel):
    """All articles in their order; the rows of the model are those that the filter lets through.

    `current` is the id of the open article: it stays while its own status changes. `touched`
    carries the row that changed; dataChanged would make Qt lay out every row again.
    """

    touched = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ArticleRow] = []
        self._place: dict[int, int] = {}
        self._shown: list[int] = []  # places in _rows, ascending
        self._filter: Filter = "all"
        self.current: int | None = None
        self._stray: int | None = None  # the current one before, perhaps no longer let through
        self.counts: Counter[str] = Counter()
        self.statements = 0

    @property
    def total(self) -> int:
        """How many articles there are, shown or not."""
        return len(self._rows)

    @property
    def filter(self) -> Filter:
        """The filter in force."""
        return self._filter

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            flagged = [f"Flagged: {row.note}"] if row.note else []
            words = counted(row.words, "word", "words")
            return "\n".join([row.title or row.name, f"{row.name}, {words}", *flagged])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [row.title or row.name, STATUS_WORDS[row.status], *counted_parts(row)]
            return ", ".join(said)
        return None

    def at(self, shown: int) -> ArticleRow:
        """Return the article in row `shown` of the model."""
        return self._rows[self._shown[shown]]

    def row(self, article_id: int) -> ArticleRow | None:
        """Return an article, shown or not; None when it is not there."""
        place = self._place.get(article_id)
        return None if place is None else self._rows[place]

    def row_of(self, article_id: int | None) -> int | None:
        """Return the row that shows an article; None when it is not shown."""
        place = self._place.get(article_id) if article_id is not None else None
        if place is None:
            return None
        found = bisect_left(self._shown, place)
        return found if found < len(self._shown) and self._shown[found] == place else None

    def show_all(self, rows: Sequence[ArticleRow]) -> None:
        """Take `rows` instead of those there were; the current one stays shown if it was."""
        keep = self.row_of(self.current) is not None
        self.beginResetModel()
        self._rows = list(rows)
        self._index()
        self.counts = Counter(row.status for row in self._rows)
        self.statements = sum(row.statements for row in self._rows)
        self._shown = [
            i
            for i, row in enumerate(self._rows)
            if self._fits(row) or (keep and row.id == self.current)
        ]
        self.endResetModel()

    def set_filter(self, value: Filter) -> None:
        """Show only the articles whose status is `value`, or all."""
        self.beginResetModel()
        self._filter = value
        self._shown = [i for i, row in enumerate(self._rows) if self._fits(row)]
        self.endResetModel()

    def put(self, row: ArticleRow) -> None:
        """Replace the article with the same id, or add it in its place by name."""
        place = self._place.get(row.id)
        if place is None:
            self._add(row)
            return
        self._tally(self._rows[place], -1)
        self._tally(row, 1)
        shown = self.row_of(row.id)
        self._rows[place] = row
        wanted = self._fits(row) or (shown is not None and row.id == self.current)
        if shown is not None and wanted:
            self.touched.emit(shown)
        elif shown is not None:
            self._hide(shown)
        elif wanted:
            self._show(place)

    def set_current(self, article_id: int | None) -> None:
        """Make another article the current one; call `drop_stray` when the view is at rest."""
        if article_id != self.current:
            self.drop_stray()
            self._stray, self.current = self.current, article_id

    def drop_stray(self) -> None:
        """Hide the article that was current before, if the filter does not let it through."""
        shown = self.row_of(self._stray) if self._stray != self.current else None
        if shown is not None and not self._fits(self.at(shown)):
            self._hide(shown)
        self._stray = None

    def neighbour(self, step: int) -> int | None:
        """Return the id of the next (1) or previous (-1) shown article, None at the end."""
        if not self._shown:
            return None
        place = self._place.get(self.current) if self.current is not None else None
        if place is None:
            return self.at(0 if step > 0 else -1).id
        found = bisect_left(self._shown, place)
        here = found < len(self._shown) and self._shown[found] == place
        wanted = found + step if step < 0 or here else found + step - 1
        return self.at(wanted).id if 0 <= wanted < len(self._shown) else None

    def next_open(self, after: int) -> int | None:
        """Return the id of the next article still to do after the one with id `after`, wrapping.

        Flagged ones were put aside: they come when nothing else is left.
        """
        place = self._place.get(after, -1)
        ring = [*self._rows[place + 1 :], *self._rows[: max(place, 0)]]
        flagged = next((row.id for row in ring if row.status == "flagged"), None)
        return next((row.id for row in ring if row.status in _OPEN), flagged)

    def _fits(self, row: ArticleRow) -> bool:
        return self._filter in ("all", row.status)

    def _index(self) -> None:
        self._place = {row.id: i for i, row in enumerate(self._rows)}

    def _tally(self, row: ArticleRow, sign: int) -> None:
        self.counts[row.status] += sign
        self.statements += sign * row.statements

    def _add(self, row: ArticleRow) -> None:
        place = bisect_left([(r.name, r.id) for r in self._rows], (row.name, row.id))
        self._shown = [i + 1 if i >= place else i for i in self._shown]
        self._rows.insert(place, row)
        self._index()
        self._tally(row, 1)
        if self._fits(row):
            self._show(place)

    def _show(self, place: int) -> None:
        at = bisect_left(self._shown, place)
        self.beginInsertRows(QModelIndex(), at, at)
        insort(self._shown, place)
        self.endInsertRows()

    def _hide(self, shown: int) -> None:
        self.beginRemoveRows(QModelIndex(), shown, shown)
        del self._shown[shown]
        self.endRemoveRows()
