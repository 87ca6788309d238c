"""doccano: JSON Lines for a project of sequence labelling, a file for each annotator.

doccano imports offsets as they are and then counts UTF-16 units in its window (grapheme clusters
if the project says so), so what is imported as code points stands wrong there after an emoji;
whoever goes on labelling there asks for the unit of the window.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.domain.offset_units import Ruler, Unit
from annotator.formats import jsonl
from annotator.formats.datasets import losses
from annotator.formats.datasets.file_names import FileNames
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.options import chosen
from annotator.formats.datasets.people import UNLABELLED, by_annotator
from annotator.formats.datasets.regions import CONTENT, label, regions
from annotator.formats.statement_record import StatementRecord

RELATIONS = Option(
    "relations",
    "Entities with relations between them, or labels alone for a project without relations",
    ("yes", "no"),
)
UNIT = Option("unit", "What offsets count", ("codepoint", "utf16", "grapheme"))

_UNITS: dict[str, Unit] = {"codepoint": "codepoint", "utf16": "utf16", "grapheme": "grapheme"}
_LEFT_OUT = (
    "speaker chain attributes flags note excluded negatives annotations soft no_statement".split()
)


class Files:
    """Writes a line for each article into the file of each who labelled it."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._related = chosen(context, RELATIONS) == "yes"
        self._unit = _UNITS[chosen(context, UNIT)]
        self._stack = ExitStack()
        self._names = FileNames()
        self._by_name: dict[str, str] = {}
        self._writers: dict[tuple[str, str], jsonl.Writer] = {}
        self._number = 0  # of entities; doccano wants them different in the whole file

    def add(self, entry: Entry) -> None:
        """Write the lines of one article."""
        article = entry.article
        ruler = Ruler(article.text or "", self._unit)
        for name, records in by_annotator(entry).items():
            line = {"text": article.text, **self._labels(records, ruler)}
            line |= {"article": article.uid, "article_name": article.name, "lang": article.lang}
            line |= {"article_sha256": article.sha256, "annotator": name}
            self._writer(entry.split, name).write(line)

    def finish(self) -> None:
        """Write what is left and close the files."""
        for writer in self._writers.values():
            writer.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def _labels(self, records: Sequence[StatementRecord], ruler: Ruler) -> dict[str, Any]:
        entities: list[dict[str, Any]] = []
        relations: list[dict[str, Any]] = []
        for record in records:
            first = self._number
            for region in regions(record):
                name = label(record) if region.is_content else region.kind
                start, end = ruler.out(region.start), ruler.out(region.end)
                entity = {"id": self._number, "start_offset": start, "end_offset": end}
                entities.append({**entity, "label": name})
                if region.kind != CONTENT:
                    relation = {"from_id": first, "to_id": self._number, "type": region.kind}
                    relations.append({"id": self._number, **relation})
                self._number += 1
        if self._related:
            return {"entities": entities, "relations": relations}
        return {"label": [[e["start_offset"], e["end_offset"], e["label"]] for e in entities]}

    def _writer(self, split: str, name: str) -> jsonl.Writer:
        if (split, name) not in self._writers:
            if name not in self._by_name:
                self._by_name[name] = self._names.of(name)
            start = f"{split}." if split else ""
            path = self._folder / f"{start}{self._by_name[name]}.jsonl"
            file = self._stack.enter_context(path.open("wb"))
            self._writers[split, name] = jsonl.Writer(file)
        return self._writers[split, name]


def _lost(entry: Entry, context: Context) -> Counter[str]:
    found = losses.of(entry, _LEFT_OUT)
    if chosen(context, RELATIONS) == "no":
        marks = [list(regions(record)) for record in entry.statements]
        found["links from a statement to its mention, cue, condition or further pieces"] += sum(
            len(each) - 1 for each in marks
        )
    text = entry.article.text or ""
    if chosen(context, UNIT) == "codepoint" and not text.isascii() and max(text) > "\uffff":
        found["articles with emoji or the like, after which doccano shows labels shifted"] += 1
    if not by_annotator(entry):
        found[UNLABELLED] += 1
    return +found


FORMS = (
    Form(
        name="doccano",
        title="doccano",
        unit="article",
        carries="A file for each annotator: the text, the words of each statement labelled"
        " target:stance, mention, cue and condition, and the relations between them.",
        lacks="Speakers, source chains, attributes, flags, notes, excluded regions, negatives, ids"
        " of statements. The project in doccano has to allow overlapping spans, and relations.",
        writer=Files,
        lost=_lost,
        options=(RELATIONS, UNIT),
    ),
)
