"""The codebook at hand: definitions, examples and rulings, beside the work."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook, words
from annotator.domain.text import fold
from annotator.ui import theme
from annotator.ui.codebook_entries import EntryCard, SectionHead, sections
from annotator.ui.words import Words

WIDTH = 460
HEIGHT = 760


class CodebookPanel(QWidget):
    """A small window beside the main one; the main one's keys go on working. Escape closes it."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        # A tool window, because Qt keeps the parent's shortcuts alive in those alone.
        super().__init__(window, Qt.WindowType.Tool)
        self._window = window
        self._shown: tuple[Codebook, str] | None = None
        self._cards: list[EntryCard] = []
        self._sections: list[tuple[SectionHead, list[EntryCard]]] = []
        self._wanted: EntryCard | None = None
        self._body = QWidget()
        self._title = Words(size=theme.STRONG + 2, strong=True, wrap=True)
        self._version = Words(size=theme.CAPTION, tone="soft")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter: a label, a word of a definition or an example")
        self.filter.setAccessibleName("Filter the codebook")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.installEventFilter(self)
        self._nothing = Words("Nothing matches", tone="soft")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("Definitions and examples")
        # Once the layout has settled, a wanted card can be brought into sight.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._bring_into_sight)
        self._lay_out()
        self.setWindowTitle("Codebook")
        self.setMinimumSize(320, 320)

    def show_codebook(self, codebook: Codebook, lang: str) -> None:
        """List everything `codebook` says, in `lang` where it has that language."""
        if self._shown == (codebook, lang):
            return
        if self._shown is None:
            self._place()  # before it is filled, which saves a layout
        self._shown = (codebook, lang)
        self._title.setText(words(codebook.name, lang))
        self._version.setText(f"Codebook, version {codebook.version}")
        self._fill(codebook, lang)
        self._on_filter(self.filter.text())

    def show_choice(self, group: str, choice_id: str) -> None:
        """Bring one choice into sight and frame it; the filter is emptied, so that it is there."""
        self.filter.clear()
        self._wanted = None
        for card in self._cards:
            wanted = (card.entry.group, card.entry.id) == (group, choice_id)
            card.show_chosen(wanted)
            if wanted:
                self._wanted = card
        self._later.start()

    def _fill(self, codebook: Codebook, lang: str) -> None:
        self._body = body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.SMALL)
        self._sections = []
        for section in sections(codebook, lang):
            head = SectionHead(section)
            cards = [EntryCard(entry) for entry in section.entries]
            self._sections.append((head, cards))
            for widget in (head, *cards):
                layout.addWidget(widget)
        self._nothing.setParent(None)
        layout.addWidget(self._nothing)
        layout.addStretch(1)
        self._cards = [card for _, cards in self._sections for card in cards]
        self._wanted = None
        self.area.setWidget(body)  # deletes the one before
        body.setAutoFillBackground(False)

    def _lay_out(self) -> None:
        head = QWidget()
        lines = QVBoxLayout(head)
        # The field ends where the cards do, that have the scroll bar beside them.
        right = theme.LARGE + self.area.verticalScrollBar().sizeHint().width()
        lines.setContentsMargins(theme.LARGE + 1, theme.LARGE, right, theme.MEDIUM)
        lines.setSpacing(2)
        lines.addWidget(self._title)
        lines.addWidget(self._version)
        lines.addSpacing(theme.SMALL)
        lines.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.area, 1)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        terms = fold(text).split()
        for head, cards in self._sections:
            for card in cards:
                card.setVisible(all(term in card.searched for term in terms))
            head.setVisible(not all(card.isHidden() for card in cards))
        self._nothing.setVisible(all(card.isHidden() for card in self._cards))
        if terms:
            self.area.verticalScrollBar().setValue(0)

    @Slot()
    def _bring_into_sight(self) -> None:
        if self._wanted is not None:
            top = self._wanted.mapTo(self._body, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - theme.PAGE)

    def _place(self) -> None:
        """Stand at the right edge of the main window, inside the screen."""
        frame = self._window.frameGeometry()
        screen = self._window.screen().availableGeometry()
        place = QRect(0, 0, WIDTH, min(HEIGHT, screen.height() - 2 * theme.PAGE))
        place.moveTopRight(frame.topRight() + QPoint(-theme.WIDE, theme.PAGE * 2))
        place.moveLeft(max(screen.left(), min(place.left(), screen.right() - place.width())))
        place.moveTop(max(screen.top(), min(place.top(), screen.bottom() - place.height())))
        self.setGeometry(place)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that scroll do so from the filter field too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bar = self.area.verticalScrollBar()
            steps = {
                Qt.Key.Key_Down: 3 * bar.singleStep(),
                Qt.Key.Key_Up: -3 * bar.singleStep(),
                Qt.Key.Key_PageDown: bar.pageStep(),
                Qt.Key.Key_PageUp: -bar.pageStep(),
            }
            if event.key() in steps:
                bar.setValue(bar.value() + steps[Qt.Key(event.key())])
                return True
        return False

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # minimised with its window is not closed
            self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.setPen(theme.colour(look.line))  # seen where the system draws no frame
        painter.setBrush(theme.colour(look.panel))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
