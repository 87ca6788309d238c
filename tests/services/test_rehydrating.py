"""A dataset without texts gets them back: to the byte from the same files, aligned from others."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import places
from annotator.domain.text import fold, words
from annotator.errors import UserError
from annotator.formats import jsonl
from annotator.formats.statement_record import StatementRecord, misfit
from annotator.services import exporting, importing, rehydrating, sample
from annotator.services import project as projects
from annotator.services.dataset_entries import Choice
from annotator.services.dividing import Splitting
from annotator.services.exporting import Order
from annotator.services.project import Project
from tests.services.deciding import labelled
from tests.services.stand_off_export import export_stand_off


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """The sample, exported without and with its texts."""
    project = sample.make_sample(tmp_path / "sample.stance")
    export_stand_off(project, tmp_path / "bare", tmp_path / "whole")
    project.close()
    return tmp_path / "bare", tmp_path / "whole"


def seeds(folder: Path, *names: str) -> Path:
    """Copy the sample's articles (those whose names begin so, all for none) into a folder."""
    folder.mkdir()
    for path in places.shipped("seeds").glob("*.txt"):
        if not names or path.name.startswith(names):
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_the_same_files_give_every_byte_back(made, tmp_path: Path) -> None:
    bare, whole = made
    report = rehydrating.rehydrate(bare, [seeds(tmp_path / "texts")], tmp_path / "back")
    assert (report.count("exact"), report.count("moved"), report.sealed) == (86, 0, 0)
    back = tmp_path / "back"
    for name in ("statements.jsonl", "articles.jsonl"):
        assert (back / name).read_bytes() == (whole / name).read_bytes(), name
    said, wanted = (json.loads((folder / "dataset.json").read_bytes()) for folder in (back, whole))
    for speakers in (said["speakers"], wanted["speakers"]):
        for speaker in speakers:
            del speaker["aliases"]  # long ones are words of the articles
    assert said == wanted


def test_so_do_the_real_articles_and_gold(shared: Path, tmp_path: Path) -> None:
    project = projects.create(tmp_path / "real.stance")
    importing.import_articles(project, [shared / "seeds"])
    label_some(project)
    for gold in (False, True):
        bare, whole, back = (tmp_path / f"{name}{gold}" for name in ("bare", "whole", "back"))
        export_stand_off(project, bare, whole, gold=gold)
        report = rehydrating.rehydrate(bare, [shared / "seeds"], back)
        assert {row.fate for row in report.rows} <= {"exact"}
        for path in back.glob("*.jsonl"):
            assert path.read_bytes() == (whole / path.name).read_bytes()
    project.close()


def test_splits_other_offsets_and_sentences_without_a_statement_come_back(tmp_path: Path) -> None:
    project = sample.make_sample(tmp_path / "sample.stance")
    how = Splitting(by="article", shares=(60, 40))
    order = Order(Choice(negatives=True), splitting=how, offsets=("utf16", "byte"))
    exporting.export(project, tmp_path / "whole", order)
    exporting.export(project, tmp_path / "bare", replace(order, stand_off=True))
    project.close()
    back = tmp_path / "back"
    report = rehydrating.rehydrate(tmp_path / "bare", [seeds(tmp_path / "texts")], back)
    assert {row.fate for row in report.rows} == {"exact"}
    names = sorted(path.name for path in back.glob("*.jsonl"))
    files = ["test", "test_negatives", "train", "train_negatives"]
    assert names == ["articles.jsonl", *(f"{name}.jsonl" for name in files)]
    for name in names:
        assert (back / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


def label_some(project: Project) -> None:
    projects.annotate_as(project, "Ada")
    for article in projects.articles(project):
        text = str(project.store.row("article", article.id)["text"])
        for span in words(text)[::40]:
            labelled(project, article.id, span)


def test_a_changed_copy_is_aligned_and_every_row_accounted_for(made, tmp_path: Path) -> None:
    bare, _ = made
    texts = seeds(tmp_path / "texts", "01", "02", "03", "04", "05")
    changed = texts / "02_menace-torvanienne.txt"
    body = "Mis à jour ce matin.\n\n" + changed.read_text(encoding="utf-8").replace("\n", "\n\n")
    (texts / "renamed.txt").write_text(body, encoding="utf-8")
    changed.unlink()
    back = tmp_path / "back"
    report = rehydrating.rehydrate(bare, [texts], back)
    assert report.missing == ["article 0a63553a"]  # its name quotes it
    assert (report.count("exact"), report.count("moved"), report.count("not found")) == (60, 15, 11)
    lost = [row for row in report.rows if row.fate == "not found"]
    assert {row.reason for row in lost} == {"no copy of its article was given"}
    assert report.sealed > 0
    articles = {
        line["uid"]: line
        for line in map(json.loads, (back / "articles.jsonl").read_text("utf-8").splitlines())
    }
    moved = 0
    with (back / "statements.jsonl").open("rb") as file:
        for _, record in jsonl.Reader(file, StatementRecord):
            assert isinstance(record, StatementRecord)
            assert misfit(record, articles[record.article]["text"]) is None
            moved += articles[record.article]["file_name"] == "renamed.txt"
    assert moved == 15
    said = json.loads((back / "dataset.json").read_bytes())
    assert (said["counts"]["articles"], said["counts"]["statements"]) == (5, 75)
    assert sum(said["counts"]["by_stance"].values()) == 75


def test_a_sentence_that_was_rewritten_is_not_found(made, tmp_path: Path) -> None:
    bare, whole = made
    texts = seeds(tmp_path / "texts")
    first = json.loads((whole / "statements.jsonl").read_text("utf-8").splitlines()[0])
    path = texts / f"{first['article_name']}.txt"
    body = path.read_text(encoding="utf-8")
    assert first["text"] in body
    path.write_text(body.replace(first["text"], "Tout a été écrit autrement ici"), encoding="utf-8")
    report = rehydrating.rehydrate(bare, [texts], tmp_path / "back")
    row = next(row for row in report.rows if row.id == first["id"])
    assert row.fate == "not found"
    assert str(row).startswith("statements.jsonl, line 1: not found: its words do not stand in")
    assert fold("autrement") not in "".join(row.reason for row in report.rows)


def test_what_cannot_be_is_refused_and_nothing_is_written(made, tmp_path: Path) -> None:
    bare, whole = made
    texts = seeds(tmp_path / "texts")
    for dataset, folder, reason in (
        (whole, tmp_path / "back", "was exported with its texts"),
        (tmp_path, tmp_path / "back", "is no dataset of this program"),
        (bare, bare, "is the dataset itself"),
        (bare, texts, "holds other things than an export"),
    ):
        with pytest.raises(UserError, match=reason):
            rehydrating.rehydrate(dataset, [texts], folder)
    assert not (tmp_path / "back").exists()


def test_a_torn_dataset_is_refused(made, tmp_path: Path) -> None:
    bare, _ = made
    texts = seeds(tmp_path / "texts")
    path = bare / "statements.jsonl"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UserError, match=r"statements.jsonl”, line 86: it is cut short"):
        rehydrating.rehydrate(bare, [texts], tmp_path / "back")
    said = json.loads((bare / "dataset.json").read_text())
    said["files"]["../secret.jsonl"] = said["files"]["articles.jsonl"]
    (bare / "dataset.json").write_text(json.dumps(said))
    with pytest.raises(UserError, match="names a file outside"):
        rehydrating.rehydrate(bare, [texts], tmp_path / "back")
    assert not (tmp_path / "back").exists()
