"""Offsets in other units, against what Python itself encodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.offset_units import UNITS, Ruler

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TEXT = f"a\u0301 \U0001f54a\ufe0f «\u00a0oui\u00a0» {FAMILY}שלום\u05b0."
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS)
def test_utf16_and_bytes_are_what_encoding_gives(text: str) -> None:
    utf16, byte = Ruler(text, "utf16"), Ruler(text, "byte")
    for at in range(len(text) + 1):
        assert utf16.out(at) == len(text[:at].encode("utf-16-le")) // 2
        assert byte.out(at) == len(text[:at].encode())


@given(TEXTS, st.sampled_from(["codepoint", "utf16", "byte"]))
def test_back_again(text: str, unit) -> None:
    ruler = Ruler(text, unit)
    assert [ruler.into(ruler.out(at)) for at in range(len(text) + 1)] == [*range(len(text) + 1)]


def test_no_code_point_begins_inside_another() -> None:
    assert Ruler("\U0001f54a", "utf16").into(1) is None
    assert [Ruler("é", "byte").into(at) for at in (0, 1, 2, 3)] == [0, None, 1, None]


def test_clusters_are_counted_as_one() -> None:
    ruler = Ruler(TEXT, "grapheme")
    assert ruler.into(1) == 2  # after a with its accent
    family = TEXT.index(FAMILY)
    assert ruler.into(ruler.out(family) + 1) == family + len(FAMILY)
    assert ruler.into(ruler.out(len(TEXT))) == len(TEXT)
    assert ruler.out(family + 1) == ruler.out(family)


@pytest.mark.parametrize("unit", UNITS)
def test_beyond_the_text_is_nowhere(unit) -> None:
    ruler = Ruler(TEXT, unit)
    assert ruler.into(-1) is None and ruler.into(10_000) is None
    with pytest.raises(ValueError, match="not within"):
        ruler.out(len(TEXT) + 1)
