"""The margin: cards beside their statements, of any number of them."""

import time
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollBar, QWidget

from annotator.domain.records import SourceLink
from annotator.domain.spans import Span
from annotator.ui.annotate.card import BAR_HEIGHT, Card
from annotator.ui.annotate.margin import Margin
from annotator.ui.chips import Chip
from tests.gui.sample_statements import CODEBOOK, SPEAKERS, TEXT, bare, candidates, statement

LEFT = Qt.MouseButton.LeftButton
PER_POINT = 0.4  # pixels a code point of the text that these tests pretend to show


class Desk(QWidget):
    """A margin beside a field, scrolled by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.scrolled = 0
        self.text, self.margin = QLineEdit(), Margin()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        layout.addWidget(self.margin)
        self.resize(700, 800)
        self.margin.form.use_candidates(candidates)
        self.margin.form.finished.connect(self.text.setFocus)
        self.margin.place_by(self.y_of, self.in_view)

    def y_of(self, position: int) -> float:
        return (position - self.scrolled) * PER_POINT

    def in_view(self) -> Span | None:
        return Span(self.scrolled, self.scrolled + int(self.height() / PER_POINT))

    def show_statements(self, found, lang="en", read_only=False) -> None:
        self.margin.show_statements(found, CODEBOOK, SPEAKERS, TEXT, lang, read_only)

    def scroll_to(self, position: int) -> None:
        self.scrolled = position
        self.margin.refresh_places()


@pytest.fixture
def desk(qtbot):
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.text.setFocus()
    qtbot.waitUntil(made.text.hasFocus)
    return made


def ids(margin):
    return [card.statement_id for card in margin.cards()]


def pointer(margin, which):
    return {"above": margin._above, "below": margin._below}[which]


def test_cards_stand_beside_their_statements(desk):
    desk.show_statements([statement(1, 0), statement(2, 500), statement(3, 1000)])
    cards = desk.margin.cards()
    assert ids(desk.margin) == [1, 2, 3]
    assert [card.y() for card in cards] == [0, 194, 394]
    assert all(card.height() == card.sizeHint().height() for card in cards)


def test_those_that_meet_push_each_other(desk):
    desk.show_statements([statement(1, 500), statement(2, 510), statement(3, 510)])
    one, two, three = (card.geometry() for card in desk.margin.cards())
    assert two.top() - one.bottom() == three.top() - two.bottom() == 9
    assert one.top() < 194 < three.top()


def test_a_click_says_which(desk, qtbot):
    desk.show_statements([statement(1, 0), statement(2, 500)])
    with qtbot.waitSignal(desk.margin.chosen) as seen:
        qtbot.mouseClick(desk.margin.cards()[1], LEFT)
    assert seen.args == [2]
    assert desk.text.hasFocus()


def test_the_chosen_card_opens_at_its_place(desk):
    desk.show_statements([statement(1, 0), statement(2, 300), statement(3, 400)])
    desk.margin.choose(2)
    form = desk.margin.form
    assert form.isVisible()
    assert form.statement.id == 2
    assert form.mapTo(desk.margin, QPoint(0, 0)).y() == 114
    assert form.height() == form.heightForWidth(form.width())
    assert ids(desk.margin) == [1, 3]
    assert desk.margin.cards()[1].y() == 114 + form.height() + 8
    desk.margin.choose(None)
    assert not form.isVisible()
    assert ids(desk.margin) == [1, 2, 3]


def test_the_chosen_card_stays_wholly_in_view(desk):
    desk.show_statements([statement(i, i * 300) for i in range(20)])
    desk.margin.choose(6)
    form = desk.margin.form
    bottom = form.mapTo(desk.margin, form.rect().bottomLeft()).y()
    assert bottom < desk.margin.height()
    desk.scroll_to(3000)  # its words are far above now
    assert form.isVisible()
    assert 0 <= form.mapTo(desk.margin, QPoint(0, 0)).y() < 40


def test_choosing_does_not_take_the_focus(desk):
    desk.show_statements([statement(1, 0), statement(2, 300)])
    desk.margin.choose(1)
    desk.margin.choose(2)
    assert desk.text.hasFocus()


@pytest.mark.parametrize("start", [0, 1200])
def test_the_names_that_are_offered_leave_target_and_stance_free(desk, qtbot, start):
    desk.resize(1000, 900)
    desk.show_statements([statement(1, start)])
    desk.margin.choose(1)
    QApplication.processEvents()
    body = desk.margin.form.body
    desk.margin.form.ask_speaker("Radel")
    offered = body.speaker.field.list
    assert offered.isVisible() and desk.rect().contains(offered.geometry())
    for group in ("target", "stance"):
        row = body.rows[group]
        assert not offered.geometry().intersects(QRect(row.mapTo(desk, QPoint(0, 0)), row.size()))


def test_a_low_window_lets_the_form_scroll(desk, qtbot):
    desk.show_statements([statement(1, 0)])
    desk.resize(700, 300)
    desk.margin.choose(1)
    QApplication.processEvents()
    form = desk.margin.form
    assert form.height() > desk.margin.height() == 300
    form.ask_note()
    shown = form.body.note.mapTo(desk.margin, form.body.note.rect().bottomLeft()).y()
    assert shown < 300


def test_a_changed_statement_is_shown_at_once(desk):
    desk.show_statements([statement(1, 0), statement(2, 300)])
    desk.margin.choose(2)
    desk.show_statements([statement(1, 0, stance="favor"), statement(2, 300, stance=None)])
    assert desk.margin.cards()[0].summary.stance == "favor"
    assert desk.margin.form.body.rows["stance"].value is None
    desk.show_statements([statement(1, 0)])
    assert not desk.margin.form.isVisible()


def test_the_focus_goes_back_to_the_text_when_the_open_card_goes(desk, qtbot):
    desk.show_statements([statement(1, 0), statement(2, 300)])
    desk.margin.choose(2)
    desk.margin.form.body.rows["stance"].chips[0].setFocus()
    desk.show_statements([statement(1, 0)])
    assert desk.text.hasFocus()


def test_the_focus_goes_back_to_the_text_when_its_card_scrolls_away(desk):
    desk.show_statements([statement(1, 100), statement(2, 6000)])
    desk.margin.cards()[0].setFocus()
    desk.scroll_to(4500)
    assert ids(desk.margin) == [2]
    assert desk.text.hasFocus()


def test_tab_goes_from_the_top_to_the_bottom(desk, qtbot):
    desk.show_statements([statement(i, i * 300) for i in range(5)])
    desk.scroll_to(300)
    cards = desk.margin.cards()
    assert desk.margin.first_widget() is cards[0]
    cards[0].setFocus()
    for one, other in pairwise(cards):
        qtbot.keyClick(one, Qt.Key.Key_Tab)
        assert other.hasFocus()


def way(desk, qtbot, key=Qt.Key.Key_Tab) -> list[QWidget]:
    """Return where Tab stops in the margin, beginning in the text."""
    stops: list[QWidget] = []
    desk.text.setFocus()
    qtbot.keyClick(desk.text, key)
    while (here := QApplication.focusWidget()) is not desk.text:
        assert here is not None and here not in stops, "it ends where it began"
        stops.append(here)
        qtbot.keyClick(here, key)
    return stops


def is_as_seen(desk, stops) -> bool:
    places = [stop.mapTo(desk.margin, QPoint(0, 0)) for stop in stops]
    return [(p.y(), p.x()) for p in places] == sorted((p.y(), p.x()) for p in places)


MARKED: dict[str, Any] = {
    "mention": Span(300, 324),
    "cue": Span(337, 346),
    "condition_span": Span(360, 369),
    "source_chain": (SourceLink(2, None), SourceLink(4, None)),
    "pieces": (Span(300, 310), Span(320, 330)),
}


def test_tab_goes_through_cards_and_form_as_they_are_seen(desk, qtbot):
    desk.resize(700, 1200)
    desk.show_statements([statement(i, i * 30) for i in range(60)])
    desk.margin.choose(10)
    stops = way(desk, qtbot)
    form = desk.margin.form
    assert stops[0] is pointer(desk.margin, "above")
    assert stops[-1] is pointer(desk.margin, "below")
    inside = [form.isAncestorOf(stop) for stop in stops]
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    assert all(inside[first:last]) and isinstance(stops[last], Card)
    assert is_as_seen(desk, stops)
    assert way(desk, qtbot, Qt.Key.Key_Backtab) == stops[::-1]


def test_tab_goes_through_chips_that_were_made_later_as_they_are_seen(desk, qtbot):
    desk.resize(700, 1200)
    plain, others = statement(1, 300), [statement(0, 0), statement(2, 600)]
    desk.show_statements([others[0], plain, others[1]])
    desk.margin.choose(1)
    few = way(desk, qtbot)
    desk.show_statements([others[0], statement(1, 300, **MARKED), others[1]])
    stops = way(desk, qtbot)
    tags = [stop for stop in stops if isinstance(stop, Chip) and stop.kind == "tag"]
    assert len(tags) == 5 and len(stops) == len(few) + 5
    assert is_as_seen(desk, stops)
    others_chosen = {"target": "ceasefire", "stance": "unclear"}
    desk.show_statements([others[0], statement(1, 300, **MARKED, **others_chosen), others[1]])
    assert is_as_seen(desk, way(desk, qtbot)), "the stop of a row is at its chosen chip"


def test_too_many_become_bars_and_the_rest_is_said(desk, qtbot):
    desk.show_statements([statement(i, i * 30) for i in range(60)])
    cards = desk.margin.cards()
    assert all(card.compact and card.height() == BAR_HEIGHT for card in cards)
    below = pointer(desk.margin, "below")
    assert below.isVisible()
    assert below.face.text == f"{60 - len(cards)} more below ↓"
    assert cards[-1].geometry().bottom() < below.y()
    with qtbot.waitSignal(desk.margin.chosen) as seen:
        qtbot.mouseClick(below, LEFT)
    assert seen.args == [len(cards)]


def test_those_before_the_open_card_are_said_too(desk):
    desk.show_statements([statement(i, i * 30) for i in range(20)])
    desk.margin.choose(8)
    above = pointer(desk.margin, "above")
    assert above.isVisible()
    over = [card for card in desk.margin.cards() if card.statement_id < 8]
    assert above.face.text == f"{8 - len(over)} more above ↑"
    assert all(card.y() > above.geometry().bottom() for card in over)


def test_ten_thousand_statements_scroll_smoothly(desk):
    desk.show_statements([statement(i, i * 100) for i in range(10_000)])
    times = []
    for step in range(60):
        before = time.perf_counter()
        desk.scroll_to(500_000 + step * 250)
        QApplication.processEvents()
        times.append(time.perf_counter() - before)
    widgets = desk.margin.findChildren(type(desk.margin.cards()[0]))
    assert len(widgets) < 60
    assert sorted(times)[30] < 0.016


def test_an_empty_article_says_how_to_begin(desk):
    desk.show_statements([])
    words = desk.margin._empty
    assert words.isVisible()
    assert "⏎" in words.text()
    assert "1 for Ceasefire" in words.text()
    desk.show_statements([bare(1)])
    assert not words.isVisible()
    desk.show_statements([], read_only=True)
    assert not words.isVisible()


def test_typed_words_reach_the_statement_they_were_typed_for(desk, qtbot):
    desk.show_statements([statement(1, 0), statement(2, 300)])
    desk.margin.choose(1)
    desk.margin.form.ask_note()
    qtbot.keyClicks(desk.margin.form.body.note, "mine")
    with qtbot.waitSignal(desk.margin.form.note_edited) as seen:
        desk.margin.choose(2)
    assert seen.args == [1, "mine"]


def test_the_wheel_scrolls_the_text(desk, qtbot):
    bar = QScrollBar(desk)
    bar.setRange(0, 1000)
    desk.margin.pass_wheel_to(bar)
    at = QPointF(50, 600)
    event = QWheelEvent(
        at,
        desk.margin.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.margin, event)
    assert bar.value() > 0


def test_the_candidates_follow_the_card_when_the_text_scrolls(desk, qtbot):
    desk.show_statements([statement(1, 600)])
    desk.margin.choose(1)
    field = desk.margin.form.body.speaker.field
    desk.margin.form.ask_speaker("Radel")
    before = field.list.y() - field.mapTo(desk, QPoint(0, 0)).y()
    desk.scroll_to(300)
    assert field.list.isVisible()
    assert field.list.y() - field.mapTo(desk, QPoint(0, 0)).y() == before
