"""Cases, decisions and gold statements."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest

from annotator.domain.adjudication import Case
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import adjudicating, annotating, informing, speakers
from annotator.services import project as projects
from annotator.services.progress import CancelledError
from annotator.services.project import Project
from annotator.storage import checking
from tests.services.deciding import (
    SENTENCES,
    case_about,
    disagreement,
    labelled,
    names,
    span_of,
)
from tests.storage.projects import add_article, dump

T = TypeVar("T")
KINDS = {"chain": "source_chain"}  # what a sentence of `deciding` is called there


@pytest.fixture
def article(project: Project) -> int:
    return disagreement(project)


def finished(work: Generator[tuple[int, int], None, T]) -> T:
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found


def gold(project: Project, article_id: int):
    with adjudicating.on_gold(project):
        return annotating.statements(project, article_id)


def status(project: Project, article_id: int):
    (found,) = adjudicating.status(project, [article_id])
    return found


# ---------------------------------------------------------------------------------- cases


def test_cases_say_in_what_annotators_differ(project: Project, article: int) -> None:
    found = adjudicating.cases(project, article)
    assert [case.kinds for case in found] == [
        () if kind == "agree" else (KINDS.get(kind, kind),) for kind in SENTENCES
    ]
    assert found[5].attributes == ("confidence",)
    assert [case.agreed for case in found] == [True] + [False] * 7
    assert {case.compared for case in found} == {
        tuple(names(project)[who] for who in ("Ada", "Bo"))
    }


def test_who_has_not_opened_an_article_is_not_compared(project: Project) -> None:
    article = add_article(project, "plain", "Une phrase, deux mots.")
    labelled(project, article, Span(0, 10))
    projects.annotate_as(project, "Bo")
    assert adjudicating.cases(project, article) == []  # nobody is done
    (case,) = adjudicating.cases(project, article, list(names(project).values()))
    assert (case.compared, case.kinds, case.agreed) == ((names(project)["Ada"],), (), False)
    annotating.set_status(project, article, "in_progress")
    (case,) = adjudicating.cases(project, article, list(names(project).values()))
    assert case.kinds == ("found",)


def test_what_all_agree_on_is_listed_and_taken_in_one_step(project: Project, article: int) -> None:
    second = disagreement(project, "second")
    before = dump(project.store)
    listed = adjudicating.agreed(project)
    assert [case.article_id for case in listed] == [article, second]
    done = finished(adjudicating.take_agreed(project, listed))
    assert (done.taken, done.left_out) == (2, 0)
    (made,) = gold(project, article)
    assert made.cue == Span(6, 10), "of two that agree the one with more marked in it is taken"
    assert made.attributes == listed[0].statements[0].attributes
    assert adjudicating.agreed(project) == []
    assert checking.faults(project.store) == []
    after = dump(project.store)
    assert projects.undo_label(project) == adjudicating.LABEL
    projects.undo_step(project)
    assert dump(project.store) == before
    projects.redo_step(project)
    assert dump(project.store) == after


def test_taking_what_is_agreed_can_be_stopped(project: Project, article: int) -> None:
    before = dump(project.store)
    work = adjudicating.take_agreed(project, adjudicating.agreed(project))
    next(work)
    work.close()
    assert dump(project.store) == before
    assert finished(adjudicating.take_agreed(project, [])).taken == 0
    with pytest.raises(CancelledError):
        adjudicating.agreed(project, cancelled=lambda: True)


def test_taking_all_is_undone_but_for_what_another_changed(project: Project, article: int) -> None:
    finished(adjudicating.take_agreed(project, adjudicating.agreed(project)))
    projects.annotate_as(project, "Second lead")
    (made,) = gold(project, article)
    with adjudicating.on_gold(project):
        annotating.choose(project, made.id, "stance", "neutral")
    projects.annotate_as(project, "Lead")
    projects.undo_step(project)
    assert [s.stance for s in gold(project, article)] == ["neutral"]
    assert checking.faults(project.store) == []


def test_a_decision_that_another_took_back_does_not_return_without_its_row(
    project: Project, article: int
) -> None:
    case = case_about(project, article, "stance")
    adjudicating.take(project, case.statements[0].id, case)
    adjudicating.decide_none(project, case_about(project, article, "stance"))
    projects.annotate_as(project, "Second lead")
    adjudicating.reopen(project, case_about(project, article, "stance"))
    projects.annotate_as(project, "Lead")
    assert projects.undo_step(project) is None
    assert gold(project, article) == []
    assert checking.faults(project.store) == []


def test_what_changed_since_it_was_listed_is_left_out(project: Project, article: int) -> None:
    listed = adjudicating.agreed(project)
    annotating.choose(project, listed[0].statements[0].id, "stance", "against")
    done = finished(adjudicating.take_agreed(project, listed))
    assert (done.taken, done.left_out, gold(project, article)) == (0, 1, [])


def test_a_case_to_be_discussed_is_not_taken_unseen(project: Project, article: int) -> None:
    adjudicating.discuss(project, case_about(project, article, "agree"), "Really?")
    assert adjudicating.agreed(project) == []


# ------------------------------------------------------------------------------ deciding


def test_taking_copies_everything_and_changes_no_label(project: Project, article: int) -> None:
    case = case_about(project, article, "chain")
    before = dump(project.store)["statement"]
    source = case.statements[1]
    made = adjudicating.take(project, source.id, case, reason="  Radel reports  ", note=True)
    after = dump(project.store)["statement"]
    assert {i: after[i] for i in before} == before
    (copy,) = gold(project, article)
    assert copy.id == made and copy.uid != source.uid
    for name in ("pieces", "speaker_id", "target", "stance", "attributes", "source_chain", "note"):
        assert getattr(copy, name) == getattr(source, name)
    found = case_about(project, article, "chain")
    assert found.settled and found.decision is not None
    assert found.decision.reason == "Radel reports"
    assert found.decision.annotator_id == project.me.id
    assert set(found.decision.sources) == {s.uid for s in case.statements}


def test_what_is_taken_is_edited_like_any_statement(project: Project, article: int) -> None:
    case = case_about(project, article, "stance")
    made = adjudicating.take(project, case.statements[0].id, case)
    with adjudicating.on_gold(project):
        annotating.choose(project, made, "stance", "neutral")
        annotating.set_note(project, made, "Both went too far")
        speakers.assign_new(project, made, "Orla Venn")
        with pytest.raises(UserError, match="never changed"):
            annotating.choose(project, case.statements[0].id, "stance", "neutral")
        with pytest.raises(UserError, match="never changed"):
            annotating.delete_statement(project, case.statements[0].id)
        with pytest.raises(UserError, match="by deciding its cases"):
            annotating.set_status(project, article, "done")
    assert case_about(project, article, "stance").settled
    assert checking.faults(project.store) == []


def test_deciding_again_replaces_and_also_adds(project: Project, article: int) -> None:
    case = case_about(project, article, "boundary")
    adjudicating.take(project, case.statements[0].id, case)
    second = adjudicating.take(project, case.statements[1].id, case)
    assert [s.id for s in gold(project, article)] == [second]
    third = adjudicating.take(project, case.statements[0].id, case, also=True)
    assert {s.id for s in gold(project, article)} == {second, third}
    assert len(case_about(project, article, "boundary").decisions) == 2
    adjudicating.decide_none(project, case, "Only a wish")
    assert gold(project, article) == []
    decision = case_about(project, article, "boundary").decision
    assert decision is not None and (decision.verdict, decision.reason) == ("none", "Only a wish")
    assert checking.faults(project.store) == []


def test_a_statement_nobody_has_decides_a_case_or_stands_alone(
    project: Project, article: int
) -> None:
    case = case_about(project, article, "found")
    one = adjudicating.make_new(project, article, span_of("found"), case=case, reason="Better")
    assert case_about(project, article, "found").settled
    other = adjudicating.make_new(project, article, span_of("agree"), target="troop_deployment")
    found = adjudicating.decision_on(project, other)
    assert found is not None and (found.sources, found.statement_id) == ({}, other)
    assert not case_about(project, article, "agree").decided
    assert status(project, article).incomplete == 2
    with adjudicating.on_gold(project):
        twin = annotating.same_words(project, one, but="target")
    assert adjudicating.decision_on(project, twin) is not None
    assert checking.faults(project.store) == []


def test_deleting_the_gold_statement_reopens_its_case(project: Project, article: int) -> None:
    case = case_about(project, article, "speaker")
    made = adjudicating.take(project, case.statements[0].id, case)
    adjudicating.discuss(project, case_about(project, article, "speaker"), "Who is he?")
    with adjudicating.on_gold(project):
        annotating.delete_statement(project, made)
    found = case_about(project, article, "speaker")
    assert (found.decided, found.discuss) == (False, "Who is he?")
    projects.undo_step(project)
    assert case_about(project, article, "speaker").settled
    adjudicating.reopen(project, case_about(project, article, "speaker"))
    adjudicating.discuss(project, case_about(project, article, "speaker"), None)
    assert dump(project.store)["decision"] == {}


# ---------------------------------------------------------------------------------- stale


def change(project: Project, case: Case) -> None:
    annotating.choose(project, case.statements[0].id, "stance", "unclear")


def delete(project: Project, case: Case) -> None:
    annotating.delete_statement(project, case.statements[0].id)


def add(project: Project, case: Case) -> None:
    projects.annotate_as(project, "Cy")
    labelled(project, case.article_id, case.statements[0].hull)
    annotating.set_status(project, case.article_id, "done")
    projects.annotate_as(project, "Lead")


@pytest.mark.parametrize(
    ("deed", "why"), [(change, "changed"), (delete, "gone"), (add, "new")], ids=lambda v: str(v)
)
def test_a_label_changed_after_its_decision_asks_for_another_look(
    project: Project, article: int, deed: Callable[[Project, Case], None], why: str
) -> None:
    case = case_about(project, article, "agree")
    adjudicating.take(project, case.statements[0].id, case)
    deed(project, case)
    found = next(c for c in adjudicating.cases(project, article) if c.decided)
    assert found.stale == (why,) and not found.settled
    assert status(project, article).stale == 1
    adjudicating.confirm(project, found)
    assert next(c for c in adjudicating.cases(project, article) if c.decided).settled
    projects.undo_step(project)
    assert next(c for c in adjudicating.cases(project, article) if c.decided).stale == (why,)


def test_a_change_that_is_taken_back_or_only_a_note_is_none(project: Project, article: int) -> None:
    case = case_about(project, article, "agree")
    adjudicating.take(project, case.statements[0].id, case)
    change(project, case)
    projects.undo_step(project)
    annotating.set_note(project, case.statements[0].id, "Sure")
    assert case_about(project, article, "agree").settled


def test_merging_two_names_of_one_speaker_leaves_decisions_fresh(
    project: Project, article: int
) -> None:
    case = case_about(project, article, "chain")
    adjudicating.take(project, case.statements[1].id, case)
    for gone in ("Harsk", "Radel"):
        by_name = {s.name: s.id for s in speakers.all_speakers(project)}
        speakers.merge(project, by_name["Velm"], by_name[gone])
    assert case_about(project, article, "chain").settled
    change(project, case)
    assert not case_about(project, article, "chain").settled


def test_what_all_sources_are_gone_of_stays_until_it_is_looked_at(
    project: Project, article: int
) -> None:
    one, two = case_about(project, article, "found"), case_about(project, article, "agree")
    adjudicating.take(project, one.statements[0].id, one)
    adjudicating.decide_none(project, two)
    for statement in (*one.statements, *two.statements):
        annotating.delete_statement(project, statement.id)
    orphans = [c for c in adjudicating.cases(project, article) if not c.statements]
    assert [c.stale for c in orphans] == [("gone",), ("gone",)]
    for orphan in orphans:
        adjudicating.confirm(project, orphan)
    assert [c for c in adjudicating.cases(project, article) if not c.statements] == []
    (made,) = gold(project, article)
    found = adjudicating.decision_on(project, made.id)
    assert found is not None and found.sources == {}
    with pytest.raises(UserError, match="is gone"):
        adjudicating.decide_none(project, one)


# ------------------------------------------------------------------------------- articles


def test_an_article_is_gold_when_nothing_is_left(project: Project, article: int) -> None:
    found = status(project, article)
    assert (found.cases, found.decided, found.left, found.gold) == (8, 0, 8, False)
    for case in adjudicating.cases(project, article):
        assert not status(project, article).gold
        if case.kinds == ("found",):
            adjudicating.decide_none(project, case)
        else:
            adjudicating.take(project, case.statements[0].id, case)
    assert status(project, article).gold
    case = case_about(project, article, "agree")
    projects.annotate_as(project, "Bo")
    annotating.choose(project, case.statements[1].id, "stance", None)
    annotating.mark(project, article, span_of("found"), target="troop_deployment")
    found = status(project, article)
    assert (found.stale, found.left, found.gold) == (1, 1, False), "Bo still counts"


def test_an_article_in_which_two_found_nothing_is_gold(project: Project) -> None:
    article = add_article(project, "empty", "Rien à dire.")
    annotating.set_status(project, article, "done")
    assert not status(project, article).gold
    projects.annotate_as(project, "Bo")
    annotating.set_status(project, article, "done")
    assert status(project, article).gold


def test_the_report_counts_everything(project: Project, article: int) -> None:
    case = case_about(project, article, "stance")
    adjudicating.take(project, case.statements[0].id, case)
    found = adjudicating.report(adjudicating.status(project))
    assert (found["cases"], found["decided"], found["left"], found["gold"]) == (8, 1, 7, 0)
    assert found["articles"][0]["annotators"] == 2


# ------------------------------------------------------------------------ one mechanism


def test_every_deed_is_one_step_undone_redone_and_kept(
    project: Project, article: int, tmp_path: Path
) -> None:
    def case(kind: str) -> Case:
        return case_about(project, article, kind)

    def first(kind: str) -> int:
        return case(kind).statements[0].id

    deeds: list[Callable[[], object]] = [
        lambda: adjudicating.take(project, first("agree"), case("agree")),
        lambda: adjudicating.take(project, first("stance"), case("stance"), reason="x", also=True),
        lambda: adjudicating.make_new(project, article, span_of("found"), case=case("found")),
        lambda: adjudicating.make_new(project, article, span_of("found"), reason="Mine"),
        lambda: adjudicating.decide_none(project, case("target"), "No"),
        lambda: adjudicating.discuss(project, case("chain"), "Hm"),
        lambda: adjudicating.discuss(project, case("agree"), ""),
        lambda: adjudicating.take(project, first("chain"), case("chain")),
        lambda: adjudicating.discuss(project, case("chain"), None),
        lambda: adjudicating.set_reason(project, case("agree").rows[0].id, "So it is"),
        lambda: adjudicating.decide_none(project, case("agree")),
        lambda: adjudicating.confirm(project, case("agree")),
        lambda: adjudicating.reopen(project, case("stance")),
    ]
    states = [dump(project.store)]
    for deed in deeds:
        deed()
        states.append(dump(project.store))
        assert states[-1] != states[-2]
        assert checking.faults(project.store) == []
    project.close()
    again = projects.open_project(project.path)
    for state in reversed(states[:-1]):
        projects.undo_step(again)
        assert dump(again.store) == state
    for state in states[1:]:
        projects.redo_step(again)
        assert dump(again.store) == state
    again.close()


def test_gold_is_nobody(project: Project, article: int) -> None:
    before = informing.counts(project)
    case = case_about(project, article, "agree")
    adjudicating.take(project, case.statements[0].id, case)
    assert informing.counts(project) == before
    assert [a.name for a in projects.annotators(project)] == ["Ada", "Bo", "Lead"]
    assert projects.find_annotator(project, project.gold.name) is None
    assert project.layer == project.annotator
    with adjudicating.on_gold(project):
        assert (project.layer, project.me.name) == (project.gold, "Lead")
        (row,) = projects.articles(project)
        assert (row.statements, row.status) == (1, "todo")
    assert projects.annotate_as(project, "Gold").name == "Gold"
    project.annotator = None
    with adjudicating.on_gold(project), pytest.raises(UserError, match="Nobody is annotating"):
        annotating.mark(project, article, span_of("agree"))
