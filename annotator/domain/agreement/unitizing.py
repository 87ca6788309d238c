"""Agreement on where the stretches of a text begin and end: uα, |u|α and cuα.

Source: K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, On the reliability of unitizing
textual continua: Further developments, Quality & Quantity 50 (2016). A text is a continuum of
code points; each coder cuts it into marked stretches with a category and the gaps between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from annotator.domain.agreement.outcomes import (
    NO_PAIRS,
    NOTHING_MARKED,
    ONE_CATEGORY,
    TOO_LITTLE,
    BoolArray,
    FloatArray,
    IntArray,
    Outcome,
    divided,
    outcome,
)
from annotator.domain.agreement.values import Figure
from annotator.domain.spans import Span

Stretch = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """One coder's stretches on the common line of all articles: in order, none overlapping.

    `category` holds codes from 0, `article` the index of each stretch's article.
    """

    start: IntArray
    end: IntArray
    category: IntArray
    article: IntArray

    @property
    def length(self) -> FloatArray:
        """How many code points each stretch has."""
        return (self.end - self.start).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Continuum:
    """How many code points of each article count, and which coders finished it.

    `length` has the shape (articles,), `done` (coders, articles).
    """

    length: FloatArray
    done: BoolArray

    @property
    def coders(self) -> FloatArray:
        """How many coders each article has; the number by which pairs are weighted."""
        found: IntArray = self.done.sum(axis=0)
        return found.astype(np.float64)


def u_alpha(coders: Mapping[str, Sequence[Stretch]], length: int) -> Figure:
    """Return uα of one text of `length` code points: stretches, their categories, and gaps.

    Each coder's stretches do not overlap. `n` is the number of stretches. Undefined with fewer
    than two coders, when nobody marked anything, and when one category covers all.
    """
    marked, continuum, categories = _of_one(coders, length)
    return unitizing_alpha(unitizing_rows(marked, continuum, categories)[0]).figure()


def binary_u_alpha(coders: Mapping[str, Sequence[Stretch]], length: int) -> Figure:
    """Return |u|α: as uα, of marked against not marked, whatever the category."""
    marked, continuum, _ = _of_one(coders, length)
    plain = [Marked(m.start, m.end, np.zeros_like(m.category), m.article) for m in marked]
    return unitizing_alpha(unitizing_rows(plain, continuum, 1)[0]).figure()


def cu_alpha(coders: Mapping[str, Sequence[Stretch]], length: int) -> Figure:
    """Return cuα: agreement on the categories where two coders both marked something.

    `n` is the number of intersections of stretches. Undefined when there is none, and when one
    category has them all.
    """
    marked, continuum, categories = _of_one(coders, length)
    return coding_alpha(coding_rows(marked, continuum, categories)[0]).figure()


def coverage(coders: Mapping[str, Sequence[Stretch]], length: int) -> float | None:
    """Return the share of the coders' continua on which cuα rests; None without a continuum."""
    if not coders or length <= 0:
        return None
    marked, continuum, categories = _of_one(coders, length)
    return float(coding_rows(marked, continuum, categories)[0, 3:].sum()) / (len(coders) * length)


def unitizing_alpha(sums: FloatArray) -> Outcome:
    """Return uα of samples, shape (…, 4 + categories), as `unitizing_rows` makes them.

    uα = 1 − Do / De, Do = Σ o_ck / l and De = Σ l_c l_k / (l² − Σ L²) over c ≠ k: a stretch
    cannot be paired with itself, and a gap counts as many stretches of one code point.
    """
    n, differing, squares, total = sums[..., 0], sums[..., 1], sums[..., 2], sums[..., -1]
    marked = sums[..., 3:-1]
    gaps = total - marked.sum(axis=-1)
    marginals = np.concatenate([marked, gaps[..., None]], axis=-1)
    tests = ((total == 0, NO_PAIRS), (n == 0, NOTHING_MARKED))
    return _beyond_chance(n, total - differing, squares + gaps, marginals, *tests)


def coding_alpha(sums: FloatArray) -> Outcome:
    """Return cuα of samples, shape (…, 3 + categories), as `coding_rows` makes them.

    As uα, over intersections. With three coders or more, where hardly anything is marked by two
    of them, the published correction for pairs of a stretch with itself exceeds all pairs there
    are; cuα is then undefined too.
    """
    n, agreeing, itself, marginals = sums[..., 0], sums[..., 1], sums[..., 2], sums[..., 3:]
    several = (marginals > 0).sum(axis=-1) > 1
    too_little = several & (itself > (marginals**2).sum(axis=-1) * (1 + 1e-9))
    tests = ((n == 0, NO_PAIRS), (too_little, TOO_LITTLE))
    return _beyond_chance(n, agreeing, itself, marginals, *tests)


def unitizing_rows(coders: Sequence[Marked], continuum: Continuum, categories: int) -> FloatArray:
    """Return what each article adds to uα, shape (articles, 4 + categories).

    In each: the number of stretches, the coincidences of different categories (gaps are one),
    the squared lengths of stretches, the code points of each category, and all code points of
    all coders. Only the last has something of an article in which nothing is marked.
    """
    articles = len(continuum.length)
    rows = np.zeros((articles, 4 + categories))
    compared = continuum.coders > 1
    weight = np.where(compared, 1 / np.maximum(continuum.coders - 1, 1), 0)
    rows[:, -1] = np.where(compared, continuum.coders * continuum.length, 0)
    for marked in coders:
        key = marked.article * categories + marked.category
        lengths = np.bincount(key, marked.length, articles * categories)
        rows[:, 3:-1] += lengths.reshape(articles, categories) * compared[:, None]
        rows[:, 2] += np.bincount(marked.article, marked.length**2, articles) * compared
        rows[:, 0] += np.bincount(marked.article, minlength=articles) * compared
    covered = [np.bincount(marked.article, marked.length, articles) for marked in coders]
    for one, other in combinations(range(len(coders)), 2):
        both = continuum.done[one] & continuum.done[other]
        a, b, length = intersections(coders[one], coders[other])
        equal = coders[one].category[a] == coders[other].category[b]
        shared = np.bincount(coders[one].article[a], length * (1.0 + equal), articles)
        rows[:, 1] += 2 * (covered[one] + covered[other] - shared) * both * weight
    return rows


def coding_rows(coders: Sequence[Marked], continuum: Continuum, categories: int) -> FloatArray:
    """Return what each article adds to cuα, shape (articles, 3 + categories).

    In each: the number of intersections, the coincidences of equal categories, what would pair
    an intersection with itself, and the code points of each category in intersections.
    """
    articles = len(continuum.length)
    rows = np.zeros((articles, 3 + categories))
    weight = np.where(continuum.coders > 1, 1 / np.maximum(continuum.coders - 1, 1), 0)
    for one, other in combinations(coders, 2):
        a, b, length = intersections(one, other)
        article = one.article[a]
        weighed = length * weight[article]
        equal = one.category[a] == other.category[b]
        rows[:, 0] += np.bincount(article, minlength=articles)
        rows[:, 1] += np.bincount(article, 2 * weighed * equal, articles)
        rows[:, 2] += np.bincount(article, 2 * weighed * length, articles)
        for category in (one.category[a], other.category[b]):
            key = article * categories + category
            added = np.bincount(key, weighed, articles * categories)
            rows[:, 3:] += added.reshape(articles, categories)
    return rows


def intersections(one: Marked, other: Marked) -> tuple[IntArray, IntArray, FloatArray]:
    """Return which stretches of two coders overlap, by index, and by how many code points."""
    low = np.searchsorted(other.end, one.start, side="right")
    high = np.searchsorted(other.start, one.end, side="left")
    counts = np.maximum(high - low, 0)
    a = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    b = np.arange(len(a)) - np.repeat(first - low, counts)
    shared = np.minimum(one.end[a], other.end[b]) - np.maximum(one.start[a], other.start[b])
    return a, b, shared.astype(np.float64)


def _beyond_chance(
    n: FloatArray,
    agreeing: FloatArray,
    itself: FloatArray,
    marginals: FloatArray,
    *tests: tuple[BoolArray, str],
) -> Outcome:
    total = marginals.sum(axis=-1)
    occurring = (marginals > 0).sum(axis=-1)
    percent = divided(agreeing, total)
    expected = divided(total**2 - (marginals**2).sum(axis=-1), total**2 - itself)
    value = 1 - divided(1 - percent, expected)
    return outcome(value, n, percent, *tests, (occurring < 2, ONE_CATEGORY))


def _of_one(
    coders: Mapping[str, Sequence[Stretch]], length: int
) -> tuple[list[Marked], Continuum, int]:
    names = sorted({name for stretches in coders.values() for _, name in stretches})
    marked = [_marked(sorted(stretches), names) for stretches in coders.values()]
    done = np.ones((len(coders), 1), dtype=np.bool_)
    return marked, Continuum(np.array([float(length)]), done), len(names)


def _marked(stretches: Sequence[Stretch], names: Sequence[str]) -> Marked:
    for (before, _), (after, _) in pairwise(stretches):
        if before.overlaps(after):
            raise ValueError(f"a coder's own stretches overlap: {before}, {after}")
    start = np.array([span.start for span, _ in stretches], dtype=np.int64)
    end = np.array([span.end for span, _ in stretches], dtype=np.int64)
    category = np.array([names.index(name) for _, name in stretches], dtype=np.int64)
    return Marked(start, end, category, np.zeros_like(start))
