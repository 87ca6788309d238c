"""What is seen on the text: probed in pictures of the view, light and dark."""

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from annotator.domain.records import SourceLink
from annotator.domain.spans import Span
from annotator.ui.annotate import reader_tags
from annotator.ui.annotate.reader_paint import Slice, Wash, banded
from tests.gui.colours import contrast
from tests.gui.probing import (
    behind,
    changes,
    colours,
    far_apart,
    ground,
    line_under,
    on,
    part,
    picture,
    row_of,
    thickness,
)
from tests.gui.reading import find, middle_of, move, open_reader
from tests.gui.sample_statements import CODEBOOK, bare

WORDS = "la force partirait demain"


@pytest.fixture
def reader(qtbot, look):
    return open_reader(qtbot)


# ------------------------------------------------------------------------- tint and line


def test_the_paper_and_the_words_are_those_of_the_look(reader, look):
    image = picture(reader)
    area = part(reader, find(reader, WORDS), 0.85, 0.25)
    assert ground(image, area) == look.paper
    assert (
        contrast(max(colours(image, area), key=lambda c: contrast(c, look.paper)), look.paper) > 7
    )


def test_statements_about_two_targets_have_two_tints(reader, look):
    one, two, free = find(reader, WORDS), find(reader, "personne au palais"), find(reader, "Harsk")
    image = picture(reader, on(1, one), on(2, two, target="ceasefire"))
    tints = {behind(reader, image, span) for span in (one, two, free)}
    assert len(tints) == 3
    assert look.paper in tints
    orange, blue = QColor(behind(reader, image, one)), QColor(behind(reader, image, two))
    assert orange.red() > orange.blue()
    assert blue.blue() > blue.red()


def test_a_statement_without_a_target_is_grey_but_seen(reader, look):
    span = find(reader, WORDS)
    colour = behind(reader, picture(reader, on(1, span, target=None, stance=None)), span)
    parts = (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())
    assert max(parts) - min(parts) < 12
    assert far_apart(colour, look.paper)


def test_the_line_tells_the_stance(reader, look):
    span = find(reader, WORDS)
    drawn = {}
    for stance in ("favor", "against", "neutral", "unclear", None):
        image = picture(reader, on(1, span, stance=stance))
        drawn[stance] = line_under(reader, image, span, look)
    assert all(drawn["favor"])
    assert all(drawn["against"])
    for broken in ("neutral", "unclear"):
        assert changes(drawn[broken]) > 10
    assert changes(drawn["neutral"]) != changes(drawn["unclear"])
    favor = picture(reader, on(1, span, stance="favor"))
    against = picture(reader, on(1, span, stance="against"))
    assert favor.copy(part(reader, span, -0.2, 0.62)) != against.copy(
        part(reader, span, -0.2, 0.62)
    )
    lines = {s: codebook_line(s) for s in ("favor", "against", "neutral", "unclear")}
    assert len(set(lines.values())) == 4
    double = next(s for s, line in lines.items() if line == "double")
    single = next(s for s, line in lines.items() if line == "solid")
    counts = {
        s: changes(thickness(reader, picture(reader, on(1, span, stance=s)), span, look))
        for s in (double, single)
    }
    assert counts[double] > counts[single]


def test_the_line_has_the_hue_of_the_target_in_full(reader, look):
    span = find(reader, WORDS)
    for target, hue in (("troop_deployment", "orange"), ("ceasefire", "blue")):
        image = picture(reader, on(1, span, target=target, stance="favor"))
        assert look.hue(hue).strong in colours(image, part(reader, span, -0.3, 0.45))


def codebook_line(stance):
    found = CODEBOOK.stance(stance)
    return found.line if found else None


def test_no_stance_yet_has_a_line_of_its_own(reader, look):
    span = find(reader, WORDS)
    area = part(reader, span, -0.2, 0.62)
    seen = [picture(reader, bare_on(span)).copy(area)]
    seen += [picture(reader, on(1, span, stance=s)).copy(area) for s in ("favor", "neutral")]
    seen.append(picture(reader).copy(area))
    assert all(a != b for i, a in enumerate(seen) for b in seen[:i])


def bare_on(span):
    return bare(1, span.start)


# ------------------------------------------------------------------------ several at once


def test_nested_statements_are_both_seen(reader, look):
    outer, inner = find(reader, "répété que « la force partirait"), find(reader, "force partirait")
    alone = picture(reader, on(1, outer))
    both = picture(reader, on(1, outer), on(2, inner, target="ceasefire"))
    beside = find(reader, "répété que")
    assert behind(reader, alone, beside) == behind(reader, both, beside)
    upper, lower = part(reader, inner, 0.88, -0.5), part(reader, inner, -0.12, 0.28)
    assert far_apart(ground(both, upper), ground(both, lower))
    assert look.paper not in (ground(both, upper), ground(both, lower))


def test_statements_on_the_same_words_have_a_line_each(reader, look):
    span = find(reader, WORDS)
    one = picture(reader, on(1, span, stance="favor"))
    two = picture(reader, on(1, span, stance="favor"), on(2, span, stance="favor", speaker_id=2))
    bars = [changes(thickness(reader, image, span, look)) for image in (one, two)]
    assert bars == [2, 4]


def test_the_tags_of_the_same_words_stand_side_by_side(reader, look):
    span = find(reader, WORDS)
    found = [on(1, span), on(2, span, target="ceasefire"), on(3, span, target=None)]
    reader.show_statements(found, CODEBOOK)
    geometry = reader.geometry_of_text
    tags = list(reader_tags.tags([row_of(reader, span.start)], found, CODEBOOK, geometry, 800))
    assert [tag.letter for tag in tags] == ["T", "C", ""]
    assert all(a.box.right() < b.box.left() for a, b in pairwise(tags))
    image = reader.viewport().grab().toImage()
    for tag, hue in zip(tags[:2], ("orange", "blue"), strict=True):
        found_there = colours(image, tag.box.toAlignedRect())
        assert look.hue(hue).strong in found_there


def test_tags_never_leave_the_view(reader):
    row = row_of(reader, 30)
    span = Span(row.end - 4, row.end)
    found = [on(i, span) for i in range(1, 5)]
    tags = list(reader_tags.tags([row], found, CODEBOOK, reader.geometry_of_text, 700))
    assert len(tags) == 4
    assert all(tag.box.right() <= 700 for tag in tags)


def test_two_hues_share_the_height_where_they_meet():
    def wash(left, right, hue):
        return Wash(Slice(row, left, right), hue, hue)

    row: Any = SimpleNamespace(baseline=100.0, em=20.0)
    alone = list(banded([wash(0, 50, "a"), wash(60, 90, "a")]))
    assert [clip for _, clip in alone] == [None, None]
    found = list(banded([wash(0, 100, "a"), wash(50, 150, "b")]))
    boxes = [(w.hue, c.left(), c.right(), c.height()) for w, c in found if c is not None]
    full = boxes[0][3]
    assert [(hue, left, right) for hue, left, right, _ in boxes] == [
        ("a", 0, 50),
        ("a", 50, 100),
        ("b", 50, 100),
        ("b", 100, 150),
    ]
    assert boxes[1][3] + boxes[2][3] == full == boxes[3][3]


# ------------------------------------------------------------------------------ chosen


def test_the_chosen_one_stands_out(reader, look):
    span, other = find(reader, WORDS), find(reader, "personne au palais")
    usual = picture(reader, on(1, span), on(2, other))
    chosen = picture(reader, on(1, span), on(2, other), chosen=1)
    assert behind(reader, usual, span) != behind(reader, chosen, span)
    assert behind(reader, usual, other) == behind(reader, chosen, other)


def test_what_belongs_to_the_chosen_one_is_shown(reader, look):
    span, places = find(reader, WORDS), {}
    for name, words in (
        ("mention", "gouvernement de Harsk"),
        ("cue", "répété"),
        ("condition_span", "personne au palais"),
    ):
        places[name] = find(reader, words)
    plain = picture(reader, on(1, span), chosen=1)
    for name, place in places.items():
        image = picture(reader, on(1, span, **{name: place}), chosen=1)
        area = part(reader, place, 1.0, 0.5).adjusted(-6, 0, 6, 0)
        assert image.copy(area) != plain.copy(area), name
    via = find(reader, "Lena Hasp")
    image = picture(reader, on(1, span, source_chain=(SourceLink(3, via),)), chosen=1)
    area = part(reader, via, 1.0, 0.5).adjusted(-6, 0, 6, 0)
    assert image.copy(area) != plain.copy(area)


def test_who_is_named_is_outlined_before_it_is_chosen(reader):
    span, name = find(reader, WORDS), find(reader, "Lena Hasp")
    area = part(reader, name, 1.0, 0.5).adjusted(-6, 0, 6, 0)
    named = picture(reader, on(1, span, mention=name)).copy(area)
    assert named != picture(reader, on(1, span)).copy(area)
    twice = picture(
        reader, on(1, span, mention=name), on(2, span, mention=name, target="ceasefire")
    )
    assert twice.copy(area) != named


def test_pieces_are_joined_by_dots(reader, look):
    one, two = find(reader, "gouvernement"), find(reader, "répété")
    between = Span(one.end + 1, two.start - 1)
    whole = picture(reader, on(1, one, two))
    assert behind(reader, whole, between) == look.paper
    apart = picture(reader, on(1, one), on(2, two))
    area = part(reader, between, -0.25, 0.5)
    assert whole.copy(area) != apart.copy(area)


def test_the_hovered_one_is_a_little_stronger(reader):
    span = find(reader, WORDS)
    before = behind(reader, picture(reader, on(1, span)), span)
    move(reader, middle_of(reader, span), held=Qt.MouseButton.NoButton)
    assert behind(reader, reader.viewport().grab().toImage(), span) != before
