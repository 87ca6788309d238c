"""Statements on their way in, some at a time: the lines of an export, or what was converted."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from annotator.formats import jsonl
from annotator.formats.jsonl import Refusal
from annotator.formats.statement_record import StatementRecord
from annotator.services.project import LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Line:
    """One statement that may come in, with where it stood and whose it becomes."""

    line: int
    place: str
    annotator: str
    record: StatementRecord


class Lines(Protocol):
    """Statements that may come in; `names` are those of all their annotators."""

    size: int
    names: Sequence[str]

    def chunks(self, at_once: int, refused: list[Refusal]) -> Iterator[tuple[int, list[Line]]]:
        """Yield how far it is, of `size`, and the next lines; what cannot be read is refused."""


class _Who(msgspec.Struct, gc=False):
    annotator: str | None = None


class FileLines:
    """The lines of open files of statements, under one name or under those they give."""

    def __init__(self, files: Sequence[BinaryIO], annotator: str | None) -> None:
        self._files = files
        self._sizes = [os.fstat(file.fileno()).st_size for file in files]
        self.size = sum(self._sizes)
        self._annotator = annotator
        self.names: Sequence[str] = [annotator] if annotator is not None else self._listed()

    def chunks(self, at_once: int, refused: list[Refusal]) -> Iterator[tuple[int, list[Line]]]:
        """Yield the readable lines with their numbers; `size` is in bytes."""
        before = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            for done, chunk in self._of_one(file, at_once, refused):
                yield before + done, chunk
            before += size

    def _of_one(
        self, file: BinaryIO, at_once: int, refused: list[Refusal]
    ) -> Iterator[tuple[int, list[Line]]]:
        chunk: list[Line] = []
        for number, found in jsonl.Reader(file, StatementRecord):
            place = self._place(file, number)
            if isinstance(found, Refusal):
                refused.append(replace(found, place=place))
                continue
            name = self._annotator if self._annotator is not None else _named(found.annotator)
            if name is None:
                reason = "it names no annotator; say whose labels these are"
                refused.append(Refusal(number, reason, place))
                continue
            chunk.append(Line(number, place, name, found))
            if len(chunk) >= at_once:
                yield file.tell(), chunk
                chunk = []
        yield file.tell(), chunk

    def _place(self, file: BinaryIO, number: int) -> str:
        """Return which line of which file it is; nothing where there is only one."""
        return f"{Path(file.name).name}, line {number}" if len(self._files) > 1 else ""

    def _listed(self) -> list[str]:
        """Return the names that the lines give, by reading them once."""
        names: dict[str, str] = {}
        for file in self._files:
            for _, found in jsonl.Reader(file, _Who):
                if not isinstance(found, Refusal) and (name := _named(found.annotator)) is not None:
                    names.setdefault(name.casefold(), name)
            file.seek(0)
        return list(names.values())


class ReadyLines:
    """Statements that were converted before."""

    def __init__(self, lines: Sequence[Line], refused: Sequence[Refusal]) -> None:
        self._lines = lines
        self._refused = refused
        self.size = len(lines)
        names = {line.annotator.casefold(): line.annotator for line in lines}
        self.names: Sequence[str] = sorted(names.values())

    def chunks(self, at_once: int, refused: list[Refusal]) -> Iterator[tuple[int, list[Line]]]:
        """Yield the statements in their order."""
        refused += self._refused
        for at in range(0, len(self._lines), at_once):
            yield at, list(self._lines[at : at + at_once])


def _named(name: str | None) -> str | None:
    plain = " ".join((name or "").split())
    return plain if plain and len(plain) <= LONGEST_NAME else None
