import pytest

from annotator.domain.changes import Step
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, history, search_index
from annotator.storage.undo import LongStep
from tests.storage.projects import article_values, dump


def add_part(project: Project, step: LongStep, part: int, size: int = 3) -> range:
    made = [article_values(f"p{part}n{n}", f"Zeppelin {part} {n}") for n in range(size)]
    with step.part():
        return project.store.insert_many(
            "article", tuple(made[0]), [tuple(m.values()) for m in made]
        )


def hits(project: Project, word: str = "zeppelin") -> int:
    return len(search_index.find(project.store.db, word, 100))


def test_the_parts_are_undone_and_redone_as_one(mine: Project) -> None:
    before = dump(mine.store)
    step = mine.long_step("Import articles")
    for part in range(3):
        add_part(mine, step, part)
    after = dump(mine.store)
    step.finish()
    assert projects.undo_label(mine) == "Import articles"
    for _ in range(2):
        projects.undo_step(mine)
        assert dump(mine.store) == before and hits(mine) == 0
        projects.redo_step(mine)
        assert dump(mine.store) == after and hits(mine) == 9
    assert checking.faults(mine.store) == []


def test_it_is_announced_once_and_whole(mine: Project) -> None:
    heard: list[Step] = []
    mine.store.listeners.append(heard.append)
    step = mine.long_step("Import")
    ids = {i for part in range(3) for i in add_part(mine, step, part)}
    assert heard == []
    step.finish()
    assert [s.ids("article") for s in heard] == [ids]


def test_a_cancelled_one_leaves_nothing(mine: Project) -> None:
    before = dump(mine.store)
    labels = projects.undo_label(mine), projects.redo_label(mine)
    step = mine.long_step("Import")
    for part in range(3):
        add_part(mine, step, part)
    step.cancel()
    assert dump(mine.store) == before and hits(mine) == 0
    assert history.load(mine.store.db, step.id).changes == ()  # nor does it keep the rows aside
    assert (projects.undo_label(mine), projects.redo_label(mine)) == labels
    assert checking.faults(mine.store) == []


def test_one_without_changes_leaves_no_step(mine: Project) -> None:
    label = projects.undo_label(mine)
    step = mine.long_step("Import")
    with step.part():
        pass
    step.finish()
    assert projects.undo_label(mine) == label


def test_a_part_that_fails_is_left_out_and_the_others_stand(mine: Project) -> None:
    step = mine.long_step("Import")
    add_part(mine, step, 1)
    with pytest.raises(ZeroDivisionError), step.part():
        mine.store.insert("article", article_values("x", "Zeppelin x"))
        raise ZeroDivisionError
    add_part(mine, step, 2)
    step.finish()
    assert hits(mine) == 6
    projects.undo_step(mine)
    assert hits(mine) == 0


def test_services_may_be_used_inside_a_part(mine: Project) -> None:
    before = dump(mine.store)
    step = mine.long_step("Import labels")
    with step.part():
        annotating.set_note(mine, annotating.mark(mine, 1, Span(0, 2)), "imported")
    step.finish()
    projects.undo_step(mine)
    assert dump(mine.store) == before


def test_what_a_closing_left_half_done_is_taken_back_at_the_next_opening(mine: Project) -> None:
    before = dump(mine.store)
    step = mine.long_step("Import")
    add_part(mine, step, 1)
    add_part(mine, step, 2)
    mine.close()
    again = projects.open_project(mine.path)
    assert dump(again.store) == before and hits(again) == 0
    assert projects.undo_label(again) == "Import article"
    assert projects.redo_label(again) is None
    assert checking.faults(again.store) == []
    again.close()


def test_one_that_something_was_built_on_cannot_be_cancelled(mine: Project) -> None:
    step = mine.long_step("Import")
    article = add_part(mine, step, 1)[0]
    annotating.mark(mine, article, Span(0, 2))
    after = dump(mine.store)
    with pytest.raises(UserError, match="cannot be cancelled"):
        step.cancel()
    assert dump(mine.store) == after
    assert [s.label for s in iter(lambda: projects.undo_step(mine), None)][:2] == [
        "Mark statement",
        "Import",
    ]
    assert hits(mine) == 0


def test_one_that_something_was_built_on_does_not_keep_the_project_shut(mine: Project) -> None:
    step = mine.long_step("Import")
    article = add_part(mine, step, 1)[0]
    annotating.mark(mine, article, Span(0, 2))
    after = dump(mine.store)
    mine.close()
    again = projects.open_project(mine.path)
    assert dump(again.store) == after
    again.close()
