"""Intervals: a percentile bootstrap over articles, the annotators fixed.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. An
article is drawn whole. Every statistic is a function of sums over articles, so that a draw is a
weighted sum and no draw looks at a statement again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.domain.agreement.outcomes import REASONS, FloatArray, IntArray, Outcome
from annotator.domain.agreement.values import (
    MOSTLY_UNDEFINED,
    TOO_FEW_ARTICLES,
    Measure,
    Settings,
)

LEVEL = 0.95
FEWEST_DEFINED = 0.5  # share of the draws in which a coefficient must have a value

_AT_ONCE = 4_000_000  # sums drawn together, about; bounds the memory


@dataclass(frozen=True, slots=True)
class Tally:
    """A measure before it is added up.

    `rows` has the shape (articles, sums): what each article adds. `outcome` turns sums, of
    shape (…, sums), into the measure.
    """

    name: str
    rows: FloatArray
    outcome: Callable[[FloatArray], Outcome]
    target: str | None = None


class Draws:
    """Articles drawn with replacement, as how often each was drawn; the same for every measure."""

    def __init__(self, articles: int, settings: Settings) -> None:
        self.enough = articles >= settings.fewest_articles
        self.count = settings.draws if self.enough else 0
        drawn = draw(articles, self.count, settings.seed)
        keys = drawn + np.arange(self.count)[:, None] * articles
        times = np.bincount(keys.ravel(), minlength=self.count * articles)
        # articles first: measures that few articles feed take their rows alone
        times = times.reshape(self.count, articles).T
        self._times = np.ascontiguousarray(times.astype(np.float64))

    def values(self, tallies: Sequence[Tally]) -> list[FloatArray]:
        """Return each measure in each draw, NaN where it is undefined there.

        Measures are drawn together, since what takes the time is to read how often each article
        was drawn.
        """
        found: list[FloatArray] = []
        for group in self._groups(tallies):
            drawn = self._sums([tally.rows for tally in group])
            found += [t.outcome(sums).value for t, sums in zip(group, drawn, strict=True)]
        return found

    def _groups(self, tallies: Sequence[Tally]) -> Iterator[list[Tally]]:
        """Yield tallies in their order, so many at a time as memory should hold."""
        group: list[Tally] = []
        width = 0
        for tally in tallies:
            width += tally.rows.shape[1]
            if group and width * self.count > _AT_ONCE:
                yield group
                group, width = [], tally.rows.shape[1]
            group.append(tally)
        if group:
            yield group

    def _sums(self, rows: Sequence[FloatArray]) -> list[FloatArray]:
        """Return the sums of each of `rows` in each draw, shape (draws, sums)."""
        distinct = {id(one): one for one in rows}  # κ, π and AC1 share theirs
        beside = np.concatenate(list(distinct.values()), axis=1)
        fed = np.count_nonzero(beside, axis=0)
        often, seldom = 2 * fed > len(beside), (fed > 0) & (2 * fed <= len(beside))
        sums = np.zeros((beside.shape[1], self.count))
        for columns in (often, seldom):
            few = beside[:, columns]
            articles = few.any(axis=1)
            times = self._times if articles.all() else self._times[articles]
            sums[columns] = few[articles].T @ times
        ends = np.cumsum([one.shape[1] for one in distinct.values()])
        # transposed, not copied: draws lie together, and formulas add along them
        parts = [part.T for part in np.split(sums, ends[:-1])]
        by_id = dict(zip(distinct, parts, strict=True))
        return [by_id[id(one)] for one in rows]


def draw(articles: int, draws: int, seed: int) -> IntArray:
    """Return which articles each draw takes, shape (draws, articles), by their indices."""
    return np.random.default_rng(seed).integers(0, max(1, articles), size=(draws, articles))


def interval(values: FloatArray) -> tuple[float, float] | None:
    """Return the bounds of the middle 95 % of the draws in which there is a value.

    None when fewer than half of the draws have one.
    """
    defined = values[~np.isnan(values)]
    if not len(defined) or len(defined) < FEWEST_DEFINED * len(values):
        return None
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def measured(
    tallies: Sequence[Tally], draws: Draws | None, reason: str | None = None
) -> tuple[Measure, ...]:
    """Return the measures with their intervals; without draws, with none and the reason why.

    `reason` says why there is no value where nothing was compared at all.
    """
    found = [of_outcome(tally, tally.outcome(tally.rows.sum(axis=0)), reason) for tally in tallies]
    if draws is None or not draws.enough:
        return tuple(found)
    with_value = [at for at, measure in enumerate(found) if measure.value is not None]
    values = draws.values([tallies[at] for at in with_value])
    for at, drawn in zip(with_value, values, strict=True):
        found[at] = _bounded(found[at], interval(drawn))
    return tuple(found)


def measured_by_article(tallies: Sequence[Tally]) -> list[list[Measure]]:
    """Return for each article its own measures, without interval."""
    outcomes = [tally.outcome(tally.rows) for tally in tallies]
    articles = len(tallies[0].rows) if tallies else 0
    found: list[list[Measure]] = [[] for _ in range(articles)]
    for tally, result in zip(tallies, outcomes, strict=True):
        numbers = (result.value, result.n, result.why, result.percent)
        rows = zip(*(number.tolist() for number in numbers), strict=True)
        for measures, row in zip(found, rows, strict=True):
            measures.append(_measure(tally, None, *row))
    return found


def of_outcome(tally: Tally, found: Outcome, reason: str | None) -> Measure:
    """Return the measure of a single sample, without interval."""
    numbers = (float(found.value), float(found.n), int(found.why), float(found.percent))
    return _measure(tally, reason, *numbers)


def _measure(
    tally: Tally, reason: str | None, value: float, n: float, why: int, percent: float
) -> Measure:
    raw = None if percent != percent else percent
    if why or reason:
        said = reason or REASONS[why]
        return Measure(tally.name, None, None, None, round(n), said, tally.target, raw)
    lacking = TOO_FEW_ARTICLES
    return Measure(tally.name, value, None, None, round(n), None, tally.target, raw, lacking)


def _bounded(measure: Measure, bounds: tuple[float, float] | None) -> Measure:
    if bounds is None:
        return replace(measure, no_interval=MOSTLY_UNDEFINED)
    return replace(measure, low=bounds[0], high=bounds[1], no_interval=None)
