"""Which speaker words name: exact names, aliases, and likely candidates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.records import Speaker, SpeakerType
from annotator.domain.text import fold, words

# Words that name somebody else in the next sentence; learning them as aliases would mislead.
_PRONOUNS = frozenset(
    "il elle ils elles on lui eux ce dernier derniere celui ci celle la je nous vous leur "
    "he she they it we i you him her them who latter former this that".split()
)
_TITLES = frozenset(
    "le la les l un une des du de d m mme mr mrs ms dr sir the a an of president presidente "
    "premier premiere ministre minister prime secretaire secretary general chef chancelier "
    "chancellor roi king porte-parole spokesman spokeswoman spokesperson leader dirigeant".split()
)
_NARRATORS = frozenset({"narrator", "narrateur", "narratrice", "journaliste", "journalist"})
_UNNAMED = ("source", "responsable", "official", "diplomat", "diplomate", "anonym")
_COLLECTIVE = ("allies", "allie", "pays", "countries", "coalition", "leaders", "dirigeants")
_GOVERNMENT = ("gouvernement", "government", "kremlin", "ministere", "ministry", "presidence")
_ORGANISATION = ("organisation", "organization", "union", "agence", "agency", "parti", "party")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker that words may name; `name` is the name or alias that fits, `strong` how well."""

    speaker: Speaker
    name: str
    strong: bool


def known_as(named: str, speakers: Sequence[Speaker]) -> list[Speaker]:
    """Return the speakers whose name or alias is just `named`, accents and case aside.

    A name counts before an alias: if any speaker is called so, those known so are left out.
    """
    wanted = fold(" ".join(named.split()))
    by_name = [s for s in speakers if fold(s.name) == wanted]
    return by_name or [s for s in speakers if wanted in {fold(a) for a in s.aliases}]


def candidates(
    typed: str, speakers: Sequence[Speaker], uses: Mapping[int, int], limit: int
) -> list[Candidate]:
    """Return who `typed` may mean, best first: starts, then words in common, then uses.

    With nothing typed, the most used speakers.
    """
    wanted = fold(" ".join(typed.split()))
    ranked: list[tuple[tuple[int, int, str], Candidate]] = []
    for speaker in speakers:
        best = max((_score(wanted, fold(n)), n) for n in (speaker.name, *speaker.aliases))
        if best[0] > 0 or not wanted:
            key = (-best[0], -uses.get(speaker.id, 0), speaker.name)
            ranked.append((key, Candidate(speaker, best[1], best[0] >= 3)))
    ranked.sort(key=lambda pair: pair[0])
    return [candidate for _, candidate in ranked[:limit]]


def names_nobody(named: str) -> bool:
    """Tell whether `named` is only pronouns, which mean somebody else elsewhere.

    A hyphen may tie them to a verb or to each other: a-t-elle, celui-ci.
    """
    tokens = _tokens(fold(named))
    return all(re.split("[-\u2010]", token)[-1] in _PRONOUNS for token in tokens)


def guess_type(name: str) -> SpeakerType:
    """Return the likely kind of a new speaker; a person when nothing says otherwise."""
    folded = fold(name)
    if folded in _NARRATORS:
        return "narrator"
    hints: tuple[tuple[tuple[str, ...], SpeakerType], ...] = (
        (_UNNAMED, "unnamed"),
        (_COLLECTIVE, "collective"),
        (_GOVERNMENT, "government"),
        (_ORGANISATION, "organisation"),
    )
    tokens = _tokens(folded)
    return next((k for stems, k in hints if any(t.startswith(stems) for t in tokens)), "person")


def _score(wanted: str, name: str) -> int:
    """4 equal, 3 one's telling words are all in the other, 2 a word starts so, 1 inside."""
    if not wanted:
        return 0
    if wanted == name:
        return 4
    mine, theirs = _tokens(wanted) - _TITLES, _tokens(name) - _TITLES
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return 3
    if name.startswith(wanted) or any(token.startswith(wanted) for token in _tokens(name)):
        return 2
    return 1 if wanted in name else 0


def _tokens(folded: str) -> set[str]:
    return {folded[w.start : w.end] for w in words(folded)}
