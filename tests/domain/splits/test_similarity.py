import pytest
from hypothesis import given

from annotator.domain.splits.similarity import THRESHOLD, similarity, words
from tests.domain.splits.making import texts

LONG = "les troupes resteront sur la rive est du fleuve tant que la trêve tiendra"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Élysée dit « oui »", 'l\'elysee   dit "OUI"'),
        ("cessez\u2011le\u2011feu", "cessez-le-feu"),
        ("ces\u00adsez", "cessez"),
        ("a b", "B, a."),
        ("🕊", "🕊\n"),
        ("停戦を", "を停 戦"),
        ("", " \n"),
    ],
)
def test_these_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert similarity(one, other) == 1


@given(texts, texts)
def test_it_is_symmetric_within_0_and_1_and_1_only_for_the_same_words(one: str, other: str) -> None:
    found = similarity(one, other)
    assert found == similarity(other, one) and 0 <= found <= 1
    assert (found == 1) == (words(one) == words(other))


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("a b c d e f", "a b c d e g", 5 / 6.25),  # 5 shared of 6 and 6
        ("a b c d e", "a b c d e f g h i j", 5 / 6.25),  # contained in twice its length
        ("a a b", "a b b", 2 / 3.25 * 2 / 5),  # a word twice is two words; 2 of 5 of substance
        ("a b", "c d", 0),
        ("", "a", 0),
        ("🕊", "🎈", 0),
    ],
)
def test_values(one: str, other: str, value: float) -> None:
    assert similarity(one, other) == pytest.approx(value)


def test_other_words_here_and_there_and_short_in_long_are_near_identical() -> None:
    retold = LONG.replace("resteront", "se tiendront").replace("tant que", "pendant que")
    assert similarity(LONG, retold) >= THRESHOLD
    assert similarity(f"Selon lui, « {LONG} », et rien ne presse encore", LONG) >= THRESHOLD
    assert similarity("la rive est du fleuve", f"{LONG} {retold} et rien ne presse") < THRESHOLD


def test_short_phrases_of_the_field_are_not_unless_they_are_the_same() -> None:
    assert similarity("un cessez-le-feu", "un cessez-le-feu immédiat") < THRESHOLD
    assert similarity("déployer des troupes", "déployer des soldats") < THRESHOLD
    assert similarity("Déployer des troupes", "déployer des troupes.") == 1
