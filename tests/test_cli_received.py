"""Datasets handed on, on the command line: exported without texts, put together again, checked."""

import json
from pathlib import Path

from annotator import places
from annotator.services import dataset_card, sample
from annotator.services import project as projects
from tests.test_cli import made, run

__all__ = ["made", "run"]  # fixtures


def test_texts_that_may_not_be_shared_stay(run, made: Path, tmp_path: Path) -> None:
    project = projects.open_project(made)
    dataset_card.set_texts_may_be_shared(project, False)
    project.close()
    assert run("export", made, "--to", "bare").code == 0
    said = json.loads((tmp_path / "bare" / "dataset.json").read_bytes())
    assert said["texts"] is False
    assert run("export", made, "--to", "whole", "--with-texts").code == 0
    answer = run(
        "rehydrate", "bare", places.shipped("seeds"), "--to", "back", "--report", "rows.csv"
    )
    assert answer.out.splitlines()[-1] == "78 exact, 0 moved, 0 not found: back"
    for name in ("statements.jsonl", "articles.jsonl"):
        back, whole = (tmp_path / folder / name for folder in ("back", "whole"))
        assert back.read_bytes() == whole.read_bytes()
    assert len((tmp_path / "rows.csv").read_text("utf-8").splitlines()) == 79
    refused = run("export", made, "--to", "csv", "--format", "csv")
    assert refused.code in (0, 2)
    for folder in ("bare", "whole", "back"):
        assert run("validate", folder).out.startswith(f"{folder} is sound: 78 statements")


def test_rows_that_are_not_found_are_named(run, made: Path, tmp_path: Path) -> None:
    run("export", made, "--to", "bare", "--stand-off")
    (tmp_path / "other.txt").write_text("Un tout autre article, sans rien de commun.")
    answer = run("rehydrate", "bare", "other.txt", "--to", "back")
    assert answer.code == 2
    assert "No statement was found in these articles" in answer.err
    assert not (tmp_path / "back").exists()
    run("export", made, "--to", "whole")
    lines = (tmp_path / "whole" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "some.jsonl").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    answer = run("rehydrate", "bare", "some.jsonl", "--to", "back")
    assert answer.code == 0
    assert ": not found: no copy of its article was given" in answer.out
    assert " exact, 0 moved, " in answer.out.splitlines()[-1]


def test_findings_end_with_code_1(run, made: Path, tmp_path: Path) -> None:
    run("export", made, "--to", "out")
    path = tmp_path / "out" / "statements.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"stance":"favor"', b'"stance":"pro"', 1))
    answer = run("validate", "out")
    assert answer.code == 1
    assert "line 1: its stance “pro” is not in the codebook" in answer.out
    assert run("validate", "nowhere").code == 2


def test_the_card_takes_answers_from_a_file(run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text('{"title": "Truce | 2025", "licence_labels": "CC BY 4.0"}')
    done = run("export", made, "--to", "out", "--card", "card.json", "--agreement")
    assert done.code == 0
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "# Truce \\| 2025" in card
    assert "| Stance (α) |" in card
    (tmp_path / "card.json").write_text('{"titel": "Truce"}')
    assert "which is not asked" in run("export", made, "--to", "out", "--card", "card.json").err
    assert sample.OPENED_BY not in card


def test_one_finding_is_one(run, made: Path, tmp_path: Path) -> None:
    run("export", made, "--to", "out", "--format", "csv")
    with (tmp_path / "out" / "statements.csv").open("ab") as file:
        file.write(b" ")
    answer = run("validate", "out")
    assert answer.code == 1
    assert answer.out.splitlines()[-1] == "1 finding in out"


def test_a_dataset_json_of_something_else_is_refused_in_one_sentence(run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "dataset.json").write_text("{}")
    answer = run("validate", "out")
    assert answer.code == 2
    assert answer.err.count("export it anew") == 1
    assert "export the dataset anew" not in answer.err
