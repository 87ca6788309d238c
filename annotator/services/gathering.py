"""Which files an import reads, of the files and folders it was given."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.formats import text_files

TEXT = ".txt"
LINES = ".jsonl"
_ARTICLES = "articles.jsonl"  # the one name taken up out of folders


@dataclass(frozen=True, slots=True)
class Refusal:
    """What did not come in, and why (a clause)."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"

    @property
    def short(self) -> str:
        """The same with the file's name alone, for where there is little room."""
        return f"{Path(self.path).name}: {self.reason}"


def gather(paths: Iterable[Path]) -> tuple[list[Path], list[Refusal]]:
    """Return the files to read in order, each once, and what cannot be read at all.

    Folders are searched through, in order of name, for .txt files and articles.jsonl; hidden ones
    and the copies kept of a project are left out.
    """
    found: dict[Path, Path] = {}
    refused: list[Refusal] = []
    for path in paths:
        path = path.expanduser()
        try:
            listed = list(_files_of(path, refused)) if path.is_dir() else [path]
        except OSError as error:  # a folder above it may not be entered
            refused.append(Refusal(shown(path), _clause(error)))
            continue
        if not listed and not any(r.path.startswith(str(path)) for r in refused):
            refused.append(Refusal(str(path), "it holds no .txt file"))
        for file in listed:
            reason = _reason_against(file)
            if reason is None:
                found.setdefault(file.resolve(), file)
            else:
                refused.append(Refusal(shown(file), reason))
    return list(found.values()), refused


def shown(path: Path) -> str:
    """Return `path` as text that can be printed and stored, whatever bytes its name holds."""
    return printable(str(path))


def printable(name: str) -> str:
    """Return a file name in which bytes that are no text are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _files_of(folder: Path, refused: list[Refusal]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        refused.append(Refusal(printable(str(error.filename)), _clause(error)))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not _passed_over(name))
        for name in sorted(names):
            wanted = name.lower().endswith(TEXT) or name == _ARTICLES
            if wanted and not _passed_over(name):
                yield Path(parent, name)


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.endswith(".stance-copies")


def _reason_against(path: Path) -> str | None:
    try:
        status = path.stat()
    except OSError as error:
        return _clause(error)
    if not stat.S_ISREG(status.st_mode):
        return "it is not a file that can be read"
    if path.suffix.lower() == LINES:
        return None
    if path.suffix.lower() != TEXT:
        return "its name does not end in .txt; save it as plain text first"
    if status.st_size > text_files.LARGEST:
        return text_files.too_large(status.st_size)
    return None


def _clause(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be read; ask its owner for permission"
    return f"it cannot be read ({error.strerror})"


def unread(path: Path, error: OSError) -> Refusal:
    """Return the refusal of a file that failed while it was read."""
    return Refusal(shown(path), _clause(error))
