"""Rows read again from the files of a dataset, to look for leaks in what was really written."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.formats import jsonl
from annotator.formats.datasets import csv_table, huggingface, parquet_files
from annotator.formats.datasets.form import Context
from annotator.formats.datasets.jsonl_folder import NEGATIVES
from annotator.formats.datasets.pairs import Pair
from annotator.formats.negative_record import NegativeRecord
from annotator.formats.statement_record import StatementRecord

_COLUMNS = ("id", "article", "start", "end", "text")  # the last of datasets with texts
_AT_ONCE = 2_000  # rows of a Parquet file


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row: its key, the article's uid, its hull (code points), and its words as written."""

    key: str
    article: str
    start: int
    end: int
    text: str


Reader = Callable[[Path, str, Context], Iterator[WrittenRow]]


def rows(form: str, folder: Path, split: str, context: Context) -> Iterator[WrittenRow] | None:
    """Return the rows of one split of a dataset; None of a form that is not read again."""
    read = _READERS.get(form)
    return None if read is None else read(folder, split, context)


def _jsonl(folder: Path, split: str, _context: Context) -> Iterator[WrittenRow]:
    with (folder / f"{split or 'statements'}.jsonl").open("rb") as file:
        for _, record in jsonl.Reader(file, StatementRecord):
            assert isinstance(record, StatementRecord), record
            yield WrittenRow(
                record.id or "", record.article or "", record.start, record.end, record.text
            )
    path = folder / (f"{split}_{NEGATIVES}" if split else NEGATIVES)
    if path.exists():
        with path.open("rb") as file:
            for _, negative in jsonl.Reader(file, NegativeRecord):
                assert isinstance(negative, NegativeRecord), negative
                key = f"{negative.article}:{negative.start}:{negative.end}"
                words = negative.text or ""
                yield WrittenRow(key, negative.article, negative.start, negative.end, words)


def _parquet(folder: Path, split: str, _context: Context) -> Iterator[WrittenRow]:
    return _table(folder / parquet_files.split_file(split))


def _huggingface(folder: Path, split: str, _context: Context) -> Iterator[WrittenRow]:
    return _table(folder / huggingface.DATA / parquet_files.split_file(split))


def _table(path: Path) -> Iterator[WrittenRow]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        for batch in file.iter_batches(_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                yield _row(row)


def _csv(folder: Path, split: str, context: Context) -> Iterator[WrittenRow]:
    separator = csv_table.separator(context)
    path = folder / f"{split or 'statements'}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=separator):
            yield _row(row)


def _pairs(folder: Path, split: str, _context: Context) -> Iterator[WrittenRow]:
    last = ""
    with (folder / f"{split or 'pairs'}.jsonl").open("rb") as file:
        for _, pair in jsonl.Reader(file, Pair):
            assert isinstance(pair, Pair), pair
            # what is put together from pieces has no one place in the article
            start, end = (0, 0) if pair.start is None else (pair.start, pair.start + len(pair.text))
            key = pair.id or f"{pair.article}:{start}:{end}"
            if key != last:  # a negative stands once for each target
                yield WrittenRow(key, pair.article, start, end, pair.text)
            last = key


def _row(row: Mapping[str, Any]) -> WrittenRow:
    article, start, end = row.get("article_id", row["article"]), int(row["start"]), int(row["end"])
    key = row["id"] or f"{article}:{start}:{end}"
    return WrittenRow(key, article, start, end, row.get("text") or "")


_READERS: dict[str, Reader] = {
    "jsonl": _jsonl,
    "parquet": _parquet,
    "huggingface": _huggingface,
    "csv": _csv,
    "pairs": _pairs,
}
