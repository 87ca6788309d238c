"""Code points and UTF-16 units: the one place where the offsets of Python and of Qt meet."""

import re
from bisect import bisect_left

from annotator.domain.spans import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Converts positions in one text between code points and UTF-16 units, in O(log n).

    Only code points beyond U+FFFF take two units, so only their positions are kept. A position
    outside the text is taken for the nearest one inside.
    """

    def __init__(self, text: str = "") -> None:
        self.length = len(text)
        self._points: list[int] = []
        # Counting units is fast; looking for astral characters one by one is not.
        if not text.isascii() and len(text.encode("utf-16-le")) > 2 * self.length:
            self._points = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]
        self.units = self.length + len(self._points)

    def to_units(self, point: int) -> int:
        """Return the UTF-16 position of the code point at `point`."""
        point = min(max(point, 0), self.length)
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """Return the code point at UTF-16 position `unit`; inside a pair, the one it belongs to."""
        unit = min(max(unit, 0), self.units)
        return unit - bisect_left(self._units, unit)

    def span(self, start: int, end: int) -> Span | None:
        """Return the span between two UTF-16 positions; None when it is empty."""
        first, last = self.to_points(start), self.to_points(end)
        return Span(first, last) if first < last else None
