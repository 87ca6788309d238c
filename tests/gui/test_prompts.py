"""Questions in a strip over the page: who annotates, why a flag, what title."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.services import annotating
from annotator.services import project as projects
from tests.gui.working import open_window


@pytest.fixture
def hand(qtbot, tmp_path):
    return open_window(qtbot, tmp_path)


def field(hand) -> QLineEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert hand.window.prompts.isAncestorOf(focused)
    return focused


def work(hand):
    return annotating.work(hand.window.project, hand.page.desk.article_id)


def test_who_annotates_is_asked_once(qtbot, tmp_path):
    hand = open_window(qtbot, tmp_path, annotator=None)
    assert hand.window.prompts.isVisible()
    assert field(hand).accessibleName() == "Who is annotating?"
    hand.type("  Zoé   Marin ")
    hand.press("Return")
    assert hand.window.project.annotator.name == "Zoé Marin"
    assert not hand.window.prompts.isVisible()
    assert hand.reader.hasFocus()
    path = hand.window.project.path
    hand.window.close_project()
    hand.window.open_path(path)
    assert not hand.window.prompts.isVisible()
    assert hand.page.topbar.annotator.text() == "Annotating as Zoé Marin"


def test_no_name_is_no_answer(qtbot, tmp_path):
    hand = open_window(qtbot, tmp_path, annotator=None)
    hand.type("   ")
    hand.press("Return")
    assert hand.window.prompts.isVisible()
    hand.press("Escape")
    assert not hand.window.prompts.isVisible()
    assert hand.window.project.annotator is None
    assert hand.reader.hasFocus()


def test_another_annotator_is_one_click_away(hand):
    hand.window.run("annotator")
    hand.type("Bo")
    hand.press("Return")
    hand.window.run("annotator")
    (ada,) = (b for b in hand.window.prompts._who.known if b.text() == "Ada")
    hand.click(ada)
    assert hand.window.project.annotator.name == "Ada"
    assert [a.name for a in projects.annotators(hand.window.project)] == ["Ada", "Bo"]


def test_a_flag_has_a_note_that_can_be_changed_or_left(hand):
    hand.press("Ctrl+Shift+L", hand.reader)
    hand.type("tronqué")
    hand.press("Return")
    assert (work(hand).status, work(hand).note) == ("flagged", "tronqué")
    assert hand.page.topbar.status.text() == "Flagged"
    assert "tronqué" in hand.page.topbar.status.toolTip()
    hand.press("Ctrl+Shift+L", hand.reader)
    assert (field(hand).text(), field(hand).selectedText()) == ("tronqué", "tronqué")
    hand.type("autre chose")
    hand.press("Escape")
    assert work(hand).note == "tronqué"
    assert hand.reader.hasFocus()


def test_a_title_begins_as_it_is(hand):
    hand.press("F2", hand.reader)
    assert field(hand).text() == hand.page.sheet.article.title
    hand.type("Un titre à nous")
    QTest.mouseClick(hand.window.prompts._line.save, Qt.MouseButton.LeftButton)
    assert hand.page.sheet.article.title == "Un titre à nous"
    assert not hand.window.prompts.isVisible()


def test_what_the_service_refuses_is_said_and_asked_again(hand):
    hand.press("F2", hand.reader)
    hand.press("Ctrl+A")
    hand.press("Delete")
    hand.press("Return")
    assert hand.window.notice.isVisible()
    assert hand.window.prompts.isVisible()
    assert hand.page.sheet.article.title == "La Brévonie hésite encore"
    hand.press("Escape")
    assert not hand.window.prompts.isVisible()


def test_a_question_about_an_article_goes_with_it(hand):
    hand.press("Ctrl+Shift+L", hand.reader)
    hand.type("à revoir")
    hand.page.open_article(hand.page.articles.neighbour(1))
    assert not hand.window.prompts.isVisible()
    assert work(hand).status == "todo"


def test_a_question_about_no_article_stays(hand):
    heard: list[str] = []
    hand.window.run("flag")
    hand.window.prompts.ask("Under which name?", "Ada", heard.append)
    hand.page.open_article(hand.page.articles.neighbour(1))
    field(hand)
    hand.press("Return")
    assert heard == ["Ada"]


def test_one_question_at_a_time(hand):
    hand.window.run("annotator")
    hand.window.run("flag")
    assert not hand.window.prompts._who.isVisible()
    hand.window.run("annotator")
    assert not hand.window.prompts._line.isVisible()


def test_closing_the_project_withdraws_the_question(hand):
    hand.window.run("flag")
    hand.window.close_project()
    assert not hand.window.prompts.isVisible()
