"""Merging another copy of the project in the real window: shown, done, repeated, undone."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.services import annotating, importing
from annotator.services import project as projects
from annotator.services.sample import make_sample
from annotator.ui.hand import Hand
from tests.e2e.adjudicating import copy_of


@pytest.fixture
def sample(open_window, tmp_path) -> Hand:
    """A hand in a window with the sample, which opens as Camille."""
    path = tmp_path / "sample.stance"
    make_sample(path).close()
    return open_window(path)


@pytest.fixture
def noors(sample, tmp_path) -> Path:
    """Noor's copy: one label changed, one deleted, one added, and an article of her own."""
    path = copy_of(sample.window.project.path, tmp_path / "noor.stance")
    text = tmp_path / "texts" / "seventh.txt"
    text.parent.mkdir()
    text.write_text("Un septième article\n\nOrvask veut la trêve.\n", encoding="utf-8")
    copy = projects.open_project(path)
    projects.annotate_as(copy, "Noor")
    labels = annotating.statements(copy, 1)
    annotating.choose(copy, labels[0].id, "stance", "against")
    annotating.delete_statement(copy, labels[2].id)
    annotating.mark(copy, 2, Span(100, 130))
    for _ in importing.add(copy, importing.prepare([text])):
        pass
    seventh = next(row.id for row in projects.articles(copy) if row.name == "seventh")
    annotating.mark(copy, seventh, Span(21, 27), exact=True)
    copy.close()
    return path


def compare(hand: Hand, path: Path) -> Any:
    """Open the dialog by the palette and compare with the copy at `path`, by keys alone."""
    hand.take_focus()
    hand.press("Ctrl+K", hand.reader)
    hand.type("merge another")
    hand.press("Return")
    dialog: Any = hand.window.side._merge
    assert dialog.isVisible()
    dialog.activateWindow()
    hand.wait(dialog.field.hasFocus, "The field")
    hand.type(str(path))
    hand.press("Return")
    hand.wait(lambda: not dialog._working, "The comparison")
    return dialog


def state(hand: Any) -> dict:
    project = hand.window.project
    tables = ("statement", "source", "work", "article", "annotator", "decision", "speaker")
    return {name: project.store.select(f"SELECT * FROM {name} ORDER BY id") for name in tables}


def test_another_copy_is_shown_merged_repeated_and_undone(sample, noors, picture) -> None:
    hand = sample
    before = state(hand)
    dialog = compare(hand, noors)
    plan = dialog.plan
    assert (sum(plan.added.values()), len(plan.changed), len(plan.deleted)) == (1, 1, 1)
    assert len(plan.missing) == 1 and dialog.articles.isVisible()
    texts = [row.text for row in dialog.list.rows]
    assert "Changed on their side" in texts and "1 statement by Noor" in texts
    assert state(hand) == before  # so far it is only shown
    dialog.grab().save("screenshots/merge-plan.png")
    hand.click(dialog.articles)
    hand.press("Return", dialog.go)
    hand.wait(lambda: not dialog.isVisible(), "The merge")
    said = hand.window.notice.words.text()
    assert "1 statement by Noor" in said and "1 article" in said
    picture(hand, "merge-done")
    rows = projects.articles(hand.window.project)
    assert [row.name for row in rows][-1] == "seventh"
    merged = state(hand)
    assert merged != before
    again = compare(hand, noors)
    assert again.plan.empty and not again.plan.missing
    assert not again.go.isEnabled() and "Nothing to take over" in again.title.text()
    again.grab().save("screenshots/merge-again.png")
    hand.click(again.cancel)
    assert state(hand) == merged
    hand.take_focus()
    hand.press("Ctrl+Z", hand.reader)
    assert state(hand) == before
    assert "Undone: Merge" in hand.window.notice.words.text()


def test_who_came_in_is_compared_at_once(open_window, tmp_path, picture) -> None:
    path = tmp_path / "ours.stance"
    ours = make_sample(path)
    projects.annotate_as(ours, "Camille")
    ours.close()
    theirs = copy_of(path, tmp_path / "theirs.stance")
    for file, gone in ((path, "Noor"), (theirs, "Camille")):
        _take_out(file, gone)
    hand = open_window(path)
    hand.press("Ctrl+2", hand.reader)
    page = hand.window.pages.review
    hand.wait(lambda: page.roster is not None, "The roster")
    assert "Merge another copy" in page.board._what.text()
    hand.press("Ctrl+1")
    dialog = compare(hand, theirs)
    hand.press("Return", dialog.go)
    hand.wait(lambda: not dialog.isVisible(), "The merge")
    hand.take_focus()
    hand.press("Ctrl+2", hand.reader)
    hand.wait(lambda: page.complete and not page.working.busy, "The figures")
    assert sorted(page.people.values()) == ["Camille", "Noor"]
    picture(hand, "merge-compared")
    hand.press("Ctrl+Z")
    hand.wait(lambda: len(page.roster.people) == 1, "The roster")
    assert list(page.people.values()) == ["Camille"]


def _take_out(path: Path, name: str) -> None:
    """Make a copy one in which somebody never worked."""
    db = sqlite3.connect(path)
    who = "(SELECT id FROM annotator WHERE name = ?)"
    theirs = f"statement_id IN (SELECT id FROM statement WHERE annotator_id = {who})"
    for what in (f"source WHERE {theirs}", f"statement WHERE annotator_id = {who}"):
        db.execute(f"DELETE FROM {what}", (name,))
    db.execute(f"DELETE FROM work WHERE annotator_id = {who}", (name,))
    db.execute("DELETE FROM annotator WHERE name = ?", (name,))
    db.commit()
    db.close()


def test_what_both_changed_is_named_and_ones_own_stays(sample, noors) -> None:
    hand = sample
    project = hand.window.project
    projects.annotate_as(project, "Noor")
    mine = annotating.statements(project, 1)[0]
    annotating.choose(project, mine.id, "stance", "unclear")
    dialog = compare(hand, noors)
    assert [d.taken for d in dialog.plan.conflicts if d.fields == ("stance",)] == [False]
    assert any(row.warns and "the one here stays" in row.detail for row in dialog.list.rows)
    dialog.grab().save("screenshots/merge-conflict.png")
    hand.press("Return", dialog.go)
    hand.wait(lambda: not dialog.isVisible(), "The merge")
    assert annotating.statement(project, mine.id).stance == "unclear"


@pytest.mark.parametrize("what", ["itself", "nothing", "text"])
def test_what_cannot_be_merged_is_said_in_the_dialog(sample, tmp_path, what) -> None:
    hand = sample
    text = tmp_path / "text.stance"
    text.write_text("no project")
    path = {"itself": hand.window.project.path, "nothing": tmp_path / "none.stance", "text": text}
    dialog = compare(hand, path[what])
    assert dialog.plan is None
    assert len(dialog.state.text()) > 20 and dialog.state.text().endswith(".")
    assert not hand.window.notice.isVisible()
    dialog.grab().save(f"screenshots/merge-error-{what}.png")
    hand.press("Escape")
    assert not dialog.isVisible()


def test_the_dialog_closes_with_the_project(sample, noors) -> None:
    dialog = compare(sample, noors)
    sample.window.run("close")
    assert not dialog.isVisible() and QApplication.activeModalWidget() is None
