"""Label Studio: tasks as it imports them, one for each article, and the labeling config.

Offsets are code points, as Label Studio 1.23 has them. It refuses a whole file in which
`completed_by` is not one of its own users, so that stands there only when it is asked for; the
text area “annotator” of each annotation says who labelled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from annotator.formats.datasets import label_studio_config, losses
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.label_studio_config import (
    ANNOTATOR,
    FLAGS,
    LABEL,
    SPEAKER,
    SPEAKER_TYPE,
    TEXT,
    control,
)
from annotator.formats.datasets.options import chosen
from annotator.formats.datasets.people import GOLD, by_annotator
from annotator.formats.datasets.regions import CONTENT, OPEN, regions
from annotator.formats.datasets.split_files import SplitFiles
from annotator.formats.statement_record import StatementRecord

COMPLETED_BY = Option(
    "completed_by",
    "Number of a user on each annotation (1, 2, … in the order in which they come)",
    ("no", "numbers"),
)
CONFIG = "label_config.xml"

_LEFT_OUT = ("chain", "negatives", "annotations", "soft", "no_statement")


class Tasks:
    """Writes arrays of tasks, task by task."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._numbered = chosen(context, COMPLETED_BY) == "numbers"
        self._people: dict[str, int] = {}
        self._files = SplitFiles(folder, context, "tasks", ".json")
        self._begun: set[str] = set()
        config = label_studio_config.config(context.codebook)
        (folder / CONFIG).write_text(config, encoding="utf-8", newline="\n")

    def add(self, entry: Entry) -> None:
        """Write the task of one article."""
        article = entry.article
        text = article.text or ""
        annotations = [
            self._annotation(name, records, text) for name, records in by_annotator(entry).items()
        ]
        data = {
            "text": text,
            "article": article.uid,
            "article_name": article.name,
            "title": article.title,
            "lang": article.lang,
            "article_sha256": article.sha256,
            "excluded": [[region.start, region.end, region.reason] for region in article.excluded],
        }
        task = msgspec.json.encode({"data": data, "annotations": annotations})
        file = self._files.by_split[entry.split]
        file.write(b",\n" if entry.split in self._begun else b"[\n")
        file.write(task)
        self._begun.add(entry.split)

    def finish(self) -> None:
        """End the arrays and close the files."""
        for split, file in self._files.by_split.items():
            file.write(b"\n]\n" if split in self._begun else b"[]\n")
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._files.close()

    def _annotation(
        self, name: str, records: Sequence[StatementRecord], text: str
    ) -> dict[str, Any]:
        results: list[dict[str, Any]] = [
            _result(f"by-{name}", ANNOTATOR, "textarea", {"text": [name]})
        ]
        for record in records:
            results += _results(record, text)
        annotation = {"result": results, "was_cancelled": False, "ground_truth": name == GOLD}
        if self._numbered:
            number = self._people.setdefault(name, len(self._people) + 1)
            annotation["completed_by"] = number
        return annotation


def _results(record: StatementRecord, text: str) -> Iterator[dict[str, Any]]:
    """Yield a statement's regions, what is chosen for its first, and the links to the others."""
    first, links = record.id or "", []
    for number, region in enumerate(regions(record)):
        id_ = first if region.kind == CONTENT else f"{first}-{number}"
        label = (record.target or OPEN) if region.is_content else region.kind
        stretch = {"start": region.start, "end": region.end}
        words = {"text": text[region.start : region.end]}
        result = _result(id_, LABEL, "labels", {**stretch, **words, "labels": [label]})
        if region.kind == CONTENT:
            if record.note is not None:
                result["meta"] = {"text": [record.note]}
            yield result
            for name, values in _choices(record).items():
                yield _result(id_, name, "choices", {**stretch, **words, "choices": values})
            if record.speaker is not None:
                speaker = {SPEAKER: record.speaker.name, SPEAKER_TYPE: record.speaker.type}
                for name, typed in speaker.items():
                    # of a text area, `text` is what was typed
                    yield _result(id_, name, "textarea", {**stretch, "text": [typed]})
        else:
            yield result
            links.append((id_, region.kind))
    for id_, kind in links:
        relation = {"from_id": first, "to_id": id_, "type": "relation"}
        yield {**relation, "direction": "right", "labels": [kind]}


def _choices(record: StatementRecord) -> Mapping[str, Sequence[str]]:
    chosen = {"stance": record.stance, **{control(k): v for k, v in record.attributes.items()}}
    found: dict[str, Sequence[str]] = {k: [v] for k, v in chosen.items() if v is not None}
    return {**found, FLAGS: list(record.flags)} if record.flags else found


def _result(id_: str, name: str, type_: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id_, "from_name": name, "to_name": TEXT, "type": type_, "value": value}


def _lost(entry: Entry, context: Context) -> Counter[str]:
    return losses.of(entry, _LEFT_OUT)


FORMS = (
    Form(
        name="label_studio",
        title="Label Studio",
        unit="article",
        carries="A task for each article and in it an annotation for each annotator: regions"
        " labelled with the target; stance, attributes and flags as choices; speaker, note;"
        " mention, cue, condition and further pieces as regions with relations; a config.",
        lacks="Source chains, negatives, and of gold the labels it was decided"
        " from. Annotators are named in a text area, since Label Studio takes no strange users.",
        writer=Tasks,
        lost=_lost,
        options=(COMPLETED_BY,),
    ),
)
