"""Adjudication in the real window: cases decided by key and mouse, gold edited and exported."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.domain.spans import Span
from annotator.services import adjudicating, annotating, exporting
from annotator.services import project as projects
from annotator.services.sample import make_sample
from annotator.ui.annotate.note_field import NoteField
from annotator.ui.hand import Hand
from tests.e2e.adjudicating import (
    FIRST,
    adjudicate,
    click_words,
    everything_said,
    open_article,
)
from tests.services.ordering import GOLD


@pytest.fixture
def sample(open_window, tmp_path) -> Hand:
    """A hand in a window with the sample, which opens as Camille."""
    path = tmp_path / "sample.stance"
    make_sample(path).close()
    return open_window(path)


def test_one_article_becomes_gold_by_keyboard_alone(sample, picture, tmp_path) -> None:
    hand = sample
    page = adjudicate(hand)
    assert page.panel.card.hasFocus()
    picture(hand, "adjudicate-first")
    decided = len(page.docket.real)
    hand.press("1")
    assert page.docket.case.settled
    hand.press("J")
    hand.press("2")
    hand.press("Down")
    hand.press("0")
    refused = page.docket.case
    hand.press("R")
    assert isinstance(QApplication.focusWidget(), NoteField)
    hand.type("Report of a report")
    hand.press("Return")
    assert page.docket.case.decision.reason == "Report of a report"
    assert page.panel.card.hasFocus()
    hand.press("Shift+J")
    hand.press("E")
    edited = page.editing.statement_id
    assert edited is not None and page.reader.hasFocus()
    picture(hand, "adjudicate-editing")
    hand.press("N")
    hand.press("L")
    hand.press("Escape")
    assert page.editing.statement_id is None
    gold = annotating.statement(page.open_project, edited)
    assert (gold.stance, gold.attributes["confidence"]) == ("neutral", "low")
    while any(not case.settled for case in page.docket.cases):
        hand.press("Shift+J")
        hand.press("1")
    picture(hand, "adjudicate-gold")
    standing = page.standings.known[page.docket.found.article_id]
    assert standing.status.gold and standing.status.decided == decided
    hand.press("Ctrl+Return")
    assert "gold" in hand.window.notice.words.text()
    assert page.docket.found.article_id != standing.status.article_id
    _check_export(page, standing.status.article_id, refused, tmp_path)


def _check_export(page, article_id: int, refused, folder: Path) -> None:
    """The gold export holds what was decided, and nothing where it was: no statement."""
    project = page.open_project
    snapshot = projects.snapshot(project.path)
    exporting.export(snapshot, folder / "gold", GOLD)
    snapshot.close()
    lines = (folder / "gold" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    records = [msgspec.json.decode(line) for line in lines]
    with adjudicating.on_gold(project):
        gold = annotating.statements(project, article_id)
    assert sorted(r["id"] for r in records) == sorted(s.uid for s in gold)
    assert len(records) == len(adjudicating.cases(project, article_id)) - 1
    about = {(tuple(map(tuple, r["pieces"])), r["target"]) for r in records}
    words = refused.statements[0]
    same = [c for c in adjudicating.cases(project, article_id) if c.rows[0].verdict == "none"]
    assert [c.statements[0].uid for c in same] == [words.uid]
    assert {r["label_source"] for r in records} == {"adjudicated"} and about


def test_the_annotators_labels_stay_as_they_are(sample) -> None:
    hand = sample
    page = adjudicate(hand)
    before = [c.statements for c in adjudicating.cases(page.open_project, 1)]
    for keys in ("1", "E", "A", "Shift+E", "Escape", "J", "E", "B", "Escape", "J", "0"):
        hand.press(keys)
    assert [c.statements for c in adjudicating.cases(page.open_project, 1)] == before


def test_a_case_is_decided_and_reopened_by_mouse(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    second = page.docket.cases[1]
    click_words(hand, page, second.statements[0].pieces[0])
    assert page.docket.case is second
    hand.click(page.panel.card.columns.buttons[1])
    assert page.docket.case.settled
    picture(hand, "adjudicate-by-mouse")
    hand.click(page.panel.card.chip("reopen"))
    assert not page.docket.case.decided
    hand.click(page.panel.card.chip("no_statement"))
    assert page.docket.case.decision.verdict == "none"
    hand.click(page.panel.card.chip("edit_gold"))
    assert page.editing.statement_id is not None
    assert page.docket.case.decision.verdict == "statement"
    hand.press("Escape")
    hand.click(page.panel.next.rows[0])
    assert page.docket.case is not second and page.panel.card.hasFocus()


def test_a_statement_that_nobody_has_is_made_from_a_selection(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    text = page.editing.desk.text
    words = "Les contingents seraient relevés tous les quatre mois"
    start = text.index(words)
    page.reader.setFocus()
    page.reader.select(Span(start, start + len(words)), say=True)
    assert "selection" in page.holding()
    hand.press("M", page.reader)
    picture(hand, "adjudicate-made")
    made = page.editing.statement_id
    assert annotating.statement(page.open_project, made).hull.of(text) == words
    hand.press("2", page.reader)
    hand.press("F", page.reader)
    gold = annotating.statement(page.open_project, made)
    assert (gold.target, gold.stance) == ("troop_deployment", "favor")
    hand.press("Escape", page.reader)
    own = page.docket.case
    assert not own.statements and page.docket.number(own)[0] == 0
    hand.press("Backspace")
    assert annotating.find_statement(page.open_project, made) is None


def test_a_changed_label_asks_for_another_look(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    hand.press("1")
    project, case = page.open_project, page.docket.case
    label = next(s for s in case.statements if s.annotator_id == project.annotator.id)
    hand.press("Ctrl+1")
    hand.window.page.go_to(label.id)
    hand.press("U", hand.window.page.reader)
    hand.press("Ctrl+3")
    hand.settle()
    assert page.docket.case.stale == ("changed",)
    assert "label was changed" in page.panel.card.stale.title.text()
    assert page.standings.known[case.article_id].status.stale == 1
    picture(hand, "adjudicate-stale")
    hand.press("C")
    assert page.docket.case.settled
    hand.press("Ctrl+Z")
    assert page.docket.case.stale


def test_hiding_names_hides_them_everywhere(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    assert "Noor" in everything_said(page)
    hand.press("Ctrl+H")
    for keys in ("1", "J", "0", "J", "D", "Return", "J", "E", "Escape"):
        hand.press(keys)
        said = everything_said(hand.window)
        assert "Noor" not in said and "Camille" not in said, keys
    for article in page.articles.rows:
        page.open_article(article.id)
        for at in range(len(page.docket.cases)):
            page.go_to(at)
            said = everything_said(page)
            assert "Noor" not in said and "Camille" not in said
    open_article(hand, page, FIRST)
    picture(hand, "adjudicate-blind")
    assert "Annotator A" in everything_said(page)
    hand.click(page.topbar.hide_names)
    assert "Noor" in everything_said(page)


def test_what_all_agree_on_is_shown_taken_and_undone(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    agreed = len(adjudicating.agreed(page.open_project))
    assert f"{agreed} agreed" in page.topbar.take.text()
    hand.press("Ctrl+Shift+A")
    hand.wait(page.taking.overlay.isVisible, "The list")
    assert sum(bool(row.words) for row in page.taking.overlay.rows) == agreed
    picture(hand, "adjudicate-agreed")
    hand.press("Escape")
    assert not page.taking.overlay.isVisible() and page.panel.card.hasFocus()
    assert not page.docket.case.decided
    hand.click(page.topbar.take)
    hand.wait(page.taking.overlay.isVisible, "The list")
    hand.press("Return")
    hand.wait(lambda: "taken as gold" in hand.window.notice.words.text(), "The taking")
    hand.wait(lambda: not page.standings.reading and not page._late.isActive(), "The reading")
    assert str(agreed) in hand.window.notice.words.text()
    assert adjudicating.agreed(page.open_project) == []
    assert sum(s.status.decided for s in page.standings.known.values()) == agreed
    assert not page.topbar.take.isEnabled()
    picture(hand, "adjudicate-agreed-taken")
    hand.press("Ctrl+Z")
    hand.wait(lambda: not page.standings.reading and not page._late.isActive(), "The reading")
    assert len(adjudicating.agreed(page.open_project)) == agreed
    assert page.topbar.take.isEnabled()


def test_undo_and_redo_show_the_case(sample) -> None:
    hand = sample
    page = adjudicate(hand)
    hand.press("1")
    hand.press("J")
    hand.press("J")
    hand.press("Ctrl+PgDown")
    other = page.docket.found.article_id
    hand.press("Ctrl+Z")
    assert page.docket.found.article_id != other
    assert page.docket.at == 0 and not page.docket.case.decided
    hand.press("J")
    hand.press("Ctrl+Shift+Z")
    assert page.docket.at == 0 and page.docket.case.settled


def test_two_statements_come_of_one_case(sample) -> None:
    hand = sample
    page = adjudicate(hand)
    hand.press("1")
    hand.press("A")
    hand.press("2")
    assert len(page.docket.gold_of(page.docket.case)) == 2
    hand.press("1")
    assert len(page.docket.gold_of(page.docket.case)) == 1


def test_a_case_is_marked_for_discussion(sample, picture) -> None:
    hand = sample
    page = adjudicate(hand)
    hand.press("D")
    hand.type("Ask the authors")
    hand.press("Return")
    assert page.docket.case.discuss == "Ask the authors"
    assert page.standings.known[page.docket.found.article_id].status.discuss == 1
    picture(hand, "adjudicate-discuss")
    hand.press("Shift+D")
    assert page.docket.case.discuss is None


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (1920, 1000)])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_page_fits_the_window(sample, picture, size, appearance) -> None:
    hand = sample
    hand.window.run(f"appearance_{appearance}")
    hand.window.resize(*size)
    page = adjudicate(hand)
    hand.press("1")
    hand.press("J")
    hand.press("J")
    picture(hand, f"adjudicate-{appearance}-{size[0]}x{size[1]}")
    assert (hand.window.width(), hand.window.height()) == size
    for button in page.topbar.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width(), button.text()
    columns = page.panel.card.columns
    assert columns.height() >= columns.heightForWidth(columns.width())
    assert len({button.y() for button in columns.buttons}) == 1
    hand.press("E")
    picture(hand, f"adjudicate-edit-{appearance}-{size[0]}x{size[1]}")
    form = page.editing.form
    assert form.width() <= page.panel.viewport().width()


def test_a_project_that_can_only_be_read_is_looked_at(sample, open_window, picture) -> None:
    adjudicate(sample)
    sample.press("1")
    second = open_window(sample.window.project.path)
    page = adjudicate(second)
    picture(second, "adjudicate-read-only")
    before = adjudicating.cases(page.open_project, 1)
    for keys in ("2", "0", "E", "Backspace", "C", "D", "M", "J", "1"):
        second.press(keys)
    assert adjudicating.cases(page.open_project, 1) == before
    assert page.docket.at == 1 or page.docket.at is not None
    assert not page.panel.card.chips.isVisible()


def test_who_adjudicates_is_asked(open_window, tmp_path, picture) -> None:
    path = tmp_path / "nobody.stance"
    project = make_sample(path)
    projects.set_setting(project, "annotator", "")
    project.close()
    hand = open_window(path)
    hand.press("Escape")
    hand.window.run("page_adjudicate")
    page = hand.window.pages.review
    hand.wait(lambda: page.docket.found is not None, "The comparison")
    assert hand.window.prompts.isVisible()
    picture(hand, "adjudicate-who")
    hand.type("Lead")
    hand.press("Return")
    assert hand.window.project.annotator.name == "Lead"
    assert page.panel.card.hasFocus()
    hand.press("1")
    assert page.docket.case.decision.annotator_id == hand.window.project.annotator.id


def test_an_empty_project_says_what_to_do(hand, picture) -> None:
    hand.press("Ctrl+3", hand.reader)
    page = hand.window.pages.review
    hand.wait(lambda: not page.standings.reading, "The comparison")
    hand.settle()
    assert page.panel.calm.isVisible() and "decide" in page.panel.calm.title.text()
    picture(hand, "adjudicate-empty")
    for keys in ("1", "J", "E", "0", "Ctrl+Return", "Ctrl+Shift+A", "Shift+J", "F6"):
        hand.press(keys)
    assert projects.undo_label(hand.window.project) is None


def test_keys_of_one_page_do_nothing_on_the_other(sample) -> None:
    hand = sample
    page = adjudicate(hand)
    labels = annotating.statements(page.open_project, 1)
    for keys in ("F", "U", "Space", "T", "Return", "Delete", "S", "V"):
        hand.press(keys)
    assert annotating.statements(page.open_project, 1) == labels
    assert projects.undo_label(page.open_project) is None
    hand.press("Ctrl+1")
    annotate = hand.window.page
    annotate.go_to(annotate.sheet.statements[0].id)
    for keys in ("0", "Shift+D", "Ctrl+H"):
        hand.press(keys, annotate.reader)
    assert projects.undo_label(page.open_project) is None
    hand.press("D", annotate.reader)  # a flag of the codebook there, not a case to discuss
    assert projects.undo_label(page.open_project) == "Change flag"
