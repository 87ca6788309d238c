"""Copies of a project file: one before every migration, one a day, the last five kept."""

import glob
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import UserError
from annotator.storage.causes import cause

KEPT = 5


def folder_of(path: Path) -> Path:
    """Return the folder in which the copies of the project at `path` lie."""
    return path.with_name(f"{path.name}-copies")


def copies_of(path: Path) -> list[Path]:
    """Return the copies of the project at `path`, oldest first."""
    return sorted(folder_of(path).glob(f"{glob.escape(path.stem)} *.stance"))


def is_due(path: Path, made_on: str) -> bool:
    """Tell whether today's copy is still to be made; a project made today needs none.

    `made_on` is the project's creation time as it stands in the file.
    """
    today = _today()
    newest = copies_of(path)
    return made_on[:10] != today and not any(today in copy.stem for copy in newest[-1:])


def make_copy(path: Path, *, reason: str = "") -> Path:
    """Copy the project at `path` whole, keep the newest five, and return the new copy.

    Uses a connection of its own, so it may run in any thread while the project is in use.
    UserError when no copy can be written; what was there before stays.
    """
    folder = folder_of(path)
    suffix = f" {reason}" if reason else ""
    goal = folder / f"{path.stem} {_today()}{suffix}.stance"
    draft = goal.with_suffix(".part")
    try:
        folder.mkdir(exist_ok=True)
        draft.unlink(missing_ok=True)
        _copy(path, draft)
        draft.replace(goal)
        for old in copies_of(path)[:-KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise UserError(
            f"No copy of “{path.name}” could be kept: {cause(error)}; check the folder “{folder}”."
        ) from error
    return goal


def _copy(path: Path, draft: Path) -> None:
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(draft)) as target,
    ):
        source.backup(target, pages=4096)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
