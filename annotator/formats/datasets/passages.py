"""The passage around a statement that a classifier reads: its sentences, and some around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter

from annotator.domain.sentences import sentences
from annotator.domain.spans import PIECE_GAP, Span
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import Context, Entry, Option
from annotator.formats.datasets.options import chosen, number
from annotator.formats.statement_record import StatementRecord

PASSAGE = Option(
    "passage",
    "Text: the sentences that hold the statement, or its words alone",
    ("sentences", "statement"),
)
SENTENCES = Option("sentences", "Sentences before and after that go in with them", default="0")
OPTIONS = (PASSAGE, SENTENCES)


# asked for anew with every statement of an article
_sentences = lru_cache(maxsize=2)(sentences)
_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, where it begins in the article (None: it is put together), and pieces within it."""

    text: str
    start: int | None
    pieces: tuple[tuple[int, int], ...]


class Passages:
    """Cuts passages as the options say."""

    def __init__(self, context: Context) -> None:
        self._whole = chosen(context, PASSAGE) == "sentences"
        self._more = number(context, SENTENCES)

    def of(self, entry: Entry) -> tuple[list[Passage], list[Passage]]:
        """Return the passages of an entry's statements and those of its negatives, in order."""
        text = entry.article.text or ""
        found = _sentences(text, entry.article.lang) if self._whole else []
        return (
            [self._statement(record, text, found) for record in entry.statements],
            [self._negative(n.span, entry, text, found) for n in entry.negatives],
        )

    def _statement(self, record: StatementRecord, text: str, found: Sequence[Span]) -> Passage:
        pieces = [Span(*piece) for piece in record.pieces or ((record.start, record.end),)]
        if self._whole or len(pieces) == 1:
            return self._cut(Span(record.start, record.end), pieces, text, found)
        at, inner = 0, []
        for piece in pieces:
            inner.append((at, at + len(piece)))
            at += len(piece) + len(PIECE_GAP)
        return Passage(record.text, None, tuple(inner))

    def _negative(self, span: Span, entry: Entry, text: str, found: Sequence[Span]) -> Passage:
        # a sentence around that holds a statement would make the label “none” untrue
        def free(sentence: Span) -> bool:
            return not any(
                r.start < sentence.end and sentence.start < r.end for r in entry.statements
            )

        at = bisect_right(found, span.start, key=_end)
        before = found[max(0, at - self._more) : at][::-1]
        at = bisect_left(found, span.end, key=_start)
        after = found[at : at + self._more]
        low = [s.start for s in takewhile(free, before)]
        high = [s.end for s in takewhile(free, after)]
        window = Span(min([span.start, *low]), max([span.end, *high]))
        inner = (span.start - window.start, span.end - window.start)
        return Passage(window.of(text), window.start, (inner,))

    def _cut(self, span: Span, pieces: Sequence[Span], text: str, found: Sequence[Span]) -> Passage:
        window = around(span, found, self._more) if self._whole else span
        start = window.start
        inner = tuple((piece.start - start, piece.end - start) for piece in pieces)
        return Passage(window.of(text), start, inner)


def around(span: Span, of: Sequence[Span], more: int = 0) -> Span:
    """Return the sentences among `of` that `span` touches, and `more` on either side, as one span.

    What `span` holds outside every sentence belongs to it too.
    """
    first = bisect_right(of, span.start, key=_end)
    last = bisect_left(of, span.end, key=_start) - 1
    if first > last:  # it touches none
        return span
    low, high = of[max(0, first - more)], of[min(len(of) - 1, last + more)]
    return Span(min(low.start, span.start), max(high.end, span.end))


def shows(article: ArticleRecord, span: Span, context: Context) -> Span:
    """Return the words of the article that the passage of `span` shows."""
    if chosen(context, PASSAGE) == "statement":
        return span
    found = _sentences(article.text or "", article.lang)
    return around(span, found, number(context, SENTENCES))
