"""One label, key press to commit, against one raw commit that promises as much."""

from collections.abc import Iterator

from bench import corpus
from bench.corpus import Shape
from bench.figure import Figure, Paired, of_pairs, shown
from bench.running import Place


def measure(place: Place) -> Iterator[Figure]:
    """Yield the figures of labelling: in a usual article, and in one with 2,000 statements."""
    project = place.folder / "label.stance"
    usual = Shape(articles=50, characters=3000, statements=20)
    large = Shape(articles=1, characters=200_000, statements=2000)
    ids = corpus.make(project, [usual, large])
    for article_id, where in ((ids[0], ""), (ids[-1], ", 2,000 statements in the article")):
        found = place.child("label", project, article_id, place.times(150))
        pairs = Paired(found["committed"], found["plain"])
        yield of_pairs(f"One label, key press to commit{where}", pairs, most_ratio=4, most=0.005)
        painted = of_pairs("", Paired(found["painted"], found["plain"]))
        worst = shown(max(found["committed"]))
        what = f"One label, key press to all painted{where} (commit at worst {worst})"
        yield Figure(what, painted.ours)
