"""The first records of a dataset, as its form writes them."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.formats import export_folder, jsonl
from annotator.formats.datasets.form import Context, Entry, Form

SHOWN = 3  # records in a preview
_MOST = 40  # lines of a file whose lines are short
_ENOUGH = 1200  # characters, from which on three lines are enough
_LONGEST = 4000  # characters of a line that are shown
_ABOUT = (".md", ".xml", ".conf")  # descriptions: of columns, of an interface, of labels
_READ = 1 << 16  # bytes of a file that are looked at


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of one file, by its name in the folder of the dataset."""

    name: str
    lines: tuple[str, ...]


def first_lines(
    form: Form, context: Context, entries: Sequence[Entry]
) -> tuple[tuple[str, ...], tuple[Sample, ...]]:
    """Return the first records of `entries` as text, and the beginning of each file of text.

    The records are the first lines of the file that comes first, articles apart; where the form is
    no text, the records are shown as JSON.
    """
    if not entries:
        return (), ()
    with tempfile.TemporaryDirectory(prefix="stance-") as name:
        folder = Path(name)
        writer = form.writer(folder, context)
        try:
            for entry in entries:
                writer.add(entry)
            writer.finish()
        finally:
            writer.close()
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        samples = [Sample(path.relative_to(folder).as_posix(), _beginning(path)) for path in files]
    samples = sorted((s for s in samples if s.lines), key=_statements_first)
    named = [s for s in samples if s.name != export_folder.ARTICLES and not _is_about(s.name)]
    if named:
        return named[0].lines, tuple(samples)
    records = [record for entry in entries for record in entry.statements][:SHOWN]
    return tuple(jsonl.line(record)[:_LONGEST] for record in records), tuple(samples)


def _beginning(path: Path) -> tuple[str, ...]:
    """Return the first lines of a file of text; none of one that is no text."""
    with path.open("rb") as file:
        data = file.read(_READ)
    if b"\0" in data:
        return ()
    lines = data.decode("utf-8", "replace").split("\n")[:_MOST]
    shown: list[str] = []
    held = 0  # the lines of a table of tokens are short, and three of them would show none
    for line in lines if lines[-1] else lines[:-1]:
        if len(shown) >= SHOWN and held + len(line) > _ENOUGH:
            break
        shown.append(line.removesuffix("\r")[:_LONGEST])
        held += len(line)
    return tuple(shown)


def _statements_first(sample: Sample) -> tuple[bool, bool, int]:
    first = ("statements", "train", "fold1")
    path = Path(sample.name)
    of_stem = first.index(path.stem) if path.stem in first else len(first)
    return sample.name == export_folder.ARTICLES, _is_about(sample.name), of_stem


def _is_about(name: str) -> bool:
    """Tell whether a file says how others are to be read, and holds no record itself."""
    return Path(name).suffix in _ABOUT
