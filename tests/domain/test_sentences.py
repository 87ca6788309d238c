"""Sentences: found by rules, never across a line, and rather too long than half."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import dates
from annotator.domain.sentences import sentences


@pytest.mark.parametrize(
    ("lang", "found"),
    [
        ("fr", ["M. Pell a dit non.", "Mme Venn aussi."]),
        ("fr", ["« Jamais ! » a répété M. Pell.", "« Une trêve n’est pas la paix. »", "Et puis ?"]),
        ("en", ["Mr. Pell met J. D. Venn in the U.S. on Sept. 3.", "“No.”", "He left at 3 p.m."]),
        ("en", ["It cost 3.5 million.", "Why?!", "Nobody knows…"]),
        (None, ["שלום לכולם.", "לא עכשיו."]),
        ("ja", ["停戦に賛成だ。", "部隊は要らない。"]),
        ("fr", ["🕊️ Tre\u0302ve.", "👩‍👩‍👧 Oui."]),
    ],
)
def test_sentences_end_where_they_end(lang: str | None, found: list[str]) -> None:
    text = ("" if lang == "ja" else " ").join(found)
    assert [span.of(text) for span in sentences(text, lang)] == found


def test_no_line_is_crossed_and_debris_is_none() -> None:
    text = "#}\nA headline without an end\n  It begins \n---\nand goes on."
    assert [span.of(text) for span in sentences(text, "en")] == [
        "A headline without an end",
        "It begins",
        "and goes on.",
    ]


@given(st.text(alphabet="aA.! ?«»\u00a0\n1é”…", max_size=60), st.sampled_from(["fr", "en", None]))
def test_they_are_in_order_and_nothing_with_letters_is_lost(text: str, lang: str | None) -> None:
    found = sentences(text, lang)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    kept = "".join(span.of(text) for span in found)
    assert sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-03-27_sommet", "2025-03-27"),
        ("afp 20250327 trêve", "2025-03-27"),
        ("20250327T101500", "2025-03-27"),
        ("2025-03-27 and 20250327", "2025-03-27"),
        ("2025-03-27 to 2025-03-28", None),
        ("2025-02-30", None),
        ("2025-0327", None),
        ("120250327", None),
        ("8a20250327ce", None),
        ("000_article", None),
    ],
)
def test_the_day_is_read_off_a_file_name(name: str, day: str | None) -> None:
    assert dates.in_name(name) == day
