"""The codebook: targets, stances, attributes and flags, with definitions, keys and colours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Names = Mapping[str, str]  # language -> words

HUES = ("blue", "orange", "green", "purple", "sky", "pink", "olive", "grey")
LINES = ("solid", "double", "dotted", "dashed")
# Keys of the program itself; a codebook that took one would make it unreachable.
RESERVED_KEYS = frozenset("BJKPRSTV?")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled example with the reason for its label."""

    text: Names
    note: Names


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen with one key."""

    id: str
    name: Names
    key: str | None = None
    definition: Names | None = None
    examples: tuple[Example, ...] = ()
    letter: str | None = None
    hue: str | None = None
    symbol: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further choice; `usual` is what one key fills in, never what is preselected."""

    id: str
    name: Names
    choices: tuple[Choice, ...]
    required: bool = False
    usual: str | None = None
    definition: Names | None = None

    def choice(self, value: str) -> Choice | None:
        """Return the choice whose id is `value`."""
        return next((c for c in self.choices if c.id == value), None)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decided boundary case."""

    title: Names
    text: Names


@dataclass(frozen=True, slots=True)
class Codebook:
    """One version of a project's codebook."""

    version: str
    name: Names
    targets: tuple[Choice, ...]
    stances: tuple[Choice, ...]
    attributes: tuple[Attribute, ...] = ()
    flags: tuple[Choice, ...] = ()
    content_rule: Names | None = None
    rulings: tuple[Ruling, ...] = ()

    def target(self, value: str | None) -> Choice | None:
        """Return the target whose id is `value`."""
        return next((t for t in self.targets if t.id == value), None)

    def stance(self, value: str | None) -> Choice | None:
        """Return the stance whose id is `value`."""
        return next((s for s in self.stances if s.id == value), None)

    def attribute(self, attribute_id: str) -> Attribute | None:
        """Return the attribute whose id is `attribute_id`."""
        return next((a for a in self.attributes if a.id == attribute_id), None)

    def all_choices(self) -> Iterator[tuple[str, Choice]]:
        """Yield every choice with its group: `target`, `stance`, `flag` or an attribute's id."""
        for target in self.targets:
            yield "target", target
        for stance in self.stances:
            yield "stance", stance
        for attribute in self.attributes:
            for choice in attribute.choices:
                yield attribute.id, choice
        for flag in self.flags:
            yield "flag", flag


def words(names: Names | None, lang: str = "en") -> str:
    """Return the words of `names` in `lang`, else in English, else in any language."""
    if not names:
        return ""
    return names.get(lang) or names.get("en") or next(iter(names.values()))


def faults(codebook: Codebook) -> list[str]:
    """Return what is wrong with `codebook`, a sentence each; an empty list when it can be used."""
    found: list[str] = []
    if not codebook.targets:
        found.append("It names no target.")
    if len(codebook.stances) < 2:
        found.append("It names fewer than two stances.")
    found += _faults_of_ids(codebook)
    found += _faults_of_keys(codebook)
    for target in codebook.targets:
        if target.hue not in HUES:
            found.append(f"Target “{target.id}” has hue “{target.hue}”, not one of {_list(HUES)}.")
    for stance in codebook.stances:
        if stance.line not in LINES:
            found.append(f"Stance “{stance.id}” has line “{stance.line}”, not {_list(LINES)}.")
    for attribute in codebook.attributes:
        if not attribute.choices:
            found.append(f"Attribute “{attribute.id}” offers no choice.")
        if attribute.usual is not None and attribute.choice(attribute.usual) is None:
            found.append(f"Attribute “{attribute.id}” has no choice “{attribute.usual}” (usual).")
    return found


def _faults_of_ids(codebook: Codebook) -> list[str]:
    groups: dict[str, list[str]] = {"attribute": [a.id for a in codebook.attributes]}
    for group, choice in codebook.all_choices():
        groups.setdefault(group, []).append(choice.id)
    taken = {"target", "stance", "speaker", "flag", "attribute"}
    found = [f"An attribute cannot be called “{a}”." for a in groups["attribute"] if a in taken]
    for group, ids in groups.items():
        twice = sorted({i for i in ids if ids.count(i) > 1})
        found += [f"“{i}” stands twice among {group}." for i in twice]
        found += [f"A {group} has an empty id." for i in ids if not i.strip()]
        # The file looks attributes up by a JSON path, which has no way to write these.
        found += [f"Id {i!r} ({group}) has a quotation mark or \\ in it." for i in ids if _odd(i)]
    return found


def _faults_of_keys(codebook: Codebook) -> list[str]:
    found: list[str] = []
    owners: dict[str, str] = {}
    for group, choice in codebook.all_choices():
        if choice.key is None:
            continue
        name = f"{group} “{choice.id}”"
        if not choice.key.strip():
            found.append(f"The key of {name} is empty.")
        if choice.key.upper() in RESERVED_KEYS:
            found.append(f"Key {choice.key} of {name} belongs to the program.")
        if choice.key.upper() in owners:
            found.append(f"Key {choice.key} is both {owners[choice.key.upper()]} and {name}.")
        owners[choice.key.upper()] = name
    return found


def _odd(value: str) -> bool:
    return any(char in '"\\' or char < " " for char in value)


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + " or " + values[-1]
