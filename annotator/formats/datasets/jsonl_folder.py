"""JSON Lines: statements.jsonl, one record a line, and articles.jsonl; with splits, one file each.

Split files are named after their split: train.jsonl, validation.jsonl, test.jsonl. Sentences
without a statement stand apart, in negatives.jsonl or train_negatives.jsonl and so on.
"""

from pathlib import Path
from typing import BinaryIO

import msgspec

from annotator.domain import text as texts
from annotator.domain.spans import Span
from annotator.formats import export_folder, jsonl, negative_record
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.negative_record import NegativeRecord
from annotator.formats.other_offsets import Rulers, with_offsets

NEGATIVES = "negatives.jsonl"


class Folder:
    """Writes the lines as they come."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._texts = context.texts
        self._units = context.offsets
        self._files: list[BinaryIO] = []
        self._writers = {
            split: self._writer(f"{split}.jsonl" if split else export_folder.STATEMENTS)
            for split in context.splits
        }
        self._articles = self._writer(export_folder.ARTICLES)
        self._negatives: dict[str, jsonl.Writer] = {}

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        article = entry.article
        text = article.text or ""
        rulers = Rulers(text, self._units) if self._units else None
        for record, split in zip(entry.statements, entry.splits, strict=True):
            self._writers[split].write(
                record if rulers is None else with_offsets(record, rulers.of_statement(record))
            )
        for negative in entry.negatives:
            line = self._negative(article, negative.span, text)
            self._negative_writer(negative.split).write(
                line if rulers is None else with_offsets(line, rulers.of_span(negative.span))
            )
        if not self._texts:
            article = msgspec.structs.replace(article, text=None)
        self._articles.write(
            article if rulers is None else with_offsets(article, rulers.of_article(article))
        )

    def finish(self) -> None:
        """Write what is left and close the files."""
        for writer in (*self._writers.values(), *self._negatives.values(), self._articles):
            writer.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def _writer(self, name: str) -> jsonl.Writer:
        self._files.append((self._folder / name).open("wb"))
        return jsonl.Writer(self._files[-1])

    def _negative_writer(self, split: str) -> jsonl.Writer:
        if split not in self._negatives:
            self._negatives[split] = self._writer(f"{split}_{NEGATIVES}" if split else NEGATIVES)
        return self._negatives[split]

    def _negative(self, article: ArticleRecord, span: Span, text: str) -> NegativeRecord:
        around = texts.context(span, text) if self._texts else ("", "")
        return NegativeRecord(
            negative_record.SCHEMA,
            article.uid,
            article.name,
            article.sha256,
            article.lang,
            span.start,
            span.end,
            span.of(text) if self._texts else None,
            *around,
        )


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
