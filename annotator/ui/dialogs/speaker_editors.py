"""How speakers are edited in their table: names typed, types and principals chosen."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from annotator.domain.records import SPEAKER_TYPES
from annotator.domain.text import fold
from annotator.ui import theme
from annotator.ui.dialogs.speaker_table import TYPE_WORDS, SpeakerModel

NOBODY = "Nobody"
_CELL_MARGIN = 11  # where the words of the other cells begin
_FOLDED = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class FoldedCompleter(QCompleter):
    """Completes by any part of a name, accents and case aside."""

    def __init__(self, model: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(8)
        # Lists are transparent in this program; one that floats needs a ground of its own.
        colours = theme.current()
        popup = QListView()
        popup.setStyleSheet(
            f"QListView {{ background: {colours.raised}; border: 1px solid {colours.line};"
            " padding: 4px; } QListView::item { padding: 4px 8px; }"
        )
        self.setPopup(popup)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    @override
    def pathFromIndex(self, index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ComboDelegate(QStyledItemDelegate):
    """Opens a combo box in the cell; a choice is committed at once."""

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(str(index.data()))))

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox) and editor.currentIndex() >= 0:
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def opened(self, combo: QComboBox) -> QComboBox:
        """Make `combo` commit what is chosen."""
        combo.activated.connect(self._on_activated)
        return combo

    @Slot()
    def _on_activated(self) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class TypeDelegate(ComboDelegate):
    """Chooses what kind of speaker this is."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        combo = QComboBox(parent)
        for value in SPEAKER_TYPES:
            combo.addItem(TYPE_WORDS[value], value)
        _soon(combo).timeout.connect(combo.showPopup)
        return self.opened(combo)


class PrincipalDelegate(ComboDelegate):
    """Chooses on whose behalf a speaker speaks, by typing any part of the name."""

    def __init__(self, model: SpeakerModel, parent: QObject) -> None:
        super().__init__(parent)
        self._speakers = model

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        combo = QComboBox(parent)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setModel(self._names(index, combo))
        completer = FoldedCompleter(combo.model(), combo)
        combo.setCompleter(completer)
        _soon(completer).timeout.connect(completer.complete)
        return self.opened(combo)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        line = editor.lineEdit() if isinstance(editor, QComboBox) else None
        if line is not None:
            line.setPlaceholderText(NOBODY)
            line.setText(str(index.data()))
            line.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, QComboBox):
            return
        typed = fold(editor.currentText().strip())
        rows = range(editor.count())
        named = next((row for row in rows if fold(editor.itemText(row)) == typed), None)
        if not typed:
            named = 0
        if named is not None:
            model.setData(index, editor.itemData(named), Qt.ItemDataRole.EditRole)

    def _names(self, index: Index, parent: QObject) -> QStandardItemModel:
        """Return nobody and all speakers but the one of the row itself."""
        source = index.model()
        row = index.row()
        if isinstance(source, QSortFilterProxyModel):
            row = source.mapToSource(index).row()
        own = self._speakers.speakers[row].id
        names = QStandardItemModel(parent)
        names.appendRow(_item(NOBODY, None))
        for speaker in self._speakers.speakers:
            if speaker.id != own:
                names.appendRow(_item(speaker.name, speaker.id))
        return names


class NameDelegate(QStyledItemDelegate):
    """Edits a name in a field as large as its cell."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return QLineEdit(parent)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


class AliasDelegate(QStyledItemDelegate):
    """Paints aliases as tags, as many as there is room for."""

    def __init__(self, model: SpeakerModel, parent: QObject) -> None:
        super().__init__(parent)
        self._speakers = model
        self._font = theme.sans(theme.CAPTION + 1)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        source = index.model()
        row = source.mapToSource(index).row() if isinstance(source, QSortFilterProxyModel) else 0
        aliases = self._speakers.speakers[row].aliases
        # Ground and selection as in the other columns, without the words.
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        chosen = bool(bare.state & QStyle.StateFlag.State_Selected)
        self._paint_tags(painter, QRectF(bare.rect), aliases, chosen=chosen)
        painter.restore()

    def _paint_tags(
        self, painter: QPainter, cell: QRectF, aliases: tuple[str, ...], *, chosen: bool
    ) -> None:
        colours = theme.current()
        metrics = QFontMetricsF(self._font)
        x, right = cell.x() + _CELL_MARGIN, cell.right() - 6
        for number, alias in enumerate(aliases):
            more = f"+{len(aliases) - number}"
            kept = metrics.horizontalAdvance(more) + 6 if number + 1 < len(aliases) else 0
            width = metrics.horizontalAdvance(alias) + 14
            if x + width > right - kept:
                if number == 0:
                    width = right - kept - x
                else:
                    painter.setPen(theme.colour(colours.soft))
                    box = QRectF(x, cell.y(), right - x, cell.height())
                    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, more)
                    return
            tag = QRectF(x, cell.center().y() - 11, width, 22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(colours.paper if chosen else colours.chip))
            painter.drawRoundedRect(tag, 6, 6)
            painter.setPen(theme.colour(colours.ink))
            words = metrics.elidedText(alias, Qt.TextElideMode.ElideRight, width - 13)
            painter.drawText(tag.adjusted(7, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
            x += width + 4


def _item(name: str, speaker_id: int | None) -> QStandardItem:
    item = QStandardItem(name)
    item.setData(speaker_id, Qt.ItemDataRole.UserRole)
    item.setData(fold(name), _FOLDED)
    return item


def _soon(owner: QObject) -> QTimer:
    """Return a timer that fires when the editor stands; it dies with `owner`."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.start(0)
    return timer
