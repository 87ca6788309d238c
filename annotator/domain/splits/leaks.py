"""What of one set of texts stands in another: read from what was written, of any split."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice, product

import numpy as np

from annotator.domain.splits import similarity
from annotator.domain.splits.joining import Bag, Bools, Ints, Pairs, Progress, join

Text = tuple[str, str]  # key and text

_STEPS = (similarity.THRESHOLD, 0.45, 0.3, 0.15, 0.01)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text to learn from and one to test with, by their keys, and how similar they are."""

    similarity: float
    train_key: str
    test_key: str


def closest(
    train: Sequence[Text],
    test: Sequence[Text],
    limit: int = 10,
    progress: Progress | None = None,
) -> list[Pair]:
    """Return the `limit` most similar pairs, the closest first, then by keys; exact.

    Pairs that share no word are left out.
    """
    sides = _Sides(train, test)
    found: list[Pair] = []
    for threshold in _STEPS:
        found = sides.best(threshold, limit, progress)
        if len(found) >= limit:
            break
    return found


def straddling(
    train: Sequence[Text], test: Sequence[Text], progress: Progress | None = None
) -> int:
    """Return the number of pairs that are near-identical; 0 for a split that does not leak."""
    return _Sides(train, test).count(progress)


def twinned(
    train: Sequence[Text], test: Sequence[Text], progress: Progress | None = None
) -> list[str]:
    """Return the keys of the texts of `test` that have a near-identical one in `train`."""
    return _Sides(train, test).twinned(progress)


class _Sides:
    """Two sets of texts, each different multiset of words once."""

    def __init__(self, train: Sequence[Text], test: Sequence[Text]) -> None:
        keys: dict[Bag, tuple[list[str], list[str]]] = {}
        for side, texts in enumerate((train, test)):
            for key, text in texts:
                keys.setdefault(similarity.words(text), ([], []))[side].append(key)
        self._bags = sorted(keys)
        self._keys = [(sorted(keys[bag][0]), sorted(keys[bag][1])) for bag in self._bags]
        self._train = np.array([len(train) for train, _ in self._keys], dtype=np.int64)
        self._test = np.array([len(test) for _, test in self._keys], dtype=np.int64)

    def best(self, threshold: float, limit: int, progress: Progress | None) -> list[Pair]:
        """Return the `limit` most similar pairs at or above a threshold."""
        found: list[Pair] = []
        for same in np.flatnonzero(self._train * self._test).tolist():
            found += self._spelt_out(1.0, same, same, limit)
        found = nsmallest(limit, found, key=_closest_first)
        if len(found) == limit:  # only the same words are as similar as that
            return found
        for pairs in self._pairs(threshold, progress):
            # those that are as similar as the last one taken may come before it by their keys
            last = np.sort(pairs.similarity)[-limit:][:1]
            for at in np.flatnonzero(pairs.similarity >= last).tolist():
                left, right = int(pairs.left[at]), int(pairs.right[at])
                found += self._spelt_out(float(pairs.similarity[at]), left, right, limit)
            # unlike a sort, it lets other threads have their turn
            found = nsmallest(limit, found, key=_closest_first)
        return found

    def _spelt_out(self, similar: float, left: int, right: int, limit: int) -> list[Pair]:
        """Return the first `limit` pairs of texts with the words of two bags (or of one)."""
        ways = {(left, right), (right, left)}
        return [
            Pair(similar, *keys)
            for one, other in sorted(ways)
            for keys in islice(product(self._keys[one][0], self._keys[other][1]), limit)
        ]

    def count(self, progress: Progress | None) -> int:
        """Return the number of near-identical pairs."""
        found = int((self._train * self._test).sum())
        for pairs in self._pairs(similarity.THRESHOLD, progress):
            one, other = pairs.left, pairs.right
            both = self._train[one] * self._test[other] + self._train[other] * self._test[one]
            found += int(both.sum())
        return found

    def twinned(self, progress: Progress | None) -> list[str]:
        """Return the keys of the texts to test with that have a twin to learn from, sorted."""
        found = self._train > 0
        for pairs in self._pairs(similarity.THRESHOLD, progress):
            for one, other in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
                found[one[self._train[other] > 0]] = True
        return sorted(key for at in np.flatnonzero(found).tolist() for key in self._keys[at][1])

    def _pairs(self, threshold: float, progress: Progress | None) -> Iterator[Pairs]:
        return join(self._bags, threshold, self._across, progress)

    def _across(self, one: Ints, other: Ints) -> Bools:
        """Tell of pairs of bags whether one is learnt from and the other tested with."""
        ways = (self._train[one] * self._test[other], self._train[other] * self._test[one])
        found: Bools = (ways[0] > 0) | (ways[1] > 0)
        return found


def _closest_first(pair: Pair) -> tuple[float, str, str]:
    return -pair.similarity, pair.train_key, pair.test_key
