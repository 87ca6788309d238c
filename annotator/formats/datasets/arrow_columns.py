"""The columns of the records in Arrow: their types, and records as rows.

The columns are those of the JSON lines and in their order, with these differences: attributes and
soft labels are structs of the codebook's, times are timestamps, what an article's annotators did is
a list (`work`), and each unit asked for beside code points adds `offsets_<unit>`.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from annotator.domain.offset_units import Ruler
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.formats.datasets.form import Context, Entry
from annotator.formats.gold_record import AnnotationRef, GoldArticleRecord, NoStatementRecord
from annotator.formats.statement_record import Quote, StatementRecord

if TYPE_CHECKING:
    import pyarrow as pa

# Of the words of an article, and what may quote them.
WORDS = frozenset({"text", "prefix", "suffix", "note", "title", "reason"})

_TIMES = ("created_at", "updated_at")


def statement_schema(context: Context, *, gold: bool) -> "pa.Schema":
    """Return the columns of statements."""
    import pyarrow as pa

    of = _Types(context)
    columns = dict.fromkeys(StatementRecord.__struct_fields__, of.text) | {
        "start": of.number,
        "end": of.number,
        "pieces": of.pieces,
        "speaker": of.speaker,
        "mention": of.quote,
        "cue": of.quote,
        "source_chain": pa.list_(of.struct({"speaker": of.speaker, "mention": of.quote})),
        "attributes": of.attributes,
        "condition_span": of.quote,
        "flags": pa.list_(of.text),
        "created_at": of.time,
        "updated_at": of.time,
    }
    if gold:
        columns |= {"annotations": of.annotations, "soft": of.soft}
    for unit in context.offsets:
        ends = dict.fromkeys(("mention", "cue", "condition_span"), pa.list_(of.number))
        whole = {"start": of.number, "end": of.number, "pieces": of.pieces}
        columns[f"offsets_{unit}"] = of.struct(whole | ends)
    return pa.schema(list(of.struct(columns)))


def article_schema(context: Context, *, gold: bool) -> "pa.Schema":
    """Return the columns of articles."""
    import pyarrow as pa

    of = _Types(context)
    region = dict.fromkeys(RegionRecord.__struct_fields__, of.text)
    region |= {"start": of.number, "end": of.number}
    work = {"annotator": of.text, "status": of.text, "seconds": of.share, "note": of.text}
    columns: dict[str, pa.DataType] = {}
    for name in ArticleRecord.__struct_fields__:
        if name == "status":  # with seconds and notes: maps by annotator are for JSON
            columns["work"] = pa.list_(of.struct(work))
        elif name not in ("seconds", "notes"):
            columns[name] = of.text
    columns |= {"length": of.number, "excluded": pa.list_(of.struct(region))}
    columns["imported_at"] = of.time
    if gold:
        nothing = dict.fromkeys(NoStatementRecord.__struct_fields__, of.text)
        nothing |= {"pieces": of.pieces, "annotations": of.annotations, "soft": of.soft}
        columns |= {"gold": pa.bool_(), "undecided": of.number, "stale": of.number}
        columns["no_statement"] = pa.list_(of.struct(nothing))
    return pa.schema(list(of.struct(columns)))


def statement_row(record: StatementRecord, rulers: Mapping[str, Ruler]) -> dict[str, Any]:
    """Return a statement as a row; a key that the schema does not have is left out by Arrow."""
    row: dict[str, Any] = msgspec.to_builtins(record)
    for name in _TIMES:
        row[name] = time(row[name])
    for unit, ruler in rulers.items():
        row[f"offsets_{unit}"] = _offsets(record, ruler)
    return row


def article_row(record: ArticleRecord) -> dict[str, Any]:
    """Return an article as a row."""
    row: dict[str, Any] = msgspec.to_builtins(record)
    row["imported_at"] = time(record.imported_at)
    row["work"] = [
        {
            "annotator": name,
            "status": record.status.get(name),
            "seconds": record.seconds.get(name),
            "note": record.notes.get(name),
        }
        for name in {**record.status, **record.seconds, **record.notes}
    ]
    return row


def rulers(entry: Entry, context: Context) -> dict[str, Ruler]:
    """Return a ruler of the article's text for each unit asked for."""
    text = entry.article.text
    return {} if text is None else {unit: Ruler(text, unit) for unit in context.offsets}


def is_gold(entry: Entry) -> bool:
    """Tell whether an entry comes from a gold export."""
    return isinstance(entry.article, GoldArticleRecord)


def time(value: str | None) -> datetime | None:
    """Return an ISO 8601 time with its zone; None where there is none that can be read."""
    try:
        found = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def lost(entry: Entry, context: Context) -> Counter[str]:
    """Count what the columns have no place for."""
    found: Counter[str] = Counter()
    known = {a.id for a in context.codebook.attributes}
    for record in entry.statements:
        found["attributes that the codebook does not have"] += len(
            [a for a, value in record.attributes.items() if value and a not in known]
        )
        found["times that are no ISO 8601 time"] += len(
            [name for name in _TIMES if getattr(record, name) and not time(getattr(record, name))]
        )
        if not context.texts:
            found["notes, which may quote the article"] += bool(record.note)
    if not context.texts:
        found["notes, which may quote the article"] += len(entry.article.notes)
    return +found


class _Types:
    """The types that several columns share, without words where none may be written."""

    def __init__(self, context: Context) -> None:
        import pyarrow as pa

        self._texts = context.texts
        self.text, self.number, self.share = pa.string(), pa.int64(), pa.float64()
        self.time = pa.timestamp("us", tz="UTC")
        self.pieces = pa.list_(pa.list_(self.number))
        self.speaker = self.struct(dict.fromkeys(("id", "name", "type"), self.text))
        self.quote = self.struct({"start": self.number, "end": self.number, "text": self.text})
        self.attributes = self.struct({a.id: self.text for a in context.codebook.attributes})
        self.soft = self.struct({s.id: self.share for s in context.codebook.stances})
        annotation = dict.fromkeys(AnnotationRef.__struct_fields__, self.text)
        annotation |= {"pieces": self.pieces, "speaker": self.speaker, "mention": self.quote}
        annotation["attributes"] = self.attributes
        self.annotations = pa.list_(self.struct(annotation))

    def struct(self, columns: Mapping[str, "pa.DataType"]) -> "pa.StructType":
        """Return the type of values with these fields, of those that may be written."""
        import pyarrow as pa

        return pa.struct(
            [
                (name, of)
                for name, of in columns.items()
                if (self._texts or name not in WORDS)
                # Parquet knows no struct without fields: a codebook may have no attributes
                and not (isinstance(of, pa.StructType) and of.num_fields == 0)
            ]
        )


def _offsets(record: StatementRecord, ruler: Ruler) -> dict[str, Any]:
    def ends(quote: Quote | None) -> list[int] | None:
        return None if quote is None else [ruler.out(quote.start), ruler.out(quote.end)]

    return {
        "start": ruler.out(record.start),
        "end": ruler.out(record.end),
        "pieces": [[ruler.out(start), ruler.out(end)] for start, end in record.pieces],
        "mention": ends(record.mention),
        "cue": ends(record.cue),
        "condition_span": ends(record.condition_span),
    }
