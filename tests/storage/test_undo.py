import pytest

from annotator.domain.changes import Step
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import dump

CONFLICT = "later work in this project builds on it"


def undo_all(project: Project) -> int:
    count = 0
    while projects.undo_step(project):
        count += 1
    return count


def test_undo_and_redo_name_what_they_take_back(mine: Project) -> None:
    annotating.exclude(mine, 1, Span(0, 5))
    annotating.mark(mine, 1, Span(0, 2))
    assert (projects.undo_label(mine), projects.redo_label(mine)) == ("Mark statement", None)
    step = projects.undo_step(mine)
    assert step is not None and step.label == "Mark statement" and step.touches("statement")
    assert projects.undo_label(mine) == "Exclude region"
    assert projects.redo_label(mine) == "Mark statement"
    projects.redo_step(mine)
    assert (projects.undo_label(mine), projects.redo_label(mine)) == ("Mark statement", None)


def test_the_whole_way_back_and_forth(mine: Project) -> None:
    states = [dump(mine.store)]
    statement = annotating.mark(mine, 1, Span(0, 2))
    for group, value in (("target", "ceasefire"), ("stance", "favor"), ("scope", "general")):
        annotating.choose(mine, statement, group, value)
    speakers.assign_new(mine, statement, "Orla Venn")
    annotating.delete_statement(mine, statement)
    after = dump(mine.store)
    assert [s.label for s in iter(lambda: projects.undo_step(mine), None)][:3] == [
        "Delete statement",
        "Set speaker",
        "Set scope: general",
    ]
    assert dump(mine.store)["statement"] == states[0]["statement"] == {}
    while projects.redo_step(mine):
        pass
    assert dump(mine.store) == after


def test_undo_survives_closing(mine: Project) -> None:
    before = dump(mine.store)
    annotating.mark(mine, 1, Span(0, 2))
    after = dump(mine.store)
    mine.close()
    again = projects.open_project(mine.path)
    assert projects.undo_label(again) == "Mark statement"
    projects.undo_step(again)
    assert dump(again.store) == before
    again.close()
    third = projects.open_project(mine.path)
    projects.redo_step(third)
    assert dump(third.store) == after
    third.close()


def test_something_new_gives_up_what_could_be_redone(mine: Project) -> None:
    annotating.mark(mine, 1, Span(0, 2))
    projects.undo_step(mine)
    annotating.exclude(mine, 1, Span(0, 5))
    assert projects.redo_label(mine) is None
    assert projects.redo_step(mine) is None


def test_each_annotator_takes_back_their_own_and_what_nobody_in_particular_did(
    mine: Project,
) -> None:
    assert undo_all(mine) == 2  # the two articles came in before anybody was named
    while projects.redo_step(mine):
        pass
    annotating.mark(mine, 1, Span(0, 2))
    bo = projects.annotate_as(mine, "Bo")
    assert projects.undo_label(mine) == "Import article"
    annotating.mark(mine, 2, Span(0, 2))
    projects.annotate_as(mine, "Ada")
    step = projects.undo_step(mine)
    assert step is not None and step.annotator_id != bo.id
    assert annotating.statements(mine, 1) == []
    projects.annotate_as(mine, "Bo")
    assert len(annotating.statements(mine, 2)) == 1
    assert projects.redo_label(mine) is None


def test_adding_an_annotator_is_passed_over(mine: Project) -> None:
    undo_all(mine)
    assert [a.name for a in projects.annotators(mine)] == ["Ada"]


def test_a_read_only_project_undoes_nothing(mine: Project) -> None:
    second = projects.open_project(mine.path)
    with pytest.raises(UserError, match="read-only"):
        projects.undo_step(second)
    second.close()


def test_listeners_get_what_undo_changed(mine: Project) -> None:
    statement = annotating.mark(mine, 1, Span(0, 2))
    heard: list[Step] = []
    mine.store.listeners.append(heard.append)
    projects.undo_step(mine)
    projects.redo_step(mine)
    assert [[(c.table, c.kind) for c in step.changes][-1] for step in heard] == [
        ("statement", "delete"),
        ("work", "insert"),
    ]
    assert all(step.ids("statement") == {statement} for step in heard)


# Two annotators in one file: what one did cannot be taken back once the other built on it.


@pytest.fixture
def both(mine: Project) -> Project:
    projects.annotate_as(mine, "Bo")
    projects.annotate_as(mine, "Ada")
    return mine


def refused(project: Project, verb: str) -> None:
    before = dump(project.store)
    labels = projects.undo_label(project), projects.redo_label(project)
    act = projects.undo_step if verb == "undone" else projects.redo_step
    with pytest.raises(UserError, match=f"cannot be {verb}: {CONFLICT}"):
        act(project)
    assert dump(project.store) == before
    assert (projects.undo_label(project), projects.redo_label(project)) == labels


def test_a_row_that_others_refer_to_stays(both: Project) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    projects.annotate_as(both, "Bo")
    statement = annotating.mark(both, 1, Span(0, 2))
    speakers.assign(both, statement, venn)
    projects.annotate_as(both, "Ada")
    refused(both, "undone")


def test_a_column_that_others_changed_stays(both: Project) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    speakers.set_type(both, venn, "government")
    projects.annotate_as(both, "Bo")
    speakers.set_type(both, venn, "organisation")
    projects.annotate_as(both, "Ada")
    refused(both, "undone")


def test_another_column_of_the_same_row_is_no_conflict(both: Project) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    speakers.set_type(both, venn, "government")
    projects.annotate_as(both, "Bo")
    speakers.set_on_behalf_of(both, venn, 1)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    row = both.store.row("speaker", venn)
    assert (row["type"], row["on_behalf_of"]) == ("person", 1)


@pytest.mark.parametrize("change", ["type", "principal"])
def test_a_row_that_others_changed_is_not_deleted(both: Project, change: str) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    projects.annotate_as(both, "Bo")
    if change == "type":
        speakers.set_type(both, venn, "government")
    else:
        speakers.set_on_behalf_of(both, venn, 1)
    projects.annotate_as(both, "Ada")
    refused(both, "undone")
    projects.annotate_as(both, "Bo")
    projects.undo_step(both)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert [s.name for s in speakers.all_speakers(both)] == ["Narrator"]


def test_a_row_that_others_deleted_does_not_come_back_under_their_feet(both: Project) -> None:
    statement = annotating.mark(both, 1, Span(0, 2))
    speakers.assign(both, statement, speakers.ensure(both, "Orla Venn"))
    projects.annotate_as(both, "Bo")
    speakers.merge(both, 1, speakers.ensure(both, "Orla Venn"))
    projects.annotate_as(both, "Ada")
    refused(both, "undone")


def test_a_name_that_others_took_cannot_be_redone(both: Project) -> None:
    speakers.ensure(both, "Orla Venn")
    projects.undo_step(both)
    projects.annotate_as(both, "Bo")
    speakers.ensure(both, "Orla Venn")
    projects.annotate_as(both, "Ada")
    refused(both, "redone")


def test_what_others_added_meanwhile_does_not_stand_in_the_way(both: Project) -> None:
    """Ids are not given twice, so a row that comes back finds its place free."""
    statement = annotating.mark(both, 1, Span(0, 2))
    annotating.delete_statement(both, statement)
    projects.annotate_as(both, "Bo")
    other = annotating.mark(both, 1, Span(5, 9))
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert [s.id for s in annotating.statements(both, 1)] == [statement]
    assert annotating.statement(both, other).annotator_id != both.me.id
