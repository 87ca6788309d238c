"""The free note of a statement: one line that grows with its words."""

import math

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy
from typing_extensions import override

from annotator.ui.wrapping import wrap_mode

_FRAME = 2 * (1 + 5 + 2)  # border and padding of the style sheet, margin of the document
_LINES = 6  # it grows up to here, then it scrolls
_OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteField(QPlainTextEdit):
    """Typed words are given by `edited` on Enter, on Escape, and when the focus leaves."""

    edited = Signal(str)
    finished = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._note = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("Note")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def typing(self) -> bool:
        """Whether the words differ from the note as it is kept."""
        return self.toPlainText() != self._note

    def show_note(self, note: str) -> None:
        """Show the note as it is kept; what is being typed stays."""
        typing = self.typing
        self._note = note
        if not typing and self.toPlainText() != note:
            self.clear()
            self.setWordWrapMode(wrap_mode(note))
            self.setPlainText(note)

    def start(self) -> None:
        """Take the focus, with the caret after the last word."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def commit(self) -> None:
        """Give what is typed and not given yet."""
        if self.typing:
            self._note = self.toPlainText()
            self.edited.emit(self._note)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        # Before the words come in: with the wrong mode it is their layout that takes seconds.
        if wrap_mode(source.text()) == QTextOption.WrapMode.WrapAnywhere:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        super().insertFromMimeData(source)

    @override
    def event(self, event: QEvent) -> bool:
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _OWN_KEYS and not shifted:
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        # In a QPlainTextDocumentLayout heights are counted in lines.
        lines = self.document().documentLayout().documentSize().height()
        shown = max(1, min(_LINES, math.ceil(lines)))
        height = math.ceil(shown * self.fontMetrics().lineSpacing()) + _FRAME
        needed, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(needed if lines > _LINES else never)
        if height != self.minimumHeight():
            self.setFixedHeight(height)
