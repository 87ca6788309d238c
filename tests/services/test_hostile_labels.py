"""Files of labels that are broken or meant ill: listed refusals, nothing half-imported."""

import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.label_mapping import parse
from annotator.errors import UserError
from annotator.formats import jsonl
from annotator.formats.labels import files
from annotator.services import foreign_labels, importing, importing_labels
from annotator.services import project as projects
from annotator.services.foreign_labels import Choices
from annotator.services.importing_labels import Report
from annotator.services.project import Project
from annotator.storage import checking

TEXT = "La trêve tient 😀, dit-on. Rien n'est sûr."
GOOD = {"text": TEXT, "label": [[3, 8, "ceasefire"]]}


@pytest.fixture
def filled(project: Project, tmp_path: Path) -> Project:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    importing.import_articles(project, [tmp_path / "text.txt"])
    return project


def bring_in(project: Project, file: Path, form: str | None = None) -> Report:
    goals = {"ceasefire": parse("target:ceasefire", project.codebook)}
    reading = foreign_labels.read(file, form)
    batch = foreign_labels.convert(project, reading, Choices(goals, {"": "Nn"}, "codepoint"))
    report = importing_labels.import_batch(project, batch)
    assert checking.faults(project.store) == []
    return report


def said(report: Report) -> str:
    return "\n".join(map(str, report.refused))


def task(*regions: object, **more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [{"completed_by": 1, "result": list(regions), **more}],
    }


def region(start: object, end: object, words: str, **more: object) -> dict[str, object]:
    value = {"start": start, "end": end, "text": words, "labels": ["ceasefire"]}
    return {"id": f"r{start}", "type": "labels", "from_name": "label", "value": value, **more}


GOOD_TASK = task(region(3, 8, "trêve"))


def test_a_list_that_is_cut_short_gives_what_was_whole(filled: Project, tmp_path: Path) -> None:
    body = json.dumps([GOOD_TASK, task(region(9, 14, "tient"))], ensure_ascii=False)
    for cut in (len(body) - 1, len(body) - 40, len(body) // 2 + 30):
        file = tmp_path / "cut.json"
        file.write_text(body[:cut], encoding="utf-8")
        report = bring_in(filled, file)
        assert report.added + report.present >= 1
        assert "cut short" in said(report)


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.csv", "x.ann"])
def test_no_cut_of_a_file_is_a_bug(filled: Project, tmp_path: Path, name: str) -> None:
    bodies = {
        "x.json": json.dumps([GOOD_TASK, GOOD_TASK], ensure_ascii=False),
        "x.jsonl": f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}",
        "x.csv": 'article,start,end,label,quote\ntext,3,8,ceasefire,"trêve"\n',
        "x.ann": "T1\tceasefire 3 8\ttrêve\nR1\tsays Arg1:T1 Arg2:T2\nA1\tNegated T1\n",
    }
    body = bodies[name].encode()
    form = {"x.json": "label-studio", "x.jsonl": "doccano", "x.csv": "csv", "x.ann": "brat"}[name]
    (tmp_path / "brat").mkdir()
    file = tmp_path / "brat" / name
    for cut in range(0, len(body), 3):
        file.write_bytes(body[:cut])
        try:
            bring_in(filled, file, form)
        except UserError as error:
            assert str(error).count("\n") == 0


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("x.jsonl", json.dumps(GOOD).encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("x.json", json.dumps([GOOD_TASK]).encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("x.jsonl", json.dumps(GOOD, ensure_ascii=False).encode("cp1252", "replace"), "not UTF-8"),
        (
            "x.json",
            json.dumps([GOOD_TASK], ensure_ascii=False).encode("cp1252", "replace"),
            "not UTF-8",
        ),
        ("x.csv", "article,texte,label\ntext,trêve,ceasefire\n".encode("cp1252"), "not UTF-8"),
        ("x.ann", "T1\tceasefire 3 8\ttrêve\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_wrong_encoding_is_said(
    filled: Project, tmp_path: Path, name: str, body: bytes, why: str
) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(body)
    forms = {"x.jsonl": "doccano", "x.json": "label-studio", "x.csv": "csv", "x.ann": "brat"}
    try:
        report = bring_in(filled, file, forms[name])
    except UserError as error:
        assert why in str(error)
    else:
        assert why in said(report)
        assert report.added == 0


def test_a_huge_line_is_passed_over(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 10_000)
    huge = {"text": "x" * 20_000, "label": [[0, 1, "ceasefire"]]}
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(json.dumps(v) for v in (huge, GOOD)), encoding="utf-8")
    report = bring_in(filled, file, "doccano")
    assert report.added == 1
    assert said(report).startswith("line 1: it is longer than")
    array = tmp_path / "x.json"
    array.write_text(json.dumps([huge, GOOD]), encoding="utf-8")
    report = bring_in(filled, array, "doccano")
    assert (report.present, len(report.refused)) == (1, 1)
    assert "item 1: it is longer than" in said(report)


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 10_000), (-5, 3), (8, 3), (4, 4), (10**18, 10**18 + 1), (3.5, 8), ("3", "8"), (True, 8)],
)
@pytest.mark.parametrize("form", ["doccano", "label-studio", "prodigy"])
def test_offsets_that_lie_nowhere_are_refused(
    filled: Project, tmp_path: Path, form: str, start: Any, end: Any
) -> None:
    file = tmp_path / "x.json"
    made: dict[str, Any] = {
        "doccano": {"text": TEXT, "label": [[start, end, "ceasefire"], [3, 8, "ceasefire"]]},
        "label-studio": task(region(start, end, "x"), region(3, 8, "trêve")),
        "prodigy": {
            "text": TEXT,
            "spans": [
                {"start": start, "end": end, "label": "ceasefire"},
                {"start": 3, "end": 8, "label": "ceasefire"},
            ],
        },
    }
    file.write_text(json.dumps([made[form]]), encoding="utf-8")
    report = bring_in(filled, file, form)
    assert report.added == 1
    assert len(report.refused) == 1


def test_words_that_stand_elsewhere_are_refused(filled: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps([task(region(3, 8, "trêve"), region(9, 14, "autre"))]), "utf-8")
    report = bring_in(filled, file)
    assert report.added == 1
    assert said(report) == (
        "task 7, region 2: its words “autre” are not what stands there: “tient”"
    )


def test_an_id_that_two_share_is_refused(filled: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    two = task(region(3, 8, "trêve", id="a"), region(9, 14, "tient", id="a"))
    file.write_text(json.dumps([two]), "utf-8")
    report = bring_in(filled, file)
    assert (report.added, said(report)) == (
        1,
        "task 7, region 2: its id “a” is that of other words",
    )
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "text.ann").write_text(
        "T1\tceasefire 3 8\ttrêve\nT1\tceasefire 9 14\ttient\n", encoding="utf-8"
    )
    report = bring_in(filled, folder)
    assert said(report) == "text.ann, line 2: its id T1 is another line’s already"


def test_the_same_task_twice_is_one(filled: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps([GOOD_TASK, GOOD_TASK]), "utf-8")
    report = bring_in(filled, file)
    assert (report.added, report.present, report.refused) == (1, 1, [])


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, "[" * 3000 + "]" * 3000])
def test_deep_nesting_is_refused(filled: Project, tmp_path: Path, deep: str) -> None:
    line = tmp_path / "x.jsonl"
    line.write_text(f'{{"text":"a","label":{deep}}}\n{json.dumps(GOOD)}\n', encoding="utf-8")
    report = bring_in(filled, line, "doccano")
    assert report.added == 1
    assert [r.line for r in report.refused] == [1]
    array = tmp_path / "x.json"
    array.write_text(f'[{json.dumps(GOOD_TASK)},{{"data":{deep}}}]', encoding="utf-8")
    report = bring_in(filled, array, "label-studio")
    assert report.added + report.present == 1
    assert report.refused


def test_values_of_every_wrong_kind_are_refused_one_by_one(filled: Project, tmp_path: Path) -> None:
    wrong: list[object] = [None, 1, "x", [], {}, True, [None], {"a": 1}]
    doccano: list[object] = [{"text": TEXT, "label": [w]} for w in wrong]
    doccano += [{"text": w, "label": [[0, 1, "ceasefire"]]} for w in wrong]
    doccano += [{"text": TEXT, "label": w, "relations": w, "meta": w, "doc_id": w} for w in wrong]
    studio: list[object] = [*wrong, *({"data": w, "annotations": w} for w in wrong)]
    studio += [task(w) for w in wrong] + [task({"type": "labels", "value": w}) for w in wrong]
    studio += [{"data": {"text": TEXT}, "annotations": [w]} for w in wrong]
    prodigy: list[object] = [{"text": TEXT, "spans": w, "relations": w} for w in wrong]
    prodigy += [{"text": TEXT, "spans": [w], "relations": [w]} for w in wrong]
    prodigy += [{"text": TEXT, "spans": [{"start": 0, "end": 2, "label": w}]} for w in wrong]
    for form, values in (("doccano", doccano), ("label-studio", studio), ("prodigy", prodigy)):
        file = tmp_path / f"{form}.json"
        file.write_text(json.dumps(values), encoding="utf-8")
        assert bring_in(filled, file, form).refused


def test_cells_of_a_table_stay_text(filled: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "article,start,end,label,note,quote\n"
        'text,3,8,ceasefire,"=HYPERLINK(""x"")",trêve\n'
        "text,=1+2,8,ceasefire,,\n"
        "text,3,8,=cmd|' /C calc'!A0,,trêve\n"
        "text,3\n"
        "text,9,14,ceasefire,,tient,one,too many\n",
        encoding="utf-8",
    )
    report = bring_in(filled, file)
    assert report.added == 1
    assert {r.line for r in report.refused} == {3, 5, 6}
    assert report.left_out == {"“=cmd|' /C calc'!A0”": 1}
    note = filled.store.db.execute("SELECT note FROM statement").fetchone()[0]
    assert note == '=HYPERLINK("x")'


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_names_in_an_archive_lead_nowhere(filled: Project, tmp_path: Path) -> None:
    body = json.dumps(GOOD).encode()
    names = ["../../evil.jsonl", "/etc/passwd.jsonl", "C:\\temp\\bob.jsonl", "a\n\u202eb.jsonl"]
    file = make_zip(tmp_path / "x.zip", dict.fromkeys(names, body))
    before = sorted(tmp_path.rglob("*"))
    report = bring_in(filled, file)
    assert (report.added, report.refused) == (4, [])
    assert sorted(tmp_path.rglob("*")) == before
    whose = [a.name for a in projects.annotators(filled)]
    assert {"evil", "passwd", "bob"} <= set(whose)


def test_an_archive_that_swells_is_refused(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1_000_000)
    file = make_zip(tmp_path / "x.zip", {"a.jsonl": b" " * 5_000_000})
    assert file.stat().st_size < 100_000
    with pytest.raises(UserError, match="piece by piece"):
        bring_in(filled, file)
    # one that lies about its size: what it says is overwritten in both of its tables
    data = bytearray(file.read_bytes())
    true, small = struct.pack("<I", 5_000_000), struct.pack("<I", 10)
    while (at := data.find(true)) >= 0:
        data[at : at + 4] = small
    file.write_bytes(data)
    with pytest.raises(UserError):
        bring_in(filled, file)


@pytest.mark.parametrize("damage", ["cut", "empty", "inner"])
def test_a_broken_archive_is_a_sentence(filled: Project, tmp_path: Path, damage: str) -> None:
    file = make_zip(tmp_path / "x.zip", {"a.jsonl": json.dumps(GOOD).encode() * 50})
    data = bytearray(file.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "empty":
        make_zip(file, {"readme.md": b"x", "__MACOSX/a.jsonl": b"x"})
        data = bytearray(file.read_bytes())
    else:
        data[45:60] = b"\xff" * 15
    file.write_bytes(data)
    with pytest.raises(UserError) as caught:
        bring_in(filled, file)
    assert str(caught.value).count("\n") == 0


def test_lone_surrogates_are_refused(filled: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    bad = '{"text":"a\\ud83d b","doc_id":"\\udc00","label":[[0,1,"\\ud800"]]}'
    file.write_text(f"{bad}\n{json.dumps(GOOD)}\n", encoding="utf-8")
    report = bring_in(filled, file, "doccano")
    assert report.added == 1
    assert [r.line for r in report.refused] == [1]


def test_a_bug_in_mid_import_leaves_nothing(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_labels, "_A_TURN", 1)
    file = tmp_path / "x.json"
    file.write_text(json.dumps([task(region(3, 8, "trêve"), region(9, 14, "tient"))]), "utf-8")
    goals = {"ceasefire": parse("target:ceasefire", filled.codebook)}
    batch = foreign_labels.convert(filled, foreign_labels.read(file), Choices(goals))
    steps = importing_labels.add_batch(filled, batch)
    next(steps)
    next(steps)
    steps.close()
    count = filled.store.db.execute("SELECT count(*) FROM statement").fetchone()[0]
    assert count == 0
    assert [a.name for a in projects.annotators(filled)] == ["Ada"]
