"""Every published figure, to the digits that were printed.

The γ examples of the file are left out: DOMAIN names no γ, and no report shows one.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from annotator.domain.agreement import unitizing, unitizing_1995
from annotator.domain.agreement.alpha import alpha, weighted_alpha
from annotator.domain.agreement.tables import (
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_by_category,
    gwet_ac1,
    percent,
    scott_pi,
    specific_agreement,
)
from annotator.domain.spans import Span

VECTORS = json.loads((Path(__file__).parent / "published_vectors.json").read_text("utf-8"))
# Artstein and Poesio 2008: statement, request, check
CHECK_IS_HALF_WRONG = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]


def cases(group: str):
    return [pytest.param(case, id=case["name"]) for case in VECTORS[group]]


def printed(value: float | None, expected: float) -> bool:
    """Tell whether `value`, rounded or cut off, is printed as `expected`."""
    assert value is not None
    digits = len(repr(expected).partition(".")[2])
    error = value - expected
    return abs(error) <= 0.5 * 10**-digits + 1e-9 or 0 <= error < 10**-digits


def weighted_alpha_of(table) -> float:
    counts = np.array(table, dtype=float)
    found = weighted_alpha(counts + counts.T, counts.sum(), np.array(CHECK_IS_HALF_WRONG))
    return float(found.value)


OF_TABLE = {
    "Ao": lambda table: percent(table).value,
    "kappa": lambda table: cohen_kappa(table).value,
    "pi": lambda table: scott_pi(table).value,
    "AC1": lambda table: gwet_ac1(table).value,
    "S": lambda table: bennett_s(table).value,
    "weighted_kappa(d=.5 with Chck)": lambda table: cohen_kappa(table, CHECK_IS_HALF_WRONG).value,
    "weighted_alpha(d=.5 with Chck)": weighted_alpha_of,
}


@pytest.mark.parametrize("case", cases("alpha"))
def test_alpha(case) -> None:
    for metric, expected in case["expected"].items():
        assert printed(alpha(case["units"], metric).value, expected), metric


@pytest.mark.parametrize("case", cases("contingency_2_raters"))
def test_two_coders(case) -> None:
    for name, expected in case["expected"].items():
        if name == "positive_agreement":
            found = [figure.value for figure in specific_agreement(case["table"])]
            assert all(map(printed, found, expected))
        else:
            assert printed(OF_TABLE[name](case["table"]), expected), name


@pytest.mark.parametrize("case", cases("fleiss"))
def test_fleiss(case) -> None:
    expected = case["expected"]
    assert printed(fleiss_kappa(case["counts"]).value, expected["kappa"])
    # Fleiss worked the categories out by hand from rounded shares; they are up to .0033 off
    categories = fleiss_kappa_by_category(case["counts"])
    for figure, value in zip(categories, expected.get("per_category_published", ()), strict=False):
        assert figure.value == pytest.approx(value, abs=0.0035)


@pytest.mark.parametrize("case", cases("alpha_U_1995_2004"))
def test_unitizing_of_1995(case) -> None:
    coders = [[Span(*span) for span in spans] for spans in case["spans"].values()]
    continuum = Span(*case["continuum"])
    observed, expected = unitizing_1995.disagreements(coders, continuum)
    assert printed(observed, case["expected"]["Do"])
    assert printed(expected, case["expected"]["De"])
    assert printed(unitizing_1995.alpha_u(coders, continuum).value, case["expected"]["alphaU"])


@pytest.mark.parametrize("case", cases("u_alpha_2016"))
def test_unitizing_of_2016(case) -> None:
    data = {
        coder: [(Span(start, end), category) for category, start, end in stretches]
        for coder, stretches in case["data"].items()
    }
    length, expected = case["length"], case["expected"]
    figures = {
        "u": unitizing.u_alpha(data, length).value,
        "|u|": unitizing.binary_u_alpha(data, length).value,
        "cu": unitizing.cu_alpha(data, length).value,
        "cu_coverage": unitizing.coverage(data, length),
    }
    for name, value in figures.items():
        if expected[name] is None:
            assert value is None
        else:
            assert printed(value, expected[name]), name
