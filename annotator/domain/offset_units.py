"""Offsets in the units of other programs: UTF-16 units, bytes of UTF-8, grapheme clusters.

Everything here counts code points; what comes in or goes out in another unit passes through a
`Ruler` of that unit, made once per text.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Literal

import regex

Unit = Literal["codepoint", "utf16", "byte", "grapheme"]
UNITS: tuple[Unit, ...] = ("codepoint", "utf16", "byte", "grapheme")


class Ruler:
    """Converts between the code points of one text and another unit."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._length = len(text)
        # Where each code point begins in the other unit, and the end of the text; None where the
        # two never differ.
        self._begins: list[int] | None = None
        if unit == "grapheme":
            ends = [match.end() for match in regex.finditer(r"\X", text)]
            self._begins = _clusters(ends, len(text)) if len(ends) < len(text) else None
        elif unit != "codepoint" and not text.isascii():
            sizes = map(_utf16, text) if unit == "utf16" else map(_utf8, text)
            self._begins = [0, *accumulate(sizes)]

    def out(self, offset: int) -> int:
        """Return a code point offset in the other unit (inside a cluster: where that begins)."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"{offset} is not within 0 to {self._length}")
        return offset if self._begins is None else self._begins[offset]

    def into(self, offset: int) -> int | None:
        """Return an offset of the other unit in code points; None where no code point begins."""
        if self._begins is None:
            return offset if 0 <= offset <= self._length else None
        if offset < 0:
            return None
        at = bisect_left(self._begins, offset)
        return at if at < len(self._begins) and self._begins[at] == offset else None


def _utf16(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8(character: str) -> int:
    code = ord(character)
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


def _clusters(ends: Iterable[int], length: int) -> list[int]:
    """Return the number of the cluster in which each code point lies, and of all at the end."""
    begins: list[int] = []
    for number, end in enumerate(ends):
        begins += [number] * (end - len(begins))
    return [*begins[:length], len(set(begins))]
