"""The questions of a dataset's card: typed, kept as they are, kept with the project."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.formats.card_answers import QUESTIONS, CardAnswers
from annotator.services import dataset_card
from annotator.services.project import Project
from annotator.ui.card_desk import CardDesk
from annotator.ui.dialogs.dataset_card import DatasetCardDialog
from tests.gui.hearing import heard

FRENCH = "Corpus de dépêches sur la trêve : déclarations de « porte-parole »\u00a0et de ministres"


def opened(qtbot: QtBot, answers: CardAnswers, *, writable: bool = True) -> DatasetCardDialog:
    dialog = DatasetCardDialog()
    qtbot.addWidget(dialog)
    dialog.show_answers(answers, None, writable=writable)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_answers_are_shown_and_given_back_as_they_are(qtbot: QtBot, look) -> None:
    answers = CardAnswers(**{q.field: f"{FRENCH} {q.field}" for q in QUESTIONS}, names=True)
    dialog = opened(qtbot, answers)
    assert dialog.answers == answers
    assert dialog.state.text() == "14 of 14 answered"
    assert dialog.may_share is None
    assert not dialog.isModal()
    assert not dialog.grab().isNull()


def test_what_is_typed_is_kept_after_a_rest_and_on_closing(qtbot: QtBot) -> None:
    dialog = opened(qtbot, CardAnswers())
    spy = heard(dialog.kept)
    assert dialog.state.text() == "0 of 14 answered"
    qtbot.keyClicks(dialog.fields["title"], "Truce")
    assert spy == []
    qtbot.waitUntil(lambda: len(spy) == 1)
    assert spy[0] == (CardAnswers(title="Truce"), None)
    qtbot.mouseClick(dialog.sharing.button(2), Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert spy[-1] == (CardAnswers(title="Truce"), False)
    assert len(spy) == 2


def test_the_keyboard_goes_from_answer_to_answer(qtbot: QtBot) -> None:
    dialog = opened(qtbot, CardAnswers())
    fields = list(dialog.fields.values())
    assert all(not isinstance(f, QPlainTextEdit) or f.tabChangesFocus() for f in fields)
    assert dialog.focusWidget() is dialog.sharing.checkedButton()
    fields[0].setFocus()
    for field, following in pairwise(fields[:6]):
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is following
    qtbot.keyClick(fields[0], Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_field_grows_with_its_answer(qtbot: QtBot) -> None:
    dialog = opened(qtbot, CardAnswers())
    field = dialog.fields["summary"]
    before = field.height()
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("\n".join([FRENCH] * 6))
    assert field.height() > before * 2
    field.setPlainText("")
    assert field.height() == before


def test_a_project_that_can_only_be_read_is_only_shown(qtbot: QtBot) -> None:
    dialog = opened(qtbot, CardAnswers(title="Trêve"), writable=False)
    assert all(field.isReadOnly() for field in dialog.fields.values())
    assert not dialog.names.isEnabled()


def test_it_is_kept_with_the_project(qtbot: QtBot, project: Project) -> None:
    dialog = DatasetCardDialog()
    qtbot.addWidget(dialog)
    desk = CardDesk(dialog)
    desk.open(project)
    qtbot.keyClicks(dialog.fields["biases"], "Two agencies only")
    qtbot.mouseClick(dialog.sharing.button(2), Qt.MouseButton.LeftButton)
    desk.close()
    assert dataset_card.answers(project) == CardAnswers(biases="Two agencies only")
    assert dataset_card.texts_may_be_shared(project) is False
    desk.open(project)
    assert dialog.may_share is False
    assert dialog.answers.biases == "Two agencies only"
    desk.close()
