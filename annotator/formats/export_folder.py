"""The folder of an export on the disk: written beside the old one, then swapped in whole.

At every moment either the old export or the new one lies under the name, or (between two renames)
the old one lies whole beside it as `.NAME.old`, and the next export puts it back first.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.errors import UserError
from annotator.formats import dataset_record

STATEMENTS = "statements.jsonl"
ARTICLES = "articles.jsonl"
DATASET = "dataset.json"
CARD = "README.md"
FILES = (STATEMENTS, ARTICLES, DATASET, CARD)

_NEGLIGIBLE = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what desktops leave behind
_STALE = 3600.0  # seconds after which a draft belongs to nobody any more


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a fresh folder to write into; at the end it takes the place of `folder`.

    When the block raises, or anything fails, `folder` is as it was. UserError when `folder` holds
    anything but an export, or cannot be written.
    """
    folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - links stay as they are
    if folder.is_symlink():
        folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _recover(folder)
        refuse_strangers(folder)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
        try:
            yield draft
            _settle(draft)
            _swap(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise UserError(_refusal(folder, error)) from error


def refuse_strangers(folder: Path) -> None:
    """Raise UserError when `folder` is there and is not an export (or empty)."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError(f"“{folder}” is a file; choose a folder to export to.")
    held = sorted(p.name for p in folder.iterdir() if p.name not in _NEGLIGIBLE)
    strange = [name for name in held if name not in FILES]
    if strange:
        raise UserError(
            f"“{folder}” holds other things than an export (“{strange[0]}”), which replacing it"
            " would lose; choose a new folder."
        )
    if held:
        _refuse_unlike(folder)


def _refuse_unlike(folder: Path) -> None:
    try:
        dataset_record.decode((folder / DATASET).read_bytes())
    except FileNotFoundError:
        raise UserError(
            f"“{folder}” holds no {DATASET}, so it is not an export of this program; choose a new"
            " folder."
        ) from None
    except UserError as error:
        raise UserError(
            f"“{folder / DATASET}” is not of this program: {error}; choose a new folder."
        ) from error


def _recover(folder: Path) -> None:
    """Put right what a crash between two renames left, and clear away old drafts."""
    aside = _aside(folder)
    if aside.is_dir():
        if folder.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(folder)
    for draft in folder.parent.glob(f".{folder.name}.new-*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > _STALE:
                shutil.rmtree(draft)


def _settle(draft: Path) -> None:
    """Make sure that what was written is on the disk before anything is renamed."""
    draft.chmod(0o777 & ~_umask())
    for path in [*draft.iterdir(), draft]:
        _flush(path)


def _swap(draft: Path, folder: Path) -> None:
    aside = _aside(folder)
    had_one = folder.exists()
    if had_one:
        folder.rename(aside)
    try:
        draft.rename(folder)
    except OSError:
        if had_one:
            aside.rename(folder)
        raise
    _flush(folder.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _flush(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows gives no handle to a folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        with suppress(PermissionError):  # a folder we may write in but not read
            os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    # mkdtemp makes the folder for its owner alone; an export is as open as other new folders
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(folder: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return (
        f"The export to “{folder}” failed ({reason}); what was there is as it was."
        " Choose another folder or make room."
    )
