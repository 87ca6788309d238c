"""A gold export holds just what was decided, and every word of it stands where it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import adjudicating, annotating, exporting, importing_labels
from annotator.services import project as projects
from annotator.services.project import Project
from tests.services.deciding import SENTENCES, case_about, disagreement, span_of
from tests.services.ordering import GOLD, WHOLE


@pytest.fixture
def decided(project: Project) -> int:
    """An article with one decision of each kind; two cases are left."""
    article = disagreement(project)
    for kind in ("agree", "boundary", "stance"):
        case = case_about(project, article, kind)
        adjudicating.take(project, case.statements[0].id, case, reason="Ada is right")
    for kind in ("target", "found"):
        adjudicating.decide_none(project, case_about(project, article, kind), f"No {kind}")
    case = case_about(project, article, "speaker")
    adjudicating.make_new(project, article, span_of("speaker"), case=case, target="ceasefire")
    adjudicating.make_new(project, article, Span(0, 5), target="ceasefire")
    adjudicating.discuss(project, case_about(project, article, "chain"), "later")
    return article


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


def gold_export(project: Project, folder: Path) -> tuple[list[dict], dict, dict]:
    exporting.export(project, folder, GOLD)
    (article,) = lines(folder, "articles.jsonl")
    return (
        lines(folder, "statements.jsonl"),
        article,
        json.loads((folder / "dataset.json").read_bytes()),
    )


def test_it_holds_just_what_was_decided(project: Project, decided: int, tmp_path: Path) -> None:
    statements, article, dataset = gold_export(project, tmp_path / "gold")
    with adjudicating.on_gold(project):
        made = annotating.statements(project, decided)
    assert [s["id"] for s in statements] == [s.uid for s in made]
    assert len(statements) == 5
    assert {s["label_source"] for s in statements} == {"adjudicated"}
    assert {s["annotator"] for s in statements} == {"Lead"}
    assert [n["reason"] for n in article["no_statement"]] == ["No target", "No found"]
    assert (article["gold"], article["undecided"], article["stale"]) == (False, 2, 0)
    assert article["status"] == {"Ada": "done", "Bo": "done", "Lead": "todo"}
    assert (dataset["label_source"], dataset["annotators"]) == ("adjudicated", ["Lead"])
    assert dataset["counts"]["by_annotator"] == {"Lead": 5}
    assert dataset["gold"] == {
        "articles": 0,
        "decided": 7,
        "no_statement": 2,
        "undecided": 2,
        "stale": 0,
        "incomplete": 2,
    }


def test_each_line_says_what_the_annotators_said(
    project: Project, decided: int, tmp_path: Path
) -> None:
    statements, article, _ = gold_export(project, tmp_path / "gold")
    by_start = {s["start"]: s for s in statements if s["annotations"]}
    stance = by_start[span_of("stance").start]
    assert [(a["annotator"], a["stance"]) for a in stance["annotations"]] == [
        ("Ada", "favor"),
        ("Bo", "unclear"),
    ]
    assert stance["soft"] == {"favor": 0.5, "against": 0, "neutral": 0, "unclear": 0.5}
    alone = next(s for s in statements if not s["annotations"])
    assert (alone["soft"], alone["text"]) == (None, "Harsk")
    target, found = article["no_statement"]
    assert [a["target"] for a in target["annotations"]] == ["ceasefire", "troop_deployment"]
    assert (found["text"], found["soft"]["favor"]) == (SENTENCES["found"][:-1], 1)


def test_every_offset_is_right(project: Project, decided: int, tmp_path: Path) -> None:
    statements, article, _ = gold_export(project, tmp_path / "gold")
    text = article["text"]

    def check(quote: dict[str, Any]) -> None:
        assert quote["text"] == " … ".join(text[start:end] for start, end in quote["pieces"])

    for line in (*statements, *article["no_statement"]):
        check(line)
        for annotation in line["annotations"]:
            check(annotation)


def test_the_keys_follow_those_of_an_ordinary_export(
    project: Project, decided: int, tmp_path: Path
) -> None:
    statements, article, dataset = gold_export(project, tmp_path / "gold")
    exporting.export(project, tmp_path / "plain")
    (plain,) = lines(tmp_path / "plain", "articles.jsonl")
    ordinary = lines(tmp_path / "plain", "statements.jsonl")
    assert {len(ordinary), len({s["annotator"] for s in ordinary})} == {15, 2}
    assert all(list(s) == [*ordinary[0], "annotations", "soft"] for s in statements)
    assert list(article) == [*plain, "gold", "undecided", "stale", "no_statement"]
    described = json.loads((tmp_path / "plain" / "dataset.json").read_bytes())
    assert list(dataset) == [*described, "gold"]


def test_what_changed_since_is_exported_and_counted(
    project: Project, decided: int, tmp_path: Path
) -> None:
    for kind in ("agree", "found"):
        annotating.delete_statement(project, case_about(project, decided, kind).statements[-1].id)
    statements, article, dataset = gold_export(project, tmp_path / "gold")
    assert (len(statements), dataset["gold"]["stale"], article["stale"]) == (5, 2, 2)
    assert [a["annotator"] for a in statements[1]["annotations"]] == ["Ada"]
    gone = article["no_statement"][1]
    assert (gone["pieces"], gone["text"], gone["soft"]) == ([], "", None)


def test_it_can_be_shown_before_and_comes_in_as_labels(
    project: Project, other: Project, decided: int, tmp_path: Path
) -> None:
    found = exporting.plan(project, GOLD)
    assert (len(found.records), found.statements) == (3, 5)
    assert '"label_source":"adjudicated"' in found.records[0]
    assert exporting.plan(project, WHOLE).statements == 15
    exporting.export(project, tmp_path / "gold", GOLD)
    report = importing_labels.import_labels(
        other, tmp_path / "gold", "Gold", tmp_path / "gold" / "articles.jsonl"
    )
    assert (report.added, report.refused) == (5, [])


def test_nothing_decided_is_an_empty_export(project: Project, tmp_path: Path) -> None:
    disagreement(project)
    statements, article, dataset = gold_export(project, tmp_path / "gold")
    assert (statements, article["no_statement"]) == ([], [])
    assert (dataset["gold"]["undecided"], dataset["annotators"]) == (8, [])


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM decision_source; DELETE FROM decision", "No decision says"),
        ("UPDATE statement SET pieces = '[[0,9999]]' WHERE id = 1", "not sound"),
        ("UPDATE statement SET mention_end = 9999, mention_start = 0", "not sound"),
    ],
)
def test_what_does_not_fit_stops_the_export(
    project: Project, decided: int, tmp_path: Path, sql: str, fault: str
) -> None:
    with project.store.writing():
        for part in sql.split(";"):
            project.store.db.execute(part)
    with pytest.raises(UserError, match=fault):
        exporting.export(project, tmp_path / "gold", GOLD)
    assert not (tmp_path / "gold").exists()
    projects.annotators(project)
