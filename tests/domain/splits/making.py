"""Rows and texts for the tests of splits."""

from collections.abc import Sequence

from hypothesis import strategies as st

from annotator.domain.splits.rows import Row

# few words, so that texts repeat each other; the same word in other clothes among them
WORDS = (
    "trêve TREVE Tre\u0302ve troupes les des l’accord l'accord cessez-le-feu 🕊 停戦 שָׁלוֹם ١٢".split()
)
texts = st.one_of(
    st.lists(st.sampled_from([*WORDS, *"abcdefgh"]), max_size=14).map(" ".join),
    st.text(max_size=12),
)


def row(key: str, text: str, **rest: str | int | None) -> Row:
    """A row in an article of its own unless said otherwise."""
    values: dict = {"article": f"of {key}", "start": 0, "end": 10} | rest
    return Row(key=key, text=text, **values)


def apart(count: int, *, size: int = 1, **rest: str | int | None) -> list[Row]:
    """Rows in `count` groups of `size`: the same words in each, no word in two."""
    return [
        row(f"{n}-{m}", f"w{n}a w{n}b w{n}c w{n}d w{n}e", **rest)
        for n in range(count)
        for m in range(size)
    ]


@st.composite
def rows(draw: st.DrawFn, least: int = 0, most: int = 30):
    """Rows of few articles, speakers and days, some of them near-identical or overlapping."""
    count = draw(st.integers(least, most))
    return [
        Row(
            f"k{number}",
            draw(st.sampled_from(["a", "b", "c", "d"])),
            (start := draw(st.integers(0, 200))),
            start + draw(st.integers(1, 20)),
            draw(texts),
            draw(st.sampled_from([None, "p", "q", "r"])),
            draw(st.sampled_from(["2025-09-03", "2025-09-04", "2025-09-05T10:00:00Z"])),
            draw(st.sampled_from(["ceasefire", "troop_deployment", None])),
            draw(st.sampled_from(["favor", "against", None])),
        )
        for number in range(count)
    ]


def sides(rows: Sequence[Row], splits: Sequence[str], *names: str) -> list[list[tuple[str, str]]]:
    """Return keys and texts of the rows of each split named."""
    return [
        [(r.key, r.text) for r, split in zip(rows, splits, strict=True) if split == name]
        for name in names
    ]
