"""Another annotator's copy of the project comes in."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import (
    adjudicating,
    annotating,
    exporting,
    importing_labels,
    merging,
    speakers,
)
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking
from tests.services.deciding import case_about, disagreement, labelled, names, span_of
from tests.services.ordering import of
from tests.storage.projects import add_article, dump

CODEBOOK = projects.default_codebook_file()


@pytest.fixture
def article(project: Project) -> int:
    return disagreement(project)


@pytest.fixture
def copy(project: Project, article: int, tmp_path: Path) -> Path:
    """Bo's copy of the project, in which he goes on."""
    project.close()
    path = tmp_path / "bo.stance"
    shutil.copyfile(project.path, path)
    return path


@pytest.fixture
def mine(copy: Path, project: Project):
    again = projects.open_project(project.path)
    projects.annotate_as(again, "Lead")
    yield again
    again.close()


def in_copy(path: Path, *deeds: Callable[[Project], object], who: str = "Bo") -> None:
    opened = projects.open_project(path)
    projects.annotate_as(opened, who)
    for deed in deeds:
        deed(opened)
    opened.close()


def first(project: Project, article: int = 1) -> int:
    return annotating.statements(project, article)[0].id


def labels(project: Project) -> list[tuple]:
    rows = project.store.select("SELECT * FROM statement ORDER BY uid")
    return [tuple(v for k, v in row.items() if k not in ("id", "speaker_id")) for row in rows]


def finished(work):
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_an_untouched_copy_has_nothing_to_take_over(mine: Project, copy: Path) -> None:
    before = dump(mine.store)
    step = projects.undo_label(mine)
    found = merging.merge(mine, copy)
    assert found.empty and list(merging.describe(found))[-1] == "nothing to take over"
    assert (dump(mine.store), projects.undo_label(mine)) == (before, step)


def test_new_changed_and_deleted_labels_come_in_as_one_step(mine: Project, copy: Path) -> None:
    def change(bo: Project) -> None:
        annotating.choose(bo, first(bo), "stance", "neutral")
        speakers.add_source(bo, first(bo), speakers.ensure(bo, "Agence Volna", "organisation"))
        annotating.delete_statement(bo, annotating.statements(bo, 1)[2].id)
        labelled(bo, 1, Span(0, 9), speaker="Nouvelle Voix")
        annotating.set_status(bo, 1, "flagged", "Look at the end")

    in_copy(copy, change)
    before = dump(mine.store)
    found = merging.plan(mine, copy)
    assert dump(mine.store) == before
    assert dict(found.added) == {"Bo": 1}
    assert [d.fields for d in found.changed] == [("stance", "source chain")]
    assert [d.fields for d in found.deleted] == [("deleted there",)]
    assert (found.conflicts, found.statuses, found.articles) == ([], 1, 1)
    assert found.new_speakers == ["Agence Volna", "Nouvelle Voix"]
    merging.merge(mine, copy)
    theirs = projects.snapshot(copy)
    assert labels(mine) == labels(theirs)
    theirs.close()
    assert checking.faults(mine.store) == []
    after = dump(mine.store)
    assert merging.merge(mine, copy).empty, "repeated"
    assert dump(mine.store) == after
    assert projects.undo_label(mine) == "Merge labels"
    projects.undo_step(mine)
    assert dump(mine.store) == before
    projects.redo_step(mine)
    assert dump(mine.store) == after
    projects.undo_step(mine)
    merging.merge(mine, copy)
    theirs = projects.snapshot(copy)
    assert labels(mine) == labels(theirs), "what was taken back comes in again"
    theirs.close()


def test_work_goes_on_on_both_sides_and_is_merged_again_and_again(
    mine: Project, copy: Path
) -> None:

    def set_stance(stance: str, bo: Project) -> None:
        annotating.choose(bo, first(bo), "stance", stance)

    for stance in ("against", "neutral", "unclear", "favor"):
        in_copy(copy, partial(set_stance, stance))
        found = merging.merge(mine, copy)
        assert (len(found.changed), found.conflicts) == (1, [])
    in_copy(copy, lambda bo: projects.undo_step(bo))
    assert len(merging.merge(mine, copy).changed) == 1
    projects.annotate_as(mine, "Bo")
    assert annotating.statement(mine, first(mine)).stance == "unclear"
    annotating.choose(mine, first(mine), "stance", "favor")
    assert merging.merge(mine, copy).empty, "only ours changed"


def test_changed_on_both_sides_theirs_wins_but_for_one_s_own(mine: Project, copy: Path) -> None:
    projects.annotate_as(mine, "Bo")
    annotating.choose(mine, first(mine), "stance", "against")
    in_copy(copy, lambda bo: annotating.choose(bo, first(bo), "stance", "neutral"))
    found = merging.merge(mine, copy)
    assert [(d.fields, d.taken) for d in found.conflicts] == [(("stance",), False)]
    assert annotating.statement(mine, first(mine)).stance == "against"
    projects.annotate_as(mine, "Lead")
    found = merging.merge(mine, copy)
    assert [d.taken for d in found.conflicts] == [True]
    projects.annotate_as(mine, "Bo")
    assert annotating.statement(mine, first(mine)).stance == "neutral"
    assert merging.merge(mine, copy).empty


def test_deleted_on_one_side_and_changed_on_the_other(mine: Project, copy: Path) -> None:
    projects.annotate_as(mine, "Bo")
    one, two = annotating.statements(mine, 1)[:2]
    annotating.choose(mine, one.id, "stance", "against")
    annotating.delete_statement(mine, two.id)
    in_copy(copy, lambda bo: annotating.delete_statement(bo, first(bo)))
    found = merging.merge(mine, copy)
    assert {(d.fields, d.taken) for d in found.conflicts} == {
        (("deleted there",), False),
        (("deleted here",), False),
    }
    assert annotating.statements(mine, 1)[0].uid == one.uid
    projects.annotate_as(mine, "Lead")
    merging.merge(mine, copy)
    projects.annotate_as(mine, "Bo")
    assert one.uid not in [s.uid for s in annotating.statements(mine, 1)]
    assert two.uid in [s.uid for s in annotating.statements(mine, 1)]


def test_nobody_else_s_rows_are_touched(mine: Project, copy: Path) -> None:
    projects.annotate_as(mine, "Ada")
    annotating.choose(mine, first(mine), "stance", "against")
    annotating.set_status(mine, 1, "flagged", "Later than the copy")
    projects.annotate_as(mine, "Lead")
    ada = names(mine)["Ada"]

    def hers() -> list[dict]:
        rows = dump(mine.store)
        tables = (rows["statement"], rows["work"])
        return [r for t in tables for r in t.values() if r["annotator_id"] == ada]

    before = hers()
    in_copy(copy, lambda bo: labelled(bo, 1, Span(0, 9)))
    assert dict(merging.merge(mine, copy).added) == {"Bo": 1}
    assert hers() == before


def test_a_project_of_its_own_is_matched_by_text_and_name(
    mine: Project, other: Project, tmp_path: Path
) -> None:
    """Cy never had a copy: she imported the same files and typed the same names."""
    article = mine.store.row("article", 1)
    add_article(other, "same text", article["text"])
    add_article(other, "new text", "Un texte que personne ne connaît.")
    projects.annotate_as(other, "Cy")
    labelled(other, 1, span_of("agree"), speaker="Velm")
    labelled(other, 2, Span(0, 8), speaker="Zora")
    speakers.add_alias(other, speakers.ensure(other, "Zora"), "la voix")
    annotating.exclude(other, 2, Span(9, 12), "debris")
    annotating.set_status(other, 1, "done")
    annotating.set_status(other, 2, "done")
    before = dump(mine.store)
    found = merging.plan(mine, other.path)
    assert [(a.name, a.statements) for a in found.missing] == [("new text", 1)]
    assert (found.new_annotators, found.new_speakers) == (["Bo", "Cy"][1:], [])
    assert dict(found.added) == {"Cy": 1}
    merging.merge(mine, other.path)
    assert len(projects.articles(mine)) == 1
    merging.merge(mine, other.path, articles=True)
    assert len(projects.articles(mine)) == 2
    projects.annotate_as(mine, "Cy")
    new = annotating.statements(mine, 2)[0]
    zora = next(s for s in speakers.all_speakers(mine) if s.id == new.speaker_id)
    assert (zora.name, zora.aliases) == ("Zora", ("la voix",))
    assert annotating.excluded_regions(mine, 2)[0].reason == "debris"
    assert {annotating.work(mine, i).status for i in (1, 2)} == {"done"}
    projects.annotate_as(mine, "Lead")
    assert merging.merge(mine, other.path, articles=True).empty
    assert checking.faults(mine.store) == []
    projects.undo_step(mine)
    projects.undo_step(mine)
    assert dump(mine.store) == before, "Cy is gone, too"


def test_decisions_come_with_their_gold_and_never_replace(mine: Project, copy: Path) -> None:
    def decide(bo: Project) -> None:
        for kind in ("agree", "chain"):
            case = case_about(bo, 1, kind)
            adjudicating.take(bo, case.statements[1].id, case, reason="Bo says")
        adjudicating.decide_none(bo, case_about(bo, 1, "found"), "Nothing")
        adjudicating.make_new(bo, 1, Span(0, 5))
        case = case_about(bo, 1, "stance")
        adjudicating.take(bo, case.statements[0].id, case)
        annotating.choose(bo, case.statements[0].id, "stance", "against")

    in_copy(copy, decide, who="Bea")
    case = case_about(mine, 1, "agree")
    adjudicating.decide_none(mine, case, "Lead says")
    before = dump(mine.store)
    found = merging.merge(mine, copy)
    assert (found.decisions, found.conflicting_decisions) == (4, 1)
    decision = case_about(mine, 1, "agree").decision
    assert decision is not None and decision.reason == "Lead says"
    assert case_about(mine, 1, "chain").settled and case_about(mine, 1, "found").settled
    assert case_about(mine, 1, "stance").stale == ("changed",)
    assert "Bea" in names(mine)
    assert checking.faults(mine.store) == []
    again = merging.merge(mine, copy)
    assert again.empty and again.conflicting_decisions == 1
    projects.undo_step(mine)
    assert dump(mine.store) == before


def test_a_merge_a_turn_at_a_time_and_stopped(mine: Project, copy: Path) -> None:
    in_copy(copy, *[lambda bo: labelled(bo, 1, Span(0, 9))] * 3)
    before = dump(mine.store)
    work = merging.add(mine, merging.plan(mine, copy))
    next(work)
    next(work)
    work.close()
    assert dump(mine.store) == before
    done = finished(merging.add(mine, merging.plan(mine, copy)))
    assert dict(done.added) == {"Bo": 3}
    old = merging.plan(mine, copy)
    annotating.mark(mine, 1, Span(0, 5))
    with pytest.raises(UserError, match="compare them again"):
        finished(merging.add(mine, old))


def test_a_merge_is_taken_back_but_for_what_another_changed(mine: Project, copy: Path) -> None:
    in_copy(copy, lambda bo: labelled(bo, 1, Span(0, 9)))
    merging.merge(mine, copy)
    projects.annotate_as(mine, "Bo")
    annotating.choose(mine, first(mine), "stance", "neutral")
    projects.annotate_as(mine, "Lead")
    projects.undo_step(mine)
    left = dump(mine.store)["statement"].values()
    assert [(s["article_id"], s["stance"]) for s in left] == [(1, "neutral")]
    assert checking.faults(mine.store) == []


def test_labels_that_came_by_an_export_are_the_same_ones(
    mine: Project, other: Project, copy: Path, tmp_path: Path
) -> None:
    exporting.export(mine, tmp_path / "out", of([names(mine)["Bo"]]))
    articles = tmp_path / "out" / "articles.jsonl"
    importing_labels.import_labels(other, tmp_path / "out", "Bo", articles)
    assert merging.merge(other, copy).conflicts == []
    assert dict(merging.plan(other, copy).added) == {}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p.write_bytes(b"words"), "not a project"),
        (lambda p: None, "There is no project"),
        (lambda p: p.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_project_is_refused_in_a_sentence(
    mine: Project, tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "strange.stance"
    make(path)
    with pytest.raises(UserError, match=words):
        merging.plan(mine, path)
    with pytest.raises(UserError, match="this very project"):
        merging.plan(mine, mine.path)


def test_a_damaged_or_newer_project_is_refused(mine: Project, copy: Path) -> None:
    with copy.open("r+b") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    with pytest.raises(UserError, match="newer version"):
        merging.plan(mine, copy)
    with copy.open("r+b") as file:
        file.seek(60)
        file.write((2).to_bytes(4, "big"))
        file.seek(5000)
        file.write(b"\xff" * 30_000)
    with pytest.raises(UserError, match="is damaged"):
        merging.plan(mine, copy)


def test_another_codebook_is_refused_with_what_differs(mine: Project, tmp_path: Path) -> None:
    body = CODEBOOK.read_text(encoding="utf-8").replace('"troop_deployment"', '"sanctions"')
    (tmp_path / "codebook.json").write_text(body, encoding="utf-8")
    strange = projects.create(tmp_path / "strange", codebook_file=tmp_path / "codebook.json")
    strange.close()
    before = dump(mine.store)
    with pytest.raises(UserError, match="target “sanctions”"):
        merging.merge(mine, strange.path)
    assert dump(mine.store) == before
