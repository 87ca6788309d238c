"""The bar over the text and the line at the bottom: what they say and ask for."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.records import ArticleRow
from annotator.ui.status_line import StatusLine, hints, tally
from annotator.ui.topbar import TopBar
from tests.gui.hearing import heard


def row(**values: Any) -> ArticleRow:
    fields: dict[str, Any] = {
        "id": 1,
        "uid": "a1",
        "name": "one",
        "title": "La Brévonie hésite encore",
        "lang": "fr",
        "words": 90,
        "statements": 0,
        "incomplete": 0,
        "status": "todo",
        "note": None,
    }
    return ArticleRow(**(fields | values))


@pytest.fixture
def bar(qtbot):
    made = TopBar()
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_status_of_the_article(bar):
    bar.show_article(row(status="flagged", note="tronqué"))
    assert (bar.status.text(), bar.status.toolTip()) == ("Flagged", "Flagged: tronqué")
    bar.show_article(row(status="done"))
    assert (bar.status.text(), bar.status.toolTip()) == ("Done", "")
    bar.show_article(None)
    assert not bar.status.isVisible()


def test_the_menu_asks_for_another_status(bar):
    asked = heard(bar.asked)
    for action in bar.status.menu().actions():
        action.trigger()
    assert asked == [("todo",), ("in_progress",), ("done",), ("flag",)]


def test_who_annotates_and_export_are_a_click_away(bar):
    asked = heard(bar.asked)
    bar.show_annotator("Ada", read_only=False)
    assert bar.annotator.text() == "Annotating as Ada"
    for button in (bar.annotator, bar.export):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [("annotator",), ("export",)]
    bar.show_annotator(None, read_only=False)
    assert bar.annotator.text() == "Who is annotating?"


def test_what_can_only_be_read_is_not_changed(bar):
    bar.show_article(row())
    bar.show_annotator("Ada", read_only=True)
    assert bar.annotator.text() == "Read-only"
    assert not (bar.annotator.isEnabled() or bar.status.isEnabled())
    assert bar.export.isEnabled()


def test_a_name_with_an_ampersand_is_shown_whole(bar):
    bar.show_annotator("R&D", read_only=False)
    assert bar.annotator.text() == "Annotating as R&&D"  # as Qt writes a plain one


def test_the_keys_fit_the_moment():
    seen = {hints(selection=s, statement=c) for s in (True, False) for c in (True, False)}
    assert len(seen) == 4
    assert "speaker" in hints(selection=True, statement=True)
    assert "stance" in hints(selection=False, statement=True)


@pytest.mark.parametrize(
    ("statements", "incomplete", "words"),
    [
        (0, 0, "No statements in this article yet"),
        (1, 0, "1 statement in this article"),
        (3, 2, "3 statements in this article · 2 incomplete"),
        (1200, 0, "1,200 statements in this article"),
    ],
)
def test_what_the_article_holds(statements, incomplete, words):
    assert tally(statements, incomplete) == words


def test_a_narrow_line_shows_fewer_keys_and_never_half_a_key(qtbot):
    line, keys = StatusLine(), hints(selection=False, statement=True)
    qtbot.addWidget(line)
    shown = []
    for width in (1600, 900, 420, 250):
        line.resize(width, line.height())
        line.show_state("✓ Saved", keys)
        shown.append(line._right.text())
    assert shown[0] == keys
    assert [len(text) for text in shown] == sorted(map(len, shown), reverse=True)
    assert len(shown[2]) < len(keys)
    parts = keys.split(" · ")
    assert all(text.split(" · ") == parts[: len(text.split(" · "))] for text in shown)
