"""The compact labels of the sample corpus: words instead of offsets, as seeds/README.md tells.

Written by hand and read by people, so a span is the words themselves; where they stand in the
article is found here.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from annotator.domain.spans import Span
from annotator.errors import UserError

T = TypeVar("T")


class SeedSpeaker(msgspec.Struct, frozen=True):
    """A speaker by name; `on_behalf_of` is another's name."""

    name: str
    type: str
    on_behalf_of: str | None = None


class SeedLabel(msgspec.Struct, frozen=True):
    """One statement by its words; `nth` says which occurrence each piece is, from 1."""

    article: str
    content: Sequence[str]
    nth: Sequence[int]
    speaker: SeedSpeaker
    target: str
    stance: str
    attributes: Mapping[str, str]
    mention: str | None = None
    mention_near: str | None = None
    cue: str | None = None
    cue_near: str | None = None
    condition_span: str | None = None
    condition_near: str | None = None
    source_chain: Sequence[str] = ()
    flags: Sequence[str] = ()
    note: str | None = None


class SeedRegion(msgspec.Struct, frozen=True):
    """One excluded region by its words."""

    article: str
    text: str
    nth: int
    reason: str


def read_labels(path: Path) -> list[SeedLabel]:
    """Return the labels in a file; UserError when it is not one."""
    return _read(path, list[SeedLabel])


def read_regions(path: Path) -> list[SeedRegion]:
    """Return the excluded regions in a file; UserError when it is not one."""
    return _read(path, list[SeedRegion])


def pieces(label: SeedLabel, text: str) -> tuple[Span, ...]:
    """Return where the content stands in `text`; LookupError when it does not."""
    found = [nth(words, text, n) for words, n in zip(label.content, label.nth, strict=True)]
    return tuple(sorted(found))


def nth(words: str, text: str, number: int) -> Span:
    """Return the occurrence of `words` in `text` with this number, from 1."""
    for at, span in enumerate(_occurrences(words, text), start=1):
        if at == number:
            return span
    raise LookupError(f"“{words}” does not stand {number} times in the article")


def beside(words: str | None, near: str | None, content: Span, text: str) -> Span | None:
    """Return where `words` stand: inside the first `near`, else nearest to where `content` starts.

    None for no words.
    """
    if words is None:
        return None
    if near is not None:
        around = nth(near, text, 1)
        inside = nth(words, text[around.start : around.end], 1)
        return Span(around.start + inside.start, around.start + inside.end)
    found = list(_occurrences(words, text))
    if not found:
        raise LookupError(f"“{words}” does not stand in the article")
    return min(found, key=lambda span: abs(span.start - content.start))


def _occurrences(words: str, text: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _read(path: Path, type_: type[T]) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except OSError as error:
        raise UserError(
            f"The sample is not whole: “{path}” cannot be read; install again."
        ) from error
    except msgspec.DecodeError as error:
        raise UserError(f"The sample is not whole: “{path}” ({error}); install again.") from error
