"""Plain text files: bytes to the text that is stored, or the reason why not."""

import codecs
from dataclasses import dataclass

from annotator.domain.text import normalise
from annotator.errors import UserError

LARGEST = 10_000_000  # bytes; a book has about a tenth of that

# Longest first: the mark of UTF-16 is the start of that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)
# Tab, LF, VT, FF, CR and escape stand in real text; the others do not.
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MOST_CONTROLS = 0.01
# A few say little in a short text; UTF-16 without a mark has one in every two bytes.
_FEW_CONTROLS, _MOST_OF_FEW = 8, 0.2
# Western texts without a mark are in one of these; anything else would be a wild guess.
_LEGACY = ["cp1252", "latin_1", "iso8859_15", "mac_roman"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it is stored, and the encoding its bytes were in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return the text of a file; UserError says why it cannot be one (a clause, no file name).

    A byte order mark decides; without one it is UTF-8 if that fits, else a Western encoding.
    """
    if len(data) > LARGEST:
        raise UserError(too_large(len(data)))
    encoding, start = _marked(data)
    body = data[start:]
    if encoding is None:
        _refuse_binary(body)
        encoding, text = _guessed(body)
    else:
        text = _strictly(body, encoding)
    text = normalise(text)
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise UserError("it is empty; put the article's text into it")
    return Decoded(text, encoding)


def too_large(size: int) -> str:
    """Return the reason to refuse a file of `size` bytes."""
    return (
        f"it has {size / 1e6:,.1f} MB, more than the {LARGEST / 1e6:.0f} MB of the longest"
        " article; split it"
    )


def _marked(data: bytes) -> tuple[str | None, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            f"its first bytes say {encoding.upper()}, but byte {error.start} is not;"
            " save it as UTF-8"
        ) from error


def _refuse_binary(body: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            raise UserError(f"it is {kind}, not text; save its words as plain text (.txt)")
    controls = len(body) - len(body.translate(None, _CONTROLS))
    few = min(_FEW_CONTROLS, _MOST_OF_FEW * len(body))
    if controls > max(few, _MOST_CONTROLS * len(body)):
        raise UserError("it is binary, not text; save its words as plain text (.txt) in UTF-8")


def _guessed(body: bytes) -> tuple[str, str]:
    try:
        return "utf-8", body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # 30 ms, and rarely needed

    # NUL stands for nothing in any of them, and would rule all of them out
    best = from_bytes(body.replace(b"\0", b" "), cp_isolation=_LEGACY).best()
    if best is None:
        raise UserError(
            "its encoding is neither UTF-8, UTF-16 with a mark, Windows-1252 nor Latin-1;"
            " save it as UTF-8"
        )
    return _preferred(body, best.encoding)


def _preferred(body: bytes, encoding: str) -> tuple[str, str]:
    # Latin-1 has no letters from 0x80 to 0x9F; files that use them mean Windows-1252.
    if encoding == "latin_1":
        try:
            return "cp1252", body.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return encoding, body.decode(encoding)
