"""Words as Markdown that means just these words: nothing in them breaks a table or a list."""

import re
from collections.abc import Iterator, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$#])")
_STARTS = re.compile(r"^(\s*)(#{1,6}\s|---|===|```|~~~|<)", re.MULTILINE)


def plain(text: str) -> str:
    """Return `text` in one line, each of its signs meaning itself."""
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return text.replace("&", "&amp;") if "&" in text else text


def shortened(text: str, longest: int) -> str:
    """Return `text` in one line, cut with an ellipsis where it is longer."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def prose(text: str) -> str:
    """Return what a person wrote, Markdown allowed, but no heading, rule, fence or tag."""
    return _STARTS.sub(r"\1\\\2", text.strip())


def table(head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> Iterator[str]:
    """Yield the lines of a table; `sides` says of each column whether it is l(eft) or r(ight)."""
    yield _row([plain(cell) for cell in head])
    yield _row(["---:" if side == "r" else "---" for side in sides])
    for row in rows:
        yield _row([plain(cell) for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
