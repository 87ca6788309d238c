"""Start to first painted article, whole process, against a bare window with the same text."""

from collections.abc import Iterator

from bench import corpus
from bench.corpus import Shape
from bench.figure import Figure, of_pairs
from bench.running import Place, in_turn


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of starting."""
    shape = Shape(articles=20, characters=3000, statements=20)
    project, text = place.folder / "start.stance", place.folder / "start.txt"
    corpus.make(project, [shape])
    text.write_text(corpus.Corpus().text(shape.characters), encoding="utf-8")

    def ours() -> float:
        return float(place.timed_child("window", project, 0)["seconds"])

    def plain() -> float:
        return float(place.timed_child("plain_window", text, 0)["seconds"])

    pairs = in_turn(ours, plain, place.times(9))
    yield of_pairs("Start to first painted article (whole process)", pairs, most_ratio=2.5)
