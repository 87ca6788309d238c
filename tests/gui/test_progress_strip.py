"""Long work and news: what comes, what stays, what goes by itself."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.notice import STAYS, Notice
from annotator.ui.progress_strip import ProgressStrip


def test_short_work_shows_nothing(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.show_progress("Exporting", 1, 2)
    strip.finish()
    qtbot.wait(250)
    assert not strip.isVisible()


def test_long_work_shows_how_far_it_is(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.show_progress("Importing articles", 0, 0)
    assert strip.words.text() == "Importing articles…"
    strip.show_progress("Importing articles", 120, 1000)
    qtbot.waitUntil(strip.isVisible)
    assert strip.words.text() == "Importing articles: 120 of 1,000"
    assert (strip.bar.value(), strip.bar.maximum()) == (120, 1000)
    assert not strip.grab().isNull()
    with qtbot.waitSignal(strip.cancelled):
        qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    assert not strip.cancel.isEnabled()
    strip.finish()
    assert not strip.isVisible()


def test_news_goes_by_itself_and_with_the_next_action(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.tell("Undone: Mark statement")
    assert notice.isVisible()
    assert notice.accessibleName() == "Undone: Mark statement"
    assert 5000 <= STAYS <= 8000
    notice.expire()
    assert not notice.isVisible()


def test_an_error_stays_until_it_is_closed(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.tell("old news")
    notice.tell("The folder cannot be written; choose another.", "error")
    notice.expire()
    assert notice.isVisible()
    assert not notice.grab().isNull()
    qtbot.mouseClick(notice.cross, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    notice.tell("Again.", "error")
    qtbot.keyClick(notice.cross, Qt.Key.Key_Escape)
    assert not notice.isVisible()


def test_a_notice_can_offer_an_action(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.tell("5 articles added.", action=("next_article", "Show"))
    assert notice.action.text() == "Show"
    with qtbot.waitSignal(notice.action_asked) as asked:
        qtbot.mouseClick(notice.action, Qt.MouseButton.LeftButton)
    assert asked.args == ["next_article"]
    assert not notice.isVisible()
    notice.tell("Nothing to offer.")
    assert not notice.action.isVisible()
