"""The page without a project, and the two questions asked in strips."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.annotator_prompt import AnnotatorPrompt
from annotator.ui.dialogs.flag_note import LinePrompt
from annotator.ui.welcome import WelcomePage
from tests.gui.hearing import heard


def test_three_ways_to_begin(qtbot: QtBot) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    spy = heard(page.asked)
    assert list(page.choices) == ["sample", "new", "open"]
    qtbot.mouseClick(page.choices["sample"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.choices["new"], Qt.Key.Key_Return)
    qtbot.keyClick(page.choices["open"], Qt.Key.Key_Space)
    assert [said[0] for said in spy] == ["sample", "new", "open"]
    assert "Ctrl+N" in page.choices["new"].accessibleDescription()


def test_recent_projects(qtbot: QtBot) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(400, 900)
    page.show()
    path = str(Path.home() / "Trêves & Cie.stance")
    page.show_recent([path, "/srv/autre.stance"])
    page.show_recent([path])
    assert [button.text() for button in page.recent] == ["Trêves & Cie"]
    assert not page.grab().isNull()
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        qtbot.mouseClick(page.recent[0], Qt.MouseButton.LeftButton)
    assert chosen.args == [path]
    page.show_recent([])
    assert page.recent == []


def test_a_new_annotator_types_a_name(qtbot: QtBot) -> None:
    prompt = AnnotatorPrompt()
    qtbot.addWidget(prompt)
    prompt.ask([])
    with qtbot.assertNotEmitted(prompt.named):
        qtbot.keyClick(prompt.field, Qt.Key.Key_Return)
    qtbot.keyClicks(prompt.field, "  Elise   Martin ")
    with qtbot.waitSignal(prompt.named) as named:
        qtbot.keyClick(prompt.field, Qt.Key.Key_Return)
    assert named.args == ["Elise Martin"]


def test_a_known_annotator_is_one_click_away(qtbot: QtBot) -> None:
    prompt = AnnotatorPrompt()
    qtbot.addWidget(prompt)
    prompt.ask(["Camille"])
    prompt.ask(["Camille", "Noor & Co"])
    QApplication.processEvents()
    spy = heard(prompt.named)
    assert len(prompt.known) == 2
    qtbot.mouseClick(prompt.known[1], Qt.MouseButton.LeftButton)
    prompt.known[0].setFocus()
    qtbot.keyClick(prompt.known[0], Qt.Key.Key_Return)
    assert [said[0] for said in spy] == ["Noor & Co", "Camille"]
    with qtbot.waitSignal(prompt.abandoned):
        qtbot.keyClick(prompt.field, Qt.Key.Key_Escape)


def test_one_line_is_asked_for(qtbot: QtBot) -> None:
    prompt = LinePrompt()
    qtbot.addWidget(prompt)
    prompt.ask("Flag this article: why?", "douteux")
    assert prompt.field.selectedText() == "douteux"
    qtbot.keyClicks(prompt.field, " traduction ")
    with qtbot.waitSignal(prompt.answered) as answered:
        qtbot.keyClick(prompt.field, Qt.Key.Key_Return)
    assert answered.args == ["traduction"]
    with qtbot.waitSignal(prompt.answered):
        qtbot.mouseClick(prompt.save, Qt.MouseButton.LeftButton)
    for leave in (prompt.field, prompt.save):
        with qtbot.waitSignal(prompt.abandoned):
            qtbot.keyClick(leave, Qt.Key.Key_Escape)
    with qtbot.waitSignal(prompt.abandoned):
        qtbot.mouseClick(prompt.cancel, Qt.MouseButton.LeftButton)
