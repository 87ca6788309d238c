"""Sentences of a text by rules: no line is crossed, and what is uncertain is not parted.

Made for sentences that nobody marked and for words around a statement: there a sentence too long
does less harm than half of one.
"""

import re

from annotator.domain.spans import Span
from annotator.domain.text import paragraphs, trimmed

# The end of a sentence with the quotation marks and brackets that close behind it; a French one
# stands after a no-break space. Those of Chinese and Japanese need no blank after them.
_END = re.compile(
    r"(?P<end>[.!?\u2026\u061f\u06d4\u0964\u203c-\u2049]+)"
    r"(?P<close>(?:[ \u00a0\u202f]?\u00bb|[\"'\u2019\u201d)\]])*)(?=\s|$)"
    r"|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\uff09]*"
)
_LAST_WORD = re.compile(r"[^\W\d_](?:[\w.\u2019'-]*)$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")  # J, J.-P, U.S

_COMMON = frozenset("cf dr st vs vol art fig ed etc p pp approx".split())
_ABBREVIATIONS = {
    "fr": _COMMON
    | frozenset("m mm mme mmes mlle mlles me mgr pr ste av bd env hab tél réf".split()),
    "en": _COMMON
    | frozenset(
        "mr mrs ms prof gen col lt sgt capt maj adm cmdr rep sen gov pres rev hon jr sr messrs"
        " jan feb mar apr jun jul aug sept sep oct nov dec".split()
    ),
}
_ANY = frozenset[str]().union(*_ABBREVIATIONS.values())


def sentences(text: str, lang: str | None = None) -> list[Span]:
    """Return the spans of the sentences of `text` in order, without outer blanks.

    `lang` says whose abbreviations end no sentence (“M. Pell”, “Mr. Pell”): fr, en, or all of them.
    """
    known = _ABBREVIATIONS.get((lang or "").split("-")[0], _ANY)
    found: list[Span] = []
    for line in paragraphs(text):
        start = line.start
        for match in _END.finditer(text, line.start, line.end):
            if _parts(match, text, line, known):
                found += _spans(start, match.end(), text)
                start = match.end()
        found += _spans(start, line.end, text)
    return found


def _spans(start: int, end: int, text: str) -> list[Span]:
    span = trimmed(Span(start, end), text) if start < end else None
    # What holds no letter or digit belongs to no sentence (rules, bullets, “#}”).
    return [span] if span is not None and any(map(str.isalnum, span.of(text))) else []


def _parts(match: re.Match[str], text: str, line: Span, abbreviations: frozenset[str]) -> bool:
    """Tell whether a sentence ends here."""
    after = text[match.end() : line.end].lstrip()
    if not after or match["end"] is None:
        return True
    first = next((c for c in after if c.isalnum()), "")
    if first.islower() and after[0] not in "-\u2013\u2014\u2022":
        return False  # “Oui !” a-t-il dit; 3 p.m. on
    if match["end"] != "." or match["close"]:
        return True
    word = _LAST_WORD.search(text, line.start, match.start("end"))
    if word is None:
        return True
    return not _INITIALS.fullmatch(word[0]) and word[0].casefold() not in abbreviations
