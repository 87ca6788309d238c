"""Datasets: a million statements written."""

from collections.abc import Iterator

from bench import corpus
from bench.corpus import Shape
from bench.figure import Figure, Paired, of_pairs
from bench.running import Place

_MOST_MEMORY = 300.0  # MiB


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of writing 1,000,000 statements."""
    project = place.folder / "datasets.stance"
    corpus.make(project, [Shape(place.size(50_000), 3000, 20)])
    found = place.child("dataset", project, place.folder / "written", place.times(3))
    name = f"{found['number']:,} statements to JSON Lines"
    yield Figure(f"{name}: memory at its peak", found["peak"], most=_MOST_MEMORY, unit="MiB")
    yield of_pairs(name, Paired(found["ours"], found["bare"]), most_ratio=2)
