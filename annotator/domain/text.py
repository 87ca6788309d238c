"""The text policy, and what is read off a text: words, title, language, folded form."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from annotator.domain.spans import Span

_LINE_ENDS = ("\r\n", *"\r\u2028\u2029\u0085\v\f")  # the pair first
# NUL ends a C string; Qt uses U+FDD0 and U+FDD1 as frame marks inside a document.
_UNHOLDABLE = "\0\ufdd0\ufdd1"

# A word holds letters, digits and marks: accents, and the vowel signs of Hebrew and Arabic, which
# \w leaves out. Hyphens bind it (cessez-le-feu), soft ones too.
_PART = (
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c]++"
)
_WORD = re.compile(rf"{_PART}(?:[-\u00ad\u2010\u2011]{_PART})*+")
# In English an apostrophe binds too (don't); in French it parts (l'entrée).
_WORD_EN = re.compile(rf"{_PART}(?:[-\u00ad\u2010\u2011'\u2019]{_PART})*+")

_TITLE_LENGTH = 120

_FUNCTION_WORDS = {
    "fr": frozenset(
        "le la les des du un une et est que qui dans pour sur pas au aux par avec il elle".split()
    ),
    "en": frozenset(
        "the of and to in is that for on with was as by at it he she this are be has not".split()
    ),
}


def normalise(text: str) -> str:
    """Return `text` as it is stored: without BOM, line ends as LF, unholdable characters replaced.

    Nothing else is touched: no Unicode normalisation, no trimming. Idempotent.
    """
    text = text.lstrip("\ufeff") if text.startswith("\ufeff") else text
    for end in _LINE_ENDS:  # one by one: a tenth of the time of an expression for all
        text = text.replace(end, "\n")
    for char in _UNHOLDABLE:
        text = text.replace(char, "\ufffd")
    return text


def sha256(text: str) -> str:
    """Return the hex SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def words(text: str, lang: str | None = None) -> list[Span]:
    """Return the spans of the words of `text` in order."""
    pattern = _WORD_EN if lang == "en" else _WORD
    return [Span(m.start(), m.end()) for m in pattern.finditer(text)]


def word_list(text: str) -> list[str]:
    """Return the words of `text` in order, in a fraction of the time that their spans take."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Return the number of words of `text`."""
    return len(word_list(text))


def trimmed(span: Span, text: str) -> Span | None:
    """Return `span` without outer blanks, or None when it holds nothing but blanks."""
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def snapped(span: Span, text: str, lang: str | None = None) -> Span | None:
    """Return `span` widened to whole words and without outer blanks; None when blank.

    Only words that the span cuts are completed; a quotation mark beside them is not taken in.
    """
    found = trimmed(span, text)
    if found is None:
        return None
    # A word never crosses a line, so only the lines of the span are searched.
    low = text.rfind("\n", 0, found.start) + 1
    high = text.find("\n", found.end)
    high = len(text) if high < 0 else high
    pattern = _WORD_EN if lang == "en" else _WORD
    start, end = found.start, found.end
    for match in pattern.finditer(text, low, high):
        if match.start() < found.start < match.end():
            start = match.start()
        if match.start() < found.end < match.end():
            end = match.end()
    return Span(start, end)


def edge_by_word(
    span: Span, at_end: bool, step: int, text: str, lang: str | None = None
) -> Span | None:
    """Return `span` with its end (or start) moved to the next (1) or previous (-1) word's edge.

    None when there is no such edge, or nothing would be left.
    """
    at = span.end if at_end else span.start
    # A word's edge is never far away; the whole of a long text is not searched.
    low, high = max(0, at - 2000), min(len(text), at + 2000)
    edges = [low + (w.end if at_end else w.start) for w in words(text[low:high], lang)]
    beyond = [e for e in edges if e > at] if step > 0 else [e for e in edges if e < at][::-1]
    return _with_edge(span, at_end, beyond[0], text) if beyond else None


def edge_by_character(span: Span, at_end: bool, step: int, text: str) -> Span | None:
    """Return `span` with its end (or start) moved by `step` code points, if that leaves a span."""
    return _with_edge(span, at_end, (span.end if at_end else span.start) + step, text)


def _with_edge(span: Span, at_end: bool, edge: int, text: str) -> Span | None:
    start, end = (span.start, edge) if at_end else (edge, span.end)
    return Span(start, end) if 0 <= start < end <= len(text) else None


def fold(text: str) -> str:
    """Return `text` without accents and case, for comparing and searching."""
    return fold_with_map(text)[0] if not text.isascii() else text.casefold()


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, its position in `text`.

    The map has one more entry than the folded text: the length of `text`.
    """
    folded: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        for part in _folded(char):
            folded.append(part)
            origin.append(position)
    origin.append(len(text))
    return "".join(folded), origin


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    # Taking compatibility characters apart can bring capitals to light (a bold A, a TEL sign).
    parts = unicodedata.normalize("NFKD", char.casefold()).casefold()
    plain = [p for p in unicodedata.normalize("NFKD", parts) if not unicodedata.combining(p)]
    return "".join("'" if p in "\u2019\u02bc" else p for p in plain)


def occurrences(query: str, text: str) -> list[Span]:
    """Return where `query` occurs in `text`, accents and case aside, in order, not overlapping.

    Accents written as characters of their own belong to the letter before them.
    """
    needle = fold(query)
    if not needle:
        return []
    hay, origin = fold_with_map(text)
    found: list[Span] = []
    at = hay.find(needle)
    while at >= 0:
        end = at + len(needle)
        found.append(Span(origin[at], max(origin[end - 1] + 1, origin[end])))
        at = hay.find(needle, at + len(needle))
    return [span for i, span in enumerate(found) if i == 0 or found[i - 1].end <= span.start]


def propose_title(text: str) -> str:
    """Return the first line that reads like words, cut at a word to at most 120 code points.

    Template debris (`#}`, rules, bullets) is passed over; the title is empty if no line reads.
    """
    for line in text.split("\n"):
        line = line.strip()
        if len(_WORD.findall(line)) >= 2 and sum(map(str.isalpha, line)) * 2 >= len(line):
            return _shortened(line)
    return _shortened(text.strip().split("\n")[0].strip())


def _shortened(line: str) -> str:
    if len(line) <= _TITLE_LENGTH:
        return line
    cut = line.rfind(" ", 0, _TITLE_LENGTH - 1)
    return line[: cut if cut > _TITLE_LENGTH // 2 else _TITLE_LENGTH - 1].rstrip(" ,;:") + "…"


def guess_language(text: str) -> str | None:
    """Return `fr` or `en` by the share of function words, or None when neither stands out."""
    seen = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    scores = {lang: sum(w in known for w in seen) for lang, known in _FUNCTION_WORDS.items()}
    best = max(scores, key=lambda lang: scores[lang])
    rest = max((n for lang, n in scores.items() if lang != best), default=0)
    return best if scores[best] > 2 * rest and scores[best] * 20 >= len(seen) else None


def context(span: Span, text: str, width: int = 32) -> tuple[str, str]:
    """Return up to `width` code points before and after `span`."""
    return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the non-blank lines of `text`."""
    ends = [-1, *(m.start() for m in re.finditer("\n", text)), len(text)]
    lines = [(a + 1, b) for a, b in pairwise(ends)]
    return [Span(a, b) for a, b in lines if text[a:b].strip()]
