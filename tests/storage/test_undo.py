from collections.abc import Iterator

import pytest

from annotator.domain.changes import Step
from annotator.domain.completeness import missing
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, importing, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import undo
from tests.storage.projects import article_values, dump


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


# Two annotators in one file: undo leaves what the other has come to use or has changed.


@pytest.fixture
def both(mine: Project) -> Project:
    projects.annotate_as(mine, "Bo")
    projects.annotate_as(mine, "Ada")
    return mine


def reopened(project: Project) -> Project:
    project.close()
    return projects.open_project(project.path)


def names(project: Project) -> list[str]:
    return [s.name for s in speakers.all_speakers(project)]


def test_a_speaker_that_others_use_stays_and_ones_own_statement_is_undone(both: Project) -> None:
    mine = annotating.mark(both, 1, Span(0, 2))
    venn = speakers.assign_new(both, mine, "Orla Venn")
    projects.annotate_as(both, "Bo")
    theirs = annotating.mark(both, 1, Span(4, 9))
    speakers.assign(both, theirs, venn)
    projects.annotate_as(both, "Ada")
    before = dump(both.store)
    step = projects.undo_step(both)
    assert step is not None and (step.label, step.left) == ("Set speaker", 1)
    assert annotating.statement(both, mine).speaker_id is None
    assert annotating.statement(both, theirs).speaker_id == venn
    between = dump(both.store)
    again = reopened(both)
    step = projects.redo_step(again)
    assert step is not None and step.left == 0
    assert dump(again.store) == before
    projects.undo_step(again)
    assert dump(again.store) == between
    step = projects.undo_step(again)
    assert step is not None and step.label == "Mark statement"
    assert [s.label for s in iter(lambda: projects.redo_step(again), None)] == [
        "Mark statement",
        "Set speaker",
    ]
    assert dump(again.store) == before
    again.close()


def test_a_speaker_that_others_do_not_use_any_more_goes_after_all(both: Project) -> None:
    mine = annotating.mark(both, 1, Span(0, 2))
    before = dump(both.store)
    venn = speakers.assign_new(both, mine, "Orla Venn")
    projects.annotate_as(both, "Bo")
    speakers.assign(both, annotating.mark(both, 1, Span(4, 9)), venn)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    projects.redo_step(both)
    projects.annotate_as(both, "Bo")
    projects.undo_step(both)
    projects.undo_step(both)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert dump(both.store) == before


def test_an_alias_stays_with_the_speaker_that_others_use(both: Project) -> None:
    mine = annotating.mark(both, 1, Span(0, 2))
    speakers.name_by_mention(both, mine, Span(3, 11))
    venn = speakers.assign_new(both, mine, "Orla Venn")
    assert both.store.select("SELECT name FROM alias") == [{"name": "Brévonie"}]
    projects.annotate_as(both, "Bo")
    speakers.assign(both, annotating.mark(both, 1, Span(4, 9)), venn)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert both.store.select("SELECT name FROM alias") == [{"name": "Brévonie"}]


def test_a_region_that_others_included_again_is_passed_over(both: Project) -> None:
    annotating.mark(both, 1, Span(0, 2))
    annotating.exclude(both, 1, Span(5, 9))
    projects.annotate_as(both, "Bo")
    annotating.include(both, 1, Span(5, 9))
    projects.annotate_as(both, "Ada")
    step = projects.undo_step(both)
    assert step is not None and step.label == "Mark statement"
    assert annotating.excluded_regions(both, 1) == []
    step = projects.redo_step(both)
    assert step is not None and step.label == "Mark statement"
    projects.annotate_as(both, "Bo")
    projects.undo_step(both)
    projects.annotate_as(both, "Ada")
    step = projects.undo_step(both)
    assert step is not None and step.label == "Exclude region"


def test_regions_never_overlap_what_others_excluded(both: Project) -> None:
    annotating.exclude(both, 1, Span(0, 5))
    annotating.include(both, 1, Span(0, 5))
    projects.annotate_as(both, "Bo")
    annotating.exclude(both, 1, Span(2, 9))
    projects.annotate_as(both, "Ada")
    step = projects.undo_step(both)
    assert step is not None and step.label == "Import article"
    assert [r.span for r in annotating.excluded_regions(both, 1)] == [Span(2, 9)]


def test_regions_made_of_others_are_all_taken_back_or_none(both: Project) -> None:
    """What Bo includes again does not come back, though only in a smaller region."""
    annotating.exclude(both, 1, Span(0, 5))
    annotating.exclude(both, 1, Span(3, 9))
    projects.annotate_as(both, "Bo")
    annotating.include(both, 1, Span(0, 20))
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert annotating.excluded_regions(both, 1) == []


def test_a_column_that_others_changed_stays(both: Project) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    speakers.set_type(both, venn, "government")
    projects.annotate_as(both, "Bo")
    speakers.set_type(both, venn, "organisation")
    projects.annotate_as(both, "Ada")
    step = projects.undo_step(both)
    assert step is not None and step.label == "Import article"
    assert both.store.row("speaker", venn)["type"] == "organisation"


def test_what_others_set_to_an_older_value_of_mine_stays(both: Project) -> None:
    venn = speakers.ensure(both, "Orla Venn")
    speakers.set_type(both, venn, "government")
    speakers.set_type(both, venn, "organisation")
    projects.annotate_as(both, "Bo")
    speakers.set_type(both, venn, "government")
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert both.store.row("speaker", venn)["type"] == "government"


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
    projects.undo_step(both)
    assert "Orla Venn" in names(both)
    projects.redo_step(both)
    projects.annotate_as(both, "Bo")
    projects.undo_step(both)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert names(both) == ["Narrator"]


@pytest.mark.parametrize("used", [True, False])
def test_an_undo_that_is_given_up_leaves_no_trace(both: Project, used: bool) -> None:
    mine = annotating.mark(both, 1, Span(0, 2))
    venn = speakers.assign_new(both, mine, "Orla Venn")
    if used:
        projects.annotate_as(both, "Bo")
        speakers.assign(both, annotating.mark(both, 1, Span(4, 9)), venn)
        projects.annotate_as(both, "Ada")
    before, seen = dump(both.store), list[tuple[int, int]]()
    for last in range(100):
        left = iter(range(last))

        def tick(done: int, total: int, left: Iterator[int] = left) -> None:
            seen.append((done, total))
            if next(left, None) is None:
                raise UserError("Enough.")

        try:
            undo.undo(both.store, both.me.id, tick)
        except UserError:
            assert dump(both.store) == before
            assert projects.undo_label(both) == "Set speaker"
            continue
        break
    assert last > 2 and seen[-1] == (2, 3)
    assert annotating.statement(both, mine).speaker_id is None


def test_imported_rows_that_others_changed_stay(both: Project) -> None:
    """The record of an import holds no rows, so nothing there tells that one has changed."""
    values = [article_values(f"n{n}", f"Zeppelin {n}") for n in range(3)]
    with both.transact("Import articles"):
        first, *_ = both.store.insert_many(
            "article", tuple(values[0]), [tuple(v.values()) for v in values]
        )
    projects.annotate_as(both, "Bo")
    importing.rename_article(both, first, "Bo's title")
    annotating.mark(both, first + 1, Span(0, 4))
    projects.annotate_as(both, "Ada")
    before = dump(both.store)
    step = projects.undo_step(both)
    assert step is not None and (step.label, step.left) == ("Import articles", 2)
    assert dump(both.store)["article"].keys() == before["article"].keys() - {first + 2}
    projects.redo_step(both)
    assert dump(both.store) == before


def test_what_hangs_on_a_row_that_others_deleted_is_passed_over(both: Project) -> None:
    statement = annotating.mark(both, 1, Span(0, 2))
    annotating.choose(both, statement, "stance", "favor")
    speakers.assign(both, statement, speakers.ensure(both, "Orla Venn"))
    projects.annotate_as(both, "Bo")
    speakers.merge(both, 1, speakers.ensure(both, "Orla Venn"))
    projects.annotate_as(both, "Ada")
    step = projects.undo_step(both)
    assert step is not None and step.label == "Set stance: favor"
    now = annotating.statement(both, statement)
    assert (now.stance, now.speaker_id) == (None, 1)


def test_a_name_that_others_took_is_not_redone(both: Project) -> None:
    annotating.mark(both, 1, Span(0, 2))
    speakers.ensure(both, "Orla Venn")
    projects.undo_step(both)
    projects.undo_step(both)
    projects.annotate_as(both, "Bo")
    speakers.ensure(both, "Orla Venn")
    projects.annotate_as(both, "Ada")
    assert [s.label for s in iter(lambda: projects.redo_step(both), None)] == ["Mark statement"]
    assert names(both).count("Orla Venn") == 1


def test_a_choice_that_cannot_come_back_does_not_make_the_article_done(both: Project) -> None:
    """The status goes with the statements: both are one annotator's work in one article."""
    statement = annotating.mark(both, 1, Span(0, 2))
    annotating.choose(both, statement, "target", "ceasefire")
    annotating.choose(both, statement, "stance", "favor")
    annotating.take_usual(both, statement)
    for attribute in missing(annotating.statement(both, statement), both.codebook):
        if attribute != "speaker":
            choices = {a.id: a.choices for a in both.codebook.attributes}[attribute]
            annotating.choose(both, statement, attribute, choices[0].id)
    venn = speakers.assign_new(both, statement, "Orla Venn")
    annotating.set_status(both, 1, "done")
    speakers.assign(both, statement, None)
    assert annotating.work(both, 1).status == "in_progress"
    projects.annotate_as(both, "Bo")
    speakers.delete(both, venn)
    projects.annotate_as(both, "Ada")
    projects.undo_step(both)
    assert annotating.work(both, 1).status == "in_progress"


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
