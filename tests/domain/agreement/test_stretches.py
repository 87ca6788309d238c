"""What one annotator marked, merged into stretches that do not overlap."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.agreement import stretches, unitizing, unitizing_1995
from annotator.domain.agreement.columns import columns
from annotator.domain.agreement.stretches import Categories
from annotator.domain.agreement.values import Extent
from annotator.domain.spans import Span
from tests.domain.agreement.making import coded, compared, measures, statement


def merged(rows, excluded=(), by_stance=True):
    """Return the stretches of one annotator as (start, end, stances)."""
    of = columns(rows, lengths={1: 100})
    found = stretches.pieces(of, [Extent(100, excluded)])
    categories = Categories() if by_stance else None
    marks = stretches.marked(found, of.annotator == 0, categories)
    names = {0: ""}
    if categories is not None:
        labels = (*of.stance.labels, None)
        names = {
            code: "+".join(sorted(str(labels[stance]) for stance in stances))
            for stances, code in categories._codes.items()
        }
    columns_of = zip(marks.start, marks.end, marks.category, strict=True)
    return [(int(start), int(end), names[int(code)]) for start, end, code in columns_of]


def test_overlapping_stretches_of_one_stance_are_one() -> None:
    rows = [statement(1, (0, 10)), statement(1, (5, 20), speaker=2), statement(1, (6, 8))]
    assert merged(rows) == [(0, 20, "favor")]


def test_stretches_that_touch_stay_apart() -> None:
    rows = [statement(1, (0, 10)), statement(1, (10, 20))]
    assert merged(rows) == [(0, 10, "favor"), (10, 20, "favor")]


def test_code_points_under_two_stances_are_a_category_of_their_own() -> None:
    rows = [statement(1, (0, 20)), statement(1, (5, 10), stance="against")]
    assert merged(rows) == [(0, 5, "favor"), (5, 10, "against+favor"), (10, 20, "favor")]
    assert merged(rows, by_stance=False) == [(0, 20, "")]


def test_pieces_are_stretches_and_excluded_regions_are_cut() -> None:
    rows = [statement(1, (0, 10), (20, 30))]
    assert merged(rows) == [(0, 10, "favor"), (20, 30, "favor")]
    assert merged(rows, (Span(5, 25),)) == [(0, 5, "favor"), (25, 30, "favor")]
    assert merged(rows, (Span(0, 100),)) == []


@settings(deadline=None, max_examples=40)
@given(st.lists(coded(annotators=(1,)), max_size=8))
def test_every_code_point_keeps_its_stances(rows) -> None:
    expected: dict[int, set[str]] = {}
    for row in rows:
        for piece in row.pieces:
            for at in range(piece.start, piece.end):
                expected.setdefault(at, set()).add(str(row.stance))
    found = {
        at: set(stances.split("+"))
        for start, end, stances in merged(rows)
        for at in range(start, end)
    }
    assert found == expected
    ends = [edge for start, end, _ in merged(rows) for edge in (start, end)]
    assert ends == sorted(ends)


@settings(deadline=None, max_examples=40)
@given(st.lists(coded(annotators=(1, 2)), max_size=8))
def test_the_report_equals_the_coefficients_of_one_text(rows) -> None:
    rows = [row for row in rows if row.target == "ceasefire"]
    coders = {
        str(who): [
            (Span(start, end), stances)
            for start, end, stances in merged([row for row in rows if row.annotator == who])
        ]
        for who in (1, 2)
    }
    found = measures(compared(rows))
    for name, coefficient in (("u_alpha", unitizing.u_alpha), ("cu_alpha", unitizing.cu_alpha)):
        expected = coefficient(coders, 100)
        measure = found[f"{name} ceasefire"]
        assert measure.value == pytest.approx(expected.value)
        assert (measure.n, measure.undefined) == (expected.n, expected.undefined)


def test_stretches_of_one_coder_may_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        unitizing.u_alpha({"A": [(Span(0, 5), "x"), (Span(4, 8), "x")], "B": []}, 10)


def test_what_is_undefined() -> None:
    nothing: dict[str, list[unitizing.Stretch]] = {"A": [], "B": []}
    all_of_it = {"A": [(Span(0, 10), "x")], "B": [(Span(0, 10), "x")]}
    alone = {"A": [(Span(0, 5), "x")]}
    assert unitizing.u_alpha(nothing, 10).undefined == "both marked nothing"
    assert unitizing.u_alpha(all_of_it, 10).undefined == "only one category occurs"
    assert unitizing.u_alpha(alone, 10).undefined == "no unit has two coders"
    assert unitizing.cu_alpha(nothing, 10).undefined == "no unit has two coders"
    assert unitizing.coverage({}, 10) is None
    assert unitizing_1995.alpha_u([[], []], Span(0, 10)).undefined == "both marked nothing"
    assert unitizing_1995.alpha_u([[Span(0, 5)]], Span(0, 10)).undefined == "no unit has two coders"


def test_three_coders_of_whom_two_met_once() -> None:
    coders = {"A": [(Span(0, 5), "x")], "B": [(Span(0, 5), "y")], "C": [], "D": []}
    assert unitizing.cu_alpha(coders, 10).undefined == "too little is marked by two coders"
