"""Sentences of a text, by punctuation; a line break always ends one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from annotator.domain.spans import Span
from annotator.domain.text import paragraphs, trimmed

# What ends a sentence, with the quotation marks and brackets that close after it. A French one
# closes after a (narrow) no-break space; Chinese and Japanese leave no blank.
_END = re.compile(
    r"[.!?…\u061f\u06d4]+(?:[ \u00a0\u202f]?»|[\"'”’)\]])*(?=\s)"
    r"|[\u3002\uff01\uff1f]+[\u300d\u300f”’\uff09]*"
)
# Words that keep their full stop inside a sentence; single letters are initials.
_SHORT = frozenset(
    "m mm mme mlle mgr me dr pr st ste mr mrs ms prof sen rep gov gen gén col lt capt cf etc env"
    " no vs inc ltd co jr sr art av al p pp vol jan feb aug sept oct nov dec janv févr juil déc"
    " u.s u.k u.n e.g i.e p.-s".split()
)
_start, _end = attrgetter("start"), attrgetter("end")

_LAST_WORD = re.compile(r"[^\s«“‘(\[\"]+$")


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text` in order, without outer blanks."""
    found: list[Span] = []
    for line in paragraphs(text):
        start = line.start
        for match in _END.finditer(text, line.start, line.end):
            if _goes_on(text, match, line.end):
                continue
            found += _sentence(start, match.end(), text)
            start = match.end()
        if start < line.end:
            found += _sentence(start, line.end, text)
    return found


def around(span: Span, of: Sequence[Span], more: int = 0) -> Span:
    """Return the sentences among `of` that `span` touches, and `more` on either side, as one span.

    What `span` holds outside every sentence belongs to it too.
    """
    first = bisect_right(of, span.start, key=_end)
    last = bisect_left(of, span.end, key=_start) - 1
    if first > last:  # it touches none
        return span
    low, high = of[max(0, first - more)], of[min(len(of) - 1, last + more)]
    return Span(min(low.start, span.start), max(high.end, span.end))


def _sentence(start: int, end: int, text: str) -> list[Span]:
    span = trimmed(Span(start, end), text)
    return [] if span is None else [span]


def _goes_on(text: str, match: re.Match[str], line_end: int) -> bool:
    """Tell whether the sentence goes on after what may have ended it."""
    following = text[match.end() : line_end].lstrip()
    if following[:1].islower():
        return True
    if match[0] != ".":
        return False
    word = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
    if word is None:
        return False
    short = word[0].casefold()
    return short in _SHORT or (len(word[0]) == 1 and word[0].isupper())
