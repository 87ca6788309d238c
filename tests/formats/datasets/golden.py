"""The golden files of the forms: the sample in each, compared by bytes.

STANCE_GOLDEN=write pytest tests/formats/datasets writes them anew.
"""

import os
import shutil
from pathlib import Path

from tests.conftest import ROOT

GOLDEN = ROOT / "exports" / "sample"


def held(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path within."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def compare(written: Path, name: str) -> None:
    """Fail unless `written` holds the same files as exports/sample/NAME, to the byte."""
    golden = GOLDEN / name
    if os.environ.get("STANCE_GOLDEN") == "write":
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(written, golden)
    found, wanted = held(written), held(golden)
    assert sorted(found) == sorted(wanted)
    assert [path for path in found if found[path] != wanted[path]] == []
