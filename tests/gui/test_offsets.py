"""Code points and UTF-16 units there and back, alone and through a real text widget."""

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.domain.text import normalise, snapped
from annotator.ui.annotate.reader import Reader
from annotator.ui.offsets import Utf16Map
from tests.gui.reading import SHIFT, article, open_reader, place_of

# What news texts hold, and what breaks those who count wrongly.
PIECES = (
    *"aZé 9.’«\n\t",
    "mot",
    "e\u0301",  # an accent of its own
    "\u00a0",
    "\u202f",
    "\u200b",
    "\u00ad",
    "\u200d",
    "\ufeff",
    "\ufffc",
    "🕊",
    "👩\u200d👩\u200d👧",
    "🇫🇷",
    "𝔘",
    "\U0010ffff",
    "שלום",
    "בְּ",
    "هدنة",
    "ؤ\u064e",
    "停火",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join).map(normalise)


@st.composite
def texts_with_spans(draw) -> tuple[str, Span]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def units_before(text: str) -> list[int]:
    """Return for each position of `text` how many UTF-16 units stand before it: the oracle."""
    return [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]


@given(TEXTS)
def test_units_are_those_of_the_encoding(text):
    units = Utf16Map(text)
    assert [units.to_units(at) for at in range(len(text) + 1)] == units_before(text)
    assert (units.length, units.units) == (len(text), units_before(text)[-1])


@given(TEXTS)
def test_there_and_back(text):
    units = Utf16Map(text)
    for at in range(len(text) + 1):
        assert units.to_points(units.to_units(at)) == at


@given(TEXTS)
def test_the_way_back_never_runs_backwards_and_names_the_pair_it_is_in(text):
    units, before = Utf16Map(text), units_before(text)
    found = [units.to_points(unit) for unit in range(units.units + 1)]
    assert found == sorted(found)
    assert all(before[point] <= unit for unit, point in enumerate(found))
    for unit, point in enumerate(found):
        assert unit == before[point] or (unit == before[point] + 1 and text[point] > "\uffff")


@given(texts_with_spans())
def test_spans_come_back(case):
    text, span = case
    units = Utf16Map(text)
    assert units.span(units.to_units(span.start), units.to_units(span.end)) == span
    assert units.span(units.to_units(span.start), units.to_units(span.start)) is None


@given(TEXTS, st.integers(-5, 200))
def test_a_position_outside_is_the_nearest_inside(text, position):
    units = Utf16Map(text)
    assert units.to_units(position) == units.to_units(min(max(position, 0), len(text)))
    assert units.to_points(position) == units.to_points(min(max(position, 0), units.units))


def test_an_empty_map_knows_one_position():
    assert (Utf16Map().to_units(3), Utf16Map().to_points(3), Utf16Map().span(0, 3)) == (0, 0, None)


@pytest.fixture
def reader(qtbot) -> Reader:
    return open_reader(qtbot, "x", width=500, height=300)


def test_what_is_selected_in_the_text_is_what_was_asked_for(reader):
    @settings(max_examples=60, deadline=None)
    @given(texts_with_spans())
    def check(case):
        text, span = case
        reader.show_article(article(text))
        assert reader.selected_span() is None
        reader.select(span)
        assert reader.selected_span() == span
        assert reader.caret() == span.end
        reader.clear_selection()
        assert (reader.selected_span(), reader.caret()) == (None, span.end)

    check()


def test_what_is_copied_is_the_slice_itself(reader):
    @settings(max_examples=60, deadline=None)
    @given(texts_with_spans())
    def check(case):
        text, span = case
        reader.show_article(article(text))
        reader.select(span)
        copied = reader.createMimeDataFromSelection().text()
        # Qt takes a first U+FEFF of any mime data for a mark of the encoding.
        assert copied == span.of(text).removeprefix("\ufeff")

    check()


def test_the_clipboard_gets_no_break_spaces_and_no_formats(reader):
    reader.show_article(article("« Non\u00a0», dit-il.\nFin\u202f!", title="« Non"))
    reader.selectAll()
    reader.copy()
    data = QApplication.clipboard().mimeData()
    assert data.text() == "« Non\u00a0», dit-il.\nFin\u202f!"
    assert not data.hasHtml()


def test_all_of_it_can_be_selected(reader):
    @settings(max_examples=40, deadline=None)
    @given(TEXTS.filter(bool))
    def check(text):
        reader.show_article(article(text))
        reader.selectAll()
        assert reader.selected_span() == Span(0, len(text))

    check()


def test_shift_and_arrows_go_over_whole_signs(reader):
    text = "a🕊e\u0301👩\u200d👩\u200d👧z"
    reader.show_article(article(text))
    reader.set_caret(0)
    seen = []
    for _ in range(5):
        QTest.keyClick(reader, Qt.Key.Key_Right, SHIFT)
        seen.append(reader.selected_span().of(text))
    assert seen == ["a", "a🕊", "a🕊e\u0301", "a🕊e\u0301👩\u200d👩\u200d👧", text]


WORDS = st.lists(
    st.sampled_from(
        (
            "cessez-le-feu",
            "l’entrée",
            "e\u0301te\u0301",
            "🕊",
            "Kiev🕊",
            "«",
            "fin.",
            "co\u00adopérer",
        )
    ),
    min_size=1,
    max_size=6,
)


def test_a_double_click_selects_the_word_as_the_domain_snaps_it(reader):
    @settings(max_examples=25, deadline=None)
    @given(WORDS, st.sampled_from((" ", "\u00a0")), st.data())
    def check(words, gap, data):
        text = gap.join(words)
        reader.show_article(article(text, title=""))
        letters = [at for at, letter in enumerate(text) if letter.isalnum()]
        if not letters:
            return
        at = data.draw(st.sampled_from(letters))
        left, right = place_of(reader, at), place_of(reader, at + 1)
        if right.x() <= left.x() + 1:
            return  # a sign of several code points, or the end of a line
        QTest.mouseDClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=(left + right) / 2)
        assert reader.selected_span() == snapped(Span(at, at + 1), text, "fr")

    check()


def test_the_map_is_quick_on_a_long_text():
    text = "Une trêve 🕊 de mots. " * 20_000
    units = Utf16Map(text)
    astral = [at for at, sign in enumerate(text) if sign == "🕊"]
    for at in (0, 11, 12, 200_000, len(text)):
        assert units.to_units(at) == at + bisect_left(astral, at)
