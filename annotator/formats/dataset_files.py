"""The files of an exported dataset, read back: dataset.json, and the lines of the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from annotator.errors import UserError
from annotator.formats import dataset_record, export_folder, gold_record, jsonl
from annotator.formats.dataset_record import DatasetRecord
from annotator.formats.datasets.jsonl_folder import NEGATIVES

LARGEST = 100_000_000  # bytes of a dataset.json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dataset:
    """An exported folder; `raw` is all of its dataset.json."""

    folder: Path
    record: DatasetRecord
    raw: Mapping[str, Any]

    @property
    def gold(self) -> bool:
        """Whether the statements are decisions."""
        return self.record.label_source == gold_record.LABEL_SOURCE

    @property
    def bare(self) -> bool:
        """Whether it holds no words of the articles."""
        return self.record.stand_off is not msgspec.UNSET

    @property
    def statement_files(self) -> list[str]:
        """The names of the files of statements: one, or one for each split in their order."""
        if self.record.format != "jsonl":
            return []
        splits = () if self.record.splits is None else self.record.splits.counts
        return [f"{split}.jsonl" for split in splits] or [export_folder.STATEMENTS]

    @property
    def negative_files(self) -> list[str]:
        """The names of the files of sentences without a statement."""
        return [name for name in self.record.files if name.endswith(NEGATIVES)]

    def lines(self, name: str, type_: type[T]) -> Iterator[tuple[int, T | jsonl.Refusal]]:
        """Yield the lines of a file with their numbers; UserError when it cannot be opened."""
        path = self.folder / name
        try:
            with path.open("rb") as file:
                yield from jsonl.Reader(file, type_)
        except OSError as error:
            raise UserError(
                f"“{path}” cannot be read ({error.strerror}); copy the whole dataset."
            ) from error

    def sound(self, name: str, type_: type[T]) -> Iterator[tuple[int, T]]:
        """Yield the same; UserError names the first line that is not as it should be."""
        for number, found in self.lines(name, type_):
            if isinstance(found, jsonl.Refusal):
                raise UserError(f"“{self.folder / name}”, {found}.")
            yield number, found

    def card(self) -> str | None:
        """Return the dataset's card, if it has one."""
        try:
            return (self.folder / export_folder.CARD).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    @staticmethod
    def encoded(said: Mapping[str, Any]) -> bytes:
        """Return the bytes of a dataset.json that says this."""
        return dataset_record.layout(msgspec.json.encode(said))


def read(folder: Path) -> Dataset:
    """Return the dataset in a folder; UserError when it is none, or names files outside of it."""
    path = folder / export_folder.DATASET
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"“{path}” is larger than any dataset.json; export the dataset anew.")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{folder}” is no dataset of this program: its {export_folder.DATASET} cannot be read"
            f" ({error.strerror}); give the folder of an export."
        ) from error
    try:
        record = dataset_record.decode(data)
    except UserError as error:
        raise UserError(f"“{path}” cannot be taken: {error}.") from error
    strange = next((name for name in record.files if not _plain(name)), None)
    if strange is not None:
        raise UserError(
            f"“{path}” names a file outside of its folder (“{strange}”); do not trust this dataset."
        )
    return Dataset(folder, record, msgspec.json.decode(data))


def _plain(name: str) -> bool:
    """Tell whether a name leads to a file inside the folder: no root, drive or step upwards."""
    parts = name.replace("\\", "/").split("/")
    return all(part not in ("", ".", "..") and ":" not in part for part in parts)
