"""The list of disagreements and the cards of the page, with values of their own."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.agreement.measures import Confusion, Section
from annotator.domain.agreement.values import Coded, Measure
from annotator.domain.spans import Span
from annotator.services.disagreeing import Listed
from annotator.ui.agreement.case_card import CaseCard
from annotator.ui.agreement.case_words import Wording
from annotator.ui.agreement.chain_card import ChainCard
from annotator.ui.agreement.confusion_card import ConfusionCard
from annotator.ui.agreement.slice_card import SliceCard
from annotator.ui.agreement.slicing import Names
from tests.gui.hearing import heard
from tests.gui.sample_statements import CODEBOOK

MANY = 20_000
PEOPLE = {1: "Ada", 2: "Bo"}
WORDING = Wording(CODEBOOK, "fr", PEOPLE, {}, PEOPLE)


def case(number: int) -> Listed:
    span = (Span(0, 9 + number % 3),)
    rows = (
        Coded(2 * number + 1, number // 20, 1, span, "ceasefire", "favor"),
        Coded(2 * number + 2, number // 20, 2, span, "ceasefire", "against"),
    )
    kind = ("stance", "boundary", "speaker")[number % 3]
    words = "« la force partirait demain 🙂 », selon un porte-parole"
    around = "Le palais a dit que ", " et rien de plus."
    return Listed(
        kind, None, number // 20, "Un article", 3, around[0], words, around[1], Span(0, 9), rows,
        (3, 4),
    )  # fmt: skip


@pytest.fixture
def card(qtbot) -> CaseCard:
    found = CaseCard()
    qtbot.addWidget(found)
    found.resize(440, 800)
    with qtbot.waitExposed(found):
        found.show()
    return found


def test_twenty_thousand_disagreements_are_there_at_once(card, qapp) -> None:
    cases = [case(number) for number in range(MANY)]
    card.show_cases(cases[:3], WORDING)  # typefaces are loaded
    qapp.processEvents()
    slowest = 0.0
    for act in (
        lambda: card.show_cases(cases, WORDING),
        lambda: card.show_kind("stance"),
        lambda: card.show_kind("all"),
        lambda: card.go(1),
    ):
        began = time.perf_counter()
        act()
        slowest = max(slowest, time.perf_counter() - began)
        qapp.processEvents()
    assert card.model.rowCount() == MANY
    assert slowest < 0.15  # a tenth of a second is what a busy machine makes of 15 ms


def test_only_cases_whose_note_changed_are_made_anew(card) -> None:
    card.show_cases([case(number) for number in range(9)], WORDING)
    before = list(card.model.rows)
    card.put_notes({})
    assert all(one is other for one, other in zip(card.model.rows, before, strict=True))
    card.put_notes({before[4].rows[1].id: "Who?"})
    notes = [one.note for one in card.model.rows]
    assert notes == [None] * 4 + ["Who?"] + [None] * 4
    assert card.model.rows[3] is before[3]
    noted = card.model.rows[4]
    card.lend("A cell", [noted])
    card.put_notes({})
    assert [one.note for one in card.model.rows] == [None]
    card.show_cases([noted], WORDING)
    card.put_notes({})
    assert card.model.rows[0].note is None


def test_the_list_is_painted_in_both_looks(card, look, qapp) -> None:
    card.show_cases([case(number) for number in range(12)], WORDING)
    qapp.processEvents()
    image = card.grab().toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(200, image.height(), 2)
    }
    assert {look.paper, look.chip, look.ink, look.soft} <= seen


def test_enter_opens_the_chosen_case(card) -> None:
    card.show_cases([case(number) for number in range(5)], WORDING)
    opened = heard(card.opened)
    card.view.setFocus()
    QTest.keyClick(card.view, Qt.Key.Key_Down)
    QTest.keyClick(card.view, Qt.Key.Key_Return)
    assert [found[0].statements for found in opened] == [(3, 4)]


def test_a_screen_reader_is_told_what_a_row_says(card) -> None:
    card.show_cases([case(0)], WORDING)
    said = card.model.data(card.model.index(0))
    assert said.startswith("Stance, Un article, paragraph 3: « la force")
    assert "Ada Favorable" in said and "Bo Défavorable" in said


def test_an_empty_list_says_why(card) -> None:
    assert card.view.accessibleDescription() == "Being worked out…"
    card.show_cases([], WORDING)
    assert card.view.accessibleDescription() == "No disagreement here."


def measure(name, value, **more) -> Measure:
    return Measure(name, value, more.pop("low", None), more.pop("high", None), 10, **more)


def test_the_chain_shows_values_and_reasons(qtbot, look) -> None:
    chain = ChainCard()
    qtbot.addWidget(chain)
    chain.show_codebook(CODEBOOK, "fr")
    chain.resize(620, 460)
    undefined = {"undefined": "no unit has two coders", "percent": 0.5}
    sections = [
        Section("all", None, "speaker", (measure("speaker_alpha", -0.4, low=-0.6, high=0.1),)),
        Section("all", None, "target", (measure("target_alpha", None, **undefined),)),
    ]
    chain.show_sections(sections)
    with qtbot.waitExposed(chain):
        chain.show()
    assert chain.rows[0].low == -0.75  # room for the interval below 0
    assert "undefined: no unit has two coders · raw 50 %" in chain.rows[3].accessibleName()
    asked = heard(chain.chosen)
    QTest.keyClick(chain.rows[2], Qt.Key.Key_Space)
    assert asked[0][0].kind == "speaker"
    chain.show_sections([])
    assert "being worked out" in chain.rows[2].accessibleName()


def test_a_matrix_that_is_no_longer_asked_for_is_not_shown(qtbot) -> None:
    card = ConfusionCard()
    qtbot.addWidget(card)
    card.show_codebook(CODEBOOK, "en")
    card.show_people({1: "Ada", 2: "Bo", 3: "Cleo"})
    asked = heard(card.wanted)
    card.pair.setCurrentIndex(1)
    assert asked == [("stance", 1, 3)]
    old = Confusion((1, 2), ("favor", "against"), ((1, 0), (0, 1)), {})
    card.show_confusion("stance", old)
    assert card.grid is None
    new = Confusion((1, 3), ("favor", "against"), ((1, 2), (0, 1)), {(0, 1): ((1, 2), (3, 4))})
    card.show_confusion("stance", new)
    assert card.grid is not None
    opened = heard(card.opened)
    card.grid.cells[0, 1].click()
    card.grid.cells[1, 0].click()  # it is empty
    assert opened == [("stance", "Ada Favor, Cleo Against", ((1, 2), (3, 4)))]
    assert "2 pairs" in card.grid.cells[0, 1].accessibleName()


def test_parts_follow_the_measure_that_is_chosen(qtbot) -> None:
    card = SliceCard()
    qtbot.addWidget(card)
    card.show_codebook(CODEBOOK, "fr")
    card.show_names(Names(PEOPLE, {}, {}))
    measures = (measure("stance_alpha", 0.5), measure("tuple_f1", 0.25))
    card.show_sections([Section("target", "ceasefire", None, measures)])
    (one,) = card.slices
    assert one.name == "Cessez-le-feu" and one.measure == measures[0]
    card.measure.setCurrentIndex(card.measure.count() - 1)
    assert card.slices[0].measure == measures[1]
    said = card.view.model().data(card.view.model().index(0, 0))
    assert said.startswith("Cessez-le-feu: Whole statement, F1: .25")
