"""Agreement in words: figures, links of the chain, what annotators say, what is compared."""

from annotator.domain.agreement.measures import Section
from annotator.domain.agreement.values import Coded, Measure
from annotator.domain.spans import Span
from annotator.services import project as projects
from annotator.services.agreement import Progressed, Roster
from annotator.services.disagreeing import Listed
from annotator.ui.agreement import choice as choices
from annotator.ui.agreement import confusing, saying, slicing
from annotator.ui.agreement.bars import Axis, lowest
from annotator.ui.agreement.case_delegate import shared
from annotator.ui.agreement.case_words import Wording, excerpt, inside, key_of
from annotator.ui.agreement.chain import chain, filled
from annotator.ui.agreement.choice import Choice

CODEBOOK = projects.read_codebook(projects.default_codebook_file())
PEOPLE = {1: "Ada", 2: "Bo", 3: "Cleo"}
WORDING = Wording(CODEBOOK, "en", PEOPLE, {7: "Radel", 8: "Hasp"}, PEOPLE)


def measure(name="stance_alpha", value=0.5, **more) -> Measure:
    values = {"low": None, "high": None, "n": 10, **more}
    return Measure(name, value, **values)


WHERE = Span(10, 20)


def coded(id_, annotator, span=WHERE, **values) -> Coded:
    given = {"target": "ceasefire", "stance": "favor", "speaker": 7, **values}
    return Coded(id_, 1, annotator, (span,), **given)


def listed(kind, *rows, attribute=None, missing=(), words="the force would leave", common=None):
    around = "Before that, ", " and after."
    lengths = tuple(range(3, 3 + len(rows)))
    return Listed(
        kind, attribute, 1, "Title", 2, around[0], words, around[1], common, rows, lengths, missing
    )


def test_numbers_are_printed_as_papers_do() -> None:
    assert [saying.number(v) for v in (0.744, 1.0, -0.123, 0.0, -0.001)] == [
        *(".74", "1.00", "−.12", ".00", ".00"),
    ]


def test_an_undefined_measure_says_why_and_the_raw_agreement() -> None:
    found = measure(value=None, undefined="only one category occurs", percent=1.0)
    assert saying.undefined(found) == "undefined: only one category occurs · raw 100 %"
    named = saying.named("stance_alpha", CODEBOOK, "en")
    assert saying.sentence(found, named).startswith("Stance, α: undefined")
    assert saying.undefined_shortly(found) == "undefined, one category"
    assert saying.undefined_in(found, lambda _: True) == saying.undefined(found)
    way = saying.undefined_in(found, lambda words: len(words) < 40)
    assert way == "undefined, one category · raw 100 %"
    assert saying.undefined_in(found, lambda _: False) == "undef., one category"


def test_a_measure_says_its_interval_or_why_it_has_none() -> None:
    named = saying.named("condition_alpha", CODEBOOK, "fr")
    assert named.title == "Condition"
    told = saying.sentence(measure(low=0.4, high=0.61), named)
    assert "95 % interval .40 to .61" in told and "n 10 units" in told
    told = saying.sentence(measure(no_interval="too few articles for an interval"), named)
    assert "too few articles for an interval" in told


def test_names_are_short_where_that_names_one_person() -> None:
    people = {1: "Zoé Lefebvre", 2: "Noor", 3: "Zoé Martin"}
    assert saying.short_names(people) == {1: "Zoé Lefebvre", 2: "Noor", 3: "Zoé Martin"}
    assert saying.short_names({1: "Zoé Lefebvre", 2: "Noor"}) == {1: "Zoé", 2: "Noor"}
    assert saying.some_of(["Ada", "Bo", "Cleo"]) == "Ada +2"


def test_the_chain_goes_from_finding_to_the_whole_statement() -> None:
    links = chain(CODEBOOK, "en")
    assert [link.named.title for link in links[:5]] == [
        *("Found it", "Edges", "Speaker", "Target", "Stance"),
    ]
    assert next(link.attribute for link in links if link.attribute) == "attribution"
    assert links[-1].name == "tuple_f1" and links[-1].kind is None


def test_links_take_their_measures_from_sections_of_the_whole_alone() -> None:
    stance = (measure(), measure("stance_kappa", 0.4))
    sections = [
        Section("all", None, "stance", stance),
        Section("target", "ceasefire", None, (measure("speaker_alpha", 0.1),)),
    ]
    links = {link.name: link for link in filled(chain(CODEBOOK, "en"), sections)}
    assert links["stance_alpha"].measure == stance[0]
    assert links["stance_alpha"].others == (stance[1],)
    assert links["speaker_alpha"].measure is None
    assert "being worked out" in links["speaker_alpha"].words


def test_an_axis_reaches_below_zero_only_for_values_there() -> None:
    assert lowest([measure(value=0.2), None]) == 0.0
    assert lowest([measure(value=-0.3), measure()]) == -0.5
    axis = Axis(0, 100, -1.0)
    assert (axis.x(0), axis.x(1), axis.x(-3)) == (50, 100, 0)


def test_what_is_confused_most() -> None:
    counts = ((5, 1, 0), (2, 4, 0), (0, 0, 0))
    assert confusing.worst(counts) == (0, 1, 3)
    assert confusing.specific(counts, 0) == 10 / 13
    assert confusing.specific(counts, 2) is None
    assert confusing.worst(((3, 0), (0, 1))) is None
    assert confusing.depth(0, 5) == 0 and confusing.depth(5, 5) == 1


def test_annotators_who_say_the_same_are_named_together() -> None:
    case = listed("stance", coded(1, 1), coded(2, 2, stance="against"), coded(3, 3))
    said = [one.line for one in WORDING.said(case)]
    assert said == ["Ada and Cleo ▲ Favor", "Bo ▼ Against"]


def test_who_found_nothing_is_named() -> None:
    case = listed("found", coded(1, 2), missing=(1, 3))
    assert [one.plain for one in WORDING.said(case)] == ["Bo Favor · Ceasefire", "Ada and Cleo –"]
    assert WORDING.kind(case) == "Not found by all"


def test_edges_are_told_in_words_and_marked_in_the_excerpt() -> None:
    rows = coded(1, 1, Span(10, 20)), coded(2, 2, Span(10, 31))
    case = listed("boundary", *rows, common=Span(0, 9))
    assert [one.plain for one in WORDING.said(case)] == ["Ada 3 words", "Bo 4 words"]
    parts = excerpt(case, 200)
    assert ("the force", "words") in parts and (" would leave", "some") in parts


def test_an_attribute_a_speaker_and_a_chain_are_told_by_their_names() -> None:
    rows = coded(1, 1, attributes={"condition": "timing"}), coded(2, 2, speaker=8, chain=(7, 8))
    case = listed("attribute", *rows, attribute="condition")
    assert WORDING.kind(case) == "Condition" and key_of(case) == "attribute:condition"
    assert [one.plain for one in WORDING.said(case)] == ["Ada Timing", "Bo –"]
    assert [one.plain for one in WORDING.said(listed("speaker", *rows))] == ["Ada Radel", "Bo Hasp"]
    chains = [one.plain for one in WORDING.said(listed("source_chain", *rows))]
    assert chains == ["Ada no chain", "Bo Radel > Hasp"]


def test_long_words_lose_their_middle() -> None:
    case = listed("stance", coded(1, 1), words="word " * 100)
    ((words, style),) = excerpt(case, 60)
    assert style == "words" and len(words) < 70 and " … " in words


def test_a_part_holds_the_cases_that_touch_it() -> None:
    case = listed("found", coded(1, 1), missing=(2,))
    assert inside(case, "target", "ceasefire") and not inside(case, "target", "other")
    assert inside(case, "pair", (1, 2)) and not inside(case, "pair", (1, 3))
    assert inside(case, "article", 1) and inside(case, "speaker", 7)


def test_room_is_shared_by_who_needs_it() -> None:
    assert shared([10, 20], 100) == [10, 20]
    assert shared([10, 200, 100], 110) == [10, 50, 50]
    assert shared([], 5) == []


def roster() -> Roster:
    people = (Progressed(1, "Ada", 2, 5), Progressed(2, "Bo", 1, 3), Progressed(3, "Cleo", 0, 0))
    done = {1: frozenset({1, 2}), 2: frozenset({2}), 3: frozenset()}
    return Roster(people, done, {1: "One", 2: "Two", 3: "Three"})


def test_everybody_who_finished_something_is_compared_where_all_did() -> None:
    usual = choices.usual(roster())
    assert usual == Choice((1, 2)) and usual.of(roster()) == [2]
    assert choices.article_words(usual, roster()) == "1 of 3 articles done by both"
    assert choices.why_nothing(usual, roster()) is None
    chosen = Choice((1, 2), frozenset({1, 2}))
    assert chosen.of(roster()) == [2]  # 1 is done by one of them alone


def test_a_choice_follows_who_is_there() -> None:
    now = roster()
    alone = Roster(now.people[:1], {1: now.done[1]}, now.titles)
    three = Roster((*now.people[:2], Progressed(3, "Cleo", 1, 2)), now.done, now.titles)
    assert choices.followed(Choice((1, 9)), now, now) == Choice((1,))
    assert choices.followed(Choice((1,)), alone, now) == Choice((1, 2))
    some = frozenset({2})
    assert choices.followed(Choice((1, 2), some), now, three) == Choice((1, 2, 3), some)
    assert choices.followed(Choice((1, 3)), now, three) == Choice((1, 3))  # picked, so it stays
    assert choices.followed(Choice((1, 2)), now, alone) == Choice((1,))


def test_it_is_said_why_there_is_nothing_to_compare() -> None:
    some = roster()
    alone = Roster(some.people[:1], {1: frozenset({1})}, some.titles)
    nobody = Roster(some.people, {1: frozenset({1}), 2: frozenset(), 3: frozenset()}, some.titles)
    apart = Roster(
        some.people, {1: frozenset({1}), 2: frozenset({2}), 3: frozenset()}, {1: "", 2: ""}
    )
    for found, choice, words in (
        (alone, Choice((1,)), "needs two annotators"),
        (nobody, Choice((1,)), "done by two annotators yet"),
        (some, Choice((1,)), "Tick two annotators"),
        (apart, Choice((1, 2)), "No article is done by Ada and Bo"),
    ):
        why = choices.why_nothing(choice, found)
        assert why is not None and words in why[0]


def test_parts_are_named_and_ordered() -> None:
    names = slicing.Names(PEOPLE, {7: "Radel", 8: "Hasp"}, {2: "Two", 1: "One"})
    few, many = (Section("speaker", key, None, (measure(n=n),)) for key, n in ((7, 2), (8, 9)))
    found = slicing.slices([few, many], "stance_alpha", names, CODEBOOK, "en")
    assert [one.name for one in found] == ["Hasp", "Radel"]
    articles = [Section("article", key, None, (measure(),)) for key in (1, 2)]
    found = slicing.slices(articles, "stance_alpha", names, CODEBOOK, "en")
    assert [one.name for one in found] == ["Two", "One"]
    assert slicing.called("pair", (1, 2), names, CODEBOOK, "en") == "Ada and Bo"
    assert slicing.called("target", "ceasefire", names, CODEBOOK, "fr") == "Cessez-le-feu"
