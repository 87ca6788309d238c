"""Tables: CSV or TSV, a label a row, with offsets or with the words to be found in the article.

Columns are known by their names, English or French, in any order; a cell is text, whatever a
spreadsheet would make of it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.domain.text import fold
from annotator.formats.jsonl import LONGEST, Refusal
from annotator.formats.labels.files import Part
from annotator.formats.labels.form import SEVERAL, Form, Found, LeftOut, Mark, Relation, Sheet

_COLUMNS = {
    "name": "article article_name name document doc doc_id file filename file_name fichier",
    "sha256": "article_sha256 sha256",
    "uid": "article_uid article_id",
    "text": "article_text full_text texte_article",
    "annotator": "annotator coder annotateur codeur user",
    "start": "start begin start_offset debut",
    "end": "end stop end_offset fin",
    "pieces": "pieces",
    "quote": "quote words text span statement content passage texte citation extrait",
    "nth": "nth occurrence",
    "label": "label code category concept etiquette categorie",
    "speaker": "speaker person actor source speaker_name locuteur organization organisation",
    "speaker_type": "speaker_type type_locuteur",
    "note": "note comment memo remarque commentaire",
}
_FIELDS = {name: part for part, names in _COLUMNS.items() for name in names.split()}
# What this program's own tables say beside: not choices.
_PASSED_OVER = frozenset(
    (
        "schema id lang prefix suffix mention cue condition_span source_chain label_source"
        " provenance codebook_version created_at updated_at length split speaker_id condition_words"
        " mention_start mention_end cue_start cue_end condition_start condition_end"
        " source_chain_ids"
    ).split()
)
_NEGATIVE = "negative"  # the label_source of a sentence without a statement
# An apostrophe that was put before what a spreadsheet would calculate.
_GUARDED = re.compile("'+[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_LONGEST_CHOICE = 60  # characters; what is longer is prose, not a choice

csv.field_size_limit(LONGEST)


@dataclass(slots=True)
class _Row:
    """One row by what its columns are."""

    fields: dict[str, str]
    choices: dict[str, str]


def read(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Found]:
    """Yield a sheet for each article and annotator of a table, and the rows that are refused."""
    for part in parts:
        if part.ending not in (".csv", ".tsv"):
            continue
        sheets: dict[tuple[str | None, ...], list[Mark]] = {}
        first: dict[tuple[str | None, ...], int] = {}
        joined: dict[tuple[str | None, ...], list[Relation]] = {}
        for line, found in rows(part):
            if isinstance(found, Refusal):
                yield found
                continue
            if found.get("label_source") == _NEGATIVE:
                continue
            row = _row(found)
            mark = _mark(row, line, part.place(line))
            if isinstance(mark, Refusal):
                yield mark
                continue
            keys = ("name", "sha256", "uid", "text", "annotator")
            key = tuple(row.fields.get(name) for name in keys)
            sheets.setdefault(key, []).append(mark)
            for beside, relation in _beside(found, mark):
                sheets[key].append(beside)
                joined.setdefault(key, []).append(relation)
            first.setdefault(key, line)
        for key, marks in sheets.items():
            name, sha256, uid, text, annotator = key
            line = first[key]
            yield Sheet(
                line=line,
                place=part.place(line),
                name=name,
                text=text,
                sha256=sha256,
                uid=uid,
                annotator=annotator,
                marks=tuple(marks),
                relations=tuple(joined.get(key, ())),
            )


def rows(part: Part) -> Iterator[tuple[int, dict[str, str] | Refusal]]:
    """Yield each row of a table by the names of its columns, with the number of its line."""
    try:
        text = part.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = part.data.count(b"\n", 0, error.start) + 1
        reason = "it is not UTF-8; save the table as “CSV UTF-8”"
        yield line, Refusal(line, reason, part.place(line))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"it is no row of a table ({error}); export it anew"
            yield line, Refusal(line, reason, part.place(line))
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
        elif any(cells):
            if len(cells) > len(header):
                reason = f"it has {len(cells)} cells, the first row has {len(header)}"
                yield line, Refusal(line, reason, part.place(line))
            else:
                yield line, dict(zip(header, cells, strict=False))


def delimiter(text: str) -> str:
    """Return what parts the cells: what the first line has most of."""
    first = text[:100_000].split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _row(cells: Mapping[str, str]) -> _Row:
    row = _Row({}, {})
    for name, cell in cells.items():
        plain = "_".join(fold(name).split())
        field = _FIELDS.get(plain)
        if not cell.strip():
            continue
        if _GUARDED.match(cell):
            cell = cell[1:]
        if field is not None:
            row.fields.setdefault(field, cell if field in ("quote", "text") else cell.strip())
        elif plain not in _PASSED_OVER and len(cell) <= _LONGEST_CHOICE:
            listed = cell.split(";") if plain == "flags" else [cell]
            row.choices[name] = SEVERAL.join(value.strip() for value in listed)
    return row


def _mark(row: _Row, line: int, place: str) -> Mark | Refusal:
    fields, choices = row.fields, dict(row.choices)
    label = fields.get("label")
    if label is None:  # a column of targets is as good as one of labels
        key = next((k for k in choices if fold(k) in ("target", "cible")), None)
        label = choices.pop(key) if key is not None else ""
    pieces = _pieces(fields)
    if isinstance(pieces, str):
        return Refusal(line, pieces, place)
    if not pieces and "quote" not in fields:
        return Refusal(line, "it has neither start and end nor the words to look for", place)
    nth = fields.get("nth")
    if nth is not None and not (nth.isdecimal() and 0 < int(nth) < 1 << 31):
        return Refusal(line, f"its occurrence “{nth[:20]}” is not a number from 1", place)
    return Mark(
        label=label,
        pieces=pieces,
        line=line,
        place=place,
        quote=fields.get("quote"),
        nth=int(nth) if nth is not None else None,
        id=f"row {line}",
        choices=choices,
        speaker=fields.get("speaker"),
        speaker_type=fields.get("speaker_type"),
        note=fields.get("note"),
    )


def _beside(cells: Mapping[str, str], mark: Mark) -> Iterator[tuple[Mark, Relation]]:
    """Yield the words that belong to a row's: of the speaker, of the report, of the condition."""
    for part in ("mention", "cue", "condition"):
        start, end = cells.get(f"{part}_start", ""), cells.get(f"{part}_end", "")
        if start.isdecimal() and end.isdecimal() and len(start + end) < 24 and mark.id:
            key = f"{part} of {mark.id}"
            place = mark.place or f"line {mark.line}"
            spot = ((int(start), int(end)),)
            yield (
                Mark(part, spot, mark.line, f"{place}, {part}", id=key),
                Relation(part, mark.id, key, mark.line, place),
            )


def _pieces(fields: Mapping[str, str]) -> tuple[tuple[int, int], ...] | str:
    """Return the offsets of a row; nothing when it has none; why not when they are none."""
    start, end = fields.get("start"), fields.get("end")
    if listed := fields.get("pieces"):
        found = _listed(listed)
        return found if found else f"its pieces “{listed[:40]}” are not like [[0,5],[9,12]]"
    if start is None and end is None:
        return ()
    for value in (start, end):
        if value is None or not value.isdecimal() or len(value) > 12:
            return f"its start or end “{(value or '')[:20]}” is not a whole number"
    return ((int(start or 0), int(end or 0)),)


def _listed(cell: str) -> tuple[tuple[int, int], ...]:
    import msgspec

    if re.fullmatch(r"\d{1,12}\.\.\d{1,12}( \d{1,12}\.\.\d{1,12})*", cell):
        found = [pair.split("..") for pair in cell.split()]
        return tuple((int(start), int(end)) for start, end in found)
    try:
        return tuple(msgspec.json.decode(cell, type=list[tuple[int, int]]))
    except (msgspec.DecodeError, RecursionError):
        return ()


FORM = Form("csv", "Table", ("codepoint", "utf16", "byte", "grapheme"), read)
