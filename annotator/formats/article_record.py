"""A line of articles.jsonl: one article, its excluded regions and how far each annotator is."""

from collections.abc import Mapping, Sequence

import msgspec

SCHEMA = "stance-article/1"


class RegionRecord(msgspec.Struct, frozen=True, gc=False):
    """An excluded region with its words."""

    id: str | None
    start: int
    end: int
    text: str
    reason: str | None = None


class ArticleRecord(msgspec.Struct, gc=False):
    """One article; `length` and offsets count code points, `text` may be left out as null.

    `published` is the day of publication as an ISO date.
    """

    schema: str
    uid: str
    name: str
    sha256: str
    lang: str | None = None
    length: int | None = None
    text: str | None = None
    excluded: Sequence[RegionRecord] = ()
    status: Mapping[str, str] = {}
    seconds: Mapping[str, float] = {}
    notes: Mapping[str, str | None] = {}
    title: str | None = None
    file_name: str | None = None
    file_sha256: str | None = None
    imported_at: str | None = None
    published: str | None = None
