"""Where the code points of an article stand on the screen, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLine
from PySide6.QtWidgets import QTextEdit

from annotator.domain.spans import Span
from annotator.ui.offsets import Utf16Map

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TOUCH = 0.5  # boxes nearer than this are one box, in pixels


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the screen; pixels in viewport coordinates, positions in code points.

    `end` leaves out blanks at the end of the line, which nobody sees; `next` does not. `line` is
    Qt's and lives until the next layout: a row is for one painting.
    """

    line: QTextLine
    block_units: int
    start: int
    end: int
    next: int
    left: float
    top: float
    baseline: float
    bottom: float
    em: float
    backwards: bool
    mixed: bool


class Geometry:
    """Pixels for code points and back, for the text that a QTextEdit shows."""

    def __init__(self, edit: QTextEdit) -> None:
        self._edit = edit
        self._mixed_text = False
        self.text = ""
        self.map = Utf16Map()
        self.body_em = 1.0
        self.headline_em = 1.0
        self.headline = -1  # number of the block that is set larger

    def show(self, text: str, headline: int) -> None:
        """Remember the text that the widget holds now, and which block is its headline."""
        self.text = text
        self.map = Utf16Map(text)
        self.headline = headline
        self._mixed_text = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None

    def rows(self, top: float, bottom: float) -> Iterator[Row]:
        """Yield the rows that show between two heights of the viewport, from top to bottom."""
        if not self.text:
            return
        block = self._block_at(top)
        while block.isValid():
            box = self._edit.document().documentLayout().blockBoundingRect(block)
            shift = self._shift()
            if box.top() + shift.y() > bottom:
                return
            yield from self._rows_of(block, shift, top, bottom)
            block = block.next()

    def row_of(self, position: int) -> Row | None:
        """Return the row that holds the code point at `position`, laying out as far as needed."""
        if not self.text:
            return None
        units = self.map.to_units(position)
        block = self._edit.document().findBlock(units)
        self._edit.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(units - block.position())
        return self._row(block, line, self._shift()) if line.isValid() else None

    def boxes(self, row: Row, span: Span) -> list[tuple[float, float]]:
        """Return the stretches of `row` that show `span`, left to right, as (left, right).

        One stretch, unless the direction of writing changes inside.
        """
        first, last = max(span.start, row.start), min(span.end, row.end)
        if first >= last:
            return []
        start = self.map.to_units(first) - row.block_units
        end = self.map.to_units(last) - row.block_units
        if row.mixed:
            return _boxes_by_character(row, start, end)
        a, b = sorted((_x(row.line, start), _x(row.line, end)))
        return [(row.left + a, row.left + b)]

    def edge(self, row: Row, position: int, *, end: bool) -> float:
        """Return where in `row` a span that starts (or ends) at `position` has its edge."""
        units = self.map.to_units(min(position, row.end) if end else position) - row.block_units
        if end and row.mixed and units:
            return row.left + _x(row.line, units - 1, QTextLine.Edge.Trailing)
        return row.left + _x(row.line, units)

    def position_at(self, point: QPointF) -> int:
        """Return the position between code points that is nearest to a point of the viewport."""
        hit = self._hit(point)
        return self.map.to_points(hit) if hit >= 0 else 0

    def under(self, point: QPointF) -> int | None:
        """Return the code point whose letter is under a point of the viewport."""
        hit = self._hit(point)
        if hit < 0 or not self.text:
            return None
        for row in self.rows(point.y(), point.y()):
            near = row.line.naturalTextRect().translated(row.left, 0)
            inside = row.top <= point.y() <= row.bottom
            if inside and near.left() <= point.x() <= near.right():
                on = QTextLine.CursorPosition.CursorOnCharacter
                units = row.line.xToCursor(point.x() - row.left, on)
                found = self.map.to_points(row.block_units + units)
                return found if row.start <= found < row.end else None
        return None

    def in_view(self) -> Span | None:
        """Return the stretch of the text that shows in the viewport."""
        rows = list(self.rows(0, self._edit.viewport().height()))
        if not rows or rows[0].start >= rows[-1].end:
            return None
        return Span(rows[0].start, rows[-1].end)

    def bounds(self, span: Span) -> QRectF:
        """Return the smallest rectangle of the viewport around the words of `span`."""
        found = QRectF()
        first, last = self.row_of(span.start), self.row_of(span.end - 1)
        if first is None or last is None:
            return found
        for row in self.rows(first.top, last.top):
            for left, right in self.boxes(row, span):
                found |= QRectF(left, row.top, right - left, row.bottom - row.top)
        return found

    def _shift(self) -> QPointF:
        across, down = self._edit.horizontalScrollBar(), self._edit.verticalScrollBar()
        return QPointF(-across.value(), -down.value())

    def _hit(self, point: QPointF) -> int:
        layout = self._edit.document().documentLayout()
        return layout.hitTest(point - self._shift(), Qt.HitTestAccuracy.FuzzyHit)

    def _block_at(self, y: float) -> QTextBlock:
        return self._edit.document().findBlock(max(0, self._hit(QPointF(0, y))))

    def _rows_of(
        self, block: QTextBlock, shift: QPointF, top: float, bottom: float
    ) -> Iterator[Row]:
        layout = block.layout()
        origin = layout.position().y() + shift.y()
        for i in range(layout.lineCount()):
            line = layout.lineAt(i)
            y = origin + line.y()
            if y > bottom:
                return
            if y + line.height() >= top:
                yield self._row(block, line, shift)

    def _row(self, block: QTextBlock, line: QTextLine, shift: QPointF) -> Row:
        units = block.position()
        start = self.map.to_points(units + line.textStart())
        after = self.map.to_points(units + line.textStart() + line.textLength())
        end = after
        while end > start and self.text[end - 1].isspace():
            end -= 1
        origin = block.layout().position() + shift
        top = origin.y() + line.y()
        em = self.headline_em if block.blockNumber() == self.headline else self.body_em
        backwards = mixed = False
        if self._mixed_text:
            backwards = block.textDirection() == Qt.LayoutDirection.RightToLeft
            mixed = backwards or _RIGHT_TO_LEFT.search(self.text, start, end) is not None
        return Row(
            line=line,
            block_units=units,
            start=start,
            end=end,
            next=after,
            left=origin.x(),
            top=top,
            baseline=top + line.ascent(),
            bottom=top + line.height(),
            em=em,
            backwards=backwards,
            mixed=mixed,
        )


def scroll_by(top: float, bottom: float, height: float, air: float) -> float:
    """Return by how much to scroll so that `top` to `bottom` show in a viewport of `height`.

    Nothing when they show already. A little more than needed, `air`, for what is near; what is
    further than a viewport away comes to stand at a third of the height, as for reading on.
    """
    if top >= 0 and bottom <= height:
        return 0.0
    far = bottom < -height / 2 or top > height * 1.5
    tall = bottom - top > height - 2 * air
    if far and bottom - top < height / 2:
        return top - height / 3
    if top < 0 or tall or far:
        return top - air
    return bottom - height + air


def _x(line: QTextLine, units: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    # Qt returns the position with the pixels; its stubs call the pair an object.
    found = line.cursorToX(units, edge)
    return float(found[0]) if isinstance(found, tuple) else float(found)


def _boxes_by_character(row: Row, start: int, end: int) -> list[tuple[float, float]]:
    trailing = QTextLine.Edge.Trailing
    single = sorted(
        tuple(sorted((_x(row.line, i), _x(row.line, i, trailing)))) for i in range(start, end)
    )
    joined: list[tuple[float, float]] = []
    for left, right in single:
        if joined and left <= joined[-1][1] + _TOUCH:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        elif right > left:
            joined.append((left, right))
    return [(row.left + left, row.left + right) for left, right in joined]


def gaps(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches between `boxes`, left to right."""
    return [(a[1], b[0]) for a, b in pairwise(sorted(boxes)) if b[0] > a[1]]
