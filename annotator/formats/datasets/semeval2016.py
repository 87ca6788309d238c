"""SemEval-2016 task 6: ID, Target, Text and Stance between tabs, UTF-8, one statement a line.

The task's own files are Windows-1252 and call the text Tweet; its scorer passes over the heading
only when it is called so, which is what the option is for.
"""

import re
from collections import Counter
from pathlib import Path

from annotator.formats.datasets import losses
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.options import chosen
from annotator.formats.datasets.passages import OPTIONS, Passage, Passages, shows
from annotator.formats.datasets.split_files import SplitFiles

HEADING = Option("heading", "What the third column is called", ("Text", "Tweet"))

_STANCES = {"favor": "FAVOR", "against": "AGAINST"}
_NONE = "NONE"
_BREAKS = re.compile(r"[\t\n\r]+")

_LEFT_OUT = (
    "open annotator speaker mention cue condition chain attributes flags note offsets"
    " excluded annotations soft no_statement"
).split()


class Tables:
    """Writes a row for each statement, and one for each negative and target."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._passages = Passages(context)
        self._targets = [target.id for target in context.codebook.targets]
        heading = f"ID\tTarget\t{chosen(context, HEADING)}\tStance\n".encode()
        self._files = SplitFiles(folder, context, "semeval2016", ".txt")
        for file in self._files.by_split.values():
            file.write(heading)

    def add(self, entry: Entry) -> None:
        """Write the rows of one article."""
        passages, negatives = self._passages.of(entry)
        triples = zip(entry.statements, entry.splits, passages, strict=True)
        for record, split, passage in triples:
            if record.target is not None and record.stance is not None:
                stance = _STANCES.get(record.stance, _NONE)
                self._write(split, record.id or "", record.target, passage, stance)
        for negative, passage in zip(entry.negatives, negatives, strict=True):
            for target in self._targets:
                # the same in every export, as the ids of statements are
                id_ = f"{entry.article.uid}:{negative.span.start}:{target}"
                self._write(negative.split, id_, target, passage, _NONE)

    def finish(self) -> None:
        """Close the files."""
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._files.close()

    def _write(self, split: str, id_: str, target: str, passage: Passage, stance: str) -> None:
        cells = (id_, target, passage.text, stance)
        row = "\t".join(_BREAKS.sub(" ", cell) for cell in cells)
        self._files.by_split[split].write(f"{row}\n".encode())


def _lost(entry: Entry, context: Context) -> Counter[str]:
    found = losses.of(entry, _LEFT_OUT)
    passages, negatives = Passages(context).of(entry)
    for record, passage in zip(entry.statements, passages, strict=True):
        if record.target is None or record.stance is None:
            continue
        if record.stance not in _STANCES:
            found[f"statements that are {record.stance} and become NONE"] += 1
        found["texts whose tabs and line breaks become spaces"] += _broken(passage)
    found["texts whose tabs and line breaks become spaces"] += sum(map(_broken, negatives))
    return +found


def _broken(passage: Passage) -> bool:
    return _BREAKS.search(passage.text) is not None


FORMS = (
    Form(
        name="semeval2016",
        title="SemEval-2016 task 6",
        unit="statement",
        carries="The passage around each statement with its target, and FAVOR, AGAINST or NONE;"
        " negatives as NONE, once for each target.",
        lacks="The difference between neutral, unclear and no statement at all, which are all"
        " NONE; open statements; where the words stand; who speaks and who labelled; everything"
        " else that a statement has.",
        writer=Tables,
        lost=_lost,
        shows=shows,
        options=(*OPTIONS, HEADING),
    ),
)
