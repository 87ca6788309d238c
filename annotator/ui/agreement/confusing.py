"""What a confusion matrix says: agreement on each label, and what is confused most. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Confusion

Counts = Sequence[Sequence[int]]


def specific(counts: Counts, label: int) -> float | None:
    """Return 2a / (2a + b + c) of a label, after Cicchetti and Feinstein (1990); None for none."""
    chosen = sum(counts[label]) + sum(row[label] for row in counts)
    return 2 * counts[label][label] / chosen if chosen else None


def total(counts: Counts) -> int:
    """Return how many pairs a matrix counts."""
    return sum(map(sum, counts))


def worst(counts: Counts) -> tuple[int, int, int] | None:
    """Return the two labels that are most often confused, and how often; None when none are."""
    size = range(len(counts))
    found = [
        (counts[one][other] + counts[other][one], -one, -other)
        for one in size
        for other in size
        if one < other
    ]
    most, one, other = max(found, default=(0, 0, 0))
    return (-one, -other, most) if most else None


def depth(count: int, most: int) -> float:
    """Return how dark a cell is, from 0 to 1: by its count, so that 1 is seen beside 1,000."""
    return 0.0 if not count else 0.16 + 0.84 * (count / max(1, most)) ** 0.6


def pairs_of(confusion: "Confusion", row: int, column: int) -> tuple[tuple[int, int], ...]:
    """Return the statements of a cell, pair by pair."""
    return confusion.cells.get((row, column), ())
