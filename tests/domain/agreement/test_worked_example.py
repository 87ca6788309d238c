"""Two small label sets with one disagreement of each kind, every figure worked out by hand.

The article has 200 code points. Ada (1) and Bo (2) marked:

    place      Ada                                   Bo                            differs in
    [0, 10)    ceasefire favor, speaker 1            the same                      nothing
    [20, 30)   ceasefire against, speaker 2          the same                      nothing
    [40, 50)   ceasefire favor, speaker 1            [40, 48), else the same       boundary
    [60, 70)   ceasefire favor, speaker 1            speaker 3                     speaker
    [80, 90)   ceasefire favor, speaker 2            against                       stance
    [100, 110) ceasefire against, speaker 2          condition y instead of x      attribute
    [120, 130) ceasefire neutral, speaker 3          by way of 4                   source chain
    [140, 150) ceasefire favor, speaker 1            troop_deployment              target
    [160, 170) ceasefire favor, speaker 1            nothing                       found
    [180, 190) nothing                               ceasefire unclear, speaker 2  found

Everybody chose condition x but for Bo at [100, 110).
"""

import pytest

from annotator.domain.agreement.disagreements import KINDS, disagreements
from annotator.domain.agreement.measures import confusion, of_target, whole
from tests.domain.agreement.making import compared, measures, statement

X, Y = {"condition": "x"}, {"condition": "y"}


def both(number, at, stance="favor", speaker=1):
    return [
        statement(who, (at, at + 10), stance=stance, speaker=speaker, attributes=X, number=n)
        for who, n in ((1, number), (2, 100 + number))
    ]


def ada(number, at, stance="favor", speaker=1, **more):
    return statement(
        1, (at, at + 10), stance=stance, speaker=speaker, attributes=X, number=number, **more
    )


def bo(number, at, end=10, stance="favor", speaker=1, attributes=X, **more):
    more = {"attributes": attributes, "number": 100 + number, **more}
    return statement(2, (at, at + end), stance=stance, speaker=speaker, **more)


LABELS = [
    *both(1, 0),
    *both(2, 20, "against", 2),
    *(ada(3, 40), bo(3, 40, 8)),
    *(ada(4, 60), bo(4, 60, speaker=3)),
    *(ada(5, 80, speaker=2), bo(5, 80, stance="against", speaker=2)),
    *(ada(6, 100, "against", 2), bo(6, 100, stance="against", speaker=2, attributes=Y)),
    *(ada(7, 120, "neutral", 3), bo(7, 120, stance="neutral", speaker=3, chain=(4,))),
    *(ada(8, 140), bo(8, 140, target="troop_deployment")),
    ada(9, 160),
    bo(10, 180, stance="unclear", speaker=2),
]
OF = compared(LABELS, length=200)

# 9 statements each; 7 pairs match: places 0 to 120. Of these 6 are exact, all but [40, 48).
#
# Speaker of the 7 pairs: 1-1, 2-2, 1-1, 1-3, 2-2, 2-2, 3-3: 6 of 7 agree. Marginals over both:
# 1: 5, 2: 6, 3: 3 of 14. α = 1 − 13 · 2 / (14² − 25 − 36 − 9) = 1 − 26 / 126.
#
# Target, ignoring it in the match: 8 pairs, 7 ceasefire-ceasefire, 1 mixed. Marginals 15 and 1 of
# 16: α = 1 − 15 · 2 / (256 − 226) = 0.
#
# Stance of the 7 pairs: favor-favor 3, against-against 2, favor-against 1, neutral-neutral 1.
# Marginals: favor 7, against 5, neutral 2 of 14: α = 1 − 13 · 2 / (196 − 49 − 25 − 4).
# κ: Ada 4, 2, 1, Bo 3, 3, 1 of 7: Pe = (12 + 6 + 1) / 49; (42 − 19) / (49 − 19) = 23 / 30.
# π: Pe = (49 + 25 + 4) / 196 = 78 / 196; (168 − 78) / (196 − 78) = 90 / 118.
# AC1: four stances, Σ p (1 − p) = 1 − 78 / 196 = 118 / 196, a third of it is 118 / 588;
# (504 − 118) / (588 − 118) = 386 / 470.
# Ordinal, against 5 < neutral 2 < favor 7: the middles of the ranks are 2.5, 6 and 10.5, so that
# δ² against-neutral = 3.5² = 12.25, neutral-favor = 4.5² = 20.25, against-favor = 8² = 64.
# Observed: 2 · 64 = 128; expected: 2 (5 · 2 · 12.25 + 2 · 7 · 20.25 + 5 · 7 · 64) = 5292.
# α = 1 − 13 · 128 / 5292.
#
# Condition: x-x 6, x-y 1: marginals 13 and 1 of 14: α = 1 − 13 · 2 / (196 − 170) = 0.
# Source chain: none-none 6, none-(4) 1: the same, 0.
# Whole: 7 pairs less the ones that differ in speaker or stance: 5; F1 = 2 · 5 / 18.
FIGURES = {
    "found_f1_exact": (2 * 6 / 18, 18),
    "found_f1_overlap": (2 * 7 / 18, 18),
    "speaker_percent": (6 / 7, 7),
    "speaker_alpha": (1 - 26 / 126, 7),
    "target_alpha": (0, 8),
    "stance_percent": (6 / 7, 7),
    "stance_alpha": (1 - 26 / 118, 7),
    "stance_alpha_ordinal": (1 - 13 * 128 / 5292, 7),
    "stance_kappa": (23 / 30, 7),
    "stance_pi": (90 / 118, 7),
    "stance_ac1": (386 / 470, 7),
    "condition_alpha": (0, 7),
    "source_chain_alpha": (0, 7),
    "tuple_f1": (2 * 5 / 18, 18),
}

# Stretches about the ceasefire: Ada 9 of 10 code points, Bo 8: [0, 10) [20, 30) [40, 48) [60, 70)
# [80, 90) [100, 110) [120, 130) [180, 190). Ada 90 of 200, Bo 78.
#
# |u|α: they differ in [48, 50), [140, 150), [160, 170), [180, 190): 32 of 200. Marked 168, gaps
# 232 of 400. Self-pairs: Ada 9 · 100, Bo 7 · 100 + 64, and 232 of the gaps: 1896.
# Do = 64 / 400; De = 2 · 168 · 232 / (160000 − 1896) = 77952 / 158104.
#
# uα: [80, 90) differs too: 42 of 200. favor: Ada [0 40 60 80 140 160] 60, Bo [0 40 60] 28;
# against: Ada [20 100] 20, Bo [20 80 100] 30; neutral 10 and 10; unclear Bo 10; 88, 50, 20, 10.
# Do = 84 / 400; De = (160000 − 88² − 50² − 20² − 10² − 232²) / (160000 − 1896).
#
# cuα: both marked seven stretches, 10 six times and 8 once: 68, so 136 coincidences. Ten code
# points are favor against against: 20 of 136 differ. favor 2 · 28 + 10 = 66, against 2 · 20 + 10 =
# 50, neutral 20. Self-pairs 2 (6 · 100 + 64) = 1328.
BOUNDARIES = {
    "binary_u_alpha": (1 - 0.16 / (77952 / 158104), 17),
    "u_alpha": (1 - 0.21 / ((160000 - 7744 - 2500 - 400 - 100 - 53824) / 158104), 17),
    "cu_alpha": (1 - 20 / 136 / ((136**2 - 66**2 - 50**2 - 20**2) / (136**2 - 1328)), 7),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_worked_out_by_hand(name) -> None:
    measure = measures(OF)[name]
    assert measure.value == pytest.approx(FIGURES[name][0])
    assert measure.n == FIGURES[name][1]
    assert measure.no_interval == "too few articles for an interval"


@pytest.mark.parametrize("name", BOUNDARIES)
def test_boundaries_worked_out_by_hand(name) -> None:
    measure = measures(OF)[f"{name} ceasefire"]
    assert measure.value == pytest.approx(BOUNDARIES[name][0])
    assert measure.n == BOUNDARIES[name][1]


def test_an_attribute_that_nobody_chose_is_undefined() -> None:
    measure = measures(OF)["evidence_alpha"]
    assert (measure.value, measure.n) == (None, 0)
    assert measure.undefined == "no unit has two coders"


def test_specific_agreement_of_each_stance() -> None:
    labels = next(section.labels for section in whole(OF) if section.part == "stance")
    found = {label.name: label.value for label in labels}
    # favor 3 both, 1 only Ada; against 2 both, 1 only Bo; neutral 1 both; unclear in no pair
    expected = {"favor": 6 / 7, "against": 4 / 5, "neutral": 1, "unclear": None}
    assert found == pytest.approx(expected)
    assert labels[3].undefined == "the label does not occur"


def test_by_pair_article_and_speaker() -> None:
    for kind, key in (("pair", (1, 2)), ("article", 1)):
        found = measures(OF, kind, key)
        assert {name: found[name].value for name in found} == pytest.approx(
            {name: measure.value for name, measure in measures(OF).items()}
        )
    # speaker 3: Ada at 120, Bo at 60 and 120; all three have a partner
    third = measures(OF, "speaker", 3)
    assert (third["found_f1_overlap"].value, third["found_f1_overlap"].n) == (1, 3)
    assert third["speaker_percent"].value == 1 / 2
    # speaker 1: Ada at 0, 40, 60, 140, 160, Bo at 0, 40, 140: five of eight have one
    first = measures(OF, "speaker", 1)
    assert (first["found_f1_overlap"].value, first["found_f1_overlap"].n) == (5 / 8, 8)


def test_by_target() -> None:
    found = {measure.name: measure for measure in of_target(OF, "troop_deployment").measures[:2]}
    assert found["found_f1_overlap"].value == 0
    assert found["found_f1_overlap"].n == 1
    ceasefire = {measure.name: measure for measure in of_target(OF, "ceasefire").measures[:2]}
    assert ceasefire["found_f1_overlap"].value == 14 / 17


def test_the_confusion_matrix_lists_its_cases() -> None:
    found = confusion(OF, "stance", 1, 2)
    assert found.labels == ("favor", "against", "neutral", "unclear")
    assert found.counts == ((3, 1, 0, 0), (0, 2, 0, 0), (0, 0, 1, 0), (0, 0, 0, 0))
    assert found.cells[0, 1] == ((5, 105),)
    assert found.cells[0, 0] == ((1, 101), (3, 103), (4, 104))
    assert confusion(OF, "target", 1, 2).cells[0, 1] == ((8, 108),)


def test_every_disagreement_is_listed_once() -> None:
    found = disagreements(OF)
    listed = [(case.kind, case.span.start, case.statements, case.missing) for case in found]
    assert listed == [
        ("boundary", 40, (103, 3), ()),
        ("speaker", 60, (4, 104), ()),
        ("stance", 80, (5, 105), ()),
        ("attribute", 100, (6, 106), ()),
        ("source_chain", 120, (7, 107), ()),
        ("target", 140, (8, 108), ()),
        ("found", 160, (9,), (2,)),
        ("found", 180, (110,), (1,)),
    ]
    assert {case.kind for case in found} == set(KINDS)
    assert [case.attribute for case in found if case.kind == "attribute"] == ["condition"]
