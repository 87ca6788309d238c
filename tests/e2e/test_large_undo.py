"""Undo and redo of an action on very many rows, in the real window."""

import pytest

from annotator.errors import UserError
from annotator.services import importing
from annotator.services import project as projects
from annotator.storage import checking
from annotator.ui.hand import Hand
from tests.storage.projects import Dump, dump


@pytest.fixture
def imported(open_window, tmp_path) -> Hand:
    """A window on a project into which 1,500 articles came in one action."""
    path = tmp_path / "large.stance"
    project = projects.create(path)
    projects.annotate_as(project, "Ada")
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(1500):
        (folder / f"a{number}.txt").write_text(f"Article {number} says that the truce holds.")
    importing.import_articles(project, [folder])
    project.close()
    return open_window(path)


def test_a_large_import_is_undone_and_redone_without_standing_still(imported) -> None:
    window = imported.window
    before = dump(window.project.store)
    for act, told in ((window.undo, "Undone"), (window.redo, "Done again")):
        act()
        assert window.files.busy
        with pytest.raises(UserError, match="Import articles is still going on; wait"):
            projects.annotate_as(window.project, "Bo")
        with pytest.raises(UserError, match="is still going on"):
            window.undo()
        window.page.keep_time()
        assert dump(window.project.store) == (before if told == "Undone" else emptied(before))
        imported.wait(lambda: not window.files.busy, told)
        assert window.notice.words.text() == f"{told}: Import articles"
        now = dump(window.project.store)
        assert now == (emptied(before) if told == "Undone" else before)
        assert projects.article_count(window.project) == len(projects.articles(window.project))
    assert checking.faults(window.project.store) == []


@pytest.mark.parametrize("closed", [True, False])
def test_a_large_undo_that_is_cancelled_leaves_all_as_it_was(imported, closed: bool) -> None:
    window = imported.window
    before, path = dump(window.project.store), window.project.path
    window.undo()
    if closed:
        window.close_project()
        window.open_path(path)
    else:
        window.files.cancel()
    assert not window.files.busy and not window.project.paused
    assert dump(window.project.store) in (before, emptied(before))
    while projects.redo_step(window.project):
        pass
    assert dump(window.project.store) == before


def emptied(rows: Dump) -> Dump:
    return {**rows, "article": {}}
