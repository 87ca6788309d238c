"""Statements and articles as flat rows for spreadsheets: what is read first, ids and offsets last.

A cell is a text, a number or None. Pieces are written "12..40 52..60", so that no spreadsheet takes
them for a date; lists are joined by "; ", a source chain by " > ".
"""

from collections import Counter
from collections.abc import Mapping

from annotator.domain.offset_units import Ruler
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import Context, Entry
from annotator.formats.gold_record import AnnotationRef, GoldArticleRecord, GoldRecord
from annotator.formats.statement_record import Quote, StatementRecord

Cell = str | int | float | None
Row = dict[str, Cell]

_READ = ("article", "speaker", "speaker_type", "target", "stance")
_WORDS = ("text", "mention", "cue", "condition_words")
_SAID = ("source_chain", "flags", "note", "annotator")
_PLACE = ("start", "end", "pieces")
_PARTS = ("mention", "cue", "condition")
_REST = (
    "lang",
    "prefix",
    "suffix",
    "label_source",
    "provenance",
    "codebook_version",
    "created_at",
    "updated_at",
    "id",
    "article_id",
    "article_sha256",
    "speaker_id",
    "source_chain_ids",
)
_ENDS = tuple(f"{part}_{end}" for part in _PARTS for end in ("start", "end"))
_FIXED = frozenset((*_READ, *_WORDS, *_SAID, *_PLACE, *_ENDS, *_REST, "annotations"))
_QUOTING = frozenset((*_WORDS, "note", "notes", "prefix", "suffix", "title"))

_ARTICLE = ("article", "title", "lang", "length", "excluded", "status", "notes", "imported_at")
_ARTICLE_REST = ("file_name", "file_sha256", "article_id", "article_sha256")


class Columns:
    """The columns of one dataset, and its records as rows of them."""

    def __init__(self, context: Context, *, gold: bool) -> None:
        codebook = context.codebook
        self._context = context
        # an attribute may be called as one of the other columns
        self._attributes = {
            a.id: f"attribute_{a.id}" if a.id in _FIXED else a.id for a in codebook.attributes
        }
        self._soft = {s.id: f"soft_{s.id}" for s in codebook.stances} if gold else {}
        units = [f"{end}_{unit}" for unit in context.offsets for end in _PLACE]
        places = (*_PLACE, *_ENDS, *units)
        decided = ("annotations", *self._soft.values()) if gold else ()
        of_articles = ("gold", "undecided", "stale", "no_statement") if gold else ()
        self.statements = self._allowed(
            (*_READ, *self._attributes.values(), *_WORDS, *_SAID, *decided, *places, *_REST)
        )
        self.articles = self._allowed((*_ARTICLE, *of_articles, *_ARTICLE_REST))

    def _allowed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if self._context.texts or name not in _QUOTING)

    def statement(self, record: StatementRecord, rulers: Mapping[str, Ruler]) -> list[Cell]:
        """Return the cells of a statement."""
        speaker, chain = record.speaker, record.source_chain
        row: Row = {name: getattr(record, name, None) for name in _REST}
        row |= {
            "article": record.article_name,
            "speaker": speaker.name if speaker else None,
            "speaker_type": speaker.type if speaker else None,
            "speaker_id": speaker.id if speaker else None,
            "target": record.target,
            "stance": record.stance,
            "text": record.text,
            "condition_words": _words(record.condition_span),
            "source_chain": " > ".join(link.speaker.name for link in chain) or None,
            "source_chain_ids": " > ".join(link.speaker.id or "" for link in chain) or None,
            "flags": "; ".join(record.flags) or None,
            "note": record.note,
            "annotator": record.annotator,
            "start": record.start,
            "end": record.end,
            "pieces": _pieces(record.pieces),
            "article_id": record.article,
        }
        row |= {name: record.attributes.get(a) for a, name in self._attributes.items()}
        for part, quote in zip(
            _PARTS, (record.mention, record.cue, record.condition_span), strict=True
        ):
            row[f"{part}_start"] = quote.start if quote else None
            row[f"{part}_end"] = quote.end if quote else None
        row |= {"mention": _words(record.mention), "cue": _words(record.cue)}
        for unit, ruler in rulers.items():
            pieces = [(ruler.out(start), ruler.out(end)) for start, end in record.pieces]
            row[f"start_{unit}"], row[f"end_{unit}"] = pieces[0][0], pieces[-1][1]
            row[f"pieces_{unit}"] = _pieces(pieces)
        if isinstance(record, GoldRecord):
            row["annotations"] = "; ".join(map(_annotation, record.annotations)) or None
            soft = record.soft or {}
            row |= {name: soft.get(stance) for stance, name in self._soft.items()}
        return [row.get(name) for name in self.statements]

    def article(self, record: ArticleRecord) -> list[Cell]:
        """Return the cells of an article."""
        row: Row = {name: getattr(record, name, None) for name in (*_ARTICLE, *_ARTICLE_REST)}
        row |= {
            "article": record.name,
            "excluded": _pieces([(r.start, r.end) for r in record.excluded]),
            "status": "; ".join(f"{who}: {how}" for who, how in record.status.items()) or None,
            "notes": "; ".join(f"{who}: {note}" for who, note in record.notes.items()) or None,
            "article_id": record.uid,
            "article_sha256": record.sha256,
        }
        if isinstance(record, GoldArticleRecord):
            row |= {"gold": "yes" if record.gold else "no", "undecided": record.undecided}
            ends = [piece for each in record.no_statement for piece in each.pieces]
            row |= {"stale": record.stale, "no_statement": _pieces(ends)}
        return [row.get(name) for name in self.articles]


def lost(entry: Entry, context: Context) -> Counter[str]:
    """Count what a flat row has no place for."""
    found: Counter[str] = Counter()
    known = {a.id for a in context.codebook.attributes}
    for record in entry.statements:
        found["words that name a source of a chain"] += len(
            [link for link in record.source_chain if link.mention]
        )
        found["attributes that the codebook does not have"] += len(
            [a for a, value in record.attributes.items() if value and a not in known]
        )
        if isinstance(record, GoldRecord):
            found["spans, speakers and attributes of labels behind a decision"] += len(
                record.annotations
            )
    if not context.texts:
        notes = [record.note for record in entry.statements if record.note]
        found["notes, which may quote the article"] += len(notes) + len(entry.article.notes)
    else:
        found["texts of articles"] += 1
    return +found


def _words(quote: Quote | None) -> str | None:
    return None if quote is None else quote.text


def _pieces(pieces: object) -> str | None:
    assert isinstance(pieces, (list, tuple))
    return " ".join(f"{start}..{end}" for start, end in pieces) or None


def _annotation(annotation: AnnotationRef) -> str:
    return f"{annotation.annotator}: {annotation.target or 'open'} {annotation.stance or 'open'}"
