"""What a picture of the text shows where: for tests of what is painted on it."""

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage

from annotator.domain.spans import Span
from annotator.ui.annotate import reader_tags
from annotator.ui.annotate.reader_paint import Slice, knobs
from tests.gui.sample_statements import CODEBOOK, statement


def on(id_, *spans, **values):
    return statement(id_, pieces=spans, **values)


def picture(reader, *found, chosen=None) -> QImage:
    reader.show_statements(list(found), CODEBOOK)
    reader.choose(chosen)
    return reader.viewport().grab().toImage()


def row_of(reader, position):
    return reader.geometry_of_text.row_of(position)


def part(reader, span: Span, above: float, below: float) -> QRect:
    """Return the pixels of `span` (in one row) from `above` to `below` the baseline, in ems."""
    row = row_of(reader, span.start)
    ((left, right),) = reader.geometry_of_text.boxes(row, span)
    box = Slice(row, left, right).box(above, below)
    return box.toAlignedRect().adjusted(3, 0, -3, 0)


def colours(image: QImage, area: QRect) -> Counter:
    return Counter(
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )


def ground(image: QImage, area: QRect) -> str:
    """Return the colour that most of `area` has."""
    return colours(image, area).most_common(1)[0][0]


def behind(reader, image, span) -> str:
    return ground(image, part(reader, span, 0.85, 0.25))


def far_apart(one: str, other: str, least: int = 6) -> bool:
    a, b = QColor(one), QColor(other)
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return sum(abs(x - y) for x, y in parts) >= least


def line_under(reader, image, span, look) -> list[bool]:
    """Return for each column of `span` whether the line of the stance is drawn there."""
    area = part(reader, span, -0.32, 0.56)
    strong = QColor(look.hue("orange").strong)
    paper = QColor(look.paper)

    def inked(x, y):
        colour = image.pixelColor(x, y)
        return abs(colour.green() - strong.green()) < abs(colour.green() - paper.green())

    return [
        any(inked(x, y) for y in range(area.top(), area.bottom() + 1))
        for x in range(area.left(), area.right() + 1)
    ]


def thickness(reader, image, span, look) -> list[bool]:
    """Return the column in the middle of the lines under `span`, top down: drawn or not."""
    area = part(reader, span, -0.2, 0.75)
    strong, paper = QColor(look.hue("orange").strong), QColor(look.paper)
    x = area.center().x()
    return [
        abs(image.pixelColor(x, y).green() - strong.green())
        < abs(image.pixelColor(x, y).green() - paper.green())
        for y in range(area.top(), area.bottom() + 1)
    ]


def changes(flags: list[bool]) -> int:
    return sum(a != b for a, b in pairwise(flags))


def show(reader, *found, chosen=None):
    reader.show_statements(list(found), CODEBOOK)
    reader.choose(chosen)


def knob_of(reader, field, edge, span=None) -> QPoint:
    """Return where the knob of an edge of the chosen statement stands."""
    rows = list(reader.geometry_of_text.rows(0, reader.viewport().height()))
    for grip, at in knobs(reader.scene.chosen, reader.geometry_of_text, rows):
        if (grip.field, grip.edge) == (field, edge) and span in (None, grip.span):
            return at.toPoint()
    raise AssertionError(f"no knob at the {edge} of {field}")


def tag_of(reader, id_) -> QPoint:
    """Return the upper half of the tag of a statement, where no word is."""
    scene, geometry = reader.scene, reader.geometry_of_text
    rows, right = list(geometry.rows(0, 600)), reader.viewport().width()
    shown = scene.meeting(Span(0, len(geometry.text)))
    found = reader_tags.tags(rows, shown, scene.codebook, geometry, right)
    box = next(tag.box for tag in found if tag.statement.id == id_)
    return QPointF(box.center().x(), box.top() + 1).toPoint()
