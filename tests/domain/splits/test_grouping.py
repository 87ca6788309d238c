import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.splits.grouping import BYS, By, groups
from annotator.domain.splits.rows import Row
from annotator.domain.splits.similarity import THRESHOLD, similarity
from tests.domain.splits.making import row, rows


def together(rows: list[Row], found: list[int]) -> set[frozenset[str]]:
    keys: dict[int, set[str]] = {}
    for one, group in zip(rows, found, strict=True):
        keys.setdefault(group, set()).add(one.key)
    return {frozenset(of) for of in keys.values()}


def by_definition(rows: list[Row], by: By, links: list[tuple[str, str]]) -> set[frozenset[str]]:
    """The groups as they are said to be, each pair of rows looked at."""
    group = {one.key: {one.key} for one in rows}
    for one, other in combinations(rows, 2):
        joined = (
            (one.article == other.article and one.start < other.end and other.start < one.end)
            or bool({(one.key, other.key), (other.key, one.key)} & set(links))
            or similarity(one.text, other.text) >= THRESHOLD
            or (by == "article" and one.article == other.article)
            or (by == "speaker" and one.speaker is not None and one.speaker == other.speaker)
        )
        if joined and group[one.key] is not group[other.key]:
            group[one.key] |= group[other.key]
            for key in group[other.key]:
                group[key] = group[one.key]
    return {frozenset(keys) for keys in group.values()}


links = st.lists(st.tuples(*[st.sampled_from(["k0", "k1", "k2", "k3", "gone"])] * 2), max_size=3)


@settings(deadline=None)
@given(rows(), st.sampled_from(BYS), links, st.randoms())
def test_groups_are_what_they_are_said_to_be_in_any_order(
    drawn: list[Row], by: By, links: list[tuple[str, str]], chance: random.Random
) -> None:
    found = groups(drawn, by, links)
    assert together(drawn, found) == by_definition(drawn, by, links)
    firsts = list(dict.fromkeys(found))
    assert firsts == list(range(len(firsts)))
    mixed = chance.sample(drawn, len(drawn))
    assert together(mixed, groups(mixed, by, links)) == together(drawn, found)


def test_spans_that_touch_are_apart_and_one_inside_another_is_not() -> None:
    whole = row("whole", "aa bb cc", article="x", start=0, end=100)
    early = row("early", "dd ee ff", article="x", start=5, end=10)
    late = row("late", "gg hh ii", article="x", start=90, end=101)
    beside = row("beside", "jj kk ll", article="x", start=101, end=110)
    other = row("other", "mm nn oo", article="y", start=0, end=100)
    assert groups([beside, late, other, early, whole]) == [0, 1, 2, 1, 1]


def test_the_same_words_in_another_article_or_language_of_quotes() -> None:
    said = [row("1", "« Pas de trêve »"), row("2", '"pas de treve"'), row("3", "une trêve")]
    assert groups(said) == [0, 0, 1]


def test_links_that_nobody_would_find_by_words() -> None:
    said = [row("fr", "les armes se taisent"), row("en", "the guns fall silent"), row("x", "yy zz")]
    assert groups(said, links=[("en", "fr"), ("x", "left out")]) == [0, 0, 1]


def test_whole_articles_whatever_the_rest() -> None:
    said = [
        row("1", "aa bb", article="x", start=0, end=5, speaker="p"),
        row("2", "cc dd", article="x", start=9, end=14, speaker="q"),
        row("3", "ee ff", article="y", speaker="p"),
        row("4", "gg hh", article="z", speaker=None),
        row("5", "ii jj", article="z", start=20, end=25, speaker=None),
    ]
    assert groups(said) == [0, 1, 2, 3, 4]
    assert groups(said, "article") == groups(said, whole_articles=True) == [0, 0, 1, 2, 2]
    assert groups(said, "speaker") == [0, 1, 0, 2, 3]
    assert groups(said, "speaker", whole_articles=True) == [0, 0, 0, 1, 1]


def test_no_rows() -> None:
    assert groups([]) == []
