"""brat stand-off: an .ann file beside each .txt; offsets are code points of the text as it lies.

`T` text-bound, `R` and `E` (relations, events) and `A` or `M` (attributes) are read; a folder per
annotator gives the annotator.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.formats.jsonl import LONGEST, Refusal
from annotator.formats.labels.files import Part
from annotator.formats.labels.form import Form, Found, LeftOut, Mark, Relation, Sheet

_TEXT_BOUND = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)\Z")


@dataclass(slots=True)
class _File:
    """What is read of one .ann file."""

    marks: dict[str, Mark] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)  # an event's trigger
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


def read(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Found]:
    """Yield a sheet for each .ann file, and what is wrong with lines of it."""
    listed = list(parts)
    texts = {(p.folder, p.stem): p for p in listed if p.ending == ".txt"}
    for part in listed:
        if part.ending != ".ann":
            continue
        try:
            lines = part.data.removeprefix(b"\xef\xbb\xbf").decode().split("\n")
        except UnicodeDecodeError:
            yield Refusal(1, "it is not UTF-8; save it as UTF-8", part.name)
            continue
        file = _File()
        for number, line in enumerate(lines, start=1):
            if line.strip():
                _take(file, line.rstrip("\r"), number, f"{_shown(part)}, line {number}", left_out)
        yield from file.refused
        text = _text(texts.get((part.folder, part.stem)))
        if isinstance(text, Refusal):
            yield text
            continue
        yield Sheet(
            line=1,
            place=_shown(part),
            name=part.stem,
            text=text,
            annotator=part.folder.rsplit("/", 1)[-1] or None,
            marks=tuple(_marks(file)),
            relations=tuple(_relations(file)),
        )


def _text(part: Part | None) -> str | Refusal | None:
    if part is None:
        return None
    try:
        return part.data.decode()
    except UnicodeDecodeError:
        return Refusal(1, "it is not UTF-8; save it as UTF-8", part.name)


def _shown(part: Part) -> str:
    return f"{part.folder}/{part.name}" if part.folder else part.name


def _take(file: _File, line: str, number: int, place: str, left_out: LeftOut) -> None:
    """Take one line; what it cannot be is refused."""
    if len(line) > LONGEST:
        file.refused.append(Refusal(number, f"it is longer than {LONGEST / 1e6:.0f} MB", place))
        return
    key, _, rest = line.partition("\t")
    body, _, words = rest.partition("\t")
    reason: str | None = None
    if key.startswith("T"):
        reason = _take_mark(file, key, body, words, number, place)
    elif key.startswith("R"):
        ends = dict(pair.split(":", 1) for pair in body.split()[1:] if ":" in pair)
        if len(ends) == 2:
            one, other = ends.values()
            file.relations.append(Relation(body.split()[0], one, other, number, place))
        else:
            reason = "it does not name two ends"
    elif key.startswith("E"):
        named = [pair.split(":", 1) for pair in body.split() if ":" in pair]
        if named:
            trigger = file.events[key] = named[0][1]
            file.relations += [Relation(n, trigger, goal, number, place) for n, goal in named[1:]]
        else:
            reason = "it names no trigger"
    elif key.startswith(("A", "M")):
        name, goal, *value = [*body.split(), "", ""][: max(2, len(body.split()))]
        if goal:
            file.choices.setdefault(goal, {})[name] = " ".join(value) or "yes"
        else:
            reason = "it does not say of what it is an attribute"
    elif key.startswith("#"):
        kind, _, goal = body.partition(" ")
        if kind == "AnnotatorNotes" and goal:
            file.notes[goal] = words
        elif kind == "Speaker" and goal:
            file.speakers[goal] = words
        elif kind == "Id":
            pass  # every statement gets one of its own here
        else:
            left_out.add(f"notes of the kind “{kind}”")
    elif key.startswith(("*", "N")):
        left_out.add("equivalences and references to other collections")
    else:
        reason = "it is no line of brat’s"
    if reason is not None:
        file.refused.append(Refusal(number, reason, place))


def _take_mark(file: _File, key: str, body: str, words: str, number: int, place: str) -> str | None:
    found = _TEXT_BOUND.match(body)
    if found is None:
        return "it is not “label start end”; correct it or export it anew"
    if key in file.marks:
        return f"its id {key} is another line’s already"
    spans = [tuple(map(int, pair.split())) for pair in found[2].split(";")]
    pieces = tuple((start, end) for start, end in spans)
    file.marks[key] = Mark(found[1], pieces, number, place, quote=words or None, id=key)
    return None


def _marks(file: _File) -> Iterator[Mark]:
    """Yield the marks with their attributes and notes; those of an event belong to its trigger."""
    choices = _by_trigger(file.choices, file.events)
    notes = _by_trigger({k: {"note": v} for k, v in file.notes.items()}, file.events)
    for key, mark in file.marks.items():
        own = choices.get(key, {})
        yield replace(
            mark,
            choices={k: v for k, v in own.items() if k.lower() not in ("speaker", "speaker_type")},
            note=notes.get(key, {}).get("note"),
            speaker=file.speakers.get(key),
        )


def _by_trigger(
    found: Mapping[str, Mapping[str, str]], events: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    by_mark: dict[str, dict[str, str]] = {}
    for key, values in found.items():
        by_mark.setdefault(events.get(key, key), {}).update(values)
    return by_mark


def _relations(file: _File) -> Iterator[Relation]:
    for found in file.relations:
        start, goal = (file.events.get(key, key) for key in (found.start, found.goal))
        yield replace(found, start=start, goal=goal)


FORM = Form("brat", "brat", ("codepoint", "utf16", "byte"), read)
