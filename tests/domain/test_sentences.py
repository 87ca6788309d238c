from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.sentences import around, sentences
from annotator.domain.spans import Span


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        ("Titre\nUn texte. Un autre", ["Titre", "Un texte.", "Un autre"]),
        ("« Non ! » a dit M. Brost. Rien.", ["« Non ! » a dit M. Brost.", "Rien."]),
        ("« Non. » Il part.", ["« Non. »", "Il part."]),
        ("“No.” He left (late.) Then?", ["“No.”", "He left (late.)", "Then?"]),
        ("J. Doe met the U.S. envoy. Fine.", ["J. Doe met the U.S. envoy.", "Fine."]),
        ("At 3.50 euros… Enough.", ["At 3.50 euros…", "Enough."]),
        ("ירושלים. שלום؟ نعم؟ لا.", ["ירושלים.", "שלום؟", "نعم؟", "لا."]),
        ("好。是！", ["好。", "是！"]),
        ("  \n\n ", []),
        ("", []),
    ],
)
def test_they_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


@given(st.text(alphabet="aB.!? »\n\u202f«é😀", max_size=60))
def test_they_hold_all_but_blanks_once_and_in_order(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    held = "".join(span.of(text) for span in found)
    assert "".join(held.split()) == "".join(text.split())


def test_a_span_gets_its_sentences_and_more_on_either_side() -> None:
    text = "Un. Deux. Trois. Quatre."
    found = sentences(text)
    three = Span(text.index("ois"), text.index("ois") + 3)
    assert around(three, found).of(text) == "Trois."
    assert around(three, found, 1).of(text) == "Deux. Trois. Quatre."
    assert around(three, found, 9).of(text) == text
    assert around(Span(1, 6), found).of(text) == "Un. Deux."
    assert around(Span(3, 4), found) == Span(3, 4)  # the blank between two
    assert around(three, []) == three
