"""Agreement of five annotators, and α against the library krippendorff on the same data."""

from collections.abc import Iterator

from bench.figure import Figure, Paired, of_pairs
from bench.running import Place

_MOST = 20.0  # seconds for all measures with their intervals
_LONGEST = 0.05  # seconds that the window may wait meanwhile


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of agreement."""
    articles = place.size(1000)
    found = place.child("agree", articles, 20, 2000)
    what = f"5 annotators, {articles:,} articles, {found['statements']:,} statements, 2,000 draws"
    yield Figure(f"{what}: all measures with intervals", found["whole"], most=_MOST)
    yield Figure(f"{what}: the same by pair and target", found["target"], most=_MOST)
    yield Figure(f"{what}: the same by article", found["article"], most=_MOST)
    yield Figure(f"{what}: the same by speaker, {found['speakers']}", found["speaker"], most=_MOST)
    yield Figure(f"{what}: until the first figures", found["first"])
    yield Figure(f"{what}: longest wait of another thread", found["waited"], most=_LONGEST)
    yield Figure(f"{what}: all disagreements, {found['cases']:,}", found["disagreements"])
    units = place.size(100_000)
    alphas = place.child("alpha", units, 5, place.times(7))
    pairs = Paired(alphas["ours"], alphas["library"])
    yield of_pairs(f"α nominal of {units:,} units by 5 coders", pairs, most_ratio=1)
