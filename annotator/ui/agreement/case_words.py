"""What each annotator says in a case, and which cases a filter lets through. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from annotator.domain import codebook as codebooks
from annotator.domain.codebook import Codebook
from annotator.services.disagreeing import AGREED, Listed
from annotator.ui.agreement import saying

if TYPE_CHECKING:
    from annotator.domain.agreement.values import Coded

Style = Literal["context", "words", "some"]

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Said:
    """What some annotators say alike: their names, and the words with the shape of a stance."""

    people: str
    words: str
    symbol: str = ""

    @property
    def line(self) -> str:
        """The same as text."""
        return f"{self.people} {self.symbol} {self.words}" if self.symbol else self.plain

    @property
    def plain(self) -> str:
        """The same without the shape."""
        return f"{self.people} {self.words}"


@dataclass(frozen=True, slots=True)
class Wording:
    """What words a list needs: the codebook in one language, names of ids, short names too."""

    codebook: Codebook
    lang: str
    people: Mapping[int, str]
    speakers: Mapping[int, str]
    short: Mapping[int, str] = field(default_factory=dict)

    def kind(self, case: Listed) -> str:
        """Return what a case is about."""
        if case.attribute is not None:
            return self.attribute(case.attribute)
        return self.kind_of(case.kind)

    def kind_of(self, kind: str) -> str:
        """Return what a kind of disagreement is called."""
        if kind == "found" and len(self.people) > 2:
            return "Not found by all"
        return saying.KINDS[kind]

    def attribute(self, attribute_id: str) -> str:
        """Return what an attribute is called."""
        found = self.codebook.attribute(attribute_id)
        return codebooks.words(found.name, self.lang) if found is not None else attribute_id

    def said(self, case: Listed, *, short: bool = False) -> list[Said]:
        """Return what the annotators say, those who say the same together."""
        names = self.short if short else self.people
        named = saying.some_of if short else saying.listed
        groups: dict[tuple[str, str, object], list[str]] = {}
        say = self._sayer(case)
        order = {id_: at for at, id_ in enumerate(self.people)}
        both = zip(case.rows, case.lengths, strict=True)
        for row, length in sorted(both, key=lambda one: order.get(one[0].annotator, -1)):
            alike: object = None
            words, symbol = say(row)
            if case.kind == "boundary":
                words, symbol, alike = saying.counted(length, "word", "words"), "", row.pieces
            groups.setdefault((words, symbol, alike), []).append(names.get(row.annotator, "?"))
        found = [
            Said(named(list(dict.fromkeys(some))), words, symbol)
            for (words, symbol, _), some in groups.items()
        ]
        if case.missing:
            found.append(Said(named([names.get(id_, "?") for id_ in case.missing]), NOTHING))
        return found

    def _sayer(self, case: Listed) -> "Callable[[Coded], tuple[str, str]]":
        if case.attribute is not None:
            return lambda row: (self._choice(case.attribute or "", row), "")
        return {
            "found": self._target_and_stance,
            "boundary": self._target_and_stance,
            "speaker": self._speaker,
            "target": self._target,
            "stance": self._stance,
            "source_chain": self._chain,
            AGREED: self._target_and_stance,
        }[case.kind]

    def _stance(self, row: "Coded") -> tuple[str, str]:
        found = self.codebook.stance(row.stance)
        if found is None:
            return row.stance or NOTHING, ""
        return codebooks.words(found.name, self.lang), found.symbol or ""

    def _target(self, row: "Coded") -> tuple[str, str]:
        found = self.codebook.target(row.target)
        words = codebooks.words(found.name, self.lang) if found else row.target or NOTHING
        return words, ""

    def _target_and_stance(self, row: "Coded") -> tuple[str, str]:
        stance, symbol = self._stance(row)
        return f"{stance} · {self._target(row)[0]}", symbol

    def _speaker(self, row: "Coded") -> tuple[str, str]:
        return self._named(row.speaker), ""

    def _chain(self, row: "Coded") -> tuple[str, str]:
        return " > ".join(map(self._named, row.chain)) or "no chain", ""

    def _choice(self, attribute_id: str, row: "Coded") -> str:
        attribute = self.codebook.attribute(attribute_id)
        value = row.attributes.get(attribute_id)
        found = attribute.choice(value) if attribute and value else None
        return codebooks.words(found.name, self.lang) if found else value or NOTHING

    def _named(self, speaker: int | None) -> str:
        return NOTHING if speaker is None else self.speakers.get(speaker, "?")


def key_of(case: Listed) -> str:
    """Return by which pill a case is let through: its kind, or `attribute:ID`."""
    return f"attribute:{case.attribute}" if case.attribute else case.kind


def inside(case: Listed, kind: str, key: object) -> bool:
    """Tell whether a case belongs to a part: a target, speaker, article or pair of annotators."""
    if kind == "article":
        return case.article == key
    if kind == "pair":
        involved = {*case.missing, *(row.annotator for row in case.rows)}
        return isinstance(key, tuple) and involved >= set(key)
    return any(getattr(row, kind) == key for row in case.rows)


def excerpt(case: Listed, room: int) -> list[tuple[str, Style]]:
    """Return the words of a case in their context, in about `room` characters.

    What only some statements hold is kept in view: of words that are too long, the middle goes.
    """
    words = _parts(case)
    size = sum(len(part) for part, _ in words)
    if size > room:
        each = max(12, room // len(words))
        return [(_middle_cut(part, each), style) for part, style in words]
    spare = room - size
    before = case.before[-(spare // 3) :] if len(case.before) > spare // 3 else case.before
    if before != case.before:
        before = "…" + before[before.find(" ") :] if " " in before else ""
    return [(before, "context"), *words, (case.after, "context")]


def _parts(case: Listed) -> list[tuple[str, Style]]:
    words, common = case.words, case.common
    if case.kind != "boundary" or common is None:
        return [(words, "words")]
    found: list[tuple[str, Style]] = [
        (words[: common.start], "some"),
        (words[common.start : common.end], "words"),
        (words[common.end :], "some"),
    ]
    return [(part, style) for part, style in found if part]


def _middle_cut(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    half = room // 2
    first, last = words[:half], words[-half:]
    # cut between words, unless a word takes up all the room
    first = first.rpartition(" ")[0] or first
    last = last.partition(" ")[2] or last
    return f"{first.rstrip()} … {last.lstrip()}"
