"""A split of many statements that does not leak, with its leak report."""

from collections.abc import Iterator

from bench.figure import Figure
from bench.running import Place

_MOST = 60.0  # seconds from the rows to their splits


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of a grouped split."""
    rows = place.size(100_000)
    found = place.child("split", rows)
    what = f"{rows:,} statements, {found['words']:.0f} words each"
    yield Figure(f"{what}: split into {found['groups']:,} groups", found["split"], most=_MOST)
    yield Figure(f"{what}: the same, then the leak report", found["reported"], most=_MOST)
    yield Figure(f"{what}: longest wait of another thread", found["waited"])
    yield Figure(f"{what}: memory at its peak", found["memory"], unit="MiB")
