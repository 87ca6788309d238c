"""Groups of rows that must not be parted: what repeats itself, and what is asked to stay whole."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from annotator.domain.splits import similarity
from annotator.domain.splits.joining import Bools, Ints, Progress, join
from annotator.domain.splits.rows import Row

By = Literal["statement", "article", "speaker", "date"]
BYS: tuple[By, ...] = get_args(By)

Link = tuple[int, int]

_WAITING = 1 << 15  # pairs until it is seen what they connect


def groups(
    rows: Sequence[Row],
    by: By = "statement",
    links: Iterable[tuple[str, str]] = (),
    *,
    whole_articles: bool = False,
    progress: Progress | None = None,
) -> list[int]:
    """Return the number of the group of each row, from 0 in the order of the rows.

    Always together: spans of one article that overlap, `links` (pairs of keys: repeated
    statements; keys that no row has are passed over), and near-identical text. By "article", and
    with `whole_articles`, also all rows of an article; by "speaker" all rows of one speaker, those
    without one each for itself; "date" groups as "statement" does, `dividing.divide` does the rest.
    """
    joined = [*_overlapping(rows), *_linked(rows, links)]
    if by == "article" or whole_articles:
        joined += _alike([row.article for row in rows])
    if by == "speaker":
        joined += _alike([row.speaker for row in rows])
    joined += near_identical([row.text for row in rows], progress)
    return _components(len(rows), joined)


def near_identical(texts: Sequence[str], progress: Progress | None = None) -> list[Link]:
    """Return pairs that connect all texts that are near-identical; not every such pair."""
    bags = [similarity.words(text) for text in texts]
    first = {bag: number for number, bag in reversed(list(enumerate(bags)))}
    links = [(first[bag], number) for number, bag in enumerate(bags) if first[bag] != number]
    distinct = list(first)
    forest = _Forest(len(distinct))
    for pairs in join(distinct, similarity.THRESHOLD, wanted=forest.apart, progress=progress):
        forest.add(pairs.left, pairs.right)
    numbers = list(first.values())
    return links + [
        (numbers[root], number) for root, number in zip(forest.roots(), numbers, strict=True)
    ]


class _Forest:
    """Which texts are connected so far: a thousand copies are a million pairs, none is kept."""

    def __init__(self, count: int) -> None:
        self._component: Ints = np.arange(count)
        self._pending: list[tuple[Ints, Ints]] = []
        self._waiting = 0

    def apart(self, left: Ints, right: Ints) -> Bools:
        """Tell of which pairs it is not known that they are connected."""
        found: Bools = self._component[left] != self._component[right]
        return found

    def add(self, left: Ints, right: Ints) -> None:
        """Connect pairs of texts."""
        self._pending.append((left, right))
        self._waiting += len(left)
        if self._waiting >= _WAITING:
            self._settle()

    def _settle(self) -> None:
        left, right = (np.concatenate(side) for side in zip(*self._pending, strict=True))
        count = len(self._component)
        ends = self._component[left], self._component[right]
        graph = coo_array((np.ones(len(left), dtype=np.int8), ends), shape=(count, count))
        self._component = connected_components(graph, directed=False)[1][self._component]
        self._pending, self._waiting = [], 0

    def roots(self) -> list[int]:
        """Return for each text the first one that it is connected with, perhaps itself."""
        if self._pending:
            self._settle()
        _, firsts, of = np.unique(self._component, return_index=True, return_inverse=True)
        found: list[int] = firsts[of].tolist()
        return found


def _overlapping(rows: Sequence[Row]) -> Iterator[Link]:
    order = sorted(range(len(rows)), key=lambda at: (rows[at].article, rows[at].start))
    reaching = None  # the row of this article that reaches farthest so far
    for at in order:
        row = rows[at]
        if reaching is not None and rows[reaching].article == row.article:
            if row.start < rows[reaching].end:
                yield reaching, at
            if row.end <= rows[reaching].end:
                continue
        reaching = at


def _linked(rows: Sequence[Row], links: Iterable[tuple[str, str]]) -> Iterator[Link]:
    at = {row.key: number for number, row in enumerate(rows)}
    return ((at[one], at[other]) for one, other in links if one in at and other in at)


def _alike(values: Sequence[Hashable]) -> Iterator[Link]:
    """Yield pairs that connect the rows of each value that is not None."""
    rows_of: dict[Hashable, list[int]] = {}
    for number, value in enumerate(values):
        if value is not None:
            rows_of.setdefault(value, []).append(number)
    for numbers in rows_of.values():
        yield from pairwise(numbers)


def _components(count: int, links: Sequence[Link]) -> list[int]:
    left, right = np.array(links, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    found: list[int] = connected_components(graph, directed=False)[1].tolist() if count else []
    numbers: dict[int, int] = {}
    return [numbers.setdefault(component, len(numbers)) for component in found]
