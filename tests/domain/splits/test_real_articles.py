"""What the field's words say of the five real articles: retellings leak, groups do not."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from annotator.domain import text as article_texts
from annotator.domain.spans import Span
from annotator.domain.splits.dividing import divide, random_split
from annotator.domain.splits.grouping import groups
from annotator.domain.splits.leaks import closest, leaks, straddling
from annotator.domain.splits.rows import Row
from annotator.domain.splits.similarity import THRESHOLD
from tests.domain.splits.making import sides

TARGETS = {
    "ceasefire": r"cessez|combats|trêve",
    "troop_deployment": r"troupes|force|soldats|déploi",
}
TWO = {"train": 80.0, "test": 20.0}


def sentences(text: str) -> Iterator[Span]:
    for line in article_texts.paragraphs(text):
        for found in re.finditer(r"[^.!?]+[.!?]*", line.of(text)):
            span = Span(line.start + found.start(), line.start + found.end())
            trimmed = article_texts.trimmed(span, text)
            if trimmed and article_texts.count_words(trimmed.of(text)) >= 8:
                yield trimmed


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[Row]:
    """A row for each sentence that names a target, and for each target it names."""
    made = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = article_texts.normalise(path.read_text(encoding="utf-8"))
        for span in sentences(text):
            for target, pattern in TARGETS.items():
                if re.search(pattern, span.of(text)):
                    key = f"{path.name[:3]}-{span.start}-{target}"
                    words = span.of(text)
                    made.append(
                        Row(key, path.name[:3], span.start, span.end, words, None, None, target)
                    )
    return made


def test_a_random_split_leaves_about_half_of_the_test_rows_a_twin(rows: list[Row]) -> None:
    found = groups(rows)

    def share(seed: int) -> float:
        splits = random_split(rows, TWO, seed).splits
        pairs = list(zip(found, splits, strict=True))
        learnt = {group for group, split in pairs if split == "train"}
        return mean(group in learnt for group, split in pairs if split == "test")

    assert 0.4 < mean(share(seed) for seed in range(50)) < 0.7


def test_whole_articles_alone_still_leak(rows: list[Row]) -> None:
    articles = sorted({row.article for row in rows})
    by_article = [articles.index(row.article) for row in rows]
    leaking = [
        straddling(train, test)
        for seed in range(5)
        for train, test in [sides(rows, divide(rows, by_article, TWO, seed).splits, *TWO)]
    ]
    assert max(leaking) > 0


@pytest.mark.parametrize("by", ["statement", "article"])
def test_groups_leave_none(rows: list[Row], by: str) -> None:
    found = groups(rows, "article" if by == "article" else "statement")
    for seed in range(5):
        splits = divide(rows, found, TWO, seed).splits
        train, test = sides(rows, splits, *TWO)
        said = leaks(train, test)
        assert said.straddling == 0 and said.twinned == ()
        assert all(pair.similarity < THRESHOLD for pair in said.closest)
        assert len(said.closest) == 10


def test_the_same_dispatches_retold_are_one_group(rows: list[Row]) -> None:
    """Ruling 6 of the codebook: three articles report what was said about a veto."""
    veto = [row for row in rows if "veto" in row.text and row.target == "troop_deployment"]
    assert {row.article for row in veto} == {"002", "003", "004"}
    found = dict(zip([row.key for row in rows], groups(rows), strict=True))
    assert len({found[row.key] for row in veto}) == 1
    one, other = [[(row.key, row.text)] for row in veto[:2]]
    assert closest(one, other)[0].similarity >= THRESHOLD


def test_unrelated_statements_of_one_article_are_not(rows: list[Row]) -> None:
    found = groups([row for row in rows if row.article == "001"])
    assert len(set(found)) >= len(found) * 0.5
