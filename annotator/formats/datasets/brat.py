"""brat: a folder for each annotator, in it a .txt and a stand-off .ann for each article.

Offsets are code points. brat knows no stretch across a line break: there a stretch is in
fragments, as one in pieces is; fragments with nothing but line breaks between them are one piece.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from annotator.formats.datasets import brat_config, losses
from annotator.formats.datasets.brat_config import Vocabulary
from annotator.formats.datasets.file_names import FileNames
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.people import UNLABELLED, by_annotator
from annotator.formats.statement_record import StatementRecord

Pieces = Sequence[tuple[int, int]]

CONFIG = "annotation.conf"

_LEFT_OUT = ("excluded", "negatives", "annotations", "soft", "no_statement")


class Folders:
    """Writes two files for each article and annotator."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._vocabulary = Vocabulary(context.codebook)
        self._articles = FileNames()
        self._people = FileNames()
        for taken in (CONFIG, "dataset.json", "README.md"):
            self._people.of(taken)  # nobody's folder may take its place
        self._by_name: dict[str, str] = {}
        config = brat_config.config(context.codebook, self._vocabulary)
        (folder / CONFIG).write_text(config, encoding="utf-8", newline="\n")

    def add(self, entry: Entry) -> None:
        """Write the files of one article."""
        text = entry.article.text or ""
        file_name = self._articles.of(entry.article.name)
        for name, records in by_annotator(entry).items():
            if name not in self._by_name:
                self._by_name[name] = self._people.of(name)
            folder = self._folder / entry.split / self._by_name[name]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{file_name}.txt").write_bytes(text.encode())
            lines = _Lines(text, self._vocabulary)
            body = "".join(line for record in records for line in lines.of(record))
            (folder / f"{file_name}.ann").write_bytes(body.encode())

    def finish(self) -> None:
        """Nothing is left to write."""

    def close(self) -> None:
        """Nothing stays open."""


class _Lines:
    """Makes the lines of one .ann, numbered by their kind."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._numbers: Counter[str] = Counter()

    def of(self, record: StatementRecord) -> Iterator[str]:
        """Yield the lines of one statement."""
        word = self._vocabulary.word
        content, line = self._stretch(word("target", record.target), _pieces(record))
        yield line
        chosen = {"stance": record.stance, **record.attributes}
        for name, value in chosen.items():
            if value is not None:
                yield self._line("A", f"{word('attribute', name)} {content} {word(name, value)}")
        for flag in record.flags:
            yield self._line("A", f"{word('flag', flag)} {content}")
        spans = (record.mention, record.cue, record.condition_span)
        for mark, span in zip(brat_config.MARKS, spans, strict=True):
            if span is not None:
                other, line = self._stretch(mark.entity, [(span.start, span.end)])
                yield line
                yield self._line("R", f"{mark.relation} Arg1:{content} Arg2:{other}")
        yield from self._notes(record, content)

    def _notes(self, record: StatementRecord, content: str) -> Iterator[str]:
        chain = " > ".join(link.speaker.name for link in record.source_chain)
        notes = {
            "Id": record.id,
            "Speaker": record.speaker and record.speaker.name,
            "SourceChain": chain,
            "AnnotatorNotes": record.note,
        }
        for kind, words in notes.items():
            if words:
                yield self._line("#", f"{kind} {content}", " ".join(words.splitlines()))

    def _stretch(self, type_: str, pieces: Pieces) -> tuple[str, str]:
        """Return the id and the line of a labelled stretch."""
        parts = fragments(pieces, self._text)
        places = ";".join(f"{start} {end}" for start, end in parts)
        words = " ".join(self._text[start:end] for start, end in parts).replace("\n", " ")
        line = self._line("T", f"{type_} {places}", words)
        return f"T{self._numbers['T']}", line

    def _line(self, kind: str, *cells: str) -> str:
        self._numbers[kind] += 1
        return "\t".join((f"{kind}{self._numbers[kind]}", *cells)) + "\n"


def fragments(pieces: Pieces, text: str) -> list[tuple[int, int]]:
    """Return the stretches of `pieces` without their line breaks; a break alone stays."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        at = start
        for line in text[start:end].split("\n"):
            if line:
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found or [*pieces]


def joined(parts: Pieces, text: str) -> list[tuple[int, int]]:
    """Return the pieces that fragments were made of, as far as line breaks let it be seen."""
    found = [parts[0]]
    for (_, before), (start, end) in pairwise(parts):
        if text[before:start].strip("\n"):
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return found


def _pieces(record: StatementRecord) -> Pieces:
    return record.pieces or ((record.start, record.end),)


def _stretches(record: StatementRecord) -> Iterator[Pieces]:
    """Yield the pieces of each span of a statement."""
    yield [(start, end) for start, end in _pieces(record)]
    for span in (record.mention, record.cue, record.condition_span):
        if span is not None:
            yield [(span.start, span.end)]


def _untold(pieces: Pieces, text: str) -> bool:
    """Tell whether reading the fragments of `pieces` back gives something else."""
    parts = fragments(pieces, text)
    broken = any("\n" in text[start:end] for start, end in parts)
    return broken or joined(parts, text) != pieces


def _lost(entry: Entry, context: Context) -> Counter[str]:
    found = losses.of(entry, _LEFT_OUT)
    text = entry.article.text or ""
    for record in entry.statements:
        if any(_untold(each, text) for each in _stretches(record)):
            found["statements whose outer line breaks are dropped, or whose pieces become one"] += 1
        if record.note is not None and len(record.note.splitlines()) > 1:
            found["notes whose line breaks become spaces"] += 1
    if not by_annotator(entry):
        found[UNLABELLED] += 1
    return +found


FORMS = (
    Form(
        name="brat",
        title="brat stand-off",
        unit="article",
        carries="A folder for each annotator, each article as .txt and .ann: the words of a"
        " statement as an entity of its target, in fragments where it is in pieces; mention, cue"
        " and condition with relations; stance, attributes and flags as attributes; speaker,"
        " chain, id and note as notes; annotation.conf.",
        lacks="Speakers’ types, excluded regions, negatives, and of gold the labels it was decided"
        " from.",
        writer=Folders,
        lost=_lost,
    ),
)
