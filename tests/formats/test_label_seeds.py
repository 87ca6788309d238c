import json
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import label_seeds
from annotator.formats.label_seeds import SeedLabel, SeedSpeaker

TEXT = "Un dit non. Deux dit oui, et un dit oui. Deux se tait."


def label(content: list[str], nth: list[int]) -> SeedLabel:
    speaker = SeedSpeaker("Un", "person")
    return SeedLabel("a.txt", content, nth, speaker, "ceasefire", "favor", {})


def test_pieces_are_the_occurrences_asked_for_in_reading_order() -> None:
    found = label_seeds.pieces(label(["Deux", "oui"], [2, 1]), TEXT)
    assert [span.of(TEXT) for span in found] == ["oui", "Deux"]
    assert found == (Span(21, 24), Span(41, 45))


def test_words_that_are_not_there_are_named() -> None:
    with pytest.raises(LookupError, match="“Deux” does not stand 3 times"):
        label_seeds.pieces(label(["Deux"], [3]), TEXT)
    with pytest.raises(LookupError, match="Trois"):
        label_seeds.beside("Trois", None, Span(0, 2), TEXT)


def test_a_mention_is_the_nearest_or_inside_the_words_given() -> None:
    assert label_seeds.beside("dit", None, Span(12, 16), TEXT) == Span(17, 20)
    assert label_seeds.beside("dit", "un dit", Span(0, 2), TEXT) == Span(32, 35)
    assert label_seeds.beside(None, None, Span(0, 2), TEXT) is None


def test_a_file_that_is_not_right_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        label_seeds.read_labels(tmp_path / "none.json")
    (tmp_path / "some.json").write_text(json.dumps([{"article": 1}]))
    with pytest.raises(UserError, match=r"some\.json"):
        label_seeds.read_regions(tmp_path / "some.json")
