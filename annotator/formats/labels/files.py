"""The files of labels that another program wrote: one, a folder of them, or a zip; never unpacked.

Names inside an archive are only read as names: nothing is written under them.
"""

import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from annotator.errors import UserError

LARGEST = 400_000_000  # bytes that are held at once; some four million labels
_MOST_FILES = 20_000
# What lies beside the labels in a dataset of this program.
_BESIDE = {"dataset.json", "articles.jsonl", "articles.csv", "misaligned.jsonl"}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)  # what an archive may raise
_ENDINGS = (".json", ".jsonl", ".csv", ".tsv", ".ann", ".txt")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name, the folder it lies in (below the one given), and its bytes.

    `alone` is False when it is one of several that were given together.
    """

    name: str
    folder: str
    data: bytes
    alone: bool = False

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    def place(self, line: int) -> str:
        """Return how to name a line of this file; empty where its number alone will do."""
        return "" if self.alone else f"{self.name}, line {line}"


def parts(path: Path) -> list[Part]:
    """Return the file at `path`, or the files of a folder or zip; UserError when it cannot be."""
    try:
        if path.is_dir():
            return list(_of_folder(path))
        if zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
            return list(_of_zip(path))
        _refuse_large(path, path.stat().st_size)
        found = [Part(path.name, "", path.read_bytes(), alone=path.suffix.lower() != ".ann")]
        beside = path.with_suffix(".txt")
        if path.suffix.lower() == ".ann" and beside.is_file():
            found.append(Part(beside.name, "", beside.read_bytes()))
        return found
    except FileNotFoundError as error:
        raise UserError(f"There are no labels “{path}”; give a file, a zip or a folder.") from error
    except PermissionError as error:
        raise UserError(
            f"The labels “{path}” may not be read; ask their owner for permission."
        ) from error
    except (OSError, EOFError, NotImplementedError, RuntimeError, *_BROKEN) as error:
        why = str(getattr(error, "strerror", None) or error).rstrip(".")
        raise UserError(f"The labels “{path}” cannot be read: {why}.") from error


def _of_folder(folder: Path) -> Iterator[Part]:
    size = number = 0
    passed = _BESIDE if (folder / "dataset.json").is_file() else set()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() not in _ENDINGS or name in passed or not path.is_file():
                continue
            size, number = size + path.stat().st_size, number + 1
            _refuse_large(folder, size, number)
            below = path.parent.relative_to(folder).as_posix()
            yield Part(name, "" if below == "." else below, path.read_bytes())


def _of_zip(path: Path) -> Iterator[Part]:
    size = 0
    with zipfile.ZipFile(path) as archive:
        listed = [i for i in archive.infolist() if not i.is_dir() and _is_wanted(i.filename)]
        _refuse_large(path, sum(i.file_size for i in listed), len(listed))
        if not listed:
            raise UserError(f"The archive “{path}” holds no labels (.jsonl, .json, .csv, .ann).")
        for info in listed:
            if info.flag_bits & 1:
                raise UserError(f"The archive “{path}” has a password; unpack it and give a file.")
            with archive.open(info) as file:
                data = file.read(LARGEST - size + 1)  # what it says of its size may be a lie
            size += len(data)
            _refuse_large(path, size)
            name = PurePosixPath(info.filename.replace("\\", "/"))
            below = "/".join(part for part in name.parent.parts if part not in ("..", "/", "."))
            yield Part(_printable(name.name), _printable(below), data)


def _is_wanted(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[-1].lower().endswith(_ENDINGS) and not any(
        part.startswith((".", "__MACOSX")) and part not in ("..", ".") for part in parts
    )


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _refuse_large(path: Path, size: int, number: int = 0) -> None:
    if size > LARGEST:
        raise UserError(
            f"The labels “{path}” have more than {LARGEST / 1e6:,.0f} MB; bring them in piece by"
            " piece."
        )
    if number > _MOST_FILES:
        raise UserError(
            f"The labels “{path}” are more than {_MOST_FILES:,} files; bring them in in pieces."
        )
