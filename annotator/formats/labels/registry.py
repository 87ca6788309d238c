"""Every format of labels that can be read, by name, and which one a file is in."""

import re
from pathlib import Path

from annotator.errors import UserError
from annotator.formats.jsonl import Refusal
from annotator.formats.labels import brat, doccano, label_studio, prodigy, table
from annotator.formats.labels.files import Part, parts
from annotator.formats.labels.form import LeftOut, Reading

JSONL = "jsonl"  # this program's own, which needs no reader here
FORMS = {
    form.name: form
    for form in (label_studio.FORM, doccano.FORM, prodigy.FORM, brat.FORM, table.FORM)
}
NAMES = (JSONL, *FORMS)
_HEAD = 1_000_000  # bytes that are looked at


def guess(path: Path) -> str:
    """Return the name of the format of what another program wrote; UserError when it is none."""
    found = parts(path)
    endings = {part.ending for part in found}
    if ".ann" in endings:
        return brat.FORM.name
    for part in found:
        name = _of_part(part)
        if name is not None:
            return name
    raise UserError(
        f"“{path.name}” is in no format that can be read; labels come from"
        f" {', '.join(form.title for form in FORMS.values() if form is not table.FORM)}, or from a"
        " table (CSV or TSV)."
    )


def read(path: Path, name: str) -> Reading:
    """Read all of what lies at `path`; UserError when nothing of it can be read at all."""
    form = FORMS[name]
    reading = Reading(form)
    left_out = LeftOut()
    for found in form.read(parts(path), left_out):
        if isinstance(found, Refusal):
            reading.refused.append(found)
        else:
            reading.sheets.append(found)
    if not reading.sheets and not reading.refused:
        raise UserError(f"“{path}” holds no labels as {form.title} writes them.")
    reading.left_out = left_out.counts
    return reading


def _of_part(part: Part) -> str | None:
    head = part.data[:_HEAD]
    if part.ending in (".csv", ".tsv"):
        sign = table.delimiter(head.decode("utf-8-sig", "replace"))
        header = label_studio.first_row(head, sign)
        return label_studio.FORM.name if label_studio.is_table(header) else table.FORM.name
    if part.ending not in (".json", ".jsonl"):
        return None
    if re.search(rb'"(_input_hash|_task_hash|_session_id|_annotator_id|answer)"\s*:', head):
        return prodigy.FORM.name
    if re.search(rb'"(annotations|completions|annotation_id|from_name)"\s*:', head):
        return label_studio.FORM.name
    if re.search(rb'"spans"\s*:', head):
        return prodigy.FORM.name
    if re.search(rb'"(label|labels|entities)"\s*:', head):
        return doccano.FORM.name
    return None
