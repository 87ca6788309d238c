"""Running processes: each figure is taken in fresh ones, in a home that is thrown away."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figure import Paired

PATIENCE = 900  # seconds until a process that does not end is given up
ROOT = Path(__file__).resolve().parent.parent


class ChildError(Exception):
    """A measured process failed; its words say why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run keeps its files, and how thorough it is."""

    folder: Path
    quick: bool

    def times(self, usual: int) -> int:
        """Return how often to repeat what is usually done `usual` times."""
        return max(3, usual // 3) if self.quick else usual

    def size(self, usual: int) -> int:
        """Return how large to make what is usually `usual` large."""
        return max(1, usual // 10) if self.quick else usual

    def environment(self) -> dict[str, str]:
        """Return the environment of children: offscreen, with settings of their own."""
        homes = ("CONFIG", "DATA", "STATE", "CACHE")
        paths = {f"XDG_{name}_HOME": str(self.folder / "home" / name.lower()) for name in homes}
        # a program that is installed is compiled once, not at every start
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        python_path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return {
            **inherited,
            **paths,
            "PYTHONPATH": python_path,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }

    def process(self, *arguments: object) -> tuple[float, str]:
        """Run Python with `arguments`; return its seconds from exec to its end, and its output."""
        command = [sys.executable, *map(str, arguments)]
        began = time.monotonic()
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=self.environment(),
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            raise ChildError(f"{' '.join(command[1:])}: no end after {PATIENCE} s") from error
        seconds = time.monotonic() - began
        if done.returncode:
            raise ChildError(f"{' '.join(command[1:])}\n{done.stderr or done.stdout}")
        return seconds, done.stdout

    def child(self, name: str, *arguments: object) -> dict[str, Any]:
        """Run a module of bench.children; return what it printed."""
        _, output = self.process("-m", f"bench.children.{name}", *arguments)
        found: dict[str, Any] = json.loads(output.splitlines()[-1])
        return found

    def timed_child(self, name: str, *arguments: object) -> dict[str, Any]:
        """Run a module of bench.children that is told first when it was started."""
        return self.child(name, time.monotonic(), *arguments)


def in_turn(ours: Callable[[], float], plain: Callable[[], float], times: int) -> Paired:
    """Measure both in turn `times` times, after one round that does not count."""
    found: tuple[list[float], list[float]] = ([], [])
    for round_ in range(times + 1):
        values = ours(), plain()
        if round_:
            for values_so_far, value in zip(found, values, strict=True):
                values_so_far.append(value)
    return Paired(*found)


def largest(values: Sequence[float]) -> float:
    """Return the largest value, 0 when there is none."""
    return max(values, default=0.0)
