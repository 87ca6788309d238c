"""What of one split of a written dataset stands in another, read from its lines."""

from collections.abc import Iterator, Sequence

from annotator.formats.statement_record import StatementRecord
from annotator.services.progress import Cancelled, refuse_cancelled

_SHOWN = 20  # near-identical pairs named for two files

Place = tuple[str, int]


class Leaks:
    """Collects the rows of each split's file and finds those that meet rows of another.

    Two rows meet when they overlap in one article, or when their words are near-identical; of a
    dataset without texts the first alone can be told.
    """

    def __init__(self, files: Sequence[str]) -> None:
        self._files = list(files)
        self._texts: dict[str, list[tuple[str, str]]] = {name: [] for name in files}
        self._spans: dict[str, list[tuple[int, int, Place]]] = {}

    def add(self, file: str, line: int, record: StatementRecord) -> None:
        """Take note of one row."""
        if len(self._files) < 2:
            return
        if record.text:
            self._texts[file].append((str(line), record.text))
        spans = self._spans.setdefault(record.article or "", [])
        spans.append((record.start, record.end, (file, line)))

    def found(self, cancelled: Cancelled | None = None) -> Iterator[tuple[str, int | None, str]]:
        """Yield what is wrong: file, line and a clause, overlaps first."""
        if len(self._files) < 2:
            return
        for spans in self._spans.values():
            yield from overlaps(spans)
        yield from self._twins(cancelled)

    def _twins(self, cancelled: Cancelled | None) -> Iterator[tuple[str, int | None, str]]:
        from annotator.domain.splits import leaks, similarity

        for at, test in enumerate(self._files[1:], start=1):
            refuse_cancelled(cancelled, "The check")
            train = [
                (f"{file}, line {line}", text)
                for file in self._files[:at]
                for line, text in self._texts[file]
            ]
            pairs = leaks.closest(train, self._texts[test], _SHOWN) if train else []
            close = [pair for pair in pairs if pair.similarity >= similarity.THRESHOLD]
            for pair in close:
                yield (
                    test,
                    int(pair.test_key),
                    f"its words stand in {pair.train_key} too (similarity {pair.similarity:.2f})",
                )
            if len(close) == _SHOWN:
                number = len(leaks.twinned(train, self._texts[test]))
                yield test, None, f"{number:,} of its lines have near-identical words elsewhere"


def overlaps(spans: list[tuple[int, int, Place]]) -> Iterator[tuple[str, int | None, str]]:
    """Yield each row of one article that overlaps an earlier one in another file.

    `spans` are start, end, and the file and line of the row.
    """
    furthest: dict[str, tuple[int, Place]] = {}  # by file, the row that reaches furthest
    for start, end, (file, line) in sorted(spans):
        for other, (reach, place) in furthest.items():
            if other != file and start < reach:
                yield file, line, f"it overlaps {place[0]}, line {place[1]}, of another split"
        if end > furthest.get(file, (0, (file, line)))[0]:
            furthest[file] = end, (file, line)
