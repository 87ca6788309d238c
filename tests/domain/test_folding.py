import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.text import (
    context,
    count_words,
    fold,
    fold_with_map,
    normalise,
    occurrences,
    words,
)

letters = st.text(st.sampled_from("aAàÀe\u0301ÉßsSİıﬁi🕊Σς \u00a0’'-𝐀℡"), max_size=30)
anything = st.one_of(letters, st.text(max_size=40))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Élysée", "elysee"),
        ("E\u0301lyse\u0301e", "elysee"),
        ("L’Élysée", "l'elysee"),
        ("STRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("İzmir", "izmir"),
        ("𝐀𝐛", "ab"),
        ("℡", "tel"),
        ("dit\u00a0il", "dit il"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_these_are_the_same_when_folded(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@given(anything)
@example("𝐀℡ϔ")
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(anything)
def test_the_map_leads_back(text: str) -> None:
    folded, origin = fold_with_map(text)
    assert folded == fold(text)
    assert len(origin) == len(folded) + 1 and origin[-1] == len(text)
    assert origin == sorted(origin)
    for char, at in zip(folded, origin, strict=False):
        assert char in fold(text[at])


@given(anything, st.data())
def test_what_stands_in_the_text_is_found_there(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assume(fold(span.of(text)))
    assert occurrences(span.of(text), text)


@given(anything, st.text(st.sampled_from("ae sé"), min_size=1, max_size=3))
def test_what_is_found_folds_to_the_query(text: str, query: str) -> None:
    assume(fold(query))
    found = occurrences(query, text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for span in found:
        # A query may end inside a character that folds to several (the s of ß).
        assert fold(query) in fold(span.of(text))
        if all(len(fold(char)) <= 1 for char in text):
            assert fold(span.of(text)) == fold(query)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("cafe", "Le cafe\u0301, le CAFÉ.", ["cafe\u0301", "CAFÉ"]),
        ("l'elysee", "à l’Élysée", ["l’Élysée"]),
        ("trêve", "🕊🕊 treve 🕊 tre\u0302ve", ["treve", "tre\u0302ve"]),
        ("a treve", "La\u00a0trêve", ["a\u00a0trêve"]),
        ("aa", "aaaa", ["aa", "aa"]),
        ("s", "ßß", ["ß", "ß"]),
        ("ss", "maß", ["ß"]),
        ("", "abc", []),
        ("\u0301", "abc", []),
        ("xyz", "abc", []),
    ],
)
def test_occurrences(query: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in occurrences(query, text)] == found


@given(anything)
def test_words_are_in_order_and_hold_no_blank(text: str) -> None:
    text = normalise(text)
    found = words(text)
    assert len(found) == count_words(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(not any(map(str.isspace, span.of(text))) for span in found)


def test_context_is_cut_at_the_ends_of_the_text() -> None:
    assert context(Span(2, 3), "ab🕊cd", 1) == ("b", "c")
    assert context(Span(2, 3), "ab🕊cd") == ("ab", "cd")
