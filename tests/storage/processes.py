"""Starting a second process on a project."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def start(deed: str, path: Path, number: int = 0, *options: str) -> "subprocess.Popen[str]":
    """Start a deed of `tests.storage.child` and return the process, its pipes open."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.child", deed, str(path), str(number), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(deed: str, path: Path, number: int = 0, *options: str) -> dict[str, Any]:
    """Do a deed in a process of its own and return what it says."""
    with start(deed, path, number, *options) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(out)
    return found
