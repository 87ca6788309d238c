"""JSON Lines: statements.jsonl, one record a line, and articles.jsonl; with splits, one file each.

Split files are named after their split: train.jsonl, validation.jsonl, test.jsonl.
"""

from pathlib import Path

import msgspec

from annotator.formats import export_folder, jsonl
from annotator.formats.datasets.form import Context, Entry, Form


class Folder:
    """Writes the lines as they come."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._texts = context.texts
        self._files = {
            split: (folder / (f"{split}.jsonl" if split else export_folder.STATEMENTS)).open("wb")
            for split in context.splits
        }
        self._articles = (folder / export_folder.ARTICLES).open("wb")
        self._writers = {split: jsonl.Writer(file) for split, file in self._files.items()}
        self._article_writer = jsonl.Writer(self._articles)

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        for record, split in zip(entry.statements, entry.splits, strict=True):
            self._writers[split].write(record)
        article = entry.article
        if not self._texts:
            article = msgspec.structs.replace(article, text=None)
        self._article_writer.write(article)

    def finish(self) -> None:
        """Write what is left and close the files."""
        for writer in (*self._writers.values(), self._article_writer):
            writer.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        for file in (*self._files.values(), self._articles):
            file.close()


FORMS = (
    Form(
        name="jsonl",
        title="JSON Lines",
        unit="statement",
        carries="Everything: each statement with its spans, speaker, chain, attributes and note.",
        lacks="Nothing.",
        writer=Folder,
        stand_off=True,
    ),
)
