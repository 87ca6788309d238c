"""Out in a form and in again: the same statements wherever the form can carry them."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.offset_units import Unit
from annotator.services import exporting, foreign_labels, importing, importing_labels, sample
from annotator.services import project as projects
from annotator.services.dataset_order import Order
from annotator.services.dividing import Splitting
from annotator.services.project import Project
from tests.services.ordering import WHOLE

EVERYTHING = ("speaker", "mention", "attributes", "flags", "note")
# What each carries beside the words, whose they are, target and stance.
CARRIED = {
    "label_studio": EVERYTHING,
    "prodigy": EVERYTHING,
    "brat": EVERYTHING,
    "csv": EVERYTHING,
    "doccano": ("mention",),
}


@pytest.fixture
def made(tmp_path: Path):
    project = sample.make_sample(tmp_path / "sample.stance")
    yield project
    project.close()


def lines(project: Project, folder: Path) -> list[dict]:
    exporting.export(project, folder, WHOLE)
    body = (folder / "statements.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in body.splitlines()]


def told(records: list[dict], fields: tuple[str, ...]) -> Counter[str]:
    """Count what records say in the fields a form carries; names, since ids are new."""
    found: Counter[str] = Counter()
    for record in records:
        kept = [record[key] for key in ("article_sha256", "pieces", "annotator", "target")]
        kept.append(record["stance"])
        for field in fields:
            value = record[field]
            if field == "speaker":
                value = value and value["name"]
            elif field == "mention":
                value = value and [value["start"], value["end"]]
            kept.append(value)
        found[json.dumps(kept, sort_keys=True)] += 1
    return found


@pytest.mark.parametrize("name", CARRIED)
def test_it_comes_back(name: str, made: Project, tmp_path: Path) -> None:
    fields = CARRIED[name]
    before = lines(made, tmp_path / "whole")
    exporting.export(made, tmp_path / name, Order(WHOLE.choice, name))
    other = projects.create(tmp_path / "other.stance")
    projects.annotate_as(other, "Lead")
    importing.import_articles(other, [tmp_path / "whole" / "articles.jsonl"])
    read = foreign_labels.read(tmp_path / name, name)
    batch = foreign_labels.convert(other, read, foreign_labels.Choices(unit="codepoint"))
    report = importing_labels.import_batch(other, batch)
    assert report.refused == []
    after = lines(other, tmp_path / "after")
    assert told(after, fields) == told(before, fields)
    again = importing_labels.import_batch(
        other, foreign_labels.convert(other, read, foreign_labels.Choices(unit="codepoint"))
    )
    assert (again.added, again.present) == (0, len(before))
    other.close()


@pytest.mark.parametrize("offsets", ["utf16", "grapheme"])
def test_doccano_counts_as_its_window_does(offsets: Unit, made: Project, tmp_path: Path) -> None:
    before = lines(made, tmp_path / "whole")
    exporting.export(
        made, tmp_path / "out", Order(WHOLE.choice, "doccano", options={"unit": offsets})
    )
    other = projects.create(tmp_path / "other.stance")
    projects.annotate_as(other, "Lead")
    importing.import_articles(other, [tmp_path / "whole" / "articles.jsonl"])
    read = foreign_labels.read(tmp_path / "out", "doccano")
    batch = foreign_labels.convert(other, read, foreign_labels.Choices(unit=offsets))
    importing_labels.import_batch(other, batch)
    assert told(lines(other, tmp_path / "after"), ()) == told(before, ())
    other.close()


@pytest.mark.parametrize("name", ["jsonl", "csv"])
@pytest.mark.parametrize("into", [Splitting(shares=(80, 20)), Splitting(folds=3)])
def test_a_divided_dataset_comes_back_whole(
    name: str, into: Splitting, made: Project, tmp_path: Path
) -> None:
    before = lines(made, tmp_path / "whole")
    folder = tmp_path / "divided"
    exporting.export(
        made, folder, Order(replace(WHOLE.choice, negatives=True), name, splitting=into)
    )
    other = projects.create(tmp_path / "other.stance")
    projects.annotate_as(other, "Lead")
    importing.import_articles(other, [tmp_path / "whole" / "articles.jsonl"])
    if name == "jsonl":
        assert importing_labels.is_own(folder)
        report = importing_labels.import_labels(other, folder, None)
        again = importing_labels.import_labels(other, folder, None)
        assert (report.added, again.added) == (len(before), 0)
    else:
        choices = foreign_labels.Choices(unit="codepoint")
        batch = foreign_labels.convert(other, foreign_labels.read(folder, name), choices)
        assert not importing_labels.import_batch(other, batch).refused
    assert told(lines(other, tmp_path / "after"), EVERYTHING) == told(before, EVERYTHING)
    other.close()


def test_a_fault_in_a_divided_dataset_is_named_with_its_file(made: Project, tmp_path: Path) -> None:
    folder = tmp_path / "divided"
    exporting.export(made, folder, Order(WHOLE.choice, splitting=Splitting(shares=(80, 20))))
    body = (folder / "test.jsonl").read_bytes().split(b"\n", 1)
    (folder / "test.jsonl").write_bytes(b"{\n" + body[1])
    report = importing_labels.import_labels(made, folder, None)
    (refusal,) = report.refused
    assert str(refusal).startswith("test.jsonl, line 1: ")
    assert report.added == 0
