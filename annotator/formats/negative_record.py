"""A line of negatives.jsonl: a sentence of a finished article in which nobody marked a statement.

The keys are those of a statement's line, as far as there is something to say.
"""

import msgspec

SCHEMA = "stance-negative/1"


class NegativeRecord(msgspec.Struct, frozen=True, gc=False):
    """A sentence without a statement; offsets are code points, `text` is null without texts."""

    schema: str
    article: str
    article_name: str
    article_sha256: str
    lang: str | None
    start: int
    end: int
    text: str | None
    prefix: str
    suffix: str
