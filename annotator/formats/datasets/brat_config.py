"""The words that brat knows a codebook's ids by, and annotation.conf, which lists them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.codebook import Codebook

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a statement beside its content: its type, and the relation that leads to it."""

    entity: str
    relation: str


MARKS = (
    Mark("Mention", "has_mention"),
    Mark("Cue", "has_cue"),
    Mark("Condition", "has_condition"),
)
OPEN = "Open"  # the type of a statement whose target is not chosen


class Vocabulary:
    """Ids as words that brat can read; two ids that would be one word are told apart."""

    def __init__(self, codebook: Codebook) -> None:
        self._words: dict[tuple[str, str], str] = {}
        taken = {OPEN, *(mark.entity for mark in MARKS), *(mark.relation for mark in MARKS)}
        names = [*(("target", t.id) for t in codebook.targets), ("attribute", "stance")]
        names += [("attribute", attribute.id) for attribute in codebook.attributes]
        names += [("flag", flag.id) for flag in codebook.flags]
        self._add(names, taken)
        self._add((("stance", stance.id) for stance in codebook.stances), set())
        for attribute in codebook.attributes:
            self._add(((attribute.id, choice.id) for choice in attribute.choices), set())

    def word(self, group: str, id_: str | None) -> str:
        """Return the word of an id of a group: target, attribute, flag, or one's choices."""
        return OPEN if id_ is None else self._words.get((group, id_)) or _plain(id_)

    def _add(self, names: Iterable[tuple[str, str]], taken: set[str]) -> None:
        for group, id_ in names:
            word, number = _plain(id_), 2
            while word in taken:
                word, number = f"{_plain(id_)}-{number}", number + 1
            taken.add(word)
            self._words[group, id_] = word


def config(codebook: Codebook, vocabulary: Vocabulary) -> str:
    """Return the text of annotation.conf."""
    word = vocabulary.word
    targets = [word("target", target.id) for target in codebook.targets]
    contents = "|".join([*targets, OPEN])
    choices = {"stance": codebook.stances, **{a.id: a.choices for a in codebook.attributes}}
    lines = ["[entities]", *targets, OPEN, *(mark.entity for mark in MARKS), "", "[relations]"]
    lines += [f"{mark.relation} Arg1:{contents}, Arg2:{mark.entity}" for mark in MARKS]
    lines += ["<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", ""]
    lines += ["[attributes]"]
    for name, offered in choices.items():
        values = "|".join(word(name, choice.id) for choice in offered)
        lines.append(f"{word('attribute', name)} Arg:{contents}, Value:{values}")
    lines += [f"{word('flag', flag.id)} Arg:{contents}" for flag in codebook.flags]
    return "\n".join(lines) + "\n"


def _plain(id_: str) -> str:
    return _FORBIDDEN.sub("_", id_) or "_"
