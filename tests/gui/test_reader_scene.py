"""Excluded regions, selection, hits and long texts: what else is seen on the text."""

import time

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate.reader_paint import Canvas
from tests.gui.colours import contrast
from tests.gui.probing import behind, colours, ground, line_under, on, part, picture
from tests.gui.reading import LONG, find, open_reader
from tests.gui.sample_statements import CODEBOOK

WORDS = "la force partirait demain"


@pytest.fixture
def reader(qtbot, look):
    return open_reader(qtbot)


def test_excluded_regions_are_grey_words_on_another_ground(reader, look):
    span = find(reader, "personne au palais")
    picture(reader)
    reader.show_excluded([span])
    image = reader.viewport().grab().toImage()
    area = part(reader, span, 0.85, 0.25)
    ink = max(colours(image, area), key=lambda c: contrast(c, look.paper))
    assert contrast(ink, look.paper) < 5
    assert ground(image, area) != look.paper
    reader.show_excluded([])
    image = reader.viewport().grab().toImage()
    assert ground(image, area) == look.paper


def test_excluded_words_stay_grey_when_the_look_changes(reader, look, qapp):
    span = find(reader, "personne au palais")
    reader.show_excluded([span])
    other = theme.LIGHT if look.dark else theme.DARK
    theme.ask_for(other)
    theme.apply(qapp)
    image = reader.viewport().grab().toImage()
    (selection,) = reader.extraSelections()
    assert selection.format.foreground().color().name() == other.excluded
    assert behind(reader, image, find(reader, "Harsk")) == other.paper


def test_the_selection_is_seen_under_the_words(reader, look):
    span = find(reader, WORDS)
    reader.select(span)
    image = reader.viewport().grab().toImage()
    assert behind(reader, image, span) == look.selection
    reader.clear_selection()
    assert behind(reader, reader.viewport().grab().toImage(), span) == look.paper


def test_a_selection_does_not_hide_the_lines_of_statements(reader, look):
    span = find(reader, WORDS)
    reader.select(span)
    image = picture(reader, on(1, span, stance="favor"))
    assert all(line_under(reader, image, span, look))


def test_hits_are_marked_and_the_current_one_more(reader, look):
    hits = [find(reader, "brigades", n) for n in (1, 2)]
    reader.show_hits(hits, 1)
    image = reader.viewport().grab().toImage()
    assert [behind(reader, image, hit) for hit in hits] == [look.found, look.found]
    # The upper edge of the second one is drawn in ink.
    tops = [part(reader, hit, 1.0, 0) for hit in hits]
    edges = [colours(image, QRect(top.topLeft(), top.topRight() + QPoint(0, 3))) for top in tops]
    inked = [sum(n for c, n in edge.items() if contrast(c, look.ink) < 2.5) for edge in edges]
    assert inked[1] >= tops[1].width() > inked[0]
    reader.show_hits([], 0)
    assert behind(reader, reader.viewport().grab().toImage(), hits[0]) == look.paper


def test_larger_letters_have_larger_marks(reader, look):
    span = find(reader, "la force")
    before = part(reader, span, 0.9, 0.29).height()
    reader.set_zoom(2.0)
    image = picture(reader, on(1, span, stance="favor"))
    assert part(reader, span, 0.9, 0.29).height() > 1.8 * before
    assert all(line_under(reader, image, span, look))
    assert behind(reader, image, span) != look.paper


# ------------------------------------------------------------------------------ long texts


@pytest.fixture
def long_reader(qtbot):
    """Return a reader of 200 kB with 2,000 statements, somewhere in the middle."""
    text = (LONG * 7)[:200_000]
    reader = open_reader(qtbot, text)
    reader.show_statements([on(i, Span(i * 99, i * 99 + 60)) for i in range(2_000)], CODEBOOK)
    reader.reveal(Span(100_000, 100_010))
    return reader


def test_only_what_is_in_view_is_painted(long_reader):
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    shown = long_reader.view_range()
    with QPainter(image) as painter:
        clip = QRectF(0, 0, 900, 600)
        canvas = Canvas(painter, long_reader.geometry_of_text, long_reader.scene, clip)
        spans = [part.row.start for part in canvas._slices(Span(0, 200_000))]
    assert min(spans) > shown.start - 400
    assert max(spans) < shown.end + 400
    assert len(spans) < 30


def test_a_long_text_with_many_statements_is_painted_at_once(long_reader):
    times = []
    for step in range(20):
        long_reader.verticalScrollBar().setValue(long_reader.verticalScrollBar().value() + step)
        before = time.perf_counter()
        long_reader.viewport().grab()
        times.append(time.perf_counter() - before)
    assert sorted(times)[10] < 0.05
