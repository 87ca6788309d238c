"""Datasets of the sample in the forms of tables and tokens, as a whole export writes them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from annotator.formats.datasets import registry
from annotator.services import exporting, sample
from annotator.services.exporting import Choice, Order, Splitting
from annotator.services.project import Project
from annotator.storage import export_rows, queries

AT = "2026-01-06T12:00:00.000Z"
FORMS = ("parquet", "huggingface", "spacy", "conll", "csv", "xlsx")
RUN = 4  # words of an article that follow each other


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = sample.make_sample(tmp_path_factory.mktemp("made") / "sample.stance")
    yield project
    project.close()


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_choice_is_the_same_to_the_byte(form: str, made: Project, tmp_path: Path) -> None:
    splitting = Splitting(shares=(60, 20, 20), seed=3, by="article")
    order = Order(Choice(negatives=True), form, splitting=splitting, offsets=("utf16",))
    exporting.export(made, tmp_path / "one", order, at=AT)
    exporting.export(made, tmp_path / "two", order, at=AT)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def said(path: Path) -> Iterator[str]:
    """Yield every text that a file holds."""
    if path.suffix == ".parquet":
        yield from texts(parquet.read_table(path).to_pylist())
    elif path.suffix == ".xlsx":
        for sheet in load_workbook(path):
            yield from texts(list(sheet.iter_rows(values_only=True)))
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from texts(list(csv.reader(file)))
    else:
        yield path.read_text(encoding="utf-8")


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("form", [name for name in FORMS if registry.form(name).stand_off])
def test_without_the_texts_no_run_of_their_words_is_written(
    form: str, made: Project, tmp_path: Path
) -> None:
    order = Order(Choice(negatives=True), form, stand_off=True, offsets=("byte",))
    exporting.export(made, tmp_path / "out", order, at=AT)
    runs = {
        " ".join(words[at : at + RUN])
        for row in export_rows.each_article(made.store)
        for words in [str(row["text"]).split()]
        for at in range(len(words) - RUN + 1)
    }
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    written = "\n".join(text for path in files for text in said(path))
    # what a speaker is called is a label, though some are called as the article calls them
    names = "\n".join(speaker.name for speaker in queries.speakers(made.store))
    assert [run for run in runs if run in written and run not in names] == []


def test_forms_that_are_the_text_are_not_written_without_it() -> None:
    assert [name for name in FORMS if not registry.form(name).stand_off] == ["spacy", "conll"]
