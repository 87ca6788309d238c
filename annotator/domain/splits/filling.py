"""Filling splits with groups, so that each label is spread over them as the sizes are."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.splits.rows import Row

Stratum = tuple[str, str]  # target and stance, "" where none was chosen


@dataclass(frozen=True, slots=True)
class Part:
    """The rows (by index) of one group, and how many of them there are of each stratum."""

    rows: tuple[int, ...]
    strata: tuple[tuple[Stratum, int], ...]


def stratum(row: Row) -> Stratum:
    """Return the label by which a row is spread over the splits."""
    return row.target or "", row.stance or ""


def parts(rows: Sequence[Row], groups: Sequence[int], seed: int) -> list[Part]:
    """Return the groups, the largest first; those of one size in an order the seed decides.

    That order follows from what the rows say and not from where they stand, so that the same
    statements are divided the same way however they come.
    """
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    drawn = sorted((_rank([rows[at] for at in of], seed), of) for of in members.values())
    return [_part(rows, of) for _, of in drawn]


def _rank(rows: Sequence[Row], seed: int) -> tuple[int, str, list[str]]:
    said = sorted([r.text, r.target or "", r.stance or "", str(r.start)] for r in rows)
    digest = hashlib.sha256(json.dumps([seed, said]).encode()).hexdigest()
    return -len(rows), digest, sorted(row.key for row in rows)


def _part(rows: Sequence[Row], numbers: Sequence[int]) -> Part:
    counts = Counter(stratum(rows[at]) for at in numbers)
    return Part(tuple(numbers), tuple(sorted(counts.items())))


def fill(parts: Sequence[Part], shares: Sequence[float]) -> list[int]:
    """Return the number of the split of each part; `shares` sum to 1, and none stays empty.

    Each part, in order, goes where it adds least to the sum over strata, and over all rows, of
    (rows held - rows asked)² / rows asked: χ² of the splits so far. For groups of one row that is
    apportionment by Sainte-Laguë; greedy as iterative stratification is (Sechidis, Tsoumakas and
    Vlahavas 2011, On the stratification of multi-label data, ECML PKDD). ValueError when there
    are fewer parts than splits.
    """
    if len(parts) < len(shares):
        raise ValueError(f"{len(parts)} parts cannot fill {len(shares)} splits")
    total: Counter[Stratum | None] = Counter()  # None: all rows
    for part in parts:
        total.update(_counted(part))
    held: list[Counter[Stratum | None]] = [Counter() for _ in shares]
    found = []
    for number, part in enumerate(parts):
        counts = _counted(part)
        empty = [at for at, has in enumerate(held) if not has]
        left = len(parts) - number
        choice = empty if len(empty) == left else range(len(shares))
        added = {
            at: sum(
                (2 * (held[at][of] - total[of] * shares[at]) + n) * n / (total[of] * shares[at])
                for of, n in counts.items()
            )
            for at in choice
        }
        best = min(added, key=lambda at: added[at])
        held[best].update(counts)
        found.append(best)
    return found


def _counted(part: Part) -> dict[Stratum | None, int]:
    return {None: len(part.rows), **dict(part.strata)}
