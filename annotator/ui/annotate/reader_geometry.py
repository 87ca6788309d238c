"""Where the code points of an article stand on the screen, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextLine
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
            return _joined([(left, right) for left, right, _ in _runs(row, start, end)])
        a, b = sorted((_x(row.line, start), _x(row.line, end)))
        return [(row.left + a, row.left + b)]

    def edge(self, row: Row, position: int, *, end: bool) -> float:
        """Return where in `row` a span that starts (or ends) at `position` has its edge."""
        inside = min(position, row.end) if end else position
        units = self.map.to_units(inside) - row.block_units
        if row.mixed:
            letter = self.map.to_units(inside - 1) - row.block_units if end else units
            runs = _runs(row, letter, max(units, letter + 1))
            if runs:
                left, right, backwards = runs[0]
                return left if end == backwards else right
        return row.left + _x(row.line, units)

    def cursor(self, start: int, end: int) -> QTextCursor:
        """Return a cursor of Qt that selects from `start` to `end`."""
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(self.map.to_units(start))
        cursor.setPosition(self.map.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def put(self, cursor: QTextCursor) -> None:
        """Give the widget `cursor`; the view stays, where Qt would scroll to the cursor."""
        bar = self._edit.verticalScrollBar()
        top = bar.value()
        self._edit.setTextCursor(cursor)
        bar.setValue(top)

    def position_at(self, point: QPointF) -> int:
        """Return the position between code points that is nearest to a point of the viewport."""
        hit = self._hit(self.aligned(point))
        return self.map.to_points(hit) if hit >= 0 else 0

    def aligned(self, point: QPointF) -> QPointF:
        """Return `point`, moved up or down into the nearest row when it lies between two.

        In the leading between rows Qt finds no letter, but the start of the row below.
        """
        y = point.y()
        rows = list(self.rows(y - self.body_em, y + self.body_em))
        if not rows or any(row.top + 1 <= y <= row.bottom - 1 for row in rows):
            return point
        near = min(rows, key=lambda row: max(row.top - y, y - row.bottom))
        return QPointF(point.x(), min(max(y, near.top + 1), near.bottom - 1))

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
        document, place = self._edit.document(), point - self._shift()
        # Asked about the empty room over the text, Qt compares all blocks and lays out them all.
        first = document.firstBlock().layout()
        top = first.position().y() + first.boundingRect().top()
        place.setY(max(place.y(), max(document.documentMargin(), top) + 1))
        layout, fuzzy = document.documentLayout(), Qt.HitTestAccuracy.FuzzyHit
        hit = layout.hitTest(place, fuzzy)
        if hit == document.characterCount() - 1:
            # Below what is laid out so far Qt finds the very end; asking for its box lays it out.
            layout.blockBoundingRect(document.lastBlock())
            hit = layout.hitTest(place, fuzzy)
        return hit

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


def _x(line: QTextLine, units: int) -> float:
    # The stubs call it an object: Qt returns the pixels and the position it has found.
    found = line.cursorToX(units)
    if not isinstance(found, tuple):
        raise TypeError(f"not a pair: {found!r}")
    return float(found[0])


def _runs(row: Row, start: int, end: int) -> list[tuple[float, float, bool]]:
    """Return where the letters of a line with both directions stand: left, right, backwards.

    From the glyphs, since a cursor at the border of two directions has two places and Qt tells one.
    """
    found = []
    for run in row.line.glyphRuns(start, end - start):
        box = run.boundingRect()
        if box.width() > 0:
            found.append((row.left + box.left(), row.left + box.right(), run.isRightToLeft()))
    return sorted(found)


def _joined(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in boxes:
        if joined and left <= joined[-1][1] + _TOUCH:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def gaps(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches between `boxes`, left to right."""
    return [(a[1], b[0]) for a, b in pairwise(sorted(boxes)) if b[0] > a[1]]
