"""What agreement is measured on, and what it is reported as."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.records import Statement
from annotator.domain.spans import Span

ORDERED_STANCES = ("against", "neutral", "favor")

TOO_FEW_ARTICLES = "too few articles for an interval"
MOSTLY_UNDEFINED = "undefined in most draws of the bootstrap"


@dataclass(frozen=True, slots=True)
class Coded:
    """One statement as agreement sees it; speakers by id, the source chain writer first."""

    id: int
    article: int
    annotator: int
    pieces: tuple[Span, ...]
    target: str | None
    stance: str | None
    speaker: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    mention: Span | None = None
    chain: tuple[int, ...] = ()


def coded(statement: Statement) -> Coded:
    """Return what agreement needs of a statement."""
    return Coded(
        statement.id,
        statement.article_id,
        statement.annotator_id,
        statement.pieces,
        statement.target,
        statement.stance,
        statement.speaker_id,
        statement.attributes,
        statement.mention,
        tuple(link.speaker_id for link in statement.source_chain),
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """How long an article is, in code points, and which stretches of it are not reporting."""

    length: int
    excluded: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a report on agreement is made from.

    `articles` are the articles asked about; `done` names, for each annotator compared, the
    articles that are finished. An article is compared between those who finished it, and left
    out when fewer than two did: not opened is not "found nothing". `targets`, `stances` and
    `attributes` come from the codebook, in its order; `ordered` are the stances that form a
    scale, lowest first, all others count as missing in the ordinal α.
    """

    statements: Sequence[Coded]
    articles: Mapping[int, Extent]
    done: Mapping[int, Collection[int]]
    targets: tuple[str, ...]
    stances: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ORDERED_STANCES


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compare: whether a match needs equal targets, and how the interval is drawn."""

    same_target: bool = True
    draws: int = 2000
    seed: int = 1
    fewest_articles: int = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient: its value, the number of units behind it, and why it has no value."""

    value: float | None
    n: int
    undefined: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a report.

    `value` is None where `undefined` says why. `low` and `high` bound the 95 % interval; where
    they are None and the value is not, `no_interval` says why. `n` counts what was compared:
    statements for F1, matched pairs for percentages, κ, π and AC1, units with two or more
    values for α, marked stretches for uα and |u|α, and their intersections for cuα. `percent`
    is the raw agreement, shown beside an undefined coefficient.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    undefined: str | None = None
    target: str | None = None
    percent: float | None = None
    no_interval: str | None = None
