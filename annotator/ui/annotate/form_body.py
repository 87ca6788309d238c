"""All rows of the form for one codebook in one language."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.codebook import Codebook, words
from annotator.domain.completeness import missing
from annotator.domain.records import Speaker, Statement
from annotator.ui import theme
from annotator.ui.annotate.form_rows import (
    FlagRow,
    Footer,
    SourceRow,
    SpeakerRow,
    chip_rows,
    quoted,
    span_tag,
)
from annotator.ui.annotate.note_field import NoteField
from annotator.ui.chip_rows import TagRow, label_width
from annotator.ui.chips import Face

_LABELS = ("Speaker", "Target", "Stance", "Pieces", "Cue", "Via")


class FormBody(QWidget):
    """The parts of the form, public, so that the form can listen to each."""

    def __init__(self, codebook: Codebook, lang: str) -> None:
        super().__init__()
        self.codebook = codebook
        self.lang = lang
        width = label_width([*_LABELS, *(words(a.name, lang) for a in codebook.attributes)])
        self.speaker, self.via = SpeakerRow(width), SourceRow(width)
        self.cue, self.pieces = TagRow("Cue", width), TagRow("Pieces", width)
        self.condition = TagRow("", width)
        self.rows = {row.group: row for row in chip_rows(codebook, lang, width)}
        self.flags = FlagRow(codebook.flags, lang)
        self.note = NoteField("Note  ⇧N")
        self.footer = Footer()
        self._lay_out()

    def show_statement(
        self,
        statement: Statement,
        speakers: Mapping[int, Speaker],
        text: str,
        *,
        read_only: bool,
    ) -> None:
        """Show a statement in every row; half-typed words stay."""
        enabled = not read_only
        lacking = missing(statement, self.codebook)
        self._show_choices(statement, lacking, enabled)
        self.speaker.show_speaker(statement, speakers, text, enabled)
        self.speaker.label.show_needed("speaker" in lacking)
        self.via.show_chain(statement, speakers, text, enabled)
        self._show_spans(statement, text, enabled)
        self.flags.show_flags(statement.flags, enabled)
        self.note.show_note(statement.note or "")
        self.note.setReadOnly(read_only)
        self.note.setVisible(enabled or bool(statement.note))
        self.footer.setVisible(enabled)

    def commit(self) -> None:
        """Give what is typed in any field and not given yet."""
        self.speaker.field.commit()
        self.via.commit()
        self.note.commit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self.speaker, self.via, self.cue):
            layout.addWidget(part)
        for group, row in self.rows.items():
            layout.addWidget(row)
            if group == "condition":
                layout.addWidget(self.condition)
        if "condition" not in self.rows:
            layout.addWidget(self.condition)
        for last in (self.pieces, self.flags, self.note, self.footer):
            if last in (self.flags, self.note):
                layout.addSpacing(theme.TIGHT)
            layout.addWidget(last)

    def _show_choices(self, statement: Statement, lacking: tuple[str, ...], enabled: bool) -> None:
        target = self.codebook.target(statement.target)
        for group, row in self.rows.items():
            if group == "target":
                value = statement.target
            elif group == "stance":
                value = statement.stance
            else:
                value = statement.attributes.get(group)
            hue = target.hue if target and group == "stance" else None
            row.show_value(value, hue=hue, needed=group in lacking, enabled=enabled)

    def _show_spans(self, statement: Statement, text: str, enabled: bool) -> None:
        cue = span_tag("cue", "cue", statement.cue, text)
        self.cue.show_tags(cue, enabled=enabled)
        condition = span_tag("condition_span", "condition’s words", statement.condition_span, text)
        self.condition.show_tags(condition, enabled=enabled)
        pieces = statement.pieces if len(statement.pieces) > 1 else ()
        tags = [
            (str(i), Face(quoted(p.of(text)), said=f"Remove piece: {p.of(text)}"))
            for i, p in enumerate(pieces)
        ]
        self.pieces.show_tags(tags, enabled=enabled)
