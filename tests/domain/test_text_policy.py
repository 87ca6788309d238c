import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import normalise, sha256

LINE_ENDS = ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f", "\n"]

dirty = st.text(
    st.one_of(
        st.sampled_from([*"\r\n\v\f\x85\u2028\u2029\0\ufdd0\ufdd1\ufeff\u00a0\u202f e\u0301é🕊"]),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(dirty)
def test_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(dirty)
def test_nothing_unholdable_is_left_and_nothing_else_is_touched(text: str) -> None:
    stored = normalise(text)
    assert not set(stored) & set("\r\v\f\x85\u2028\u2029\0\ufdd0\ufdd1")
    assert not stored.startswith("\ufeff")
    kept = text.lstrip("\ufeff")
    for end in LINE_ENDS:
        kept = kept.replace(end, "\n")
    for char in "\0\ufdd0\ufdd1":
        kept = kept.replace(char, "\ufffd")
    assert stored == kept


@pytest.mark.parametrize("end", LINE_ENDS)
def test_each_line_end_becomes_one_line_feed(end: str) -> None:
    assert normalise(f"a{end}b{end}{end}") == "a\nb\n\n"


def test_crlf_is_one_line_end_and_lfcr_two() -> None:
    assert normalise("a\r\nb\n\rc") == "a\nb\n\nc"


def test_a_bom_goes_at_the_start_only() -> None:
    assert normalise("\ufeffa\ufeffb") == "a\ufeffb"


@pytest.mark.parametrize("text", ["e\u0301", "é", "\u00a0 a\u202f ", "ﬁ", "  \n ", "", "x\u200d"])
def test_no_unicode_normalisation_and_no_trimming(text: str) -> None:
    assert normalise(text) == text


def test_the_hash_is_of_the_stored_text_in_utf_8() -> None:
    assert sha256("é🕊") == hashlib.sha256("é🕊".encode()).hexdigest()
    assert sha256("é") != sha256(unicodedata.normalize("NFD", "é"))
