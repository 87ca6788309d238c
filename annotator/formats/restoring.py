"""Stand-off records with the words of an article put back: of the same text, or of another copy."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from annotator.formats import article_record, statement_record
from annotator.formats.anchors import Ends, Words
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.formats.gold_record import (
    AnnotationRef,
    GoldArticleRecord,
    GoldRecord,
    NoStatementRecord,
)
from annotator.formats.sealing import Sealer
from annotator.formats.stand_off import (
    AnyStandOff,
    AnyStandOffArticle,
    StandOffGoldArticleRecord,
    StandOffGoldRecord,
    joined,
)
from annotator.formats.statement_record import (
    CONTEXT,
    Quote,
    SourceRef,
    SpeakerRef,
    StatementRecord,
)

Where = Callable[[int, int], Ends | None]


def _same(start: int, end: int) -> Ends | None:
    return start, end


class Restorer:
    """Puts the words of one text back into the records of one article.

    `exact` says that the text is the very one; otherwise each span is looked for by its anchor,
    and the records come to name the copy: its sha256 and length.
    """

    def __init__(self, text: str, salt: str, sha256: str, *, exact: bool) -> None:
        self._text = text
        self._sha256 = sha256
        self._exact = exact
        self._sealer = Sealer(text, salt)
        self._words = None if exact else Words(text, salt)
        self._shift = 0  # how far the last span found had moved

    def statement(self, record: AnyStandOff) -> StatementRecord | None:
        """Return a statement with its words; None where its content cannot be found."""
        where = self._where(record.anchors)
        pieces = _all_found(where, record.pieces)
        if pieces is None or not self._fits(pieces):
            return None
        opened = self._opened(record.sealed)
        names = _table(opened, "speakers")
        text, start, end = self._text, pieces[0][0], pieces[-1][1]
        values = _values(record) | {
            "schema": statement_record.SCHEMA,
            "article_sha256": self._sha256,
            "article_name": opened.get("article_name", record.article_name),
            "start": start,
            "end": end,
            "text": joined(pieces, text),
            "pieces": pieces,
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
            "speaker": _named(record.speaker, names),
            "mention": self._quote(record.mention, where),
            "cue": self._quote(record.cue, where),
            "source_chain": [
                SourceRef(_said(link.speaker, names), self._quote(link.mention, where))
                for link in record.source_chain
            ],
            "condition_span": self._quote(record.condition_span, where),
            "note": opened.get("note", record.note),
        }
        if not isinstance(record, StandOffGoldRecord):
            return StatementRecord(**values)
        values["annotations"] = self._annotations(record.annotations, where, names)
        return GoldRecord(**values)

    def article(self, record: AnyStandOffArticle) -> ArticleRecord:
        """Return an article with its text; regions that cannot be found are left out."""
        where = self._where(record.anchors)
        opened = self._opened(record.sealed)
        reasons, names = _table(opened, "reasons"), _table(opened, "speakers")
        regions = []
        for at, region in enumerate(record.excluded):
            found = where(region.start, region.end)
            if found is not None and self._fits([found]):
                reason = reasons.get(str(at), region.reason)
                words = self._text[found[0] : found[1]]
                regions.append(RegionRecord(region.id, *found, words, reason))
        values = _values(record) | {
            "schema": article_record.SCHEMA,
            "sha256": self._sha256,
            "length": len(self._text),
            "text": self._text,
            "excluded": regions,
            "notes": opened.get("notes", {}),
            "title": opened.get("title"),
            "name": opened.get("name", record.name),
            "file_name": opened.get("file_name", record.file_name),
        }
        if not isinstance(record, StandOffGoldArticleRecord):
            return ArticleRecord(**values)
        why = _table(opened, "decided")
        found_none = (
            self._nothing(nothing, why.get(str(at)), where, names)
            for at, nothing in enumerate(record.no_statement)
        )
        values["no_statement"] = [nothing for nothing in found_none if nothing is not None]
        return GoldArticleRecord(**values)

    def sealed(self, record: AnyStandOff | AnyStandOffArticle) -> bool:
        """Tell whether something of a record stays sealed: its words are not the very same."""
        return record.sealed is not None and self._sealer.open(record.sealed) is None

    def _nothing(
        self,
        record: NoStatementRecord,
        reason: str | None,
        where: Where,
        names: Mapping[str, str],
    ) -> NoStatementRecord | None:
        pieces = _all_found(where, record.pieces)
        if pieces is None or not self._fits(pieces):
            return None
        return msgspec.structs.replace(
            record,
            text=joined(pieces, self._text),
            pieces=pieces,
            reason=reason,
            annotations=self._annotations(record.annotations, where, names),
        )

    def _annotations(
        self, annotations: Sequence[AnnotationRef], where: Where, names: Mapping[str, str]
    ) -> list[AnnotationRef]:
        made = []
        for ref in annotations:
            pieces = _all_found(where, ref.pieces)
            if pieces is not None and self._fits(pieces):
                values = {
                    "text": joined(pieces, self._text),
                    "pieces": pieces,
                    "speaker": _named(ref.speaker, names),
                    "mention": self._quote(ref.mention, where),
                }
                made.append(msgspec.structs.replace(ref, **values))
        return made

    def _where(self, anchors: Mapping[str, Any]) -> Where:
        words = self._words
        if words is None:
            return _same

        def where(start: int, end: int) -> Ends | None:
            anchor = anchors.get(f"{start}:{end}")
            if anchor is None:
                return None
            found = words.find(anchor, end - start, start + self._shift)
            if found is not None:
                self._shift = found[0] - start
            return found

        return where

    def _quote(self, quote: Quote | None, where: Where) -> Quote | None:
        found = None if quote is None else where(quote.start, quote.end)
        if found is None or not self._fits([found]):
            return None
        return Quote(*found, self._text[found[0] : found[1]])

    def _fits(self, pieces: Sequence[Ends]) -> bool:
        at = -1
        for start, end in pieces:
            if not at < start < end <= len(self._text):
                return False
            at = end
        return True

    def _opened(self, sealed: str | None) -> dict[str, Any]:
        found = None if sealed is None else self._sealer.open(sealed)
        return found if isinstance(found, dict) else {}


def _values(record: AnyStandOff | AnyStandOffArticle) -> dict[str, Any]:
    values = msgspec.structs.asdict(record)
    del values["anchors"], values["sealed"]
    return values


def _all_found(where: Where, pieces: Sequence[Ends]) -> list[Ends] | None:
    found = [where(start, end) for start, end in pieces]
    return None if None in found else [ends for ends in found if ends is not None]


def _table(opened: Mapping[str, Any], key: str) -> Mapping[str, str]:
    found = opened.get(key, {})
    return found if isinstance(found, dict) else {}


def _named(ref: SpeakerRef | None, names: Mapping[str, str]) -> SpeakerRef | None:
    return None if ref is None else _said(ref, names)


def _said(ref: SpeakerRef, names: Mapping[str, str]) -> SpeakerRef:
    return SpeakerRef(ref.id, names.get(ref.id or "", ref.name), ref.type)
