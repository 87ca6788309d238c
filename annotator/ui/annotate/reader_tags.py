"""The tags at the start of each content: the letter of its target and the shape of its stance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from annotator.domain.codebook import Codebook, words
from annotator.domain.records import Statement
from annotator.ui import theme
from annotator.ui.annotate import reader_marks
from annotator.ui.annotate.reader_geometry import Geometry, Row
from annotator.ui.annotate.reader_layers import place_tags
from annotator.ui.shapes import paint_shape

_SIZE = 10.5  # of the letter, in pixels at zoom 1
_SHAPE = 7.2  # of the shape, likewise
_HEIGHT = 8.6
_GAP = 4.0  # between two tags
_GROUND = 0.5  # of paper around it, above and below
_FOOT = 0.84  # of the tag above the baseline, in ems: just over the ascenders


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag where it stands in the viewport."""

    statement: Statement
    letter: str
    box: QRectF


@lru_cache(maxsize=8)
def font(unit: float) -> QFont:
    """Return the typeface of the letters."""
    return theme.sans(max(8.0, _SIZE * unit), strong=True)


def letter_of(statement: Statement, codebook: Codebook | None) -> str:
    """Return the letter of the target; nothing when there is no target yet."""
    target = codebook.target(statement.target) if codebook else None
    if target is None:
        return ""
    return target.letter or words(target.name)[:1].upper() or target.id[:1].upper()


def tags(
    rows: Sequence[Row],
    statements: Sequence[Statement],
    codebook: Codebook | None,
    geometry: Geometry,
    right: float,
) -> Iterator[Tag]:
    """Yield the tags of the contents that start in `rows`, side by side, none beyond `right`."""
    unit = geometry.body_em / theme.READING
    metrics = QFontMetricsF(font(unit))
    by_start = sorted(statements, key=lambda s: (s.start, s.id))
    for row in rows:
        here = [s for s in by_start if row.start <= s.start < row.next]
        if not here:
            continue
        letters = [letter_of(s, codebook) for s in here]
        widths = [metrics.horizontalAdvance(x) + (_SHAPE + 2 * bool(x)) * unit for x in letters]
        wishes = [_wish(row, s, w, geometry) for s, w in zip(here, widths, strict=True)]
        places = place_tags(wishes, widths, _GAP * unit, right)
        height = _HEIGHT * unit
        top = row.baseline - _FOOT * row.em - height
        for statement, letter, x, width in zip(here, letters, places, widths, strict=True):
            yield Tag(statement, letter, QRectF(x, top, width, height))


def over(row: Row, body_em: float) -> float:
    """Return by how many pixels the tags of `row` stand out over its top."""
    height = _HEIGHT * body_em / theme.READING
    return max(0.0, row.top - (row.baseline - _FOOT * row.em - height - _GROUND))


def draw(painter: QPainter, tag: Tag, hue: theme.Hue, shape: str | None, unit: float) -> None:
    """Draw one tag on a ground of paper, so that it reads over the lines of the row above."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(theme.current().paper))
    painter.drawRoundedRect(tag.box.adjusted(-1.5, -_GROUND, 1.5, _GROUND), 2, 2)
    colour = theme.colour(hue.strong)
    painter.setFont(font(unit))
    painter.setPen(colour)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(tag.box.adjusted(0, -6, 9, 6), left, tag.letter)
    side = _SHAPE * unit
    box = QRectF(tag.box.right() - side, tag.box.center().y() - side / 2, side, side)
    if shape is None:
        reader_marks.ring(painter, box, colour)
    else:
        paint_shape(painter, box, shape, colour)


def _wish(row: Row, statement: Statement, width: float, geometry: Geometry) -> float:
    edge = geometry.edge(row, statement.start, end=False)
    return edge - width if row.backwards else edge
