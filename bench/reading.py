"""Opening, painting and scrolling large articles, against the plain text in a QTextEdit."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from bench import corpus
from bench.corpus import Shape
from bench.figure import Figure, Paired, of_pairs
from bench.running import Place

_FRAME = 0.016  # seconds: one picture at 60 Hz


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of reading."""
    project = place.folder / "read.stance"
    shapes = {
        "": Shape(articles=1, characters=3000, statements=20),
        "200 kB, 2,000 statements": Shape(1, place.size(200_000), place.size(2000)),
        "1 MB, 10,000 statements": Shape(1, place.size(1_000_000), place.size(10_000)),
    }
    small, *large = corpus.make(project, list(shapes.values()))
    found = place.child("read", project, small, place.times(7), *large)
    for name, article_id in zip(list(shapes)[1:], large, strict=True):
        yield from _of_article(name, found[str(article_id)])


def _of_article(name: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    opened = Paired(found["opened"], found["plain"])
    yield of_pairs(f"{name}: opened and first painted", opened, most_ratio=2)
    yield Figure(f"{name}: opened for the first time", found["first"])
    yield Figure(f"{name}: longest block of the event loop after opening", found["blocked"])
    yield Figure(f"{name}: a scroll step", median(found["scrolled"]), most=_FRAME)
    yield Figure(f"{name}: the slowest scroll step", max(found["scrolled"]), most=_FRAME)
    yield Figure(f"{name}: a jump from the beginning to the end", found["jump"])
