"""Label Studio: its JSON, its JSON-MIN, and its CSV and TSV, which hold the same in a column.

Offsets are code points of the text as it was imported, CRLF kept. Any offset is accepted there,
even one beyond the text. Predictions are suggestions, and no labels.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from annotator.formats.decoding_faults import clause
from annotator.formats.jsonl import Refusal
from annotator.formats.labels.doccano import WHOLE_TEXT, is_offset
from annotator.formats.labels.files import Part
from annotator.formats.labels.form import (
    SEVERAL,
    Form,
    Found,
    LeftOut,
    Mark,
    Relation,
    Sheet,
    as_text,
    first_name,
)
from annotator.formats.labels.json_values import values
from annotator.formats.labels.table import rows

_FALLBACK = "unlabelled"


@dataclass(slots=True)
class _Gathered:
    """What is read of one annotation before it is put together."""

    marks: list[Mark] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # by id of the region
    notes: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    annotator: str | None = None  # who says so in a field of the whole text

    def put_together(self) -> tuple[Mark, ...]:
        """Return the marks with what was chosen for their regions."""
        return tuple(
            replace(
                mark,
                choices={**mark.choices, **_without(self.choices.get(mark.id or "", {}))},
                speaker=self.choices.get(mark.id or "", {}).get("speaker"),
                speaker_type=self.choices.get(mark.id or "", {}).get("speaker_type"),
                note=mark.note or self.notes.get(mark.id or ""),
            )
            for mark in self.marks
        )


def read(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Found]:
    """Yield a sheet for each annotation, and what is wrong with regions of it."""
    for part in parts:
        if part.ending in (".csv", ".tsv"):
            yield from _of_table(part)
        elif part.ending in (".json", ".jsonl"):
            for number, found in values(part, dict[str, Any]):
                if isinstance(found, Refusal):
                    yield found
                elif isinstance(found.get("data"), dict):
                    yield from _task(found, number, part, left_out)
                else:
                    yield from _minimal(found, number, part, found)


def _task(task: dict[str, Any], line: int, part: Part, left_out: LeftOut) -> Iterator[Found]:
    data = task["data"]
    place = f"{_before(part)}task {task.get('id', f'in line {line}')}"
    predictions = task.get("predictions")
    left_out.add("predictions (they are suggestions)", _length(predictions))
    left_out.add("drafts", _length(task.get("drafts")))
    annotations = task.get("annotations", task.get("completions"))
    if not isinstance(annotations, list):
        yield Refusal(line, "it has no list of annotations", place)
        return
    for annotation in annotations:
        if not isinstance(annotation, dict) or not isinstance(annotation.get("result"), list):
            yield Refusal(line, "one of its annotations has no list of results", place)
        elif annotation.get("was_cancelled"):
            left_out.add("annotations that were skipped")
        else:
            gathered = _gathered(annotation["result"], line, place)
            yield from gathered.refused
            yield _sheet(data, annotation.get("completed_by"), gathered, line, place, annotation)


def _minimal(
    row: Mapping[str, Any], line: int, part: Part, told: Mapping[str, Any]
) -> Iterator[Found]:
    place = f"{_before(part)}task {row.get('id', f'in line {line}')}"
    regions: list[object] = []
    for key, value in row.items():
        if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            regions += [{"type": "labels", "from_name": key, "value": v} for v in value]
    gathered = _gathered(regions, line, place)
    yield from gathered.refused
    yield _sheet(row, told.get("annotator"), gathered, line, place, told)


def _of_table(part: Part) -> Iterator[Found]:
    for line, found in rows(part):
        if isinstance(found, Refusal):
            yield found
            continue
        row: dict[str, Any] = dict(found)
        faulty = False
        for key, value in found.items():
            if value.startswith("[{"):
                try:
                    row[key] = msgspec.json.decode(value)
                except (msgspec.DecodeError, RecursionError) as error:
                    faulty = True
                    yield Refusal(line, f"its {key}: {clause(error)}", part.place(line))
        if not faulty:
            yield from _minimal(row, line, part, row)


def _sheet(
    data: Mapping[str, Any],
    who: object,
    gathered: _Gathered,
    line: int,
    place: str,
    told: Mapping[str, Any],
) -> Sheet:
    # the key is free: where there is no “text”, the longest is what was labelled
    held = [v for v in data.values() if isinstance(v, str)]
    named = data.get("text")
    text = named if isinstance(named, str) else max(held, key=len, default="") or None
    return Sheet(
        line=line,
        place=place,
        name=first_name(data) or first_name(_dict(data.get("meta"))),
        text=text,
        sha256=as_text(data.get("article_sha256")),
        uid=as_text(data.get("article")),
        annotator=gathered.annotator or _annotator(who),
        at=as_text(told.get("created_at")),
        marks=gathered.put_together(),
        relations=tuple(gathered.relations),
    )


def _gathered(results: Sequence[object], line: int, place: str) -> _Gathered:
    gathered = _Gathered()
    for at, item in enumerate(results, start=1):
        here = f"{place}, region {at}"
        if not isinstance(item, dict):
            gathered.refused.append(Refusal(line, "it is not a region {…}", here))
        elif item.get("type") == "relation":
            start, goal = as_text(item.get("from_id")), as_text(item.get("to_id"))
            labels = _texts(item.get("labels")) or ["relation"]
            if start and goal:
                gathered.relations += [Relation(la, start, goal, line, here) for la in labels]
        else:
            _take(gathered, item, line, here)
    return gathered


def _take(gathered: _Gathered, item: dict[str, Any], line: int, place: str) -> None:
    """Take one region: a mark, or what was chosen or written for one."""
    value = _dict(item.get("value"))
    region = as_text(item.get("id"))
    kind = as_text(item.get("type")) or "labels"
    if kind in ("choices", "rating", "number"):
        chosen = _texts(value.get("choices")) or _texts([value.get(kind)])
        if "start" not in value or region is None:
            gathered.refused.append(Refusal(line, WHOLE_TEXT, place))
        else:
            name = as_text(item.get("from_name")) or kind
            gathered.choices.setdefault(region, {})[name] = SEVERAL.join(chosen)
        return
    if kind == "textarea":
        field_name, words = as_text(item.get("from_name")), " ".join(_texts(value.get("text")))
        if field_name == "annotator":
            gathered.annotator = words
        elif region is None or "start" not in value:
            gathered.refused.append(Refusal(line, WHOLE_TEXT, place))
        elif field_name in ("speaker", "speaker_type"):
            gathered.choices.setdefault(region, {})[field_name] = words
        else:
            gathered.notes[region] = words
        return
    start, end = value.get("start"), value.get("end")
    if not is_offset(start) or not is_offset(end):
        reason = "its start or end is not a whole number (only plain text can be read)"
        gathered.refused.append(Refusal(line, reason, place))
        return
    labels = _texts(value.get("labels")) or _texts(value.get(kind)) or [_FALLBACK]
    note = " ".join(_texts(_dict(item.get("meta")).get("text"))) or None
    quote = value.get("text") if isinstance(value.get("text"), str) else None
    gathered.marks += [
        Mark(label, ((start, end),), line, place, quote, id=region, note=note) for label in labels
    ]


def _annotator(who: object) -> str | None:
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return as_text(who)


def _without(choices: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in choices.items() if k not in ("speaker", "speaker_type")}


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for item in listed if (text := as_text(item))]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0


def _before(part: Part) -> str:
    return "" if part.alone else f"{part.name}, "


def is_table(header: Sequence[str]) -> bool:
    """Tell whether a table with this header is one of Label Studio's."""
    return "annotation_id" in header and "lead_time" in header


def first_row(data: bytes, delimiter: str) -> list[str]:
    """Return the first row of a table."""
    text = data[:100_000].decode("utf-8-sig", "replace")
    return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


FORM = Form("label-studio", "Label Studio", ("codepoint", "utf16", "grapheme"), read)
