"""Start to first painted article, whole process, against a bare window with the same text."""

from collections.abc import Iterator
from pathlib import Path

from annotator.services import annotating
from annotator.services import project as projects
from bench import corpus
from bench.corpus import Shape
from bench.figure import Figure, of_pairs
from bench.running import Place, in_turn


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of starting."""
    project = place.folder / "start.stance"
    text = make_with_text(project, Shape(articles=20, characters=3000, statements=20))

    def ours() -> float:
        return float(place.timed_child("window", project, 0)["seconds"])

    def plain() -> float:
        return float(place.timed_child("plain_window", text, 0)["seconds"])

    pairs = in_turn(ours, plain, place.times(9))
    yield of_pairs("Start to first painted article (whole process)", pairs, most_ratio=2.5)


def make_with_text(path: Path, shape: Shape) -> Path:
    """Make a project; return a file with the text of the article that opens first in it."""
    first, *_ = corpus.make(path, [shape])
    project = projects.open_project(path)
    try:
        text = annotating.article(project, first).text
    finally:
        project.close()
    file = path.with_suffix(".txt")
    file.write_text(text, encoding="utf-8")
    return file
