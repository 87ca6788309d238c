"""One file, written beside its place and renamed when whole: never half of it under its name."""

import os
import tempfile
from pathlib import Path

from annotator.errors import UserError


def write(path: Path, content: bytes) -> None:
    """Put `content` under the name `path`; UserError, and the old file as it was, when it fails."""
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links stay as they are
    if path.is_symlink():
        path = path.resolve()
    if path.is_dir():
        raise UserError(f"“{path}” is a folder; give the name of a file.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder “{path.parent}”; make it or choose another.")
    try:
        _replace(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"“{path}” could not be written ({reason}); what was there is as it was."
            " Choose another place or make room."
        ) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.new-", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(_mode(path))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    # mkstemp makes the file for its owner alone; a report is as open as the file it replaces
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
