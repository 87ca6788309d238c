"""How far annotators agree: a project's labels put before the measures of the domain.

Reads only, so it works on a snapshot in any thread (`annotator.services.project.snapshot`).
numpy comes with the first call, not with the import of this module.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.spans import Span
from annotator.services.project import Project
from annotator.storage import agreement_rows, export_rows, queries

if TYPE_CHECKING:
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.values import Coded, Settings

_PIECES = msgspec.json.Decoder(list[tuple[int, int]])
_ATTRIBUTES = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far one annotator is: what can be compared of them."""

    annotator_id: int
    name: str
    done: int
    statements: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who and what there is to compare: everybody by name, the articles in the order of the list.

    `done` holds the ids of the articles that each annotator finished.
    """

    people: tuple[Progressed, ...]
    done: Mapping[int, frozenset[int]]
    titles: Mapping[int, str]

    def comparable(self, annotator_ids: Collection[int]) -> list[int]:
        """Return the articles that at least two of some annotators finished, in order."""
        counts = Counter(article for id_ in annotator_ids for article in self.done[id_])
        return [article for article in self.titles if counts[article] > 1]

    def done_by_all(self, annotator_ids: Collection[int]) -> list[int]:
        """Return the articles that all of some annotators finished, in order."""
        return [a for a in self.titles if all(a in self.done[id_] for id_ in annotator_ids)]


def compared(
    project: Project,
    annotator_ids: Sequence[int],
    article_ids: Collection[int] | None = None,
    settings: "Settings | None" = None,
) -> "Compared":
    """Return the comparison of some annotators over `article_ids`, all articles if None.

    Only articles that at least two of them marked done are compared, each between those who did.
    """
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.values import Comparison, Extent

    store = project.store
    with export_rows.steady(store):
        excluded = agreement_rows.excluded(store)
        extents = {
            article_id: Extent(length, excluded.get(article_id, ()))
            for article_id, length in agreement_rows.lengths(store).items()
            if article_ids is None or article_id in article_ids
        }
        codebook = project.codebook
        comparison = Comparison(
            statements=_coded(project, annotator_ids, list(extents)),
            articles=extents,
            done=agreement_rows.done(store, annotator_ids),
            targets=tuple(choice.id for choice in codebook.targets),
            stances=tuple(choice.id for choice in codebook.stances),
            attributes=tuple(attribute.id for attribute in codebook.attributes),
        )
    return Compared(comparison, settings)


def _coded(
    project: Project, annotator_ids: Sequence[int], article_ids: Sequence[int]
) -> "list[Coded]":
    from annotator.domain.agreement.values import Coded

    chains = agreement_rows.chains(project.store, annotator_ids)
    found = []
    for row in agreement_rows.statements(project.store, annotator_ids, article_ids):
        (id_, article, annotator, pieces, target, stance, speaker, attributes, start, end) = row
        spans = tuple(Span(a, b) for a, b in _PIECES.decode(pieces))
        mention = None if start is None else Span(start, end)
        chosen = _ATTRIBUTES.decode(attributes)
        chain = chains.get(id_, ())
        found.append(
            Coded(id_, article, annotator, spans, target, stance, speaker, chosen, mention, chain)
        )
    return found


def progressed(project: Project) -> list[Progressed]:
    """Return how far every annotator is, by name."""
    counts = {row.id: row for row in queries.annotators(project.store)}
    finished = agreement_rows.done(project.store, list(counts))
    statements = agreement_rows.counted(project.store)
    return [
        Progressed(id_, row.name, len(finished[id_]), statements.get(id_, 0))
        for id_, row in counts.items()
    ]


def roster(project: Project) -> Roster:
    """Return who and what there is to compare."""
    with export_rows.steady(project.store):
        people = progressed(project)
        done = agreement_rows.done(project.store, [person.annotator_id for person in people])
        titles = agreement_rows.titles(project.store)
    return Roster(tuple(people), {id_: frozenset(own) for id_, own in done.items()}, titles)
