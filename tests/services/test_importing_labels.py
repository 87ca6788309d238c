import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, exporting, importing, importing_labels, sample, speakers
from annotator.services import project as projects
from annotator.services.importing_labels import Report, import_labels
from annotator.services.project import Project
from annotator.storage import checking, import_rows, queries
from tests.services.ordering import WHOLE

Record = dict[str, Any]
VOLATILE = ("annotator", "provenance")


def records(folder: Path) -> list[Record]:
    body = (folder / "statements.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in body.splitlines()]


def write(path: Path, some: list[Record]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in some), encoding="utf-8")
    return path


def of(name: str, sampled: Path) -> list[Record]:
    return [record for record in records(sampled) if record["annotator"] == name]


def plain(some: list[Record]) -> list[Record]:
    return [{k: v for k, v in record.items() if k not in VOLATILE} for record in some]


def finish(project: Project, file: Path, name: str) -> tuple[list[tuple[int, int]], Report]:
    steps = importing_labels.add(project, file, name)
    seen: list[tuple[int, int]] = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as stop:
            return seen, stop.value


@pytest.fixture
def filled(project: Project, sampled: Path) -> Project:
    """Ada's project with the articles of the sample and no labels."""
    importing.import_articles(project, [sampled / "articles.jsonl"])
    return project


@pytest.fixture
def camille(sampled: Path, tmp_path: Path) -> Path:
    """Camille's lines alone, with nothing beside them."""
    (tmp_path / "lines").mkdir()
    return write(tmp_path / "lines" / "camille.jsonl", of("Camille", sampled))


@pytest.mark.parametrize("name", ["Camille", "Noor"])
def test_an_export_comes_in_again_the_same(
    filled: Project, sampled: Path, tmp_path: Path, name: str
) -> None:
    file = write(tmp_path / "labels.jsonl", of(name, sampled))
    report = import_labels(filled, file, "Cy")
    assert (report.added, report.present, report.refused) == (len(of(name, sampled)), 0, [])
    exporting.export(filled, tmp_path / "out", WHOLE)
    again = records(tmp_path / "out")
    assert plain(again) == plain(of(name, sampled))
    assert {(r["annotator"], r["provenance"]) for r in again} == {("Cy", "imported")}
    assert checking.faults(filled.store) == []


def test_articles_labels_regions_and_speakers_come_with_a_whole_export(
    other: Project, sampled: Path, tmp_path: Path
) -> None:
    report = import_labels(other, sampled, "Cy", sampled / "articles.jsonl")
    assert (len(report.articles), report.present, report.refused) == (6, 21, [])
    assert sum(map(len, import_rows.regions_by_article(other.store).values())) == 3
    by_name = {s.name: s for s in queries.speakers(other.store)}
    stanzal, vrendt = by_name["Mirko Stanzal"], by_name["Oskar Vrendt"]
    assert stanzal.on_behalf_of == vrendt.id
    assert "M. Stanzal" in stanzal.aliases
    projects.undo_step(other)
    assert queries.article_ids(other.store) == []
    assert [s.name for s in queries.speakers(other.store)] == ["Narrator"]


def test_a_second_import_finds_everything_there(filled: Project, camille: Path) -> None:
    import_labels(filled, camille, "Cy")
    label = projects.undo_label(filled)
    report = import_labels(filled, camille, "cy")
    assert (report.added, report.present, report.refused) == (0, 45, [])
    assert projects.undo_label(filled) == label == "Import labels"


def test_another_annotator_gets_the_same_under_new_uids(
    filled: Project, camille: Path, tmp_path: Path
) -> None:
    import_labels(filled, camille, "Cy")
    assert import_labels(filled, camille, "Di").added == 45
    exporting.export(filled, tmp_path / "out", WHOLE)
    found = records(tmp_path / "out")
    assert len({r["id"] for r in found}) == 90
    mine, theirs = ([r for r in found if r["annotator"] == name] for name in ("Cy", "Di"))
    assert [r | {"id": 0} for r in plain(mine)] == [r | {"id": 0} for r in plain(theirs)]


def test_one_undo_takes_everything_back_and_redo_brings_it(
    filled: Project, camille: Path, tmp_path: Path
) -> None:
    before = exporting.plan(filled, WHOLE).counts
    import_labels(filled, camille, "Ada")
    projects.undo_step(filled)
    assert exporting.plan(filled, WHOLE).counts == before
    projects.redo_step(filled)
    exporting.export(filled, tmp_path / "out", WHOLE)
    assert len(records(tmp_path / "out")) == 45
    assert checking.faults(filled.store) == []


def test_articles_that_got_labels_are_in_progress(filled: Project, camille: Path) -> None:
    ids = queries.article_ids(filled.store)
    annotating.set_status(filled, ids[0], "done")
    annotating.set_status(filled, ids[1], "flagged", "later")
    import_labels(filled, camille, "Ada")
    states = [annotating.work(filled, article_id).status for article_id in ids]
    assert states == ["in_progress", "flagged", *["in_progress"] * 4]


def test_in_the_window_it_goes_in_parts_and_is_one_step(
    filled: Project, camille: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_labels, "_A_TURN", 10)
    seen, report = finish(filled, camille, "Cy")
    size = camille.stat().st_size
    assert [total for _, total in seen] == [size] * 5
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (size, size)
    assert report.added == 45
    projects.undo_step(filled)
    assert exporting.plan(filled, WHOLE).statements == 0


def test_a_cancelled_import_leaves_nothing_behind(
    filled: Project, camille: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_labels, "_A_TURN", 10)
    before = exporting.plan(filled, WHOLE).counts
    steps = importing_labels.add(filled, camille, "Cy")
    next(steps)
    next(steps)
    assert exporting.plan(filled, WHOLE).statements == 20
    steps.close()
    assert exporting.plan(filled, WHOLE).counts == before
    assert projects.undo_label(filled) == "Import articles"


# ------------------------------------------------------------------------ what is refused


def changed(**values: Any) -> Callable[[Record], None]:
    return lambda record: record.update(values)


def quoted(key: str, **values: Any) -> Callable[[Record], None]:
    return lambda record: record[key].update(values)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (changed(schema="stance/2"), "schema"),
        (changed(article="other", article_sha256="other"), "not in this project"),
        (changed(article=None, article_sha256=None), "not in this project"),
        (changed(article_sha256="0" * 64), "another text here"),
        (changed(start=0), "its pieces"),
        (changed(start=99_000, end=99_010, pieces=[[99_000, 99_010]]), "beyond"),
        (changed(start=-5, pieces=[[-5, 10]], end=10), "empty"),
        (changed(start=10**30, pieces=[[10**30, 10**31]], end=10**31), "beyond"),
        (changed(text="Other words"), "its text"),
        (quoted("mention", text="Other"), "its mention"),
        (quoted("cue", end=10**9), "its cue"),
        (changed(target="peace"), "no target “peace”"),
        (changed(stance="maybe"), "no stance “maybe”"),
        (quoted("attributes", scope="cosmic"), "no scope “cosmic”"),
        (quoted("attributes", mood="sad"), "no attribute “mood”"),
        (changed(flags=["odd"]), "no flag “odd”"),
        (quoted("speaker", type="robot"), "type “robot”"),
        (quoted("speaker", name=" "), "no name"),
        (changed(source_chain=[{"speaker": {"id": "", "name": "", "type": "x"}}]), "no name"),
        (changed(speaker="Ada"), "its “speaker” should be an object"),
        (changed(start="0"), "its “start” should be a whole number, not text"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_the_others_come_in(
    filled: Project, sampled: Path, tmp_path: Path, change: Callable[[Record], None], reason: str
) -> None:
    some = of("Camille", sampled)
    change(some[1])
    report = import_labels(filled, write(tmp_path / "labels.jsonl", some), "Cy")
    assert report.added == 44
    assert [refusal.line for refusal in report.refused] == [2]
    assert reason in report.refused[0].reason
    assert checking.faults(filled.store) == []


def test_an_article_is_found_by_its_text_when_its_uid_is_another(
    project: Project, sampled: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for line in (sampled / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        (texts / f"x {article['name']}.txt").write_text(article["text"], encoding="utf-8")
    importing.import_articles(project, [texts])
    report = import_labels(project, sampled, "Cy")
    assert (report.added, report.present, report.refused) == (65, 21, [])
    assert report.regions == 3


def test_lines_that_a_person_wrote_may_leave_things_out(filled: Project, tmp_path: Path) -> None:
    article = queries.article(filled.store, 1)
    line = {
        "schema": "stance/1",
        "id": "1",
        "article": article.uid,
        "start": 0,
        "end": 5,
        "text": article.text[:5],
        "created_at": "yesterday",
    }
    report = import_labels(filled, write(tmp_path / "x.jsonl", [line, line]), "Ada")
    assert (report.added, report.present, report.refused) == (1, 1, [])
    found = annotating.statements(filled, 1)[0]
    assert len(found.uid) == 36
    assert (found.hull, found.target, found.speaker_id) == (Span(0, 5), None, None)
    assert found.created_at == found.updated_at > "2026"


def test_the_same_uid_with_other_choices_is_not_taken_silently(
    filled: Project, camille: Path, sampled: Path, tmp_path: Path
) -> None:
    import_labels(filled, camille, "Cy")
    some = of("Camille", sampled)[:1]
    some[0]["stance"] = "unclear"
    report = import_labels(filled, write(tmp_path / "x.jsonl", some), "Cy")
    assert (report.added, report.present) == (0, 0)
    assert "there already with other words or choices" in report.refused[0].reason


def test_one_uid_twice_in_a_file_becomes_two(
    filled: Project, sampled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_labels, "_AT_ONCE", 3)
    some = of("Camille", sampled)
    for record in some:
        record["id"] = some[0]["id"]
    report = import_labels(filled, write(tmp_path / "x.jsonl", some), "Cy")
    assert (report.added, report.refused) == (45, [])
    assert len(import_rows.uids(filled.store, "statement")) == 45


def test_lines_in_any_order_and_doubled_come_in_once(
    filled: Project, sampled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_labels, "_AT_ONCE", 7)
    monkeypatch.setattr("annotator.services.label_matching._KEPT_TEXTS", 1)
    some = of("Camille", sampled)
    shuffled = some[::3] + some[1::3] + some[2::3] + some[::-1]
    report = import_labels(filled, write(tmp_path / "x.jsonl", shuffled), "Cy")
    assert (report.added, report.present, report.refused) == (45, 45, [])


def test_an_import_of_which_nothing_fits_leaves_nothing(project: Project, camille: Path) -> None:
    report = import_labels(project, camille, "Cy")
    assert (report.added, len(report.refused)) == (0, 45)
    assert [a.name for a in projects.annotators(project)] == ["Ada"]
    assert projects.undo_label(project) is None
    assert len(queries.speakers(project.store)) == 1


@pytest.mark.parametrize("body", [b"", b"\n\n", b"\0" * 500, b"<html>", "été".encode("latin-1")])
def test_files_that_are_something_else_do_no_harm(
    filled: Project, tmp_path: Path, body: bytes
) -> None:
    (tmp_path / "x.jsonl").write_bytes(body)
    assert import_labels(filled, tmp_path / "x.jsonl", "Cy").added == 0
    assert projects.find_annotator(filled, "Cy") is None


def test_files_that_cannot_be_read_are_named(filled: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There are no labels"):
        import_labels(filled, tmp_path / "nothing.jsonl", "Cy")
    with pytest.raises(UserError, match="There are no labels"):
        import_labels(filled, tmp_path, "Cy")
    (tmp_path / "wide.jsonl").write_bytes("{}".encode("utf-16"))
    with pytest.raises(UserError, match="UTF-16"):
        import_labels(filled, tmp_path / "wide.jsonl", "Cy")
    with pytest.raises(UserError, match="no such file"):
        import_labels(filled, tmp_path / "wide.jsonl", "Cy", tmp_path / "articles.jsonl")
    assert [a.name for a in projects.annotators(filled)] == ["Ada"]


# ------------------------------------------------------------------------- who is who


def test_speakers_are_known_by_uid_name_and_alias(
    filled: Project, sampled: Path, tmp_path: Path
) -> None:
    some = of("Camille", sampled)[:3]
    known = [speakers.ensure(filled, name, "person") for name in ("X", "Élan Nor", "Ruth")]
    speakers.add_alias(filled, known[2], "Ruth Ellingway")
    uid = next(s.uid for s in queries.speakers(filled.store) if s.id == known[0])
    some[0]["speaker"] = {"id": uid, "name": "Something else", "type": "government"}
    some[1]["speaker"] = {"id": None, "name": " elan  NOR", "type": "person"}
    some[2]["speaker"] = {"id": "zzz", "name": "ruth ellingway", "type": "person"}
    for record in some:
        record["source_chain"] = []
    import_labels(filled, write(tmp_path / "x.jsonl", some), "Ada")
    found = annotating.statements(filled, queries.article_ids(filled.store)[0])
    assert sorted(s.speaker_id or 0 for s in found) == sorted(known)
    assert len(queries.speakers(filled.store)) == 4


def test_an_alias_of_two_names_neither(filled: Project, sampled: Path, tmp_path: Path) -> None:
    for name in ("A", "B"):
        speakers.add_alias(filled, speakers.ensure(filled, name, "person"), "the minister")
    some = of("Camille", sampled)[:1]
    some[0]["speaker"] = {"id": None, "name": "The minister", "type": "person"}
    import_labels(filled, write(tmp_path / "x.jsonl", some), "Ada")
    assert "The minister" in [s.name for s in queries.speakers(filled.store)]


def test_principals_that_go_in_a_circle_are_cut(
    filled: Project, sampled: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    some = of("Camille", sampled)[:2]
    names = ("A", "B")
    for record, name in zip(some, names, strict=True):
        record["speaker"] = {"id": name, "name": name, "type": "person"}
        record["source_chain"] = []
    write(folder / "statements.jsonl", some)
    dataset = json.loads((sampled / "dataset.json").read_bytes())
    dataset["speakers"] = [
        {"id": a, "name": a, "type": "person", "on_behalf_of": b, "aliases": [a, f" {a} x "]}
        for a, b in (names, names[::-1])
    ]
    (folder / "dataset.json").write_text(json.dumps(dataset))
    import_labels(filled, folder, "Ada")
    made = {s.name: s for s in queries.speakers(filled.store)}
    principals = [made[name].on_behalf_of for name in names]
    assert principals.count(None) == 1
    assert made["A"].aliases == ("A x",)


def test_regions_are_not_excluded_twice(filled: Project, sampled: Path) -> None:
    assert import_labels(filled, sampled, "Cy").regions == 0
    article_id = next(iter(import_rows.regions_by_article(filled.store)))
    annotating.include(filled, article_id, Span(0, 5000))
    assert import_labels(filled, sampled, "Cy").regions >= 1


def test_the_real_articles_labelled_come_back_the_same(
    project: Project, other: Project, shared: Path, tmp_path: Path
) -> None:
    importing.import_articles(project, [shared / "seeds"])
    for article_id in queries.article_ids(project.store):
        article = annotating.article(project, article_id)
        for start in range(0, article.length - 200, 150):
            statement = annotating.mark(project, article_id, Span(start, start + 170))
            annotating.choose(project, statement, "target", "ceasefire")
            speakers.assign_new(project, statement, f"Speaker {start}")
    exporting.export(project, tmp_path / "one", WHOLE)
    report = import_labels(other, tmp_path / "one", "Ada", tmp_path / "one" / "articles.jsonl")
    exporting.export(other, tmp_path / "two", WHOLE)
    assert report.refused == []
    assert plain(records(tmp_path / "two")) == plain(records(tmp_path / "one"))


def test_the_sample_goes_into_a_project_that_has_it(tmp_path: Path, sampled: Path) -> None:
    project = sample.make_sample(tmp_path / "s.stance")
    camille = write(tmp_path / "c.jsonl", of("Camille", sampled))
    report = import_labels(project, camille, "Camille")
    project.close()
    assert (report.added, report.present, report.refused) == (0, 45, [])
