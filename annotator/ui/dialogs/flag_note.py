"""A question answered in one line: the note of a flag, a title, a name."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.strip import paint_strip
from annotator.ui.words import Words

_FIELD_WIDTH = 560


class LinePrompt(QWidget):
    """Asks for one line in a strip; Enter answers, Esc leaves things as they were."""

    answered = Signal(str)
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = Words(strong=True)
        self.field = QLineEdit()
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(_FIELD_WIDTH)
        self.field.returnPressed.connect(self._on_answered)
        self.save = QPushButton("Save")
        self.save.setDefault(True)
        self.save.setToolTip("Enter")
        self.save.clicked.connect(self._on_answered)
        self.cancel = QPushButton("Cancel")
        self.cancel.setProperty("flat", True)
        self.cancel.setToolTip("Esc")
        self.cancel.clicked.connect(self.abandoned)
        self.label.setBuddy(self.field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.SMALL, theme.WIDE, theme.SMALL + 1)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.label)
        layout.addSpacing(theme.TIGHT)
        layout.addWidget(self.field, 10)
        layout.addWidget(self.save)
        layout.addWidget(self.cancel)
        layout.addStretch(1)

    def ask(self, label: str, prefill: str = "") -> None:
        """Show the question with an answer to begin from, and put the caret into it."""
        self.label.setText(label)
        self.field.setAccessibleName(label)
        self.field.setText(prefill)
        self.field.setCursorPosition(0)
        self.field.selectAll()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_strip(self, theme.current().paper, line_below=True)

    @Slot()
    def _on_answered(self) -> None:
        self.answered.emit(self.field.text().strip())
