"""What of one split stands in another, told before anything is written."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.splits.rows import Row
from annotator.formats.card_facts import LeakReport, Pair
from annotator.services.progress import Cancelled, refuse_cancelled

SHOWN = 4  # pairs
_LOOKED_AT = 60  # pairs; those of the same words are shown once
_MOST = 10_000  # rows; of more only what is near-identical is looked for, which is much quicker

Keyed = list[tuple[str, str]]


def found(
    rows: Sequence[Row],
    splits: Mapping[str, str],
    names: Sequence[str],
    cancelled: Cancelled | None = None,
) -> LeakReport:
    """Return the closest pairs of rows of two splits, each split against all before it."""
    # numpy and scipy take a quarter of a second to import
    from annotator.domain.splits import leaks, similarity

    def asked(_done: int, _total: int) -> None:
        refuse_cancelled(cancelled, "The export")

    pairs: list[leaks.Pair] = []
    near = 0
    for train, test in _sides(rows, splits, names):
        between = leaks.leaks(train, test, _LOOKED_AT if len(rows) <= _MOST else 0, asked)
        pairs += between.closest
        near += between.straddling
    pairs.sort(key=lambda pair: (-pair.similarity, pair.train_key, pair.test_key))
    texts = {row.key: row.text for row in rows}
    shown: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        both = texts[pair.train_key], texts[pair.test_key]
        shown.setdefault(both, Pair(pair.similarity, pair.train_key, pair.test_key, *both))
    closest = list(shown.values())[:SHOWN]
    return LeakReport(similarity.THRESHOLD, near, _overlapping(rows, splits), closest)


def _sides(
    rows: Sequence[Row], splits: Mapping[str, str], names: Sequence[str]
) -> Iterator[tuple[Keyed, Keyed]]:
    by_split: dict[str, Keyed] = {name: [] for name in names}
    for row in rows:
        by_split[splits[row.key]].append((row.key, row.text))
    train: Keyed = []
    for test in by_split.values():
        if train and test:
            yield train, test
        train = [*train, *test]


def _overlapping(rows: Sequence[Row], splits: Mapping[str, str]) -> int:
    """Return how many rows share words of one article with an earlier one of another split."""
    number = 0
    article, reaching = "", dict[str, int]()
    for row in sorted(rows, key=lambda row: (row.article, row.start, row.end)):
        if row.article != article:
            article, reaching = row.article, {}
        split = splits[row.key]
        number += any(other != split and row.start < end for other, end in reaching.items())
        reaching[split] = max(row.end, reaching.get(split, 0))
    return number
