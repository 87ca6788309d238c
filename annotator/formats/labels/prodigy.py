"""Prodigy's JSONL: a task a line, with `spans` by character and, if any, `relations` of them."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

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


class _Task(msgspec.Struct, gc=False):
    text: str | None = None
    spans: list[Any] = []
    relations: list[Any] = []
    answer: str = "accept"
    label: Any = None
    accept: Any = None
    meta: Any = None
    annotator: Any = msgspec.field(default=None, name="_annotator_id")
    session: Any = msgspec.field(default=None, name="_session_id")
    timestamp: Any = msgspec.field(default=None, name="_timestamp")


_OWN = ("start", "end", "label", "text", "speaker", "speaker_type", "note", "id", "source", "part")


def read(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Found]:
    """Yield a sheet for each accepted task, and what is wrong with spans of it."""
    for part in parts:
        if part.ending not in (".jsonl", ".json"):
            continue
        for number, found in values(part, _Task):
            if isinstance(found, Refusal):
                yield found
            elif found.answer != "accept":
                left_out.add(f"tasks answered “{found.answer}”")
            else:
                yield from _sheet(found, number, part)


def _sheet(task: _Task, number: int, part: Part) -> Iterator[Found]:
    place = part.place(number)
    told = place or f"line {number}"
    if task.label is not None or task.accept:
        yield Refusal(number, WHOLE_TEXT, told)
    marks: list[Mark] = []
    for at, item in enumerate(task.spans, start=1):
        found = _mark(item, number, f"{told}, span {at}")
        if isinstance(found, Refusal):
            yield found
        else:
            marks.append(found)
    meta = task.meta if isinstance(task.meta, dict) else {}
    told_by = (meta.get("annotator"), task.annotator, task.session)
    yield Sheet(
        line=number,
        place=place,
        name=first_name(meta) or as_text(meta.get("source")),
        text=task.text,
        sha256=as_text(meta.get("article_sha256")),
        uid=as_text(meta.get("article")),
        annotator=next(filter(None, map(as_text, told_by)), None),
        marks=tuple(marks),
        relations=tuple(_relations(task.relations, number, place)),
    )


def _mark(item: object, line: int, place: str) -> Mark | Refusal:
    if not isinstance(item, dict):
        return Refusal(line, "it is not a span {…}", place)
    start, end, label = item.get("start"), item.get("end"), item.get("label")
    if not is_offset(start) or not is_offset(end):
        return Refusal(line, "its start or end is not a whole number", place)
    if not isinstance(label, str):
        return Refusal(line, "its label is not text", place)
    return Mark(
        label=label,
        pieces=((start, end),),
        line=line,
        place=place,
        quote=item["text"] if isinstance(item.get("text"), str) else None,
        id=as_text(item.get("id")) or f"{start}:{end}:{label}",
        choices=_choices(item),
        speaker=as_text(item.get("speaker")),
        speaker_type=as_text(item.get("speaker_type")),
        note=as_text(item.get("note")),
    )


def _choices(item: dict[str, Any]) -> dict[str, str]:
    listed = {k: v if isinstance(v, list) else [v] for k, v in item.items() if k not in _OWN}
    return {
        k: SEVERAL.join(v) for k, v in listed.items() if v and all(isinstance(x, str) for x in v)
    }


def _relations(found: Iterable[object], line: int, place: str) -> Iterator[Relation]:
    for item in found:
        if isinstance(item, dict):
            start, goal = _key(item.get("head_span")), _key(item.get("child_span"))
            if start and goal:
                label = as_text(item.get("label")) or "relation"
                yield Relation(label, start, goal, line, place)


def _key(span: object) -> str | None:
    if not isinstance(span, dict):
        return None
    return as_text(span.get("id")) or f"{span.get('start')}:{span.get('end')}:{span.get('label')}"


FORM = Form("prodigy", "Prodigy", ("codepoint", "utf16", "grapheme", "byte"), read)
