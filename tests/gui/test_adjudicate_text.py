"""Several annotators' statements in the text: their lines, the tints, what a click means."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from annotator.domain.records import Annotator
from annotator.ui.adjudicate.guises import guises
from annotator.ui.annotate.reader_review import Review
from tests.gui.probing import behind, far_apart, on, part
from tests.gui.reading import find, middle_of, open_reader
from tests.gui.sample_statements import CODEBOOK

WORDS = "la force partirait demain"
GOLD = 99


@pytest.fixture
def reader(qtbot, look):
    return open_reader(qtbot)


def traces(count: int):
    people = [Annotator(i, f"u{i}", f"Name{i}") for i in range(1, count + 1)]
    return {
        g.annotator_id: g.trace for g in guises(people, ["blue", "orange"], blind=False, seed="")
    }


def show(reader, statements, review: Review):
    reader.show_statements(statements, CODEBOOK, review)
    return reader.viewport().grab().toImage()


def near(image, area, wanted: str, most: int = 24) -> bool:
    """Tell whether any pixel of `area` is at most so far from the colour `wanted`."""
    goal = QColor(wanted)
    return any(
        abs(c.red() - goal.red()) + abs(c.green() - goal.green()) + abs(c.blue() - goal.blue())
        <= most
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
        for c in [image.pixelColor(x, y)]
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_every_annotator_has_a_line_in_their_own_hue(reader, look, count) -> None:
    span = find(reader, WORDS)
    lines = traces(count)
    statements = [on(i, span, annotator_id=i) for i in lines]
    image = show(reader, statements, Review(lines))
    for trace in lines.values():
        area = part(reader, span, -trace.below + 0.09, trace.below + 0.09)
        assert near(image, area, look.hue(trace.hue).strong, 90), trace  # dashes have soft edges
    if count < 2:
        above = part(reader, span, 1.2, -0.95)
        assert not near(image, above, look.hue(lines[1].hue).strong)


def test_undecided_words_have_no_tint_decided_and_refused_ones_have_theirs(reader, look) -> None:
    lines = traces(2)
    open_, gold, refused = (find(reader, w) for w in (WORDS, "personne au palais", "Lena Hasp"))
    statements = [
        on(1, open_, annotator_id=1),
        on(2, gold, annotator_id=1),
        on(3, gold, annotator_id=GOLD),
        on(4, refused, annotator_id=2),
    ]
    review = Review(lines, settled=frozenset({2, 4}), refused=frozenset({4}))
    image = show(reader, statements, review)
    assert behind(reader, image, open_) == look.paper
    assert behind(reader, image, gold) == look.decided
    assert behind(reader, image, refused) == look.chip


def test_the_present_case_stands_out_and_is_named(reader, look) -> None:
    span = find(reader, WORDS)
    lines = traces(2)
    statements = [on(1, span, annotator_id=1), on(2, span, annotator_id=2)]
    plain = show(reader, statements, Review(lines))
    present = show(reader, statements, Review(lines, current=frozenset({1, 2})))
    assert behind(reader, plain, span) == look.paper
    assert behind(reader, present, span) == look.accent_soft
    assert far_apart(look.accent_soft, look.paper)
    name = part(reader, span, -0.45, 0.95)
    assert near(present, name, look.hue(lines[1].hue).strong)


def test_the_lines_of_what_is_settled_are_faint(reader, look) -> None:
    span = find(reader, WORDS)
    lines = traces(1)
    area = part(reader, span, -0.27, 0.45)
    statements = [on(1, span, annotator_id=1)]
    image = show(reader, statements, Review(lines, settled=frozenset({1})))
    assert not near(image, area, look.hue(lines[1].hue).strong)
    assert far_apart(behind(reader, image, span), look.hue(lines[1].hue).strong)


def test_a_click_goes_from_case_to_case_at_the_same_place(reader, qtbot) -> None:
    outer, inner = find(reader, "que « la force partirait demain »"), find(reader, WORDS)
    statements = [
        on(1, inner, annotator_id=1),
        on(2, inner, annotator_id=2),
        on(3, outer, annotator_id=1),
    ]
    groups = {1: 0, 2: 0, 3: 1}
    lines = traces(2)
    heard: list[int] = []
    reader.statement_clicked.connect(heard.append)
    current = frozenset[int]()
    for _ in range(3):
        reader.show_statements(statements, CODEBOOK, Review(lines, groups, current))
        at = middle_of(reader, inner)
        QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.wait(10)
        current = frozenset(s.id for s in statements if groups[s.id] == groups[heard[-1]])
    assert [groups[i] for i in heard] == [0, 1, 0]


def test_the_edited_gold_statement_is_shown_as_on_the_annotate_page(reader, look) -> None:
    span = find(reader, WORDS)
    statements = [on(1, span, annotator_id=1), on(2, span, annotator_id=GOLD)]
    review = Review(traces(1), current=frozenset({1, 2}))
    reader.show_statements(statements, CODEBOOK, review)
    reader.choose(2)
    image = reader.viewport().grab().toImage()
    ground = QColor(behind(reader, image, span))
    assert ground.red() > ground.blue() + 10  # the hue of the target, not of the decided
