"""What a split is made of: the statements of a dataset, by what matters to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One statement, or another piece of text that is a row of a dataset.

    `key` tells it from all others. `start` and `end` (code points) and `text` are those of the
    words that the row shows of its article: with sentences around a statement, theirs. `date` is
    a day in ISO 8601 (a time after it is left aside). `speaker` is None where nobody was named.
    """

    key: str
    article: str
    start: int
    end: int
    text: str
    speaker: str | None = None
    date: str | None = None
    target: str | None = None
    stance: str | None = None
