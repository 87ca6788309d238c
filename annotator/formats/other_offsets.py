"""Offsets of a record in other units, as they stand at the end of its line.

By unit: `{"utf16": {"pieces": [[0, 9]], "mention": [12, 20], "cue": null, "condition_span": null,
"source_chain": [null]}}` of a statement, `{"utf16": {"length": 99, "excluded": [[5, 9]]}}` of an
article, `{"utf16": [0, 9]}` of a sentence.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from annotator.domain.offset_units import Ruler, Unit
from annotator.domain.spans import Span
from annotator.formats.article_record import ArticleRecord
from annotator.formats.negative_record import NegativeRecord
from annotator.formats.statement_record import Quote, StatementRecord


class Rulers:
    """The rulers of one text, one of each unit."""

    def __init__(self, text: str, units: Sequence[Unit]) -> None:
        self._rulers = {unit: Ruler(text, unit) for unit in units}

    def of_statement(self, record: StatementRecord) -> dict[str, dict[str, Any]]:
        """Return the offsets of every span of a statement, by unit."""
        links = [link.mention for link in record.source_chain]
        return {
            unit: {
                "pieces": [_ends(ruler, start, end) for start, end in record.pieces],
                "mention": _quote(ruler, record.mention),
                "cue": _quote(ruler, record.cue),
                "condition_span": _quote(ruler, record.condition_span),
                "source_chain": [_quote(ruler, mention) for mention in links],
            }
            for unit, ruler in self._rulers.items()
        }

    def of_article(self, record: ArticleRecord) -> dict[str, dict[str, Any]]:
        """Return the length of an article and the offsets of its excluded regions, by unit."""
        return {
            unit: {
                "length": ruler.out(record.length or 0),
                "excluded": [_ends(ruler, r.start, r.end) for r in record.excluded],
            }
            for unit, ruler in self._rulers.items()
        }

    def of_span(self, span: Span) -> dict[str, list[int]]:
        """Return the offsets of one span by unit."""
        return {unit: _ends(ruler, span.start, span.end) for unit, ruler in self._rulers.items()}


def with_offsets(
    record: StatementRecord | ArticleRecord | NegativeRecord, offsets: Mapping[str, Any]
) -> msgspec.Struct:
    """Return `record` with `offsets` as its last key."""
    values = msgspec.structs.astuple(record)
    found: msgspec.Struct = _extended(type(record))(*values, offsets)
    return found


@lru_cache
def _extended(kind: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """Return the type of records of one kind that end with offsets."""
    name = f"{kind.__name__}WithOffsets"
    # a key with a default before it may not be without one
    return msgspec.defstruct(name, [("offsets", dict[str, Any], {})], bases=(kind,))


def _quote(ruler: Ruler, quote: Quote | None) -> list[int] | None:
    return None if quote is None else _ends(ruler, quote.start, quote.end)


def _ends(ruler: Ruler, start: int, end: int) -> list[int]:
    return [ruler.out(start), ruler.out(end)]
