"""Negative sentences as the records of rows: no speaker, no target, the stance "none"."""

from collections.abc import Iterator

from annotator.formats import statement_record
from annotator.formats.datasets.form import Entry, Negative
from annotator.formats.statement_record import CONTEXT, StatementRecord

STANCE = "none"
LABEL_SOURCE = "negative"


def record(negative: Negative, entry: Entry) -> StatementRecord:
    """Return the record of a negative sentence of `entry`; it has neither id nor annotator."""
    article, span = entry.article, negative.span
    text = article.text or ""
    return StatementRecord(
        schema=statement_record.SCHEMA,
        id=None,
        article=article.uid,
        article_name=article.name,
        article_sha256=article.sha256,
        lang=article.lang,
        start=span.start,
        end=span.end,
        text=span.of(text),
        pieces=[(span.start, span.end)],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        stance=STANCE,
        label_source=LABEL_SOURCE,
        provenance=LABEL_SOURCE,
    )


def with_statements(entry: Entry) -> Iterator[tuple[StatementRecord, str]]:
    """Yield the statements of `entry`, then its negative sentences, each with its split."""
    yield from zip(entry.statements, entry.splits, strict=True)
    for negative in entry.negatives:
        yield record(negative, entry), negative.split
