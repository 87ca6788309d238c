"""Searching all articles: what is typed becomes places in texts, each with the words around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.records import Article, Hit
from annotator.domain.spans import Span, hull
from annotator.domain.text import fold, occurrences
from annotator.services.project import Project
from annotator.storage import queries, search_index

LIMIT = 300  # hits
PER_ARTICLE = 20  # so that one long article leaves room for others

_FIRST = 30  # articles; usually they hold as many hits as are shown
_BEFORE = 48  # code points of context
_AFTER = 80
_NEAR = 60  # words so close together are one passage
_LONGEST = 80  # a passage of more code points is shown by its first word
_MOST_TERMS = 32
_MOST_TYPED = 500

_OPEN, _CLOSE = "\1", "\2"  # around what the index found
_UNTYPABLE = re.compile("[\0-\x1f\x7f\ud800-\udfff]")
_TERM = re.compile(r'"([^"]*)("?)|“([^”]*)(”?)|«([^»]*)(»?)|([^\s"“”«»]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for: a word or a phrase; `open` when its last word may go on."""

    words: str
    open: bool


def search(project: Project, query: str, limit: int = LIMIT) -> list[Hit]:
    """Return up to `limit` places that hold all of `query`, the best article first.

    Words match from their beginning, accents and case aside; words in quotation marks stand
    together. Nothing typed is an error: without letters or digits, the signs are looked for.
    """
    typed = _UNTYPABLE.sub(" ", query)[:_MOST_TYPED].strip()
    terms = wanted(typed)
    found: list[Hit] = []
    if not typed or limit < 1:
        return found
    for article, spans in _by_index(project, terms, limit) if terms else _by_signs(project, typed):
        room = min(PER_ARTICLE, limit - len(found))
        found += [_hit(article, span) for span in spans[:room]]
        if len(found) >= limit:
            break
    return found


def wanted(query: str) -> list[Term]:
    """Return the words and quoted phrases of `query` that hold a letter or digit."""
    terms: list[Term] = []
    for match in _TERM.finditer(query):
        word = match[7]
        quoted = next((match[i] for i in (1, 3, 5) if match[i] is not None), "")
        closed = any(match[i] for i in (2, 4, 6))
        words = " ".join((word or quoted).split())
        if any(char.isalnum() for char in words):
            terms.append(Term(words, open=not closed))
    return terms[:_MOST_TERMS]


def expression(terms: Sequence[Term]) -> str:
    """Return `terms` in the language of FTS5: every one a string, so nothing in it is syntax."""
    # https://www.sqlite.org/fts5.html#fts5_strings: a quotation mark inside is doubled.
    return " AND ".join(
        '"' + term.words.replace('"', '""') + ('"*' if term.open else '"') for term in terms
    )


def marked_spans(marked: str) -> list[Span]:
    """Return the spans between U+0001 and U+0002, counted without these marks."""
    spans: list[Span] = []
    start = seen = 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if part == _OPEN:
            start = seen
        elif part == _CLOSE:
            if seen > start:
                spans.append(Span(start, seen))
        else:
            seen += len(part)
    return spans


def passages(spans: Sequence[Span], text: str, terms: Sequence[Term]) -> list[Span]:
    """Return which stretches to show of the `spans` found for `terms`, in reading order.

    Of several words searched for, only the passages that hold most of them are worth reading.
    """
    if len(terms) < 2:
        return list(spans)
    folded = [fold(term.words) for term in terms]
    shortest = [_shortest(group, text, folded) for group in _close_together(spans, text)]
    most = max((held for held, _ in shortest), default=0)
    kept = [(hull(group), group[0]) for held, group in shortest if held == most]
    return [whole if len(whole) <= _LONGEST else first for whole, first in kept]


def _by_index(
    project: Project, terms: Sequence[Term], limit: int
) -> Iterator[tuple[Article, list[Span]]]:
    for article_id, marked in _found(project, expression(terms), limit):
        article = queries.article(project.store, article_id)
        spans = marked_spans(marked)
        if _OPEN in article.text or _CLOSE in article.text:
            # Its own such signs cannot be told from the marks of the index.
            every = (span for term in terms for span in occurrences(term.words, article.text))
            spans = sorted(set(every))
        yield article, passages(spans, article.text, terms)


def _found(project: Project, wanted_words: str, limit: int) -> Iterator[tuple[int, str]]:
    """Yield id and marked text of the articles found, the first few before all are fetched."""
    seen: set[int] = set()
    for most in (min(_FIRST, limit), limit):
        found = search_index.find(project.store.db, wanted_words, most)
        for article_id, _, _, marked in found:
            if article_id not in seen:
                seen.add(article_id)
                yield article_id, marked
        if len(found) < most:
            return


def _by_signs(project: Project, typed: str) -> Iterator[tuple[Article, list[Span]]]:
    for article_id in queries.article_ids(project.store):
        article = queries.article(project.store, article_id)
        found = re.finditer(re.escape(typed), article.text)
        yield article, [Span(match.start(), match.end()) for match in found]


def _close_together(spans: Sequence[Span], text: str) -> Iterator[list[Span]]:
    group: list[Span] = []
    for span in spans:
        if group:
            between = text[group[-1].end : span.start]
            if len(between) > _NEAR or "\n" in between:
                yield group
                group = []
        group.append(span)
    if group:
        yield group


def _shortest(
    group: Sequence[Span], text: str, folded: Sequence[str]
) -> tuple[int, Sequence[Span]]:
    """Return how many of the `folded` terms `group` holds, and its shortest run that holds them."""
    words = [fold(span.of(text)) for span in group]
    held = [{n for n, term in enumerate(folded) if term in word} for word in words]
    every = set().union(*held)
    best: Sequence[Span] = group
    for first in range(len(group)):
        seen: set[int] = set()
        for last in range(first, len(group)):
            seen |= held[last]
            if seen == every:
                run = group[first : last + 1]
                best = min(best, run, key=lambda spans: len(hull(spans)))
                break
    return len(every), best


def _hit(article: Article, span: Span) -> Hit:
    text = article.text
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - _BEFORE)
    high = text.find("\n", span.end)
    high = min(len(text) if high < 0 else high, span.end + _AFTER)
    before, after = text[low : span.start], text[span.end : high]
    if low > 0 and text[low - 1] != "\n":
        before = "…" + _from_word(before)
    if high < len(text) and text[high] != "\n":
        after = _from_word(after[::-1])[::-1].rstrip() + "…"
    return Hit(article.id, article.name, article.title, span, before, span.of(text), after)


def _from_word(words: str) -> str:
    """Return `words` from the first whole word on, if that leaves anything."""
    cut = next((i for i, char in enumerate(words) if char.isspace()), -1)
    rest = words[cut + 1 :]
    return rest if cut >= 0 and rest.strip() else words
