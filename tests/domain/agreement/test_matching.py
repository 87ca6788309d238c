"""The matching against all matchings there are, and the rules DOMAIN gives."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement import assignment, matching
from annotator.domain.agreement.columns import columns
from annotator.domain.agreement.matching import components, match
from annotator.domain.spans import merged
from tests.domain.agreement.making import coded, statement

few = st.lists(coded(), max_size=9).map(
    lambda rows: [replace(row, id=number) for number, row in enumerate(rows, start=1)]
)


def sides(rows):
    return [row for row in rows if row.annotator == 1], [row for row in rows if row.annotator == 2]


def points(row) -> set[int]:
    return {at for span in row.pieces for at in range(span.start, span.end)}


def weight(one, other, same_target: bool) -> float | None:
    """What a pair weighs, worked out from sets of code points; None when it is not admissible."""
    a, b = points(one), points(other)
    iou = len(a & b) / len(a | b)
    contained = a <= b or b <= a
    if not a & b or not (iou >= 0.5 or (contained and iou >= 0.3)):
        return None
    if same_target and one.target != other.target:
        return None
    total = iou
    total += 0.1 * (one.speaker is not None and one.speaker == other.speaker)
    if one.mention and other.mention and one.mention.overlaps(other.mention):
        total += 0.05
    if not same_target and one.target is not None and one.target == other.target:
        total += 0.2
    return total


def best(left, right, same_target: bool) -> float:
    """Return the weight of the heaviest matching, by trying all."""
    if len(left) > len(right):
        left, right = right, left
    partners = [*range(len(right)), *[None] * len(left)]
    return max(
        sum(
            weight(one, right[at], same_target) or 0
            for one, at in zip(left, chosen, strict=True)
            if at is not None
        )
        for chosen in set(permutations(partners, len(left)))
    )


small = st.lists(coded(top=12), max_size=7).map(
    lambda rows: [replace(row, id=number) for number, row in enumerate(rows, start=1)]
)


@given(small, st.booleans())
def test_no_matching_is_heavier(rows, same_target) -> None:
    left, right = sides(rows)
    left, right = left[:4], right[:4]
    found = match(left, right, same_target=same_target)
    for pair in found:
        assert weight(pair.left, pair.right, same_target) is not None
        a, b = points(pair.left), points(pair.right)
        assert pair.iou == pytest.approx(len(a & b) / len(a | b))
    assert len({pair.left.id for pair in found}) == len({p.right.id for p in found}) == len(found)
    total = sum(weight(pair.left, pair.right, same_target) or 0 for pair in found)
    assert total == pytest.approx(best(left, right, same_target), abs=1e-6)


@given(few, st.booleans())
def test_it_does_not_matter_who_comes_first(rows, same_target) -> None:
    left, right = sides(rows)
    there = {(p.left.id, p.right.id) for p in match(left, right, same_target=same_target)}
    swapped = [replace(row, annotator=3 - row.annotator) for row in rows]
    right, left = sides(swapped)
    back = {
        (p.left.id, p.right.id) for p in match(left[::-1], right[::-1], same_target=same_target)
    }
    assert there == back
    again = {(p.right.id, p.left.id) for p in match(right, left, same_target=same_target)}
    assert there == again


@given(few)
def test_identical_coders_are_matched_choice_by_choice(rows) -> None:
    left = [replace(row, annotator=1) for row in rows]
    right = [replace(row, annotator=2, id=100 - row.id) for row in rows]
    for same_target in (True, False):
        found = match(left, right, same_target=same_target)
        assert len(found) == len(rows)
        assert all(
            replace(pair.left, id=0, annotator=0) == replace(pair.right, id=0, annotator=0)
            or set(merged(pair.left.pieces)) == set(merged(pair.right.pieces))
            for pair in found
        )
        assert all(pair.left.stance == pair.right.stance for pair in found)


@pytest.mark.parametrize(
    ("one", "other", "admissible"),
    [
        ((0, 10), (5, 15), False),  # 5 of 15
        ((0, 10), (4, 12), True),  # 6 of 12
        ((0, 10), (5, 12), False),  # 5 of 12
        ((0, 10), (0, 3), True),  # contained, 3 of 10
        ((0, 100), (0, 29), False),  # contained, 29 of 100
        ((0, 10), (10, 20), False),
    ],
)
def test_how_much_must_overlap(one, other, admissible) -> None:
    assert bool(match([statement(1, one)], [statement(2, other)])) is admissible


def test_pieces_count_and_not_what_lies_between() -> None:
    in_pieces = statement(1, (0, 10), (40, 50))
    assert match([in_pieces], [statement(2, (0, 50))])[0].iou == pytest.approx(0.4)
    assert not match([in_pieces], [statement(2, (10, 40))])


def test_one_predicate_of_three_speakers() -> None:
    left = [statement(1, (0, 20), speaker=speaker) for speaker in (1, 2, 3)]
    right = [statement(2, (0, 20), speaker=speaker) for speaker in (3, 1, 2)]
    assert all(pair.left.speaker == pair.right.speaker for pair in match(left, right))


def test_identical_words_about_two_targets_never_cross() -> None:
    left = [
        statement(1, (0, 20), target="ceasefire", speaker=1, mention=(30, 35)),
        statement(1, (0, 20), target="troop_deployment", speaker=2, mention=(40, 45)),
    ]
    right = [
        statement(2, (0, 20), target="troop_deployment", speaker=1, mention=(30, 35)),
        statement(2, (0, 20), target="ceasefire", speaker=2, mention=(40, 45)),
    ]
    found = match(left, right, same_target=False)
    assert all(pair.left.target == pair.right.target for pair in found)


def test_a_side_is_one_annotator() -> None:
    with pytest.raises(ValueError, match="one annotator"):
        match([statement(1, (0, 5))], [statement(1, (0, 5))])


@given(st.lists(coded(annotators=(1, 2, 3)), max_size=9))
def test_components_hold_every_statement_once(rows) -> None:
    rows = [replace(row, id=number) for number, row in enumerate(rows)]
    groups = components(rows)
    assert sorted(row.id for group in groups for row in group) == list(range(len(rows)))
    for one in (1, 2, 3):
        for other in range(one + 1, 4):
            pair = [[row for row in rows if row.annotator == who] for who in (one, other)]
            for found in match(*pair):
                assert any(found.left in group and found.right in group for group in groups)


@given(st.integers(0, 2**32 - 1))
def test_large_parts_are_solved_as_well_as_small_ones(seed) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 12))
    cells = {
        (int(row), int(col)): (float(random.random() + 0.01), 0)
        for row, col in random.integers(0, size, size=(3 * size, 2))
    }
    totals = [
        sum(cells[cell][0] for cell in solve(cells, size, size) if cell in cells)
        for solve in (assignment._dense, assignment._sparse)
    ]
    assert totals[0] == pytest.approx(totals[1])


def test_a_large_part_goes_the_sparse_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [statement(who, (at, at + 4)) for who in (1, 2) for at in range(30)]
    of = columns(rows)
    usual = matching.tight(matching.edges(of))
    monkeypatch.setattr(assignment, "_DENSE", 0)
    monkeypatch.setattr(matching, "_AT_ONCE", 7)
    other = matching.tight(matching.edges(of))
    assert other.weight.sum() == pytest.approx(usual.weight.sum())
    assert len(other) == 30
