"""What shows while a project is being opened at the start."""

import pytest
from PySide6.QtCore import QSettings

from annotator.ui.window import MainWindow


@pytest.mark.parametrize("opening", [True, False])
def test_the_page_shows_at_once_where_a_project_is_asked_for(qtbot, tmp_path, opening):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, opening=opening)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert window.page.isVisible() == opening
    assert window.welcome.isVisible() != opening
    window.open_path(tmp_path / "no such.stance")
    assert window.notice.isVisible()
    window.show_welcome()
    assert window.welcome.isVisible()


def test_a_large_article_says_how_much_it_holds_once_it_is_read(hand, qtbot):
    from tests.gui.large_article import add_large_article

    add_large_article(hand.window.project, 3000)
    page = hand.window.page
    page.open_article(page.articles.neighbour(1) or page.articles.current)
    assert not page.sheet.whole
    assert "Reading" in hand.window.status._left.text()
    said = "3,000 statements in this article · 2700 incomplete"
    # The page is told in the turn after the one that reads the last statements.
    qtbot.waitUntil(lambda: said in hand.window.status._left.text())
    assert page.sheet.whole
