"""Units of α: what any number of annotators say about one and the same thing.

Two annotators give the matched pairs. With more, all pairs of annotators are matched and joined,
the heaviest match first; a match that would bring two statements of one annotator into one unit
is passed over (docs/decisions/10-agreement.md).
"""

from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.columns import Columns
from annotator.domain.agreement.matching import Pairs, connected
from annotator.domain.agreement.outcomes import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Units:
    """Statements grouped into units, at most one of each annotator in each.

    `member` (indices into the columns) and `unit` go together; `article` holds the article of
    each unit. Statements that nobody else has are in no unit: α has no use for them.
    """

    member: IntArray
    unit: IntArray
    article: IntArray

    def __len__(self) -> int:
        return len(self.article)

    def having(self, inside: BoolArray) -> "Units":
        """Return the units of which at least one statement is `inside`, whole."""
        kept = np.zeros(len(self), dtype=np.bool_)
        kept[self.unit[inside[self.member]]] = True
        return self.where(kept)

    def where(self, kept: BoolArray) -> "Units":
        """Return the units for which `kept` holds."""
        number = np.cumsum(kept) - 1
        of_kept = kept[self.unit]
        return Units(self.member[of_kept], number[self.unit[of_kept]], self.article[kept])


def of_pairs(of: Columns, pairs: Pairs) -> Units:
    """Return each pair as a unit."""
    numbers = np.arange(len(pairs))
    member = np.concatenate([pairs.a, pairs.b])
    return Units(member, np.concatenate([numbers, numbers]), of.article[pairs.a])


def of_matchings(of: Columns, pairs: Pairs) -> Units:
    """Return the units of the matchings of all pairs of annotators."""
    if len(of.annotators) == 2:
        return of_pairs(of, pairs)
    label = connected(len(of), pairs)
    crowded = _crowded(of, label)
    if crowded.any():
        label = _split(of, pairs, label, crowded)
    _, unit, size = np.unique(label, return_inverse=True, return_counts=True)
    member = np.flatnonzero(size[unit] > 1)
    _, first, number = np.unique(unit[member], return_index=True, return_inverse=True)
    return Units(member, number, of.article[member[first]])


def _crowded(of: Columns, label: IntArray) -> BoolArray:
    """Return for each statement whether its component holds two statements of one annotator."""
    key = label * max(1, len(of.annotators)) + of.annotator
    _, seat, taken = np.unique(key, return_inverse=True, return_counts=True)
    found = np.zeros(int(label.max(initial=-1)) + 1, dtype=np.bool_)
    found[label[taken[seat] > 1]] = True
    crowded: BoolArray = found[label]
    return crowded


def _split(of: Columns, pairs: Pairs, label: IntArray, crowded: BoolArray) -> IntArray:
    """Return labels in which the crowded components are joined anew, the heaviest match first."""
    inside = pairs.where(crowded[pairs.a])
    annotators = of.annotator.tolist()
    leader = {at: at for at in np.flatnonzero(crowded).tolist()}
    people = {at: {annotators[at]} for at in leader}
    for a, b in _heaviest_first(of, inside):
        one, other = _find(leader, a), _find(leader, b)
        if one != other and not people[one] & people[other]:
            leader[other] = one
            people[one] |= people.pop(other)
    found = label.copy()
    above = int(label.max()) + 1
    for at in leader:
        found[at] = above + _find(leader, at)
    return found


def _heaviest_first(of: Columns, pairs: Pairs) -> list[tuple[int, int]]:
    weights: FloatArray = pairs.weight
    ids = [row.id for row in of.statements]
    listed = zip(weights.tolist(), pairs.a.tolist(), pairs.b.tolist(), strict=True)
    order = sorted((-w, *sorted((ids[a], ids[b])), a, b) for w, a, b in listed)
    return [(a, b) for _, _, _, a, b in order]


def _find(leader: dict[int, int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
