"""Golden files of the sample in exports/sample/FORM.

STANCE_GOLDEN=write pytest tests/formats/datasets writes them anew.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

GOLDEN = ROOT / "exports" / "sample"


def check(made: Path, form: str, read: Callable[[Path], object] = Path.read_bytes) -> None:
    """Compare every file in `made` with the golden one of `form`, as `read` gives them."""
    folder = GOLDEN / form
    if os.environ.get("STANCE_GOLDEN") == "write":
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    names = _names(made)
    assert names == _names(folder)
    for name in names:
        assert read(made / name) == read(folder / name), name


def _names(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
