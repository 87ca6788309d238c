"""Intervals: a percentile bootstrap over articles, the annotators fixed.

Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. An
article is drawn whole. Every statistic is a function of sums over articles, so that a draw is a
weighted sum and no draw looks at a statement again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

_AT_ONCE = 20_000_000  # numbers held at a time while sums are drawn


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
        count = settings.draws if self.enough else 0
        drawn = draw(articles, count, settings.seed)
        keys = drawn + np.arange(count)[:, None] * articles
        times = np.bincount(keys.ravel(), minlength=count * articles)
        # articles first: measures that few articles feed take their rows alone
        self._times = np.ascontiguousarray(times.reshape(count, articles).T.astype(np.float64))

    def sums(self, rows: FloatArray) -> FloatArray:
        """Return the sums of `rows` (articles, sums) in each draw, shape (draws, sums)."""
        fed = np.flatnonzero(rows.any(axis=1))
        drawn: FloatArray = (rows[fed].T @ self._times[fed]).T
        return drawn

    def values(self, tally: Tally) -> FloatArray:
        """Return the measure in each draw, NaN where it is undefined there."""
        count = self._times.shape[1]
        step = max(1, _AT_ONCE // max(1, tally.rows.shape[1]))
        if count <= step:
            return tally.outcome(self.sums(tally.rows)).value
        parts = (self._times[:, at : at + step].T for at in range(0, count, step))
        return np.concatenate([tally.outcome(part @ tally.rows).value for part in parts])


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


def measured(tally: Tally, draws: Draws | None, reason: str | None = None) -> Measure:
    """Return the measure with its interval; without draws, with none and the reason why.

    `reason` says why there is no value where nothing was compared at all.
    """
    found = tally.outcome(tally.rows.sum(axis=0))
    measure = of_outcome(tally, found, reason)
    if measure.value is None:
        return measure
    if draws is None or not draws.enough:
        return _bounded(measure, None, TOO_FEW_ARTICLES)
    return _bounded(measure, interval(draws.values(tally)), MOSTLY_UNDEFINED)


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


def _bounded(measure: Measure, bounds: tuple[float, float] | None, reason: str) -> Measure:
    low, high = bounds or (None, None)
    return Measure(
        measure.name,
        measure.value,
        low,
        high,
        measure.n,
        None,
        measure.target,
        measure.percent,
        None if bounds else reason,
    )
