"""One measured figure: ours, the plain thing's, the aim, and whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Unit = Literal["s", "MiB"]


@dataclass(frozen=True, slots=True)
class Paired:
    """Two things measured in turn, in seconds."""

    ours: Sequence[float]
    plain: Sequence[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios of neighbours in time, which drift alike."""
        return median(a / b for a, b in zip(self.ours, self.plain, strict=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report; `most` and `most_ratio` are what it aims to stay under."""

    what: str
    ours: float
    plain: float | None = None
    ratio: float | None = None
    most_ratio: float | None = None
    most: float | None = None
    unit: Unit = "s"

    @property
    def met(self) -> bool | None:
        """Whether every aim is met; None when there is no aim."""
        tests = []
        if self.most_ratio is not None and self.ratio is not None:
            tests.append(self.ratio <= self.most_ratio)
        if self.most is not None:
            tests.append(self.ours < self.most)
        return all(tests) if tests else None

    @property
    def verdict(self) -> str:
        """The word for `met`."""
        return {None: "", True: "met", False: "missed"}[self.met]

    @property
    def aims(self) -> str:
        """The aims in words."""
        ratio = f"≤ {self.most_ratio:g} ×" if self.most_ratio is not None else ""
        most = f"< {shown(self.most, self.unit)}" if self.most is not None else ""
        return ", ".join(filter(None, (ratio, most)))


def of_pairs(
    what: str, pairs: Paired, most_ratio: float | None = None, most: float | None = None
) -> Figure:
    """Return the figure of two things measured in turn."""
    ours, plain = median(pairs.ours), median(pairs.plain)
    return Figure(what, ours, plain, pairs.ratio, most_ratio, most)


def shown(value: float | None, unit: Unit = "s") -> str:
    """Return a value with its unit, three digits of it."""
    if value is None:
        return ""
    if unit == "MiB":
        return f"{value:.0f} MiB"
    if value >= 1:
        return f"{value:.2f} s"
    milliseconds = value * 1000
    digits = 0 if milliseconds >= 100 else 1 if milliseconds >= 10 else 2
    return f"{milliseconds:.{digits}f} ms"
