"""What the codebook panel lists: one card for each choice, rule and ruling."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.codebook import Choice, Codebook, words
from annotator.domain.text import fold
from annotator.ui import keycaps, theme
from annotator.ui.shapes import paint_dot, paint_shape
from annotator.ui.words import Words

_HEAD = 24
_MARK = 18
_SHAPE = 10
_EXAMPLE_SIZE = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the codebook says, in one language."""

    group: str  # as in Codebook.all_choices; "rule" and "ruling" besides
    id: str
    title: str
    text: str
    key: str = ""
    symbol: str = ""
    letter: str = ""
    hue: str | None = None
    examples: tuple[tuple[str, str], ...] = ()  # words of a text, and why they are labelled so

    @property
    def searched(self) -> str:
        """Everything that the filter looks at, folded."""
        examples = "\n".join(part for example in self.examples for part in example)
        return fold("\n".join((self.title, self.id, self.text, self.key, examples)))


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading, with what the codebook says about all of them."""

    title: str
    text: str
    entries: tuple[Entry, ...]


_TITLES = {
    "en": ("Targets", "Stances", "Flags", "What to mark", "Rulings", "Content"),
    "fr": ("Cibles", "Prises de position", "Drapeaux", "Que marquer", "Cas tranchés", "Contenu"),
}


def sections(codebook: Codebook, lang: str) -> list[Section]:
    """Return all that `codebook` says, in the order in which a statement is labelled."""
    targets, stances, flags, rule, rulings, content = _TITLES.get(lang, _TITLES["en"])
    found = []
    if codebook.content_rule:
        entry = Entry("rule", "content", content, words(codebook.content_rule, lang))
        found.append(Section(rule, "", (entry,)))
    found.append(Section(targets, "", _entries("target", codebook.targets, lang)))
    found.append(Section(stances, "", _entries("stance", codebook.stances, lang)))
    for attribute in codebook.attributes:
        entries = _entries(attribute.id, attribute.choices, lang)
        name = words(attribute.name, lang)
        found.append(Section(name, words(attribute.definition, lang), entries))
    if codebook.flags:
        found.append(Section(flags, "", _entries("flag", codebook.flags, lang)))
    decided = tuple(
        Entry("ruling", str(number), words(ruling.title, lang), words(ruling.text, lang))
        for number, ruling in enumerate(codebook.rulings, start=1)
    )
    return [*found, Section(rulings, "", decided)] if decided else found


def _entries(group: str, choices: tuple[Choice, ...], lang: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            group,
            choice.id,
            words(choice.name, lang),
            words(choice.definition, lang),
            choice.key or "",
            choice.symbol or "",
            choice.letter or "",
            choice.hue,
            tuple((words(e.text, lang), words(e.note, lang)) for e in choice.examples),
        )
        for choice in choices
    )


class _Mark(QWidget):
    """The target's dot or the stance's shape; nothing for other choices."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self.setFixedSize(_MARK if entry.letter else _SHAPE + 2, _HEAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, entry = theme.current(), self._entry
        painter = QPainter(self)
        box = QRectF(self.rect())
        if entry.letter:
            fill = theme.colour(look.hue(entry.hue).strong)
            letter = theme.colour(look.accent_ink)
            paint_dot(painter, _middle(box, _MARK - 2), entry.letter, fill, letter)
        elif entry.symbol:
            paint_shape(painter, _middle(box, _SHAPE), entry.symbol, theme.colour(look.ink))
        painter.end()


class _Key(QWidget):
    """The caps of one key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._names = keycaps.caps(key)
        self.setFixedSize(round(keycaps.width(self._names)) + 1, _HEAD)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        keycaps.paint(painter, QPointF(0, self.height() // 2), self._names)
        painter.end()


class EntryCard(QWidget):
    """One entry: its name and key, what it means, and examples in the typeface of what is read."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.searched = entry.searched
        self._chosen = False
        said = f"{entry.title}, key {entry.key}" if entry.key else entry.title
        self.setAccessibleName(said)
        self.setAccessibleDescription(entry.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.TIGHT)
        layout.addLayout(self._head())
        if entry.text:
            layout.addWidget(_prose(entry.text))
        for text, note in entry.examples:
            layout.addSpacing(theme.TIGHT)
            layout.addLayout(self._example(text, note))

    def show_chosen(self, chosen: bool) -> None:
        """Frame the card, or take the frame away."""
        self._chosen = chosen
        self.update()

    def _head(self) -> QGridLayout:
        entry = self.entry
        row = QGridLayout()
        row.setHorizontalSpacing(theme.SMALL)
        if entry.letter or entry.symbol:
            row.addWidget(_Mark(entry), 0, 0)
        row.addWidget(Words(entry.title, size=theme.BODY + 1, strong=True, wrap=True), 0, 1)
        if entry.key:
            row.addWidget(_Key(entry.key), 0, 2)
        row.setColumnStretch(1, 1)
        return row

    def _example(self, text: str, note: str) -> QGridLayout:
        row = QGridLayout()
        row.setHorizontalSpacing(theme.SMALL)
        row.setVerticalSpacing(2)
        row.addWidget(_Mark(self.entry), 0, 0, Qt.AlignmentFlag.AlignTop)
        example = _prose(text)
        example.setFont(theme.serif(_EXAMPLE_SIZE))
        row.addWidget(example, 0, 1)
        if note:
            row.addWidget(_prose(note, soft=True), 1, 1)
        row.setColumnStretch(1, 1)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(theme.colour(look.accent if self._chosen else look.line), 1.5)
        painter.setPen(pen)
        painter.setBrush(theme.colour(look.accent_soft if self._chosen else look.paper))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.end()


class SectionHead(QWidget):
    """The heading over the cards of one section."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.TIGHT, theme.LARGE, theme.TIGHT, theme.TIGHT)
        layout.setSpacing(theme.TIGHT)
        layout.addWidget(Words(section.title, size=theme.STRONG, strong=True))
        if section.text:
            layout.addWidget(_prose(section.text, soft=True))


def _prose(text: str, *, soft: bool = False) -> Words:
    label = Words(text, size=theme.BODY, tone="soft" if soft else "ink", wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setCursor(Qt.CursorShape.IBeamCursor)
    # A wrapped label asks for a width of its own liking; this one takes what there is.
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setMinimumSize(QSize(1, 1))
    return label


def _middle(box: QRectF, side: float) -> QRectF:
    square = QRectF(0, 0, side, side)
    square.moveCenter(box.center())
    return square
