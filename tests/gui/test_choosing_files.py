"""Choosing files: what is dropped, chosen or made becomes a project or comes into it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog

from annotator.services import project as projects
from annotator.ui.hand import Hand
from annotator.ui.window import MainWindow
from tests.gui.working import ONE, TWO, open_window, settings_in


@pytest.fixture
def empty(qtbot, tmp_path):
    """Return a hand at a window without a project."""
    window = MainWindow(settings_in(tmp_path))
    qtbot.addWidget(window)
    window.show()
    return Hand(window)


@pytest.fixture
def texts(tmp_path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder


def names(hand):
    return [row.name for row in projects.articles(hand.window.project)]


def imported(hand, *expected):
    hand.wait(lambda: not hand.window.files.busy, "The import")
    assert names(hand) == list(expected)


def test_a_dropped_folder_becomes_a_project_once(empty, texts):
    empty.window.chooser.take_paths([texts])
    imported(empty, "one", "two")
    path = empty.window.project.path
    assert path.parent == texts
    empty.window.close_project()
    empty.window.chooser.take_paths([texts])
    assert empty.window.project.path == path
    imported(empty, "one", "two")


def test_dropped_texts_alone_come_into_a_project_of_their_folder(empty, texts):
    empty.window.chooser.take_paths([texts / "two.txt"])
    imported(empty, "two")


def test_texts_dropped_on_an_open_project_come_into_it(qtbot, tmp_path, texts):
    hand = open_window(qtbot, tmp_path)
    (texts / "three.txt").write_text("Troisième article\nEncore rien.\n", encoding="utf-8")
    hand.window.chooser.take_paths([texts / "three.txt"])
    imported(hand, "1_one", "2_two", "three")


def test_a_dropped_project_is_opened(qtbot, tmp_path, texts):
    hand = open_window(qtbot, tmp_path)
    another = texts / "another.stance"
    projects.create(another).close()
    hand.window.chooser.take_paths([texts / "one.txt", another])
    assert hand.window.project.path == another


def choose(hand, action) -> QFileDialog:
    """Return the dialog that `action` opens."""
    hand.window.run(action)
    dialog = hand.window.chooser._dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def answer(dialog: QFileDialog, *paths: Path) -> None:
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_new_project_is_made_where_it_is_wished(empty, tmp_path):
    dialog = choose(empty, "new")
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "stance"
    answer(dialog, tmp_path / "fresh.stance")
    assert empty.window.project.path == tmp_path / "fresh.stance"


def test_a_project_that_is_there_is_not_written_over(empty, texts):
    path = texts / "mine.stance"
    projects.create(path).close()
    before = path.read_bytes()
    answer(choose(empty, "new"), path)
    assert empty.window.notice.isVisible()
    assert path.read_bytes() == before


def test_articles_are_chosen_from_where_the_project_lies(qtbot, tmp_path, texts):
    hand = open_window(qtbot, tmp_path)
    dialog = choose(hand, "import_files")
    assert Path(dialog.directory().absolutePath()) == tmp_path
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    (texts / "one.txt").write_text("Un autre texte\nTrès court.\n", encoding="utf-8")
    answer(dialog, texts / "one.txt")
    imported(hand, "1_one", "2_two", "one")


def test_labels_ask_whose_they_are(qtbot, tmp_path):
    hand = open_window(qtbot, tmp_path)
    answer(choose(hand, "import_labels"), tmp_path / "missing.jsonl")
    field = hand.window.prompts._line.field
    assert (field.isVisible(), field.text()) == (True, "Ada")


def test_a_file_that_is_no_project_is_said(empty, texts):
    empty.window.chooser.take_paths([texts / "gone.stance"])
    assert empty.window.project is None
    assert empty.window.notice.isVisible()
