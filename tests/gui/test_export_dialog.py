"""The export dialog: chosen, previewed, written, cancelled, failed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.records import Counts
from annotator.services.exporting import Preview, Report
from annotator.ui.dialogs.count_lists import shortened
from annotator.ui.dialogs.export import ExportDialog
from tests.gui.hearing import heard

PEOPLE = [(1, "Camille", 12), (2, "Noor", 1)]
PREVIEW = Preview(
    ('{"schema":"stance/1","text":"« trêve »"}\n', '{"schema":"stance/1"}\n'),
    Counts(
        articles=3,
        annotators=2,
        speakers=4,
        statements=12,
        by_article={"a": 7, "b": 5, "c": 0},
        by_target={"troop_deployment": 8, "ceasefire": 3, "(open)": 1},
        by_stance={"favor": 12},
    ),
)

REPORT = Report(Path("/srv/out"), 3, 12, {}, {}, {}, {})


def open_dialog(qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog()
    qtbot.addWidget(dialog)
    dialog.set_folder("/srv/out")
    dialog.show_annotators(PEOPLE, [1])
    dialog.show_preview(PREVIEW)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_it_asks_for_a_preview_of_the_chosen_annotators(qtbot: QtBot) -> None:
    dialog = ExportDialog()
    qtbot.addWidget(dialog)
    spy = heard(dialog.preview_asked)
    dialog.show_annotators(PEOPLE, [1])
    assert spy[0] == ([1],)
    dialog.boxes[2].click()
    qtbot.waitUntil(lambda: len(spy) == 2)
    assert spy[1] == ([1, 2],)
    assert [box.accessibleName() for box in dialog.boxes.values()] == [
        "Camille · 12 statements",
        "Noor · 1 statement",
    ]
    assert not dialog.isModal()


def test_the_preview_shows_counts_and_the_first_lines(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    assert dialog.total.text() == "12 statements in 2 articles"
    assert dialog.counts.targets.rows == [
        ("troop deployment", "8"),
        ("ceasefire", "3"),
        ("not chosen yet", "1"),
    ]
    assert dialog.counts.articles.rows == [("a", "7"), ("b", "5")]
    lines = dialog.records.toPlainText().split("\n")
    assert lines == [line.rstrip("\n") for line in PREVIEW.records]
    dialog.show_preview(PREVIEW)
    assert len(dialog.counts.targets.rows) == 3


def test_export_writes_and_says_where(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    spy = heard(dialog.export_asked)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert spy[0] == (
        "/srv/out",
        [1],
    )
    assert not dialog.export.isVisible()
    assert dialog.bar.isVisible()
    assert not dialog.field.isEnabled()
    dialog.show_progress(2, 3)
    assert (dialog.bar.value(), dialog.state.text()) == (2, "Writing: 2 of 3")
    dialog.show_done(REPORT)
    assert dialog.state.text() == f"✓ 12 statements and 3 articles written to {Path('/srv/out')}"
    assert dialog.open_folder.isVisible()
    assert dialog.export.isVisible()
    assert not dialog.bar.isVisible()
    assert not dialog.grab().isNull()


def test_enter_in_the_folder_exports(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    with qtbot.waitSignal(dialog.export_asked):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


def test_cancel_stops_the_writing_and_otherwise_closes(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.cancel_asked):
        qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert dialog.export.isVisible()
    assert dialog.state.text().startswith("Cancelled")
    dialog.show_progress(3, 3)  # what was under way when it was cancelled
    assert dialog.state.text().startswith("Cancelled")
    with qtbot.assertNotEmitted(dialog.cancel_asked):
        qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_an_error_is_shown_and_it_can_be_tried_again(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.show_error("An import failed.")
    assert dialog.state.text() == ""
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    dialog.show_error("The folder “/srv/out” cannot be written.")
    assert dialog.state.text() == "The folder “/srv/out” cannot be written."
    assert dialog.export.isEnabled()


def test_nothing_to_export_cannot_be_exported(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    dialog.boxes[1].click()
    assert not dialog.export.isEnabled()
    qtbot.waitUntil(lambda: dialog.total.text() == "Choose at least one annotator")
    dialog.boxes[2].click()
    assert dialog.export.isEnabled()
    dialog.set_folder(" ")
    assert not dialog.export.isEnabled()
    dialog.show_annotators([], [])
    QApplication.processEvents()
    assert dialog.boxes == {}


def test_many_counts_are_summed_up() -> None:
    counts = {str(number): number for number in range(1, 9)}
    assert shortened(counts) == [("8", 8), ("7", 7), ("6", 6), ("5", 5), ("4 more", 10)]
    assert shortened({"a": 1}) == [("a", 1)]
