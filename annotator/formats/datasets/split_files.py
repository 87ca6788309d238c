"""One file for each split, named after it."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from annotator.formats import jsonl
from annotator.formats.datasets.form import Context


class SplitFiles:
    """The open files of all splits; without splits, one file called `stem`."""

    def __init__(self, folder: Path, context: Context, stem: str, ending: str) -> None:
        self._stack = ExitStack()
        with ExitStack() as stack:
            self.by_split: dict[str, BinaryIO] = {
                split: stack.enter_context((folder / f"{split or stem}{ending}").open("wb"))
                for split in context.splits
            }
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Close every file; may be called twice."""
        self._stack.close()


class SplitLines:
    """Lines of JSON, one file for each split."""

    def __init__(self, folder: Path, context: Context, stem: str) -> None:
        self._files = SplitFiles(folder, context, stem, ".jsonl")
        self._writers = {split: jsonl.Writer(file) for split, file in self._files.by_split.items()}

    def write(self, split: str, values: Iterable[object]) -> None:
        """Append values to the file of a split."""
        write = self._writers[split].write
        for value in values:
            write(value)

    def finish(self) -> None:
        """Write what is left and close the files."""
        for writer in self._writers.values():
            writer.finish()
        self.close()

    def close(self) -> None:
        """Close the files; may be called twice."""
        self._files.close()
