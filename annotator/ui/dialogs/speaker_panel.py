"""Under the table of speakers: the aliases of the one selected, or how several become one."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.records import Speaker
from annotator.ui import theme
from annotator.ui.flow import FlowLayout
from annotator.ui.words import ElidedWords, Words

MOST_MERGED = 12
_CROSS = 22
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return)


class Tag(QAbstractButton):
    """An alias with a cross; a click on the cross, or Delete, takes it away."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setText(name)
        self.setAccessibleName(f"Alias {name}: remove")
        self.setToolTip(f"Remove the alias “{name}” by its cross or with Delete")
        self.setFont(theme.sans(theme.CAPTION + 1))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(words + 2.5) + 10 + _CROSS, theme.CHIP_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.CHIP_HEIGHT)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return pos.x() >= self.width() - _CROSS

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVE:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour(colours.accent if focused else colours.line), 1))
        painter.setBrush(theme.colour(colours.chip if self.underMouse() else colours.paper))
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(self.font())
        painter.setPen(theme.colour(colours.ink))
        room = box.adjusted(9, 0, -_CROSS, 0)
        metrics = QFontMetricsF(self.font())
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room.adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter, words)
        cross = QRectF(0, 0, 7, 7)
        cross.moveCenter(
            QRectF(box.right() - _CROSS + 3, box.y(), _CROSS - 8, box.height()).center()
        )
        tone = colours.ink if focused or self.underMouse() else colours.soft
        painter.setPen(
            QPen(theme.colour(tone), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())


class AliasPanel(QWidget):
    """The aliases of one speaker as tags, a field to add one, and a button to delete it."""

    added = Signal(str)
    removed = Signal(str)
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedWords(strong=True)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Add an alias")
        self.field.setAccessibleName("Add an alias")
        self.field.setMinimumWidth(160)
        self.field.returnPressed.connect(self._on_added)
        self.delete = QPushButton("Delete speaker")
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self.delete_asked)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_removed)
        tags = QWidget()
        self._tags = FlowLayout(theme.TIGHT + 2)
        tags.setLayout(self._tags)
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.title, 1)
        top.addWidget(self.field)
        top.addWidget(self.delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(top)
        layout.addWidget(tags)
        layout.addStretch(1)

    @property
    def tags(self) -> list[QAbstractButton]:
        """The tags shown."""
        return self._group.buttons()

    def show_speaker(self, speaker: Speaker, *, unused: bool) -> None:
        """Show the aliases of a speaker; only an unused one can be deleted."""
        none = "No other names yet" if not speaker.aliases else "Also known as"
        self.title.show_words(f"{speaker.name} — {none.lower()}")
        for tag in self.tags:
            self._group.removeButton(tag)
            self._tags.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        for name in speaker.aliases:
            tag = Tag(name)
            self._group.addButton(tag)
            self._tags.addWidget(tag)
        self.delete.setEnabled(unused)
        self.delete.setToolTip("" if unused else "In use: merge it into another speaker instead")

    @Slot()
    def _on_added(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.field.clear()
            self.added.emit(name)

    @Slot(QAbstractButton)
    def _on_removed(self, tag: QAbstractButton) -> None:
        self.removed.emit(tag.text())


class MergePanel(QWidget):
    """Asks which of several names stays; the others become its aliases."""

    merge_asked = Signal(int)
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Words(strong=True)
        self.merge = QPushButton("Merge")
        self.merge.setAutoDefault(False)
        self.merge.clicked.connect(self._on_merge)
        self.delete = QPushButton()
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self.delete_asked)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._refresh)
        names = QWidget()
        self._names = FlowLayout(theme.TIGHT + 2)
        names.setLayout(self._names)
        top = QHBoxLayout()
        top.setSpacing(theme.SMALL)
        top.addWidget(self.title, 1)
        top.addWidget(self.delete)
        top.addWidget(self.merge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(top)
        layout.addWidget(names)
        layout.addStretch(1)

    @property
    def names(self) -> list[QAbstractButton]:
        """A button for each name that could stay."""
        return self._group.buttons()

    def show_speakers(self, speakers: Sequence[Speaker], unused: int) -> None:
        """Offer to merge `speakers`, of whom `unused` could be deleted; none is preselected."""
        for button in self.names:
            self._group.removeButton(button)
            self._names.removeWidget(button)
            button.hide()
            button.deleteLater()
        few = len(speakers) <= MOST_MERGED
        asked = f"Merge {len(speakers)} speakers into one: which name stays?"
        many = f"{len(speakers):,} speakers selected; up to {MOST_MERGED} can be merged at a time"
        self.title.setText(asked if few else many)
        for speaker in speakers if few else ():
            button = QPushButton(speaker.name.replace("&", "&&"))
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button, speaker.id)
            self._names.addWidget(button)
        self.delete.setText(f"Delete {unused} unused" if unused else "Delete unused")
        self.delete.setVisible(unused > 0)
        self.merge.setVisible(few)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        chosen = self._group.checkedButton() is not None
        self.merge.setEnabled(chosen)
        self.merge.setDefault(chosen)

    @Slot()
    def _on_merge(self) -> None:
        self.merge_asked.emit(self._group.checkedId())


class SpeakerPanel(QStackedWidget):
    """A hint, the aliases of one speaker, or the merging of several: as many as are selected."""

    def __init__(self) -> None:
        super().__init__()
        hint = "Select a speaker for the aliases; select several to make one of them."
        self.hint = Words(hint, tone="soft", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.aliases = AliasPanel()
        self.merging = MergePanel()
        for page in (self.hint, self.aliases, self.merging):
            self.addWidget(page)
        self.setMinimumHeight(100)
