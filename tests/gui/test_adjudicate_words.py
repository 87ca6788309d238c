"""What the adjudicate page says and in which order: decisions without widgets."""

from dataclasses import replace

import pytest

from annotator.domain.adjudication import Case, Decision, case_of
from annotator.domain.records import Annotator, SourceLink
from annotator.domain.spans import Span
from annotator.services.case_reading import ArticleCases
from annotator.ui.adjudicate import presenting, rulings
from annotator.ui.adjudicate.docket import Docket, is_own
from annotator.ui.adjudicate.guises import guises
from annotator.ui.adjudicate.judging import nearest
from annotator.ui.adjudicate.sayings import Teller, why_stale
from tests.gui.sample_statements import CODEBOOK, SPEAKERS, TEXT, statement

ATTRIBUTES = [a.id for a in CODEBOOK.attributes]
PEOPLE = [Annotator(1, "ua", "Camille"), Annotator(2, "ub", "Noor"), Annotator(3, "uc", "Ines")]
GUISES = guises(PEOPLE, ["blue", "orange"], blind=False, seed="")


def by(annotator_id: int, id_: int, **values):
    return statement(id_, annotator_id=annotator_id, uid=f"u{annotator_id}-{id_}", **values)


def case(*statements, compared=(1, 2)) -> Case:
    return case_of(statements, compared, ATTRIBUTES)


def decision(id_: int, *sources, statement_id=None, verdict="statement", **values) -> Decision:
    fields = {
        "reason": None,
        "discuss": None,
        "decided_at": "2030-05-03T14:02:00.000Z",
        "sources": {uid: "x" for uid in sources},
    }
    return Decision(id_, f"d{id_}", 1, statement_id, 1, verdict, **(fields | values))


def teller(lang: str = "en") -> Teller:
    return Teller(CODEBOOK, SPEAKERS, GUISES, TEXT, lang)


def docket(cases, gold=(), decisions=()) -> Docket:
    found = Docket()
    found.show(ArticleCases(1, tuple(cases), (1, 2), tuple(gold), tuple(decisions), {}))
    return found


# ------------------------------------------------------------------ in what they differ


@pytest.mark.parametrize(
    ("values", "said", "short"),
    [
        ({}, "all agree", "Agreed"),
        ({"stance": "favor"}, "stance differs", "Stance"),
        ({"pieces": (Span(0, 30),)}, "words differ", "Words"),
        ({"stance": "favor", "speaker_id": 2}, "speaker and stance differ", "Speaker, stance"),
        ({"source_chain": (SourceLink(4),)}, "source chain differs", "Source chain"),
    ],
)
def test_the_difference_is_said_in_words(values, said, short) -> None:
    found = case(by(1, 1), by(2, 2, **values))
    assert teller().difference(found) == said
    assert teller().short(found) == short


def test_an_attribute_is_named_in_the_codebooks_words() -> None:
    other = {**by(1, 1).attributes, "confidence": "low"}
    assert teller().difference(case(by(1, 1), by(2, 2, attributes=other))) == "confidence differs"
    french = teller("fr").difference(case(by(1, 1), by(2, 2, attributes=other)))
    assert french != "confidence differs" and french.endswith(" differs")


def test_who_found_it_is_named() -> None:
    assert teller().difference(case(by(2, 2))) == "only Noor found it"
    three = case(by(1, 1), by(3, 3, stance="favor"), compared=(1, 2, 3))
    assert teller().difference(three) == "only Camille and Ines found it; also stance"
    assert teller().short(three) == "Only Camille and Ines"


def test_one_annotator_alone_is_not_compared() -> None:
    assert teller().difference(case(by(1, 1), compared=(1,))) == (
        "only Camille finished this article"
    )


def test_the_columns_are_numbered_in_the_order_shown_and_those_without_come_last() -> None:
    found = case(by(3, 3), by(1, 1), compared=(1, 2, 3))
    columns = teller().columns(found, held=[3])
    assert [(c.number, c.statement_id, c.guise.name) for c in columns] == [
        (1, 1, "Camille"),
        (2, 3, "Ines"),
        (0, None, "Noor"),
    ]
    assert [c.held for c in columns] == [False, True, False]
    assert "no statement here" in columns[2].said


def test_a_column_tells_what_differs_and_leaves_out_what_is_alike() -> None:
    found = case(by(1, 1), by(2, 2, stance="favor", note="a  note"))
    first, second = teller().columns(found, ())
    assert [line.label for line in first.lines] == ["speaker", "target", "stance"]
    assert [line.label for line in first.lines if line.differs] == ["stance"]
    assert second.note == "a note"
    assert "confidence high" in teller().common(found)
    assert "stance favor (differs)" in second.said


def test_why_it_is_stale_is_said() -> None:
    found = replace(case(by(1, 1)), stale=("changed", "new"))
    assert why_stale(found) == "Look again: a label was changed and a label came to it since."


# ----------------------------------------------------------------------------- guises


def test_each_annotator_has_a_line_of_their_own() -> None:
    people = [Annotator(i, f"u{i}", f"Name {i}") for i in range(1, 9)]
    found = guises(people, ["blue", "orange"], blind=False, seed="")
    assert len({(g.trace.over, g.trace.lane, g.trace.form) for g in found}) == len(people)
    assert len({g.trace.hue for g in found[:5]}) == 5
    assert not {"blue", "orange"} & {g.trace.hue for g in found}


def test_hidden_names_are_shuffled_by_article_and_stay_the_same_there() -> None:
    orders = set()
    for article in range(20):
        found = guises(PEOPLE, [], blind=True, seed=f"article {article}")
        assert found == guises(PEOPLE, [], blind=True, seed=f"article {article}")
        assert [g.name for g in found] == ["Annotator A", "Annotator B", "Annotator C"]
        orders.add(tuple(g.annotator_id for g in found))
    assert len(orders) > 3


# ----------------------------------------------------------------------------- docket


def test_the_docket_goes_round_and_finds_what_waits() -> None:
    settled = replace(case(by(1, 1)), rows=(decision(1, "u1-1", verdict="none"),))
    found = docket([settled, case(by(1, 2, start=50)), case(by(1, 3, start=90))])
    assert found.first() == 1
    found.at = 2
    assert found.step(1) == 0 and found.step(-1) == 1
    assert list(found.waiting()) == [1, 2]
    assert list(found.waiting(-1)) == [1, 2]


def test_an_empty_docket_goes_nowhere() -> None:
    found = docket([])
    assert found.first() is None and found.step(1) is None and list(found.waiting()) == []


def test_the_case_in_front_stays_when_the_article_is_read_again() -> None:
    found = docket([case(by(1, 1)), case(by(1, 2, start=50))])
    found.at = 1
    kept = replace(found.cases[1], rows=(decision(1, "u1-2", verdict="none"),))
    found.show(ArticleCases(1, (case(by(1, 9, start=3)), kept), (1, 2), (), (), {}))
    assert found.case is kept
    found.show(ArticleCases(2, (case(by(1, 1)),), (1, 2), (), (), {}))
    assert found.at is None


def test_a_gold_statement_of_nobodys_takes_its_place_and_has_no_number() -> None:
    gold = statement(70, start=60, annotator_id=9, uid="g")
    row = decision(5, statement_id=70)
    found = docket([case(by(1, 1)), case(by(1, 2, start=80))], [gold], [row])
    assert [is_own(c) for c in found.cases] == [False, True, False]
    assert found.number(found.cases[1]) == (0, 2) and found.number(found.cases[2]) == (2, 2)
    assert found.all_of(found.cases[1]) == [gold]
    assert found.at_statement([70]) == 1 and found.at_decision([5]) == 1


# ------------------------------------------------------------------- card, text, rulings


def test_the_nearest_statement_has_most_in_common_with_the_others() -> None:
    odd = by(1, 1, stance="favor", speaker_id=2)
    near = by(2, 2, pieces=(Span(0, 30),))
    third = by(3, 3)
    assert nearest(case(odd, near, third, compared=(1, 2, 3))) == third
    assert nearest(case(odd, third)) == odd  # of two the first


def test_what_can_be_done_follows_from_what_is_decided() -> None:
    found = docket([case(by(1, 1), by(2, 2))])

    def deeds(shown: Case, gold=()) -> frozenset:
        board = docket([shown], gold)
        view = presenting.view_of(
            board.cases[0],
            board,
            teller(),
            (),
            ruling=("", ""),
            deciders={1: "Lead"},
            writable=True,
            beside=False,
        )
        return view.deeds

    plain = found.cases[0]
    assert deeds(plain) == {"edit_gold", "no_statement", "discuss"}
    none = replace(plain, rows=(decision(1, "u1-1", verdict="none"),))
    assert deeds(none) == {"edit_gold", "reopen", "reason", "discuss"}
    gold = statement(70, annotator_id=9, uid="g")
    taken = replace(plain, rows=(decision(1, "u1-1", statement_id=70),), stale=("changed",))
    assert deeds(taken, [gold]) >= {"take_beside", "confirm", "reopen", "no_statement"}


def test_the_outcome_names_who_decided_unless_names_are_hidden() -> None:
    none = replace(case(by(1, 1)), rows=(decision(1, "u1-1", verdict="none"),))

    def foot(deciders) -> str:
        board = docket([none])
        view = presenting.view_of(
            board.cases[0],
            board,
            teller(),
            (),
            ruling=("", ""),
            deciders=deciders,
            writable=True,
            beside=False,
        )
        assert view.outcome[0] == "No statement here"
        return view.outcome[2]

    assert foot({1: "Lead"}).startswith("decided by Lead, 3 May 2030")
    assert "Lead" not in foot({})


def test_the_review_tells_present_settled_and_refused_apart() -> None:
    none = replace(case(by(1, 1)), rows=(decision(1, "u1-1", verdict="none"),))
    taken = replace(case(by(1, 2, start=50)), rows=(decision(2, "u1-2", statement_id=70),))
    gold = statement(70, start=50, annotator_id=9, uid="g")
    board = docket([none, taken, case(by(1, 3, start=90))], [gold])
    board.at = 1
    review = presenting.review_of(board, GUISES)
    assert review.current == {2, 70} and review.settled == {1, 2} and review.refused == {1}
    assert review.distinct([1, 2, 70, 3]) == [1, 2, 3]
    assert review.here([1, 70]) == 70


def test_a_ruling_is_found_by_a_note_or_by_its_words() -> None:
    number, _ = rulings.fitting(CODEBOOK, ["see ruling 8"], "", "en") or (0, None)
    assert number == 8
    words = "Lindesia would send soldiers if a ceasefire holds"
    assert (rulings.fitting(CODEBOOK, [], words, "en") or (0,))[0] == 1
    assert rulings.fitting(CODEBOOK, ["ruling 99"], "He said nothing of it.", "en") is None
    assert rulings.fitting(replace(CODEBOOK, rulings=()), [], words, "en") is None
