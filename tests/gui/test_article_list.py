"""The panel at the left: what is listed, counted, chosen and searched."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.records import ArticleRow, Status
from annotator.ui import theme
from annotator.ui.annotate.article_delegate import NATURAL_HEIGHTS, Breaker, fitted
from annotator.ui.annotate.article_list import NO_ARTICLES, ArticlePanel
from annotator.ui.annotate.article_model import ArticleModel, counted_parts
from tests.gui.hearing import heard

LONG = "Le gouvernement de Velmar annonce l’élargissement de la force de garde internationale"


def row(
    number: int, status: Status = "todo", *, statements: int = 0, title: str = ""
) -> ArticleRow:
    name = f"{number:03d}"
    title = title or f"Article {name}"
    return ArticleRow(number, name, name, title, "fr", 1290, statements, 0, status, None)


FIVE = [
    row(1, "done", statements=14),
    row(2, "done", statements=6),
    row(3, "in_progress", statements=9, title=LONG),
    row(4),
    row(5),
]


def panel_with(qtbot: QtBot, rows: list[ArticleRow]) -> ArticlePanel:
    panel = ArticlePanel()
    qtbot.addWidget(panel)
    panel.resize(280, 800)
    panel.show_articles(rows)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def listed(panel: ArticlePanel) -> list[int]:
    model = panel.view.model()
    assert isinstance(model, ArticleModel)
    return [model.at(number).id for number in range(model.rowCount())]


def place_of(panel: ArticlePanel, number: int) -> QPoint:
    return panel.view.visualRect(panel.view.model().index(number, 0)).center()


def test_counts_and_progress(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    numbers = {name: pill.number for name, pill in panel.pills.pills.items()}
    assert numbers == {"todo": 2, "in_progress": 1, "done": 2, "flagged": 0, "all": 5}
    assert panel.progress.words == "2 of 5 articles done · 29 statements"


def test_a_click_chooses_an_article(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, 3))
    assert chosen.args == [4]
    assert panel.current == 4


def test_the_arrow_keys_open_articles_and_enter_goes_to_the_text(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.set_current(3)
    spy = heard(panel.article_chosen)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    assert [said[0] for said in spy] == [4, 3, 2]
    with qtbot.waitSignal(panel.finished):
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)


def test_letters_are_not_the_beginnings_of_titles(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.set_current(3)
    qtbot.keyClick(panel.view, Qt.Key.Key_A)
    assert panel.current == 3


def test_setting_the_current_article_says_nothing(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    with qtbot.assertNotEmitted(panel.article_chosen):
        panel.set_current(5)
        panel.set_current(None)
        panel.show_articles(FIVE)


def test_a_filter_shows_only_its_articles(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    qtbot.mouseClick(panel.pills.pills["done"], Qt.MouseButton.LeftButton)
    assert listed(panel) == [1, 2]
    assert (panel.neighbour(1), panel.neighbour(-1)) == (1, 2)
    qtbot.mouseClick(panel.pills.pills["flagged"], Qt.MouseButton.LeftButton)
    assert listed(panel) == []
    assert panel.neighbour(1) is None


def test_the_current_article_stays_until_another_is_chosen(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    qtbot.mouseClick(panel.pills.pills["todo"], Qt.MouseButton.LeftButton)
    panel.set_current(4)
    panel.update_article(row(4, "done"))
    assert listed(panel) == [4, 5]
    assert panel.neighbour(1) == 5
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.current == 5
    qtbot.waitUntil(lambda: listed(panel) == [5])


def test_neighbours_are_those_of_the_filter(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.set_current(3)
    assert (panel.neighbour(-1), panel.neighbour(1)) == (2, 4)
    qtbot.mouseClick(panel.pills.pills["done"], Qt.MouseButton.LeftButton)
    assert (panel.neighbour(-1), panel.neighbour(1)) == (2, None)


def test_the_next_open_article_goes_round_and_passes_flagged_ones(qtbot: QtBot) -> None:
    rows = [row(1), row(2, "done"), row(3, "flagged"), row(4, "in_progress"), row(5, "done")]
    panel = panel_with(qtbot, rows)
    assert panel.next_open(2) == 4
    assert panel.next_open(4) == 1
    panel.show_articles([row(1, "done"), row(2, "flagged"), row(3, "done")])
    assert panel.next_open(1) == 2
    assert panel.next_open(2) is None


def test_one_article_is_updated_and_added(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.update_article(replace(FIVE[3], status="flagged", statements=2))
    assert panel.pills.pills["flagged"].number == 1
    assert panel.progress.words == "2 of 5 articles done · 31 statements"
    panel.update_article(replace(row(9), name="003b"))
    assert listed(panel) == [1, 2, 3, 9, 4, 5]


def test_a_project_without_articles_says_what_to_do(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, [])
    sentences = [label.text() for label in panel.findChildren(type(panel.results.count))]
    assert NO_ARTICLES in sentences
    assert panel.neighbour(1) is None
    assert panel.next_open(1) is None
    assert panel.first_widget() is panel.search


def test_a_search_is_asked_for_when_the_typing_rests(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    spy = heard(panel.search_asked)
    qtbot.keyClicks(panel.search, "treve")
    assert len(spy) == 0
    qtbot.waitUntil(lambda: len(spy) == 1)
    assert spy[0] == ("treve",)
    with qtbot.waitSignals([panel.search_asked, panel.search_closed]):
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert spy[1] == ("",)
    with qtbot.waitSignal(panel.finished):
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)


def test_down_in_the_search_field_goes_to_the_list(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.start_search()
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.focusWidget() is panel.view


@pytest.mark.parametrize("width", [240, 280, 420])
def test_the_filters_fit(qtbot: QtBot, width: int) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.resize(width, 800)
    QApplication.processEvents()
    for pill in panel.pills.pills.values():
        assert pill.width() >= pill.sizeHint().width()
        assert panel.rect().contains(pill.mapTo(panel, pill.rect().bottomRight()))


def test_ten_thousand_articles_have_one_height(qtbot: QtBot) -> None:
    many = [row(number) for number in range(1, NATURAL_HEIGHTS + 2)]
    panel = panel_with(qtbot, many)
    assert panel.view.uniformItemSizes()
    panel.show_articles(FIVE)
    assert not panel.view.uniformItemSizes()


def test_the_theme_is_read_when_painting(qtbot: QtBot, qapp: QApplication) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.set_current(3)
    light = panel.grab().toImage()
    theme.ask_for(theme.DARK)
    theme.apply(qapp)
    dark = panel.grab().toImage()
    assert light.pixelColor(2, 2).name() == theme.LIGHT.panel
    assert dark.pixelColor(2, 2).name() == theme.DARK.panel


def test_the_caption_says_what_there_is() -> None:
    full = replace(FIVE[2], incomplete=2)
    assert counted_parts(full) == ["fr", "9 statements", "2 incomplete"]
    assert counted_parts(row(4)) == ["fr", "1,290 words"]


def test_titles_are_broken_at_words(qapp: QApplication) -> None:
    breaker = Breaker(theme.sans(theme.BODY))
    lines = breaker.lines(LONG, 180, 3)
    assert len(lines) == 3
    assert " ".join(lines) == LONG
    assert all(breaker.advance(line) <= 180 for line in lines[:-1])
    assert fitted(lines[-1], breaker.font, 60, Qt.TextElideMode.ElideRight).endswith("…")
    assert breaker.lines("", 180, 3) == ("",)
    unbroken = "停戦" * 40 + "😀"
    assert "".join(breaker.lines(unbroken, 100, 3)) == unbroken


def test_tab_enters_the_filters_at_the_one_in_force(qtbot: QtBot) -> None:
    panel = panel_with(qtbot, FIVE)
    panel.activateWindow()
    for name in ("all", "done", "todo"):
        qtbot.mouseClick(panel.pills.pills[name], Qt.MouseButton.LeftButton)
        panel.search.setFocus()
        qtbot.waitUntil(panel.search.hasFocus)
        qtbot.keyClick(panel.search, Qt.Key.Key_Tab)
        assert panel.focusWidget() is panel.pills.pills[name]
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert panel.focusWidget() is panel.view
        qtbot.keyClick(panel.view, Qt.Key.Key_Backtab)
        assert panel.focusWidget() is panel.pills.pills[name]
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Right)
    assert panel.focusWidget() is panel.pills.pills["in_progress"]
    assert panel.pills.pills["in_progress"].isChecked()
