"""The disagreements as a list model: all of them, and those that the present filter shows."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from annotator.services.disagreeing import Listed
from annotator.ui.agreement.case_words import Wording, key_of

Index = QModelIndex | QPersistentModelIndex
ALL = "all"


class CaseModel(QAbstractListModel):
    """Cases in reading order; a kind and a part decide which of them are rows.

    Instead of the disagreements, other cases can stand in the list for a while (`lend`).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording: Wording | None = None
        self.kind = ALL
        self.rows: list[Listed] = []
        self._all: list[Listed] = []
        self._keys: list[str] = []  # of all, so that a filter need not ask each case again
        self._lent: list[Listed] | None = None
        self._part: Callable[[Listed], bool] | None = None
        self._counts: Counter[str] = Counter()
        self._notes: dict[int, str] = {}

    @property
    def lends(self) -> bool:
        """Whether other cases stand in the place of the disagreements."""
        return self._lent is not None

    @property
    def total(self) -> int:
        """How many disagreements there are, shown or not."""
        return len(self._all)

    def show(self, cases: Sequence[Listed]) -> None:
        """Take these disagreements instead of those there were."""
        self._all, self._lent = list(cases), None
        self._keys = list(map(key_of, cases))
        self._notes = _notes(cases)
        self._count()
        self._refilter()

    def lend(self, cases: Sequence[Listed] | None) -> None:
        """Show other cases in the place of the disagreements; None shows those again."""
        self._lent = None if cases is None else list(cases)
        self._notes |= _notes(cases or ())
        self._refilter()

    def filter(self, kind: str, part: Callable[[Listed], bool] | None) -> None:
        """Show one kind (or all) of the cases that belong to a part (None: to any)."""
        self.kind, changed, self._part = kind, part is not self._part, part
        if changed:
            self._count()
        self._refilter()

    def counts(self) -> Counter[str]:
        """Return how many cases of each kind belong to the part that is shown."""
        return self._counts

    def put_notes(self, notes: Mapping[int, str]) -> None:
        """Show which cases are to be discussed, by the ids of their statements.

        Every decision calls this; only cases whose note changed are made anew, of which there
        may be a hundred thousand.
        """
        changed = {id_ for id_, _ in notes.items() ^ self._notes.items()}
        if not changed:
            return
        self._notes = dict(notes)

        def noted(case: Listed) -> Listed:
            if all(row.id not in changed for row in case.rows):
                return case
            note = next((notes[id_] for id_ in case.statements if id_ in notes), None)
            return case if note == case.note else replace(case, note=note)

        self._all = [noted(case) for case in self._all]
        self.rows = [noted(case) for case in self.rows]
        if self._lent is not None:
            self._lent = self.rows
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        wording = self.wording
        if wording is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        case = self.rows[index.row()]
        said = "\n".join(one.plain for one in wording.said(case))
        if role == Qt.ItemDataRole.ToolTipRole:
            note = f"\nTo discuss: {case.note}" if case.note else ""
            return f"{case.title}, ¶ {case.paragraph}\n{said}{note}"
        place = f"{wording.kind(case)}, {case.title}, paragraph {case.paragraph}"
        return f"{place}: {case.words}. {said}"

    def _count(self) -> None:
        part = self._part
        if part is None:
            self._counts = Counter(self._keys)
        else:
            both = zip(self._all, self._keys, strict=True)
            self._counts = Counter(key for case, key in both if part(case))

    def _refilter(self) -> None:
        self.beginResetModel()
        part = self._part
        if self._lent is not None:
            self.rows = self._lent
        else:
            both = zip(self._all, self._keys, strict=True)
            found = [c for c, key in both if key == self.kind] if self.kind != ALL else self._all
            self.rows = found if part is None else [case for case in found if part(case)]
        self.endResetModel()


def _notes(cases: Sequence[Listed]) -> dict[int, str]:
    return {row.id: case.note for case in cases if case.note is not None for row in case.rows}
