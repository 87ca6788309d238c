"""The card of a dataset: README.md with the hub's header and the sections of a datasheet.

After Gebru et al. (2021, Datasheets for datasets) and Bender and Friedman (2018, Data statements
for natural language processing): what is known of the dataset is filled in, what only people know
are their answers, and what nobody answered is said to be missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.domain.codebook import words
from annotator.formats import agreement_words as said
from annotator.formats import card_codebook, card_header, card_loading
from annotator.formats.card_answers import CardAnswers
from annotator.formats.card_facts import Facts, LeakReport
from annotator.formats.markdown import plain, prose, shortened, table

UNANSWERED = "*Nobody has said yet.*"
_WORDS = 140  # characters of a row in a pair
# Comments hold what is true of a dataset without texts alone, so that it can be taken out again.
_BEGIN, _END = "<!-- without the texts -->", "<!-- end -->"
_BETWEEN = re.compile(rf"{re.escape(_BEGIN)}\n.*?{re.escape(_END)}\n\n?", re.DOTALL)
_TOKEN = re.compile(r"\w+")
_NO_SPLIT = "all"
_QUOTED = 6  # words of a line that stand in an article in this order are a quotation
_WITHHELD = "*Withheld: it quotes an article.*"


def card(facts: Facts, answers: CardAnswers) -> str:
    """Return the whole README.md."""
    blocks = (
        _head(facts, answers),
        _made(answers),
        _sources(facts, answers),
        _people(facts, answers),
        _codebook(facts),
        _agreement(facts),
        _labels(facts),
        _splits(facts),
        _limits(facts, answers),
        _licences(facts, answers),
        _stand_off(facts),
        _loading(facts),
        _after(facts, answers),
    )
    body = "\n".join(line for block in blocks for line in block)
    return f"{card_header.header(facts, answers)}\n{body.rstrip()}\n"


def with_texts(text: str) -> str:
    """Return a card of a dataset whose texts were put back."""
    return _BETWEEN.sub("", text).replace('  - "stand-off"\n', "")


def without_quotations(text: str, articles: Iterable[str]) -> str:
    """Return a card without the lines in which people quoted one of the articles."""
    lines = text.split("\n")
    where: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        for run in _runs(line):
            where.setdefault(run, []).append(at)
    for article in articles:
        for run in where.keys() & set(_runs(article)):
            for at in where[run]:
                lines[at] = _WITHHELD
    return "\n".join(lines)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    # not folded as elsewhere: of ten thousand articles that would take a minute
    tokens = _TOKEN.findall(text.lower())
    return zip(*(tokens[at:] for at in range(_QUOTED)), strict=False)


def _head(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    record = facts.record
    yield f"# {plain(answers.title or record.project)}"
    yield ""
    if answers.summary:
        yield prose(answers.summary)
        yield ""
    whose = "decided by an adjudicator" if record.label_source == "adjudicated" else "as labelled"
    targets = ", ".join(plain(words(t.name)) for t in facts.codebook.targets)
    yield (
        f"{said.counted(record.counts.statements, 'statement')} in"
        f" {said.counted(record.counts.articles, 'news article')}, {whose}: who is reported to say"
        f" what about {targets}. A row is one statement by one speaker about one target, with the"
        " words that carry it, the words that name the speaker, the stance, and how it is reported."
    )
    if record.negatives:
        yield f"Beside them {said.counted(record.negatives, 'sentence')} without any statement."
    yield ""
    yield (
        f"Exported {record.exported_at[:10]} by {plain(record.program)} in the format"
        f" {plain(facts.form_title)}; `dataset.json` says what went in and holds the SHA-256 of"
        " every file."
    )
    yield ""


def _made(answers: CardAnswers) -> Iterator[str]:
    yield "## Why it was made"
    yield from _answer(answers.motivation)
    yield "### By whom"
    yield from _answer(answers.creators)


def _sources(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    yield "## Where the texts are from"
    yield from _answer(answers.sources)
    yield "### How they were chosen"
    yield from _answer(answers.selection)
    spoken = [f"{plain(lang)} ({number:,})" for lang, number in facts.languages.items()]
    if spoken:
        yield f"- Languages, by articles: {', '.join(spoken)}."
    if facts.dates is not None:
        first, last = facts.dates
        yield f"- Published {first}." if first == last else f"- Published {first} to {last}."
    if facts.excluded:
        yield (
            f"- {said.counted(facts.excluded, 'stretch').replace('stretchs', 'stretches')} of the"
            " articles are excluded: template debris, repeated headlines, related links."
        )
    yield ""


def _people(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    yield "## Who labelled"
    yield from _answer(answers.annotators)
    if facts.people:
        rows = [[one.name, f"{one.statements:,}", f"{one.done:,}"] for one in facts.people]
        yield from table(["Annotator", "statements here", "articles done"], rows, "lrr")
        yield ""
    if not answers.names:
        yield "In this card annotators go by letters; the files of the dataset name them."
        yield ""
    yield "### How"
    yield from _answer(answers.process)


def _codebook(facts: Facts) -> Iterator[str]:
    yield "## Codebook"
    yield ""
    yield from card_codebook.lines(facts.codebook)


def _agreement(facts: Facts) -> Iterator[str]:
    yield "## Agreement"
    yield ""
    report = facts.agreement
    if report is None:
        yield "Not worked out for this export."
        yield ""
        return
    yield (
        f"Between {said.counted(len(report.people), 'annotator')} in"
        f" {said.counted(len(report.articles), 'article')} that at least two of them finished;"
        f" {plain(said.made_with(report))}."
    )
    yield ""
    rows = [
        [
            f"{step.title} ({step.symbol})",
            said.value_with_raw(step.measure),
            said.interval(step.measure),
            said.number_of(step.measure),
        ]
        for step in said.chain(report)
    ]
    yield from table(["Step", "value", "95 % interval", "n"], rows, "lrrr")
    yield ""


def _labels(facts: Facts) -> Iterator[str]:
    yield "## Labels"
    yield ""
    splits = [split for split in facts.labels if split] or [""]
    heads = [split or _NO_SPLIT for split in splits]
    labels = sorted({label for by in facts.labels.values() for label in by}, key=_order(facts))
    rows = [
        [*label, *(f"{facts.labels.get(split, {}).get(label, 0):,}" for split in splits)]
        for label in labels
    ]
    totals = [f"{sum(facts.labels.get(split, {}).values()):,}" for split in splits]
    rows.append(["all", "", *totals])
    yield from table(["target", "stance", *heads], rows, "ll" + "r" * len(splits))
    yield ""


def _order(facts: Facts) -> "_Order":
    return _Order(
        [target.id for target in facts.codebook.targets],
        [stance.id for stance in facts.codebook.stances],
    )


class _Order:
    """Sorts labels as the codebook lists them, others after them."""

    def __init__(self, targets: Sequence[str], stances: Sequence[str]) -> None:
        self._ranks = [dict(zip(ids, range(len(ids)), strict=True)) for ids in (targets, stances)]

    def __call__(self, label: tuple[str, str]) -> list[tuple[int, str]]:
        pairs = zip(label, self._ranks, strict=True)
        return [(ranks.get(value, len(ranks)), value) for value, ranks in pairs]


def _splits(facts: Facts) -> Iterator[str]:
    yield "## Splits"
    yield ""
    if not facts.split_method:
        yield (
            "This dataset is not divided. Who divides it at random will find rows to test with"
            " whose twins are among those to learn from: the same dispatches are told again in"
            " other articles. Divide it by groups instead."
        )
        yield ""
        return
    yield facts.split_method
    yield ""
    for note in facts.split_notes:
        yield f"- {plain(note)}"
    if facts.split_notes:
        yield ""
    yield "### Leaks"
    yield ""
    yield from _leaks(facts.leaks)


def _leaks(report: LeakReport | None) -> Iterator[str]:
    if report is None:
        yield "The written files were not read again for leaks in this format."
        yield ""
        return
    yield (
        "The files were read again after writing."
        f" Rows of different splits that share words of one article: {report.overlapping:,}."
        f" Pairs with a similarity of {report.threshold:.2f} or more (near-identical):"
        f" {report.near_identical:,}. The closest rows to learn from and to test with:"
    )
    yield ""
    if not report.closest:
        yield "none share a word."
        yield ""
        return
    withheld = all(pair.train is None for pair in report.closest)
    heads = ["similarity", "to learn from", "to test with"]
    rows = [
        [
            f"{pair.similarity:.2f}",
            pair.train_key if pair.train is None else shortened(pair.train, _WORDS),
            pair.test_key if pair.test is None else shortened(pair.test, _WORDS),
        ]
        for pair in report.closest
    ]
    yield from table(heads, rows, "rll")
    yield ""
    if withheld:
        yield "Rows are named by their ids, for this dataset holds no words of the articles."
        yield ""


def _limits(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    yield "## Known biases and limits"
    yield from _answer(answers.biases)
    lines = [*_counted(facts.left_out, "Left out"), *_counted(facts.record.lost, "Not carried")]
    yield from lines
    if lines:
        yield ""
    yield "## Uses"
    yield from _answer(answers.uses)


def _counted(numbers: Mapping[str, int], what: str) -> Iterator[str]:
    for reason, number in numbers.items():
        yield f"- {what}: {number:,} {plain(reason)}."


def _licences(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    yield "## Licences"
    yield ""
    yield f"**Labels.** {prose(answers.licence_labels) or UNANSWERED}"
    yield ""
    yield f"**Texts.** {prose(answers.licence_texts) or UNANSWERED}"
    yield ""
    yield "The licence in the header is that of the labels; it does not extend to the texts."
    yield ""


def _stand_off(facts: Facts) -> Iterator[str]:
    if not facts.stand_off:
        return
    yield _BEGIN
    yield "## Without the texts"
    yield ""
    yield (
        "The texts may not be shared, so no words of the articles are in this dataset: only"
        " offsets, the SHA-256 of each article, and short salted hashes of the words in and around"
        " each span. Names of speakers are in it, where they are names. Who has the articles puts"
        " the words back:"
    )
    yield ""
    yield "```sh"
    yield "stance-annotator rehydrate DATASET ARTICLES... --to FOLDER"
    yield "```"
    yield ""
    yield (
        "From the same texts every line comes back to the byte, notes and titles too; in copies"
        " that differ slightly the statements are looked for, and what is not found is listed."
    )
    yield _END
    yield ""


def _loading(facts: Facts) -> Iterator[str]:
    yield "## How to load it"
    yield ""
    code = card_loading.code(facts.form, facts.splits, texts=not facts.stand_off)
    if code is None:
        yield (
            f"The files are in the format {plain(facts.form_title)}; the program that it is named"
            " after reads them."
        )
    else:
        yield "```python"
        yield from code.rstrip("\n").split("\n")
        yield "```"
    yield ""
    yield "All offsets count Unicode code points, as Python does; the end is exclusive."
    yield ""


def _after(facts: Facts, answers: CardAnswers) -> Iterator[str]:
    yield "## Citation"
    yield from _answer(answers.citation)
    yield "## Maintenance"
    yield from _answer(answers.contact)
    yield f"Codebook {plain(facts.record.codebook.version)}; `stance-annotator validate` checks it."


def _answer(text: str) -> Iterator[str]:
    yield ""
    yield prose(text) or UNANSWERED
    yield ""
