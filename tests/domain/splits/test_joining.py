from collections.abc import Iterator
from itertools import combinations, count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits import joining
from annotator.domain.splits.joining import Pairs, join
from annotator.domain.splits.similarity import THRESHOLD, similarity, words
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
    values = {
        (a, b): similarity(" ".join(bags[a]), " ".join(bags[b]))
        for a, b in combinations(range(len(bags)), 2)
    }
    return {pair: value for pair, value in values.items() if value >= threshold}


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


def test_only_pairs_that_are_wanted_are_taken() -> None:
    bags = [tuple("abcdefgh"), tuple("abcdefg"), tuple("abcdefgi")]
    found = join(bags, THRESHOLD, wanted=lambda one, other: (one == 2) | (other == 2))
    assert set(spelt_out(found)) == {(0, 2), (1, 2)}


def test_progress_is_told_and_may_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_BLOCK", 2)
    bags = [tuple(sorted((f"{n}", *"abcdefgh"))) for n in range(5)]
    told: list[tuple[int, int]] = []
    list(join(bags, THRESHOLD, progress=lambda done, total: told.append((done, total))))
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]
    calls = count()

    def stop(done: int, total: int) -> None:
        if next(calls) == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        list(join(bags, THRESHOLD, progress=stop))


@pytest.mark.parametrize("bags", [[], [()], [("a",)], [(), ("a",)]])
def test_nothing_to_join(bags: list[tuple[str, ...]]) -> None:
    assert spelt_out(join(bags, THRESHOLD)) == {}
