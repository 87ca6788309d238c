import sqlite3

import pytest

from annotator.domain.changes import Step
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import history
from tests.storage.projects import dump


def steps(project: Project) -> list[str]:
    return [str(row["label"]) for row in history.listing(project.store.db, 100)]


@pytest.fixture
def heard(mine: Project) -> list[Step]:
    found: list[Step] = []
    mine.store.listeners.append(found.append)
    return found


def speaker(name: str) -> dict[str, str]:
    return {"uid": projects.new_uid(), "name": name, "folded": name.lower(), "type": "person"}


def test_one_action_is_one_step_for_file_and_listeners(mine: Project, heard: list[Step]) -> None:
    with mine.transact("Two things"):
        row = mine.store.insert("speaker", speaker("A"))
        mine.store.update("speaker", row, {"name": "B", "type": "person"})
    (step,) = heard
    assert step.label == steps(mine)[0] == "Two things"
    assert [(c.kind, c.row_id) for c in step.changes] == [("insert", row), ("update", row)]
    assert (step.changes[1].before, step.changes[1].after) == ({"name": "A"}, {"name": "B"})
    assert step.ids("speaker") == {row} and step.touches("speaker") and not step.touches("work")
    kept = history.load(mine.store.db, step.id)
    assert kept.changes == step.changes and kept.annotator_id == mine.me.id


def test_the_listener_is_told_after_the_commit(mine: Project) -> None:
    def look(_: Step) -> None:
        assert not mine.store.db.in_transaction
        assert projects.undo_label(mine) == "Add"

    mine.store.listeners.append(look)
    with mine.transact("Add"):
        mine.store.insert("speaker", speaker("A"))


def test_a_transaction_inside_joins(mine: Project, heard: list[Step]) -> None:
    with mine.transact("Outer"):
        mine.store.insert("speaker", speaker("A"))
        with mine.transact("Inner"):
            mine.store.insert("speaker", speaker("B"))
        mine.store.insert("speaker", speaker("C"))
    assert [step.label for step in heard] == ["Outer"]
    assert len(heard[0].changes) == 3
    before = dump(mine.store)
    projects.undo_step(mine)
    assert len(before["speaker"]) == len(dump(mine.store)["speaker"]) + 3


@pytest.mark.parametrize("where", ["outer", "inner"])
def test_a_failure_leaves_nothing(mine: Project, heard: list[Step], where: str) -> None:
    before, listed = dump(mine.store), steps(mine)
    with pytest.raises(ZeroDivisionError), mine.transact("Outer"):
        mine.store.insert("speaker", speaker("A"))
        with mine.transact("Inner"):
            mine.store.delete("article", 1)
            if where == "inner":
                raise ZeroDivisionError
        raise ZeroDivisionError
    assert (dump(mine.store), steps(mine), heard) == (before, listed, [])
    with mine.transact("Next"):
        mine.store.insert("speaker", speaker("A"))
    assert [step.label for step in heard] == ["Next"]


def test_a_refusal_of_the_file_leaves_nothing(mine: Project) -> None:
    before = dump(mine.store)
    with pytest.raises(sqlite3.IntegrityError), mine.transact("Twice"):
        mine.store.insert("speaker", speaker("A"))
        mine.store.insert("speaker", speaker("A"))
    assert dump(mine.store) == before


def test_an_action_that_changes_nothing_leaves_no_step(mine: Project, heard: list[Step]) -> None:
    listed = steps(mine)
    with mine.transact("Nothing"):
        assert not mine.store.update("speaker", 1, {"name": "Narrator"})
    assert steps(mine) == listed and heard == []


def test_a_write_outside_raises(mine: Project) -> None:
    before = dump(mine.store)
    for write in (
        lambda: mine.store.insert("speaker", speaker("A")),
        lambda: mine.store.insert_many("speaker", ["name"], [("A",)]),
        lambda: mine.store.update("speaker", 1, {"name": "B"}),
        lambda: mine.store.delete("speaker", 1),
    ):
        with pytest.raises(RuntimeError, match="outside a transaction"):
            write()
    assert dump(mine.store) == before


@pytest.mark.parametrize("table", ["setting", "visit", "step", "speakr", "sqlite_master"])
def test_only_recorded_tables_are_written(mine: Project, table: str) -> None:
    with pytest.raises(LookupError, match="no recorded table"), mine.transact("Write"):
        mine.store.insert(table, {"id": 1})


def test_rows_that_are_not_there(mine: Project) -> None:
    for deed in (
        lambda: mine.store.row("speaker", 99),
        lambda: mine.store.update("speaker", 99, {"name": "B"}),
        lambda: mine.store.delete("speaker", 99),
    ):
        with pytest.raises(LookupError, match="no row 99"), mine.transact("Miss"):
            deed()


def test_many_rows_are_recorded_by_their_ids(mine: Project, heard: list[Step]) -> None:
    columns = ("uid", "name", "folded", "type")
    rows = [tuple(speaker(f"S{n}").values()) for n in range(500)]
    with mine.transact("Import"):
        ids = mine.store.insert_many("speaker", columns, rows)
    assert heard[0].ids("speaker") == set(ids) and len(ids) == 500
    assert all(change.after is None for change in heard[0].changes)
    assert [mine.store.row("speaker", i)["name"] for i in ids][::499] == ["S0", "S499"]


def test_an_id_is_never_given_twice(mine: Project) -> None:
    """A step names rows by id: undo must not meet a newer row under an old one's id."""
    with mine.transact("Add"):
        first = mine.store.insert("speaker", speaker("A"))
    with mine.transact("Delete"):
        mine.store.delete("speaker", first)
    with mine.transact("Add"):
        assert mine.store.insert("speaker", speaker("B")) > first
        (many,) = mine.store.insert_many(
            "speaker", ("uid", "name", "folded", "type"), [tuple(speaker("C").values())]
        )
    assert many == first + 2
    projects.undo_step(mine)
    assert mine.store.next_id("speaker") == many + 1
