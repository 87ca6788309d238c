"""What a card says that nobody has to write: plain values, filled in from project and dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.agreement.reported import Report
from annotator.domain.codebook import Codebook
from annotator.formats.dataset_record import DatasetRecord

Label = tuple[str, str]  # target and stance


@dataclass(frozen=True, slots=True)
class Person:
    """An annotator as the card calls them, with what they did."""

    name: str
    statements: int
    done: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A row to test with and the row to learn from that is most like it; words None: withheld."""

    similarity: float
    train_key: str
    test_key: str
    train: str | None = None
    test: str | None = None


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What was found when the written files were read again.

    `near_identical` counts the pairs at or above `threshold`; `closest` are the most similar
    pairs, the closest first; `overlapping` counts rows that share words of one article.
    """

    threshold: float
    near_identical: int
    overlapping: int
    closest: Sequence[Pair] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a card but the answers of people.

    `labels` counts rows by split ("" without splits), target and stance. `languages` and `dates`
    (first and last day) are those of the articles. `leaks` is None where nothing could be read
    again, `agreement` where it was not worked out.
    """

    record: DatasetRecord
    codebook: Codebook
    form: str
    form_title: str
    people: Sequence[Person]
    labels: Mapping[str, Mapping[Label, int]]
    languages: Mapping[str, int] = field(default_factory=dict)
    dates: tuple[str, str] | None = None
    excluded: int = 0
    splits: Sequence[str] = ()
    split_method: str = ""
    split_notes: Sequence[str] = ()
    leaks: LeakReport | None = None
    agreement: Report | None = None
    stand_off: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    header: str = ""  # YAML lines that the form itself brings

    @property
    def rows(self) -> int:
        """The number of rows in all splits."""
        return sum(sum(by.values()) for by in self.labels.values())
