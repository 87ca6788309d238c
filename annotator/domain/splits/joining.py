"""All pairs of word multisets that are similar enough: an exact join, nothing is sampled.

The words of each text stand in one order, the rarest first. Two texts that share enough words
share one among the first few of each already, so that only such pairs are looked at (Bayardo, Ma
and Srikant 2007, Scaling up all pairs similarity search, WWW: the prefix filter), and of them only
those whose remaining words can still make up what is missing (Xiao, Wang, Lin and Yu 2008,
Efficient similarity joins for near duplicate detection, WWW: the positional filter). What is left
is counted in full. A word that occurs twice in a text is two words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from annotator.domain.splits.similarity import OUTSIDE, SUBSTANCE

Progress = Callable[[int, int], None]  # called with done and total; what it raises ends the work
Ints = NDArray[np.int64]
Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
Bag = tuple[str, ...]  # sorted words
Wanted = Callable[[Ints, Ints], Bools]  # tells of pairs of bags whether they are asked for

_BLOCK = 2048  # texts that are compared with as many at a time; their counts fit into 50 MB
_COUNTED = 1 << 16  # pairs whose words are counted in full at a time
_SAFE = 1e-9  # far below the step between two similarities, far above the error of one


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts by their numbers, `left` never `right`, and how similar they are."""

    left: Ints
    right: Ints
    similarity: Floats


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Texts by ascending size: `order` are their numbers; of each, its words as ascending numbers.

    Word `tokens[begins[i]]` is the rarest of text i; there are `kinds` words in all.
    """

    order: Ints
    size: Ints
    begins: Ints
    tokens: Ints
    kinds: int

    def matrix(self, heads: Ints) -> csr_array:
        """Return a row for each text with a 1 for each of its first `heads` words."""
        begins = np.concatenate([[0], np.cumsum(heads)])
        at = np.repeat(self.begins[:-1] - begins[:-1], heads) + np.arange(begins[-1])
        ones = np.ones(len(at), dtype=np.int32)
        shape = (len(heads), self.kinds)
        return csr_array((ones, self.tokens[at].astype(np.int32), begins), shape=shape)


def join(
    bags: Sequence[Bag],
    threshold: float,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> Iterator[Pairs]:
    """Yield all pairs of `bags`, no two of them equal, at or above `threshold` (above 0).

    Only pairs of numbers that are `wanted` are taken, where that is given. `progress` is told how
    many bags are done.
    """
    encoded = _encoded(bags)
    join_ = _Join(encoded, threshold)
    for at in range(0, len(bags), _BLOCK):
        if progress is not None:
            progress(at, len(bags))
        for other in range(0, at + 1, _BLOCK):
            left, right = join_.candidates(at, other)
            if wanted is not None:
                keep = wanted(encoded.order[left], encoded.order[right])
                left, right = left[keep], right[keep]
            for part in range(0, len(left), _COUNTED):
                yield join_.counted(left[part : part + _COUNTED], right[part : part + _COUNTED])
    if progress is not None:
        progress(len(bags), len(bags))


class _Join:
    """One join: which texts may be similar enough, and which are."""

    def __init__(self, encoded: _Encoded, threshold: float) -> None:
        self._of = encoded
        self._threshold = threshold
        size = encoded.size
        # as the shorter of a pair a text is looked up by fewer words than as the longer
        self._as_shorter = np.maximum(0, size - self._least(size, size) + 1)
        self._smallest = self._least_as_longer(size)
        self._as_longer = np.maximum(0, size - self._smallest + 1)
        heads = encoded.matrix(self._as_shorter)
        self._found_by = {
            at: csr_array(heads[at : at + _BLOCK].T) for at in range(0, len(size), _BLOCK)
        }
        self._probes = encoded.matrix(self._as_longer)
        self._all = encoded.matrix(size)

    def candidates(self, at: int, other: int) -> tuple[Ints, Ints]:
        """Return pairs of the block of longer texts from `at` and that of shorter from `other`."""
        size = self._of.size
        if size[min(other + _BLOCK, len(size)) - 1] < self._smallest[at]:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        common = (self._probes[at : at + _BLOCK] @ self._found_by[other]).tocoo()
        left, right = common.row.astype(np.int64) + at, common.col.astype(np.int64) + other
        if at == other:
            below = right < left
            left, right, shared = left[below], right[below], common.data[below]
        else:
            shared = common.data
        return self._still_possible(left, right, shared)

    def _still_possible(self, left: Ints, right: Ints, shared: Ints) -> tuple[Ints, Ints]:
        """Leave out pairs whose words after the first few cannot make up what is missing.

        Of two texts, the one whose first few end earlier in the order of words shares none of
        them with the rest of the other; only what comes after them in itself is still open.
        """
        last_left = self._last(left, self._as_longer)
        last_right = self._last(right, self._as_shorter)
        rest_left = (self._of.size - self._as_longer)[left]
        rest_right = (self._of.size - self._as_shorter)[right]
        open_ = np.where(last_left < last_right, rest_left, rest_right)
        open_ = np.where(last_left == last_right, np.minimum(rest_left, rest_right), open_)
        possible = shared + open_ >= self._least(self._of.size[right], self._of.size[left])
        return left[possible], right[possible]

    def _last(self, texts: Ints, heads: Ints) -> Ints:
        found: Ints = self._of.tokens[self._of.begins[texts] + heads[texts] - 1]
        return found

    def counted(self, left: Ints, right: Ints) -> Pairs:
        """Return those of the pairs that reach the threshold."""
        shared = self._all[left].multiply(self._all[right]).sum(axis=1)
        longer, shorter = self._of.size[left], self._of.size[right]
        found = shared / (shorter + OUTSIDE * (longer - shared)) * np.minimum(1, shared / SUBSTANCE)
        kept = found >= self._threshold
        order = self._of.order
        return Pairs(order[left[kept]], order[right[kept]], found[kept])

    def _least(self, shorter: Ints, longer: Ints) -> Ints:
        """Return how many words two texts of such sizes share at least when similar enough."""
        t = self._threshold
        return _at_least(t * (shorter + OUTSIDE * longer) / (1 + t * OUTSIDE), t)

    def _least_as_longer(self, size: Ints) -> Ints:
        """Return how many words a text shares at least, and the other one has, with any shorter."""
        t = self._threshold
        return _at_least(t * OUTSIDE * size / (1 + t * OUTSIDE - t), t)


def _at_least(words: Floats, threshold: float) -> Ints:
    return np.ceil(np.maximum(words, SUBSTANCE * threshold) - _SAFE).astype(np.int64)


def _encoded(bags: Sequence[Bag]) -> _Encoded:
    """Number the words, the rarest first, and put the texts in order of their sizes."""
    order = sorted(range(len(bags)), key=lambda number: len(bags[number]))
    size = np.array([len(bags[number]) for number in order], dtype=np.int64)
    number_of: dict[tuple[str, int], int] = {}
    tokens = np.fromiter(
        (
            number_of.setdefault(word, len(number_of))
            for number in order
            for word in _told_apart(bags[number])
        ),
        dtype=np.int64,
        count=int(size.sum()),
    )
    often = np.bincount(tokens, minlength=len(number_of))
    rank = np.empty(len(number_of), dtype=np.int64)
    rank[np.argsort(often, kind="stable")] = np.arange(len(number_of))
    tokens = rank[tokens]
    owner = np.repeat(np.arange(len(order)), size)
    tokens = tokens[np.lexsort((tokens, owner))]
    begins = np.concatenate([[0], np.cumsum(size)])
    return _Encoded(np.array(order, dtype=np.int64), size, begins, tokens, len(number_of))


def _told_apart(bag: Bag) -> Iterator[tuple[str, int]]:
    """Yield each word with how often it came before; the words of a bag are sorted."""
    before, times = None, 0
    for word in bag:
        times = times + 1 if word == before else 0
        before = word
        yield word, times
