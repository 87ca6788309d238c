"""Searching all articles in the background, in the real window."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.services import searching
from annotator.ui.annotate.search_panel import SEARCHING
from tests.gui.working import open_window

KEEP = searching.search


class Gate:
    """The real search, held back at a gate; it notes in which thread it ran, and for what."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun: list[str] = []
        self.threads: set[threading.Thread] = set()

    def search(self, project, query):
        self.begun.append(query)
        self.threads.add(threading.current_thread())
        assert self.open.wait(20)
        return KEEP(project, query)


@pytest.fixture
def hand(qtbot, tmp_path):
    return open_window(qtbot, tmp_path)


@pytest.fixture
def gate(monkeypatch):
    made = Gate()
    monkeypatch.setattr(searching, "search", made.search)
    yield made
    made.open.set()


def ask(hand, words: str) -> None:
    hand.page.articles.search.setText(words)
    hand.page.articles.search.ask_now()


def words_of(hand) -> set[str]:
    return {hit.words.casefold() for hit in hand.page.articles.results.hits}


def test_the_search_leaves_the_window_alone_and_says_that_it_goes_on(qtbot, hand, gate) -> None:
    results = hand.page.articles.results
    ask(hand, "harsk")
    qtbot.waitUntil(lambda: results.count.text() == SEARCHING)
    assert gate.threads and threading.main_thread() not in gate.threads
    assert not results.hits
    gate.open.set()
    qtbot.waitUntil(lambda: words_of(hand) == {"harsk"})
    assert results.count.text() == "2 places in 2 articles"


def test_only_the_newest_question_is_answered(qtbot, hand, gate) -> None:
    ask(hand, "harsk")
    qtbot.waitUntil(lambda: gate.begun == ["harsk"])
    ask(hand, "lena")
    ask(hand, "palais")
    shown = []
    hand.page.articles.results.view.model().modelReset.connect(lambda: shown.append(words_of(hand)))
    gate.open.set()
    qtbot.waitUntil(lambda: words_of(hand) == {"palais"})
    assert gate.begun == ["harsk", "palais"], "what nobody wants any more is not begun"
    assert {"harsk"} not in shown and {"lena"} not in shown


def test_an_emptied_field_wants_no_answer(qtbot, hand, gate) -> None:
    ask(hand, "harsk")
    qtbot.waitUntil(lambda: gate.begun == ["harsk"])
    hand.page.articles.search.clear()
    assert not hand.page.seeking.busy
    gate.open.set()
    hand.settle()
    assert not hand.page.articles.results.hits
    assert hand.page.articles.view.isVisible()


def test_enter_before_the_hits_are_there_goes_to_the_first_when_they_come(
    qtbot, hand, gate
) -> None:
    panel = hand.page.articles
    panel.start_search()
    ask(hand, "harsk")
    hand.press("Return")
    assert panel.search.hasFocus()
    gate.open.set()
    qtbot.waitUntil(panel.results.view.hasFocus)
    ask(hand, "lena")
    hand.page.reader.setFocus()
    qtbot.waitUntil(lambda: words_of(hand) == {"lena"})
    assert QApplication.focusWidget() is hand.page.reader


def test_closing_the_project_meanwhile_is_safe(qtbot, hand, gate, tmp_path) -> None:
    ask(hand, "harsk")
    qtbot.waitUntil(lambda: gate.begun == ["harsk"])
    later = threading.Timer(0.1, gate.open.set)
    later.start()
    hand.window.close_project()
    later.join()
    assert not list(tmp_path.glob("*.stance-wal")), "the file is let go"
    hand.window.open_path(tmp_path / "work.stance")
    assert not hand.page.articles.results.hits
    ask(hand, "palais")
    qtbot.waitUntil(lambda: words_of(hand) == {"palais"})


def test_a_search_that_fails_says_why(qtbot, hand, tmp_path) -> None:
    hand.page.seeking._path = tmp_path / "gone.stance"
    ask(hand, "harsk")
    qtbot.waitUntil(lambda: "gone.stance" in hand.page.articles.results.count.text())


def test_the_newest_work_is_found(qtbot, hand) -> None:
    (tmp := hand.window.project.path.parent / "new.txt").write_text("Un zéphyr\n", "utf-8")
    hand.window.files.import_articles([tmp])
    hand.wait(lambda: not hand.window.files.busy, "The import")
    ask(hand, "zephyr")
    qtbot.waitUntil(lambda: words_of(hand) == {"zéphyr"})
    qtbot.keyClick(hand.page.articles.search, Qt.Key.Key_Down)
    qtbot.keyClick(hand.page.articles.results.view, Qt.Key.Key_Return)
    assert hand.page.desk.text == "Un zéphyr\n"
