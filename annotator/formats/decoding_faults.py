"""What msgspec says of a value that is not as it should be, in words for who wrote the file."""

import re

import msgspec

_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`(?P<at> - at .*)?")
_EXPECTED = re.compile(
    r"Expected `(?P<wanted>[^`]*)`(?: of length (?P<length>\d+))?(?:, got `(?P<got>[^`]*)`)?"
    r"(?P<at> - at .*)?"
)
_BYTE = re.compile(r"\(byte (\d+)\)")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a decimal number",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object {…}",
}


def clause(error: msgspec.DecodeError | UnicodeDecodeError | RecursionError) -> str:
    """Return what is wrong, where, and what to do, as a clause about “it”."""
    said = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply; export it anew"
    if isinstance(error, UnicodeDecodeError) or "utf-8" in said.lower():
        return "it is not UTF-8; save it as UTF-8"
    if isinstance(error, msgspec.ValidationError):
        return f"{_invalid(said)}; correct it or export it anew"
    if said == "Input data was truncated":
        return "it is cut short; copy the whole file or export it anew"
    place = _BYTE.search(said)
    where = f" from byte {place[1]} on" if place else ""
    return f"it is not JSON{where}; give a file as an export writes it"


def _invalid(said: str) -> str:
    if found := _MISSING.fullmatch(said):
        place = _place(found["at"])
        return f"{'its ' + place if place else 'it'} has no “{found['field']}”"
    if found := _EXPECTED.fullmatch(said):
        place = _place(found["at"])
        wanted, got = _kinds(found["wanted"]), _kinds(found["got"])
        if found["length"]:
            wanted += f" of {found['length']}"
        instead = f", not {got}" if got else ""
        return f"{'its ' + place if place else 'it'} should be {wanted}{instead}"
    return said[:1].lower() + said[1:]


def _kinds(names: str | None) -> str:
    parts = (names or "").split(" | ")
    return " or ".join(_WORDS.get(part, part) for part in parts)


def _place(at: str | None) -> str:
    path = (at or "").removeprefix(" - at `$").removesuffix("`").lstrip(".")
    return f"“{path}”" if path else ""
