import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import export_folder
from annotator.services import annotating, exporting, importing, speakers
from annotator.services import project as projects
from annotator.services.progress import CancelledError
from annotator.services.project import Project
from tests.conftest import ROOT
from tests.services.ordering import WHOLE, of

FILES = ["articles.jsonl", "dataset.json", "statements.jsonl"]
TEXTS = {
    "b": "🕊️ Tre\u0302ve : « Oui », a dit Orla Venn, « mais pas demain ».\nEt les soldats ?",
    "a": "שלום 👩‍👩‍👧 said no.\u00a0Harsk said “not yet”.",
}


@pytest.fixture
def labelled(project: Project, tmp_path: Path) -> Project:
    """Two articles; Ada has three statements, Bo one."""
    source = tmp_path / "texts"
    source.mkdir()
    for name, text in TEXTS.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    importing.import_articles(project, [source])
    b = TEXTS["b"]
    yes, later = b.index("« Oui »"), b.index("« mais")
    first = annotating.mark(project, 2, Span(later, later + 19), exact=True)
    annotating.add_piece(project, first, Span(yes, yes + 7))
    orla = b.index("Orla")
    annotating.set_span(project, first, "mention", Span(orla, orla + 9))
    speakers.assign_new(project, first, "Orla Venn", "person")
    annotating.choose(project, first, "target", "ceasefire")
    annotating.choose(project, first, "stance", "favor")
    annotating.choose(project, first, "attribution", "direct")
    annotating.toggle_flag(project, first, "truncated")
    speakers.add_source(project, first, 1, Span(orla, orla + 4))
    annotating.mark(project, 2, Span(b.index("soldats"), b.index("soldats") + 3))
    annotating.mark(project, 1, Span(0, 4))
    annotating.exclude(project, 1, Span(5, 9), "debris")
    annotating.set_status(project, 1, "flagged", "strange")
    annotating.add_time(project, 1, 12.5)
    projects.annotate_as(project, "Bo")
    annotating.mark(project, 2, Span(0, 3), target="troop_deployment")
    return project


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    body = (folder / name).read_bytes()
    assert body.endswith(b"\n") and b"\r" not in body and b"\\u" not in body
    return [json.loads(line) for line in body.splitlines()]


def test_an_export_holds_every_statement_at_its_offsets(labelled: Project, tmp_path: Path) -> None:
    report = exporting.export(labelled, tmp_path / "out", WHOLE)
    articles = {a["uid"]: a for a in lines(tmp_path / "out", "articles.jsonl")}
    statements = lines(tmp_path / "out", "statements.jsonl")
    assert [s["article_name"] for s in statements] == ["a", "b", "b", "b"]
    assert len(statements) == report.statements == 4
    for statement in statements:
        text = articles[statement["article"]]["text"]
        slices = [text[start:end] for start, end in statement["pieces"]]
        assert statement["text"] == " … ".join(slices)
        assert (statement["start"], statement["end"]) == (
            statement["pieces"][0][0],
            statement["pieces"][-1][1],
        )
        assert text[: statement["start"]].endswith(statement["prefix"])
        assert text[statement["end"] :].startswith(statement["suffix"])
        assert statement["article_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_line_is_the_record_of_the_domain(labelled: Project, tmp_path: Path) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    record = lines(tmp_path / "out", "statements.jsonl")[2]
    start = TEXTS["b"].index("Orla")
    narrator = record["source_chain"][0]["speaker"]
    assert record["text"] == "« Oui » … « mais pas demain »"
    assert record["mention"] == {"start": start, "end": start + 9, "text": "Orla Venn"}
    assert record["speaker"]["name"] == "Orla Venn"
    assert record["speaker"]["type"] == "person"
    assert (narrator["name"], narrator["type"]) == ("Narrator", "narrator")
    assert record["source_chain"][0]["mention"]["text"] == "Orla"
    assert record["attributes"] == {
        "attribution": "direct",
        "condition": None,
        "evidence": None,
        "scope": None,
        "confidence": None,
    }
    assert (record["flags"], record["note"], record["cue"]) == (["truncated"], None, None)
    assert (record["annotator"], record["label_source"]) == ("Ada", "annotator")
    assert (record["provenance"], record["codebook_version"]) == ("manual", "1.0.0")


def test_articles_say_what_is_excluded_and_who_is_how_far(
    labelled: Project, tmp_path: Path
) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    first, second = lines(tmp_path / "out", "articles.jsonl")
    assert (first["name"], first["length"], first["text"]) == ("a", len(TEXTS["a"]), TEXTS["a"])
    region = first["excluded"][0]
    assert (region["start"], region["end"], region["text"]) == (5, 9, TEXTS["a"][5:9])
    assert first["status"] == {"Ada": "flagged", "Bo": "todo"}
    assert first["seconds"] == {"Ada": 12.5, "Bo": 0.0}
    assert first["notes"] == {"Ada": "strange"}
    assert second["status"] == {"Ada": "in_progress", "Bo": "in_progress"}


def test_the_dataset_says_what_was_exported(labelled: Project, tmp_path: Path) -> None:
    report = exporting.export(labelled, tmp_path / "out", WHOLE, at="2026-01-01T00:00:00.000Z")
    dataset = json.loads((tmp_path / "out" / "dataset.json").read_bytes())
    assert dataset["exported_at"] == "2026-01-01T00:00:00.000Z"
    assert dataset["annotators"] == ["Ada", "Bo"]
    assert dataset["counts"]["by_annotator"] == {"Ada": 3, "Bo": 1}
    assert dataset["counts"]["by_target"] == {"(open)": 2, "ceasefire": 1, "troop_deployment": 1}
    assert dataset["counts"]["by_article"] == {"a": 1, "b": 3}
    for name, held in dataset["files"].items():
        body = (tmp_path / "out" / name).read_bytes()
        assert held["sha256"] == hashlib.sha256(body).hexdigest() == report.sha256[name]
        assert (held["lines"], held["bytes"]) == (body.count(b"\n"), len(body))


def test_only_the_annotators_asked_for_are_exported(labelled: Project, tmp_path: Path) -> None:
    ids = exporting.annotator_ids(labelled, ["bo"])
    report = exporting.export(labelled, tmp_path / "out", of(ids))
    assert report.by_annotator == {"Bo": 1}
    assert {s["annotator"] for s in lines(tmp_path / "out", "statements.jsonl")} == {"Bo"}
    assert lines(tmp_path / "out", "articles.jsonl")[0]["status"] == {"Bo": "todo"}
    assert exporting.annotator_ids(labelled, []) is None
    with pytest.raises(UserError, match=r"no annotator “Cy”; its annotators are “Ada”, “Bo”"):
        exporting.annotator_ids(labelled, ["Ada", "Cy"])


def test_a_preview_shows_the_first_lines_of_the_export(labelled: Project, tmp_path: Path) -> None:
    preview = exporting.plan(labelled, WHOLE)
    exporting.export(labelled, tmp_path / "out", WHOLE)
    written = (tmp_path / "out" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(preview.records) == written[:3]
    assert preview.statements == 4
    assert preview.counts.by_annotator == {"Ada": 3, "Bo": 1}
    mine = exporting.plan(labelled, of(exporting.annotator_ids(labelled, ["Bo"])))
    assert (len(mine.records), mine.statements, mine.counts.by_stance) == (1, 1, {"(open)": 1})


@pytest.mark.parametrize(
    ("form", "first"),
    [("label_studio", "tasks.json"), ("conll", "articles.conll"), ("brat", ".ann")],
)
def test_a_preview_begins_with_records_and_not_with_what_describes_them(
    labelled: Project, form: str, first: str
) -> None:
    preview = exporting.plan(labelled, dataclasses.replace(WHOLE, form=form))
    assert preview.samples[0].name.endswith(first)
    assert any("soldats" in line or "\t" in line for line in preview.records)


def test_a_snapshot_can_be_exported(labelled: Project, tmp_path: Path) -> None:
    snapshot = projects.snapshot(labelled.path)
    seen: list[tuple[int, int]] = []
    exporting.export(snapshot, tmp_path / "out", WHOLE, lambda a, b: seen.append((a, b)))
    snapshot.close()
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_an_empty_project_exports_empty_files(project: Project, tmp_path: Path) -> None:
    assert exporting.export(project, tmp_path / "new" / "out").statements == 0
    assert sorted(p.name for p in (tmp_path / "new" / "out").iterdir()) == FILES
    assert exporting.plan(project).records == ()


# ---------------------------------------------------------------- the old export stays whole


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def litter(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir() if path.name.startswith(".out")]


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (
            'UPDATE statement SET pieces = \'[[0,999]]\', "start" = 0, "end" = 999 WHERE id = 1',
            "beyond",
        ),
        ("UPDATE statement SET pieces = '[[9,5]]' WHERE id = 1", "pieces"),
        ("UPDATE statement SET pieces = '[[1]]' WHERE id = 1", "cannot be read"),
        ("UPDATE statement SET pieces = '[]' WHERE id = 1", "its text"),
        ('UPDATE statement SET "start" = 0 WHERE id = 1', "pieces"),
        ("UPDATE statement SET mention_end = 999 WHERE id = 1", "mention"),
        ('UPDATE source SET "end" = 999', "source"),
        ("UPDATE statement SET speaker_id = 77 WHERE id = 1", "cannot be read"),
        ("UPDATE statement SET attributes = '{\"a\": 1}' WHERE id = 1", "cannot be read"),
        ("UPDATE article SET text = text || '!' WHERE name = 'b'", "“b” was changed"),
    ],
)
def test_a_statement_that_does_not_fit_stops_the_export(
    labelled: Project, tmp_path: Path, sql: str, fault: str
) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    before = content(tmp_path / "out")
    labelled.store.db.execute("PRAGMA foreign_keys = OFF")
    with labelled.store.writing():
        labelled.store.db.execute(sql)
    with pytest.raises(UserError, match=fault) as caught:
        exporting.export(labelled, tmp_path / "out", WHOLE)
    assert "article “b”" in str(caught.value)
    assert content(tmp_path / "out") == before
    assert litter(tmp_path / "out") == []


def test_a_cancelled_export_leaves_the_old_one(labelled: Project, tmp_path: Path) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    before = content(tmp_path / "out")
    with pytest.raises(CancelledError):
        exporting.export(labelled, tmp_path / "out", WHOLE, cancelled=lambda: True)
    assert content(tmp_path / "out") == before
    assert litter(tmp_path / "out") == []


@pytest.mark.parametrize("failing", [0, 1, 2, 3])
def test_a_disk_that_fails_at_any_rename_leaves_an_export(
    labelled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE, at="2026-01-01T00:00:00.000Z")
    before = content(tmp_path / "out")
    real, calls = Path.rename, iter(range(9))

    def rename(self: Path, target: Path) -> Path:
        if next(calls) == failing:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    if failing < 2:
        with pytest.raises(UserError, match="No space left on device"):
            exporting.export(labelled, tmp_path / "out", WHOLE)
        assert content(tmp_path / "out") == before
    else:
        exporting.export(labelled, tmp_path / "out", WHOLE)
    assert sorted(content(tmp_path / "out")) == FILES
    assert litter(tmp_path / "out") == []


def test_what_a_crash_between_two_renames_left_is_put_right(
    labelled: Project, tmp_path: Path
) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    before = content(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    with pytest.raises(CancelledError):
        exporting.export(labelled, tmp_path / "out", WHOLE, cancelled=lambda: True)
    assert content(tmp_path / "out") == before
    (tmp_path / ".out.old").mkdir()
    exporting.export(labelled, tmp_path / "out", WHOLE)
    assert litter(tmp_path / "out") == []


def test_a_folder_that_holds_other_things_is_not_replaced(
    labelled: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    exporting.export(labelled, folder, WHOLE)
    (folder / ".DS_Store").write_bytes(b"")
    exporting.export(labelled, folder, WHOLE)
    (folder / "thesis.doc").write_bytes(b"years of work")
    with pytest.raises(UserError, match=r"“thesis.doc”"):
        exporting.export(labelled, folder, WHOLE)
    assert (folder / "thesis.doc").read_bytes() == b"years of work"


@pytest.mark.parametrize(
    ("body", "reason"),
    [(None, "no dataset.json"), (b"{}", "not of this program"), (b'{"schema":', "not of this")],
)
def test_a_folder_of_like_names_is_not_replaced(
    labelled: Project, tmp_path: Path, body: bytes | None, reason: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "articles.jsonl").write_bytes(b"mine")
    if body is not None:
        (folder / "dataset.json").write_bytes(body)
    with pytest.raises(UserError, match=reason):
        exporting.export(labelled, folder, WHOLE)
    assert (folder / "articles.jsonl").read_bytes() == b"mine"


def test_a_file_is_not_replaced(labelled: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(UserError, match="is a file"):
        exporting.export(labelled, tmp_path / "out", WHOLE)


def test_an_empty_folder_and_a_link_to_one_are_taken(labelled: Project, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    exporting.export(labelled, tmp_path / "out", WHOLE)
    assert sorted(content(tmp_path / "real")) == FILES
    assert (tmp_path / "out").is_symlink()


def test_old_drafts_are_cleared_away_and_fresh_ones_left(
    labelled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".out.new-another").mkdir()
    exporting.export(labelled, tmp_path / "out", WHOLE)
    assert litter(tmp_path / "out") == [".out.new-another"]
    monkeypatch.setattr(export_folder, "_STALE", -1.0)
    exporting.export(labelled, tmp_path / "out", WHOLE)
    assert litter(tmp_path / "out") == []


def test_a_killed_export_leaves_the_old_one_or_the_new_one(
    labelled: Project, tmp_path: Path
) -> None:
    exporting.export(labelled, tmp_path / "out", WHOLE)
    program = (
        "import sys; from pathlib import Path; from annotator.services import exporting, project\n"
        "p = project.snapshot(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while True: exporting.export(p, Path(sys.argv[2]))"
    )
    for wait in (0.0, 0.003, 0.007, 0.012, 0.02):
        child = subprocess.Popen(
            [sys.executable, "-c", program, labelled.path, tmp_path / "out"],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.communicate()
        here = tmp_path / "out"
        whole = here if here.exists() else tmp_path / ".out.old"
        dataset = json.loads((whole / "dataset.json").read_bytes())
        for name, held in dataset["files"].items():
            assert hashlib.sha256((whole / name).read_bytes()).hexdigest() == held["sha256"]
