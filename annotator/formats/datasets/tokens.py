"""Articles as tokens of spaCy's blank tokenizers, and spans of code points as spans of tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import Context, Entry, Option
from annotator.formats.gold_record import GoldArticleRecord
from annotator.formats.statement_record import StatementRecord

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

ANY_LANGUAGE = "xx"  # spaCy's tokenizer for languages it does not know
WIDEN, LEAVE_OUT = "widen", "leave-out"
MISALIGNED = Option("misaligned", "Spans that begin or end inside a token", (WIDEN, LEAVE_OUT))
MISALIGNED_FILE = "misaligned.jsonl"

_REMEMBERED = 300_000
_LANGUAGE = re.compile("[a-z]{2,3}")


class Misaligned(msgspec.Struct, frozen=True):
    """A span that begins or ends inside a token; `widened_…` is what stands in its place."""

    article: str
    article_name: str
    annotator: str | None
    id: str | None
    span: str
    start: int
    end: int
    text: str
    widened_start: int | None
    widened_end: int | None
    widened_text: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One span of a statement in tokens, half-open; None where it has been left out."""

    span: str  # content, mention, cue or condition
    start: int
    end: int
    tokens: tuple[int, int] | None
    exact: bool


def language(lang: str | None) -> "Language":
    """Return spaCy's blank pipeline for a language tag, that of no language if it knows none.

    It remembers every word and id it has seen; it is made anew when these are many, so that memory
    does not grow with the number of articles.
    """
    code = (lang or "").lower().partition("-")[0].partition("_")[0]
    if len(_blank(code).vocab.strings) > _REMEMBERED:
        _blank.cache_clear()
    return _blank(code)


@cache
def _blank(code: str) -> "Language":
    import spacy

    try:
        # a few tokenizers need libraries of their own, and raise ImportError without them
        made = spacy.blank(code if _LANGUAGE.fullmatch(code) else ANY_LANGUAGE)
    except ImportError:
        made = spacy.blank(ANY_LANGUAGE)
    made.max_length = 1 << 40  # its limit is for parsers, which need far more memory
    return made


def tokenised(article: ArticleRecord) -> "Doc":
    """Return the tokens of an article; together they are its text to the character."""
    text = article.text or ""
    doc = language(article.lang).make_doc(text)
    return doc if doc.text == text else language(None).make_doc(text)


def labelled(entry: Entry) -> list[tuple[str | None, list[StatementRecord]]]:
    """Return whose statements an article holds: each annotator's apart, those decided as one.

    Who marked the article done and found nothing is among them.
    """
    article = entry.article
    if isinstance(article, GoldArticleRecord):
        found = list(entry.statements)
        return [(None, found)] if found or article.gold else []
    sets: dict[str | None, list[StatementRecord]] = {
        name: [] for name, status in article.status.items() if status == "done"
    }
    for record in entry.statements:
        sets.setdefault(record.annotator, []).append(record)
    return list(sets.items())


def parts(record: StatementRecord, doc: "Doc", context: Context) -> list[Part]:
    """Return the spans of a statement in tokens, the pieces of its content first."""
    spans = [("content", start, end) for start, end in record.pieces]
    for name, quote in (
        ("mention", record.mention),
        ("cue", record.cue),
        ("condition", record.condition_span),
    ):
        if quote is not None:
            spans.append((name, quote.start, quote.end))
    widen = context.options.get(MISALIGNED.name, WIDEN) == WIDEN
    return [_part(name, start, end, doc, widen=widen) for name, start, end in spans]


def stretch(doc: "Doc", start: int, end: int) -> "Span | None":
    """Return the whole tokens that cover the code points `start` to `end`."""
    found: Span | None = doc.char_span(start, end, alignment_mode="expand")
    return found


def _part(name: str, start: int, end: int, doc: "Doc", *, widen: bool) -> Part:
    found = stretch(doc, start, end)
    if found is None:
        return Part(name, start, end, None, exact=False)
    exact = (found.start_char, found.end_char) == (start, end)
    tokens = (found.start, found.end) if exact or widen else None
    return Part(name, start, end, tokens, exact)


def misaligned(
    record: StatementRecord, parts: Sequence[Part], doc: "Doc", article: ArticleRecord
) -> Iterator[Misaligned]:
    """Yield the spans of a statement that begin or end inside a token."""
    text = article.text or ""
    for part in parts:
        if not part.exact:
            found = doc[slice(*part.tokens)] if part.tokens else None
            yield Misaligned(
                article=article.uid,
                article_name=article.name,
                annotator=record.annotator,
                id=record.id,
                span=part.span,
                start=part.start,
                end=part.end,
                text=text[part.start : part.end],
                widened_start=found.start_char if found is not None else None,
                widened_end=found.end_char if found is not None else None,
                widened_text=found.text if found is not None else None,
            )


def clause(part: Part) -> str:
    """Return what happened to a misaligned part, for counting."""
    done = "left out" if part.tokens is None else "widened to whole tokens"
    return f"spans that begin or end inside a token, {done} and listed in {MISALIGNED_FILE}"
