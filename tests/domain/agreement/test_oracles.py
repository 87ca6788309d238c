"""The coefficients against other people's programs, on generated data."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

with warnings.catch_warnings():  # what other people's programs say while they are imported
    warnings.simplefilter("ignore")
    import krippendorff
    from nltk.metrics.agreement import AnnotationTask
    from sklearn.metrics import cohen_kappa_score, f1_score
    from statsmodels.stats import inter_rater

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.tables import (
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    scott_pi,
    specific_agreement,
)

LABELS = ("a", "b", "c", "d")


@st.composite
def ratings(draw: st.DrawFn, missing: bool = True, least: int = 2):
    """Values 1 to 4 (or None) of two to five coders for two to twelve units."""
    coders = draw(st.integers(2, 5))
    values = st.sampled_from([1, 2, 3, 4, None] if missing else [1, 2, 3, 4])
    row = st.lists(values, min_size=coders, max_size=coders)
    return draw(st.lists(row, min_size=least, max_size=12))


tables = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@given(ratings(), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_equals_krippendorff(units, metric) -> None:
    found = alpha(units, metric)
    assume(found.value is not None)
    data = np.array([[np.nan if v is None else v for v in unit] for unit in units]).T
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement=metric)
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert alpha(data.T, metric) == found


@given(tables)
def test_kappa_equals_scikit_learn_and_statsmodels(table) -> None:
    found = cohen_kappa(table)
    assume(found.value is not None)
    one, other = expanded(table)
    labels = range(len(table))
    assert found.value == pytest.approx(cohen_kappa_score(one, other, labels=labels), abs=1e-9)
    expected = inter_rater.cohens_kappa(np.array(table), return_results=False)
    assert found.value == pytest.approx(expected, abs=1e-9)


@given(tables)
def test_linear_weights_equal_scikit_learn(table) -> None:
    size = range(len(table))
    weights = [[abs(row - col) for col in size] for row in size]
    found = cohen_kappa(table, weights)
    assume(found.value is not None)
    one, other = expanded(table)
    expected = cohen_kappa_score(one, other, labels=size, weights="linear")
    assert found.value == pytest.approx(expected, abs=1e-9)


@given(ratings(missing=False))
def test_fleiss_equals_statsmodels(units) -> None:
    counts = [[unit.count(value) for value in (1, 2, 3, 4)] for unit in units]
    found = fleiss_kappa(counts)
    assume(found.value is not None)
    assert found.value == pytest.approx(inter_rater.fleiss_kappa(np.array(counts)), abs=1e-9)


@given(tables)
def test_two_coders_equal_nltk(table) -> None:
    kappa, pi = cohen_kappa(table), scott_pi(table)
    assume(pi.value is not None)
    task = annotation_task(zip(*expanded(table), strict=True))
    assert kappa.value == pytest.approx(task.kappa(), abs=1e-9)
    assert pi.value == pytest.approx(task.pi(), abs=1e-9)
    occurring = [at for at in range(len(table)) if any(table[at]) or any(r[at] for r in table)]
    within = [[table[row][col] for col in occurring] for row in occurring]
    assert bennett_s(within).value == pytest.approx(task.S(), abs=1e-9)  # nltk counts those


@given(ratings(missing=False))
def test_alpha_equals_nltk(units) -> None:
    found = alpha(units)
    assume(found.value is not None)
    assert found.value == pytest.approx(annotation_task(units).alpha(), abs=1e-9)


@given(tables)
def test_specific_agreement_equals_f1_of_scikit_learn(table) -> None:
    one, other = expanded(table)
    assume(one)
    labels = list(range(len(table)))
    expected = f1_score(one, other, labels=labels, average=None, zero_division=0)
    for figure, value in zip(specific_agreement(table), expected, strict=True):
        assert (figure.value or 0) == pytest.approx(value)


@pytest.mark.parametrize("units", [[[1, None], [None, 2]], [], [[None, None]]])
def test_without_two_coders_nothing_is_defined(units) -> None:
    assert alpha(units).undefined == "no unit has two coders"


def expanded(table):
    """Return the labels of both coders, a table's cells spelled out."""
    cells = [
        (row, col)
        for row, counts in enumerate(table)
        for col, times in enumerate(counts)
        for _ in range(times)
    ]
    return [row for row, _ in cells], [col for _, col in cells]


def annotation_task(units) -> AnnotationTask:
    data = [
        (f"coder {coder}", f"unit {number}", str(value))
        for number, unit in enumerate(units)
        for coder, value in enumerate(unit)
    ]
    return AnnotationTask(data=data)
