import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits.dividing import Division, divide, folds, random_split
from annotator.domain.splits.filling import fill, stratum
from annotator.domain.splits.grouping import BYS, By, groups
from annotator.domain.splits.refusal import NoSplitError
from annotator.domain.splits.rows import Row
from annotator.errors import UserError
from tests.domain.splits.making import apart, row, rows

THREE = {"train": 80.0, "validation": 10.0, "test": 10.0}
TWO = {"train": 0.8, "test": 0.2}


def divided(drawn: list[Row], found: list[int], by: By, seed: int) -> Division | str:
    try:
        return divide(drawn, found, THREE, seed, by=by)
    except NoSplitError as error:
        return str(error)


@settings(deadline=None)
@given(rows(most=40), st.sampled_from(BYS), st.integers(0, 3), st.randoms())
def test_no_group_straddles_and_the_order_of_rows_is_nothing(
    drawn: list[Row], by: By, seed: int, chance: random.Random
) -> None:
    found = groups(drawn, by)
    division = divided(drawn, found, by, seed)
    mixed = chance.sample(drawn, len(drawn))
    again = divided(mixed, groups(mixed, by), by, seed)
    if isinstance(division, str) or isinstance(again, str):
        assert division == again and str(division).startswith("There ")
        return
    assert set(division.splits) == set(THREE)
    assert len(set(zip(found, division.splits, strict=True))) == len(set(found))
    split_of = {r.key: s for r, s in zip(drawn, division.splits, strict=True)}
    assert split_of == {r.key: s for r, s in zip(mixed, again.splits, strict=True)}
    assert division.notes == again.notes
    held = Counter(division.splits)
    assert all(held[name] >= share / 200 * len(drawn) for name, share in THREE.items())


def labelled(sizes: list[int], chance: random.Random) -> tuple[list[Row], list[int]]:
    made, found = [], []
    for number, size in enumerate(sizes):
        for at in range(size):
            target = chance.choice(["ceasefire", "troop_deployment"])
            stance = chance.choices(["favor", "against", "neutral"], [6, 3, 1])[0]
            text = f"text {number} {at}"
            made.append(row(f"{number}-{at}", text, target=target, stance=stance))
            found.append(number)
    return made, found


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 6), min_size=150, max_size=300), st.randoms(use_true_random=False))
def test_shares_and_labels_are_near_what_is_asked(sizes: list[int], chance: random.Random) -> None:
    made, found = labelled(sizes, chance)
    division = divide(made, found, THREE, 7)
    total = Counter(map(stratum, made))
    held = Counter(zip(division.splits, map(stratum, made), strict=True))
    sizes_held = Counter(division.splits)
    for name, share in THREE.items():
        assert abs(sizes_held[name] - share / 100 * len(made)) <= 3
        for label, count in total.items():
            assert abs(held[name, label] - share / 100 * count) <= 5


def test_rows_that_stand_alone_are_apportioned_to_the_row() -> None:
    made = [
        row(f"{n}", f"w{n}", target="ceasefire", stance="favor" if n % 4 else "against")
        for n in range(400)
    ]
    division = divide(made, range(400), THREE, 1)
    held = Counter((s, r.stance) for s, r in zip(division.splits, made, strict=True))
    assert held == {
        ("train", "favor"): 240,
        ("validation", "favor"): 30,
        ("test", "favor"): 30,
        ("train", "against"): 80,
        ("validation", "against"): 10,
        ("test", "against"): 10,
    }
    assert division.notes == ()


def test_the_seed_decides_and_nothing_else_does() -> None:
    made = apart(60, size=2)
    found = groups(made)
    first = divide(made, found, TWO, 1).splits
    assert first == divide(made, found, TWO, 1).splits
    assert first == divide(made, [-number for number in found], {"train": 8, "test": 2}, 1).splits
    assert len({tuple(divide(made, found, TWO, seed).splits) for seed in range(10)}) > 5


def test_a_division_never_changes_from_release_to_release() -> None:
    made = apart(10)
    assert "".join(s[1] for s in divide(made, groups(made), TWO, 7).splits) == "errrrrrerr"


@given(rows(least=2, most=40), st.integers(2, 5), st.integers(0, 3))
@settings(deadline=None)
def test_folds_are_a_partition_that_parts_no_group(drawn: list[Row], k: int, seed: int) -> None:
    found = groups(drawn)
    try:
        fold_of = folds(drawn, found, k, seed)
    except NoSplitError:
        assert len(set(found)) < k or max(Counter(found).values()) > 1
        return
    assert len(fold_of) == len(drawn) and set(fold_of) == set(range(k))
    assert len(set(zip(found, fold_of, strict=True))) == len(set(found))


def test_folds_are_equal() -> None:
    made = apart(50, size=2)
    assert set(Counter(folds(made, groups(made), 5, 1)).values()) == {20}
    with pytest.raises(UserError, match="at least 2"):
        folds(made, groups(made), 1, 1)


def test_a_random_split_parts_twins() -> None:
    made = apart(50, size=4)
    splits = random_split(made, TWO, 1).splits
    assert Counter(splits) == {"train": 160, "test": 40}
    assert len(set(zip(groups(made), splits, strict=True))) > 60


# ------------------------------------------------------------ where there is no such split


def test_fewer_groups_than_splits() -> None:
    made = apart(2, size=20)
    with pytest.raises(NoSplitError, match=r"40 rows form 2 groups .* largest holds 20"):
        divide(made, groups(made), THREE, 1)
    with pytest.raises(NoSplitError, match=r"form 1 group that"):
        divide(made[:20], groups(made[:20]), TWO, 1)


def test_one_group_that_holds_nearly_everything() -> None:
    made = [*apart(1, size=96), *(row(f"x{n}", f"x{n} y{n}") for n in range(4))]
    with pytest.raises(NoSplitError) as refused:
        divide(made, groups(made), TWO, 1)
    assert str(refused.value) == (
        "There is no split without leaks near the shares asked: “test” would hold 4 of 100"
        " rows instead of 20, because the 100 rows form 5 groups that must stay"
        " together, and the largest holds 96 of them. Ask for other shares, group by less, or add"
        " articles that do not repeat these."
    )


def test_shares_that_are_not_met_are_said_to_be() -> None:
    made = [*apart(1, size=88), *(row(f"x{n}", f"x{n} y{n}") for n in range(12))]
    division = divide(made, groups(made), TWO, 1)
    assert Counter(division.splits) == {"train": 88, "test": 12}
    assert division.notes == (
        "train holds 88.0% of the rows instead of 80.0%; test holds 12.0% of the rows"
        " instead of 20.0%: the 100 rows form 13 groups that must stay together, and the"
        " largest holds 88 of them.",
    )


def test_labels_that_a_split_lacks_are_named() -> None:
    made = apart(20, target="ceasefire", stance="favor")
    made.append(row("rare", "rare words here", target="ceasefire"))
    division = divide(made, groups(made), TWO, 1)
    assert division.notes == ("test holds no statement with ceasefire × no stance.",)


def test_labels_of_one_target_that_a_split_lacks_stand_together() -> None:
    made = apart(20, target="ceasefire", stance="favor")
    for number, stance in enumerate(("against", "neutral", "unclear")):
        made.append(row(stance, f"only {stance} {number}", target="ceasefire", stance=stance))
    division = divide(made, groups(made), TWO, 1)
    lacked = [note for note in division.notes if note.startswith("test holds no statement")]
    assert lacked == [
        "test holds no statement with ceasefire × against, neutral or unclear.",
    ]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({}, "No split is named"),
        ({"train": 1, "test": 0}, "share of “test” is 0"),
        ({"train": -1}, "share of “train” is -1"),
        ({"train": float("nan")}, "share of “train” is nan"),
    ],
)
def test_shares_that_cannot_be(shares: dict[str, float], words: str) -> None:
    with pytest.raises(UserError, match=words):
        divide(apart(5), range(5), shares, 1)


def test_no_rows_and_a_single_split() -> None:
    with pytest.raises(NoSplitError, match="no statements to split"):
        divide([], [], TWO, 1)
    assert divide(apart(1), [0], {"all": 1}, 1).splits == ["all"]
    with pytest.raises(ValueError, match="cannot fill"):
        fill([], [1.0])
