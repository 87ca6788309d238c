"""What a case, a fingerprint and a soft label are."""

from dataclasses import replace

import pytest

from annotator.domain.adjudication import ArticleStatus, Decision, case_of, fingerprint, soft
from annotator.domain.adjudication import staleness as stale
from annotator.domain.records import SourceLink, Statement
from annotator.domain.spans import Span

STANCES = ("favor", "against", "neutral", "unclear")


def made(number: int, annotator: int, stance: str | None = "favor") -> Statement:
    return Statement(
        number,
        f"uid-{number}",
        1,
        annotator,
        (Span(0, 9),),
        1,
        "ceasefire",
        stance,
        {"scope": "general"},
        (),
        None,
        None,
        None,
        None,
        (),
        "manual",
        "1.0.0",
        "",
        "",
    )


def test_shares_weigh_every_annotator_the_same() -> None:
    assert soft([], STANCES) is None
    assert soft([made(1, 1, None)], STANCES) is None
    found = soft([made(1, 1), made(2, 2, "against"), made(3, 2, "favor")], STANCES)
    assert found == {"favor": 0.75, "against": 0.25, "neutral": 0.0, "unclear": 0.0}
    assert soft([made(1, 1, "gone")], STANCES) == {**dict.fromkeys(STANCES, 0.0), "gone": 1.0}


@pytest.mark.parametrize(
    ("values", "same"),
    [
        ({"id": 9, "uid": "x", "annotator_id": 5, "note": "n", "updated_at": "later"}, True),
        ({"speaker_id": 3}, True),  # another id, the same speaker
        ({"attributes": {}}, False),
        ({"stance": None}, False),
        ({"target": None}, False),
        ({"pieces": (Span(0, 8),)}, False),
        ({"mention": Span(0, 2)}, False),
        ({"cue": Span(0, 2)}, False),
        ({"flags": ("truncated",)}, False),
        ({"speaker_id": 2}, False),
        ({"source_chain": (SourceLink(1),)}, False),
    ],
)
def test_a_fingerprint_is_of_the_label_alone(values: dict, same: bool) -> None:
    uids = {1: "a", 2: "b", 3: "a"}
    one = made(1, 1)
    assert (fingerprint(replace(one, **values), uids) == fingerprint(one, uids)) is same


def test_one_annotator_is_no_agreement_and_two_statements_of_one_neither() -> None:
    assert not case_of([made(1, 1)], [1], ["scope"]).agreed
    assert case_of([made(1, 1)], [1], ["scope"]).kinds == ()
    assert case_of([made(1, 1), made(2, 2)], [1, 2], ["scope"]).agreed
    assert not case_of([made(1, 1), made(2, 1), made(3, 2)], [1, 2], ["scope"]).agreed
    assert case_of([made(1, 1)], [1, 2], ["scope"]).kinds == ("found",)


def test_a_decision_is_stale_for_a_reason() -> None:
    statements = [made(1, 1), made(2, 2)]
    decision = Decision(1, "d", 1, 7, 1, "statement", None, None, "", {"uid-1": "x", "uid-2": "y"})
    assert stale(statements, [decision], {"uid-1": "x", "uid-2": "y"}) == ()
    assert stale(statements, [decision], {"uid-1": "z", "uid-2": "y"}) == ("changed",)
    assert stale(statements[:1], [decision], {"uid-1": "x"}) == ("gone",)
    assert stale([*statements, made(3, 3)], [decision], {"uid-1": "x", "uid-2": "y"}) == ("new",)
    assert stale(statements, [], {}) == ()


@pytest.mark.parametrize(
    ("values", "gold"),
    [
        ({}, False),
        ({"compared": 1}, False),
        ({"compared": 2}, True),
        ({"compared": 2, "cases": 1}, False),
        ({"compared": 2, "cases": 1, "decided": 1}, True),
        ({"compared": 1, "cases": 1, "decided": 1}, True),
        ({"compared": 2, "cases": 1, "decided": 1, "stale": 1}, False),
        ({"compared": 2, "incomplete": 1, "statements": 1}, False),
    ],
)
def test_when_an_article_is_gold(values: dict, gold: bool) -> None:
    assert replace(ArticleStatus(1, "a", 0, 0, 0, 0, 0, 0, 0), **values).gold is gold
