"""How statements, excluded regions and search hits look in the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from annotator.domain.codebook import Codebook
from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate import reader_marks, reader_tags
from annotator.ui.annotate.hits import Grip, grips
from annotator.ui.annotate.reader_geometry import Geometry, Row, gaps
from annotator.ui.annotate.reader_layers import Layers
from annotator.ui.annotate.reader_review import Review, ReviewPainter

# Heights in ems of the row, from its baseline.
_TINT_ABOVE = 0.9
_TINT_BELOW = 0.29
_LINE_BELOW = 0.36
_LANE = 0.235
_LANES = 3  # more do not fit between two rows
_CUE_BELOW = 0.2
_REACH = 2.5  # how far marks stand out of their row, in ems


@dataclass
class Scene:
    """What is to be seen on the text; spans in code points."""

    layers: Layers = field(default_factory=Layers)
    codebook: Codebook | None = None
    chosen: Statement | None = None  # while an edge is dragged, with the edge where the mouse is
    hovered: int | None = None
    held: Grip | None = None  # the grip under the mouse
    pointed: int | None = None  # the code point under the mouse
    excluded: Sequence[Span] = ()
    hits: Sequence[Span] = ()
    current_hit: Span | None = None
    selection: Span | None = None
    review: Review | None = None  # the statements are several annotators'

    def meeting(self, span: Span) -> list[Statement]:
        """Return the statements that show in `span`, the chosen one last."""
        chosen = self.chosen
        if chosen is None:
            return self.layers.meeting(span)
        return [*(s for s in self.layers.meeting(span) if s.id != chosen.id), chosen]

    def is_chosen(self, statement: Statement) -> bool:
        """Tell whether `statement` is the chosen one."""
        return self.chosen is not None and statement.id == self.chosen.id

    def hue(self, statement: Statement) -> theme.Hue:
        """Return the colours of a statement's target, the neutral ones before it is chosen."""
        target = self.codebook.target(statement.target) if self.codebook else None
        return theme.current().hue(target.hue if target else None)


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a span that shows in one stretch of one row."""

    row: Row
    left: float
    right: float

    def box(self, above: float, below: float, out: float = 0.0) -> QRectF:
        """Return the box from `above` to `below` the baseline in ems, `out` pixels larger."""
        top = self.row.baseline - above * self.row.em - out
        bottom = self.row.baseline + below * self.row.em + out
        return QRectF(self.left - out, top, self.right - self.left + 2 * out, bottom - top)

    def line(self, below: float, inset: float = 0.0) -> QLineF:
        """Return the line at `below` the baseline in ems."""
        y = self.row.baseline + below * self.row.em
        return QLineF(self.left + inset, y, self.right - inset, y)


@dataclass(frozen=True, slots=True)
class Wash:
    """One tint in one row; `hue` tells which tints belong together."""

    part: Slice
    hue: str
    colour: str


def banded(row: Sequence[Wash]) -> Iterator[tuple[Wash, QRectF | None]]:
    """Yield each tint of one row with the boxes to which it is to be clipped; None for no clip.

    The row is cut where a tint begins or ends; in each cut the hues share the height, in the order
    in which they come.
    """
    if len({wash.hue for wash in row}) < 2:
        for wash in row:
            yield wash, None
        return
    cuts = sorted({round(x) for wash in row for x in (wash.part.left, wash.part.right)})
    for left, right in pairwise(cuts):
        here = [w for w in row if round(w.part.left) <= left and right <= round(w.part.right)]
        hues = list(dict.fromkeys(sorted(wash.hue for wash in here)))
        for wash in here:
            box = wash.part.box(_TINT_ABOVE, _TINT_BELOW)
            top, height = round(box.top()) - 1, round(box.height()) + 2
            at = hues.index(wash.hue)
            edges = [top + round(height * i / len(hues)) for i in (at, at + 1)]
            yield wash, QRectF(left, edges[0], right - left, edges[1] - edges[0])


class Canvas:
    """One painting of the marks in the rows that show in `clip`."""

    def __init__(self, painter: QPainter, geometry: Geometry, scene: Scene, clip: QRectF) -> None:
        self._painter = painter
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._geometry = geometry
        self._scene = scene
        self._theme = theme.current()
        self._unit = geometry.body_em / theme.READING
        reach = _REACH * max(geometry.body_em, geometry.headline_em)
        self._rows = list(geometry.rows(clip.top() - reach, clip.bottom() + reach))
        self._starts = [row.start for row in self._rows]

    def under(self, right: float) -> None:
        """Paint everything that lies under the words; tags stay to the left of `right`."""
        if not self._rows or self._rows[-1].next <= self._rows[0].start:
            return
        stretch = Span(self._rows[0].start, self._rows[-1].next)
        self._excluded(stretch)
        self._found(stretch)
        if self._scene.selection is not None:
            self._fill([self._scene.selection], self._theme.selection)
        shown = self._scene.meeting(stretch)
        if self._scene.review is not None:
            self._reviewed(self._scene.review, shown)
            return
        self._tints(shown)
        self._mentions(stretch)
        for statement in shown:
            self._stance_line(statement)
        if self._scene.chosen is not None:
            self._details(self._scene.chosen)
        codebook = self._scene.codebook
        for tag in reader_tags.tags(self._rows, shown, codebook, self._geometry, right):
            stance = codebook.stance(tag.statement.stance) if codebook else None
            shape = (stance.symbol or "?") if stance else None
            hue = self._scene.hue(tag.statement)
            reader_tags.draw(self._painter, tag, hue, shape, self._unit)

    def over(self, painter: QPainter) -> None:
        """Paint what lies over the words, with a painter begun after them: the chosen's grips."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, held = self._scene.chosen, self._scene.held
        if chosen is None:
            return
        colour = theme.colour(self._scene.hue(chosen).strong)
        ground = theme.colour(self._theme.paper)
        pointed = self._scene.pointed
        for grip, at in knobs(chosen, self._geometry, self._rows):
            # All at once would hide the words; the others come when the mouse comes near.
            near = pointed is not None and grip.span.holds(pointed)
            if grip.field != "content" and not near and (held is None or grip.span != held.span):
                continue
            same = held is not None and (grip.field, grip.edge) == (held.field, held.edge)
            taken = same and held is not None and grip.position == held.position
            reader_marks.knob(painter, at, colour, ground, held=taken)

    def _reviewed(self, review: Review, shown: Sequence[Statement]) -> None:
        chosen = self._scene.chosen
        painter = ReviewPainter(self._painter, self._slices, review, self._unit)
        painter.paint(shown, chosen.id if chosen is not None else None)
        if chosen is not None:
            self._tints([chosen])
            self._details(chosen)

    def _slices(self, span: Span) -> Iterator[Slice]:
        """Yield the parts of `span` in the rows that are being painted."""
        low = max(0, bisect_right(self._starts, span.start) - 1)
        for row in self._rows[low : bisect_left(self._starts, span.end)]:
            for left, right in self._geometry.boxes(row, span):
                yield Slice(row, left, right)

    def _fill(self, spans: Iterable[Span], colour: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(theme.colour(colour))
        for span in spans:
            for part in self._slices(span):
                self._painter.drawRoundedRect(part.box(_TINT_ABOVE, _TINT_BELOW), 3, 3)

    def _excluded(self, stretch: Span) -> None:
        ground = theme.colour(self._theme.excluded_ground)
        hatch = QBrush(theme.colour(self._theme.line), Qt.BrushStyle.BDiagPattern)
        self._painter.setPen(Qt.PenStyle.NoPen)
        for span in self._scene.excluded:
            if span.overlaps(stretch):
                for part in self._slices(span):
                    box = part.box(_TINT_ABOVE + 0.1, _TINT_BELOW + 0.1, 2)
                    for brush in (QBrush(ground), hatch):
                        self._painter.setBrush(brush)
                        self._painter.drawRoundedRect(box, 3, 3)

    def _found(self, stretch: Span) -> None:
        self._fill([hit for hit in self._scene.hits if hit.overlaps(stretch)], self._theme.found)
        if self._scene.current_hit is not None:
            self._painter.setPen(QPen(theme.colour(self._theme.ink), 1.3))
            self._painter.setBrush(theme.colour(self._theme.found))
            for part in self._slices(self._scene.current_hit):
                self._painter.drawRoundedRect(part.box(_TINT_ABOVE, _TINT_BELOW, 1), 3, 3)

    def _tints(self, shown: Sequence[Statement]) -> None:
        """Tint the contents; where several hues meet, each keeps its own band of the height.

        Mixed they would make a grey, which says that there is no target yet.
        """
        washes: dict[int, list[Wash]] = {}
        for statement in shown:
            hue = self._scene.hue(statement)
            chosen = self._scene.is_chosen(statement)
            hovered = statement.id == self._scene.hovered and not chosen
            colour = hue.chosen if chosen else hue.tint
            for part in (part for piece in statement.pieces for part in self._slices(piece)):
                wash = Wash(part, hue.strong, colour)
                washes.setdefault(part.row.start, []).extend([wash] * (2 if hovered else 1))
        self._painter.setPen(Qt.PenStyle.NoPen)
        for row in washes.values():
            for wash, clip in banded(row):
                self._wash(wash, clip)

    def _wash(self, wash: Wash, clip: QRectF | None) -> None:
        if clip is not None:
            self._painter.setClipRect(clip)
        self._painter.setBrush(theme.colour(wash.colour))
        self._painter.drawRoundedRect(wash.part.box(_TINT_ABOVE, _TINT_BELOW), 3, 3)
        if clip is not None:
            self._painter.setClipping(False)

    def _mentions(self, stretch: Span) -> None:
        """Outline who is named, faintly; the same words in several hues, one outline each."""
        drawn: dict[Span, list[str]] = {}
        chosen = self._scene.chosen
        for statement in self._scene.layers.mentioned(stretch):
            span, colour = statement.mention, self._scene.hue(statement).strong
            if span is None or (chosen is not None and span == chosen.mention):
                continue
            hues = drawn.setdefault(span, [])
            if colour in hues or len(hues) > 2:
                continue
            line = theme.colour(colour)
            line.setAlphaF(0.5)
            self._outline(span, QPen(line, 1), 1.0 + 2 * len(hues))
            hues.append(colour)

    def _details(self, chosen: Statement) -> None:
        """Show who is named, the reporting words and the condition of the chosen statement."""
        colour = theme.colour(self._scene.hue(chosen).strong)
        if chosen.mention is not None:
            self._outline(chosen.mention, QPen(colour, 1.5), 1.5)
        for link in chosen.source_chain:
            if link.span is not None:
                self._outline(link.span, QPen(colour, 1, Qt.PenStyle.DashLine), 1.5)
        if chosen.cue is not None:
            for part in self._slices(chosen.cue):
                reader_marks.dots(self._painter, part.line(_CUE_BELOW), colour, self._unit)
        condition = chosen.condition_span
        if condition is not None:
            for part in self._slices(condition):
                box = part.box(_TINT_ABOVE - 0.04, _TINT_BELOW - 0.04, 1)
                starts, ends = part.row.start <= condition.start, condition.end <= part.row.next
                reader_marks.brackets(self._painter, box, colour, first=starts, last=ends)

    def _outline(self, span: Span, pen: QPen, out: float) -> None:
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in self._slices(span):
            box = part.box(_TINT_ABOVE - 0.08, _TINT_BELOW - 0.05, out)
            self._painter.drawRoundedRect(box, 4, 4)

    def _stance_line(self, statement: Statement) -> None:
        codebook = self._scene.codebook
        stance = codebook.stance(statement.stance) if codebook else None
        hue = self._scene.hue(statement) if stance else self._theme.hue(None)
        colour = theme.colour(hue.strong)
        below = _LINE_BELOW + _LANE * min(self._scene.layers.lane(statement), _LANES - 1)
        heavy = self._scene.is_chosen(statement)
        form = stance.line if stance else None
        parts = [part for piece in statement.pieces for part in self._slices(piece)]
        for part in parts:
            line = part.line(below, inset=0.5)
            reader_marks.stance_line(
                self._painter, line, form, colour, unit=self._unit, heavy=heavy
            )
        if len(statement.pieces) > 1:
            for row in self._rows:
                here = [(part.left, part.right) for part in parts if part.row is row]
                for left, right in gaps(here):
                    bridge = Slice(row, left, right).line(below, inset=3)
                    reader_marks.dots(self._painter, bridge, colour, self._unit)


def knobs(
    statement: Statement, geometry: Geometry, rows: Sequence[Row]
) -> Iterator[tuple[Grip, QPointF]]:
    """Yield the grips of `statement` that stand in `rows`, with where they can be taken.

    Those of the content stand below the words and all others above, so that grips at the same
    place in the text can still be told apart.
    """
    for grip in grips(statement):
        letter = grip.position - 1 if grip.edge == "end" else grip.position
        row = next((row for row in rows if row.start <= letter < row.next), None)
        if row is None:
            continue
        x = geometry.edge(row, grip.position, end=grip.edge == "end")
        below = _LINE_BELOW if grip.field == "content" else -_TINT_ABOVE
        yield grip, QPointF(x, row.baseline + below * row.em)
