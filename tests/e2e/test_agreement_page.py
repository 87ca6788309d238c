"""The agreement page in the real window, with real keys and the real mouse, on the sample."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.services import adjudicating, annotating, disagreeing, sample
from annotator.services import project as projects
from annotator.ui.adjudicate.page import AdjudicatePage
from annotator.ui.agreement.matrix import Cell
from annotator.ui.hand import Hand
from tests.conftest import ROOT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def agreement(open_window, tmp_path) -> Hand:
    """Return a hand at the agreement page of the sample, all figures there."""
    path = tmp_path / "sample.stance"
    sample.make_sample(path).close()
    hand = open_window(path)
    hand.press("Ctrl+2", hand.reader)
    ready(hand)
    return hand


def page(hand: Hand):
    found = hand.window.pages.review
    assert found is not None
    return found


def ready(hand: Hand) -> None:
    hand.wait(lambda: page(hand).complete and not page(hand).working.busy, "The figures")
    hand.wait(lambda: page(hand).board.confusion.grid is not None, "The matrix")
    hand.settle()


def cases(hand: Hand):
    return page(hand).board.cases


def figure(hand: Hand, name: str):
    found = page(hand).board.chain.link(name).measure
    assert found is not None
    return found


def test_the_page_shows_where_agreement_is_lost(agreement, picture) -> None:
    board = page(agreement).board
    assert round(figure(agreement, "found_f1_overlap").value, 2) == 0.86
    assert round(figure(agreement, "stance_alpha").value, 2) == 0.79
    assert figure(agreement, "stance_alpha").n == 30
    assert "too few articles" in board.chain.rows[4].accessibleName()
    assert board.panel._articles.text() == "5 of 6 articles done by both"
    assert cases(agreement).model.total == 39
    assert [one.name for one in board.slices.slices] == ["Ceasefire", "Troop deployment"]
    picture(agreement, "agreement-page")


@pytest.mark.parametrize("size", [(1024, 700), (1920, 1040)])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_page_fits_the_window(agreement, picture, size, appearance) -> None:
    agreement.window.run(f"appearance_{appearance}")
    agreement.window.resize(*size)
    agreement.settle()
    assert (agreement.window.width(), agreement.window.height()) == size
    agreement.click(page(agreement).board.chain.rows[4])
    picture(agreement, f"agreement-{appearance}-{size[0]}")


def test_a_link_lists_its_disagreements(agreement) -> None:
    board = page(agreement).board
    agreement.click(board.chain.rows[4])
    assert cases(agreement).kind == "stance" and cases(agreement).model.rowCount() == 4
    assert board.chain.rows[4].isChecked()
    board.chain.rows[4].setFocus()
    agreement.press("Down")
    agreement.press("Return")
    assert cases(agreement).kind == "attribute:attribution"
    agreement.press("Escape", cases(agreement).view)
    agreement.press("Shift+A")
    assert cases(agreement).kind == "all" and not board.chain.rows[5].isChecked()


def test_the_pills_filter_and_the_arrows_go_through(agreement) -> None:
    view = cases(agreement).view
    assert view.hasFocus()
    agreement.click(cases(agreement).pills.pills["speaker"])
    assert [case.kind for case in cases(agreement).model.rows] == ["speaker"] * 2
    view.setFocus()
    agreement.press("Down")
    agreement.press("J")
    assert view.currentIndex().row() == 1
    agreement.press("K")
    agreement.press("Up")
    assert view.currentIndex().row() == 0


def test_a_cell_lists_its_cases(agreement, picture) -> None:
    grid = page(agreement).board.confusion.grid
    grid.cells[0, 0].setFocus()
    for key in ("Down", "Down", "Right"):
        agreement.press(key)
    cell = grid.focusWidget()
    assert isinstance(cell, Cell) and (cell.row, cell.column) == (2, 1)
    agreement.press("Return")
    agreement.wait(lambda: cases(agreement).model.rowCount() == 1, "The case of the cell")
    assert cases(agreement).tag.face.text == "Camille Neutral, Noor Against"
    picture(agreement, "agreement-cell")
    agreement.click(grid.cells[0, 0])
    agreement.wait(lambda: cases(agreement).model.rowCount() == 13, "What both called favor")
    assert {case.kind for case in cases(agreement).model.rows} == {disagreeing.AGREED}
    tag = cases(agreement).tag
    QTest.mouseClick(tag, LEFT, pos=QPoint(tag.width() - 8, tag.height() // 2))
    assert cases(agreement).model.rowCount() == 39 and not cell.isChecked()


def test_another_choice_has_another_matrix(agreement) -> None:
    card = page(agreement).board.confusion
    card.choice.setFocus()
    agreement.press("Down")
    agreement.wait(lambda: card.grid is not None and len(card.grid.cells) == 4, "The targets")
    agreement.press("Down")
    agreement.wait(lambda: card.grid is not None and len(card.grid.cells) == 9, "Attribution")


def test_a_part_filters_the_list(agreement, picture) -> None:
    board = page(agreement).board
    agreement.click(board.slices.pills.pills["article"])
    assert len(board.slices.slices) == 5
    view = board.slices.view
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 0)).center())
    article = board.slices.slices[1].key
    assert {case.article for case in cases(agreement).model.rows} == {article}
    agreement.click(cases(agreement).pills.pills["found"])
    assert {case.article for case in cases(agreement).model.rows} == {article}
    picture(agreement, "agreement-part")
    agreement.press("Shift+A")
    assert len({case.article for case in cases(agreement).model.rows}) == 5


def test_a_case_opens_in_its_article(agreement) -> None:
    agreement.press("J")
    case = cases(agreement).current
    agreement.press("Return", cases(agreement).view)
    adjudicate = page(agreement)
    assert adjudicate is not agreement.window.pages._made["agreement"]
    agreement.wait(lambda: adjudicate.docket.case is not None, "The case")
    shown = {statement.id for statement in adjudicate.docket.case.statements}
    assert shown & set(case.statements)


def test_a_click_opens_a_case_and_the_list_stays_there(agreement) -> None:
    view = cases(agreement).view
    for row in (1, 3):
        case = cases(agreement).model.rows[row]
        index = view.model().index(row, 0)
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
        opened = agreement.window.pages.review
        assert isinstance(opened, AdjudicatePage)
        agreement.wait(lambda opened=opened: opened.docket.case is not None, "The case")
        shown = opened.docket.case
        assert shown is not None and set(case.statements) <= {s.id for s in shown.statements}
        agreement.press("Ctrl+2")
        ready(agreement)
        assert cases(agreement).current is case


def test_a_note_to_discuss_is_kept_with_the_decisions(agreement, picture) -> None:
    agreement.press("J")
    case = cases(agreement).current
    agreement.press("D")
    agreement.type("Who is meant?")
    agreement.press("Return")
    project = agreement.window.project
    noted = [c for c in adjudicating.cases(project, case.article) if c.discuss == "Who is meant?"]
    assert len(noted) == 1
    assert cases(agreement).current.note == "Who is meant?"
    assert cases(agreement).view.hasFocus()
    picture(agreement, "agreement-note")
    agreement.press("Ctrl+Z")
    agreement.wait(lambda: cases(agreement).current.note is None, "The mark going")


def test_other_people_and_articles_can_be_chosen(agreement, picture) -> None:
    panel = page(agreement).board.panel
    agreement.click(panel.ticks[3])
    assert page(agreement).board._why.isVisible()
    assert "Tick two annotators" in page(agreement).board._why.text()
    picture(agreement, "agreement-nothing")
    agreement.click(panel.ticks[3])
    ready(agreement)
    agreement.click(panel.choose_articles)
    popup = panel.popup
    agreement.press("Space", popup.view)
    agreement.press("Down", popup.view)
    agreement.press("Return", popup.view)
    popup.grab().save(str(ROOT / "screenshots" / "agreement-articles.png"))
    agreement.press("Escape", popup)
    assert not popup.isVisible()
    ready(agreement)
    assert panel._articles.text() == "3 of 6 articles, chosen"
    assert len({case.article for case in cases(agreement).model.rows}) == 3
    agreement.click(panel.same_target)
    ready(agreement)
    assert not page(agreement).choice.same_target


def test_the_figures_follow_a_change(agreement) -> None:
    before = figure(agreement, "stance_alpha").value
    project = agreement.window.project
    agreement.press("Ctrl+1")
    article = projects.articles(project)[0].id
    agreement.page.open_article(article)
    own = annotating.statements(project, article)[2]
    agreement.page.go_to(own.id)
    agreement.press("A" if own.stance != "against" else "F", agreement.reader)
    agreement.press("Ctrl+2")
    ready(agreement)
    changed = figure(agreement, "stance_alpha").value
    assert changed != before
    agreement.press("Ctrl+Z")
    agreement.wait(lambda: not page(agreement).complete, "The figures going")
    ready(agreement)
    assert figure(agreement, "stance_alpha").value == before


def test_nothing_of_a_comparison_given_up_is_shown(agreement) -> None:
    current = page(agreement)
    current.start()
    assert current.board.chain.link("stance_alpha").measure is None
    agreement.press("Ctrl+1")
    agreement.wait(lambda: not current.working.busy, "The work stopping")
    assert current.sections == [] and not current.progress.isVisible()
    agreement.press("Ctrl+2")
    ready(agreement)


def test_the_figures_are_copied_as_text(agreement) -> None:
    agreement.click(page(agreement).board.bar.buttons["copy_figures"])
    agreement.wait(lambda: "copied" in agreement.window.notice.words.text(), "The copy")
    words = QGuiApplication.clipboard().text()
    assert "Camille" in words and "Stance" in words


@pytest.mark.parametrize(
    ("action", "name", "holds"),
    [
        ("save_report", "agreement.html", "<html"),
        ("save_numbers", "agreement.csv", "stance_alpha"),
        ("save_numbers", "agreement.json", '"seed"'),
        ("save_figure", "agreement.svg", "<svg"),
        ("save_matrix", "confusion.svg", "<svg"),
    ],
)
def test_what_is_saved_lies_there(agreement, tmp_path, action, name, holds) -> None:
    agreement.window.run(action)
    dialog = page(agreement).deeds.saving.dialog
    assert dialog.isVisible()
    goal = tmp_path / name
    dialog.selectFile(str(goal))
    dialog.accept()
    agreement.wait(lambda: goal.exists(), "The file")
    agreement.wait(lambda: str(goal) in agreement.window.notice.words.text(), "The news")
    assert holds in goal.read_text(encoding="utf-8")
    if name.endswith("json"):
        assert json.loads(goal.read_text())["annotators"] == ["Camille", "Noor"]


def test_an_empty_project_says_what_to_do(hand, picture) -> None:
    hand.press("Ctrl+2", hand.reader)
    hand.wait(lambda: page(hand).roster is not None, "The roster")
    hand.settle()
    assert page(hand).board._why.text() == "Agreement needs two annotators"
    assert not page(hand).board.bar.buttons["save_report"].isEnabled()
    picture(hand, "agreement-empty")


def test_the_panes_are_gone_through(agreement) -> None:
    board = page(agreement).board
    cases(agreement).view.setFocus()
    seen = []
    for _ in range(5):
        agreement.press("F6")
        seen.append(page(agreement).focusWidget())
    assert seen == board.panes()
    agreement.press("Shift+F6")
    assert board.slices.view.hasFocus()
    agreement.press("Ctrl+Shift+F")
    assert agreement.window.pages.review is None  # searching is about the texts
