"""Values of a coefficient for many samples at once, and why some have none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.domain.agreement.values import Figure

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

DEFINED = ""
ONE_CATEGORY = "only one category occurs"
NO_PAIRS = "no unit has two coders"
NOTHING_MARKED = "both marked nothing"
NO_ARTICLES = "no article is done by two annotators"
TOO_LITTLE = "too little is marked by two coders"
LABEL_ABSENT = "the label does not occur"

# numpy makes plain numbers of arrays without dimensions
Floats = FloatArray | np.float64
Bools = BoolArray | np.bool_

REASONS = (DEFINED, ONE_CATEGORY, NO_PAIRS, NOTHING_MARKED, NO_ARTICLES, TOO_LITTLE, LABEL_ABSENT)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A coefficient for any number of samples: arrays of one shape.

    `value` is NaN where the coefficient is undefined, and `why` is then the index of the reason
    in REASONS (0 where it is defined). `n` counts units, `percent` is the raw agreement (NaN
    where nothing was compared).
    """

    value: FloatArray
    n: FloatArray
    why: IntArray
    percent: FloatArray

    def figure(self) -> Figure:
        """Return the figure of a single sample."""
        value, why = float(self.value), int(self.why)
        return Figure(None if why else value, round(float(self.n)), REASONS[why] or None)


def divided(above: Floats, below: Floats) -> FloatArray:
    """Return above / below, NaN where `below` is 0."""
    safe = np.where(below == 0, 1.0, below)
    return np.where(below == 0, np.nan, above / safe)


def outcome(value: Floats, n: Floats, percent: Floats, *tests: tuple[Bools, str]) -> Outcome:
    """Return an outcome, undefined where a test holds, for the reason of the first that does."""
    why = np.zeros(np.shape(value), dtype=np.int64)
    for holds, reason in reversed(tests):
        why = np.where(holds, REASONS.index(reason), why)
    found = np.where(why > 0, np.nan, value)
    return Outcome(found, np.asarray(n), why, np.asarray(percent))
