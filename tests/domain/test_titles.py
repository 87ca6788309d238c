import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import guess_language, propose_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("#}\n\n---\nUne trêve fragile\nSuite", "Une trêve fragile"),
        ("{% endblock %}\n***\n• • •\nLa trêve tient", "La trêve tient"),
        ("\n\n   La trêve tient   \nSuite", "La trêve tient"),
        ("12:45\n08/03/2031\nHarsk répond à Sarlonne", "Harsk répond à Sarlonne"),
        ("Mots\nDeux mots", "Deux mots"),
        ("Seul", "Seul"),
        ("#}", "#}"),
        ("", ""),
        ("  \n \n", ""),
        ("שלום לכולם היום", "שלום לכולם היום"),
        ("🕊️🕊️🕊️🕊️\nTre\u0302ve et paix", "Tre\u0302ve et paix"),
    ],
)
def test_the_first_line_that_reads(text: str, title: str) -> None:
    assert propose_title(text) == title


def test_a_long_line_is_cut_at_a_word() -> None:
    title = propose_title("mot, " * 60)
    assert len(title) <= 120
    assert title.endswith("mot…")


def test_a_line_without_blanks_is_cut_all_the_same() -> None:
    assert len(propose_title("très-" * 100 + " long")) == 120


@given(st.text())
def test_a_title_is_one_short_line_without_outer_blanks(text: str) -> None:
    title = propose_title(text)
    assert len(title) <= 120 and "\n" not in title and title == title.strip()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La ministre a dit que les soldats ne sont pas au front, et que la trêve tient.", "fr"),
        ("The minister said that the soldiers are not at the front and the truce holds.", "en"),
        ("שלום לכולם", None),
        ("1234 🕊️", None),
        ("", None),
        ("Die Ministerin sagte, der Waffenstillstand halte weiter an.", None),
    ],
)
def test_the_language_is_guessed_or_left_open(text: str, lang: str | None) -> None:
    assert guess_language(text) == lang
