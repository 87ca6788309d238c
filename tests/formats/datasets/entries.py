"""Entries of the sample, for the tests of the forms."""

from dataclasses import replace
from pathlib import Path

from annotator.domain.codebook import Codebook
from annotator.formats.datasets.form import Context, Entry
from annotator.services import sample
from annotator.services.dataset_entries import Choice, entries


def sample_entries(folder: Path, *, gold: bool = False) -> tuple[Codebook, list[Entry]]:
    """Return the codebook of the sample and its entries."""
    project = sample.make_sample(folder / "sample.stance")
    try:
        choice = Choice(gold=gold, status="any", excluded=True)
        return project.codebook, list(entries(project, choice))
    finally:
        project.close()


def split_by_article(entries: list[Entry], splits: tuple[str, ...]) -> list[Entry]:
    """Return the entries with whole articles in each split, in turn."""
    return [
        replace(entry, splits=[split] * len(entry.statements), split=split)
        for at, entry in enumerate(entries)
        for split in [splits[at % len(splits)]]
    ]


def write(form, folder: Path, context: Context, entries: list[Entry]) -> None:
    """Write all entries in one form."""
    writer = form.writer(folder, context)
    try:
        for entry in entries:
            writer.add(entry)
        writer.finish()
    finally:
        writer.close()


def held(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path within."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
