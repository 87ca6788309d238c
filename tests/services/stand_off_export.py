"""A project exported with its texts and without."""

from pathlib import Path

from annotator.services import exporting
from annotator.services.dataset_entries import Choice
from annotator.services.exporting import Order
from annotator.services.project import Project

AT = "2026-01-06T12:00:00.000Z"


def export_stand_off(project: Project, folder: Path, whole: Path, *, gold: bool = False) -> None:
    """Export everything of a project to `whole` with its texts, and to `folder` without them."""
    choice = Choice(gold=gold, status="any", excluded=True)
    exporting.export(project, whole, Order(choice), at=AT)
    exporting.export(project, folder, Order(choice, stand_off=True), at=AT)
