"""Stand-off records: an export without a word of the articles, and the words put back.

A stand-off record has the keys of the ordinary one; every text in it is empty, and two keys
follow: `anchors`, by "start:end", to find each span in another copy, and `sealed`, what only who
has the text can read again (notes, the title, names that quote the article).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from annotator.domain.spans import PIECE_GAP
from annotator.domain.text import fold
from annotator.formats.anchors import DIGITS, WIDTH, Anchor, Ends, Words
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.formats.dataset_record import SpeakerRecord, StandOff
from annotator.formats.datasets.form import Entry
from annotator.formats.gold_record import (
    AnnotationRef,
    GoldArticleRecord,
    GoldRecord,
    NoStatementRecord,
)
from annotator.formats.sealing import Sealer
from annotator.formats.statement_record import Quote, SourceRef, SpeakerRef, StatementRecord

SCHEMA = "stance-stand-off/1"
ARTICLE_SCHEMA = "stance-stand-off-article/1"
RUN = 3  # words that stand in the article in this order are a quotation

# Names of these are names; what others are called is often a phrase of the article.
_NAMED = frozenset({"person", "government", "organisation", "narrator"})
_TOKEN = re.compile(r"[^\W_]+")


class StandOffRecord(StatementRecord, gc=False):
    """A statement without its words."""

    anchors: Mapping[str, Anchor] = {}
    sealed: str | None = None


class StandOffGoldRecord(GoldRecord, gc=False):
    """A decided statement without its words."""

    anchors: Mapping[str, Anchor] = {}
    sealed: str | None = None


class StandOffArticleRecord(ArticleRecord, gc=False):
    """An article without its words; `anchors` are those of its excluded regions."""

    anchors: Mapping[str, Anchor] = {}
    sealed: str | None = None


class StandOffGoldArticleRecord(GoldArticleRecord, gc=False):
    """An article of a gold export without its words."""

    anchors: Mapping[str, Anchor] = {}
    sealed: str | None = None


AnyStandOff = StandOffRecord | StandOffGoldRecord
AnyStandOffArticle = StandOffArticleRecord | StandOffGoldArticleRecord


class Withheld:
    """What of one article may not be said: any three of its words in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: frozenset[tuple[str, ...]] | None = None

    def quotes(self, value: str | None) -> bool:
        """Tell whether `value` shares a run of words with the article, accents and case aside."""
        found = runs(value or "")
        if not found:
            return False
        if self._runs is None:
            self._runs = frozenset(runs(self._text))
        return not self._runs.isdisjoint(found)


def runs(text: str) -> Iterable[tuple[str, ...]]:
    """Return the runs of `RUN` words of a text, folded; hyphens and underscores part words."""
    tokens = _TOKEN.findall(fold(text))
    return [tuple(tokens[at : at + RUN]) for at in range(len(tokens) - RUN + 1)]


def stripped(entry: Entry, salt: str) -> Entry:
    """Return an entry whose records hold no words of its article.

    `salt` is that of the dataset; the same salt gives the same bytes. The article's text stays
    with its record until a writer, told by `Context.texts`, leaves it out.
    """
    text = entry.article.text or ""
    strip = _Stripper(text, salt, entry.article)
    return replace(
        entry,
        article=strip.article(entry.article),
        statements=[strip.statement(record) for record in entry.statements],
    )


def speaker(record: SpeakerRecord) -> SpeakerRecord:
    """Return a speaker of dataset.json without names that may be words of an article."""
    ref = shown_speaker(SpeakerRef(record.id, record.name, record.type))
    aliases = [alias for alias in record.aliases if not _phrase(alias)]
    return msgspec.structs.replace(record, name=ref.name, aliases=aliases)


def shown_speaker(ref: SpeakerRef) -> SpeakerRef:
    """Return a speaker under a name that quotes nothing: that of a person, state or body stays."""
    if ref.type in _NAMED or not _phrase(ref.name):
        return ref
    return SpeakerRef(ref.id, f"{ref.type} {(ref.id or '')[:8]}".strip(), ref.type)


def _phrase(name: str) -> bool:
    return len(_TOKEN.findall(name)) >= RUN


class _Stripper:
    """Takes the words out of the records of one article."""

    def __init__(self, text: str, salt: str, article: ArticleRecord) -> None:
        self._words = Words(text, salt)
        self._sealer = Sealer(text, salt)
        self._withheld = Withheld(text)
        self._uid = article.uid

    def statement(self, record: StatementRecord) -> StatementRecord:
        values: dict[str, Any] = msgspec.structs.asdict(record)
        secret: dict[str, object] = {"note": record.note} if record.note is not None else {}
        names: dict[str, str] = {}
        name = self._name(record.article_name, secret, "article_name")
        values |= {"schema": SCHEMA, "text": "", "prefix": "", "suffix": "", "note": None}
        values |= {"article_name": name, "speaker": self._speaker(record.speaker, names)}
        values |= {key: _bare(values[key]) for key in ("mention", "cue", "condition_span")}
        values["source_chain"] = [
            SourceRef(self._said(link.speaker, names), _bare(link.mention))
            for link in record.source_chain
        ]
        gold = isinstance(record, GoldRecord)
        if isinstance(record, GoldRecord):
            values["annotations"] = [self._annotation(a, names) for a in record.annotations]
        values["anchors"] = self._anchors(spans(record))
        values["sealed"] = self._sealed(secret, names)
        return StandOffGoldRecord(**values) if gold else StandOffRecord(**values)

    def article(self, record: ArticleRecord) -> ArticleRecord:
        values: dict[str, Any] = msgspec.structs.asdict(record)
        secret: dict[str, object] = {"title": record.title} if record.title is not None else {}
        if record.notes:
            secret["notes"] = record.notes
        names: dict[str, str] = {}
        values |= {"schema": ARTICLE_SCHEMA, "title": None, "notes": {}}
        for key in ("name", "file_name"):
            values[key] = self._name(values[key], secret, key)
        reasons = {str(at): r.reason for at, r in enumerate(record.excluded) if r.reason}
        quoting = {at: r for at, r in reasons.items() if self._withheld.quotes(r)}
        if quoting:
            secret["reasons"] = quoting
        values["excluded"] = [
            RegionRecord(r.id, r.start, r.end, "", None if str(at) in quoting else r.reason)
            for at, r in enumerate(record.excluded)
        ]
        gold = isinstance(record, GoldArticleRecord)
        if isinstance(record, GoldArticleRecord):
            why = {str(at): n.reason for at, n in enumerate(record.no_statement) if n.reason}
            if why:
                secret["decided"] = why
            values["no_statement"] = [self._nothing(n, names) for n in record.no_statement]
        values["anchors"] = self._anchors(article_spans(record))
        values["sealed"] = self._sealed(secret, names)
        return StandOffGoldArticleRecord(**values) if gold else StandOffArticleRecord(**values)

    def _anchors(self, found: Iterable[Ends]) -> dict[str, Anchor]:
        ordered = sorted(set(found))
        return {f"{start}:{end}": self._words.anchor(start, end) for start, end in ordered}

    def _annotation(self, ref: AnnotationRef, names: dict[str, str]) -> AnnotationRef:
        said = self._speaker(ref.speaker, names)
        return msgspec.structs.replace(ref, text="", speaker=said, mention=_bare(ref.mention))

    def _nothing(self, record: NoStatementRecord, names: dict[str, str]) -> NoStatementRecord:
        annotations = [self._annotation(a, names) for a in record.annotations]
        return msgspec.structs.replace(record, text="", reason=None, annotations=annotations)

    def _speaker(self, ref: SpeakerRef | None, names: dict[str, str]) -> SpeakerRef | None:
        return None if ref is None else self._said(ref, names)

    def _said(self, ref: SpeakerRef, names: dict[str, str]) -> SpeakerRef:
        shown = shown_speaker(ref)
        if shown.name != ref.name:
            names[ref.id or ""] = ref.name
        return shown

    def _name(self, name: str | None, secret: dict[str, object], key: str) -> str | None:
        if not self._withheld.quotes(name):
            return name
        secret[key] = name
        return f"article {self._uid[:8]}"

    def _sealed(self, secret: dict[str, object], names: Mapping[str, str]) -> str | None:
        if names:
            secret["speakers"] = names
        return self._sealer.seal(secret) if secret else None


def spans(record: StatementRecord) -> list[Ends]:
    """Return every span of a statement: of its pieces, its quotes and its annotations."""
    quotes = [record.mention, record.cue, record.condition_span]
    quotes += [link.mention for link in record.source_chain]
    found = [*map(_ends, record.pieces), *_quoted(quotes)]
    if isinstance(record, GoldRecord):
        found += _annotated(record.annotations)
    return found


def article_spans(record: ArticleRecord) -> list[Ends]:
    """Return every span of an article's record: excluded regions, and what is no statement."""
    found = [(region.start, region.end) for region in record.excluded]
    if isinstance(record, GoldArticleRecord):
        for nothing in record.no_statement:
            found += [*map(_ends, nothing.pieces), *_annotated(nothing.annotations)]
    return found


def _annotated(annotations: Sequence[AnnotationRef]) -> list[Ends]:
    pieces = [_ends(piece) for ref in annotations for piece in ref.pieces]
    return pieces + _quoted([ref.mention for ref in annotations])


def _quoted(quotes: Iterable[Quote | None]) -> list[Ends]:
    return [(quote.start, quote.end) for quote in quotes if quote is not None]


def _ends(piece: Sequence[int]) -> Ends:
    return piece[0], piece[1]


def _bare(quote: Quote | None) -> Quote | None:
    return None if quote is None else Quote(quote.start, quote.end, "")


def joined(pieces: Sequence[Ends], text: str) -> str:
    """Return the words of pieces in reading order."""
    return PIECE_GAP.join([text[start:end] for start, end in pieces])


def recipe(project_uid: str) -> StandOff:
    """Return how the anchors of a project's datasets are made; the salt is always the same.

    Two datasets of one project can so be laid over each other, those of two projects cannot.
    """
    salt = hashlib.sha256(f"stance stand-off {project_uid}".encode()).hexdigest()[:32]
    return StandOff(salt=salt, window=WIDTH, digits=DIGITS)
