"""The speakers as a table: what stands in each cell, how it sorts, what the filter lets through."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from typing_extensions import override

from annotator.domain.records import Speaker, SpeakerType
from annotator.domain.text import fold

NAME: Final = 0
TYPE: Final = 1
PRINCIPAL: Final = 2
ALIASES: Final = 3
USES: Final = 4

HEADINGS = ("Name", "Type", "On behalf of", "Also known as", "Uses")
TYPE_WORDS: dict[SpeakerType, str] = {
    "person": "Person",
    "government": "Government",
    "organisation": "Organisation",
    "collective": "Collective",
    "unnamed": "Unnamed source",
    "narrator": "Narrator",
}
_EDITABLE = (NAME, TYPE, PRINCIPAL)

Index = QModelIndex | QPersistentModelIndex


class SpeakerModel(QAbstractTableModel):
    """All speakers. An edit is a wish: it is emitted, and shown once it has become so."""

    renamed = Signal(int, str)
    type_set = Signal(int, str)
    principal_set = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speakers: list[Speaker] = []
        self.uses: Mapping[int, int] = {}
        self.by_id: dict[int, Speaker] = {}
        self.folded: list[str] = []
        self._row_of: dict[int, int] = {}

    def show_speakers(self, speakers: Sequence[Speaker], uses: Mapping[int, int]) -> None:
        """Take `speakers` instead of those there were; `uses` is by speaker id."""
        self.beginResetModel()
        self.speakers = list(speakers)
        self.uses = dict(uses)
        self.by_id = {s.id: s for s in speakers}
        self._row_of = {s.id: row for row, s in enumerate(speakers)}
        self.folded = ["\n".join(map(fold, (s.name, *s.aliases))) for s in speakers]
        self.endResetModel()

    def row_of(self, speaker_id: int) -> int | None:
        """Return the row of a speaker."""
        return self._row_of.get(speaker_id)

    def unused(self, speaker_id: int) -> bool:
        """Tell whether nothing refers to a speaker."""
        principal = any(s.on_behalf_of == speaker_id for s in self.speakers)
        return not self.uses.get(speaker_id) and not principal

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.speakers)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(HEADINGS)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if index.column() in _EDITABLE else found

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        speaker = self.speakers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(speaker, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ALIASES:
            return "\n".join(speaker.aliases)
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        speaker = self.speakers[index.row()]
        if role != Qt.ItemDataRole.EditRole:
            return False
        if index.column() == NAME:
            name = " ".join(str(value).split())
            if name and name != speaker.name:
                self.renamed.emit(speaker.id, name)
        elif index.column() == TYPE and value != speaker.type:
            self.type_set.emit(speaker.id, str(value))
        elif index.column() == PRINCIPAL and value != speaker.on_behalf_of:
            self.principal_set.emit(speaker.id, value)
        return False  # what is shown changes when the speakers are shown anew

    def sort_key(self, row: int, column: int) -> tuple[object, ...]:
        """Return what rows are sorted by; equal ones by name."""
        speaker = self.speakers[row]
        name = fold(speaker.name)
        if column == USES:
            return (self.uses.get(speaker.id, 0), name)
        if column == ALIASES:
            return (len(speaker.aliases), name)
        return (fold(self._words(speaker, column)), name)

    def _words(self, speaker: Speaker, column: int) -> str:
        if column == NAME:
            return speaker.name
        if column == TYPE:
            return TYPE_WORDS[speaker.type]
        if column == PRINCIPAL:
            principal = self.by_id.get(speaker.on_behalf_of or 0)
            return principal.name if principal else ""
        if column == ALIASES:
            return ", ".join(speaker.aliases)
        return f"{self.uses.get(speaker.id, 0):,}"


class SpeakerFilter(QSortFilterProxyModel):
    """The speakers whose name or an alias holds what is typed, accents and case aside."""

    def __init__(self, model: SpeakerModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speakers = model
        self._wanted: list[str] = []
        self.setSourceModel(model)

    def look_for(self, typed: str) -> None:
        """Let through the speakers that hold every word of `typed`."""
        self._wanted = fold(typed).split()
        self.invalidate()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        words = self._speakers.folded[source_row]
        return all(part in words for part in self._wanted)

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        column = source_left.column()
        left = self._speakers.sort_key(source_left.row(), column)
        return left < self._speakers.sort_key(source_right.row(), column)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == USES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
