"""The window is killed (SIGKILL) while somebody labels in it, and opened again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator import places
from annotator.services import annotating, importing
from annotator.services import project as projects
from annotator.storage import checking

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


def label_and_die(path: Path, seed: int) -> list[str]:
    """Let a window label, kill it at some moment, and return what it acknowledged last."""
    dice = random.Random(seed)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.labelling_process", str(path), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        lines = [process.stdout.readline() for _ in range(dice.randrange(2, 30))]
        time.sleep(dice.random() * 0.03)
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL, "the window ended by itself"
    whole = [line for line in lines if line.endswith("\n")]
    found: list[str] = json.loads(whole[-1])
    return found


def test_a_killed_window_loses_nothing(open_window, tmp_path: Path) -> None:
    path = tmp_path / "work.stance"
    project = projects.create(path)
    projects.annotate_as(project, "Ada")
    texts = sorted(places.shipped("seeds").glob("*.txt"))
    importing.import_articles(project, texts)
    project.close()
    for seed in range(ROUNDS):
        acknowledged = label_and_die(path, seed)
        hand = open_window(path)
        opened = hand.window.project
        assert not opened.read_only
        assert checking.faults(opened.store) == []
        held = [repr(s) for s in annotating.statements(opened, hand.page.desk.article_id)]
        # Besides what was acknowledged, at most the one action that was under way.
        missing = [s for s in acknowledged if s not in held]
        assert len(missing) <= 1 and abs(len(held) - len(acknowledged)) <= 1
        assert hand.page.sheet.statements == annotating.statements(
            opened, hand.page.desk.article_id
        )
        hand.window.close()
