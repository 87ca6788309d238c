"""Plain values as YAML in blocks: all that the header of a card needs.

Every text is written as JSON writes it, which YAML reads as the same text.
"""

import json
import re
from collections.abc import Iterator, Mapping


def dump(value: object) -> str:
    """Return a mapping or list of mappings, lists, texts, numbers and None as YAML."""
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _under(f"{_text(key)}:", inner, indent="  ")
    elif isinstance(value, list) and value:
        for inner in value:
            first, *rest = _lines(inner)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _scalar(value)


def _under(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, (Mapping, list)) and value:
        yield head
        yield from (f"{indent}{line}" for line in _lines(value))
    else:
        yield f"{head} {_scalar(value)}"


def _text(value: object) -> str:
    """Return a text plain where nothing else could be meant, else in quotation marks."""
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)


def _quoted(text: str) -> str:
    # Escapes of JSON for what lies beyond U+FFFF are two, which YAML takes for two characters;
    # these are written as they are, and escaped is what YAML folds or refuses.
    return _ODD.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _scalar(value: object) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value)


# what YAML 1.1 takes for something else than a text
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_]*")
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
