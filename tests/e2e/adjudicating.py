"""What the tests of adjudication share: the sample in the window, and ways to ask about it."""

import sqlite3
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.spans import Span
from annotator.services import project as projects
from annotator.ui.adjudicate.page import AdjudicatePage
from annotator.ui.hand import Hand
from annotator.ui.offsets import Utf16Map

FIRST = "01_sommet-de-sarlonne"


def adjudicate(hand: Hand) -> Any:
    """Bring the page to the front and wait until its first article is compared."""
    hand.press("Ctrl+3", hand.reader)
    page = hand.window.pages.review
    assert isinstance(page, AdjudicatePage)
    hand.wait(lambda: page.docket.found is not None, "The comparison")
    hand.wait(lambda: not page.standings.reading, "The comparison of all articles")
    hand.settle()
    return page


def open_article(hand: Hand, page: AdjudicatePage, name: str) -> None:
    """Open an article by name."""
    rows = projects.articles(page.open_project)
    page.open_article(next(row.id for row in rows if row.name == name))
    page.take_focus()
    hand.settle()


def click_words(hand: Hand, page: AdjudicatePage, span: Span) -> None:
    """Click into the middle of some words of the page's text."""
    cursor = QTextCursor(page.reader.document())
    cursor.setPosition(Utf16Map(page.editing.desk.text).to_units((span.start + span.end) // 2))
    point = page.reader.cursorRect(cursor).center()
    QTest.mouseClick(page.reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    hand.settle()


def copy_of(path: Path, goal: Path) -> Path:
    """Copy a project while it is open elsewhere."""
    source, copy = sqlite3.connect(path), sqlite3.connect(goal)
    source.backup(copy)
    source.close()
    copy.close()
    return goal


def everything_said(root: QWidget) -> str:
    """Return all that the visible widgets below `root` show or tell, in one string."""
    said: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        text = getattr(widget, "text", None)
        if callable(text):
            said.append(str(text()))
        model = getattr(widget, "model", None)
        if callable(model) and model() is not None:
            rows = range(model().rowCount())
            said += [str(model().data(model().index(row, 0))) for row in rows]
    said += [w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()]
    return "\n".join(said)
