"""Lines of JSON: one value a line, UTF-8 without escapes, LF; read and written as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

import msgspec

from annotator.errors import UserError
from annotator.formats.decoding_faults import clause

LONGEST = 64_000_000  # bytes of one line: the largest article, every character escaped
_FLUSH_AT = 1 << 18

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that could not be taken: its number from 1, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Reader(Generic[T]):
    """Reads the lines of an open file as values of one type; a faulty line stops nothing."""

    def __init__(self, file: BinaryIO, type_: type[T]) -> None:
        self._file = file
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(type_)

    def __iter__(self) -> Iterator[tuple[int, T | Refusal]]:
        """Yield each line that is not blank with its number, as a value or a refusal."""
        decode = self._decoder.decode
        for number, line in enumerate(_lines(self._file), start=1):
            if line is None:
                reason = f"it is longer than {LONGEST / 1e6:.0f} MB"
                yield number, Refusal(number, reason)
            elif not line.isspace():
                try:
                    yield number, decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    yield number, Refusal(number, clause(error))


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of `file` (None for one that is too long) without a byte order mark."""
    first = file.readline(LONGEST)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UserError("The file is UTF-16; save it as UTF-8 and try again.")
    line = first.removeprefix(b"\xef\xbb\xbf")
    while first:
        if len(first) == LONGEST and not first.endswith(b"\n"):
            _skip_line(file)
            yield None
        elif line:
            yield line
        first = line = file.readline(LONGEST)


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


class Writer:
    """Writes values as lines into an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._encoder = msgspec.json.Encoder()
        self._buffer = bytearray()

    def write(self, value: object) -> None:
        """Append one value."""
        self._encoder.encode_into(value, self._buffer, -1)
        self._buffer += b"\n"
        if len(self._buffer) >= _FLUSH_AT:
            self._flush()

    def finish(self) -> None:
        """Write out what is left."""
        self._flush()

    def _flush(self) -> None:
        self._file.write(self._buffer)
        self._buffer.clear()


def line(value: object) -> str:
    """Return `value` as one line of JSON, without its end."""
    return msgspec.json.encode(value).decode()
