"""Which ruling of the codebook fits a case: one that a note names, or one about the same words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

from annotator.domain.codebook import Codebook, Ruling, words
from annotator.domain.text import fold

_NAMED = re.compile(r"\b(?:ruling|règle|regle|arbitrage)\s+(\d{1,2})\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“«]([^”»]+)[”»]")
_SHORTEST = 4  # letters of a word that says something
_STEM = 6  # letters that are compared
_ENOUGH = 4.0


def fitting(
    codebook: Codebook, notes: Iterable[str], content: str, lang: str | None
) -> tuple[int, Ruling] | None:
    """Return the ruling for `content` with its number from 1; None when none is near."""
    for note in notes:
        named = _NAMED.search(note)
        if named is not None and 0 < int(named[1]) <= len(codebook.rulings):
            return int(named[1]), codebook.rulings[int(named[1]) - 1]
    every = [_stems(_example(ruling, lang or "en")) for ruling in codebook.rulings]
    seen = Counter(stem for stems in every for stem in stems)
    mine = _stems(content)
    scores = [_score(mine & stems, len(every), seen) for stems in every]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    return best + 1, codebook.rulings[best]


def _score(shared: frozenset[str], count: int, seen: Counter[str]) -> float:
    """Return how much the shared words tell: rare ones more, one alone nothing."""
    return sum(log(count / seen[stem]) for stem in shared) if len(shared) > 1 else 0.0


def _example(ruling: Ruling, lang: str) -> str:
    """Return the title and the words that the ruling quotes; its reasons name other things too."""
    quoted = _QUOTED.findall(words(ruling.text, lang))
    return " ".join([words(ruling.title, lang), *quoted])


@lru_cache(maxsize=256)  # the rulings of a codebook, looked through at every case
def _stems(text: str) -> frozenset[str]:
    found: Sequence[str] = re.findall(r"\w+", fold(text))
    return frozenset(word[:_STEM] for word in found if len(word) >= _SHORTEST)
