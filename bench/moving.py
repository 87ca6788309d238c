"""Importing and exporting as whole processes, against plain scripts that do only the same."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from annotator.services import exporting
from annotator.services import project as projects
from annotator.services.dataset_entries import ANY
from bench import corpus
from bench.corpus import ANNOTATOR, Shape
from bench.figure import Figure, Paired, of_pairs
from bench.running import Place, in_turn

_PEER_IN = 1.64  # seconds: labelbuddy (C++), 1,000 articles with 20,000 labels, other hardware
_PEER_OUT = 0.26  # seconds: the same program, 20,000 labels out


def measure_in(place: Place) -> Iterator[Figure]:
    """Yield the figures of importing 1,000 articles with 20,000 labels."""
    export = place.folder / "in"
    articles = place.size(1000)
    _export(place.folder / "in.stance", Shape(articles, 3000, 20), export)
    pairs = _import_in_turn(place, export, articles * 20)
    what = f"{articles:,} articles and {articles * 20:,} labels in (whole process)"
    yield of_pairs(what, pairs, most_ratio=2.5, most=_PEER_IN)


def measure_out(place: Place) -> Iterator[Figure]:
    """Yield the figures of exporting 100,000 and 20,000 statements."""
    for articles, most_ratio in ((place.size(5000), 2.5), (place.size(1000), None)):
        project = place.folder / f"out-{articles}.stance"
        corpus.make(project, [Shape(articles, 3000, 20)])
        pairs = _export_in_turn(place, project, articles * 20)
        what = f"{articles * 20:,} statements out (whole process)"
        if most_ratio is None:
            what += f"; the fastest peer, on other hardware, {_PEER_OUT} s"
        yield of_pairs(what, pairs, most_ratio)


def _import_in_turn(place: Place, export: Path, labels: int) -> Paired:
    files = export / "statements.jsonl", export / "articles.jsonl"
    numbers = itertools.count()

    def ours() -> float:
        path = place.folder / f"into-{next(numbers)}.stance"
        projects.create(path).close()
        seconds, said = place.process(
            *("-m", "annotator", "import-labels", path, files[0]),
            *("--annotator", ANNOTATOR, "--articles", files[1]),
        )
        if f"{labels} added" not in said:
            raise RuntimeError(f"the import says: {said}")
        return seconds

    def plain() -> float:
        path = place.folder / f"into-{next(numbers)}.db"
        script = Path(__file__).parent / "children" / "plain_import.py"
        return place.process(script, path, files[1], files[0])[0]

    return in_turn(ours, plain, place.times(7))


def _export_in_turn(place: Place, project: Path, statements: int) -> Paired:
    ours_to, plain_to = project.with_suffix(".ours"), project.with_suffix(".plain")
    plain_to.mkdir()

    any_status = (project, "--to", ours_to, "--status", "any")

    def ours() -> float:
        seconds, said = place.process("-m", "annotator", "export", *any_status)
        if f"{statements} statements" not in said:
            raise RuntimeError(f"the export says: {said}")
        return seconds

    def plain() -> float:
        script = Path(__file__).parent / "children" / "plain_export.py"
        return place.process(script, project, plain_to)[0]

    pairs = in_turn(ours, plain, place.times(5))
    _compare(ours_to / "statements.jsonl", plain_to / "statements.jsonl")
    return pairs


def _compare(ours: Path, plain: Path) -> None:
    """Raise RuntimeError unless both files hold the same records."""
    with ours.open(encoding="utf-8") as first, plain.open(encoding="utf-8") as second:
        for number, (a, b) in enumerate(zip(first, second, strict=True), start=1):
            if json.loads(a) != json.loads(b):
                raise RuntimeError(f"line {number} differs between the two exports")


def _export(path: Path, shape: Shape, folder: Path) -> None:
    corpus.make(path, [shape])
    project = projects.open_project(path)
    try:
        exporting.export(project, folder, exporting.Order(ANY))
    finally:
        project.close()
