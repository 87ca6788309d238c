"""What a project holds, and whether its file is sound."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotator.domain.records import Counts
from annotator.services.project import Project
from annotator.storage import counting, file_checking


def counts(project: Project, annotator_ids: Sequence[int] | None = None) -> Counts:
    """Return the counts by article, annotator, target, stance and status.

    Only statements and statuses of `annotator_ids` count, all if None.
    """
    return counting.counts(project.store, annotator_ids)


def check(path: Path) -> list[str]:
    """Return what is wrong with the project at `path`, a sentence each; empty when all is well.

    Reads only, so it may run in any thread. UserError when the file is not a project at all.
    """
    return file_checking.faults(path)


def info(project: Project) -> dict[str, Any]:
    """Return what the project is and holds, ready to be printed or written as JSON."""
    return {
        "name": project.name,
        "path": str(project.path),
        "codebook_version": project.codebook.version,
        **asdict(counts(project)),
    }
