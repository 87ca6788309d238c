"""UNITS CODERS TIMES: α nominal, ours and that of the library krippendorff, on the same array."""

import json
import sys
import time
from collections.abc import Callable

import krippendorff
import numpy as np

from annotator.domain.agreement.alpha import alpha
from bench.running import in_turn


def _timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _main() -> None:
    units, coders, times = map(int, sys.argv[1:])
    draw = np.random.default_rng(7)
    truth = draw.integers(1, 5, size=(units, 1))
    other = draw.integers(1, 5, size=(units, coders))
    values = np.where(draw.random((units, coders)) < 0.2, other, truth).astype(np.float64)
    values[draw.random((units, coders)) < 0.2] = np.nan
    by_coder = np.ascontiguousarray(values.T)

    def library() -> float:
        return float(krippendorff.alpha(by_coder, level_of_measurement="nominal"))

    ours = alpha(values).value
    if ours is None or abs(ours - library()) > 1e-9:
        sys.exit(f"they differ: {ours}, {library()}")
    pairs = in_turn(lambda: _timed(lambda: alpha(values)), lambda: _timed(library), times)
    print(json.dumps({"ours": pairs.ours, "library": pairs.plain}))


if __name__ == "__main__":
    _main()
