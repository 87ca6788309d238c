"""The report on the five real articles: figures worked out here, by hand or by plain code."""

import json
from collections import Counter
from itertools import permutations

import pytest

from annotator.domain.agreement.values import Settings
from annotator.errors import UserError
from annotator.services import agreement_report, annotating
from annotator.services import project as projects
from annotator.services.agreement_report import collect
from annotator.services.progress import CancelledError
from tests.services.disputed_seeds import LABELS, SHORTER, disputed

# Each has 11 statements: all but the one that only the other has. 9 pairs match, all labels but
# `target` and the two `only`; 8 of them with the same content, all but `boundary`; 7 with the same
# speaker, target and stance, all but `speaker` and `stance`.
BY_HAND = {
    "found_f1_exact": (2 * 8 / 22, 22),
    "found_f1_overlap": (2 * 9 / 22, 22),
    "speaker_percent": (8 / 9, 9),
    "stance_percent": (8 / 9, 9),
    "tuple_f1": (2 * 7 / 22, 22),
}

MATCHED = [name for name in LABELS if not name.startswith("only") and name != "target"]


def nominal(pairs):
    """Krippendorff's α of pairs of values, by its definition: 1 − Do / De over all value pairs."""
    values = [value for pair in pairs for value in pair]
    observed = sum(a != b for a, b in pairs) / len(pairs)
    drawn = list(permutations(values, 2))
    return 1 - observed / (sum(a != b for a, b in drawn) / len(drawn))


def ordinal(pairs, order):
    """The same with the ordinal distance: how many values lie between two, half of both counted."""
    values = [value for pair in pairs for value in pair]
    count = Counter(values)

    def distance(a, b):
        low, high = sorted((order.index(a), order.index(b)))
        between = sum(count[order[at]] for at in range(low, high + 1))
        return (between - (count[a] + count[b]) / 2) ** 2 if a != b else 0

    observed = sum(distance(a, b) for a, b in pairs) / len(pairs)
    drawn = list(permutations(values, 2))
    return 1 - observed / (sum(distance(a, b) for a, b in drawn) / len(drawn))


def chance_corrected(pairs):
    """Return κ, π and AC1 of pairs of values, AC1 with the codebook's four stances."""
    n = len(pairs)
    labels = sorted({value for pair in pairs for value in pair})
    one = {k: sum(a == k for a, _ in pairs) / n for k in labels}
    two = {k: sum(b == k for _, b in pairs) / n for k in labels}
    mean = {k: (one[k] + two[k]) / 2 for k in labels}
    observed = sum(a == b for a, b in pairs) / n
    expected = (
        sum(one[k] * two[k] for k in labels),
        sum(mean[k] ** 2 for k in labels),
        sum(mean[k] * (1 - mean[k]) for k in labels) / 3,
    )
    return [(observed - chance) / (1 - chance) for chance in expected]


def binary_unitizing(lengths, stretches):
    """Return |u|α of two coders' stretches, each a set of (article, start, end), none overlapping.

    Krippendorff et al. 2016: the observed share of differing code points against that of all
    pairs of code points, without those of a stretch or of a gap's own code point with itself.
    """
    total = sum(lengths.values())
    points = [{(a, at) for a, s, e in own for at in range(s, e)} for own in stretches]
    differing = len(points[0] ^ points[1])
    marked = len(points[0]) + len(points[1])
    gaps = 2 * total - marked
    own = sum((e - s) ** 2 for some in stretches for _, s, e in some) + gaps
    return 1 - (differing / total) / (2 * marked * gaps / ((2 * total) ** 2 - own))


@pytest.fixture(scope="module")
def made(shared, tmp_path_factory):
    """A project with the labels, where they stand, and the report on it."""
    project = projects.create(tmp_path_factory.mktemp("disputed") / "disputed.stance")
    where = disputed(project, shared / "seeds")
    yield project, where, collect(project, at="2026-01-06T12:00:00.000Z")
    project.close()


@pytest.fixture
def found(made):
    return {(m.name, m.target): m for m in made[2].measures}


def pairs_of(choice, **differing):
    other = {name: LABELS[name] for name in MATCHED}
    return [
        (getattr(LABELS[name], choice), differing.get(name, getattr(other[name], choice)))
        for name in MATCHED
    ]


STANCES = pairs_of("stance", stance="neutral")


@pytest.mark.parametrize("name", BY_HAND)
def test_shares_by_hand(found, name) -> None:
    measure = found[name, None]
    assert (measure.value, measure.n) == (pytest.approx(BY_HAND[name][0]), BY_HAND[name][1])


def test_alphas_by_their_definition(found) -> None:
    speakers = pairs_of("speaker", speaker="Ukraine et alliés")
    targets = [*pairs_of("target"), ("ceasefire", "troop_deployment")]
    scaled = [pair for pair in STANCES if "unclear" not in pair]
    expected = {
        "speaker_alpha": nominal(speakers),
        "target_alpha": nominal(targets),
        "stance_alpha": nominal(STANCES),
        "stance_alpha_ordinal": ordinal(scaled, ["against", "neutral", "favor"]),
        "condition_alpha": nominal([("none", "none")] * 8 + [("none", "condition")]),
        "source_chain_alpha": nominal([("", "")] * 8 + [("", "Narrateur")]),
    }
    expected |= dict(
        zip(("stance_kappa", "stance_pi", "stance_ac1"), chance_corrected(STANCES), strict=True)
    )
    values = {name: found[name, None].value for name in expected}
    assert values == pytest.approx(expected)
    assert found["target_alpha", None].n == 10


def test_boundaries_by_their_definition(made, found) -> None:
    project, where, _ = made
    lengths = {}
    for article, _, _ in where.values():
        gone = annotating.excluded_regions(project, article)
        length = annotating.article(project, article).length
        lengths[article] = length - sum(r.span.end - r.span.start for r in gone)
    for target in ("ceasefire", "troop_deployment"):
        ada, bo = set(), set()
        for name, (article, _, span) in where.items():
            if LABELS[name].target == target:
                if name != "only Bo":
                    ada.add((article, span.start, span.end))
                if name not in ("only Ada", "target"):
                    short = SHORTER if name == "boundary" else 0
                    bo.add((article, span.start, span.end - short))
            elif name == "target":
                bo.add((article, span.start, span.end))
        measure = found["binary_u_alpha", target]
        assert measure.value == pytest.approx(binary_unitizing(lengths, (ada, bo)))
        assert measure.n == len(ada) + len(bo)


def test_undefined_with_its_reason_and_the_raw_agreement(made, found) -> None:
    evidence = found["evidence_alpha", None]
    assert (evidence.value, evidence.undefined) == (None, "only one category occurs")
    text = agreement_report.as_text(made[2])
    assert "undefined (only one category occurs; raw agreement 100 %)" in text
    page = agreement_report.as_html(made[2])
    assert "only one category occurs; raw agreement 100 %" in page


def test_one_disagreement_of_each_kind_and_two_that_one_missed(made) -> None:
    assert {kind: n for kind, n in made[2].disagreements.items() if n} == {
        "found": 2,
        "boundary": 1,
        "speaker": 1,
        "target": 1,
        "stance": 1,
        "attribute:condition": 1,
        "source_chain": 1,
    }


def test_slices_by_hand(made) -> None:
    report = made[2]
    by_article = {one.key[:3]: one.measure("found_f1_overlap") for one in report.by_article}
    # 002: four of Ada's and three of Bo's, three match; 003: `target` and `only Bo` do not
    assert {k: (m.value, m.n) for k, m in by_article.items()} == {
        "000": (1, 2),
        "001": (1, 4),
        "002": (6 / 7, 7),
        "003": (2 / 5, 5),
        "004": (1, 4),
    }
    by_target = {one.key: one.measure("found_f1_overlap") for one in report.by_target}
    # ceasefire: three pairs, `target` of Ada, `only Bo`; troops: six pairs, `only Ada`, `target`
    assert by_target["ceasefire"].value == 6 / 8
    assert by_target["troop_deployment"].value == 12 / 14
    assert {m.target for one in report.by_target for m in one.measures if m.target} == {
        "ceasefire",
        "troop_deployment",
    }
    assert {one.key: one.measure("speaker_percent").value for one in report.by_speaker}[
        "Rutte"
    ] == 1
    assert [one.names for one in report.by_pair] == [("Ada", "Bo")]
    assert report.by_pair[0].measures == report.measures


def test_the_confusion_matrix_by_hand(made) -> None:
    stance, target = made[2].matrices
    # favor six times, of which Bo chose neutral once; against once; neutral once
    assert stance.labels == ("favor", "against", "neutral", "unclear")
    count = Counter(STANCES)
    assert stance.counts == tuple(tuple(count[a, b] for b in stance.labels) for a in stance.labels)
    assert (stance.equal, stance.pairs) == (8, 9)
    assert target.counts == ((3, 1), (0, 6))


def test_the_same_seed_gives_the_same_numbers_and_few_articles_no_interval(made) -> None:
    project, _, report = made
    again = collect(project, at=report.made_at)
    assert agreement_report.as_json(again) == agreement_report.as_json(report)
    assert agreement_report.as_html(again) == agreement_report.as_html(report)
    assert all(m.low is None for m in report.measures)
    assert report.without_interval == "too few articles for an interval"
    assert "too few articles for an interval (5; 10 are needed)" in agreement_report.as_text(report)


def test_intervals_follow_the_seed(made) -> None:
    project, _, _ = made
    drawn = [
        collect(project, None, None, Settings(seed=seed, draws=200, fewest_articles=5))
        for seed in (1, 1, 2)
    ]
    bounds = [[(m.low, m.high) for m in report.measures] for report in drawn]
    assert bounds[0] == bounds[1] != bounds[2]
    f1 = drawn[0].measures[1]
    assert f1.low is not None and f1.value is not None and f1.high is not None
    assert f1.low < f1.value < f1.high
    words = agreement_report.as_text(drawn[0])
    assert f"{f1.low:.3f} to {f1.high:.3f}" in words
    assert "200 draws, seed 1)" in agreement_report.as_html(drawn[0])
    assert json.loads(agreement_report.as_json(drawn[0]))["measures"][1]["low"] == f1.low


def test_what_cannot_be_compared_is_said(project, made) -> None:
    with pytest.raises(UserError, match=r"needs two annotators.*“Ada” \(0 done\)"):
        collect(project)
    labelled = made[0]
    with pytest.raises(UserError, match="No article was marked done by two"):
        collect(labelled, None, [])
    ids = [annotator.id for annotator in projects.annotators(labelled)]
    with pytest.raises(UserError, match="needs two annotators"):
        collect(labelled, ids[:1])


def test_progress_is_told_and_cancelling_heeded(made) -> None:
    told: list[tuple[int, int]] = []
    collect(made[0], progress=lambda done, total: told.append((done, total)))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    with pytest.raises(CancelledError):
        collect(made[0], cancelled=lambda: True)
