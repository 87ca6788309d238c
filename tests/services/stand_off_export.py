"""A stand-off export of a project, written as the forms of dataset are."""

import json
from pathlib import Path

from annotator.formats import stand_off
from annotator.formats.datasets.form import Context
from annotator.formats.datasets.registry import form
from annotator.services import exporting
from annotator.services.dataset_entries import Choice, entries
from annotator.services.project import Project
from tests.formats.datasets.entries import write

AT = "2026-01-06T12:00:00.000Z"


def export_stand_off(project: Project, folder: Path, whole: Path, *, gold: bool = False) -> None:
    """Export a project to `whole` with its texts, and to `folder` without them."""
    exporting.export(project, whole, at=AT, gold=gold)
    recipe = stand_off.recipe(str(project.store.row("project", 1)["uid"]))
    folder.mkdir()
    found = [stand_off.stripped(e, recipe.salt) for e in entries(project, Choice(gold=gold))]
    write(form("jsonl"), folder, Context(project.codebook, texts=False), found)
    said = json.loads((whole / "dataset.json").read_bytes())
    said["stand_off"] = {"salt": recipe.salt, "window": 6, "digits": 6}
    (folder / "dataset.json").write_text(json.dumps(said))
