"""ROWS: a grouped split and its leak report, over statements of which a third are retold.

Words are drawn as in a language, the r-th most frequent one r times less than the first. What is
retold repeats a statement among the last thousand in other words here and there.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import accumulate

from annotator.domain.splits.dividing import divide
from annotator.domain.splits.grouping import groups
from annotator.domain.splits.leaks import leaks
from annotator.domain.splits.rows import Row
from bench.children.agree import Other

_KINDS = 30_000  # of words
_RETOLD = 1 / 3
_OF_ARTICLE = 20


def _texts(count: int) -> Iterator[list[str]]:
    draw = random.Random(7)
    kinds = [f"é{number}" for number in range(_KINDS)]
    often = list(accumulate(1 / rank for rank in range(1, _KINDS + 1)))
    told: list[list[str]] = []
    for _ in range(count):
        if told and draw.random() < _RETOLD:
            words = list(told[draw.randrange(max(0, len(told) - 1000), len(told))])
            for _ in range(len(words) // 6):
                words[draw.randrange(len(words))] = kinds[draw.randrange(_KINDS)]
        else:
            length = max(3, round(draw.gauss(16, 7)))
            words = draw.choices(kinds, cum_weights=often, k=length)
            told.append(words)
        yield words


def _rows(count: int) -> Iterator[Row]:
    draw = random.Random(8)
    for number, words in enumerate(_texts(count)):
        article, place = divmod(number, _OF_ARTICLE)
        yield Row(
            f"row-{number}",
            f"article-{article}",
            place * 200,
            place * 200 + 150,
            " ".join(words),
            target=draw.choice(["ceasefire", "troop_deployment"]),
            stance=draw.choice(["favor", "against", "neutral", "unclear"]),
        )


def _main() -> None:
    (count,) = map(int, sys.argv[1:])
    rows = list(_rows(count))
    other = Other()
    other.start()
    began = time.perf_counter()
    found = groups(rows)
    splits = divide(rows, found, {"train": 80, "validation": 10, "test": 10}, 7).splits
    split = time.perf_counter() - began
    texts: dict[str, list[tuple[str, str]]] = {"train": [], "validation": [], "test": []}
    for row, name in zip(rows, splits, strict=True):
        texts[name].append((row.key, row.text))
    said = leaks(texts["train"], texts["test"])
    reported = time.perf_counter() - began
    other.stopped = True
    if said.straddling:
        sys.exit(f"{said.straddling} near-identical pairs straddle")
    print(
        json.dumps(
            {
                "split": split,
                "reported": reported,
                "waited": other.longest,
                "groups": len(set(found)),
                "words": sum(row.text.count(" ") + 1 for row in rows) / count,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    _main()
