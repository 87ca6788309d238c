from collections import Counter
from collections.abc import Iterator
from itertools import combinations, count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits import joining
from annotator.domain.splits.joining import Pairs, join
from annotator.domain.splits.similarity import THRESHOLD, words
from tests.domain.splits.making import texts

Found = dict[tuple[int, int], float]


def spelt_out(found: Iterator[Pairs]) -> Found:
    pairs: Found = {}
    for part in found:
        for left, right, value in zip(part.left, part.right, part.similarity, strict=True):
            pair = (min(left, right), max(left, right))
            assert pair not in pairs
            pairs[pair] = value
    return pairs


def brute(bags: list[tuple[str, ...]], threshold: float) -> Found:
    values = {(a, b): ratio(bags[a], bags[b]) for a, b in combinations(range(len(bags)), 2)}
    return {pair: value for pair, value in values.items() if value >= threshold}


def ratio(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """What `similarity` says of two texts, of their words: a fraction (¼) is one, or two."""
    shared = (Counter(one) & Counter(other)).total()
    shorter, longer = sorted((len(one), len(other)))
    return shared / (shorter + (longer - shared) / 4) * min(1.0, shared / 5)


@settings(deadline=None)
@given(
    st.lists(texts, max_size=40),
    st.sampled_from([0.01, 0.3, THRESHOLD, 0.8, 1]),
    st.sampled_from([1, 3, 2048]),
)
def test_it_finds_what_comparing_all_pairs_finds_to_the_last_bit(
    texts: list[str], threshold: float, block: int
) -> None:
    bags = sorted({words(text) for text in texts})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joining, "_BLOCK", block)
        patched.setattr(joining, "_COUNTED", block + 1)
        assert spelt_out(join(bags, threshold)) == brute(bags, threshold)


def test_long_texts_whose_bits_are_all_used_up() -> None:
    draw = np.random.default_rng(7)
    bags = []
    for _ in range(40):
        text = [f"w{n}" for n in draw.integers(0, 600, size=int(draw.integers(200, 900)))]
        other = [
            word if draw.random() < 0.8 else "x" for word in text[: int(draw.integers(1, 900))]
        ]
        bags += [tuple(sorted(text)), tuple(sorted(other))]
    expected = brute(bags, THRESHOLD)
    assert 20 < len(expected) < 3000
    assert spelt_out(join(bags, THRESHOLD)) == expected


@settings(deadline=None)
@given(st.lists(st.tuples(texts, st.booleans(), st.booleans()), max_size=40))
def test_only_pairs_across_two_sides(drawn: list[tuple[str, bool, bool]]) -> None:
    side_of = {words(text): (one, other) for text, one, other in drawn}
    bags = sorted(side_of)
    one, other = (np.array([side_of[bag][n] for bag in bags], dtype=bool) for n in (0, 1))
    across = {
        (a, b): value
        for (a, b), value in brute(bags, THRESHOLD).items()
        if (one[a] and other[b]) or (other[a] and one[b])
    }
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joining, "_BLOCK", 3)
        assert spelt_out(join(bags, THRESHOLD, (one, other))) == across


def test_progress_is_told_and_may_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_BLOCK", 2)
    bags = [tuple(sorted((f"{n}", *"abcdefgh"))) for n in range(5)]
    told: list[tuple[int, int]] = []
    list(join(bags, THRESHOLD, progress=lambda done, total: told.append((done, total))))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    calls = count()

    def stop(done: int, total: int) -> None:
        if next(calls) == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        list(join(bags, THRESHOLD, progress=stop))


@pytest.mark.parametrize("bags", [[], [()], [("a",)], [(), ("a",)]])
def test_nothing_to_join(bags: list[tuple[str, ...]]) -> None:
    assert spelt_out(join(bags, THRESHOLD)) == {}
