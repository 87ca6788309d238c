"""What of one set of texts stands in another: read from what was written, of any split."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from annotator.domain.splits import similarity
from annotator.domain.splits.joining import Bag, Bools, Floats, Ints, Pairs, Progress, join

Text = tuple[str, str]  # key and text

# looked through from above until there are enough pairs
_THRESHOLDS = (similarity.THRESHOLD, 0.55, 0.45, 0.3, 0.15, 0.01)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text to learn from and one to test with, by their keys, and how similar they are."""

    similarity: float
    train_key: str
    test_key: str


@dataclass(frozen=True, slots=True)
class Leaks:
    """What of a training set stands in a test set.

    `closest` are the most similar pairs, the closest first, then by keys; `straddling` is the
    number of near-identical pairs, 0 where nothing leaks; `twinned` the keys of the texts to test
    with that are in such a pair, sorted. The last two may be 0 while the closest pairs are near.
    """

    closest: tuple[Pair, ...]
    straddling: int
    twinned: tuple[str, ...]


def leaks(
    train: Sequence[Text],
    test: Sequence[Text],
    limit: int = 10,
    progress: Progress | None = None,
) -> Leaks:
    """Compare each text of `train` with each of `test`; exact, no pair is passed over.

    Pairs that share no word are never among the closest. `progress` may begin anew.
    """
    sides = _Sides(train, test, limit)
    sides.look(similarity.THRESHOLD, progress)
    straddling, twinned = sides.straddling, sides.twinned
    for threshold in _THRESHOLDS[1:]:
        if len(sides.best) >= limit:
            break
        sides.look(threshold, progress)
    return Leaks(tuple(sides.best), straddling, twinned)


def closest(
    train: Sequence[Text],
    test: Sequence[Text],
    limit: int = 10,
    progress: Progress | None = None,
) -> list[Pair]:
    """Return the `limit` most similar pairs, as `leaks` does."""
    return list(leaks(train, test, limit, progress).closest)


def straddling(
    train: Sequence[Text], test: Sequence[Text], progress: Progress | None = None
) -> int:
    """Return the number of pairs that are near-identical; 0 for a split that does not leak."""
    return leaks(train, test, 0, progress).straddling


def twinned(
    train: Sequence[Text], test: Sequence[Text], progress: Progress | None = None
) -> tuple[str, ...]:
    """Return the keys of the texts of `test` that have a near-identical one in `train`."""
    return leaks(train, test, 0, progress).twinned


class _Sides:
    """Two sets of texts, each different multiset of words once, and what a look at them found."""

    def __init__(self, train: Sequence[Text], test: Sequence[Text], limit: int) -> None:
        keys: dict[Bag, tuple[list[str], list[str]]] = {}
        for side, texts in enumerate((train, test)):
            for key, text in texts:
                keys.setdefault(similarity.words(text), ([], []))[side].append(key)
        self._bags = sorted(keys)
        self._keys = [(sorted(keys[bag][0]), sorted(keys[bag][1])) for bag in self._bags]
        self._train = np.array([len(train) for train, _ in self._keys], dtype=np.int64)
        self._test = np.array([len(test) for _, test in self._keys], dtype=np.int64)
        self._limit = limit
        self._twins = self._train > 0
        self.best: list[Pair] = []
        self.straddling = 0

    @property
    def twinned(self) -> tuple[str, ...]:
        """The keys of the texts to test with that have a twin to learn from."""
        numbers = np.flatnonzero(self._twins & (self._test > 0)).tolist()
        return tuple(sorted(key for at in numbers for key in self._keys[at][1]))

    def look(self, threshold: float, progress: Progress | None) -> None:
        """Find all pairs at or above a threshold; whatever was found before is forgotten."""
        self.best = []
        self._twins = self._train > 0
        self.straddling = int((self._train * self._test).sum())
        for same in np.flatnonzero(self._train * self._test).tolist():
            self._take(1.0, same, same)
        self._keep_best()
        for pairs in join(self._bags, threshold, self._across, progress):
            self._count(pairs)
            for at in self._near(pairs.similarity):
                self._take(float(pairs.similarity[at]), int(pairs.left[at]), int(pairs.right[at]))
            self._keep_best()

    def _count(self, pairs: Pairs) -> None:
        for one, other in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
            self.straddling += int((self._train[one] * self._test[other]).sum())
            self._twins[other[self._train[one] > 0]] = True

    def _near(self, found: Floats) -> list[int]:
        """Return which similarities are no less than the last that there may be room for."""
        if not self._limit or not len(found):
            return []
        least = np.sort(found)[-self._limit :][0]
        if len(self.best) == self._limit:
            least = max(least, self.best[-1].similarity)
        near: list[int] = np.flatnonzero(found >= least).tolist()
        return near

    def _take(self, similar: float, one: int, other: int) -> None:
        """Take the first pairs of texts with the words of two bags, or both of one."""
        for left, right in sorted({(one, other), (other, one)}):
            keys = product(self._keys[left][0], self._keys[right][1])
            self.best += [Pair(similar, *pair) for pair in islice(keys, self._limit)]

    def _keep_best(self) -> None:
        self.best = sorted(self.best, key=_closest_first)[: self._limit]

    def _across(self, one: Ints, other: Ints) -> Bools:
        """Tell of pairs of bags whether one is learnt from and the other tested with."""
        ways = (self._train[one] * self._test[other], self._train[other] * self._test[one])
        found: Bools = (ways[0] > 0) | (ways[1] > 0)
        return found


def _closest_first(pair: Pair) -> tuple[float, str, str]:
    return -pair.similarity, pair.train_key, pair.test_key
