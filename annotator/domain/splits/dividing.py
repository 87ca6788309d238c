"""Which split each row goes to: whole groups, near the shares asked, labels spread evenly."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.splits.filling import Part, fill, parts, stratum
from annotator.domain.splits.grouping import By
from annotator.domain.splits.periods import cut
from annotator.domain.splits.refusal import NoSplitError
from annotator.domain.splits.rows import Row
from annotator.errors import UserError

_LEAST = 0.5  # of the rows asked for; with fewer a split is not what was asked
_WORTH_SAYING = 0.01  # difference of a share from the one asked


@dataclass(frozen=True, slots=True)
class Division:
    """The split of each row, and in sentences what is not quite as asked."""

    splits: list[str]
    notes: tuple[str, ...] = ()


def divide(
    rows: Sequence[Row],
    groups: Sequence[int],
    shares: Mapping[str, float],
    seed: int,
    *,
    by: By = "statement",
) -> Division:
    """Divide `rows` into the splits that `shares` names, each group (a number per row) whole.

    `shares` are in proportion to each other (80, 10, 10 or .8, .1, .1). Targets and stances are
    spread over the splits as far as the groups allow; the same rows, groups and seed give the same
    splits, in whatever order the rows come. By "date" the splits follow each other in time in the
    order of `shares` (see `periods`), and the seed decides nothing. NoSplitError says why there is
    no such split, UserError what of the request cannot be.
    """
    names, asked = _asked(shares)
    if not rows:
        raise NoSplitError("There are no statements to split; label some, or choose others.")
    groups_ = parts(rows, groups, seed)
    _refuse_few(groups_, len(names), len(rows))
    notes: list[str] = []
    if by == "date":
        chosen, notes = cut(rows, groups_, dict(zip(names, asked, strict=True)))
    else:
        chosen = fill(groups_, asked)
    splits = [""] * len(rows)
    for part, at in zip(groups_, chosen, strict=True):
        for row in part.rows:
            splits[row] = names[at]
    held = Counter(splits)
    _refuse_scarce(groups_, names, asked, held)
    notes += _deviations(groups_, names, asked, held)
    return Division(splits, (*notes, *_missing(rows, splits, names)))


def folds(rows: Sequence[Row], groups: Sequence[int], k: int, seed: int) -> list[int]:
    """Return the fold of each row, 0 to `k` - 1, for cross-validation: equal, no group in two."""
    if k < 2:
        raise UserError(f"Cross-validation takes two folds or more, not {k}; ask for at least 2.")
    names = {str(fold): 1.0 for fold in range(k)}
    return [int(name) for name in divide(rows, groups, names, seed).splits]


def random_split(rows: Sequence[Row], shares: Mapping[str, float], seed: int) -> Division:
    """Divide row by row, twins or not, to show what that does; never for training data."""
    return divide(rows, range(len(rows)), shares, seed)


def _asked(shares: Mapping[str, float]) -> tuple[list[str], list[float]]:
    for name, share in shares.items():
        if not (math.isfinite(share) and share > 0):
            raise UserError(f"The share of “{name}” is {share:g}; give each split more than 0.")
    if not shares:
        raise UserError("No split is named; give at least one a share.")
    total = math.fsum(shares.values())
    return list(shares), [share / total for share in shares.values()]


def _refuse_few(groups: Sequence[Part], splits: int, rows: int) -> None:
    if len(groups) < splits:
        raise NoSplitError(
            f"There is no split into {splits} without leaks: {_together(groups, rows)}."
            " Ask for fewer splits, group by less, or add articles that do not repeat these."
        )


def _refuse_scarce(
    groups: Sequence[Part], names: Sequence[str], asked: Sequence[float], held: Counter[str]
) -> None:
    rows = held.total()
    for name, share in zip(names, asked, strict=True):
        if held[name] < _LEAST * share * rows:
            raise NoSplitError(
                f"There is no split without leaks near the shares asked: “{name}” would hold"
                f" {held[name]:,} of {rows:,} rows instead of {share * rows:,.0f}, because"
                f" {_together(groups, rows)}."
                " Ask for other shares, group by less, or add articles that do not repeat these."
            )


def _together(groups: Sequence[Part], rows: int) -> str:
    count = "1 group" if len(groups) == 1 else f"{len(groups):,} groups"
    largest = max(len(part.rows) for part in groups)
    together = "1 row forms" if rows == 1 else f"{rows:,} rows form"
    return (
        f"the {together} {count} that must stay together, and the largest holds {largest:,} of them"
    )


def _deviations(
    groups: Sequence[Part], names: Sequence[str], asked: Sequence[float], held: Counter[str]
) -> list[str]:
    """Say which splits are larger or smaller than asked, when a single row is not the reason."""
    rows = held.total()
    apart = [
        f"{name} holds {held[name] / rows:.1%} of the rows instead of {share:.1%}"
        for name, share in zip(names, asked, strict=True)
        if abs(held[name] - share * rows) >= 1 and abs(held[name] / rows - share) >= _WORTH_SAYING
    ]
    return [f"{'; '.join(apart)}: {_together(groups, rows)}."] if apart else []


def _missing(rows: Sequence[Row], splits: Sequence[str], names: Sequence[str]) -> list[str]:
    """Say which labels a split does not hold at all."""
    present = {(name, stratum(row)) for name, row in zip(splits, rows, strict=True)}
    labels = sorted({stratum(row) for row in rows})
    notes = []
    for name in names:
        lacks: dict[str, list[str]] = {}
        for target, stance in labels:
            if (name, (target, stance)) not in present:
                lacks.setdefault(target or "no target", []).append(stance or "no stance")
        if lacks:
            said = [f"{target} × {_either(stances)}" for target, stances in lacks.items()]
            notes.append(f"{name} holds no statement with {'; '.join(said)}.")
    return notes


def _either(names: Sequence[str]) -> str:
    return " or ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
