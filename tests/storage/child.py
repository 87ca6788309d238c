"""What a second process does in the tests: `python -m tests.storage.child DEED PATH [NUMBER]`.

Each deed writes one line of JSON. Where the tests run as root, `--nobody` gives its rights up
first, since permissions do not bind root.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking

NOBODY = 65534


def look(project: Project) -> dict[str, Any]:
    """What the project is and whether it can be written."""
    article = projects.articles(project)[0].id
    before = len(annotating.statements(project, article))
    try:
        annotating.mark(project, article, Span(0, 2))
        refused = None
    except UserError as error:
        refused = str(error)
    return {
        "notice": project.notice,
        "read_only": project.read_only,
        "articles": len(projects.articles(project)),
        "before": before,
        "refused": refused,
        "after": len(annotating.statements(project, article)),
    }


def open_and_look(path: Path, _: int) -> dict[str, Any]:
    """Open the project, try to label, and close it."""
    try:
        project = projects.open_project(path)
    except UserError as error:
        return {"cannot": str(error)}
    found = look(project)
    project.close()
    return found


def hold(path: Path, _: int) -> dict[str, Any]:
    """Open the project and keep it until standard input ends."""
    project = projects.open_project(path)
    say(look(project))
    sys.stdin.read()
    project.close()
    return {}


def create(path: Path, _: int) -> dict[str, Any]:
    """Make a project."""
    try:
        projects.create(path).close()
    except UserError as error:
        return {"cannot": str(error)}
    return {}


def keep_copy(path: Path, _: int) -> dict[str, Any]:
    """Keep a copy."""
    try:
        return {"copy": str(projects.keep_copy(path))}
    except UserError as error:
        return {"cannot": str(error)}


def fill(path: Path, room: int) -> dict[str, Any]:
    """Label until no file may be larger than `room`; then lift that and label once more."""
    project = projects.open_project(path)
    article = projects.articles(project)[0].id
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    done, refused = 0, ""
    while not refused:
        try:
            annotating.mark(project, article, Span(0, 2))
            done += 1
        except UserError as error:
            refused = str(error)
    left = len(annotating.statements(project, article))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    annotating.mark(project, article, Span(0, 2))
    faults = checking.faults(project.store)
    project.close()
    return {"done": done, "refused": refused, "left": left, "faults": faults}


DEEDS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    deed.__name__: deed for deed in (open_and_look, hold, create, keep_copy, fill)
}


def say(found: dict[str, Any]) -> None:
    """Write one line for the test that started this process."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do what the arguments say."""
    deed, path, number, *options = sys.argv[1:]
    if "--nobody" in options and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    say(DEEDS[deed](Path(path), int(number)))


if __name__ == "__main__":
    main()
