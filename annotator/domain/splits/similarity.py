"""How much of their words two texts share, and from where on they are near-identical.

Texts are compared as multisets of folded words: case, accents, quotation marks, punctuation,
blanks and the order of words do not count. With `shared` words in common, of `shorter` and
`longer` words, the similarity is Tversky's ratio (1977, Features of similarity, Psychological
Review 84: 327-352), with the words that only the shorter one has in full and those that only
the longer one has by a quarter:

    shared / (shorter + (longer - shared) / 4)

With both in full it would be the resemblance of Broder (1997, On the resemblance and containment
of documents), Jaccard's index; with the longer one's not at all, his containment. Between the two
it finds both twins: the same length with other words here and there, and the short text repeated
in one up to 3.7 times as long. What shares fewer than `SUBSTANCE` words counts for less in
proportion: "a ceasefire" and "an immediate ceasefire" are phrases of the field, not a repeat.
"""

from collections import Counter
from functools import lru_cache

import regex

from annotator.domain import text as texts

THRESHOLD = 0.6  # docs/decisions/12-splits.md says why
SUBSTANCE = 5  # words shared from which on a similarity counts in full
OUTSIDE = 0.25  # what a word counts that only the longer text has

# scripts that put no blanks between words: each character stands for itself
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|"
    r"[^\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": None})


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, sorted; of a text without any, its characters as one."""
    found = [part for word in texts.word_list(text) for part in _parts(word)]
    if not found:
        found = ["".join(texts.fold(text).split())]
    return tuple(sorted(filter(None, found)))


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[str, ...]:
    plain = texts.fold(word).translate(_HYPHENS)
    return (plain,) if plain.isascii() else tuple(_UNSPACED.findall(plain))


def similarity(one: str, other: str) -> float:
    """Return how similar two texts are, 0 to 1; symmetric, 1 for the same words."""
    a, b = words(one), words(other)
    if a == b:
        return 1.0
    shared = (Counter(a) & Counter(b)).total()
    shorter, longer = sorted((len(a), len(b)))
    return shared / (shorter + OUTSIDE * (longer - shared)) * min(1.0, shared / SUBSTANCE)
