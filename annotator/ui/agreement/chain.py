"""The chain in which a statement is made, and what agreement is at each link. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.codebook import Codebook
from annotator.ui.agreement import saying
from annotator.ui.agreement.saying import Named

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Section
    from annotator.domain.agreement.values import Measure


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its measure, and the disagreements that it counts.

    `kind` and `attribute` are those of the disagreements, None for all. `measure` is None until
    it is worked out; `others` are what else says how well this link holds.
    """

    name: str
    part: str
    named: Named
    kind: str | None
    attribute: str | None = None
    measure: "Measure | None" = None
    others: "tuple[Measure, ...]" = ()

    @property
    def words(self) -> str:
        """All that is known, in a sentence."""
        if self.measure is None:
            return f"{self.named.whole}: being worked out"
        return saying.sentence(self.measure, self.named)


def chain(codebook: Codebook, lang: str) -> list[Link]:
    """Return the links of a codebook, top to bottom, without values."""
    plain: list[tuple[str, str, str | None, str | None]] = [
        ("found_f1_overlap", "found", "found", None),
        ("found_f1_exact", "boundaries", "boundary", None),
        ("speaker_alpha", "speaker", "speaker", None),
        ("target_alpha", "target", "target", None),
        ("stance_alpha", "stance", "stance", None),
        *(
            (f"{attribute.id}_alpha", "attributes", "attribute", attribute.id)
            for attribute in codebook.attributes
        ),
        ("source_chain_alpha", "attributes", "source_chain", None),
        ("tuple_f1", "whole", None, None),
    ]
    return [
        Link(name, part, saying.named(name, codebook, lang), kind, attribute)
        for name, part, kind, attribute in plain
    ]


def filled(links: Iterable[Link], sections: "Iterable[Section]") -> list[Link]:
    """Return the links with what the sections of the whole say about them."""
    parts = {s.part: s.measures for s in sections if s.kind == "all" and s.part is not None}
    by_name = {m.name: m for measures in parts.values() for m in measures if m.target is None}
    found = []
    for link in links:
        beside = parts.get(link.part, ()) if link.part != "attributes" else ()  # type: ignore[call-overload]
        others = tuple(m for m in beside if m.name not in (link.name, "found_f1_exact"))
        found.append(replace(link, measure=by_name.get(link.name), others=others))
    return found
