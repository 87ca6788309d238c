"""The closed card: its words, its height, its clicks."""

import pytest
from PySide6.QtCore import Qt

from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.card import BAR_HEIGHT, Card, height_of, summarise
from annotator.ui.annotate.margin_words import needs_in_short
from tests.gui.sample_statements import CODEBOOK, COMPLETE, SPEAKERS, bare, statement


def summary(found, lang="en"):
    return summarise(found, CODEBOOK, SPEAKERS, lang)


@pytest.fixture
def card(qtbot):
    made = Card()
    made.show_summary(7, summary(statement(7)), compact=False)
    made.resize(made.sizeHint())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_complete_statement_in_words():
    found = summary(statement(1))
    assert (found.name, found.stance, found.symbol) == ("Vladimir Radel", "against", "▼")
    assert (found.about, found.hue, found.letter) == ("Troop deployment · indirect", "orange", "T")
    assert found.lacking == ""
    assert found.said == "Vladimir Radel, against, Troop deployment, indirect"


def test_what_is_not_the_usual_is_said():
    unusual = COMPLETE | {"condition": "timing", "confidence": "low", "scope": "own_participation"}
    pieces = (Span(0, 5), Span(9, 12))
    found = summary(statement(1, attributes=unusual, pieces=pieces))
    assert found.about == (
        "Troop deployment · indirect · timing · own participation · confidence low · 2 pieces"
    )


def test_in_the_words_of_another_language():
    found = summary(statement(1), "fr")
    assert (found.stance, found.about) == ("défavorable", "Déploiement de troupes · indirect")


def test_a_fresh_statement_says_all_that_is_missing():
    found = summary(bare(1))
    assert (found.name, found.stance, found.hue) == ("", "", None)
    assert found.about == "target?"
    assert found.lacks == "needs attribution, condition, evidence, scope, confidence"
    assert found.said.startswith("speaker missing, stance missing, target missing, needs attri")


def test_a_card_names_two_missing_choices_and_counts_more_than_two(card):
    two = {k: v for k, v in COMPLETE.items() if k not in ("scope", "confidence")}
    found = summary(statement(1, attributes=two))
    assert found.lacking == found.lacks == "needs scope, confidence"
    found = summary(statement(1, attributes={}))
    assert found.lacking == "needs 5 · Space"
    card.show_summary(1, found, compact=False)
    names = "needs attribution, condition, evidence, scope, confidence"
    assert names in card.toolTip() and names in card.accessibleName()


def test_space_is_offered_only_where_the_codebook_knows_a_usual_choice():
    assert needs_in_short(["a", "b", "c"], usual=False) == "needs 3"


def test_flags_and_note_are_read_out():
    found = summary(statement(1, flags=("truncated",), note="Ask Noor."))
    assert found.flags == ("Truncated",)
    assert found.said.endswith("flag truncated, note: Ask Noor.")


def test_the_card_is_as_high_as_its_words():
    plain = height_of(summary(statement(1)), compact=False)
    long_name = height_of(summary(statement(1, speaker_id=5)), compact=False)
    lacking = height_of(summary(statement(1, attributes={})), compact=False)
    assert plain < lacking < plain + 20
    assert long_name == plain + 18
    assert height_of(summary(statement(1)), compact=True) == BAR_HEIGHT < plain


def test_a_click_opens_it_and_leaves_the_focus(card, qtbot):
    card.clearFocus()
    with qtbot.waitSignal(card.opened) as seen:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert seen.args == [7]
    assert not card.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_open_it(card, qtbot, key):
    card.setFocus()
    with qtbot.waitSignal(card.opened) as seen:
        qtbot.keyClick(card, key)
    assert seen.args == [7]


def test_another_statement_on_the_same_card(card):
    before = card.grab().toImage()
    card.show_summary(8, summary(statement(8, speaker_id=3, stance="favor")), compact=False)
    assert card.statement_id == 8
    assert card.accessibleName() == "Lena Hasp, favor, Troop deployment, indirect"
    assert card.grab().toImage() != before


def test_the_edge_has_the_hue_of_the_target_in_either_theme(card, qapp):
    def edge():
        return card.grab().toImage().pixelColor(2, card.height() // 2).name()

    assert edge() == theme.LIGHT.hue("orange").strong
    theme.ask_for(theme.DARK)
    theme.apply(qapp)
    assert edge() == theme.DARK.hue("orange").strong


def test_one_line_when_compact(card):
    card.show_summary(7, summary(statement(7)), compact=True)
    assert card.compact
    assert card.sizeHint().height() == BAR_HEIGHT
