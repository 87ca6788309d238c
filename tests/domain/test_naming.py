import pytest

from annotator.domain.naming import candidates, guess_type, known_as, names_nobody
from annotator.domain.records import Speaker


def speaker(number: int, name: str, *aliases: str) -> Speaker:
    return Speaker(number, f"u{number}", name, "person", None, aliases)


VENN = speaker(1, "Orla Venn", "la ministre", "Mme Venn")
RADEL = speaker(2, "Édouard Radel", "le président")
HARSK = speaker(3, "Gouvernement d’Osmark", "Harsk")
OTHER = speaker(4, "Ivo Radel", "le ministre", "le president")
NARRATOR = speaker(5, "Narrator")
ALL = [VENN, RADEL, HARSK, OTHER, NARRATOR]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Orla Venn", [VENN]),
        ("orla\u00a0 VENN ", [VENN]),
        ("E\u0301douard radel", [RADEL]),
        ("harsk", [HARSK]),
        ("gouvernement d'osmark", [HARSK]),
        ("le président", [RADEL, OTHER]),
        ("Venn", []),
        ("", []),
    ],
)
def test_known_as_is_exact_but_for_accents_case_and_blanks(words: str, found: list) -> None:
    assert known_as(words, ALL) == found


def test_a_name_counts_before_an_alias() -> None:
    namesake = speaker(9, "Osmark", "Orla Venn")
    assert known_as("orla venn", [namesake, VENN]) == [VENN]


def names(typed: str, uses: dict[int, int] | None = None, limit: int = 8) -> list[str]:
    return [c.speaker.name for c in candidates(typed, ALL, uses or {}, limit)]


def test_nothing_typed_gives_the_most_used() -> None:
    assert names("", {3: 5, 1: 2}, limit=2) == ["Gouvernement d’Osmark", "Orla Venn"]


def test_the_start_of_a_word_suffices_accents_aside() -> None:
    assert names("edou") == ["Édouard Radel"]
    assert names("vEn") == ["Orla Venn"]


def test_an_alias_leads_to_its_speaker() -> None:
    found = candidates("harsk", ALL, {}, 8)
    assert [(c.speaker, c.name, c.strong) for c in found] == [(HARSK, "Harsk", True)]


def test_titles_do_not_tell_people_apart() -> None:
    best = candidates("la ministre Orla Venn", ALL, {}, 8)[0]
    assert best.speaker == VENN and best.strong


def test_among_equals_the_more_used_comes_first() -> None:
    assert names("radel", {4: 3, 2: 1}) == ["Ivo Radel", "Édouard Radel"]
    assert names("radel", {4: 1, 2: 3}) == ["Édouard Radel", "Ivo Radel"]


def test_the_exact_name_comes_before_the_more_used() -> None:
    assert names("ivo radel", {2: 100})[0] == "Ivo Radel"


def test_unlike_names_are_left_out() -> None:
    assert names("zzz") == []


@pytest.mark.parametrize(
    "words",
    [
        *("il", "Elle", "lui", "he", "They", "ce dernier", "celui-ci", "Celle-là", "ceux-là"),
        *("a-t-elle", "dit-il", "a‐t‐on", "", "…", "« »"),
    ],
)
def test_pronouns_name_nobody(words: str) -> None:
    assert names_nobody(words)


@pytest.mark.parametrize(
    "words", ["Harsk", "la ministre", "Mme Venn", "Kim Jong-il", "Jean-Luc", "le porte-parole"]
)
def test_names_and_roles_name_somebody(words: str) -> None:
    assert not names_nobody(words)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Orla Venn", "person"),
        ("Narrateur", "narrator"),
        ("Gouvernement d’Osmark", "government"),
        ("Le Ministère de la Défense", "government"),
        ("Union du Littoral", "organisation"),
        ("Les alliés", "collective"),
        ("un responsable", "unnamed"),
        ("A senior official", "unnamed"),
        ("Réunion Martin", "person"),
        ("Nathan Gallienne", "person"),
    ],
)
def test_the_kind_of_a_new_speaker_is_guessed(name: str, kind: str) -> None:
    assert guess_type(name) == kind
