"""Which of many names a few typed letters mean, best first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")

# How well one typed word fits: the beginning of a name, of a word in it, letters inside a word,
# the first letters of several words ("nst" for "next statement"), or only what stands beside it.
_BEGINS, _WORD_BEGINS, _INSIDE, _INITIALS, _BESIDE = 10, 8, 4, 3, 1


@dataclass(frozen=True, slots=True)
class Item:
    """A name to be found, folded (no accents, no capitals), and words beside it that count less."""

    name: str
    beside: str = ""
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = tuple(match.start() for match in _WORD.finditer(self.name))
        object.__setattr__(self, "starts", found)


def ranked(query: str, items: Sequence[Item], order: Sequence[int] | None = None) -> list[int]:
    """Return the positions of the items that fit every word of `query` (folded), the best first.

    Among equals the smaller `order` comes first, then the shorter name, then the earlier one.
    """
    terms = query.split()
    found: list[tuple[int, int, int, int]] = []
    for at, item in enumerate(items):
        scores = [_score(term, item) for term in terms]
        if all(scores):
            found.append((-sum(scores), order[at] if order else 0, len(item.name), at))
    return [entry[-1] for entry in sorted(found)]


def _score(term: str, item: Item) -> int:
    """Return how well one typed word fits; 0 when it does not."""
    at = item.name.find(term)
    if at == 0:
        return _BEGINS
    while at > 0:
        if at in item.starts:
            return _WORD_BEGINS
        at = item.name.find(term, at + 1)
    if term in item.name:
        return _INSIDE
    if _from_word_to_word(term, item):
        return _INITIALS
    return _BESIDE if item.beside.startswith(term) else 0


def _from_word_to_word(term: str, item: Item) -> bool:
    """Tell whether each letter of `term` follows the one before or begins a later word."""
    name = item.name
    reached = {start for start in item.starts if name[start] == term[0]}
    for letter in term[1:]:
        if not reached:
            return False
        first = min(reached)
        next_in_word = {at + 1 for at in reached if name[at + 1 : at + 2] == letter}
        reached = next_in_word | {s for s in item.starts if s > first and name[s] == letter}
    return bool(reached)
