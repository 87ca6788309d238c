"""What holds for agreement whatever the labels are."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.columns import columns
from annotator.domain.agreement.comparing import Compared
from annotator.domain.agreement.matching import edges, tight
from annotator.domain.agreement.measures import confusion, sections
from annotator.domain.agreement.tables import cohen_kappa, gwet_ac1, scott_pi
from annotator.domain.agreement.units import of_matchings
from annotator.domain.agreement.values import Comparison, Extent, Settings
from annotator.domain.spans import Span
from tests.domain.agreement.making import (
    ATTRIBUTES,
    LENGTH,
    STANCES,
    TARGETS,
    coded,
    compared,
    measures,
    statement,
)

NO_DRAWS = Settings(draws=1)


def numbered(rows):
    return [replace(row, id=number) for number, row in enumerate(rows, start=1)]


label_sets = st.lists(coded(articles=2), max_size=14).map(numbered)
of_three = st.lists(coded(annotators=(1, 2, 3), articles=2), max_size=16).map(numbered)


def values(of: Compared):
    """Return what every measure says, by section and name, up to rounding."""
    return {
        (section.kind, section.key, section.part, m.name, m.target): (
            None if m.value is None else round(m.value, 9),
            m.n,
            m.undefined,
        )
        for section in sections(of)
        for m in (*section.measures, *section.labels)
    }


@settings(deadline=None, max_examples=25)
@given(label_sets)
def test_symmetric(rows) -> None:
    there = values(compared(rows, articles=(1, 2)))
    back = values(compared([replace(r, annotator=3 - r.annotator) for r in rows], articles=(1, 2)))
    assert there == back


@settings(deadline=None, max_examples=25)
@given(of_three, st.permutations([1, 2, 3]))
def test_the_order_of_three_does_not_matter(rows, order) -> None:
    people = dict(zip((1, 2, 3), order, strict=True))
    there = compared(rows, annotators=(1, 2, 3), articles=(1, 2))
    renamed = [replace(row, annotator=people[row.annotator]) for row in rows]
    back = compared(renamed[::-1], annotators=order, articles=(2, 1))
    found, again = measures(there), measures(back)
    assert found.keys() == again.keys()
    for name, one in found.items():
        other = again[name]
        assert (one.n, one.undefined) == (other.n, other.undefined)
        assert one.value == other.value or one.value == pytest.approx(other.value)


@settings(deadline=None, max_examples=25)
@given(st.lists(coded(annotators=(1,), articles=2), max_size=8), st.integers(2, 4))
def test_identical_coders_agree_wholly(rows, people) -> None:
    annotators = range(1, people + 1)
    rows = numbered(replace(row, annotator=who) for who in annotators for row in rows)
    of = compared(rows, annotators=tuple(annotators), articles=(1, 2))
    for section in sections(of):
        for measure in (*section.measures, *section.labels):
            if measure.name == "tuple_f1" and measure.value is not None:
                continue  # a statement that lacks its speaker, target or stance is never whole
            assert measure.value is None or measure.value == pytest.approx(1), measure
            assert (measure.value is None) == (measure.undefined is not None)


@settings(deadline=None, max_examples=25)
@given(label_sets)
def test_renaming_labels_changes_nothing(rows) -> None:
    def turned(names, value):
        return None if value is None else names[(names.index(value) + 1) % len(names)]

    renamed = [
        replace(
            row,
            target=turned(TARGETS, row.target),
            stance=turned(STANCES, row.stance),
            speaker=None if row.speaker is None else 90 - row.speaker,
            attributes={name: {"x": "y", "y": "z"}[v] for name, v in row.attributes.items()},
            chain=tuple(90 - speaker for speaker in row.chain),
        )
        for row in rows
    ]
    there, back = (measures(compared(some, articles=(1, 2))) for some in (rows, renamed))
    for name, measure in there.items():
        name, _, target = name.partition(" ")
        if name == "stance_alpha_ordinal":
            continue  # the order of its labels is what it is about
        other = back[f"{name} {turned(TARGETS, target)}" if target else name]
        assert (measure.n, measure.undefined) == (other.n, other.undefined)
        assert measure.value == pytest.approx(other.value)


@settings(deadline=None, max_examples=25)
@given(of_three)
def test_every_value_lies_where_it_can(rows) -> None:
    for section in sections(compared(rows, annotators=(1, 2, 3), articles=(1, 2))):
        for measure in section.measures:
            if measure.value is None:
                assert measure.undefined
                continue
            assert measure.value <= 1 + 1e-9
            if measure.name.endswith(("f1", "exact", "overlap", "percent")):
                assert measure.value >= 0


def test_independent_coders_agree_as_by_chance() -> None:
    draw = random.Random(1)
    units = [[draw.choice("abcd") for _ in range(2)] for _ in range(20_000)]
    table = [[units.count([row, col]) for col in "abcd"] for row in "abcd"]
    figures = [alpha(units), cohen_kappa(table), scott_pi(table), gwet_ac1(table)]
    assert all(figure.value == pytest.approx(0, abs=0.02) for figure in figures)
    number = {"a": 1, "b": 2, "c": 3, "d": 4}
    ranks = [[number[value] for value in unit] for unit in units]
    assert alpha(ranks, "ordinal").value == pytest.approx(0, abs=0.02)


def test_independent_stretches_agree_as_by_chance() -> None:
    draw = random.Random(2)
    rows = [
        statement(who, (at, at + 10), stance=draw.choice(STANCES), article=article)
        for article in range(1, 201)
        for who in (1, 2)
        for at in (draw.randrange(490) for _ in range(4))
    ]
    found = measures(compared(rows, articles=range(1, 201), length=500))
    for name in ("u_alpha", "binary_u_alpha", "cu_alpha"):
        assert found[f"{name} ceasefire"].value == pytest.approx(0, abs=0.06), name


# --------------------------------------------------------------------- where nothing is defined


def test_nothing_marked() -> None:
    found = measures(compared([]))
    assert found["found_f1_overlap"].undefined == "both marked nothing"
    assert found["u_alpha ceasefire"].undefined == "both marked nothing"
    assert found["stance_alpha"].undefined == "no unit has two coders"
    assert all(measure.value is None for measure in found.values())


def test_one_category_is_undefined_and_shown_with_its_percentage() -> None:
    found = measures(compared([statement(1, (0, 20)), statement(2, (0, 20))]))
    for name in ("stance_alpha", "stance_kappa", "stance_pi", "stance_ac1", "target_alpha"):
        assert (found[name].value, found[name].percent) == (None, 1), name
        assert found[name].undefined == "only one category occurs"
    assert found["stance_percent"].value == found["found_f1_exact"].value == 1
    assert found["cu_alpha ceasefire"].undefined == "only one category occurs"


def test_no_article_that_two_finished() -> None:
    of = compared([statement(1, (0, 20))], done={1: [1], 2: []})
    for measure in measures(of).values():
        assert measure.undefined == "no article is done by two annotators"


def test_what_is_not_opened_is_not_found_nothing() -> None:
    rows = [
        statement(1, (0, 20), article=1),
        statement(2, (0, 20), article=1),
        statement(1, (0, 20), article=2),
        statement(2, (0, 20), article=3),
    ]
    of = compared(rows, articles=(1, 2, 3), done={1: [1, 2], 2: [1, 3]})
    assert of.articles == (1,)
    assert measures(of)["found_f1_overlap"].value == 1


def test_an_article_is_compared_between_those_who_finished_it() -> None:
    rows = [statement(who, (0, 20), article=article) for article in (1, 2) for who in (1, 2, 3)]
    of = compared(rows, articles=(1, 2), done={1: [1, 2], 2: [1, 2], 3: [2]})
    assert measures(of)["found_f1_overlap"].value == 1
    assert measures(of)["stance_percent"].n == 1 + 3
    assert measures(of, "pair", (1, 3))["found_f1_overlap"].n == 2


def test_excluded_regions_are_no_agreement_that_there_is_nothing() -> None:
    rows = [statement(1, (0, 10)), statement(2, (0, 5))]
    excluded = (Span(50, 80), Span(70, 100))
    short = measures(compared(rows, length=50))
    cut = measures(compared(rows, length=100, excluded=excluded))
    assert cut["u_alpha ceasefire"].value == short["u_alpha ceasefire"].value
    assert cut["u_alpha ceasefire"].value != measures(compared(rows))["u_alpha ceasefire"].value


# ---------------------------------------------------------------------------- units, confusion


@given(of_three)
def test_a_unit_has_at_most_one_statement_of_each(rows) -> None:
    of = columns(rows)
    pairs = tight(edges(of))
    units = of_matchings(of, pairs)
    seen = set(zip(units.unit.tolist(), of.annotator[units.member].tolist(), strict=True))
    assert len(seen) == len(units.member)
    assert len(set(units.member.tolist())) == len(units.member)
    assert (len(units) > 0) == (len(pairs) > 0)


def test_a_unit_is_made_of_its_heaviest_matches() -> None:
    # A's two statements both match C's long one through B; B's second stays with A's second
    rows = [
        statement(1, (0, 10), number=1),
        statement(2, (0, 10), number=2),
        statement(3, (0, 14), number=3),
        statement(1, (8, 20), number=4, speaker=2),
        statement(2, (6, 20), number=5, speaker=2),
    ]
    of = columns(rows)
    units = of_matchings(of, tight(edges(of)))
    groups: dict[int, set[int]] = {}
    for member, unit in zip(units.member.tolist(), units.unit.tolist(), strict=True):
        groups.setdefault(unit, set()).add(of.statements[member].id)
    assert sorted(map(sorted, groups.values())) == [[1, 2, 3], [4, 5]]


@settings(deadline=None, max_examples=25)
@given(of_three)
def test_a_confusion_matrix_lists_its_cases(rows) -> None:
    of = compared(rows, annotators=(1, 2, 3), articles=(1, 2))
    by_id = {row.id: row for row in rows}
    for choice in ("stance", "target", "speaker", *of.of.attributes):
        there, back = confusion(of, choice, 1, 3), confusion(of, choice, 3, 1)
        assert [list(row) for row in zip(*there.counts, strict=True)] == list(
            map(list, back.counts)
        )
        for (row, col), pairs in there.cells.items():
            assert there.counts[row][col] == len(pairs)
            for one, other in pairs:
                assert (by_id[one].annotator, by_id[other].annotator) == (1, 3)
                if choice == "stance":
                    assert by_id[one].stance == there.labels[row]
                    assert by_id[other].stance == there.labels[col]


def test_stances_of_other_codebooks_are_labels_too() -> None:
    rows = [statement(who, (0, 20), stance="mixed") for who in (1, 2)]
    comparison = Comparison(
        rows, {1: Extent(LENGTH)}, {1: [1], 2: [1]}, TARGETS, STANCES, ATTRIBUTES
    )
    found = confusion(Compared(comparison), "stance", 1, 2)
    assert found.labels == (*STANCES, "mixed")
    assert found.counts[4][4] == 1
