"""Several annotators' statements in one text: each annotator's own line, and what is decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.domain.records import Statement
from annotator.domain.spans import Span, merged
from annotator.ui import theme
from annotator.ui.annotate import reader_marks
from annotator.ui.annotate.reader_geometry import gaps

if TYPE_CHECKING:
    from annotator.ui.annotate.reader_paint import Slice

# Heights in ems of the row, from its baseline downwards; rows stand 1.98 apart, so three lanes
# under the words and three over those of the next row go between two rows.
_UNDER = 0.36
_OVER = -0.99
_LANE = 0.13
_LANES = 3
_FOOT = 3.0  # pixels that the ends of a line reach towards the words
_END = 1.5  # their width
_FAINT = 0.45  # what is left of the colour in the lines of what is settled
_NAME = 9.5  # of the names at the present case, in pixels at zoom 1
_TINT = (0.92, 0.29)  # above and below the baseline

Slices = Callable[[Span], Iterator["Slice"]]


@dataclass(frozen=True, slots=True)
class Trace:
    """The line that one annotator's contents bear: hue, over or under the words, lane, form.

    In the present case it bears the annotator's `name` too.
    """

    name: str
    hue: str
    over: bool
    lane: int
    form: str  # solid, dashed, dotted or double, as for stances

    @property
    def below(self) -> float:
        """How far the line stands below the baseline, in ems; negative over the words."""
        lane = min(self.lane, _LANES - 1)
        return _OVER - _LANE * lane if self.over else _UNDER + _LANE * lane


@dataclass(frozen=True, slots=True)
class Review:
    """How a text with several annotators' statements is to be read.

    `traces` are the lines by annotator; a statement of anybody else is a decided one, tinted.
    `groups` says which statements are one case; `current` are those of the present one, `settled`
    those of which something was decided, `refused` those of which it was: no statement here.
    """

    traces: Mapping[int, Trace]
    groups: Mapping[int, int] = field(default_factory=dict)
    current: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()

    def distinct(self, ids: Iterable[int]) -> list[int]:
        """Return of `ids` one statement of each case, in their order."""
        found: dict[int, int] = {}
        for statement_id in ids:
            found.setdefault(self.groups.get(statement_id, -statement_id), statement_id)
        return list(found.values())

    def here(self, ids: Iterable[int]) -> int | None:
        """Return which of `ids` belongs to the present case, None when none does."""
        return next((i for i in ids if i in self.current), None)


class ReviewPainter:
    """Paints the marks of a review under the words."""

    def __init__(self, painter: QPainter, slices: Slices, review: Review, unit: float) -> None:
        self._painter = painter
        self._slices = slices
        self._review = review
        self._unit = unit
        self._look = theme.current()

    def paint(self, shown: Sequence[Statement], edited: int | None) -> None:
        """Paint the statements `shown`; the one with id `edited` is painted by somebody else."""
        review = self._review
        gold = [s for s in shown if s.annotator_id not in review.traces and s.id != edited]
        own = [s for s in shown if s.annotator_id in review.traces]
        self._wash((s for s in own if s.id in review.refused), self._look.chip)
        self._wash(gold, self._look.decided)
        present = [s for s in shown if s.id in review.current and s.id != edited]
        self._present(present, filled=edited is None)
        for statement in own:
            self._line(statement, review.traces[statement.annotator_id])
        for over in (True, False):
            self._names([s for s in own if s.id in review.current], over=over)

    def _wash(self, statements: Iterable[Statement], colour: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(theme.colour(colour))
        for piece in merged(piece for s in statements for piece in s.pieces):
            for part in self._slices(piece):
                self._painter.drawRoundedRect(part.box(*_TINT), 3, 3)

    def _present(self, statements: Sequence[Statement], *, filled: bool) -> None:
        """Set off the words of the present case: a wash, and a frame open to other rows."""
        colour = theme.colour(self._look.accent)
        decided = any(s.annotator_id not in self._review.traces for s in statements)
        fill = theme.colour(self._look.decided if decided else self._look.accent_soft)
        self._painter.setBrush(fill if filled else Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(colour, 1.5 if filled else 1))
        for piece in merged(piece for s in statements for piece in s.pieces):
            for part in self._slices(piece):
                self._painter.drawRoundedRect(part.box(*_TINT, out=1.5), 4, 4)

    def _line(self, statement: Statement, trace: Trace) -> None:
        review, here = self._review, statement.id in self._review.current
        colour = theme.colour(self._look.hue(trace.hue).strong)
        if statement.id in review.settled and not here:
            colour = _faint(colour, theme.colour(self._look.paper))
        rows: dict[int, list[Slice]] = {}
        for piece in statement.pieces:
            for part in self._slices(piece):
                rows.setdefault(part.row.start, []).append(part)
                line = part.line(trace.below, inset=0.5)
                reader_marks.stance_line(
                    self._painter, line, trace.form, colour, unit=self._unit, heavy=here
                )
                if part.row.start <= piece.start:
                    self._end(line.x1(), line.y1(), colour, over=trace.over)
                if piece.end <= part.row.next:
                    self._end(line.x2() - _END, line.y1(), colour, over=trace.over)
        for parts in rows.values():
            y = parts[0].line(trace.below).y1()
            for left, right in gaps([(part.left, part.right) for part in parts]):
                bridge = QLineF(left + 3, y, right - 3, y)
                reader_marks.dots(self._painter, bridge, colour, self._unit)

    def _names(self, present: Sequence[Statement], *, over: bool) -> None:
        """Write whose the outermost lines over or under the present case are, side by side."""
        traces = self._review.traces
        here = {s.annotator_id: s for s in present if traces[s.annotator_id].over == over}
        named = {
            annotator_id: here[annotator_id] for annotator_id in traces if annotator_id in here
        }
        if not named:
            return
        first = next(self._slices(min(s.pieces[0] for s in named.values())), None)
        if first is None:
            return
        belows = [traces[annotator_id].below for annotator_id in named]
        outermost = first.line(min(belows) if over else max(belows)).y1()
        font = theme.sans(_NAME * self._unit, strong=True)
        metrics = QFontMetricsF(font)
        self._painter.setFont(font)
        left = first.left
        for annotator_id in named:
            trace = traces[annotator_id]
            height, width = metrics.capHeight() + 3, metrics.horizontalAdvance(trace.name)
            top = outermost - height - 1 if over else outermost + 2
            box = QRectF(left, top, width, height)
            self._painter.fillRect(box.adjusted(-1, 0, 2, 0), theme.colour(self._look.paper))
            self._painter.setPen(theme.colour(self._look.hue(trace.hue).strong))
            self._painter.drawText(box.bottomLeft() - QPointF(0, 1.5), trace.name)
            left += width + 2 * _NAME

    def _end(self, x: float, y: float, colour: QColor, *, over: bool) -> None:
        """Let the end of a line reach towards the words, so that it is seen where one ends."""
        foot = _FOOT * self._unit
        self._painter.fillRect(QRectF(x, y if over else y - foot, _END, foot), colour)


def _faint(colour: QColor, ground: QColor) -> QColor:
    """Return the colour as it would look over `ground` if little of it were left."""
    mixed = (_FAINT * c + (1 - _FAINT) * g for c, g in zip(_rgb(colour), _rgb(ground), strict=True))
    return QColor.fromRgbF(*mixed)


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()
