"""A comparison with everything that its measures share, each worked out when first needed."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations

import numpy as np

from annotator.domain.agreement import matching, stretches, units
from annotator.domain.agreement.bootstrap import Draws
from annotator.domain.agreement.columns import Columns, columns
from annotator.domain.agreement.matching import Edges, Pairs
from annotator.domain.agreement.outcomes import BoolArray, FloatArray, IntArray
from annotator.domain.agreement.stretches import Pieces
from annotator.domain.agreement.tallies import View
from annotator.domain.agreement.values import Coded, Comparison, Settings


class Compared:
    """Who is compared on what, their matchings, and the draws of the bootstrap."""

    def __init__(self, comparison: Comparison, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.asked = comparison
        self._draws: dict[int, Draws] = {}

    @cached_property
    def annotators(self) -> tuple[int, ...]:
        """The ids of the annotators, ascending."""
        return tuple(sorted(self.asked.done))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every pair of annotators' ids, the lower id first."""
        return list(combinations(self.annotators, 2))

    @cached_property
    def _finished(self) -> dict[int, frozenset[int]]:
        return {annotator: frozenset(self.asked.done[annotator]) for annotator in self.annotators}

    @cached_property
    def articles(self) -> tuple[int, ...]:
        """The ids of the articles that at least two annotators finished, ascending."""
        counts = Counter(article for own in self._finished.values() for article in own)
        return tuple(a for a in sorted(self.asked.articles) if counts[a] > 1)

    @cached_property
    def finishers(self) -> dict[int, tuple[int, ...]]:
        """Which annotators finished each compared article."""
        own = self._finished.items()
        return {a: tuple(who for who, done in own if a in done) for a in self.articles}

    @cached_property
    def done(self) -> BoolArray:
        """Who finished which article, shape (annotators, articles)."""
        cells = [[article in own for article in self.articles] for own in self._finished.values()]
        return np.array(cells, dtype=np.bool_).reshape(len(self.annotators), len(self.articles))

    @cached_property
    def statements(self) -> tuple[Coded, ...]:
        """The statements of finished articles that another annotator finished too."""
        counted = set(self.articles)
        own = {annotator: counted & articles for annotator, articles in self._finished.items()}
        rows = self.asked.statements
        return tuple(row for row in rows if row.article in own.get(row.annotator, ()))

    @cached_property
    def of(self) -> Columns:
        """The compared statements as columns."""
        return columns(
            self.statements,
            lengths={article: self.asked.articles[article].length for article in self.articles},
            targets=self.asked.targets,
            stances=self.asked.stances,
            attributes=self.asked.attributes,
            annotators=self.annotators,
        )

    @cached_property
    def edges(self) -> Edges:
        """All overlapping statements of different annotators."""
        return matching.edges(self.of)

    @cached_property
    def tight(self) -> Pairs:
        """The matching on which all but the target is measured."""
        return matching.tight(self.edges) if self.settings.same_target else self.loose

    @cached_property
    def loose(self) -> Pairs:
        """The matching that ignores the target."""
        return matching.loose(self.edges)

    @cached_property
    def exact(self) -> Pairs:
        """The matching of identical contents."""
        return matching.exact(self.edges, same_target=self.settings.same_target)

    @cached_property
    def view(self) -> View:
        """All that is compared."""
        return View(
            self.of,
            self.done,
            np.ones(len(self.of), dtype=np.bool_),
            self.tight,
            self.loose,
            self.exact,
            units.of_matchings(self.of, self.tight),
            units.of_matchings(self.of, self.loose),
        )

    def pair_view(self, one: int, other: int) -> View:
        """Return the view on two annotators, in the articles that both finished."""
        rows = [self.annotators.index(one), self.annotators.index(other)]
        both: BoolArray = self.done[rows[0]] & self.done[rows[1]]
        done = np.zeros_like(self.done)
        done[rows] = both
        inside = np.isin(self.of.annotator, rows) & both[self.of.article]

        def between(pairs: Pairs) -> Pairs:
            return pairs.where(inside[pairs.a] & inside[pairs.b])

        tight, loose, exact = between(self.tight), between(self.loose), between(self.exact)
        joined = units.of_pairs(self.of, tight), units.of_pairs(self.of, loose)
        return View(self.of, done, inside, tight, loose, exact, *joined)

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of all compared statements, without excluded regions."""
        return stretches.pieces(self.of, [self.asked.articles[a] for a in self.articles])

    @cached_property
    def lengths(self) -> FloatArray:
        """How many code points of each article are reporting."""
        return stretches.lengths([self.asked.articles[a] for a in self.articles])

    def draws(self, articles: IntArray | Sequence[int]) -> Draws:
        """Return the draws of so many articles; the same for the same number."""
        count = len(articles)
        if count not in self._draws:
            self._draws[count] = Draws(count, self.settings)
        return self._draws[count]
