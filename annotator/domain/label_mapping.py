"""What the labels of another program become here: a goal for each of theirs.

A goal is written `target:ceasefire`, `stance:favor`, `target:ceasefire,stance:favor`,
`confidence:low`, `flag:truncated`, or one of the words of `ROLES`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from annotator.domain.codebook import Choice, Codebook
from annotator.domain.text import fold
from annotator.errors import UserError

Role = Literal["", "statement", "mention", "cue", "condition", "piece", "linked", "none"]

ROLES: tuple[Role, ...] = get_args(Role)[1:]
PARTS: tuple[Role, ...] = ("mention", "cue", "condition")  # words that belong to a statement

_WORD = re.compile(r"[^\W_]+")
_CLOSE = 0.86  # of difflib's ratio: one slip in a word of seven letters
# What other programs and people call the usual stances and the words beside a statement.
_STANCES = {
    "favor": "favour favorable pro support supports for pour positive",
    "against": "anti contra contre oppose opposes opposed negative defavorable",
    "neutral": "neutre none",
    "unclear": "unknown unsure indetermine",
}
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys("speaker source holder locuteur mention who actor".split(), "mention"),
    **dict.fromkeys("cue verb verbe".split(), "cue"),
    **dict.fromkeys(("condition span", "condition"), "condition"),
    **dict.fromkeys("statement content claim enonce declaration open".split(), "statement"),
    # the words a label of that name marks are about some target, or take some stance
    **dict.fromkeys("target cible topic stance position opinion".split(), "statement"),
    "open open": "statement",  # what the program's own exports say where nothing is chosen
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What one of their labels becomes: choices of the codebook, or a role.

    `values` are pairs of a group (`target`, `stance`, `flag` or an attribute's id) and a choice.
    """

    values: tuple[tuple[str, str], ...] = ()
    role: Role = ""

    def __str__(self) -> str:
        return self.role or ",".join(f"{group}:{choice}" for group, choice in self.values)

    def value(self, group: str) -> str | None:
        """Return the choice for `group`, if it gives one."""
        return next((choice for name, choice in self.values if name == group), None)


NONE = Goal(role="none")
LINKED = Goal(role="linked")


def parse(words: str, codebook: Codebook) -> Goal:
    """Return the goal that `words` say; UserError when the codebook does not have it."""
    plain = words.strip()
    if plain in ROLES:
        return Goal(role=next(role for role in ROLES if role == plain))
    values: list[tuple[str, str]] = []
    for part in plain.split(","):
        group, _, choice = (piece.strip() for piece in part.partition(":"))
        known = {c.id for g, c in codebook.all_choices() if g == group}
        if choice not in known:
            groups = list(dict.fromkeys(g for g, _ in codebook.all_choices()))
            if not known:
                raise UserError(
                    f"“{part.strip()}” is nothing a label can become; say {', '.join(ROLES)}, or"
                    f" one of {', '.join(f'{g}:…' for g in groups)}."
                )
            raise UserError(
                f"The codebook has no {group} “{choice}”; it has {', '.join(sorted(known))}."
            )
        if group != "flag" and any(name == group for name, _ in values):
            raise UserError(f"“{plain}” gives two choices for {group}; give one.")
        values.append((group, choice))
    return Goal(tuple(values))


def suggestion(label: str, codebook: Codebook) -> Goal | None:
    """Return what a label of theirs most likely becomes, by its name; None when nothing is alike.

    `label` may be a name and a value, `stance=pour`. Ids and names in every language count.
    """
    name, sign, value = label.partition("=")
    if sign:
        return _of_choice(name, value, codebook)
    heard = _words(label)
    if heard in _ROLES:
        return Goal(role=_ROLES[heard])
    values = [
        (group, found)
        for group, choices in (("target", codebook.targets), ("stance", codebook.stances))
        if (found := _heard_in(heard, choices, synonyms=group == "stance"))
    ]
    if values:
        return Goal(tuple(values))
    for attribute in codebook.attributes:
        exact = next((c.id for c in attribute.choices if heard in _called(c)), None)
        if exact is not None and exact != "none":
            return Goal(((attribute.id, exact),))
    flag = next((f.id for f in codebook.flags if heard in _called(f)), None)
    return Goal((("flag", flag),)) if flag is not None else None


def relation_suggestion(label: str) -> Goal:
    """Return what a relation most likely says: which part it leads to, or that it joins."""
    for word in _words(label).split():
        role = "piece" if word == "piece" else _ROLES.get(word, "")
        if role == "piece" or role in PARTS:
            return Goal(role=role)
    return LINKED


def _of_choice(name: str, value: str, codebook: Codebook) -> Goal | None:
    """Return what a named choice of theirs becomes: within the group of that name alone."""
    heard, wanted = _words(name.removeprefix("attribute_")), _words(value)
    groups: dict[str, tuple[tuple[Choice, ...], set[str]]] = {
        "target": (codebook.targets, {"target", "cible", "topic"}),
        "stance": (codebook.stances, {"stance", "position", "polarity"}),
        "flag": (codebook.flags, {"flag", "flags"}),
    }
    for attribute in codebook.attributes:
        names = {_words(attribute.id), *map(_words, attribute.name.values())}
        groups[attribute.id] = (attribute.choices, names)
    for group, (choices, names) in groups.items():
        if heard in names:
            found = _heard_in(wanted, choices, synonyms=group == "stance")
            return Goal(((group, found),)) if found else None
    flag = next((f.id for f in codebook.flags if heard in _called(f)), None)
    return Goal((("flag", flag),)) if flag and wanted in ("yes", "true", "oui", "1") else None


def _heard_in(heard: str, choices: tuple[Choice, ...], *, synonyms: bool) -> str | None:
    """Return the id of the choice whose name stands in `heard`, the longest name first."""
    called = {name: c.id for c in choices for name in _called(c, synonyms=synonyms)}
    for name in sorted(called, key=len, reverse=True):
        if f" {name} " in f" {heard} ":
            return called[name]
    close = get_close_matches(heard, called, 1, cutoff=_CLOSE)
    return called[close[0]] if close else None


def _called(choice: Choice, *, synonyms: bool = False) -> Iterator[str]:
    names = [choice.id, *choice.name.values()]
    if synonyms:
        names += _STANCES.get(choice.id, "").split()
    return (plain for name in names if (plain := _words(name)))


def _words(name: str) -> str:
    """Return the words of a name, folded, one blank between: “Cessez-le-feu” is “cessez le feu”."""
    # a capital inside a word begins another: TroopDeployment
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(_WORD.findall(fold(parted)))
