"""Who is annotating: asked once in a strip over the page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.flow import FlowLayout
from annotator.ui.strip import paint_strip
from annotator.ui.words import Words

_WHY = (
    "Your name stands with every label you make, so that annotators can be compared; "
    "nobody sees the labels of another while working."
)
_FIELD_WIDTH = 320


class AnnotatorPrompt(QWidget):
    """A field for a name, and a button for each name that is known; Esc leaves it open."""

    named = Signal(str)
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = Words("Who is annotating?", size=theme.STRONG, strong=True)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Your name")
        self.field.setAccessibleName("Who is annotating?")
        self.field.setAccessibleDescription(_WHY)
        self.field.setMaximumWidth(_FIELD_WIDTH)
        self.field.setMinimumWidth(120)
        self.field.returnPressed.connect(self._on_typed)
        self.start = QPushButton("Start")
        self.start.setDefault(True)
        self.start.setToolTip("Enter")
        self.start.clicked.connect(self._on_typed)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_known)
        self._known = QWidget()
        self._names = FlowLayout(theme.SMALL)
        self._known.setLayout(self._names)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.field, 10)
        line.addWidget(self.start)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE + 1)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(title)
        layout.addWidget(Words(_WHY, tone="soft", wrap=True))
        layout.addSpacing(theme.TIGHT)
        layout.addWidget(self._known)
        layout.addLayout(line)

    def ask(self, names: Sequence[str]) -> None:
        """Show the question with the `names` that are known, and put the caret into the field."""
        self._forget()
        for name in names:
            button = QPushButton(name.replace("&", "&&"))
            button.setProperty("name", name)
            button.setAccessibleName(f"Annotate as {name}")
            self._group.addButton(button)
            self._names.addWidget(button)
        self._known.setVisible(bool(names))
        self.field.setPlaceholderText("Another name" if names else "Your name")
        self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def known(self) -> list[QAbstractButton]:
        """The buttons of the names that are known."""
        return self._group.buttons()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused in self.known:
            self._group.buttonClicked.emit(focused)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_strip(self, theme.current().paper, line_below=True)

    def _forget(self) -> None:
        for button in self.known:
            self._group.removeButton(button)
            self._names.removeWidget(button)
            button.deleteLater()

    @Slot()
    def _on_typed(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.named.emit(name)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QAbstractButton)
    def _on_known(self, button: QAbstractButton) -> None:
        self.named.emit(str(button.property("name")))
