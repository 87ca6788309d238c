"""Intervals against a bootstrap that copies articles and works everything out anew."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.agreement.bootstrap import draw
from annotator.domain.agreement.measures import sections
from annotator.domain.agreement.values import Settings
from tests.domain.agreement.making import coded, compared, measures, statement

DRAWS = Settings(draws=12, seed=3, fewest_articles=2)


def slowly(rows, annotators, articles):
    """Return the values of each measure in each draw: whole articles, copied as often as drawn."""
    found: dict[str, list[float]] = {}
    for drawn in draw(articles, DRAWS.draws, DRAWS.seed):
        copies = [
            replace(row, article=copy, id=1000 * copy + row.id)
            for copy, article in enumerate(drawn.tolist(), start=1)
            for row in rows
            if row.article == article + 1
        ]
        again = compared(copies, annotators=annotators, articles=range(1, articles + 1))
        for name, measure in measures(again).items():
            value = np.nan if measure.value is None else measure.value
            found.setdefault(name, []).append(value)
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(coded(annotators=(1, 2, 3), articles=4), max_size=20), st.sampled_from([2, 3]))
def test_intervals_equal_a_slow_bootstrap(rows, people) -> None:
    annotators = tuple(range(1, people + 1))
    rows = [replace(r, id=number) for number, r in enumerate(rows) if r.annotator <= people]
    of = compared(rows, annotators=annotators, articles=range(1, 5), settings=DRAWS)
    slow = slowly(rows, annotators, 4)
    for name, measure in measures(of).items():
        values = np.array(slow[name])
        defined = values[~np.isnan(values)]
        if measure.value is None:
            assert (measure.low, measure.high, measure.no_interval) == (None, None, None)
        elif len(defined) < 6:
            assert measure.no_interval == "undefined in most draws of the bootstrap"
        else:
            low, high = np.quantile(defined, [0.025, 0.975])
            assert measure.low == pytest.approx(low), name
            assert measure.high == pytest.approx(high), name


def labels(articles: int):
    return [
        statement(who, (0, 20), stance="favor" if article % 3 else stance, article=article)
        for article in range(1, articles + 1)
        for who, stance in ((1, "against"), (2, "neutral"))
    ]


def test_below_ten_articles_there_is_no_interval() -> None:
    measure = measures(compared(labels(9), articles=range(1, 10)))["stance_alpha"]
    assert measure.value is not None
    assert (measure.low, measure.high) == (None, None)
    assert measure.no_interval == "too few articles for an interval"
    measure = measures(compared(labels(10), articles=range(1, 11)))["stance_alpha"]
    assert measure.low is not None and measure.high is not None
    assert measure.low <= (measure.value or 0) <= measure.high
    assert measure.no_interval is None


def test_a_speaker_in_few_articles_has_no_interval() -> None:
    rows = labels(12)
    rows[0] = replace(rows[0], speaker=7)
    of = compared(rows, articles=range(1, 13))
    assert measures(of, "speaker", 1)["found_f1_overlap"].low is not None
    found = measures(of, "speaker", 7)["found_f1_overlap"]
    assert (found.value, found.no_interval) == (1, "too few articles for an interval")


def test_the_same_seed_gives_the_same_report() -> None:
    reports = [list(sections(compared(labels(12), articles=range(1, 13)))) for _ in range(2)]
    assert reports[0] == reports[1]


def test_draws_of_many_categories_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measures(compared(labels(12), articles=range(1, 13)))
    monkeypatch.setattr("annotator.domain.agreement.bootstrap._AT_ONCE", 60)
    assert measures(compared(labels(12), articles=range(1, 13))) == whole
