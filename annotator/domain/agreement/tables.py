"""Coefficients of two coders from their confusion matrix, and Fleiss' κ of many.

A table has the shape (categories, categories): in row r and column c, how many units the first
coder put into r and the second into c. The functions that end in `_sums` take samples of the
tables of several pairs of coders and return the mean over the pairs where the coefficient is
defined (for κ: R. J. Light, Measures of response agreement, 1971).
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.outcomes import (
    LABEL_ABSENT,
    NO_PAIRS,
    ONE_CATEGORY,
    FloatArray,
    Outcome,
    divided,
    outcome,
)
from annotator.domain.agreement.values import Figure

Table = Sequence[Sequence[float]] | npt.NDArray[np.generic]
Coefficient = Callable[[FloatArray], FloatArray]


def percent(table: Table) -> Figure:
    """Return the share of units that both put into the same category; undefined without units."""
    counts = np.asarray(table, dtype=np.float64)
    total = counts.sum()
    share = divided(np.trace(counts), total)
    return outcome(share, total, share, (total == 0, NO_PAIRS)).figure()


def cohen_kappa(table: Table, weights: Table | None = None) -> Figure:
    """Return Cohen's κ (J. Cohen 1960), or weighted κ (1968) with `weights` of disagreement.

    `weights` has the shape of the table, 0 on its diagonal. Undefined without units, and when
    both coders use one and the same category throughout.
    """
    if weights is None:
        return _figure(table, kappas)
    counts = np.asarray(table, dtype=np.float64)
    distance = np.asarray(weights, dtype=np.float64)
    total = counts.sum()
    chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / (total or 1)
    expected = (chance * distance).sum()
    value = 1 - divided((counts * distance).sum(), expected)
    share = divided(np.trace(counts), total)
    tests = ((total == 0, NO_PAIRS), (expected == 0, ONE_CATEGORY))
    return outcome(value, total, share, *tests).figure()


def scott_pi(table: Table) -> Figure:
    """Return Scott's π (W. A. Scott 1955): chance from both coders' choices pooled.

    Undefined without units, and when only one category occurs.
    """
    return _figure(table, pis)


def gwet_ac1(table: Table) -> Figure:
    """Return Gwet's AC1 (K. L. Gwet 2008); the table's size is the number of categories.

    Undefined without units, and when only one category occurs (the formula would say 1).
    """
    return _figure(table, ac1s)


def bennett_s(table: Table) -> Figure:
    """Return S (Bennett, Alpert and Goldstein 1954): chance is 1 / categories.

    Undefined without units, and when only one category occurs.
    """
    return _figure(table, ss)


def specific_agreement(table: Table) -> tuple[Figure, ...]:
    """Return for each category 2a / (2a + b + c) (L. R. Dice 1945; Fleiss 1975).

    a: both chose it; b, c: only one did. Undefined for a category that nobody chose. `n` is
    the number of units in which somebody did.
    """
    counts = np.asarray(table, dtype=np.float64)
    both = np.diagonal(counts)
    chosen = counts.sum(axis=0) + counts.sum(axis=1)
    found = outcome(divided(2 * both, chosen), chosen - both, both, (chosen == 0, LABEL_ABSENT))
    each = zip(found.value, found.n, found.why, found.percent, strict=True)
    return tuple(Outcome(*parts).figure() for parts in each)


def kappas(tables: FloatArray) -> FloatArray:
    """Return Cohen's κ of tables (…, categories, categories), NaN where it is undefined."""
    total, observed = _observed(tables)
    chance = _shares(tables.sum(axis=-1), total) * _shares(tables.sum(axis=-2), total)
    return _beyond_chance(tables, observed, chance.sum(axis=-1))


def pis(tables: FloatArray) -> FloatArray:
    """Return Scott's π of tables (…, categories, categories), NaN where it is undefined."""
    total, observed = _observed(tables)
    return _beyond_chance(tables, observed, (_pooled(tables, total) ** 2).sum(axis=-1))


def ac1s(tables: FloatArray) -> FloatArray:
    """Return Gwet's AC1 of tables (…, categories, categories), NaN where it is undefined."""
    total, observed = _observed(tables)
    pooled = _pooled(tables, total)
    chance = (pooled * (1 - pooled)).sum(axis=-1) / max(1, tables.shape[-1] - 1)
    return _beyond_chance(tables, observed, chance)


def ss(tables: FloatArray) -> FloatArray:
    """Return S of tables (…, categories, categories), NaN where it is undefined."""
    _, observed = _observed(tables)
    return _beyond_chance(tables, observed, np.full_like(observed, 1 / tables.shape[-1]))


def pair_sums(sums: FloatArray, coefficient: Coefficient, pairs: int, categories: int) -> Outcome:
    """Return the mean of `coefficient` over pairs of coders, for samples of their tables.

    `sums` has the shape (…, pairs × categories²). Undefined where no pair has units, or where
    in each pair's units only one category occurs.
    """
    tables = sums.reshape(*sums.shape[:-1], pairs, categories, categories)
    values = coefficient(tables)
    defined = ~np.isnan(values)
    mean = divided(np.where(defined, values, 0).sum(axis=-1), defined.sum(axis=-1))
    total = sums.sum(axis=-1)
    agreeing = np.trace(tables, axis1=-2, axis2=-1).sum(axis=-1)
    tests = ((total == 0, NO_PAIRS), (~defined.any(axis=-1), ONE_CATEGORY))
    return outcome(mean, total, divided(agreeing, total), *tests)


def fleiss_kappa(counts: Table) -> Figure:
    """Return Fleiss' κ (J. L. Fleiss 1971) of `counts`, shape (units, categories).

    Each cell says how many coders put the unit into the category; every unit has the same
    number of coders, two or more, else ValueError. Undefined without units, and when only one
    category occurs.
    """
    chosen = np.asarray(counts, dtype=np.float64)
    coders = _coders(chosen)
    shares = chosen.sum(axis=0) / max(1, chosen.sum())
    pairs = len(chosen) * coders * (coders - 1)
    observed = divided((chosen * (chosen - 1)).sum(), np.float64(pairs))
    chance = (shares**2).sum()
    value = divided(observed - chance, 1 - chance)
    only_one = np.count_nonzero(shares) < 2
    tests = ((np.bool_(len(chosen) == 0), NO_PAIRS), (np.bool_(only_one), ONE_CATEGORY))
    return outcome(value, np.float64(len(chosen)), observed, *tests).figure()


def fleiss_kappa_by_category(counts: Table) -> tuple[Figure, ...]:
    """Return κ of each category against all others (Fleiss 1971, section 3).

    Undefined for a category that nobody chose or everybody always did.
    """
    chosen = np.asarray(counts, dtype=np.float64)
    coders = _coders(chosen)
    shares = chosen.sum(axis=0) / max(1, chosen.sum())
    split = (chosen * (coders - chosen)).sum(axis=0)
    chance = len(chosen) * coders * (coders - 1) * shares * (1 - shares)
    found = []
    for value, share in zip(1 - divided(split, chance), shares, strict=True):
        tests = ((np.bool_(share == 0), LABEL_ABSENT), (np.bool_(share == 1), ONE_CATEGORY))
        found.append(outcome(value, np.float64(len(chosen)), share, *tests).figure())
    return tuple(found)


def _coders(chosen: FloatArray) -> float:
    coders = chosen.sum(axis=1)
    if len(coders) and (coders.min() != coders.max() or coders[0] < 2):
        raise ValueError("Fleiss' κ wants the same number of coders, two or more, for each unit")
    return float(coders[0]) if len(coders) else 2.0


def _figure(table: Table, coefficient: Coefficient) -> Figure:
    counts = np.asarray(table, dtype=np.float64)
    return pair_sums(counts.ravel(), coefficient, 1, len(counts)).figure()


def _observed(tables: FloatArray) -> tuple[FloatArray, FloatArray]:
    total = tables.sum(axis=(-2, -1))
    return total, divided(np.trace(tables, axis1=-2, axis2=-1), total)


def _shares(marginals: FloatArray, total: FloatArray) -> FloatArray:
    return divided(marginals, np.broadcast_to(total[..., None], marginals.shape))


def _pooled(tables: FloatArray, total: FloatArray) -> FloatArray:
    return _shares(tables.sum(axis=-1) + tables.sum(axis=-2), 2 * total)


def _beyond_chance(tables: FloatArray, observed: FloatArray, chance: FloatArray) -> FloatArray:
    """Return (Po − Pe) / (1 − Pe), NaN where fewer than two categories occur."""
    occurring = ((tables.sum(axis=-1) + tables.sum(axis=-2)) > 0).sum(axis=-1)
    return np.where(occurring < 2, np.nan, divided(observed - chance, 1 - chance))
