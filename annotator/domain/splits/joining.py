"""All pairs of word multisets that are similar enough: an exact join, nothing is sampled.

The words of each text stand in one order, the rarest first. Two texts that share enough words
share one among the first few of each already, so that only such pairs are looked at: the prefix
filter (Bayardo, Ma and Srikant 2007, Scaling up all pairs similarity search, WWW; Xiao, Wang, Lin
and Yu 2008, Efficient similarity joins for near duplicate detection, WWW). Each word turns over
one of 128 bits of its text; where more bits differ than words may, so do the words: the bitmap
filter (Sandes, Teodoro and Melo 2020, Bitmap filter, Information Systems 88). What is left is
counted in full. A word that occurs twice in a text is two words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from annotator.domain.splits.similarity import OUTSIDE, SUBSTANCE

Progress = Callable[[int, int], None]  # called with done and total; what it raises ends the work
Ints = NDArray[np.int64]
Words = NDArray[np.int32]  # half the room and time where there may be many
Floats = NDArray[np.floating]
Singles = NDArray[np.float32]
Bits = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Bag = tuple[str, ...]  # sorted words
Wanted = Callable[[Ints, Ints], Bools]  # tells of pairs of bags whether they are asked for

_BLOCK = 2048  # texts that are compared with as many at a time; their counts fit into 50 MB
_BITS = 128
_COUNTED = 1 << 16  # pairs whose words are counted in full at a time
_SLACK = np.float32(1e-3)  # the same for sums of some words in single precision
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

    def bits(self) -> Bits:
        """Return `_BITS` bits for each text, 64 in a column: each word turns one of them over."""
        found = np.zeros((_BITS // 64, len(self.size)), dtype=np.uint64)
        owner = np.repeat(np.arange(len(self.size)), self.size)
        column, bit = divmod(self.tokens % _BITS, 64)
        np.bitwise_xor.at(found, (column, owner), np.uint64(1) << bit.astype(np.uint64))
        return found


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
        self._smallest = self._least_as_longer(size)
        self._probes = encoded.matrix(np.maximum(0, size - self._smallest + 1))
        heads = encoded.matrix(np.maximum(0, size - self._least_as_shorter(size) + 1))
        self._found_by = {
            at: csr_array(heads[at : at + _BLOCK].T) for at in range(0, len(size), _BLOCK)
        }
        self._all = encoded.matrix(size)
        self._bits = encoded.bits()
        # how many words may differ, as a sum of what each of the two texts allows
        scale = 2 * threshold / (1 + threshold * OUTSIDE)
        self._as_longer: Singles = (size * (1 - OUTSIDE * scale)).astype(np.float32)
        self._as_shorter: Singles = (size * (1 - scale)).astype(np.float32)

    def candidates(self, at: int, other: int) -> tuple[Ints, Ints]:
        """Return pairs of the block of longer texts from `at` and that of shorter from `other`."""
        size = self._of.size
        if size[min(other + _BLOCK, len(size)) - 1] < self._smallest[at]:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        common = (self._probes[at : at + _BLOCK] @ self._found_by[other]).tocoo()
        possible = self._possible(at, other, common.row, common.col)
        left = common.row[possible].astype(np.int64) + at
        right = common.col[possible].astype(np.int64) + other
        if at == other:  # each pair is there twice, and each text with itself
            left, right = left[right < left], right[right < left]
        return left, right

    def _possible(self, at: int, other: int, left: Words, right: Words) -> Bools:
        """Tell which pairs of two blocks differ in few enough bits to be similar enough."""
        longer, shorter = slice(at, at + _BLOCK), slice(other, other + _BLOCK)
        differ = sum(
            np.bitwise_count(bits[longer][left] ^ bits[shorter][right]) for bits in self._bits
        )
        allowed = self._as_longer[longer][left] + self._as_shorter[shorter][right]
        found: Bools = differ <= allowed + _SLACK
        return found

    def counted(self, left: Ints, right: Ints) -> Pairs:
        """Return those of the pairs that reach the threshold."""
        shared = self._all[left].multiply(self._all[right]).sum(axis=1)
        longer, shorter = self._of.size[left], self._of.size[right]
        found = shared / (shorter + OUTSIDE * (longer - shared)) * np.minimum(1, shared / SUBSTANCE)
        kept = found >= self._threshold
        order = self._of.order
        return Pairs(order[left[kept]], order[right[kept]], found[kept])

    def _least_as_shorter(self, size: Ints) -> Ints:
        """Return how many words a text shares at least with any that is not shorter."""
        t = self._threshold
        return _at_least(t * (1 + OUTSIDE) * size / (1 + t * OUTSIDE), t)

    def _least_as_longer(self, size: Ints) -> Ints:
        """Return how many words a text shares at least with any that is not longer."""
        t = self._threshold
        return _at_least(t * OUTSIDE * size / (1 + t * OUTSIDE - t), t)


def _at_least(words: Floats, threshold: float) -> Ints:
    return np.ceil(np.maximum(words, SUBSTANCE * threshold) - _SAFE).astype(np.int64)


def _encoded(bags: Sequence[Bag]) -> _Encoded:
    """Number the words, the rarest first, and put the texts in order of their sizes."""
    sizes = np.fromiter(map(len, bags), dtype=np.int64, count=len(bags))
    order = np.argsort(sizes, kind="stable")
    size = sizes[order]
    number_of: dict[str, int] = {}
    words = (
        number_of.setdefault(word, len(number_of)) for at in order.tolist() for word in bags[at]
    )
    plain = np.fromiter(words, dtype=np.int64, count=int(size.sum()))
    owner = np.repeat(np.arange(len(bags)), size)
    begins = np.concatenate([[0], np.cumsum(size)])
    # the words of a bag are sorted: one that stands there again follows itself
    again = np.zeros(len(plain), dtype=np.bool_)
    again[1:] = (plain[1:] == plain[:-1]) & (owner[1:] == owner[:-1])
    at = np.arange(len(plain))
    times = at - np.maximum.accumulate(np.where(again, 0, at))
    _, told_apart, often = np.unique(
        plain * (times.max(initial=0) + 1) + times, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(often), dtype=np.int64)
    rank[np.argsort(often, kind="stable")] = np.arange(len(often))
    tokens = rank[told_apart]
    return _Encoded(order, size, begins, tokens[np.lexsort((tokens, owner))], len(often))
