"""The list of disagreements, of two and of more annotators."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.agreement.disagreements import disagreements
from annotator.domain.agreement.values import Settings
from tests.domain.agreement.making import coded, compared, statement

of_three = st.lists(coded(annotators=(1, 2, 3), articles=2), max_size=12).map(
    lambda rows: [replace(row, id=number) for number, row in enumerate(rows, start=1)]
)


def kinds(rows, annotators=(1, 2, 3), **more):
    found = disagreements(compared(rows, annotators=annotators, **more))
    return [(case.kind, case.annotators, case.missing) for case in found]


def test_nobody_disagrees_about_nothing() -> None:
    assert kinds([]) == []
    assert kinds([statement(who, (0, 20)) for who in (1, 2, 3)]) == []


def test_one_of_three_did_not_find_it() -> None:
    assert kinds([statement(who, (0, 20)) for who in (1, 3)]) == [("found", (1, 3), (2,))]


def test_one_of_three_says_otherwise() -> None:
    rows = [statement(who, (0, 20), stance="favor" if who < 3 else "unclear") for who in (1, 2, 3)]
    assert kinds(rows) == [("stance", (1, 2, 3), ())]


def test_two_targets_for_the_same_words_are_one_case() -> None:
    rows = [statement(who, (0, 20)) for who in (1, 2)]
    rows.append(statement(3, (0, 20), target="troop_deployment", stance="against"))
    assert kinds(rows) == [("target", (1, 2, 3), ())]


def test_a_second_target_that_one_alone_saw_was_not_found() -> None:
    rows = [statement(who, (0, 20)) for who in (1, 2)]
    rows.append(statement(2, (0, 20), target="troop_deployment"))
    assert kinds(rows, annotators=(1, 2)) == [("found", (2,), (1,))]


def test_who_did_not_finish_the_article_misses_nothing() -> None:
    rows = [statement(who, (0, 20)) for who in (1, 2)]
    assert kinds(rows, done={1: [1], 2: [1], 3: []}) == []


def test_a_choice_that_one_did_not_make_is_a_disagreement() -> None:
    rows = [
        statement(1, (0, 20), speaker=None),
        statement(2, (0, 20), attributes={"evidence": "x"}),
    ]
    assert kinds(rows, annotators=(1, 2)) == [
        ("speaker", (1, 2), ()),
        ("attribute", (1, 2), ()),
    ]


def test_a_case_says_what_it_can_be_filtered_by() -> None:
    rows = [statement(1, (0, 20), speaker=1), statement(2, (0, 20), speaker=2, stance="against")]
    case = disagreements(compared(rows))[0]
    assert case.targets == {"ceasefire"}
    assert case.speakers == {1, 2}
    assert case.stances == {"favor", "against"}


def test_when_the_target_may_differ_all_choices_are_compared() -> None:
    rows = [
        statement(1, (0, 20)),
        statement(2, (0, 20), target="troop_deployment", stance="unclear"),
    ]
    settings = Settings(same_target=False)
    assert [kind for kind, *_ in kinds(rows, (1, 2), settings=settings)] == ["target", "stance"]


@settings(deadline=None, max_examples=40)
@given(of_three)
def test_in_reading_order_and_of_known_statements(rows) -> None:
    found = disagreements(compared(rows, annotators=(1, 2, 3), articles=(1, 2)))
    assert found == sorted(found, key=lambda case: case.place)
    assert len(set(found)) == len(found)
    by_id = {row.id: row for row in rows}
    for case in found:
        own = [by_id[number] for number in case.statements]
        assert {row.article for row in own} == {case.article}
        assert {row.annotator for row in own} == set(case.annotators)
        assert not set(case.annotators) & set(case.missing)
        assert bool(case.missing) == (case.kind == "found")
        assert (case.attribute is not None) == (case.kind == "attribute")


@settings(deadline=None, max_examples=40)
@given(of_three)
def test_every_statement_that_somebody_lacks_is_listed(rows) -> None:
    of = compared(rows, annotators=(1, 2, 3), articles=(1, 2))
    listed = {number for case in disagreements(of) for number in case.statements}
    matched = {of.of.statements[at].id for ends in (of.tight.a, of.tight.b) for at in ends.tolist()}
    assert {row.id for row in rows} - matched <= listed
