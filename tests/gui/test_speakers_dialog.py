"""The registry of speakers: filtered, sorted, edited in place, merged, deleted."""

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.domain.records import Speaker, SpeakerType
from annotator.ui.dialogs import speaker_table as columns
from annotator.ui.dialogs.speakers import SpeakersDialog
from tests.gui.hearing import heard


def speaker(
    number: int, name: str, type_: SpeakerType = "person", behalf: int | None = None, *aliases: str
) -> Speaker:
    return Speaker(number, str(number), name, type_, behalf, aliases)


Editor = TypeVar("Editor")

PEOPLE = [
    speaker(1, "Anneke Brost", "person", None, "Mme Brost", "la porte-parole"),
    speaker(2, "Élodie Kern"),
    speaker(3, "Velmar", "government"),
    speaker(4, "Inutile & Cie", "organisation"),
]
USES = {1: 4, 2: 10, 3: 2}


def open_dialog(qtbot: QtBot) -> SpeakersDialog:
    dialog = SpeakersDialog()
    qtbot.addWidget(dialog)
    dialog.show_speakers(PEOPLE, USES)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def names(dialog: SpeakersDialog) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, columns.NAME).data()) for row in range(model.rowCount())]


def cell(dialog: SpeakersDialog, name: str, column: int) -> QModelIndex:
    return dialog.table.model().index(names(dialog).index(name), column)


def click(
    qtbot: QtBot, dialog: SpeakersDialog, index: QModelIndex, *, double: bool = False
) -> None:
    place = dialog.table.visualRect(index).center()
    viewport = dialog.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    if double:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def editor(dialog: SpeakersDialog, kind: type[Editor]) -> Editor:
    found = [w for w in dialog.table.viewport().children() if isinstance(w, kind)]
    assert len(found) == 1
    return found[0]


def test_sorted_and_filtered_without_accents(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    assert names(dialog) == ["Anneke Brost", "Élodie Kern", "Inutile & Cie", "Velmar"]
    dialog.table.sortByColumn(columns.USES, Qt.SortOrder.DescendingOrder)
    assert names(dialog) == ["Élodie Kern", "Anneke Brost", "Velmar", "Inutile & Cie"]
    qtbot.keyClicks(dialog.filter, "ELOD")
    assert names(dialog) == ["Élodie Kern"]
    assert dialog.count.text() == "1 of 4 speakers"
    dialog.filter.setText("porte parole")
    assert names(dialog) == ["Anneke Brost"]
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert len(names(dialog)) == 4


def test_renaming_by_double_click_and_by_f2(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    spy = heard(dialog.renamed)
    click(qtbot, dialog, cell(dialog, "Velmar", columns.NAME), double=True)
    field = editor(dialog, QLineEdit)
    qtbot.keyClicks(field, "  Gouvernement  de Velmar")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: spy == [(3, "Gouvernement de Velmar")])
    assert "Velmar" in names(dialog)  # until it has become so
    dialog.select([2])
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    qtbot.keyClick(editor(dialog, QLineEdit), Qt.Key.Key_Return)
    assert len(spy) == 1
    QApplication.processEvents()


def test_the_type_is_chosen_in_the_cell(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    with qtbot.waitSignal(dialog.type_set) as chosen:
        dialog.table.edit(cell(dialog, "Velmar", columns.TYPE))
        combo = editor(dialog, QComboBox)
        combo.setCurrentIndex(combo.findText("Collective"))
        combo.activated.emit(combo.currentIndex())
    assert chosen.args == [3, "collective"]


def test_the_principal_is_found_by_typing(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    spy = heard(dialog.principal_set)
    dialog.table.edit(cell(dialog, "Anneke Brost", columns.PRINCIPAL))
    combo = editor(dialog, QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == [
        "Nobody",
        "Élodie Kern",
        "Velmar",
        "Inutile & Cie",
    ]
    line = combo.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "KERN")
    completer = combo.completer()
    assert completer is not None
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Élodie Kern"
    line.setText("elodie kern")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(spy) == 1)
    assert spy[0] == (1, 2)


def test_the_principal_can_be_taken_away(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.show_speakers([replace(PEOPLE[0], on_behalf_of=3), *PEOPLE[1:]], USES)
    assert cell(dialog, "Anneke Brost", columns.PRINCIPAL).data() == "Velmar"
    spy = heard(dialog.principal_set)
    dialog.table.edit(cell(dialog, "Anneke Brost", columns.PRINCIPAL))
    line = editor(dialog, QComboBox).lineEdit()
    assert line is not None
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(spy) == 1)
    assert spy[0] == (1, None)


def test_aliases_are_added_and_removed(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    click(qtbot, dialog, cell(dialog, "Anneke Brost", columns.NAME))
    panel = dialog.panel.aliases
    assert panel.isVisible()
    assert [tag.text() for tag in panel.tags] == ["Mme Brost", "la porte-parole"]
    qtbot.keyClicks(panel.field, " la  cheffe ")
    with qtbot.waitSignal(dialog.alias_added) as added:
        qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert added.args == [1, "la cheffe"]
    tag = panel.tags[0]
    with qtbot.assertNotEmitted(dialog.alias_removed):
        qtbot.mouseClick(tag, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    with qtbot.waitSignal(dialog.alias_removed) as removed:
        cross = QPoint(tag.width() - 10, 10)
        qtbot.mouseClick(tag, Qt.MouseButton.LeftButton, pos=cross)
    assert removed.args == [1, "Mme Brost"]
    with qtbot.waitSignal(dialog.alias_removed) as removed:
        qtbot.keyClick(panel.tags[1], Qt.Key.Key_Delete)
    assert removed.args == [1, "la porte-parole"]


def test_several_become_one(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.select([1, 2, 3])
    merging = dialog.panel.merging
    assert merging.isVisible()
    assert not merging.merge.isEnabled()  # nothing is preselected
    buttons = {button.text(): button for button in merging.names}
    qtbot.mouseClick(buttons["Élodie Kern"], Qt.MouseButton.LeftButton)
    spy = heard(dialog.merge_asked)
    qtbot.mouseClick(merging.merge, Qt.MouseButton.LeftButton)
    assert spy == [(2, 1), (2, 3)]
    assert dialog.selected == [2]


def test_only_unused_speakers_are_deleted(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    spy = heard(dialog.delete_asked)
    dialog.select([1])
    assert not dialog.panel.aliases.delete.isEnabled()
    dialog.select([4])
    qtbot.mouseClick(dialog.panel.aliases.delete, Qt.MouseButton.LeftButton)
    dialog.select([1, 4])
    assert dialog.panel.merging.delete.text() == "Delete 1 unused"
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert [said[0] for said in spy] == [4, 4]
    dialog.show_speakers([replace(PEOPLE[0], on_behalf_of=4), *PEOPLE[1:]], USES)
    dialog.select([4])
    assert not dialog.panel.aliases.delete.isEnabled()


def test_what_is_selected_stays_selected(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.select([2, 3])
    renamed = [replace(PEOPLE[1], name="Zoé Kern"), PEOPLE[0], PEOPLE[2]]
    dialog.show_speakers(renamed, USES)
    assert sorted(dialog.selected) == [2, 3]
    assert dialog.panel.merging.isVisible()
    dialog.show_speakers(renamed[:2], USES)
    assert dialog.selected == [2]
    assert dialog.panel.aliases.title.words.startswith("Zoé Kern")
    dialog.show_speakers([], {})
    assert dialog.selected == []


def test_an_error_is_said_in_the_dialog(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.show_error("There is a speaker “Velmar” already; merge the two instead.")
    assert dialog.notice.isVisible()
    assert not dialog.grab().isNull()
