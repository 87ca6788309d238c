"""What the commands share: paths as arguments, and a project opened for one command."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.services.project import Project

# What cannot be read is told by whoever reads it: one unreadable file stops no import.
PATH = click.Path(path_type=Path, readable=False)


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> "Iterator[Project]":
    """Open a project for one command; UserError when it must be written and cannot be."""
    from annotator.services import project as projects

    gc.disable()  # a command soon ends; looking for cycles among its rows takes a tenth of it
    project = projects.open_project(path, read_only=read_only)
    try:
        if project.read_only and not read_only:
            raise UserError(f"{project.notice} {project.remedy}")
        yield project
    finally:
        project.close()
