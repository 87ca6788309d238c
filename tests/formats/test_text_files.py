import codecs

import pytest

from annotator.errors import UserError
from annotator.formats import text_files
from annotator.formats.text_files import decode

FRENCH = (
    "« Nous voulons un cessez-le-feu », a déclaré la ministre de la Défense à l’issue du sommet.\n"
    "Les alliés, réunis à huis clos, n’ont pas répondu : « c’est trop tôt », selon une source.\n"
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("utf-32"), "utf-32-le"),
        (FRENCH.encode("cp1252"), "cp1252"),
        (FRENCH.encode("mac_roman"), "mac_roman"),
    ],
)
def test_each_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    assert decode(data) == text_files.Decoded(FRENCH, encoding)


def test_latin_1_gives_its_letters() -> None:
    text = FRENCH.replace("’", "'")
    assert decode(text.encode("latin-1")).text == text


def test_the_text_policy_is_applied() -> None:
    data = "Un\r\ndeux\rtrois\u2028quatre\u0085cinq\x0bsix\x0csept \0 huit\n".encode()
    text = decode(data + b"mots " * 20).text
    assert text.startswith("Un\ndeux\ntrois\nquatre\ncinq\nsix\nsept \ufffd huit\n")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
def test_one_nul_in_a_short_text_is_no_sign_of_a_binary_file(encoding: str) -> None:
    data = "La trêve\0 a été signée.".encode(encoding)
    assert decode(data).text == "La trêve\ufffd a été signée."


def test_nothing_else_is_touched() -> None:
    text = "  \u00a0« E\u0301te\u0301 » \u202f🕊️ \ufeff inside\t\n\n "
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (codecs.BOM_UTF8, "it is empty"),
        (codecs.BOM_UTF16_LE, "it is empty"),
        (b" \n\t\r\n", "it is empty"),
        ("\u00a0\u200b\ufeff\n".encode(), "it is empty"),
        (bytes(range(256)), "it is binary"),
        (b"\0" * 1000, "it is binary"),
        (b"\x7fELF\x02\x01", "it is a program"),
        (b"%PDF-1.7 some words", "it is a PDF"),
        (b"PK\x03\x04 some words", "it is a zip"),
        ("sans marque".encode("utf-16-le"), "it is binary"),
        (codecs.BOM_UTF16_LE + b"a\0b", "UTF-16-LE"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8", "UTF-16-LE"),
        (codecs.BOM_UTF8 + b"caf\xe9", "UTF-8"),
        ("Привет, как дела у тебя сегодня вечером".encode("cp1251"), "its encoding"),
        ("停戦について話しました。".encode("shift_jis") * 5, "its encoding"),
        (b"x" * (text_files.LARGEST + 1), "10 MB"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        decode(data)
