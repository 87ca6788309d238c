"""Prodigy: JSON Lines as `prodigy db-in` takes them, a line for each article and annotator.

Offsets are code points. Tokens are left to Prodigy's own recipes (spans.manual adds them); a span
that cuts a token is not one of its tokens' and would be refused there.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.formats.datasets import losses
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.people import UNLABELLED, by_annotator
from annotator.formats.datasets.regions import CONTENT, label, regions
from annotator.formats.datasets.split_files import SplitLines
from annotator.formats.gold_record import GoldRecord
from annotator.formats.statement_record import StatementRecord


class Lines:
    """Writes the lines as they come."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._name = context.name
        self._lines = SplitLines(folder, context, "prodigy")

    def add(self, entry: Entry) -> None:
        """Write the lines of one article."""
        article = entry.article
        meta = {"article": article.uid, "article_name": article.name, "lang": article.lang}
        meta |= {"article_sha256": article.sha256}
        for name, records in by_annotator(entry).items():
            spans: list[dict[str, Any]] = []
            relations: list[dict[str, Any]] = []
            for record in records:
                first, *others = _spans(record)
                spans += [first, *others]
                relations += [_relation(first, other) for other in others]
            session = f"{self._name}-{name}"
            line = {
                "text": article.text,
                "spans": sorted(spans, key=lambda span: (span["start"], span["end"])),
                "relations": relations,
                "meta": {**meta, "annotator": name},
                "_annotator_id": session,
                "_session_id": session,
                "_view_id": "spans_manual",
                "answer": "accept",
            }
            self._lines.write(entry.split, [line])

    def finish(self) -> None:
        """Write what is left and close the files."""
        self._lines.finish()

    def close(self) -> None:
        """Close the files."""
        self._lines.close()


def _spans(record: StatementRecord) -> Iterator[dict[str, Any]]:
    """Yield the spans of a statement, that of its first piece first."""
    for number, region in enumerate(regions(record)):
        span: dict[str, Any] = {"start": region.start, "end": region.end}
        span["label"] = label(record) if region.is_content else region.kind
        span["id"] = f"{record.id}-{number}" if number else record.id
        if region.kind == CONTENT:
            span |= {k: v for k, v in _further(record).items() if k not in span}
        else:
            span["part"] = region.kind
        yield span


def _relation(first: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a relation as Prodigy has it, without the numbers of tokens."""
    ends = ("start", "end", "label", "id")
    head, child = ({key: span[key] for key in ends} for span in (first, other))
    return {"head_span": head, "child_span": child, "label": other.pop("part")}


def _further(record: StatementRecord) -> dict[str, Any]:
    """Return what Prodigy does not know of and keeps with a span."""
    speaker = record.speaker
    return {
        "speaker": None if speaker is None else speaker.name,
        "speaker_type": None if speaker is None else speaker.type,
        "source_chain": record.source_chain,
        "target": record.target,
        "stance": record.stance,
        "flags": record.flags,
        "note": record.note,
        "soft": record.soft if isinstance(record, GoldRecord) else None,
        **record.attributes,
    }


def _lost(entry: Entry, context: Context) -> Counter[str]:
    found = losses.of(entry, ("excluded", "negatives", "annotations", "no_statement"))
    if not by_annotator(entry):
        found[UNLABELLED] += 1
    return +found


FORMS = (
    Form(
        name="prodigy",
        title="Prodigy",
        unit="article",
        carries="A line for each article and annotator, accepted: spans labelled target:stance,"
        " mention, cue and condition, with speaker, chain, attributes, flags and note beside them.",
        lacks="Tokens, which Prodigy’s recipes add; excluded regions, negatives, and of gold the"
        " labels it was decided from. Statements overlap, so it takes spans.manual.",
        writer=Lines,
        lost=_lost,
    ),
)
