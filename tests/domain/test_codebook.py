from dataclasses import replace

import pytest

from annotator.domain.codebook import (
    Attribute,
    Choice,
    Codebook,
    faults,
    words,
)
from annotator.services import project as projects

NAMES = {"en": "Name", "fr": "Nom"}


def choice(value: str, key: str | None = None) -> Choice:
    return Choice(value, NAMES, key, hue="blue", line="solid")


SOUND = Codebook(
    "1",
    NAMES,
    targets=(choice("truce", "1"),),
    stances=(choice("favor", "F"), choice("against", "A")),
    attributes=(Attribute("scope", NAMES, (choice("own", "O"),), usual="own"),),
    flags=(choice("doubt", "D"),),
)


def test_the_codebook_that_ships_is_sound() -> None:
    shipped = projects.read_codebook(projects.default_codebook_file())
    assert faults(shipped) == []
    assert [t.id for t in shipped.targets] == ["ceasefire", "troop_deployment"]
    assert [s.id for s in shipped.stances] == ["favor", "against", "neutral", "unclear"]
    assert [a.id for a in shipped.attributes] == [
        *("attribution", "condition", "evidence", "scope", "confidence")
    ]
    for _, each in shipped.all_choices():
        assert set(each.name) == {"en", "fr"}
        assert each.definition and set(each.definition) == {"en", "fr"}


def test_this_one_is_sound() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"targets": ()}, "no target"),
        ({"stances": (choice("favor"),)}, "fewer than two stances"),
        ({"targets": (choice("truce"), choice("truce"))}, "twice"),
        ({"stances": (choice("favor"), choice("favor"))}, "twice"),
        ({"flags": (choice("doubt"), choice("doubt"))}, "twice"),
        ({"flags": (choice(" "),)}, "empty id"),
        ({"targets": (choice('a"b'),)}, "quotation mark"),
        ({"targets": (choice("truce", "b"),)}, "belongs to the program"),
        ({"targets": (choice("truce", "f"),)}, "is both"),
        ({"targets": (choice("truce", ""),)}, "is empty"),
        ({"targets": (replace(choice("truce"), hue="mauve"),)}, "hue"),
        ({"stances": (replace(choice("a"), line="wavy"), choice("b"))}, "line"),
        ({"attributes": (Attribute("scope", NAMES, (choice("own"),), usual="x"),)}, "usual"),
        ({"attributes": (Attribute("scope", NAMES, ()),)}, "offers no choice"),
        ({"attributes": (Attribute("target", NAMES, (choice("own"),)),)}, "cannot be called"),
        ({"attributes": (SOUND.attributes[0], SOUND.attributes[0])}, "twice"),
    ],
)
def test_each_fault_is_named(changes: dict, word: str) -> None:
    found = faults(replace(SOUND, **changes))
    assert any(word in sentence for sentence in found), found
    assert all(sentence.endswith(".") or sentence.endswith(").") for sentence in found)


def test_the_same_id_may_stand_in_two_groups() -> None:
    assert faults(replace(SOUND, flags=(choice("truce"),))) == []


def test_lookups() -> None:
    assert SOUND.target("truce") is SOUND.targets[0]
    assert SOUND.target(None) is None and SOUND.stance("x") is None
    scope = SOUND.attribute("scope")
    assert scope is not None and scope.choice("own") is scope.choices[0]
    assert [(g, c.id) for g, c in SOUND.all_choices()] == [
        ("target", "truce"),
        ("stance", "favor"),
        ("stance", "against"),
        ("scope", "own"),
        ("flag", "doubt"),
    ]


def test_words_fall_back_to_english_and_then_to_any_language() -> None:
    assert words(NAMES, "fr") == "Nom"
    assert words(NAMES, "de") == "Name"
    assert words({"es": "Nombre"}, "fr") == "Nombre"
    assert words(None) == words({}) == ""
