"""The open card: it shows everything of a statement and asks for every change."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.domain.records import SourceLink
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.form import StatementForm
from tests.gui.sample_statements import (
    CODEBOOK,
    COMPLETE,
    SPEAKERS,
    TEXT,
    bare,
    candidates,
    statement,
)

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class Desk(QWidget):
    """A form beside a field that stands for the text."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.form = QLineEdit(), StatementForm()
        self.form.use_candidates(candidates)
        layout = QHBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self.resize(700, 700)


@pytest.fixture
def desk(qtbot):
    whole = Desk()
    qtbot.addWidget(whole)
    show(whole.form, statement(1))
    with qtbot.waitExposed(whole):
        whole.show()
    whole.activateWindow()
    whole.text.setFocus()
    qtbot.waitUntil(whole.text.hasFocus)
    return whole


@pytest.fixture
def form(desk):
    return desk.form


def show(form, found, lang="en", read_only=False):
    form.show_statement(found, CODEBOOK, SPEAKERS, TEXT, lang, read_only)


def cross(tag):
    return QPoint(tag.width() - 8, tag.height() // 2)


def test_it_shows_what_is_chosen_and_what_is_needed(form):
    rows = form.body.rows
    assert list(rows) == ["target", "stance", *(a.id for a in CODEBOOK.attributes)]
    values = {group: row.value for group, row in rows.items()}
    assert values == {"target": "troop_deployment", "stance": "against", **COMPLETE}
    assert not any(row.label.needed for row in rows.values())
    show(form, bare(2))
    assert all(row.label.needed and row.value is None for row in rows.values())
    assert form.body.speaker.label.needed
    assert not any(chip.isChecked() for row in rows.values() for chip in row.chips)


def test_a_chip_asks_for_its_choice_and_the_text_keeps_the_focus(desk, qtbot):
    form = desk.form
    with qtbot.waitSignal(form.choice_made) as seen:
        qtbot.mouseClick(form.body.rows["stance"].chip("favor"), LEFT)
    assert seen.args == [1, "stance", "favor"]
    with qtbot.waitSignal(form.choice_made) as seen:
        qtbot.mouseClick(form.body.rows["scope"].chip("general"), LEFT)
    assert seen.args == [1, "scope", None]
    assert desk.text.hasFocus()


def test_flags(form, qtbot):
    show(form, statement(1, flags=("truncated",)))
    raised = [chip.value for chip in form.body.flags.chips if chip.isChecked()]
    assert raised == ["truncated"]
    with qtbot.waitSignal(form.flag_toggled) as seen:
        qtbot.mouseClick(form.body.flags.chips[-1], LEFT)
    assert seen.args == [1, "needs_discussion"]


def test_the_speaker_is_typed(form, qtbot):
    with qtbot.waitSignal(form.finished), qtbot.waitSignal(form.speaker_chosen) as seen:
        form.ask_speaker("")
        qtbot.keyClicks(form.body.speaker.field, "hasp")
        qtbot.keyClick(form.body.speaker.field, KEY.Key_Return)
    assert seen.args == [1, 3]
    with qtbot.waitSignal(form.speaker_named) as seen:
        form.ask_speaker("Ada Quelle")
        qtbot.keyClick(form.body.speaker.field, KEY.Key_Return)
    assert seen.args == [1, "Ada Quelle"]
    with qtbot.waitSignal(form.speaker_cleared):
        form.ask_speaker("")
        qtbot.keyClick(form.body.speaker.field, KEY.Key_Backspace)
        qtbot.keyClick(form.body.speaker.field, KEY.Key_Return)


def test_on_whose_behalf(form):
    show(form, statement(1, speaker_id=3))
    assert form.body.speaker.behalf == "on behalf of Vladimir Radel"
    show(form, statement(1, speaker_id=2))
    assert form.body.speaker.behalf == ""


def test_marked_words_are_tags_that_can_be_taken_away(form, qtbot):
    marked = statement(1, mention=Span(0, 24), cue=Span(37, 46), condition_span=Span(60, 69))
    show(form, marked)
    body = form.body
    tags = [body.speaker.tags[0], body.cue.chips[0], body.condition.chips[0]]
    assert [tag.face.text for tag in tags] == [f"“{TEXT[a:b]}”" for a, b in _spans(marked)]
    for tag, field in zip(tags, ("mention", "cue", "condition_span"), strict=True):
        with qtbot.waitSignal(form.span_cleared) as seen:
            qtbot.mouseClick(tag, LEFT, pos=cross(tag))
        assert seen.args == [1, field]
    show(form, statement(1))
    assert body.cue.isHidden()


def _spans(found):
    spans = (found.mention, found.cue, found.condition_span)
    return [(span.start, span.end) for span in spans]


def test_pieces_show_when_there_are_several(form, qtbot):
    pieces = (Span(0, 10), Span(20, 30))
    show(form, statement(1, pieces=pieces))
    second = form.body.pieces.chips[1]
    with qtbot.waitSignal(form.piece_removed) as seen:
        qtbot.mouseClick(second, LEFT, pos=cross(second))
    assert seen.args == [1, pieces[1]]
    show(form, statement(1))
    assert form.body.pieces.isHidden()


def test_the_source_chain_writer_first(form, qtbot):
    chain = (SourceLink(4), SourceLink(3, Span(0, 5)))
    show(form, statement(1, source_chain=chain))
    tags = form.body.via.tags
    assert [tag.face.text for tag in tags] == ["Narrator", "\u203a Lena Hasp"]
    with qtbot.waitSignal(form.chain_changed) as seen:
        qtbot.mouseClick(tags[0], LEFT, pos=cross(tags[0]))
    assert seen.args == [1, [chain[1]]]


def test_a_source_is_typed_in_a_field_that_comes_and_goes(form, qtbot):
    via = form.body.via
    assert via.isHidden()
    form.ask_source("")
    assert via.isVisible()
    assert via.field.hasFocus()
    qtbot.keyClicks(via.field, "narrator")
    with qtbot.waitSignal(form.finished), qtbot.waitSignal(form.source_chosen) as seen:
        qtbot.keyClick(via.field, KEY.Key_Return)
    assert seen.args == [1, 4]
    assert via.isHidden()
    form.ask_source("")
    qtbot.keyClicks(via.field, "A porter")
    with qtbot.waitSignal(form.source_named) as seen:
        qtbot.keyClick(via.field, KEY.Key_Return)
    assert seen.args == [1, "A porter"]
    form.ask_source("")
    qtbot.keyClick(via.field, KEY.Key_Escape)
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(via.field, KEY.Key_Escape)
    assert via.isHidden()


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Escape])
def test_the_note_is_kept_on_leaving_by_key(form, qtbot, key):
    form.ask_note()
    note = form.body.note
    assert note.hasFocus()
    qtbot.keyClicks(note, "why not")
    with qtbot.waitSignal(form.finished), qtbot.waitSignal(form.note_edited) as seen:
        qtbot.keyClick(note, key)
    assert seen.args == [1, "why not"]


def test_the_note_grows_with_its_lines(form, qtbot):
    note = form.body.note
    before, whole = note.height(), form.heightForWidth(theme.CARD_WIDTH)
    note.setFocus()
    qtbot.keyClicks(note, "one")
    with qtbot.waitSignal(form.resized):
        qtbot.keyClick(note, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClicks(note, "two")
    assert note.height() > before
    assert form.heightForWidth(theme.CARD_WIDTH) > whole


def test_half_typed_words_stay_when_the_same_statement_is_shown_again(form, qtbot):
    form.ask_note()
    qtbot.keyClicks(form.body.note, "half a")
    with qtbot.assertNotEmitted(form.note_edited):
        show(form, statement(1, stance="favor"))
    assert form.body.note.toPlainText() == "half a"
    assert form.body.note.hasFocus()
    form.ask_speaker("")
    qtbot.keyClicks(form.body.speaker.field, "Ad")
    show(form, statement(1, stance="neutral"))
    assert form.body.speaker.field.text() == "Ad"


def test_half_typed_words_go_to_their_own_statement(form, qtbot):
    form.ask_note()
    qtbot.keyClicks(form.body.note, "half a note")
    with qtbot.waitSignal(form.note_edited) as seen:
        show(form, statement(2, note="another"))
    assert seen.args == [1, "half a note"]
    assert form.body.note.toPlainText() == "another"
    form.ask_speaker("")
    qtbot.keyClicks(form.body.speaker.field, "Ada Quelle")
    with qtbot.waitSignal(form.speaker_named) as seen:
        show(form, statement(3, speaker_id=4))
    assert seen.args == [2, "Ada Quelle"]
    assert form.body.speaker.field.text() == "Narrator"


def test_commit_gives_everything_typed_once(form, qtbot):
    form.ask_speaker("")
    qtbot.keyClicks(form.body.speaker.field, "Ada Quelle")
    with qtbot.waitSignal(form.speaker_named):
        form.commit()
    with qtbot.assertNotEmitted(form.speaker_named):
        form.commit()


def test_leaving_by_the_mouse_gives_what_was_typed(desk, qtbot):
    desk.form.ask_note()
    qtbot.keyClicks(desk.form.body.note, "kept")
    with qtbot.waitSignal(desk.form.note_edited) as seen:
        qtbot.mouseClick(desk.text, LEFT)
    assert seen.args == [1, "kept"]


@pytest.mark.parametrize("index", range(5))
def test_quiet_words_ask_for_actions(form, qtbot, index):
    wanted = ["same_target", "same_speaker", "usual", "source", "delete"][index]
    with qtbot.waitSignal(form.asked) as seen:
        qtbot.mouseClick(form.body.footer.chips[index], LEFT)
    assert seen.args == [wanted]


def test_escape_on_a_chip_goes_back_to_the_text(form, qtbot):
    chip = form.body.rows["stance"].chips[0]
    chip.setFocus()
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(chip, KEY.Key_Escape)


def test_read_only_shows_and_asks_nothing(form, qtbot):
    show(form, statement(1, cue=Span(0, 5), note="so"), read_only=True)
    body = form.body
    assert body.footer.isHidden()
    assert body.note.isReadOnly()
    assert body.speaker.field.isReadOnly()
    with qtbot.assertNotEmitted(form.choice_made):
        qtbot.mouseClick(body.rows["stance"].chip("favor"), LEFT)
    with qtbot.assertNotEmitted(form.span_cleared):
        qtbot.mouseClick(body.cue.chips[0], LEFT, pos=cross(body.cue.chips[0]))
    assert body.rows["stance"].chip("against").isChecked()


def test_compact_with_the_default_codebook(form):
    assert form.heightForWidth(theme.CARD_WIDTH) <= 470


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_words_are_cut(form, qtbot, lang):
    marked: dict[str, Any] = {
        "mention": Span(0, 25),
        "cue": Span(37, 46),
        "source_chain": (SourceLink(5),),
    }
    show(form, statement(1, **marked), lang)
    form.setFixedHeight(form.heightForWidth(theme.CARD_WIDTH))
    qtbot.wait(20)
    body = form.body
    for chip in (c for row in (*body.rows.values(), body.flags) for c in row.chips):
        assert chip.width() == chip.sizeHint().width()
        assert form.rect().contains(chip.mapTo(form, chip.rect().bottomRight()))


def test_another_language_makes_new_rows(form):
    show(form, statement(1), "fr")
    assert form.body.rows["stance"].chip("against").face.text == "Défavorable"
