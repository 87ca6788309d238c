"""A whole report on agreement, with names instead of ids; plain values, no numpy.

From it text, JSON, CSV, HTML and figures are made, so that all of them say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.agreement.values import Measure, Settings

# The coefficients Krippendorff names as bounds: drawn as lines, never turned into words.
LINES = (0.667, 0.8)

# One measure for each step of a statement: where agreement is lost.
CHAIN = ("found_f1_overlap", "speaker_alpha", "target_alpha", "stance_alpha", "tuple_f1")


@dataclass(frozen=True, slots=True)
class Person:
    """An annotator who is compared: in how many of the articles, and on how many statements."""

    name: str
    articles: int
    statements: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The measures of a part of the data.

    `names` names it: one target, speaker or article, or both annotators of a pair.
    """

    names: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def key(self) -> str:
        """The names as one text."""
        return " / ".join(self.names)

    def measure(self, name: str, target: str | None = None) -> Measure | None:
        """Return the measure called `name`, of `target` where it is taken of each."""
        return measure_of(self.measures, name, target)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A confusion matrix: rows are what the first annotator chose, columns the second."""

    choice: str
    annotators: tuple[str, str]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def pairs(self) -> int:
        """How many matched pairs it holds."""
        return sum(map(sum, self.counts))

    @property
    def equal(self) -> int:
        """In how many of them both chose the same."""
        return sum(row[at] for at, row in enumerate(self.counts))


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said about agreement, and what it was worked out from.

    `parts` are the measures of all annotators and articles, in the order in which a statement is
    made; `labels` the specific agreement of each stance, named by its id. `disagreements` counts
    cases by kind, those of attributes as `attribute:<id>`. `titles` gives the codebook's words
    for `target:<id>`, `stance:<id>` and `attribute:<id>`. `articles` names what was compared.
    """

    project: str
    codebook: str
    codebook_version: str
    program: str
    made_at: str
    settings: Settings
    people: tuple[Person, ...]
    articles: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Measure, ...]], ...]
    labels: tuple[Measure, ...]
    by_target: tuple[Slice, ...]
    by_speaker: tuple[Slice, ...]
    by_article: tuple[Slice, ...]
    by_pair: tuple[Slice, ...]
    matrices: tuple[Matrix, ...]
    disagreements: Mapping[str, int]
    titles: Mapping[str, str]

    @property
    def annotators(self) -> tuple[str, ...]:
        """The names of those compared."""
        return tuple(person.name for person in self.people)

    @property
    def statements(self) -> int:
        """How many statements are compared."""
        return sum(person.statements for person in self.people)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the whole, in order."""
        return tuple(measure for _, some in self.parts for measure in some)

    @property
    def slices(self) -> Iterator[tuple[str, tuple[Slice, ...]]]:
        """Yield each kind of slice with its slices, in the order of reports."""
        yield "target", self.by_target
        yield "speaker", self.by_speaker
        yield "article", self.by_article
        yield "pair", self.by_pair

    def title(self, group: str, id_: str) -> str:
        """Return the codebook's words for an id, the id where it has none."""
        return self.titles.get(f"{group}:{id_}", id_)

    @property
    def without_interval(self) -> str | None:
        """Why no measure of the whole has an interval; None when one has."""
        found = [m for m in self.measures if m.value is not None]
        if any(m.low is not None for m in found):
            return None
        return next((m.no_interval for m in found), None)


def measure_of(measures: Sequence[Measure], name: str, target: str | None = None) -> Measure | None:
    """Return the measure called `name`, of `target` where it is taken of each."""
    return next((m for m in measures if m.name == name and m.target == target), None)
