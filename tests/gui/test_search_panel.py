"""What a search found: grouped by article, chosen by mouse and keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.records import Hit
from annotator.domain.spans import Span
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.annotate.search_panel import Heading, SearchPanel, arranged, summary
from tests.gui.hearing import heard
from tests.gui.test_article_list import FIVE, panel_with


def hit(article_id: int, start: int, words: str = "trêve") -> Hit:
    span = Span(start, start + len(words))
    return Hit(article_id, f"{article_id:03d}", "Une trêve 😀", span, "…Aucune ", words, " ici.\n")


HITS = [hit(1, 10), hit(2, 5), hit(1, 40)]


def shown_panel(qtbot: QtBot) -> SearchPanel:
    panel = SearchPanel()
    qtbot.addWidget(panel)
    panel.resize(280, 500)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_hits("trêve", HITS)
    return panel


def test_hits_stand_under_the_titles_of_their_articles() -> None:
    lines = arranged(HITS)
    assert lines == [
        Heading("Une trêve 😀", 2),
        HITS[0],
        HITS[2],
        Heading("Une trêve 😀", 1),
        HITS[1],
    ]


def test_the_summary_counts() -> None:
    assert summary("x", HITS, limited=False) == "3 places in 2 articles"
    assert summary("x", HITS[:1], limited=False) == "1 place in 1 article"
    assert summary("x", HITS, limited=True) == "The first 3 places in 2 articles"
    assert summary("x", [], limited=False) == "No article holds “x”."


def test_keys_go_through_the_hits_and_enter_chooses(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot)
    spy = heard(panel.hit_chosen)
    assert panel.enter()
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)  # past the heading
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert spy == [
        (1, Span(10, 15)),
        (2, Span(5, 10)),
    ]
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)


def test_a_click_chooses_a_hit_but_no_heading(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot)
    spy = heard(panel.hit_chosen)
    for number in (0, 2):
        place = panel.view.visualRect(panel.view.model().index(number, 0)).center()
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(spy) == 1
    assert spy[0] == (
        1,
        Span(40, 45),
    )


def test_nothing_found(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot)
    panel.show_hits("zzz", [])
    assert panel.hits == []
    assert not panel.enter()
    assert panel.count.text() == "No article holds “zzz”."


def test_hits_take_the_place_of_the_list(qtbot: QtBot) -> None:
    panel: ArticlePanel = panel_with(qtbot, FIVE)
    qtbot.keyClicks(panel.search, "treve")
    with qtbot.waitSignal(panel.search_asked):
        pass
    panel.show_hits("trêve", HITS)
    assert panel.results.isVisible()
    assert not panel.view.isVisible()
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.focusWidget() is panel.results.view
    with qtbot.waitSignal(panel.hit_chosen) as chosen:
        qtbot.keyClick(panel.results.view, Qt.Key.Key_Return)
    assert chosen.args == [1, Span(10, 15)]
    panel.search.clear()
    assert panel.view.isVisible()


def test_it_paints_long_context_at_any_width(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot)
    long = Hit(1, "n", "T" * 300, Span(0, 1), "avant " * 20, "😀", " après" * 30)
    panel.show_hits("😀", [long])
    for width in (120, 240, 600):
        panel.resize(width, 400)
        QApplication.processEvents()
        assert not panel.grab().isNull()
