"""The parts of the adjudicate page: columns, card, list of what is next, rows, the agreed."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.adjudication import ArticleStatus
from annotator.services.merge_plan import Difference, MissingArticle, Plan
from annotator.ui.adjudicate.agreed_overlay import AgreedOverlay, AgreedRow
from annotator.ui.adjudicate.article_rows import caption
from annotator.ui.adjudicate.case_card import CaseCard, CaseView
from annotator.ui.adjudicate.columns import Columns
from annotator.ui.adjudicate.next_list import NextList
from annotator.ui.adjudicate.standings import Standing
from annotator.ui.dialogs.merge_rows import came_in, headline, plan_rows
from tests.gui.test_adjudicate_words import by, case, teller

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def columns(qtbot) -> Columns:
    found = Columns()
    qtbot.addWidget(found)
    listed = teller().columns(case(by(1, 1), by(2, 2, stance="favor"), compared=(1, 2, 3)), ())
    found.resize(340, 400)
    found.show_columns(listed, enabled=True)
    found.show()
    return found


def test_columns_stand_side_by_side_as_many_as_there_is_room_for(columns, qtbot) -> None:
    tops = [button.y() for button in columns.buttons]
    assert tops[0] == tops[1] < tops[2]
    columns.resize(700, 400)
    assert len({button.y() for button in columns.buttons}) == 1
    columns.resize(200, 900)
    assert len({button.y() for button in columns.buttons}) == 3
    for button in columns.buttons:
        assert columns.rect().contains(button.geometry())
        assert button.height() >= button.height_at(button.width())


def test_a_click_or_enter_takes_a_statement_but_not_a_missing_one(columns, qtbot) -> None:
    heard: list[int] = []
    columns.taken.connect(heard.append)
    QTest.mouseClick(columns.buttons[1], LEFT)
    QTest.keyClick(columns.buttons[0], Qt.Key.Key_Return)
    QTest.mouseClick(columns.buttons[2], LEFT)
    assert heard == [2, 1]
    columns.show_columns([b.column for b in columns.buttons], enabled=False)
    QTest.mouseClick(columns.buttons[1], LEFT)
    assert heard == [2, 1]


def test_columns_can_be_heard(columns) -> None:
    names = [button.accessibleName() for button in columns.buttons]
    assert names[0].startswith("Camille: speaker") and names[0].endswith("key 1")
    assert "stance favor (differs)" in names[1]
    assert names[2] == "Ines: no statement here"


@pytest.fixture
def card(qtbot) -> CaseCard:
    found = CaseCard()
    qtbot.addWidget(found)
    found.resize(380, 700)
    found.show()
    return found


def test_the_card_gives_what_is_clicked_and_typed(card, qtbot) -> None:
    deeds = frozenset({"no_statement", "reason", "discuss"})
    view = CaseView("Decision 1 of 2", "x", "y", "decided", reason="", deeds=deeds)
    card.show_case(view, enabled=True)
    asked: list[str] = []
    reasons: list[str] = []
    card.asked.connect(asked.append)
    card.reason_given.connect(reasons.append)
    QTest.mouseClick(card.chip("no_statement"), LEFT)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Down)
    QTest.keyClick(card, Qt.Key.Key_Up)
    assert asked == ["no_statement", "next_case", "previous_case"]
    assert not card.reason.isVisible()
    card.ask_reason()
    QTest.keyClicks(card.reason, "because")
    assert reasons == []
    card.show_case(view, enabled=True)  # what is being typed stays
    assert card.reason.toPlainText() == "because" and card.reason.isVisible()
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    assert reasons == ["because"]


def test_the_card_of_a_project_that_is_read_only_offers_nothing(card) -> None:
    card.show_case(CaseView("Decision 1 of 2", "x", "y", "open"), enabled=False)
    assert not card.chips.isVisible() and not card.reason.isVisible()


def test_what_is_next_is_a_click_away(qtbot) -> None:
    found = NextList()
    qtbot.addWidget(found)
    found.resize(360, 200)
    found.show()
    found.show_next("Next", [(3, "Stance", "words"), (5, "Only Noor", "others")])
    heard: list[int] = []
    found.picked.connect(heard.append)
    QTest.mouseClick(found.rows[1], LEFT)
    QTest.keyClick(found.rows[0], Qt.Key.Key_Return)
    assert heard == [5, 3]
    found.show_next("✓", [], "done")
    assert found.rows == [] and found.words.isVisible()


def status(**values) -> Standing:
    fields = {
        "cases": 5, "decided": 0, "stale": 0, "discuss": 0,
        "incomplete": 0, "statements": 0, "compared": 2,
    }  # fmt: skip
    agreed = values.pop("agreed", 0)
    return Standing(ArticleStatus(1, "x", **(fields | values)), agreed)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (None, ("…", "")),
        (status(agreed=2), ("2 agreed · 5 of 5 left", "")),
        (status(decided=5, statements=4), ("gold · 4 statements", "")),
        (status(cases=0, compared=2), ("gold · 0 statements", "")),
        (status(cases=0, compared=1), ("not compared yet", "")),
        (status(decided=5, stale=1), ("5 of 5 decided", "1 to look at again")),
        (status(decided=5, incomplete=1), ("5 of 5 decided", "1 incomplete")),
        (
            status(decided=2, stale=1, discuss=2),
            ("3 of 5 left", "1 to look at again · 2 to discuss"),
        ),
    ],
)
def test_how_far_an_article_is_is_said_in_words(standing, said) -> None:
    assert caption(standing) == said


def test_what_all_agree_on_is_taken_by_enter_and_left_by_escape(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    overlay = AgreedOverlay(window)
    heard: list[str] = []
    overlay.accepted.connect(lambda: heard.append("taken"))
    rows = [AgreedRow("", "An article"), AgreedRow("words", "Radel · Ceasefire", "favor", "▲")]
    overlay.open(rows, 1)
    assert "1 statement " in overlay.title.text() and overlay.geometry() == window.rect()
    QTest.keyClick(overlay.view, Qt.Key.Key_Escape)
    assert not overlay.isVisible() and heard == []
    overlay.open(rows, 1)
    QTest.keyClick(overlay.view, Qt.Key.Key_1)
    assert overlay.isVisible()
    QTest.keyClick(overlay.view, Qt.Key.Key_Return)
    assert not overlay.isVisible() and heard == ["taken"]


def plan(**values) -> Plan:
    found = Plan(Path("x.stance"), "Copy")
    for name, value in values.items():
        setattr(found, name, value)
    return found


def test_a_plan_is_told_with_what_asks_for_a_look_first() -> None:
    kept = Difference("u", "art", "Ada", "some words", ("stance",), taken=False)
    taken = Difference("u", "art", "Bo", "w" * 60, ("speaker",), taken=True)
    found = plan(
        conflicts=[kept],
        changed=[taken],
        added=Counter({"Bo": 2}),
        new_annotators=["Bo"],
        missing=[MissingArticle("seventh", 3)],
        statuses=1,
    )
    rows = plan_rows(found)
    assert [r.text for r in rows if r.kind == "heading"] == [
        "Changed on both sides",
        "Comes in",
        "Changed on their side",
        "Not in this project",
    ]
    assert rows[1].warns and "the one here stays" in rows[1].detail
    assert any(r.text.endswith("…") for r in rows if r.kind == "statement")
    assert headline(found) == "2 new statements and 1 changed one would come in"
    assert came_in(found, articles=True) == (
        "Merged “Copy”: 2 statements by Bo, 1 changed and 1 article with 3 statements."
    )


def test_a_plan_without_news_says_so() -> None:
    assert "Nothing to take over" in headline(plan())
    assert came_in(plan(), articles=False) == "Merged “Copy”: nothing new."
