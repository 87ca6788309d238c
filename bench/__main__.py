"""`python -m bench`: measure, print, and with `--write` renew docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import (
    agreement,
    datasets,
    holding,
    labelling,
    machine,
    moving,
    reading,
    report,
    splitting,
    starting,
)
from bench.figure import Figure
from bench.running import ROOT, ChildError, Place

_GROUPS: dict[str, Callable[[Place], Iterator[Figure]]] = {
    "start": starting.measure,
    "label": labelling.measure,
    "read": reading.measure,
    "in": moving.measure_in,
    "out": moving.measure_out,
    "datasets": datasets.measure,
    "hold": holding.measure,
    "agreement": agreement.measure,
    "split": splitting.measure,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=_GROUPS, help="measure this alone")
    parser.add_argument("--quick", action="store_true", help="smaller and fewer times; no proof")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder on the disk to measure")
    arguments = parser.parse_args()
    if arguments.write and (arguments.quick or arguments.only):
        parser.error("--write takes all figures at full size; leave out --quick and --only")
    return arguments


def main() -> int:
    """Measure what is asked for; the exit code is 1 when something could not be measured."""
    asked = _arguments()
    groups: dict[str, list[Figure]] = {}
    failed = False
    for name in asked.only or _GROUPS:
        print(name, flush=True)
        groups[name] = []
        with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.folder) as folder:
            try:
                for figure in _GROUPS[name](Place(Path(folder), asked.quick)):
                    groups[name].append(figure)
                    print("\n".join(report.lines([figure])), flush=True)
            except ChildError as error:
                failed = True
                print(f"  failed: {error}", flush=True)
    found = machine.described()
    print("\n".join(f"{key}: {value}" for key, value in found.items()))
    if asked.write and not failed:
        report.write(ROOT / "docs" / "performance.md", groups, found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
