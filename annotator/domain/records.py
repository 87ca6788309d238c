"""The values the program is about: articles, annotators, speakers, statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from annotator.domain.spans import Span, hull

SpeakerType = Literal["person", "government", "organisation", "collective", "unnamed", "narrator"]
Status = Literal["todo", "in_progress", "done", "flagged"]
Provenance = Literal["manual", "imported", "suggestion"]

SPEAKER_TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who labels."""

    id: int
    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text with where it came from; `length` and every offset count code points.

    `published` is an ISO date, None where it is not known.
    """

    id: int
    uid: str
    name: str
    title: str
    lang: str | None
    sha256: str
    file_name: str
    file_sha256: str
    imported_at: str
    text: str
    published: str | None = None

    @property
    def length(self) -> int:
        """The number of code points of the text."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a list shows of an article to one annotator: no text, counts of their statements."""

    id: int
    uid: str
    name: str
    title: str
    lang: str | None
    words: int
    statements: int
    incomplete: int
    status: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A canonical entity that speaks; `on_behalf_of` is the id of another speaker."""

    id: int
    uid: str
    name: str
    type: SpeakerType
    on_behalf_of: int | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLink:
    """One reporter in a source chain, with the words that name them if they were marked."""

    speaker_id: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker is reported to say, want or do about one target."""

    id: int
    uid: str
    article_id: int
    annotator_id: int
    pieces: tuple[Span, ...]
    speaker_id: int | None
    target: str | None
    stance: str | None
    attributes: Mapping[str, str]
    flags: tuple[str, ...]
    note: str | None
    mention: Span | None
    cue: Span | None
    condition_span: Span | None
    source_chain: tuple[SourceLink, ...]
    provenance: Provenance
    codebook_version: str
    created_at: str
    updated_at: str

    @property
    def start(self) -> int:
        """The first code point of the content."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the content."""
        return max(piece.end for piece in self.pieces)

    @property
    def hull(self) -> Span:
        """The smallest span around all pieces of the content."""
        return hull(self.pieces)

    def holds(self, position: int) -> bool:
        """Tell whether the code point at `position` belongs to the content."""
        return any(piece.holds(position) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ExcludedRegion:
    """A stretch of an article that is not reporting."""

    id: int
    uid: str
    article_id: int
    span: Span
    reason: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """How far one annotator is with one article."""

    status: Status = "todo"
    note: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a search found its words: `span` in the article, with words around it."""

    article_id: int
    article_name: str
    title: str
    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a project holds, and how its statements spread."""

    articles: int
    annotators: int
    speakers: int
    statements: int
    by_article: Mapping[str, int] = field(default_factory=dict)
    by_annotator: Mapping[str, int] = field(default_factory=dict)
    by_target: Mapping[str, int] = field(default_factory=dict)
    by_stance: Mapping[str, int] = field(default_factory=dict)
    by_status: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
