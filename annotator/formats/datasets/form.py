"""What a form of dataset is: what it is called, what it carries, and who writes it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from annotator.domain import offset_units
from annotator.domain.codebook import Codebook
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats.article_record import ArticleRecord
from annotator.formats.statement_record import StatementRecord

Unit = Literal["statement", "article"]

ALL = ""  # the split of a dataset that is not split


@dataclass(frozen=True, slots=True)
class Negative:
    """A sentence of a finished article outside every statement and every excluded region."""

    span: Span
    split: str = ALL


@dataclass(frozen=True, slots=True)
class Entry:
    """One article with what goes in of it.

    `article.text` is always there; a form writes it only where `Context.texts` allows it.
    `splits` holds the split of each of the `statements`; of a form whose unit is the article they
    are all the same, and `split` is that one, of an article without statements too.
    """

    article: ArticleRecord
    statements: Sequence[StatementRecord]
    splits: Sequence[str]
    negatives: Sequence[Negative] = ()
    split: str = ALL


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the whole dataset.

    `splits` are the names of the splits in their order, (ALL,) where there are none. `texts` is
    False for a stand-off dataset: no words of an article may then be written. `offsets` are units
    in which offsets are asked for beside code points. `options` are the form's own, by name, each
    one of its `Option`s.
    """

    codebook: Codebook
    splits: tuple[str, ...] = (ALL,)
    texts: bool = True
    offsets: tuple[offset_units.Unit, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    name: str = "dataset"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that one form offers; the first of `choices` holds unless said otherwise.

    Without `choices` any whole number from 0 goes, `default` first.
    """

    name: str
    words: str
    choices: tuple[str, ...] = ()
    default: str = ""

    @property
    def usual(self) -> str:
        """The value that holds unless another is given."""
        return self.default or (self.choices[0] if self.choices else "0")


class Writer(Protocol):
    """Writes the files of one dataset, entry by entry, into a folder of its own."""

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""

    def finish(self) -> None:
        """Write what can only be written at the end, and close every file."""

    def close(self) -> None:
        """Close every file, finished or not; may be called twice."""


def nothing_lost(entry: Entry, context: Context) -> Counter[str]:
    """Return what a form leaves out of an entry where it leaves out nothing."""
    return Counter()


# The words of the article that the row of a statement shows, sentences around it included.
Shows = Callable[[ArticleRecord, Span, Context], Span]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of dataset.

    `carries` and `lacks` are sentences for a person who chooses. `lost` returns how often what is
    left out of an entry, by a clause such as "statements that overlap another": it is summed over
    all entries before anything is written. `needs` is the extra of the package that brings the
    library (None: nothing beyond the program itself). `stand_off`: it can be written without text.
    `shows` tells what a row shows of its article where that is more than the hull of its statement
    (or negative): rows that share words are kept in one split.
    """

    name: str
    title: str
    unit: Unit
    carries: str
    lacks: str
    writer: Callable[[Path, Context], Writer]
    lost: Callable[[Entry, Context], Counter[str]] = nothing_lost
    needs: str | None = None
    stand_off: bool = False
    shows: Shows | None = None
    options: tuple[Option, ...] = ()


def settled(form: Form, options: Mapping[str, str]) -> dict[str, str]:
    """Return every option of a form with its value; UserError for an unknown name or value."""
    known = {option.name: option for option in form.options}
    for name, value in options.items():
        if name not in known:
            there = f"its options are {', '.join(known)}" if known else "it has none"
            raise UserError(f"The format “{form.name}” has no option “{name}”; {there}.")
        _refuse_value(form, known[name], value)
    return {name: options.get(name, option.usual) for name, option in known.items()}


def _refuse_value(form: Form, option: Option, value: str) -> None:
    if option.choices and value not in option.choices:
        raise UserError(
            f"The option “{option.name}” of the format “{form.name}” cannot be “{value}”; choose"
            f" one of {', '.join(option.choices)}."
        )
    if not option.choices and not (value.isascii() and value.isdecimal()):
        raise UserError(
            f"The option “{option.name}” of the format “{form.name}” is a whole number from 0, not"
            f" “{value}”."
        )
