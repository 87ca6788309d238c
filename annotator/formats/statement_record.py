"""A line of statements.jsonl: one statement with everything needed to check it.

The order of the fields is the order of the keys. On the way out every key is written; on the way
in what a statement can do without may be missing.
"""

from collections.abc import Mapping, Sequence

import msgspec

from annotator.domain.spans import PIECE_GAP

SCHEMA = "stance/1"

CONTEXT = 32  # code points of prefix and suffix


class SpeakerRef(msgspec.Struct, frozen=True, gc=False):
    """A speaker as a line names them."""

    id: str | None
    name: str
    type: str


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A span and its words."""

    start: int
    end: int
    text: str


class SourceRef(msgspec.Struct, frozen=True, gc=False):
    """One reporter of a source chain and, if marked, the words that name them."""

    speaker: SpeakerRef
    mention: Quote | None = None


class StatementRecord(msgspec.Struct, gc=False):
    """One statement by one annotator; offsets are code points of the article's text."""

    schema: str
    id: str | None
    article: str | None
    article_name: str | None = None
    article_sha256: str | None = None
    lang: str | None = None
    start: int = -1
    end: int = -1
    text: str = ""
    pieces: Sequence[tuple[int, int]] = ()
    prefix: str = ""
    suffix: str = ""
    speaker: SpeakerRef | None = None
    mention: Quote | None = None
    cue: Quote | None = None
    source_chain: Sequence[SourceRef] = ()
    target: str | None = None
    stance: str | None = None
    attributes: Mapping[str, str | None] = {}
    condition_span: Quote | None = None
    flags: Sequence[str] = ()
    note: str | None = None
    annotator: str | None = None
    label_source: str = "annotator"
    provenance: str = "manual"
    codebook_version: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


def misfit(record: StatementRecord, text: str) -> str | None:
    """Return how `record` does not fit the article's `text` (a clause), or None when it fits."""
    pieces = record.pieces or ((record.start, record.end),)
    if record.start != pieces[0][0] or record.end != pieces[-1][1]:
        return f"its pieces do not begin at {record.start} and end at {record.end}"
    at, length = -1, len(text)
    for start, end in pieces:
        if not at < start < end:
            return f"its piece {start} to {end} is empty, out of order or touches another"
        at = end
    if at > length:
        return f"it reaches to {at}, beyond the {length} code points of the article"
    if len(pieces) == 1:
        if text[record.start : record.end] != record.text:
            return _differs("its text", record.start, record.end)
    elif PIECE_GAP.join([text[start:end] for start, end in pieces]) != record.text:
        return _differs("its text", record.start, record.end)
    if record.mention is not None and not fits(record.mention, text):
        return _differs("its mention", record.mention.start, record.mention.end)
    if record.cue is not None and not fits(record.cue, text):
        return _differs("its cue", record.cue.start, record.cue.end)
    if record.condition_span is not None and not fits(record.condition_span, text):
        return _differs("its condition", record.condition_span.start, record.condition_span.end)
    for link in record.source_chain:
        if link.mention is not None and not fits(link.mention, text):
            return _differs("a source's mention", link.mention.start, link.mention.end)
    return None


def fits(quote: Quote, text: str) -> bool:
    """Tell whether `quote` is the exact slice of `text`."""
    return 0 <= quote.start < quote.end <= len(text) and text[quote.start : quote.end] == quote.text


def _differs(what: str, start: int, end: int) -> str:
    return f"{what} is not what stands at {start} to {end} of the article"
