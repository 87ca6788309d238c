"""Parquet: one file a split with the columns of the JSON lines, typed, and articles.parquet.

Without splits the one file is statements.parquet.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.formats.datasets import arrow_columns, asked, negatives
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.other_offsets import Rulers

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = "articles.parquet"

_ROWS = 2_000  # that wait to be written: of every split, so that memory stays small with many
_CHARACTERS = 8_000_000  # of texts that wait


def split_file(split: str) -> str:
    """Return the name of a split's file."""
    return f"{split or 'statements'}.parquet"


class Table:
    """One Parquet file, written batch by batch; the file is there from the start."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        from pyarrow import parquet

        self._schema = schema
        self._writer = parquet.ParquetWriter(path, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._characters = 0
        self.rows = 0

    def add(self, row: dict[str, Any]) -> None:
        """Write one row."""
        self._rows.append(row)
        self._characters += len(row["text"] or "")
        self.rows += 1
        if len(self._rows) >= _ROWS or self._characters >= _CHARACTERS:
            self._flush()

    def finish(self) -> None:
        """Write what waits and close the file."""
        self._flush()
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=self._schema))
        self._rows, self._characters = [], 0


class Folder:
    """Writes the rows as they come; the first entry tells whether they are gold."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._context = context
        self._tables: dict[str, Table] = {}
        self._articles: Table | None = None

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        articles = self._open(gold=asked.is_gold(entry))
        rulers = Rulers(entry.article.text or "", self._context.offsets)
        for record, split in negatives.with_statements(entry):
            self._tables[split].add(arrow_columns.statement_row(record, rulers))
        articles.add(arrow_columns.article_row(entry.article, rulers))

    def finish(self) -> None:
        """Write what waits and close the files."""
        for table in (self._open(gold=False), *self._tables.values()):
            table.finish()

    def close(self) -> None:
        """Close the files."""
        for table in self._tables.values():
            table.close()
        if self._articles is not None:
            self._articles.close()

    def rows(self) -> dict[str, int]:
        """Return the number of rows of each split."""
        return {split: table.rows for split, table in self._tables.items()}

    def _open(self, *, gold: bool) -> Table:
        """Open the files unless they are open; return that of the articles."""
        if self._articles is None:
            of_articles = arrow_columns.article_schema(self._context, gold=gold)
            self._articles = Table(self._folder / ARTICLES, of_articles)
            of_statements = arrow_columns.statement_schema(self._context, gold=gold)
            for split in self._context.splits:
                path = self._folder / split_file(split)
                self._tables[split] = Table(path, of_statements)
        return self._articles


FORMS = (
    Form(
        name="parquet",
        title="Parquet",
        unit="statement",
        carries="Everything that JSON Lines carries, in typed columns.",
        lacks="Nothing.",
        writer=Folder,
        lost=arrow_columns.lost,
        needs="parquet",
        stand_off=True,
    ),
)
