"""Krippendorff's α for values of any number of coders, some of them missing.

Source: K. Krippendorff, Content Analysis (2004), chapter 11, and Computing Krippendorff's
Alpha-Reliability (2011). α = 1 − Do / De over the coincidences of values within units; a unit
that fewer than two coders valued has none and drops out.
"""

from collections.abc import Hashable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.outcomes import (
    NO_PAIRS,
    ONE_CATEGORY,
    FloatArray,
    IntArray,
    Outcome,
    divided,
    outcome,
)
from annotator.domain.agreement.values import Figure

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Units = Sequence[Sequence[Hashable | None]]

_ROUNDING = 1e-9  # what sums of 1 / (m − 1) may be off, relative to the number of values


def alpha(units: Units | npt.NDArray[np.generic], metric: Metric = "nominal") -> Figure:
    """Return Krippendorff's α.

    `units` holds a row for each unit and in it a value for each coder: a nested sequence with
    None where a value is missing, or an array of shape (units, coders), where NaN is missing.
    Ordinal α takes the values in their sorted order; interval and ratio α want numbers, ratio
    α none below 0. `n` is the number of units with two or more values. Undefined when there is
    no such unit, and when all their values are one category.
    """
    codes, values = _encoded(units)
    counts = _counts(codes, len(values))
    if metric == "nominal":
        return alpha_of_counts(counts).figure()
    coincidences = coincidence_matrix(counts)
    n = np.asarray(np.count_nonzero(counts.sum(axis=1) > 1), dtype=np.float64)
    if metric == "ordinal":
        return ordinal_alpha(coincidences, n).figure()
    return weighted_alpha(coincidences, n, _distance(values, metric)).figure()


def alpha_of_counts(counts: FloatArray) -> Outcome:
    """Return α nominal of `counts`, shape (units, categories): how many coders chose what."""
    coders = counts.sum(axis=1)
    counts, coders = counts[coders > 1], coders[coders > 1]
    same = np.einsum("uc,uc->u", counts, counts) - coders
    agreeing = float((same / (coders - 1)).sum())
    return nominal_alpha(np.array([len(counts), agreeing, *counts.sum(axis=0)]))


def nominal_alpha(sums: FloatArray) -> Outcome:
    """Return α nominal of samples, shape (…, 2 + categories).

    In each: the number of pairable units; the coincidences of equal values, a unit of m values
    giving each ordered pair of them 1 / (m − 1); how often each category occurs in these units.
    α = 1 − (n − 1)(n − Σ o_cc) / (n² − Σ n_c²): Krippendorff 2011, section B. Undefined where
    no unit has two values, or where one category has all of them.
    """
    agreeing, marginals = sums[..., 1], sums[..., 2:]
    total = marginals.sum(axis=-1)
    chance = total**2 - (marginals**2).sum(axis=-1)
    value = 1 - divided((total - 1) * (total - agreeing), chance)
    tests = ((total == 0, NO_PAIRS), (chance == 0, ONE_CATEGORY))
    return outcome(value, sums[..., 0], divided(agreeing, total), *tests)


def ordinal_alpha(coincidences: FloatArray, n: FloatArray) -> Outcome:
    """Return α ordinal; `coincidences` has the shape (…, categories, categories), in order.

    The squared distance of two ranks is (Σ n_g from one to the other − (n_c + n_k) / 2)²:
    Krippendorff 2011, section D. `n` is the number of units of each sample.
    """
    marginals = coincidences.sum(axis=-1)
    middle = np.cumsum(marginals, axis=-1) - marginals / 2
    distance = (middle[..., :, None] - middle[..., None, :]) ** 2
    return weighted_alpha(coincidences, n, distance)


def weighted_alpha(coincidences: FloatArray, n: FloatArray, distance: FloatArray) -> Outcome:
    """Return α with squared distances of the categories, shape (…, categories, categories).

    Undefined where nothing coincides, or where only one category does.
    """
    marginals = coincidences.sum(axis=-1)
    total = marginals.sum(axis=-1)
    observed = (coincidences * distance).sum(axis=(-2, -1))
    products = marginals[..., :, None] * marginals[..., None, :]
    expected = (products * distance).sum(axis=(-2, -1))
    occurring = (marginals > _ROUNDING).sum(axis=-1)
    percent = divided(np.trace(coincidences, axis1=-2, axis2=-1), total)
    value = 1 - (total - 1) * divided(observed, expected)
    tests = ((total < _ROUNDING, NO_PAIRS), (occurring < 2, ONE_CATEGORY))
    return outcome(value, n, percent, *tests)


def metric_sums(sums: FloatArray, categories: int) -> Outcome:
    """Return α ordinal of samples, shape (…, 1 + categories²): n, then the coincidences."""
    shape = (*sums.shape[:-1], categories, categories)
    return ordinal_alpha(sums[..., 1:].reshape(shape), sums[..., 0])


def coincidence_matrix(counts: FloatArray) -> FloatArray:
    """Return the coincidences (categories, categories) of `counts` (units, categories)."""
    coders = counts.sum(axis=1)
    counts, coders = counts[coders > 1], coders[coders > 1]
    weighted = counts / (coders - 1)[:, None]
    matrix: FloatArray = weighted.T @ counts - np.diag(weighted.sum(axis=0))
    return matrix


def _distance(values: FloatArray, metric: Metric) -> FloatArray:
    difference = values[:, None] - values[None, :]
    if metric == "ratio":
        sums = values[:, None] + values[None, :]
        difference = difference / np.where(sums == 0, 1, sums)
    squared: FloatArray = difference**2
    return squared


def _encoded(units: Units | npt.NDArray[np.generic]) -> tuple[IntArray, FloatArray]:
    """Return codes (units, coders), −1 where missing, and the values the codes stand for."""
    if not isinstance(units, np.ndarray):
        return _encoded_values(units)
    missing = np.isnan(units) if units.dtype.kind == "f" else np.zeros(units.shape, dtype=bool)
    values = np.unique(units[~missing])
    codes = np.searchsorted(values, units).astype(np.int64)
    codes[missing] = -1
    numbers = values if values.dtype.kind in "iuf" else np.arange(len(values))
    return codes, numbers.astype(np.float64)


def _encoded_values(units: Units) -> tuple[IntArray, FloatArray]:
    present = {value for unit in units for value in unit if value is not None}
    numeric = all(isinstance(value, (int, float)) for value in present)
    ordered = sorted(present, key=None if numeric else str)  # type: ignore[type-var, arg-type]
    code_of: dict[Hashable | None, int] = {value: code for code, value in enumerate(ordered)}
    code_of[None] = -1
    width = max(map(len, units), default=0)
    codes = np.full((len(units), width), -1, dtype=np.int64)
    for row, unit in zip(codes, units, strict=True):
        row[: len(unit)] = [code_of[value] for value in unit]
    return codes, np.array(ordered if numeric else range(len(ordered)), dtype=np.float64)


def _counts(codes: IntArray, categories: int) -> FloatArray:
    """Return how many coders chose each category, shape (units, categories)."""
    if categories == 0:
        return np.zeros((len(codes), 0))
    # a column more, for what is missing, is cheaper than taking it out first
    width = categories + 1
    keys = codes + 1 + (np.arange(len(codes)) * width)[:, None]
    counts = np.bincount(keys.ravel(), minlength=len(codes) * width)
    return counts.reshape(len(codes), width)[:, 1:].astype(np.float64)
