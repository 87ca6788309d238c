"""Agreement part by part: by target, speaker, article and pair of annotators. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain import codebook as codebooks
from annotator.domain.codebook import Codebook

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Key, Section
    from annotator.domain.agreement.values import Measure

KINDS: Mapping[str, str] = {
    "target": "Target",
    "speaker": "Speaker",
    "article": "Article",
    "pair": "Pair",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called."""

    people: Mapping[int, str]
    speakers: Mapping[int, str]
    titles: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """One part with the measure that is shown of it; None where it is not worked out."""

    kind: str
    key: "Key"
    name: str
    measure: "Measure | None"


def offered(codebook: Codebook) -> list[str]:
    """Return the names of the measures that parts are compared by; the first is the usual one."""
    return [
        "stance_alpha",
        "stance_alpha_ordinal",
        "stance_percent",
        "found_f1_overlap",
        "found_f1_exact",
        "speaker_alpha",
        "target_alpha",
        *(f"{attribute.id}_alpha" for attribute in codebook.attributes),
        "source_chain_alpha",
        "tuple_f1",
    ]


def slices(
    sections: "Iterable[Section]", measure: str, names: Names, codebook: Codebook, lang: str
) -> list[Slice]:
    """Return the parts of the sections; speakers with most units first, the rest in order."""
    found = [
        Slice(
            section.kind,
            section.key,
            called(section.kind, section.key, names, codebook, lang),
            next((m for m in section.measures if m.name == measure and m.target is None), None),
        )
        for section in sections
    ]
    if found and found[0].kind == "speaker":
        found.sort(key=lambda one: (-(one.measure.n if one.measure else 0), one.name.casefold()))
    if found and found[0].kind == "article":
        place = {article: at for at, article in enumerate(names.titles)}
        found.sort(key=lambda one: place.get(one.key, 0) if isinstance(one.key, int) else 0)
    return found


def called(kind: str, key: "Key", names: Names, codebook: Codebook, lang: str) -> str:
    """Return what a part is called."""
    if isinstance(key, tuple):
        return " and ".join(names.people.get(id_, "?") for id_ in key)
    if isinstance(key, str):
        target = codebook.target(key)
        return codebooks.words(target.name, lang) if target is not None else key
    known = names.speakers if kind == "speaker" else names.titles
    return known.get(key, "?") if key is not None else "?"
