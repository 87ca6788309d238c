import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.text import edge_by_character, edge_by_word, snapped, trimmed, words

pieces = st.sampled_from(
    [
        *("cessez-le-feu", "l'entrée", "l’entrée", "don’t", "e\u0301te\u0301", "🕊️", "👩‍👩‍👧"),
        *("שָׁלוֹם", "المتحدّث", "\u00a0", "\u202f", " ", "\n", "«", "»", "“", ".", "…", "—", "42"),
    ]
)
texts = st.one_of(st.lists(pieces, min_size=1, max_size=15).map("".join), st.text(min_size=1))
langs = st.sampled_from([None, "fr", "en"])


@st.composite
def marks(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text) + 3)))


def snap(text: str, chosen: str, lang: str | None = None) -> str:
    """What a mark on the only occurrence of `chosen` takes in."""
    at = text.index(chosen)
    assert text.count(chosen) == 1
    span = snapped(Span(at, at + len(chosen)), text, lang)
    assert span is not None
    return span.of(text)


@given(marks())
def test_trimmed_is_inside_and_has_no_outer_blank(mark: tuple[str, Span]) -> None:
    text, span = mark
    found = trimmed(span, text)
    if found is None:
        assert not span.of(text).strip()
    else:
        assert span.contains(found) and found.end <= len(text)
        assert found.of(text) == span.of(text).strip()


@given(marks(), langs)
def test_snapped_contains_the_trimmed_and_is_idempotent(
    mark: tuple[str, Span], lang: str | None
) -> None:
    text, span = mark
    inner, found = trimmed(span, text), snapped(span, text, lang)
    if inner is None or found is None:
        assert inner is found
        return
    assert found.contains(inner) and found.end <= len(text)
    assert trimmed(found, text) == found
    assert snapped(found, text, lang) == found


@given(marks(), langs)
def test_snapped_cuts_no_word_and_adds_nothing_but_words(
    mark: tuple[str, Span], lang: str | None
) -> None:
    text, span = mark
    inner, found = trimmed(span, text), snapped(span, text, lang)
    if inner is None or found is None:
        return
    for word in words(text, lang):
        assert not word.overlaps(found) or found.contains(word)
    assert not set(text[found.start : inner.start] + text[inner.end : found.end]) & set(" \n«».“")


@pytest.mark.parametrize(
    ("text", "chosen", "lang", "taken"),
    [
        ("un cessez-le-feu durable", "z-le", "fr", "cessez-le-feu"),
        ("un cessez‑le‑feu durable", "z‑l", "fr", "cessez‑le‑feu"),
        ("dans l'entrée nord", "ntré", "fr", "entrée"),
        ("dans l’entrée nord", "ntré", "fr", "entrée"),
        ("dans l’entrée nord", "l’en", "fr", "l’entrée"),
        ("they don't know", "on", "en", "don't"),
        ("they don’t know", "t k", "en", "don’t know"),
        ("they don’t know", "on", "fr", "don"),
        ("la tre\u0302ve tient", "re", "fr", "tre\u0302ve"),
        ("la tre\u0302ve tient", "\u0302", "fr", "tre\u0302ve"),
        ("« oui\u00a0», dit-il", "\u00a0», d", "fr", "», dit-il"),
        ("(oui)", "ui", None, "oui"),
        ("“oui”", "“oui”", None, "“oui”"),
        ("אמר שָׁלוֹם היום", "ל", None, "שָׁלוֹם"),
        ("قال المتحدّث اليوم", "حد", None, "المتحدّث"),
        ("می\u200cخواهد", "خ", None, "می\u200cخواهد"),
        ("va 👩‍👩‍👧 va🕊️ fin", "🕊", None, "🕊"),
        ("ces\u00adsez le feu", "sez", "fr", "ces\u00adsez"),
        ("fin.\n  Début ici", ".\n  Déb", "fr", ".\n  Début"),
    ],
)
def test_examples(text: str, chosen: str, lang: str | None, taken: str) -> None:
    assert snap(text, chosen, lang) == taken


@pytest.mark.parametrize("text", ["   ", "\n\n", "\u00a0\u202f", " \u3000 "])
def test_blanks_are_no_mark(text: str) -> None:
    assert snapped(Span(0, len(text)), text) is None
    assert snapped(Span(len(text), len(text) + 2), text) is None


@pytest.mark.parametrize(
    ("chosen", "at_end", "step", "taken"),
    [
        ("trêve", True, 1, "trêve tient"),
        ("trêve tient", True, -1, "trêve"),
        ("trêve", False, -1, "La trêve"),
        ("La trêve", False, 1, "trêve"),
        ("trêve", False, 1, None),
        ("La", False, -1, None),
        ("tient", True, 1, None),
    ],
)
def test_an_edge_moves_by_words(chosen: str, at_end: bool, step: int, taken: str | None) -> None:
    text = "La trêve tient."
    start = text.index(chosen)
    moved = edge_by_word(Span(start, start + len(chosen)), at_end, step, text, "fr")
    assert (moved and moved.of(text)) == taken


@given(marks(), st.booleans(), st.sampled_from([-1, 1]))
def test_a_moved_edge_stays_in_the_text_and_goes_the_way_it_was_sent(
    mark: tuple[str, Span], at_end: bool, step: int
) -> None:
    text, span = mark
    span = Span(span.start, min(span.end, len(text)))
    for moved in (
        edge_by_word(span, at_end, step, text),
        edge_by_character(span, at_end, step, text),
    ):
        if moved is not None:
            assert moved.end <= len(text)
            old, new = (span.end, moved.end) if at_end else (span.start, moved.start)
            assert (new > old) == (step > 0) and new != old
