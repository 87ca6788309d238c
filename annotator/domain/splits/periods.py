"""Splits that follow each other in time: what is tested with is later than what is learnt from.

A group is as late as the latest of its rows: nothing to learn from is then dated on or after the
day at which the next split begins. Earlier rows of a group that reaches beyond that day go with
it to the later split, and are counted. A day is never parted.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from annotator.domain.splits.filling import Part
from annotator.domain.splits.refusal import NoSplitError
from annotator.domain.splits.rows import Row

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def cut(
    rows: Sequence[Row], parts: Sequence[Part], shares: Mapping[str, float]
) -> tuple[list[int], list[str]]:
    """Return the number of the split of each part, and what is to be said of the cuts.

    `shares` sum to 1 and name the splits from the earliest to the latest. NoSplitError when a row
    has no date, or there are fewer days than splits.
    """
    day_of = [_day(rows, number) for number in range(len(rows))]
    latest = [max(day_of[row] for row in part.rows) for part in parts]
    counts = Counter[str]()
    for part, day in zip(parts, latest, strict=True):
        counts[day] += len(part.rows)
    days = sorted(counts)
    if len(days) < len(shares):
        count = "1 day" if len(days) == 1 else f"{len(days):,} days"
        count = "1 day" if len(days) == 1 else f"{len(days):,} days"
        raise NoSplitError(
            f"There is no split by date into {len(shares)}: the groups that must stay together end"
            f" on {count}. Ask for fewer splits, or group otherwise."
        )
    begins = _begins([counts[day] for day in days], list(shares.values()))
    first_days = [days[at] for at in begins]
    chosen = [bisect_right(first_days, day) for day in latest]
    return chosen, _notes(list(shares)[1:], first_days, day_of, parts, chosen)


def _day(rows: Sequence[Row], number: int) -> str:
    found = _DAY.match(rows[number].date or "")
    if found is None:
        undated = sum(not _DAY.match(row.date or "") for row in rows)
        raise NoSplitError(
            f"There is no split by date: {undated:,} of {len(rows):,} statements stand in articles"
            " without a date. Leave those articles out, or group otherwise."
        )
    return found[0]


def _begins(counts: Sequence[int], shares: Sequence[float]) -> list[int]:
    """Return at which day each split but the first begins, as near to the shares as days allow."""
    before = [0, *accumulate(counts)]  # rows before each day
    found: list[int] = []
    for number, share in enumerate(accumulate(shares[:-1]), start=1):
        low = found[-1] + 1 if found else 1
        high = len(counts) - (len(shares) - number)  # a day is left for each split to come
        wanted = share * before[-1]
        found.append(min(range(low, high + 1), key=lambda day: abs(before[day] - wanted)))
    return found


def _notes(
    names: Sequence[str],
    first_days: Sequence[str],
    day_of: Sequence[str],
    parts: Sequence[Part],
    chosen: Sequence[int],
) -> list[str]:
    notes = []
    for number, (name, first) in enumerate(zip(names, first_days, strict=True), start=1):
        held = [row for p, at in zip(parts, chosen, strict=True) if at == number for row in p.rows]
        early = sum(day_of[row] < first for row in held)
        are = "is" if early == 1 else "are"
        moved = f"; {early:,} of its statements {are} earlier, repeated later" if early else ""
        notes.append(f"{name} begins on {first}{moved}.")
    return notes
