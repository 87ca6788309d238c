"""Statements as columns of numbers, so that a hundred thousand are compared at once."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.outcomes import BoolArray, IntArray
from annotator.domain.agreement.values import Coded
from annotator.domain.spans import Span, merged

MISSING = -1


@dataclass(frozen=True, slots=True)
class Column:
    """One choice of every statement: `codes` index into `labels`, MISSING where none was made."""

    codes: IntArray
    labels: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Statements in reading order (article, start, end, id), one number each in every array.

    `article` and `annotator` index into `articles` and `annotators`, both ascending. `start`
    and `end` bound the hull on one line on which all articles follow each other without
    touching; `origin` is where each article begins on it. `size` counts the code points of the
    pieces, `in_pieces` marks statements of more than one.
    """

    statements: tuple[Coded, ...]
    articles: tuple[int, ...]
    annotators: tuple[int, ...]
    article: IntArray
    annotator: IntArray
    start: IntArray
    end: IntArray
    size: IntArray
    in_pieces: BoolArray
    mention_start: IntArray
    mention_end: IntArray
    origin: IntArray
    target: Column
    stance: Column
    speaker: Column
    chain: Column
    attributes: Mapping[str, Column]
    pieces: tuple[tuple[Span, ...], ...]

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def compared(self) -> tuple[Column, ...]:
        """Every choice that two annotators can make differently."""
        return (self.target, self.stance, self.speaker, self.chain, *self.attributes.values())


def encode(
    values: Sequence[Hashable | None], known: Iterable[Hashable] = (), *, sort: bool = True
) -> Column:
    """Return `values` as codes: the `known` labels first, in their order, then any others."""
    code_of = {label: code for code, label in enumerate(known)}
    others = {value for value in values if value is not None and value not in code_of}
    for label in sorted(others, key=repr) if sort else others:
        code_of[label] = len(code_of)
    labels = tuple(code_of)
    codes: dict[Hashable | None, int] = {**code_of, None: MISSING}
    return Column(np.array([codes[value] for value in values], dtype=np.int64), labels)


def columns(
    statements: Iterable[Coded],
    *,
    lengths: Mapping[int, int] | None = None,
    targets: Sequence[str] = (),
    stances: Sequence[str] = (),
    attributes: Sequence[str] = (),
    annotators: Iterable[int] = (),
) -> Columns:
    """Return `statements` as columns.

    `lengths` names the articles and how long each is; without it, the articles are those of the
    statements. The codebook's `targets` and `stances` fix the order of their codes. An
    attribute that a statement does not hold is missing. No statement may be without pieces.
    """
    rows = _in_reading_order(statements)
    lengths = {row.article: 0 for row in rows} if lengths is None else lengths
    articles = tuple(sorted(lengths))
    people = tuple(sorted({row.annotator for row in rows} | set(annotators)))
    pieces = tuple(_pieces(row) for row in rows)
    origin = _origins(rows, pieces, articles, lengths)
    place = {article: index for index, article in enumerate(articles)}
    person = {annotator: index for index, annotator in enumerate(people)}
    article = _numbers(place[row.article] for row in rows)
    shift = origin[article] if rows else article
    names = dict.fromkeys([*attributes, *sorted({name for row in rows for name in row.attributes})])
    return Columns(
        statements=tuple(rows),
        articles=articles,
        annotators=people,
        article=article,
        annotator=_numbers(person[row.annotator] for row in rows),
        start=_numbers(parts[0].start for parts in pieces) + shift,
        end=_numbers(parts[-1].end for parts in pieces) + shift,
        size=_numbers(sum(map(len, parts)) for parts in pieces),
        in_pieces=np.array([len(parts) > 1 for parts in pieces], dtype=np.bool_),
        mention_start=_numbers(row.mention.start if row.mention else -1 for row in rows),
        mention_end=_numbers(row.mention.end if row.mention else -1 for row in rows),
        origin=origin,
        target=encode([row.target for row in rows], targets),
        stance=encode([row.stance for row in rows], stances),
        speaker=encode([row.speaker for row in rows]),
        chain=encode([row.chain for row in rows]),
        attributes={n: encode([row.attributes.get(n) for row in rows]) for n in names},
        pieces=pieces,
    )


def _in_reading_order(statements: Iterable[Coded]) -> list[Coded]:
    by_article: dict[int, list[Coded]] = {}
    for row in statements:
        by_article.setdefault(row.article, []).append(row)
    # article by article: one sort of a hundred thousand holds up the window for 100 ms, since no
    # other thread runs meanwhile
    return [row for a in sorted(by_article) for row in sorted(by_article[a], key=_reading_order)]


def _reading_order(row: Coded) -> tuple[int, int, int]:
    pieces = row.pieces
    if len(pieces) == 1:
        return pieces[0].start, pieces[0].end, row.id
    return min(piece.start for piece in pieces), max(piece.end for piece in pieces), row.id


def _pieces(row: Coded) -> tuple[Span, ...]:
    return row.pieces if len(row.pieces) == 1 else merged(row.pieces)


def _origins(
    rows: Sequence[Coded],
    pieces: Sequence[tuple[Span, ...]],
    articles: Sequence[int],
    lengths: Mapping[int, int],
) -> IntArray:
    """Return where each article begins on the common line, with a gap of one between them."""
    room = dict(lengths)
    for row, parts in zip(rows, pieces, strict=True):
        room[row.article] = max(room[row.article], parts[-1].end)
    sizes = _numbers(room[article] + 1 for article in articles)
    origins: IntArray = np.cumsum(sizes) - sizes
    return origins


def _numbers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)
