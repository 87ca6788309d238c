"""ARTICLES STATEMENTS DRAWS: the whole report on five annotators, and when each part was ready.

Each annotator marks about STATEMENTS in an article: what four of five see of the same truth,
some of it with other boundaries, another target, speaker, stance or attribute.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from threading import Thread

from annotator.domain.agreement.comparing import Compared
from annotator.domain.agreement.disagreements import disagreements
from annotator.domain.agreement.measures import sections
from annotator.domain.agreement.values import Coded, Comparison, Extent, Settings
from annotator.domain.spans import Span

_ANNOTATORS = range(1, 6)
_LENGTH = 3000  # code points of an article
_SPEAKERS = 200
_TARGETS = ("ceasefire", "troop_deployment")
_STANCES = ("favor", "against", "neutral", "unclear")
_ATTRIBUTES = {
    "attribution": ("direct", "indirect", "narrated"),
    "condition": ("none", "condition", "timing"),
    "evidence": ("explicit", "implied"),
    "scope": ("general", "own_participation"),
    "confidence": ("high", "medium", "low"),
}


class _Truth:
    """Statements that annotators see, each a little otherwise; the same for the same seed."""

    def __init__(self) -> None:
        self._random = random.Random(7)
        # as in the news: few speakers speak often, most hardly ever
        self._often = [1 / rank for rank in range(1, _SPEAKERS + 1)]
        self._id = 0

    def of_article(self, article: int, statements: int) -> Iterator[Coded]:
        """Yield what all annotators mark in an article."""
        for _ in range(round(statements / 0.8)):
            start = self._random.randrange(_LENGTH - 200)
            words = (start, start + self._random.randrange(20, 160))
            drawn = (
                self._random.choice(_TARGETS),
                self._random.choice(_STANCES),
                self._speaker(),
                {name: self._random.choice(values) for name, values in _ATTRIBUTES.items()},
            )
            for annotator in _ANNOTATORS:
                if self._random.random() < 0.8:
                    yield self._seen(article, annotator, words, *drawn)

    def _seen(
        self,
        article: int,
        annotator: int,
        words: tuple[int, int],
        target: str,
        stance: str,
        speaker: int,
        attributes: dict[str, str],
    ) -> Coded:
        self._id += 1
        start, end = words
        start += self._rarely(0.3, 15)
        end = max(start + 16, end + self._rarely(0.3, 15))
        in_pieces = self._rarely(0.1, 1) and end - start > 30
        pieces = (Span(start, start + 8), Span(start + 12, end)) if in_pieces else None
        return Coded(
            self._id,
            article,
            annotator,
            pieces or (Span(start, end),),
            self._otherwise(target, _TARGETS, 0.05),
            self._otherwise(stance, _STANCES, 0.2),
            self._speaker() if self._rarely(0.1, 1) else speaker,
            {name: self._otherwise(v, _ATTRIBUTES[name], 0.1) for name, v in attributes.items()},
            Span(start, start + 8),
            (speaker,) if self._rarely(0.1, 1) else (),
        )

    def _speaker(self) -> int:
        return self._random.choices(range(1, _SPEAKERS + 1), self._often)[0]

    def _otherwise(self, value: str, values: tuple[str, ...], share: float) -> str:
        return self._random.choice(values) if self._random.random() < share else value

    def _rarely(self, share: float, most: int) -> int:
        return self._random.randint(1, most) if self._random.random() < share else 0


class Other(Thread):
    """Another thread that wants to run every millisecond, as a window's does."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest = 0.0
        self.stopped = False

    def run(self) -> None:
        """Note the longest wait until `stopped`."""
        last = time.perf_counter()
        while not self.stopped:
            time.sleep(0.001)
            now = time.perf_counter()
            self.longest, last = max(self.longest, now - last), now


def _main() -> None:
    articles, each, draws = map(int, sys.argv[1:])
    truth = _Truth()
    numbers = range(1, articles + 1)
    comparison = Comparison(
        [row for article in numbers for row in truth.of_article(article, each)],
        {article: Extent(_LENGTH) for article in numbers},
        {annotator: numbers for annotator in _ANNOTATORS},
        _TARGETS,
        _STANCES,
        tuple(_ATTRIBUTES),
    )
    compared = Compared(comparison, Settings(draws=draws))
    ready: dict[str, float] = {}
    other = Other()
    other.start()
    began = time.perf_counter()
    for section in sections(compared):
        ready.setdefault("first", time.perf_counter() - began)
        ready[section.kind] = time.perf_counter() - began
    other.stopped = True
    whole = ready.pop("all")
    began = time.perf_counter()
    cases = len(disagreements(compared))
    found = {
        **ready,
        "whole": whole,
        "waited": other.longest,
        "speakers": len(compared.of.speaker.labels),
        "statements": len(comparison.statements),
        "disagreements": time.perf_counter() - began,
        "cases": cases,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    _main()
