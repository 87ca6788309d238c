"""CSV for spreadsheets: one row a statement, one file a split, and articles.csv.

UTF-8 with a byte order mark, by which Excel knows it; texts that a spreadsheet would take for a
formula are guarded (see `cell_guard`).
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from annotator.formats.datasets import asked, cell_guard, negatives, table_rows
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.table_rows import Cell, Columns

SEPARATOR = Option("separator", "What stands between two cells", ("comma", "semicolon", "tab"))
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def separator(context: Context) -> str:
    """Return what stands between two cells."""
    return _SEPARATORS[context.options.get(SEPARATOR.name, "comma")]


class Table:
    """One CSV file, written row by row."""

    def __init__(self, path: Path, names: Iterable[str], separator: str) -> None:
        # CRLF, also because the library quotes a CR in a cell only where it ends rows
        self._file: TextIO = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self.add(names)

    def add(self, cells: Iterable[Cell]) -> None:
        """Write one row."""
        self._writer.writerow(
            [cell_guard.guard(cell) if isinstance(cell, str) else cell for cell in cells]
        )

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Folder:
    """Writes the rows as they come; the first entry tells whether they are gold."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._context = context
        self._tables: dict[str, Table] = {}
        self._articles: Table | None = None
        self._columns = Columns(context, gold=False)

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        articles = self._open(gold=asked.is_gold(entry))
        rulers = asked.rulers(entry, self._context)
        for record, split in negatives.with_statements(entry):
            self._tables[split].add(self._columns.statement(record, rulers))
        articles.add(self._columns.article(entry.article))

    def finish(self) -> None:
        """Close the files, made if nothing came."""
        self._open(gold=False)
        self.close()

    def close(self) -> None:
        """Close the files."""
        for table in self._tables.values():
            table.close()
        if self._articles is not None:
            self._articles.close()

    def _open(self, *, gold: bool) -> Table:
        """Open the files unless they are open; return that of the articles."""
        if self._articles is None:
            between = separator(self._context)
            self._columns = Columns(self._context, gold=gold)
            path = self._folder / "articles.csv"
            self._articles = Table(path, self._columns.articles, between)
            for split in self._context.splits:
                path = self._folder / f"{split or 'statements'}.csv"
                self._tables[split] = Table(path, self._columns.statements, between)
        return self._articles


FORMS = (
    Form(
        name="csv",
        title="CSV for spreadsheets",
        unit="statement",
        carries="One row a statement, with every choice, its words, offsets and ids.",
        lacks="The texts of the articles; the words that name the sources of a chain; of the"
        " labels behind a decision all but annotator, target and stance.",
        writer=Folder,
        lost=table_rows.lost,
        stand_off=True,
        options=(SEPARATOR,),
    ),
)
