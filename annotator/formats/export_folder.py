"""The folder of an export on the disk: written beside the old one, then swapped in whole.

At every moment either the old export or the new one lies under the name, or (between two renames)
the old one lies whole beside it as `.NAME.old`, and the next export puts it back first.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from annotator.errors import UserError
from annotator.formats import dataset_record
from annotator.formats.dataset_record import FileRecord

STATEMENTS = "statements.jsonl"
ARTICLES = "articles.jsonl"
DATASET = "dataset.json"
FILES = (STATEMENTS, ARTICLES)  # of an export whose dataset.json cannot be read
CARD = "README.md"

_NEGLIGIBLE = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what desktops leave behind
_AT_ONCE = 1 << 20  # bytes
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
    """Raise UserError when `folder` is there and is not an export (or empty).

    An export is known by its dataset.json, which lists every other file of it.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError(f"“{folder}” is a file; choose a folder to export to.")
    listed = {*_listed_in(folder), DATASET}
    empty = True
    for name in _each_name(folder, listed):
        empty = False
        if name not in listed:
            raise UserError(
                f"“{folder}” holds other things than an export (“{name}”), which replacing it"
                " would lose; choose a new folder."
            )
    if not empty:
        _refuse_unlike(folder)


def listed(folder: Path) -> dict[str, FileRecord]:
    """Return what each file of an export holds, by its path in `folder` with slashes."""
    names = sorted(path.relative_to(folder).as_posix() for path in _files(folder))
    return {name: _described(folder / name) for name in names if name != DATASET}


def _described(path: Path) -> FileRecord:
    sha256 = hashlib.sha256()
    lines, size, text = 0, 0, True
    with path.open("rb") as file:
        while data := file.read(_AT_ONCE):
            sha256.update(data)
            lines += data.count(b"\n")
            size += len(data)
            text = text and b"\0" not in data
    return FileRecord(lines if text else None, size, sha256.hexdigest())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def _listed_in(folder: Path) -> Iterable[str]:
    """Return the files that the dataset.json of `folder` lists; those of old if it is none."""
    try:
        return dataset_record.decode((folder / DATASET).read_bytes()).files
    except (OSError, UserError):
        return FILES


def _each_name(folder: Path, listed: Collection[str]) -> Iterator[str]:
    """Yield the path of every file and strange folder in `folder`, what lies on top first."""
    holding = {parent.as_posix() for name in listed for parent in PurePosixPath(name).parents}
    for root, folders, files in os.walk(folder):
        inside = Path(root).relative_to(folder)
        known = [name for name in sorted(folders) if (inside / name).as_posix() in holding]
        strange = [
            name for name in folders if name not in known or (Path(root) / name).is_symlink()
        ]
        for name in sorted(files + strange):
            if name not in _NEGLIGIBLE:
                yield (inside / name).as_posix()
        folders[:] = known


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
    for path in [*draft.rglob("*"), draft]:
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
