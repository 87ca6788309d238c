import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits.leaks import Pair, closest, leaks, straddling, twinned
from annotator.domain.splits.similarity import THRESHOLD, similarity
from tests.domain.splits.making import texts


def keyed(prefix: str, texts: list[str]) -> list[tuple[str, str]]:
    return [(f"{prefix}{number:02}", text) for number, text in enumerate(texts)]


@settings(deadline=None)
@given(st.lists(texts, max_size=20), st.lists(texts, max_size=20), st.integers(0, 12))
def test_it_is_what_comparing_all_pairs_says(
    learnt: list[str], tested: list[str], limit: int
) -> None:
    train, test = keyed("a", learnt), keyed("b", tested)
    every = [Pair(similarity(a, b), one, other) for one, a in train for other, b in test]
    every.sort(key=lambda pair: (-pair.similarity, pair.train_key, pair.test_key))
    near = [pair for pair in every if pair.similarity >= THRESHOLD]
    found = leaks(train, test, limit)
    # what shares hardly a word may be left out
    worth = [pair for pair in every if pair.similarity >= 0.01]
    assert list(found.closest) == worth[:limit] == closest(train, test, limit)
    assert found.straddling == len(near) == straddling(train, test)
    assert found.twinned == tuple(sorted({pair.test_key for pair in near}))
    assert found.twinned == twinned(train, test)


def test_many_copies_are_counted_and_the_first_by_key_shown() -> None:
    train, test = keyed("a", ["aa bb"] * 30), keyed("b", ["BB aa", "cc dd"] * 20)
    found = leaks(train, test, 3)
    assert found.straddling == 600 and len(found.twinned) == 20
    assert found.closest == (
        Pair(1.0, "a00", "b00"),
        Pair(1.0, "a00", "b02"),
        Pair(1.0, "a00", "b04"),
    )


@pytest.mark.parametrize(("train", "test"), [([], []), ([("a", "b")], []), ([], [("a", "b")])])
def test_nothing_to_compare(train: list[tuple[str, str]], test: list[tuple[str, str]]) -> None:
    assert leaks(train, test) == leaks([], [])
    assert leaks([], []).closest == () and leaks([], []).straddling == 0
