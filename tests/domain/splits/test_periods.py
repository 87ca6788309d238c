from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits.dividing import divide
from annotator.domain.splits.grouping import groups
from annotator.domain.splits.refusal import NoSplitError
from annotator.domain.splits.rows import Row
from tests.domain.splits.making import apart, row, rows

TWO = {"train": 80.0, "test": 20.0}


def dated(days: int, each: int = 1) -> list[Row]:
    return [
        row(f"{day}-{n}", f"w{day}-{n}", date=f"2025-09-{day + 1:02}")
        for day in range(days)
        for n in range(each)
    ]


@settings(deadline=None)
@given(rows(least=1), st.permutations(["first", "second"]))
def test_nothing_learnt_from_is_as_late_as_what_it_is_tested_with(
    drawn: list[Row], names: list[str]
) -> None:
    found = groups(drawn, "date")
    try:
        splits = divide(drawn, found, {names[0]: 1, names[1]: 1}, 1, by="date").splits
    except NoSplitError:
        return
    days: dict[str, list[str]] = {"first": [], "second": []}
    latest = dict.fromkeys(found, "")
    for one, group in zip(drawn, found, strict=True):
        latest[group] = max(latest[group], (one.date or "")[:10])
    for group, split in zip(found, splits, strict=True):
        days[split].append(latest[group])
    assert max(days[names[0]]) < min(days[names[1]])


def test_days_are_cut_as_near_to_the_shares_as_they_allow() -> None:
    made = dated(10, each=2)
    division = divide(made, groups(made, "date"), TWO, 1, by="date")
    assert Counter(division.splits) == {"train": 16, "test": 4}
    assert division.notes == ("test begins on 2025-09-09.",)
    splits = divide(made, groups(made), {"a": 1, "b": 1, "c": 2}, 1, by="date").splits
    assert [splits.count(name) for name in "abc"] == [4, 6, 10] and splits == sorted(splits)


def test_a_group_beyond_the_cut_goes_to_the_later_side_and_is_counted() -> None:
    made = dated(10)
    made += [row("early", "w9-0", date="2025-09-01"), row("late", "w9-0", date="2025-09-10T08:00Z")]
    division = divide(made, groups(made, "date"), TWO, 1, by="date")
    split_of = {r.key: s for r, s in zip(made, division.splits, strict=True)}
    assert split_of["early"] == split_of["late"] == split_of["9-0"] == "test"
    assert division.notes[0] == (
        "test begins on 2025-09-10; 1 of its statements is earlier, repeated later."
    )


def test_where_there_is_no_split_by_date() -> None:
    made = dated(4)
    with pytest.raises(NoSplitError, match=r"1 of 5 statements .* without a date"):
        divide([*made, row("x", "y z")], range(5), TWO, 1, by="date")
    with pytest.raises(NoSplitError, match=r"without a date"):
        divide([*made, row("x", "y z", date="4 Sept")], range(5), TWO, 1, by="date")
    one_day = apart(9, date="2025-09-04")
    with pytest.raises(NoSplitError, match=r"end on 1 day\b"):
        divide(one_day, range(9), TWO, 1, by="date")
    running = [*apart(1, size=90, article="x", date="2025-09-09"), *dated(9)]
    with pytest.raises(NoSplitError, match=r"“train” would hold 9 of 99 .* largest holds 90"):
        divide(running, groups(running, "date"), TWO, 1, by="date")
