"""Labels of another program as neutral values: what all the readers in this package give."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.domain.offset_units import Unit
from annotator.formats.jsonl import Refusal
from annotator.formats.labels.files import Part

SEVERAL = "\x1f"  # between the values of one name


@dataclass(frozen=True, slots=True)
class Mark:
    """One labelled stretch; `pieces` are in the unit of the file, empty when only words are given.

    Marks of one sheet with the same `id` belong together. `nth` is which occurrence of `quote` is
    meant, from 1. `choices` are what else was chosen for it, by name; several values of one name
    are joined by `SEVERAL`.
    """

    label: str
    pieces: tuple[tuple[int, int], ...]
    line: int
    place: str = ""
    quote: str | None = None
    nth: int | None = None
    id: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    speaker: str | None = None
    speaker_type: str | None = None
    note: str | None = None

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Yield what was chosen, a name and a value each; several of one name stand apart."""
        for name, values in self.choices.items():
            for value in values.split(SEVERAL):
                yield name, value

    def refuse(self, reason: str) -> Refusal:
        """Return the refusal of this mark."""
        return Refusal(self.line, reason, self.place)


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled pair of marks, by their ids."""

    label: str
    start: str
    goal: str
    line: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text as one annotator labelled it; `annotator` is None where the file does not say.

    `text` is as the other program holds it (line ends and all), None where the file has none.
    """

    line: int
    place: str = ""
    name: str | None = None
    text: str | None = None
    sha256: str | None = None
    uid: str | None = None
    annotator: str | None = None
    at: str | None = None
    marks: tuple[Mark, ...] = ()
    relations: tuple[Relation, ...] = ()


Found = Sheet | Refusal


@dataclass(slots=True)
class LeftOut:
    """What a reader passes over on purpose, by a phrase that says what it is."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, number: int = 1) -> None:
        """Count `number` more of what is called `what`."""
        if number:
            self.counts[what] += number


@dataclass(frozen=True, slots=True)
class Form:
    """One format of labels; `units` are those it may count in, the likeliest first."""

    name: str
    title: str
    units: tuple[Unit, ...]
    read: Callable[[Iterable[Part], LeftOut], Iterator[Found]]


@dataclass(slots=True)
class Reading:
    """All that a file of labels holds."""

    form: Form
    sheets: list[Sheet] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def first_name(values: Mapping[str, object]) -> str | None:
    """Return the name of a text among the values that came with it."""
    for key in ("article_name", "doc_id", "document", "doc", "file_name", "filename", "name"):
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def as_text(value: object) -> str | None:
    """Return a number or a text as text; None for anything else and for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
