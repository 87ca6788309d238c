"""A field that names a speaker: known ones are offered while one types."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from annotator.domain.naming import Candidate
from annotator.domain.text import fold
from annotator.ui import theme
from annotator.ui.annotate.candidate_list import CandidateList

Candidates = Callable[[str], Sequence[Candidate]]

# The focus comes back from these by itself; what is typed stays in the field meanwhile.
_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_OWN_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


def nobody(words: str) -> Sequence[Candidate]:
    """Offer no one."""
    return ()


class SpeakerField(QLineEdit):
    """Shows a speaker's name; typing offers who may be meant.

    Enter, Tab or a click takes the current row of the list; Escape gives up what is typed, then
    the field. When the focus leaves, typed words are taken where they can mean one thing only: a
    known speaker's whole name, or one that nobody has. Of the beginning of a known name nobody is
    guessed: `unfinished` says that it was not taken. What only stood there from the start is not
    taken either.
    """

    speaker_chosen = Signal(int)
    speaker_named = Signal(str)
    emptied = Signal()
    unfinished = Signal(str)
    abandoned = Signal()
    finished = Signal()  # Enter or a click in the list: nothing more to do here

    def __init__(self, candidates: Candidates = nobody) -> None:
        super().__init__()
        self.candidates = candidates
        self._name = ""
        self._typed = False
        self._watched: list[QWidget] = []
        self.list = CandidateList(self)
        self.list.taken.connect(self._on_taken)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._fit_font)

    @property
    def typing(self) -> bool:
        """Whether something is typed that is not taken yet."""
        return self._typed

    def show_name(self, name: str) -> None:
        """Show who is named now; what is being typed stays."""
        self._name = name
        if not self._typed and not (self.hasFocus() and self.list.isVisible()):
            self.setText(name)
            self.setCursorPosition(0)

    def start(self, prefill: str = "") -> None:
        """Take the focus and offer whom `prefill` may name; without it, the most used ones."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed = False
        self.setText(" ".join(prefill.split()) or self._name)
        self.selectAll()
        self._offer(prefill)

    def commit(self) -> None:
        """Take what is typed and not taken yet; an emptied field shows its speaker again."""
        words = " ".join(self.text().split())
        if not self._typed or not words or words == self._name:
            self._rest()
            return
        wanted = fold(words)
        near = [c for c in self.candidates(words) if wanted in fold(c.name)]
        known = next((c.speaker for c in near if fold(c.name) == wanted), None)
        if near and known is None:
            self._rest()
            self.unfinished.emit(words)
            return
        self._typed = False
        self._close()
        if known is not None:
            self._settle(known.name)
            self.speaker_chosen.emit(known.id)
        else:
            self._settle(words)
            self.speaker_named.emit(words)
        self._rest()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
                event.accept()
                return True
            leaving = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.type() == QEvent.Type.KeyPress and leaving and self.list.isVisible():
                self._take()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            self.finished.emit()
        elif key == Qt.Key.Key_Escape:
            self._on_escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if self.list.isVisible():
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                self.setAccessibleDescription(self.list.current_name())
            else:
                self._offer(self.text() if self._typed else "")
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        fresh = not self.list.isVisible() and not self._typed
        super().mousePressEvent(event)
        if fresh and event.button() == Qt.MouseButton.LeftButton and not self.isReadOnly():
            self.selectAll()
            self._offer("")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _PASSING:
            self._close()
        else:
            self.commit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # a new style sheet forgets the font
            self._fit_font()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.list.isVisible():
            self.list.open_list()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._typed = True
        self._offer(text)

    @Slot()
    def _fit_font(self) -> None:
        # A name is strong; the question that stands in its place is not.
        font = theme.sans(theme.BODY, strong=bool(self.text()))
        if font != self.font():
            self.setFont(font)

    @Slot()
    def _on_taken(self) -> None:
        self._take()
        self.finished.emit()

    def _offer(self, words: str) -> None:
        if self.isReadOnly() or not self.isEnabled():
            return
        clear = bool(self._name) and not words.strip()
        self.list.show_candidates(
            self.candidates(words), words, unfinished=self._typed, clear=clear
        )
        if self.list.isVisible() and not self._watched:
            # The list is the window's child: it follows when anything the field is in moves.
            around: QWidget | None = self
            while around is not None and not around.isWindow():
                self._watched.append(around)
                around.installEventFilter(self)
                around = around.parentWidget()
        self.setAccessibleDescription(self.list.current_name() if self.list.isVisible() else "")

    def _take(self) -> None:
        current = self.list.current()
        text = " ".join(self.text().split())
        name = text if current is None else self.list.current_name()
        before = self._name
        self._typed = False
        self._close()
        self._settle(name)
        if isinstance(current, int):
            self.speaker_chosen.emit(current)
        elif name != before:
            if name:
                self.speaker_named.emit(name)
            else:
                self.emptied.emit()

    def _settle(self, name: str) -> None:
        self._name = name
        self.setText(name)

    def _on_escape(self) -> None:
        given_up = not self.list.isVisible()
        self._rest()
        if given_up:
            self.abandoned.emit()

    def _rest(self) -> None:
        self._typed = False
        self._close()
        self.setText(self._name)
        self.setCursorPosition(0)

    def _close(self) -> None:
        for around in self._watched:
            around.removeEventFilter(self)
        self._watched.clear()
        self.list.close_list()
        self.setAccessibleDescription("")
