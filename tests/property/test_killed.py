"""The process is killed (SIGKILL) while it labels, again and again.

What it had acknowledged is in the file, besides at most the one action it was doing; the file is
sound, and undo goes on from there.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.changes import Change, Step
from annotator.domain.spans import Span
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, history, rows, search_index
from annotator.storage.store import Store
from tests.storage.projects import Dump, dump, make_project

ROOT = Path(__file__).resolve().parents[2]
FILES = 10
ROUNDS_PER_FILE = 12
IMPORTS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no SIGKILL here")

Line = dict[str, Any]
States = dict[int, str]


class Labeller:
    """The process that forks a labeller for each round."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.property.labeller"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def round(self, deed: str, path: Path, dice: random.Random) -> list[Line]:
        """Let one labeller do `deed`, kill it at some moment, return what it acknowledged."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{deed} {dice.randrange(1 << 30)} {path}\n")
        self.process.stdin.flush()
        pid = json.loads(self.line())["pid"]
        lines = [self.line() for _ in range(dice.choice((0, 1, 2, 5, 10, 20, 40)))]
        time.sleep(dice.random() * (0.005 if lines else 0.04))
        os.kill(pid, signal.SIGKILL)
        while not (line := self.line()).startswith("end"):
            lines.append(line)
        assert line == "end -9", "the labeller ended by itself"
        return [found for line in lines if (found := whole(line)) is not None]

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the labeller's parent is gone"
        return line.rstrip("\n")

    def close(self) -> None:
        with self.process:
            pass  # closes the pipes and waits


@pytest.fixture(scope="module")
def labeller() -> Iterator[Labeller]:
    started = Labeller()
    yield started
    started.close()


@pytest.mark.parametrize("seed", range(FILES))
def test_no_acknowledged_label_is_lost(labeller: Labeller, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    made = make_project(tmp_path / "killed.stance", "Ada")
    rows, states = dump(made.store), states_of(made.store)
    made.close()
    acknowledged = 0
    for _ in range(ROUNDS_PER_FILE):
        lines = labeller.round("label", made.path, dice)
        acknowledged += len(lines)
        for line in lines:
            changes = [Change(t, i, None, after, kind) for t, i, kind, after in line["changes"]]
            rows = changed(rows, changes)
            states = advanced(states, line["step"], line["state"])
        again = projects.open_project(made.path)
        assert again.notice is None, "the dead process still holds the lock"
        rows, states = with_the_unacknowledged(again, rows, states)
        assert dump(again.store) == rows
        assert states_of(again.store) == states
        assert checking.faults(again.store) == []
        again.close()
    assert acknowledged > ROUNDS_PER_FILE
    goes_on(made.path)


@pytest.mark.parametrize("seed", range(IMPORTS))
def test_nothing_of_a_killed_import_remains(labeller: Labeller, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    made = make_project(tmp_path / "killed.stance", "Ada")
    before = dump(made.store)
    made.close()
    labeller.round("import", made.path, dice)
    again = projects.open_project(made.path)
    assert dump(again.store) == before
    assert search_index.find(again.store.db, "zeppelin", 10) == []
    assert checking.faults(again.store) == []
    assert projects.undo_label(again) == "Import article"
    again.close()


STATEMENTS = 60  # by each of two who agree, in parts of ten


@pytest.mark.parametrize("seed", range(IMPORTS // 2))
@pytest.mark.parametrize("deed", ["agree", "merge"])
def test_a_killed_merge_or_take_is_done_or_not_begun(
    labeller: Labeller, tmp_path: Path, deed: str, seed: int
) -> None:
    dice = random.Random(seed)
    made = make_project(tmp_path / "killed.stance", "Lead")
    made.close()
    shutil.copyfile(made.path, tmp_path / "other.stance")
    agreeing(tmp_path / ("killed.stance" if deed == "agree" else "other.stance"))
    made = projects.open_project(made.path)
    before = dump(made.store)
    made.close()
    labeller.round(deed, made.path, dice)
    again = projects.open_project(made.path)
    found = dump(again.store)
    if found != before:
        new = len(found["statement"]) - len(before["statement"])
        assert new == (STATEMENTS if deed == "agree" else 2 * STATEMENTS)
        assert len(found["decision"]) == (STATEMENTS if deed == "agree" else 0)
        projects.undo_step(again)
        assert dump(again.store) == before
    assert checking.faults(again.store) == []
    again.close()


def agreeing(path: Path) -> None:
    """Let Ada and Bo make the same complete statements in the first article."""
    project = projects.open_project(path)
    chosen = {a.id: a.choices[0].id for a in project.codebook.attributes}
    for name in ("Ada", "Bo"):
        owner = projects.ensure_annotator(project, name).id
        with project.store.transact("Label", owner):
            for start in range(STATEMENTS):
                values = {
                    "uid": projects.new_uid(),
                    "article_id": 1,
                    "annotator_id": owner,
                    "speaker_id": 1,
                    "target": "ceasefire",
                    "stance": "favor",
                    "attributes": rows.json_text(chosen),
                    **rows.pieces_columns([Span(start, start + 9)]),
                    "provenance": "manual",
                    "codebook_version": "1.0.0",
                    "created_at": history.now(),
                    "updated_at": history.now(),
                }
                project.store.insert("statement", values)
            key = {"article_id": 1, "annotator_id": owner, "status": "done"}
            project.store.insert("work", key)
    projects.annotate_as(project, "Lead")
    project.close()


def whole(line: str) -> Line | None:
    """What a line says; None for one that the kill cut short."""
    try:
        found: Line = json.loads(line)
    except json.JSONDecodeError:
        return None
    return found


def states_of(store: Store) -> States:
    return {row["id"]: row["state"] for row in store.select("SELECT id, state FROM step")}


def advanced(states: States, step_id: int, state: str) -> States:
    """The states after an action, an undo or a redo; a new step drops what was undone."""
    if step_id not in states:
        states = {i: "dropped" if s == "undone" else s for i, s in states.items()}
    return {**states, step_id: state}


def with_the_unacknowledged(project: Project, rows: Dump, states: States) -> tuple[Dump, States]:
    """Add the one action that was committed and not yet acknowledged, if there is one."""
    actual = states_of(project.store)
    if actual == states:
        return rows, states
    new = [i for i in actual if i not in states]
    (step_id,) = new or [i for i in actual if actual[i] != states[i]]
    step: Step = history.load(project.store.db, step_id)
    changes = list(step.changes)
    if actual[step_id] == "undone":
        opposite = {"insert": "delete", "delete": "insert", "update": "update"}
        changes = [
            Change(c.table, c.row_id, c.after, c.before, opposite[c.kind])
            for c in reversed(changes)
        ]
    return changed(rows, changes), advanced(states, step_id, actual[step_id])


def changed(rows: Dump, changes: list[Change]) -> Dump:
    result = {table: dict(found) for table, found in rows.items()}
    for change in changes:
        table = result[change.table]
        if change.kind == "delete":
            del table[change.row_id]
        elif change.kind == "insert":
            assert change.row_id not in table
            table[change.row_id] = dict(change.after or {})
        else:
            table[change.row_id] = {**table[change.row_id], **(change.after or {})}
    return result


def goes_on(path: Path) -> None:
    """Everything can be taken back and done again."""
    project = projects.open_project(path)
    full = dump(project.store)
    count = 0
    while projects.undo_step(project):
        count += 1
    assert count and not dump(project.store)["statement"]
    while projects.redo_step(project):
        count -= 1
    while count < 0:  # the last labeller may have left something undone
        projects.undo_step(project)
        count += 1
    assert dump(project.store) == full
    assert checking.faults(project.store) == []
    project.close()
