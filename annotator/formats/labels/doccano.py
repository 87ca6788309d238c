"""doccano's JSONL: a text a line, with `label`, `labels` or `entities`; one file per user in a zip.

Offsets made in its window are UTF-16 units, or grapheme clusters where the project says so; those
that were imported there are what they were. The file does not say which.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

import msgspec

from annotator.formats.jsonl import Refusal
from annotator.formats.labels.files import Part
from annotator.formats.labels.form import (
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

WHOLE_TEXT = "it labels the whole text, not words in it"


class _Line(msgspec.Struct, gc=False):
    text: str | None = None
    data: str | None = None
    label: Any = None
    labels: Any = None
    entities: Any = None
    spans: Any = None
    relations: Any = None
    id: Any = None
    doc_id: Any = None
    document: Any = None
    filename: Any = None
    file_name: Any = None
    name: Any = None
    article_name: Any = None
    article: Any = None
    article_sha256: str | None = None
    sha256: str | None = None
    annotator: Any = None
    user: Any = None
    meta: Any = None
    metadata: Any = None


def read(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Found]:
    """Yield a sheet for each line, and what is wrong with marks of it."""
    for part in parts:
        if part.ending not in (".jsonl", ".json"):
            continue
        for number, found in values(part, _Line):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _sheet(found, number, part)


def _sheet(line: _Line, number: int, part: Part) -> Iterator[Found]:
    place = part.place(number)
    marks: list[Mark] = []
    for lists in (line.label, line.labels, line.entities, line.spans):
        if lists is None:
            continue
        for at, item in enumerate(lists if isinstance(lists, list) else [lists], start=1):
            found = _mark(item, number, f"{place or f'line {number}'}, label {at}")
            if isinstance(found, Refusal):
                yield found
            else:
                marks.append(found)
    extra = [x for x in (line.meta, line.metadata) if isinstance(x, dict)]
    named = {key: getattr(line, key) for key in _Line.__struct_fields__}
    yield Sheet(
        line=number,
        place=place,
        name=first_name(named) or next(filter(None, map(first_name, extra)), None),
        text=line.text if line.text is not None else line.data,
        sha256=line.article_sha256 or line.sha256,
        uid=as_text(line.article),
        annotator=as_text(line.annotator) or as_text(line.user) or _owner(part),
        marks=tuple(marks),
        relations=tuple(_relations(line.relations, number, place)),
    )


def _owner(part: Part) -> str | None:
    """Return whose file it is: in doccano's zip each user's is called after them."""
    return None if part.alone else part.stem


def _mark(item: object, line: int, place: str) -> Mark | Refusal:
    if isinstance(item, str):
        return Refusal(line, WHOLE_TEXT, place)
    if isinstance(item, list) and len(item) == 3:
        start, end, label = item
        values_: dict[str, Any] = {}
    elif isinstance(item, dict):
        values_ = item
        start = item.get("start_offset", item.get("start"))
        end = item.get("end_offset", item.get("end"))
        label = item.get("label")
    else:
        return Refusal(line, "it is not [start, end, label]", place)
    if not is_offset(start) or not is_offset(end):
        return Refusal(line, "its start or end is not a whole number", place)
    if not isinstance(label, str):
        return Refusal(line, "its label is not text", place)
    choices = {k: v for k, v in values_.items() if isinstance(v, str) and k not in _OWN}
    return Mark(
        label=label,
        pieces=((start, end),),
        line=line,
        place=place,
        quote=values_.get("text") if isinstance(values_.get("text"), str) else None,
        id=as_text(values_.get("id")),
        choices=choices,
        speaker=as_text(values_.get("speaker")),
        note=as_text(values_.get("note")),
    )


_OWN = ("label", "text", "id", "speaker", "note")


def is_offset(value: object) -> TypeGuard[int]:
    """Tell whether `value` is a whole number that can be an offset."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 40


def _relations(found: object, line: int, place: str) -> Iterator[Relation]:
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict):
            start, goal = as_text(item.get("from_id")), as_text(item.get("to_id"))
            if start and goal:
                label = as_text(item.get("type")) or "relation"
                yield Relation(label, start, goal, line, place)


FORM = Form("doccano", "doccano", ("utf16", "codepoint", "grapheme", "byte"), read)
