"""What each article adds to each measure of a view on the compared statements."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from annotator.domain.agreement import alpha, tables
from annotator.domain.agreement.bootstrap import Tally
from annotator.domain.agreement.columns import MISSING, Column, Columns
from annotator.domain.agreement.matching import Pairs
from annotator.domain.agreement.outcomes import (
    LABEL_ABSENT,
    NO_PAIRS,
    NOTHING_MARKED,
    BoolArray,
    FloatArray,
    IntArray,
    Outcome,
    divided,
    outcome,
)
from annotator.domain.agreement.units import Units


@dataclass(frozen=True, slots=True)
class View:
    """The compared statements as one slice of a report sees them.

    `inside` marks the statements that belong to the slice; a pair or unit belongs to it when one
    of its statements does. `done` (annotators, articles) tells who is compared where.
    """

    of: Columns
    done: BoolArray
    inside: BoolArray
    tight: Pairs
    loose: Pairs
    exact: Pairs
    units: Units
    loose_units: Units

    @property
    def partners(self) -> IntArray:
        """With how many others each annotator is compared, in each article."""
        found: IntArray = np.maximum(self.done.sum(axis=0) - 1, 0)
        return found

    @property
    def articles(self) -> int:
        """How many articles the columns name."""
        return len(self.of.articles)

    def sliced(self, inside: BoolArray) -> "View":
        """Return the view on the statements `inside`."""

        def touched(pairs: Pairs) -> Pairs:
            return pairs.where(inside[pairs.a] | inside[pairs.b])

        return View(
            self.of,
            self.done,
            inside,
            touched(self.tight),
            touched(self.loose),
            touched(self.exact),
            self.units.having(inside),
            self.loose_units.having(inside),
        )


def f1(name: str, view: View, pairs: Pairs) -> Tally:
    """F1 over pairs of annotators: the share of statements for which `pairs` has a partner.

    Symmetric, micro over pairs: 2 × pairs / (statements of one + statements of the other).
    Undefined when nobody marked anything.
    """
    article, inside = view.of.article, view.inside
    marked = np.bincount(article[inside], minlength=view.articles)
    hits = sum(
        np.bincount(article[ends[inside[ends]]], minlength=view.articles)
        for ends in (pairs.a, pairs.b)
    )
    rows = np.stack([marked, hits, marked * view.partners], axis=1).astype(np.float64)
    return Tally(name, rows, partial(_share, reason=NOTHING_MARKED))


def tuple_f1(view: View) -> Tally:
    """F1 of whole statements: matched, with speaker, target and stance all chosen and equal."""
    whole = np.ones(len(view.tight), dtype=np.bool_)
    for column in (view.of.speaker, view.of.target, view.of.stance):
        whole &= _equal(column, view.tight)
    return f1("tuple_f1", view, view.tight.where(whole))


def percent(name: str, view: View, column: Column) -> Tally:
    """The share of matched pairs in which both made the same choice; pairs lacking one left out."""
    pairs = view.tight
    article = view.of.article[pairs.a]
    both = (column.codes[pairs.a] != MISSING) & (column.codes[pairs.b] != MISSING)
    total = np.bincount(article[both], minlength=view.articles)
    hits = np.bincount(article[_equal(column, pairs)], minlength=view.articles)
    rows = np.stack([total, hits, total], axis=1).astype(np.float64)
    return Tally(name, rows, partial(_share, reason=NO_PAIRS))


def specific(view: View, column: Column, label: int) -> Tally:
    """2a / (2a + b + c) for one label of `column`, over matched pairs; named by the label."""
    pairs = view.tight
    one, other = column.codes[pairs.a], column.codes[pairs.b]
    both = (one != MISSING) & (other != MISSING)
    article = view.of.article[pairs.a]
    chosen = ((one == label).astype(np.int64) + (other == label)) * both
    agreed = (one == label) & (other == label)
    columns = [
        np.bincount(article, chosen > 0, view.articles),
        2 * np.bincount(article, agreed, view.articles),
        np.bincount(article, chosen, view.articles),
    ]
    rows = np.stack(columns, axis=1)
    return Tally(str(column.labels[label]), rows, partial(_share, reason=LABEL_ABSENT))


def nominal(name: str, view: View, column: Column, units: Units) -> Tally:
    """α nominal of a choice, over units."""
    member, unit, coders = _chosen(column, units)
    values, category = np.unique(column.codes[member], return_inverse=True)
    size = max(1, len(values))
    keys, times = np.unique(unit * size + category, return_counts=True)
    of_key = keys // size
    same = times * (times - 1) / np.maximum(coders[of_key] - 1, 1)
    rows = np.zeros((view.articles, 2 + len(values)))
    rows[:, 0] = np.bincount(units.article[coders > 1], minlength=view.articles)
    rows[:, 1] = np.bincount(units.article[of_key], same, view.articles)
    cells = units.article[unit] * size + category
    if len(values):
        counted = np.bincount(cells, minlength=view.articles * size)
        rows[:, 2:] = counted.reshape(view.articles, size)
    return Tally(name, rows, alpha.nominal_alpha)


def ordinal(name: str, view: View, column: Column, ranks: IntArray, units: Units) -> Tally:
    """α ordinal of a choice, over units; `ranks` gives each label's rank, MISSING for none."""
    # MISSING is −1 and so takes the last place, which stays MISSING
    ranked = Column(np.append(ranks, MISSING)[column.codes], ())
    member, unit, coders = _chosen(ranked, units)
    size = int(ranks.max(initial=-1)) + 1
    counts = np.zeros((len(units), size))
    np.add.at(counts, (unit, ranked.codes[member]), 1)
    rows = np.zeros((view.articles, 1 + size * size))
    rows[:, 0] = np.bincount(units.article[coders > 1], minlength=view.articles)
    weight = 1 / np.maximum(coders - 1, 1)
    for one in range(size):
        for other in range(size):
            times = counts[:, one] * (counts[:, other] - (one == other)) * weight
            rows[:, 1 + one * size + other] = np.bincount(units.article, times, view.articles)
    return Tally(name, rows, partial(alpha.metric_sums, categories=size))


def pairwise_tables(view: View, column: Column) -> tuple[FloatArray, int, int]:
    """Return confusion tables, shape (articles, pairs × labels²), and both numbers."""
    pairs, people = view.tight, len(view.of.annotators)
    both = (column.codes[pairs.a] != MISSING) & (column.codes[pairs.b] != MISSING)
    a, b = pairs.a[both], pairs.b[both]
    who = view.of.annotator[a] * people + view.of.annotator[b]
    seen, pair = np.unique(who, return_inverse=True)
    count, size = max(1, len(seen)), max(1, len(column.labels))
    place = (view.of.article[a] * count + pair) * size + column.codes[a]
    cells = np.bincount(place * size + column.codes[b], minlength=view.articles * count * size**2)
    shape = (view.articles, count * size**2)
    return cells.reshape(shape).astype(np.float64), count, size


def beside_alpha(view: View, column: Column, name: str) -> list[Tally]:
    """Cohen's κ, Scott's π and Gwet's AC1 of a choice: means over the pairs of annotators."""
    rows, pairs, size = pairwise_tables(view, column)
    kinds: dict[str, Callable[[FloatArray], FloatArray]] = {
        "kappa": tables.kappas,
        "pi": tables.pis,
        "ac1": tables.ac1s,
    }
    return [
        Tally(
            f"{name}_{kind}",
            rows,
            partial(tables.pair_sums, coefficient=formula, pairs=pairs, categories=size),
        )
        for kind, formula in kinds.items()
    ]


def _chosen(column: Column, units: Units) -> tuple[IntArray, IntArray, IntArray]:
    """Return the members and units of values in units of two or more, and each unit's number."""
    made = column.codes[units.member] != MISSING
    member, unit = units.member[made], units.unit[made]
    coders = np.bincount(unit, minlength=len(units))
    pairable = coders[unit] > 1
    return member[pairable], unit[pairable], coders


def _equal(column: Column, pairs: Pairs) -> BoolArray:
    codes = column.codes[pairs.a]
    equal: BoolArray = (codes == column.codes[pairs.b]) & (codes != MISSING)
    return equal


def _share(sums: FloatArray, reason: str) -> Outcome:
    """Return hits / total of samples, shape (…, 3): n, hits, total."""
    share = divided(sums[..., 1], sums[..., 2])
    return outcome(share, sums[..., 0], share, (sums[..., 2] == 0, reason))
