"""The examples of the documentation run on what the program writes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services import exporting, sample
from annotator.services.dividing import Splitting
from annotator.services.exporting import Order

BASELINE = Path(__file__).resolve().parent.parent / "docs" / "examples" / "baseline.py"


def test_the_baseline_learns_from_an_exported_folder(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    project = sample.make_sample(tmp_path / "sample.stance")
    exporting.export(project, tmp_path / "export", Order(splitting=Splitting(shares=(80, 20))))
    project.close()
    done = subprocess.run(
        [sys.executable, "-W", "error", str(BASELINE), str(tmp_path / "export")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    scores = [float(found) for found in re.findall(r": (\d\.\d{3})$", done.stdout, re.MULTILINE)]
    assert len(scores) == 2
    assert scores[0] < scores[1]  # the twins of the sample's test rows are worth that much
