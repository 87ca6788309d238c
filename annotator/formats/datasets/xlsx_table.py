"""One workbook for Excel: a sheet a split, one row a statement, and a sheet of the articles.

XlsxWriter writes row by row and keeps no more than one row of each sheet in memory. Every text is
written as text, never as a formula; where a spreadsheet could take it for one when it is edited,
its cell has Excel's own mark for texts (the quote prefix). A sheet that is full goes on in another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.datasets import arrow_columns, cell_guard, negatives, table_rows
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.table_rows import Cell, Columns

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# What a sheet of Excel holds.
ROWS = 1_048_576
CHARACTERS = 32_767  # of a cell, in UTF-16 units
_NAME = 31

_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # but tab and LF
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_WIDTHS = {"article": 24, "speaker": 24, "text": 70, "note": 30, "source_chain": 30, "title": 50}
_USUAL_WIDTH = 14


class Sheets:
    """The rows of one split: a sheet, and further ones when it is full."""

    def __init__(self, book: "Workbook", name: str, names: Sequence[str]) -> None:
        self._book = book
        self._name = _NOT_IN_NAMES.sub("_", name).strip("'") or "_"
        self._names = names
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._marked = book.add_format({"quote_prefix": True})
        self._number = 0
        self._next()

    def add(self, cells: Iterable[Cell]) -> None:
        """Write one row."""
        if self._row == ROWS:
            self.finish()
            self._next()
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                marked = self._marked if cell_guard.dangerous(cell) else None
                self._sheet.write_string(self._row, column, holdable(cell), marked)
            elif cell is not None:
                self._sheet.write_number(self._row, column, cell)
        self._row += 1

    def finish(self) -> None:
        """Let the rows that were written be filtered."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._names) - 1)

    def _next(self) -> None:
        self._number += 1
        tail = f" {self._number}" if self._number > 1 else ""
        self._sheet: Worksheet = self._book.add_worksheet(self._name[: _NAME - len(tail)] + tail)
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._names):
            self._sheet.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH))
            self._sheet.write_string(0, column, name, self._head)
        self._row = 1


class Book:
    """Writes the rows as they come; the first entry tells whether they are gold."""

    def __init__(self, folder: Path, context: Context) -> None:
        from xlsxwriter import Workbook

        path = folder / "dataset.xlsx"
        self._context = context
        # Rows wait in files beside the workbook, gone when it is written or the folder is given up.
        options = {"constant_memory": True, "tmpdir": str(folder)}
        self._book: Workbook = Workbook(path, options)
        self._book.use_zip64()  # only where it is larger than 4 GB
        # the same data are the same bytes, whenever they are written
        self._book.set_properties({"created": datetime(1980, 1, 1)})
        self._sheets: dict[str, Sheets] = {}
        self._articles: Sheets | None = None
        self._columns = Columns(context, gold=False)

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        articles = self._open(gold=arrow_columns.is_gold(entry))
        rulers = arrow_columns.rulers(entry, self._context)
        for record, split in negatives.with_statements(entry):
            self._sheets[split].add(self._columns.statement(record, rulers))
        articles.add(self._columns.article(entry.article))

    def finish(self) -> None:
        """Write the workbook."""
        from xlsxwriter.exceptions import FileCreateError

        for sheets in (self._open(gold=False), *self._sheets.values()):
            sheets.finish()
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error  # a full disk, as everywhere else

    def close(self) -> None:
        """Let go of what was not finished."""
        for sheet in [] if self._book.fileclosed else self._book.worksheets():
            sheet._opt_close()
        self._book.fileclosed = True

    def _open(self, *, gold: bool) -> Sheets:
        """Make the sheets unless they are made; return that of the articles."""
        if self._articles is None:
            self._columns = Columns(self._context, gold=gold)
            for split in self._context.splits:
                name = split or "statements"
                self._sheets[split] = Sheets(self._book, name, self._columns.statements)
            self._articles = Sheets(self._book, "articles", self._columns.articles)
        return self._articles


def holdable(text: str) -> str:
    """Return `text` as a cell of Excel can hold it: cut, and odd characters as U+FFFD."""
    return _cut(_UNHOLDABLE.sub("\ufffd", text))


def _cut(text: str) -> str:
    if not _too_long(text):
        return text
    units = text.encode("utf-16-le")[: 2 * (CHARACTERS - 1)]
    return units.decode("utf-16-le", "ignore") + "…"  # half a character is left out


def _too_long(text: str) -> bool:
    # no character has more than two units
    return 2 * len(text) > CHARACTERS and len(text.encode("utf-16-le")) > 2 * CHARACTERS


def lost(entry: Entry, context: Context) -> Counter[str]:
    """Count what a flat row has no place for, and what a cell of Excel cannot hold."""
    found = table_rows.lost(entry, context)
    columns = Columns(replace(context, offsets=()), gold=arrow_columns.is_gold(entry))
    rows = [columns.statement(record, {}) for record, _ in negatives.with_statements(entry)]
    for row in (*rows, columns.article(entry.article)):
        texts = [cell for cell in row if isinstance(cell, str)]
        found["cells of which the end is cut off"] += sum(map(_too_long, texts))
        odd = sum(len(_UNHOLDABLE.findall(cell)) for cell in texts)
        found["characters that Excel cannot hold"] += odd
    return +found


FORMS = (
    Form(
        name="xlsx",
        title="Excel",
        unit="statement",
        carries="One row a statement, with every choice, its words, offsets and ids.",
        lacks="What CSV lacks; the end of a cell beyond 32,767 characters; control characters.",
        writer=Book,
        lost=lost,
        needs="xlsx",
        stand_off=True,
    ),
)
