"""Values of one type out of a file of JSON: one a line, or the elements of one list."""

import io
import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from annotator.errors import UserError
from annotator.formats import jsonl
from annotator.formats.decoding_faults import clause
from annotator.formats.jsonl import Refusal
from annotator.formats.labels.files import Part

T = TypeVar("T")

# A string that never ends is a quotation mark alone.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},"]', re.DOTALL)
_CUT = "it is cut short; copy the whole file or export it anew"


def values(part: Part, type_: type[T]) -> Iterator[tuple[int, T | Refusal]]:
    """Yield each value with the number of its line; one that is faulty stops no other."""
    data = part.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError(f"“{part.name}” is UTF-16; save it as UTF-8 and try again.")
    if not data.removeprefix(b"\xef\xbb\xbf")[:4096].lstrip().startswith(b"["):
        for number, found in jsonl.Reader(io.BytesIO(data), type_):
            if isinstance(found, Refusal):
                found = Refusal(number, found.reason, part.place(number))
            yield number, found
        return
    decoder = msgspec.json.Decoder(type_)
    line = at = 0
    for number, (start, end) in enumerate(_elements(data), start=1):
        line += data.count(b"\n", at, start)
        at = start
        place = f"item {number}" if part.alone else f"{part.name}, item {number}"
        if end is None:
            yield line + 1, Refusal(line + 1, _CUT, place)
        elif end - start > jsonl.LONGEST:
            reason = f"it is longer than {jsonl.LONGEST / 1e6:.0f} MB"
            yield line + 1, Refusal(line + 1, reason, place)
        else:
            try:
                yield line + 1, decoder.decode(memoryview(data)[start:end])
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield line + 1, Refusal(line + 1, clause(error), place)


def _elements(data: bytes) -> Iterator[tuple[int, int | None]]:
    """Yield start and end of each element of the outer list; no end where the file is cut short.

    Depth is counted, not walked into: lists in lists in lists are somebody else's stack.
    """
    depth, start = 0, 0
    for token in _TOKEN.finditer(data):
        sign = token[0] if len(token[0]) == 1 else b""
        if sign in (b"[", b"{"):
            depth += 1
            if depth == 1:
                start = token.end()
        elif sign == b'"':
            break
        elif (sign == b"," and depth == 1) or (sign in (b"]", b"}") and depth == 1):
            first = (
                start + len(data[start : token.start()]) - len(data[start : token.start()].lstrip())
            )
            if first < token.start() or sign == b",":
                yield first, token.start()
            start = token.end()
        if sign in (b"]", b"}"):
            depth -= 1
            if depth == 0:
                return
    yield start, None
