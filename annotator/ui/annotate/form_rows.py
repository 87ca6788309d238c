"""Rows of the form that are more than choices: speaker, source chain, flags, footer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.codebook import Choice, Codebook, words
from annotator.domain.records import SPEAKER_TYPES, SourceLink, Speaker, Statement
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.speaker_field import SpeakerField
from annotator.ui.chip_rows import NEEDED_ROOM, ChipFlow, ChipRow, Row, RowLabel, tip
from annotator.ui.chips import Chip, Face
from annotator.ui.shapes import paint_flag
from annotator.ui.words import Words

_THEN = "\u203a"  # between two reporters of a chain
_FLAG = 11
_QUOTATION_MARKS = '«“„"'
_SHOWN = 60  # code points of marked words in a tag; the tool tip has all


def chip_rows(codebook: Codebook, lang: str, width: int) -> list[ChipRow]:
    """Return a row for target, stance and each attribute of a codebook."""
    groups: list[tuple[str, str, Sequence[Choice]]] = [
        ("target", "Target", codebook.targets),
        ("stance", "Stance", codebook.stances),
        *((a.id, words(a.name, lang), a.choices) for a in codebook.attributes),
    ]
    rows = [ChipRow(group, name, choices, lang, width) for group, name, choices in groups]
    for row, attribute in zip(rows[2:], codebook.attributes, strict=True):
        row.label.setToolTip(tip(words(attribute.name, lang), words(attribute.definition, lang)))
    return rows


def quoted(marked: str) -> str:
    """Return marked words as a tag shows them: on one line, short, in quotation marks."""
    line = " ".join(marked.split())
    if len(line) > _SHOWN:
        line = line[: _SHOWN - 1].rstrip() + "…"
    return line if line[:1] in _QUOTATION_MARKS else f"“{line}”"


def span_tag(field: str, name: str, span: Span | None, text: str) -> list[tuple[str, Face]]:
    """Return the tag of one marked span, or none; `name` says what is marked."""
    if span is None:
        return []
    marked = span.of(text)
    return [(field, Face(quoted(marked), said=f"Clear {name}: {marked}", tip=tip(name, marked)))]


class SpeakerRow(QWidget):
    """Who speaks, in which words, and on whose behalf."""

    mention_removed = Signal(str)
    type_chosen = Signal(int, str)  # the speaker's id

    def __init__(self, width: int) -> None:
        super().__init__()
        self._speaker_id: int | None = None
        self._types = QMenu(self)
        for type_ in SPEAKER_TYPES:
            self._types.addAction(f"&{type_.capitalize()}").setData(type_)
        self._types.triggered.connect(self._on_type)
        self.field = SpeakerField()
        self.field.setPlaceholderText("Who speaks?  S")
        self.field.setAccessibleName("Speaker, key S")
        self.label = RowLabel("Speaker", width)
        self.label.setFixedHeight(self.field.sizeHint().height())
        self._kind = ChipFlow()
        self._kind.show_chips([Chip(Face("Person", "⇧S"), kind="quiet")])
        self._kind.chips[0].picked.connect(self.ask_type)
        self._mention = ChipFlow()
        self._behalf = Words(size=theme.CAPTION, tone="soft", wrap=True)
        self._behalf.setContentsMargins(2, 0, 0, 2)
        self._shown: list[tuple[str, Face]] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.field)
        column.addWidget(self._kind)
        column.addWidget(self._mention)
        column.addWidget(self._behalf)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.addWidget(Row(self.label, body))

    @property
    def tags(self) -> list[Chip]:
        """The tag of the words that name the speaker, if they are marked."""
        return self._mention.chips

    @Slot()
    def ask_type(self) -> None:
        """Let the user choose what kind of speaker this is."""
        chip = self._kind.chips[0]
        if self._speaker_id is not None and chip.isEnabled():
            self._types.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    @property
    def behalf(self) -> str:
        """For whom the speaker speaks, as it is shown."""
        return self._behalf.text()

    def show_speaker(
        self, statement: Statement, speakers: Mapping[int, Speaker], text: str, enabled: bool
    ) -> None:
        """Show the speaker of a statement."""
        speaker = speakers.get(statement.speaker_id) if statement.speaker_id else None
        self.field.setReadOnly(not enabled)
        self.field.show_name(speaker.name if speaker else "")
        self._speaker_id = speaker.id if speaker else None
        tags = span_tag("mention", "words that name the speaker", statement.mention, text)
        if speaker is not None:
            said = f"Kind of speaker: {speaker.type}"
            self._kind.chips[0].show_face(Face(speaker.type.capitalize(), "⇧S", said=said))
        self._kind.chips[0].setEnabled(enabled)
        self._kind.setVisible(speaker is not None)
        if tags != self._shown:
            self._shown = tags
            self._mention.show_chips([Chip(face, value, kind="tag") for value, face in tags])
            for chip in self._mention.chips:
                chip.picked.connect(self.mention_removed)
        for chip in self._mention.chips:
            chip.setEnabled(enabled)
        self._mention.setVisible(bool(tags))
        principal = speakers.get(speaker.on_behalf_of) if speaker and speaker.on_behalf_of else None
        self._behalf.setText(f"on behalf of {principal.name}" if principal else "")
        self._behalf.setVisible(principal is not None)

    @Slot(QAction)
    def _on_type(self, action: QAction) -> None:
        if self._speaker_id is not None:
            self.type_chosen.emit(self._speaker_id, action.data())


class SourceRow(QWidget):
    """Who reports whom, the writer first; a field to add one appears when it is asked for."""

    chain_changed = Signal(object)
    source_chosen = Signal(int)
    source_named = Signal(str)
    finished = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self._chain: tuple[SourceLink, ...] = ()
        self._shown: list[tuple[str, Face]] = []
        self._asking = False
        self._tags = ChipFlow()
        self.field = SpeakerField()
        self.field.setPlaceholderText("Who reports it?")
        self.field.setAccessibleName("Source in the chain")
        self.field.hide()
        self.field.speaker_chosen.connect(self._on_chosen)
        self.field.speaker_named.connect(self._on_named)
        self.field.abandoned.connect(self._on_finished)
        self.field.finished.connect(self._on_finished)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._tags)
        column.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = Row(RowLabel("Via", width), body)
        layout.addWidget(row)
        self._layouts = (column, row.layout(), layout)
        self.hide()

    @property
    def tags(self) -> list[Chip]:
        """The tags of the chain, the writer first."""
        return self._tags.chips

    def show_chain(
        self, statement: Statement, speakers: Mapping[int, Speaker], text: str, enabled: bool
    ) -> None:
        """Show the source chain of a statement."""
        self._chain = statement.source_chain
        tags = [(str(i), _link_face(i, link, speakers, text)) for i, link in enumerate(self._chain)]
        if tags != self._shown:
            self._shown = tags
            self._tags.show_chips([Chip(face, value, kind="tag") for value, face in tags])
            for chip in self._tags.chips:
                chip.picked.connect(self._on_removed)
        for chip in self._tags.chips:
            chip.setEnabled(enabled)
        self._refresh()

    def start(self, prefill: str) -> None:
        """Let the user type one more source."""
        self._asking = True
        self._refresh()
        self.field.show_name("")
        self.field.start(prefill)

    def commit(self) -> None:
        """Give what is typed, and put the field away."""
        self.field.commit()
        self._put_away()

    def _refresh(self) -> None:
        self._tags.setVisible(bool(self._chain))
        self.field.setVisible(self._asking)
        # What is hidden while the whole row is hidden would keep its room when the row comes back.
        for layout in self._layouts:
            if layout is not None:
                layout.invalidate()
        self.setVisible(bool(self._chain) or self._asking)

    def _put_away(self) -> None:
        if self._asking:
            self._asking = False
            self.field.show_name("")
            self._refresh()

    @Slot(int)
    def _on_chosen(self, speaker_id: int) -> None:
        self._asking = False
        self.source_chosen.emit(speaker_id)
        self.field.show_name("")
        self._refresh()

    @Slot(str)
    def _on_named(self, name: str) -> None:
        self._asking = False
        self.source_named.emit(name)
        self.field.show_name("")
        self._refresh()

    @Slot()
    def _on_finished(self) -> None:
        self.finished.emit()
        self._put_away()

    @Slot(str)
    def _on_removed(self, index: str) -> None:
        left = [link for i, link in enumerate(self._chain) if str(i) != index]
        self.chain_changed.emit(left)


class FlagMark(QWidget):
    """The small flag before the flags."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.LARGE, theme.CHIP_HEIGHT)
        self.setAccessibleName("Flags")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0, 0, _FLAG, self.height())
        paint_flag(painter, box, theme.colour(theme.current().soft))
        painter.end()


class FlagRow(Row):
    """The flags of the codebook, each up or down, over the whole width: their names are long."""

    toggled = Signal(str)

    def __init__(self, flags: Sequence[Choice], lang: str) -> None:
        self._flow = ChipFlow()
        super().__init__(FlagMark(), self._flow)
        self._flow.show_chips([_flag_chip(flag, lang) for flag in flags])
        for chip in self.chips:
            chip.picked.connect(self.toggled)
        # Shown before it has a parent it would be a window of its own for a moment.
        if not flags:
            self.hide()

    @property
    def chips(self) -> list[Chip]:
        """The flags in the order of the codebook."""
        return self._flow.chips

    def show_flags(self, raised: Sequence[str], enabled: bool) -> None:
        """Show which flags are raised."""
        for chip in self.chips:
            chip.setChecked(chip.value in raised)
            chip.setEnabled(enabled)
        self._flow.refresh_stop()


class Footer(QWidget):
    """What can be done with the statement as a whole, in quiet words with their keys."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        same = Words("Same words:", size=theme.CAPTION, tone="soft")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.chips = [
            Chip(Face(text, key, said=said), action, kind="quiet")
            for text, key, said, action in (
                ("another target", "T", "Same words, another target", "same_target"),
                ("another speaker", "B", "Same words, another speaker", "same_speaker"),
                ("Usual choices", "␣", "Take the usual choices for the rest", "usual"),
                ("Via", "V", "Source in the chain", "source"),
                ("Delete", "⌫", "Delete statement", "delete"),
            )
        ]
        for chip in self.chips:
            chip.picked.connect(self.asked)
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        another, whole = QHBoxLayout(), QHBoxLayout()
        for line, left in ((another, NEEDED_ROOM), (whole, NEEDED_ROOM - theme.TIGHT - 1)):
            line.setContentsMargins(left, 0, 0, 0)  # their words begin where the labels do
            line.setSpacing(2)
            lines.addLayout(line)
        another.addWidget(same)
        for chip in self.chips[:2]:
            another.addWidget(chip)
        another.addStretch(1)
        whole.addWidget(self.chips[2])
        whole.addWidget(self.chips[3])
        whole.addStretch(1)
        whole.addWidget(self.chips[4])


def _flag_chip(flag: Choice, lang: str) -> Chip:
    name = words(flag.name, lang)
    definition = words(flag.definition, lang)
    face = Face(name, flag.key or "", said=f"Flag: {name}", tip=tip(name, definition))
    return Chip(face, flag.id, kind="small")


def _link_face(index: int, link: SourceLink, speakers: Mapping[int, Speaker], text: str) -> Face:
    speaker = speakers.get(link.speaker_id)
    name = speaker.name if speaker else "?"
    said = f"Take {name} out of the source chain"
    marked = link.span.of(text) if link.span else ""
    return Face(f"{_THEN} {name}" if index else name, said=said, tip=tip(name, marked))
