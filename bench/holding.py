"""Memory and start with a large project open in the window, against a bare window."""

from collections.abc import Iterator

from bench.corpus import Shape
from bench.figure import Figure
from bench.running import Place
from bench.starting import make_with_text

_IDLE = 3.0  # seconds after the first paint when memory is looked at


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of a project of 10,000 articles and 200,000 statements."""
    shape = Shape(place.size(10_000), 3000, 20)
    project = place.folder / "hold.stance"
    text = make_with_text(project, shape)
    name = f"{shape.articles:,} articles, {shape.articles * shape.statements:,} statements"
    place.timed_child("window", project, _IDLE)  # keeps the day's copy, warms the disk
    runs = [place.timed_child("window", project, _IDLE) for _ in range(place.times(3))]
    plain = [place.timed_child("plain_window", text, _IDLE) for _ in range(place.times(3))]
    for key, what in (("peak", "memory at its peak"), ("idle", "memory at rest")):
        ours, bare = (_median([run[key] for run in kind]) for kind in (runs, plain))
        yield Figure(f"{name}: {what}", ours, bare, ours / bare, unit="MiB")
    seconds = _median([run["seconds"] for run in runs])
    bare = _median([run["seconds"] for run in plain])
    yield Figure(f"{name}: start to first painted article", seconds, bare, seconds / bare)
    blocked = _median([run["blocked"] for run in runs])
    yield Figure(f"{name}: longest block of the event loop", blocked)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
