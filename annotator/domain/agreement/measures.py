"""From statements to the whole report on agreement, in sections that come as they are ready."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from annotator.domain.agreement import tallies
from annotator.domain.agreement.bootstrap import Tally, measured, measured_by_article
from annotator.domain.agreement.columns import MISSING, Column
from annotator.domain.agreement.comparing import Compared
from annotator.domain.agreement.outcomes import NO_ARTICLES, BoolArray, IntArray
from annotator.domain.agreement.stretches import Categories, Pieces, marked
from annotator.domain.agreement.tallies import View
from annotator.domain.agreement.unitizing import (
    Continuum,
    Marked,
    coding_alpha,
    coding_rows,
    unitizing_alpha,
    unitizing_rows,
)
from annotator.domain.agreement.values import Measure

Kind = Literal["all", "pair", "target", "article", "speaker"]
Key = int | str | tuple[int, int] | None
Part = Literal["found", "boundaries", "speaker", "target", "stance", "attributes", "whole"]
Parts = Iterator[tuple[Part, list[Tally]]]


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the report.

    Of the kind `all` there is one for each Part, in that order. Of the others there is one for
    each `key`: a pair of annotators' ids, a target, an article's id or a speaker's id, with all
    measures and no part. `labels` holds the specific agreement of each stance, named by the
    stance. `step` of `steps` tells how far the report is.
    """

    kind: Kind
    key: Key
    part: Part | None
    measures: tuple[Measure, ...]
    labels: tuple[Measure, ...] = ()
    step: int = 1
    steps: int = 1


@dataclass(frozen=True, slots=True)
class Confusion:
    """What one annotator chose (rows) where another (columns) chose what, over matched pairs.

    `counts[row][column]` counts pairs in which both chose. `cells` holds, for each cell that has
    any, the statements' ids pair by pair, the first annotator's first, in reading order.
    """

    annotators: tuple[int, int]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    cells: Mapping[tuple[int, int], tuple[tuple[int, int], ...]]


def sections(compared: Compared) -> Iterator[Section]:
    """Yield the report: the parts of the whole, then by pair, target, article and speaker.

    Nothing is worked out ahead: who wants no more closes the iterator. The first section waits
    for the matchings.
    """
    targets = [str(label) for label in compared.of.target.labels]
    speakers = sorted(label for label in compared.of.speaker.labels if isinstance(label, int))
    steps = 7 + len(compared.pairs) + len(targets) + len(compared.articles) + len(speakers)

    def in_order() -> Iterator[Section]:
        yield from whole(compared)
        yield from (of_pair(compared, *pair) for pair in compared.pairs)
        yield from (of_target(compared, target) for target in targets)
        yield from of_articles(compared)
        yield from (of_speaker(compared, speaker) for speaker in speakers)

    for step, section in enumerate(in_order(), start=1):
        yield replace(section, step=step, steps=steps)


def whole(compared: Compared) -> Iterator[Section]:
    """Yield the measures of all annotators and articles, part by part."""
    everything = np.arange(len(compared.articles))
    for part, found in _parts(compared, compared.view):
        measures = _measured(compared, found, everything)
        labels = _labels(compared, compared.view, everything) if part == "stance" else ()
        yield Section("all", None, part, measures, labels)


def of_pair(compared: Compared, one: int, other: int) -> Section:
    """Return all measures of two annotators, drawn from the articles that both finished."""
    view = compared.pair_view(one, other)
    articles = np.flatnonzero(view.done.sum(axis=0) > 1)
    return _section(compared, "pair", (one, other), view, articles)


def of_target(compared: Compared, target: str) -> Section:
    """Return all measures of one target: of the statements about it and their partners."""
    return _slice(compared, "target", target, compared.of.target, target)


def of_speaker(compared: Compared, speaker: int) -> Section:
    """Return all measures of one speaker: of statements given to them by either annotator."""
    return _slice(compared, "speaker", speaker, compared.of.speaker, speaker)


def of_articles(compared: Compared) -> Iterator[Section]:
    """Yield the measures of each article by itself, which have no interval."""
    found = [tally for _, part in _parts(compared, compared.view) for tally in part]
    each = measured_by_article(found)
    for article, measures in zip(compared.articles, each, strict=True):
        yield Section("article", article, None, tuple(measures))


def confusion(compared: Compared, choice: str, one: int, other: int) -> Confusion:
    """Return the confusion matrix of two annotators for a choice.

    `choice` is stance, target, speaker or the name of an attribute; the target is taken from
    the matching that ignores it. Labels are those of the codebook, then any others; of speakers,
    those that occur, by id.
    """
    view = compared.pair_view(one, other)
    pairs = view.loose if choice == "target" else view.tight
    column = _column(compared, choice)
    ids = [row.id for row in compared.of.statements]
    cells: dict[tuple[int, int], list[tuple[int, int]]] = {}
    rows, cols = column.codes[pairs.a].tolist(), column.codes[pairs.b].tolist()
    for a, b, row, col in zip(pairs.a.tolist(), pairs.b.tolist(), rows, cols, strict=True):
        if MISSING not in (row, col):
            cells.setdefault((row, col), []).append((a, b))
    flip = one > other
    named = {
        ((col, row) if flip else (row, col)): tuple(
            (ids[b], ids[a]) if flip else (ids[a], ids[b]) for a, b in sorted(found, key=min)
        )
        for (row, col), found in sorted(cells.items())
    }
    size = range(len(column.labels))
    counts = tuple(tuple(len(named.get((row, col), ())) for col in size) for row in size)
    return Confusion((one, other), tuple(map(str, column.labels)), counts, named)


# ----------------------------------------------------------------------------- the parts


def _parts(compared: Compared, view: View) -> Parts:
    """Yield the measures of a view in the order in which a statement is made."""
    of = view.of
    yield (
        "found",
        [
            tallies.f1("found_f1_exact", view, view.exact),
            tallies.f1("found_f1_overlap", view, view.tight),
        ],
    )
    yield "boundaries", list(_boundaries(compared, view))
    yield (
        "speaker",
        [
            tallies.percent("speaker_percent", view, of.speaker),
            tallies.nominal("speaker_alpha", view, of.speaker, view.units),
        ],
    )
    yield "target", [tallies.nominal("target_alpha", view, of.target, view.loose_units)]
    ranks = _ranks(of.stance, compared.asked.ordered)
    yield (
        "stance",
        [
            tallies.percent("stance_percent", view, of.stance),
            tallies.nominal("stance_alpha", view, of.stance, view.units),
            tallies.ordinal("stance_alpha_ordinal", view, of.stance, ranks, view.units),
            *tallies.beside_alpha(view, of.stance, "stance"),
        ],
    )
    named = {**of.attributes, "source_chain": of.chain}
    yield (
        "attributes",
        [
            tallies.nominal(f"{name}_alpha", view, column, view.units)
            for name, column in named.items()
        ],
    )
    yield "whole", [tallies.tuple_f1(view)]


def _boundaries(compared: Compared, view: View) -> Iterator[Tally]:
    """Yield uα, |u|α and cuα of each target; the categories of stretches are the stances."""
    pieces = compared.pieces.where(view.inside)
    continuum = Continuum(compared.lengths, view.done)
    for code, label in enumerate(view.of.target.labels):
        chosen = view.of.target.codes == code
        categories = Categories()
        coders = _marked(view, pieces, chosen, categories)
        plain = _marked(view, pieces, chosen, None)
        rows = {
            "u_alpha": unitizing_rows(coders, continuum, len(categories)),
            "binary_u_alpha": unitizing_rows(plain, continuum, 1),
            "cu_alpha": coding_rows(coders, continuum, len(categories)),
        }
        for name, found in rows.items():
            formula = coding_alpha if name == "cu_alpha" else unitizing_alpha
            yield Tally(name, found, formula, str(label))


def _marked(
    view: View, pieces: Pieces, chosen: BoolArray, categories: Categories | None
) -> list[Marked]:
    # an annotator who is compared nowhere marks nothing: `inside` has taken their pieces away
    own = (chosen & (view.of.annotator == coder) for coder in range(len(view.of.annotators)))
    return [marked(pieces, mine, categories) for mine in own]


def _ranks(stance: Column, ordered: tuple[str, ...]) -> IntArray:
    """Return the rank of each stance on the scale, MISSING for those outside of it."""
    scale = {name: rank for rank, name in enumerate(ordered)}
    return np.array([scale.get(str(label), MISSING) for label in stance.labels], dtype=np.int64)


def _column(compared: Compared, choice: str) -> Column:
    of = compared.of
    named = {"stance": of.stance, "target": of.target, "speaker": of.speaker}
    return {**of.attributes, **named}[choice]


# ---------------------------------------------------------------------------- the slices


def _slice(compared: Compared, kind: Kind, key: Key, column: Column, label: Hashable) -> Section:
    inside = column.codes == column.labels.index(label)
    view = compared.view.sliced(inside)
    return _section(compared, kind, key, view, np.arange(len(compared.articles)))


def _section(compared: Compared, kind: Kind, key: Key, view: View, articles: IntArray) -> Section:
    found = [tally for _, part in _parts(compared, view) for tally in part]
    occurring = len(np.unique(view.of.article[view.inside]))
    few = kind != "pair" and occurring < compared.settings.fewest_articles
    measures = _measured(compared, found, articles, few=few)
    labels = _labels(compared, view, articles, few=few)
    return Section(kind, key, None, measures, labels)


def _measured(
    compared: Compared, found: list[Tally], articles: IntArray, *, few: bool = False
) -> tuple[Measure, ...]:
    """Return the measures with intervals over `articles`, none where too `few` feed them."""
    reason = None if len(articles) else NO_ARTICLES
    draws = None if few or reason else compared.draws(articles)
    if len(articles) < len(compared.articles):
        found = [replace(tally, rows=tally.rows[articles]) for tally in found]
    return measured(found, draws, reason)


def _labels(
    compared: Compared, view: View, articles: IntArray, *, few: bool = False
) -> tuple[Measure, ...]:
    stance = view.of.stance
    found = [tallies.specific(view, stance, label) for label in range(len(stance.labels))]
    return _measured(compared, found, articles, few=few)
