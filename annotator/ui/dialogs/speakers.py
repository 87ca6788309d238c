"""The registry of speakers: rename, sort out, merge, delete."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.records import Speaker
from annotator.ui import theme
from annotator.ui.annotate.article_model import counted
from annotator.ui.dialogs import speaker_table as columns
from annotator.ui.dialogs.speaker_editors import (
    AliasDelegate,
    NameDelegate,
    PrincipalDelegate,
    TypeDelegate,
)
from annotator.ui.dialogs.speaker_panel import SpeakerPanel
from annotator.ui.dialogs.speaker_table import SpeakerFilter, SpeakerModel
from annotator.ui.notice import Notice
from annotator.ui.words import Words

_ROW_HEIGHT = 36
# Headings stand over the words of their columns; the table's round corners stay free.
_HEADER = (
    "QHeaderView { background: transparent; }"
    "QHeaderView::section { background: transparent; padding: 6px 11px; }"
)
_WIDTHS = {columns.NAME: 220, columns.TYPE: 130, columns.PRINCIPAL: 170, columns.USES: 64}


class SpeakersDialog(QDialog):
    """Shows all speakers and emits what is to be done with them; it changes nothing itself."""

    renamed = Signal(int, str)
    type_set = Signal(int, str)
    principal_set = Signal(int, object)
    alias_added = Signal(int, str)
    alias_removed = Signal(int, str)
    merge_asked = Signal(int, int)
    delete_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Speakers")
        self.setModal(False)
        self.filter = QLineEdit()
        self.count = Words(tone="soft")
        self.notice = Notice()
        self.table = QTableView()
        self.panel = SpeakerPanel()
        self._model = SpeakerModel(self)
        self._shown = SpeakerFilter(self._model, self)
        self._quiet = False
        self._prepare_table()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def selected(self) -> list[int]:
        """The ids of the selected speakers, from top to bottom."""
        rows = self.table.selectionModel().selectedRows()
        ordered = sorted(rows, key=QModelIndex.row)
        return [self._model.speakers[self._shown.mapToSource(row).row()].id for row in ordered]

    def show_speakers(self, speakers: Sequence[Speaker], uses: Mapping[int, int]) -> None:
        """Show `speakers` with their numbers of uses; what was selected stays selected."""
        selected, bar = self.selected, self.table.verticalScrollBar()
        current = self.table.currentIndex()
        row = self._shown.mapToSource(current).row() if current.isValid() else -1
        at = (self._model.speakers[row].id, current.column()) if row >= 0 else None
        top = bar.value()
        self._quiet = True
        self._model.show_speakers(speakers, uses)
        self._select(selected, at)
        self._quiet = False
        bar.setValue(top)
        self._refresh()

    def select(self, speaker_ids: Sequence[int]) -> None:
        """Select these speakers."""
        self._select(speaker_ids, (speaker_ids[0], columns.NAME) if speaker_ids else None)

    def show_error(self, sentence: str) -> None:
        """Say in the dialog why something could not be done."""
        self.notice.tell(sentence, "error")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.key() == Qt.Key.Key_Delete and self.focusWidget() is self.table:
            self._on_delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Enter belongs to the field it is pressed in, not to a button
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(theme.current().panel))

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self._shown)
        table.setAccessibleName("Speakers")
        table.setSortingEnabled(True)
        table.sortByColumn(columns.NAME, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setStyleSheet(_HEADER)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(columns.ALIASES, QHeaderView.ResizeMode.Stretch)
        for column, delegate in (
            (columns.NAME, NameDelegate(self)),
            (columns.TYPE, TypeDelegate(self)),
            (columns.PRINCIPAL, PrincipalDelegate(self._model, self)),
            (columns.ALIASES, AliasDelegate(self._model, self)),
        ):
            table.setItemDelegateForColumn(column, delegate)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText("Filter by name or alias")
        self.filter.setAccessibleName("Filter by name or alias")
        self.filter.setMaximumWidth(340)
        top = QHBoxLayout()
        top.setSpacing(theme.MEDIUM)
        top.addWidget(self.filter, 10)
        top.addStretch(1)
        top.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(top)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.panel)
        self.resize(900, 600)

    def _connect(self) -> None:
        self._model.renamed.connect(self.renamed)
        self._model.type_set.connect(self.type_set)
        self._model.principal_set.connect(self.principal_set)
        self.filter.textChanged.connect(self._on_filter)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.panel.aliases.added.connect(self._on_alias_added)
        self.panel.aliases.removed.connect(self._on_alias_removed)
        self.panel.aliases.delete_asked.connect(self._on_delete)
        self.panel.merging.merge_asked.connect(self._on_merge)
        self.panel.merging.delete_asked.connect(self._on_delete)

    def _select(self, speaker_ids: Sequence[int], at: tuple[int, int] | None) -> None:
        chosen = QItemSelection()
        for speaker_id in speaker_ids:
            index = self._index(speaker_id, columns.NAME)
            if index.isValid():
                last = index.siblingAtColumn(columns.USES)
                chosen.merge(QItemSelection(index, last), QItemSelectionModel.SelectionFlag.Select)
        model = self.table.selectionModel()
        if at is not None and (index := self._index(*at)).isValid():
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _index(self, speaker_id: int, column: int) -> QModelIndex:
        row = self._model.row_of(speaker_id)
        if row is None:
            return QModelIndex()
        return self._shown.mapFromSource(self._model.index(row, column))

    def _refresh(self) -> None:
        """Bring the count and the panel under the table up to date."""
        if self._quiet:
            return
        ids = self.selected
        unused = [i for i in ids if self._model.unused(i)]
        total, shown = len(self._model.speakers), self._shown.rowCount()
        every = counted(total, "speaker", "speakers")
        self.count.setText(every if shown == total else f"{shown:,} of {every}")
        if not ids:
            self.panel.setCurrentWidget(self.panel.hint)
        elif len(ids) == 1:
            speaker = self._model.by_id[ids[0]]
            self.panel.aliases.show_speaker(speaker, unused=bool(unused))
            self.panel.setCurrentWidget(self.panel.aliases)
        else:
            chosen = [self._model.by_id[i] for i in ids]
            self.panel.merging.show_speakers(chosen, len(unused))
            self.panel.setCurrentWidget(self.panel.merging)

    @Slot()
    def _on_selection(self) -> None:
        self._refresh()

    @Slot(str)
    def _on_filter(self, typed: str) -> None:
        self._shown.look_for(typed)
        self._refresh()

    @Slot(str)
    def _on_alias_added(self, name: str) -> None:
        self.notice.dismiss()
        self.alias_added.emit(self.selected[0], name)

    @Slot(str)
    def _on_alias_removed(self, name: str) -> None:
        self.alias_removed.emit(self.selected[0], name)

    @Slot(int)
    def _on_merge(self, kept: int) -> None:
        self.notice.dismiss()
        for gone in [i for i in self.selected if i != kept]:
            self.merge_asked.emit(kept, gone)
        self.select([kept])

    @Slot()
    def _on_delete(self) -> None:
        for speaker_id in [i for i in self.selected if self._model.unused(i)]:
            self.delete_asked.emit(speaker_id)
