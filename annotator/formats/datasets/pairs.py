"""Pairs for classifiers: a text, a target and the stance as its label, one a line of JSON."""

from collections import Counter
from pathlib import Path

import msgspec

from annotator.domain.offset_units import Ruler, Unit
from annotator.formats.datasets import losses
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.passages import OPTIONS, Passage, Passages, shows
from annotator.formats.datasets.split_files import SplitLines
from annotator.formats.gold_record import GoldRecord
from annotator.formats.statement_record import StatementRecord

NONE = "none"  # the label of a sentence that holds no statement

_LEFT_OUT = ("open", "mention", "cue", "condition", "chain", "attributes", "flags", "note")


class Pair(msgspec.Struct):
    """One line: `pieces` are where in `text` the statement stands, half-open, in code points.

    `start` is where `text` begins in the article (null where it is put together from pieces);
    `offsets` holds `pieces` in the further units that were asked for; `soft` is that of gold.
    """

    text: str
    target: str | None
    label: str
    pieces: tuple[tuple[int, int], ...]
    id: str | None
    article: str
    article_sha256: str
    start: int | None
    lang: str | None
    speaker: str | None
    annotator: str | None
    label_source: str | None
    soft: dict[str, float] | None
    offsets: dict[str, dict[str, list[tuple[int, int]]]]


class Pairs:
    """Writes a line for each statement, and one for each negative and target."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._passages = Passages(context)
        self._targets = [target.id for target in context.codebook.targets]
        self._units = [unit for unit in context.offsets if unit != "codepoint"]
        self._lines = SplitLines(folder, context, "pairs")

    def add(self, entry: Entry) -> None:
        """Write the pairs of one article."""
        passages, negatives = self._passages.of(entry)
        triples = zip(entry.statements, entry.splits, passages, strict=True)
        for record, split, passage in triples:
            if not losses.is_open(record):
                self._lines.write(split, [self._pair(entry, passage, record)])
        for negative, passage in zip(entry.negatives, negatives, strict=True):
            pairs = [self._negative(entry, passage, target) for target in self._targets]
            self._lines.write(negative.split, pairs)

    def finish(self) -> None:
        """Write what is left and close the files."""
        self._lines.finish()

    def close(self) -> None:
        """Close the files."""
        self._lines.close()

    def _pair(self, entry: Entry, passage: Passage, record: StatementRecord) -> Pair:
        pair = self._negative(entry, passage, record.target)
        pair.label = record.stance or NONE
        pair.id = record.id
        pair.speaker = None if record.speaker is None else record.speaker.name
        pair.annotator = record.annotator
        pair.label_source = record.label_source
        if isinstance(record, GoldRecord) and record.soft is not None:
            pair.soft = dict(record.soft)
        return pair

    def _negative(self, entry: Entry, passage: Passage, target: str | None) -> Pair:
        return Pair(
            text=passage.text,
            target=target,
            label=NONE,
            pieces=passage.pieces,
            id=None,
            article=entry.article.uid,
            article_sha256=entry.article.sha256,
            start=passage.start,
            lang=entry.article.lang,
            speaker=None,
            annotator=None,
            label_source=None,
            soft=None,
            offsets={unit: {"pieces": _in_unit(passage, unit)} for unit in self._units},
        )


def _in_unit(passage: Passage, unit: Unit) -> list[tuple[int, int]]:
    ruler = Ruler(passage.text, unit)
    return [(ruler.out(start), ruler.out(end)) for start, end in passage.pieces]


def _lost(entry: Entry, context: Context) -> Counter[str]:
    return losses.of(entry, (*_LEFT_OUT, "excluded", "annotations", "no_statement"))


FORMS = (
    Form(
        name="pairs",
        title="Pairs for classification",
        unit="statement",
        carries="The passage around each statement, its target, and the stance as label; where in"
        " the passage the statement stands; negatives with the label none, once for each target.",
        lacks="Open statements; mentions, cues, conditions, source chains, attributes, flags and"
        " notes.",
        writer=Pairs,
        lost=_lost,
        shows=shows,
        options=OPTIONS,
    ),
)
