"""What a project holds, and whether its file is sound."""

from collections.abc import Iterator, Mapping, Sequence
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


def listing(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that say what `info` found."""
    yield f"{found['name']} ({found['path']}), codebook {found['codebook_version']}"
    for key in ("articles", "annotators", "speakers", "statements"):
        yield f"{found[key]:>7} {key}"
    for title in ("annotator", "target", "stance", "article"):
        yield f"statements by {title}:"
        yield from (f"{number:>7} {name}" for name, number in found[f"by_{title}"].items())
    yield "articles by status:"
    for name, spread in found["by_status"].items():
        listed = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in spread.items() if n)
        yield f"        {name}: {listed or 'none'}"
