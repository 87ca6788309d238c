"""The command palette: what a few letters find, and working it with keys and mouse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMainWindow, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.domain.text import fold
from annotator.ui import theme
from annotator.ui.actions import ACTIONS
from annotator.ui.palette import CommandPalette
from annotator.ui.palette_rows import Row
from annotator.ui.ranking import Item, ranked

ARTICLES = [(7, "La Tarvie demande une trêve"), (9, "Osmark rejects a ceasefire"), (12, "Élysée")]


def found(query: str, names: list[str]) -> list[str]:
    return [names[at] for at in ranked(fold(query), [Item(fold(name)) for name in names])]


# -------------------------------------------------------------------------- ranking


def test_accents_and_capitals_do_not_matter() -> None:
    assert found("TREVE", ["Une trêve", "Un traité"]) == ["Une trêve"]
    assert found("élys", ["Elysee"]) == ["Elysee"]


def test_beginnings_come_before_insides() -> None:
    names = ["Reopen", "The open door", "Open project"]
    assert found("open", names) == ["Open project", "The open door", "Reopen"]


def test_first_letters_of_words_find_a_name() -> None:
    names = ["Next article", "Next statement", "Previous statement", "Nest"]
    assert found("nst", names) == ["Next statement"]
    assert found("nexst", names) == ["Next statement"]
    assert found("ps", names) == ["Previous statement"]


def test_letters_that_merely_occur_in_order_do_not() -> None:
    assert found("nt", ["Paint"]) == ["Paint"]
    assert found("pt", ["Paint"]) == []


def test_every_typed_word_must_fit_in_any_order() -> None:
    names = ["Import articles", "Import labels", "Export"]
    assert found("lab imp", names) == ["Import labels"]
    assert found("imp zzz", names) == []


def test_words_beside_a_name_count_least() -> None:
    items = [Item("quit", "file"), Item("file it", "edit"), Item("profile", "view")]
    assert ranked("file", items) == [1, 2, 0]


def test_among_equals_the_given_order_decides() -> None:
    items = [Item("mark a"), Item("mark b"), Item("mark c")]
    assert ranked("mark", items) == [0, 1, 2]
    assert ranked("mark", items, [2, 2, 0]) == [2, 0, 1]


@given(st.lists(st.text("abc é'-", max_size=12)), st.text("abc é'-", max_size=6))
def test_whatever_is_typed_each_item_comes_at_most_once(names: list[str], query: str) -> None:
    items = [Item(fold(name)) for name in names]
    result = ranked(fold(query), items)
    assert len(set(result)) == len(result) and set(result) <= set(range(len(items)))
    for at, item in enumerate(items):  # what holds every typed word as it stands is found
        if all(term in item.name for term in fold(query).split()):
            assert at in result


# ------------------------------------------------------------------------ the widget


class Window(QMainWindow):
    """A window with a text that has the focus, and the palette over it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QTextEdit()
        self.setCentralWidget(self.text)
        self.resize(1024, 700)
        self.palette_over = CommandPalette(self)

    @property
    def field(self) -> QLineEdit:
        return self.palette_over.field

    @property
    def view(self) -> QListView:
        return self.palette_over.view

    def rows(self) -> list[Row]:
        model = self.view.model()
        rows = [model.index(at, 0) for at in range(model.rowCount())]
        return [index.data(Qt.ItemDataRole.UserRole) for index in rows]

    def current(self) -> str:
        return self.view.currentIndex().data()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.text.setFocus()
    qtbot.waitUntil(window.text.hasFocus)
    window.palette_over.open(ACTIONS, ARTICLES)
    qtbot.waitUntil(window.field.hasFocus)
    return window


def test_it_lists_the_actions_with_menu_and_key(window: Window) -> None:
    rows = window.rows()
    assert rows[0] == Row("heading", "Actions")
    assert Row("action", "Export…", "export", "File", "Ctrl+E") in rows
    assert all(row.id != "palette" and row.kind != "article" for row in rows)
    assert window.current() == "New project…"


def test_enter_chooses_what_is_typed_and_gives_the_focus_back(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "mark ex")
    assert window.current() == "Mark exactly"
    with (
        qtbot.waitSignal(window.palette_over.closed),
        qtbot.waitSignal(window.palette_over.chosen) as caught,
    ):
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert caught.args == ["mark_exact"]
    assert not window.palette_over.isVisible()
    assert window.text.hasFocus()


def test_articles_are_found_by_title_without_accents(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "treve")
    assert [row.text for row in window.rows()] == ["Articles", ARTICLES[0][1]]
    with qtbot.waitSignal(window.palette_over.article_chosen) as caught:
        qtbot.keyClick(window.field, Qt.Key.Key_Enter)
    assert caught.args == [7]


def test_arrows_go_through_what_matches_past_headings_and_round(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClicks(window.field, "ceasefire")
    window.palette_over.open([ACTIONS[0]], ARTICLES)
    qtbot.keyClicks(window.field, "e")
    kinds = [row.kind for row in window.rows()]
    assert kinds == ["heading", "action", "heading", "article", "article", "article"]
    seen = []
    for _ in range(5):
        seen.append(window.view.currentIndex().row())
        qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert seen == [1, 3, 4, 5, 1]
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    assert window.view.currentIndex().row() == 5
    qtbot.keyClick(window.field, Qt.Key.Key_PageUp)
    assert window.view.currentIndex().row() == 1


def test_escape_closes_and_chooses_nothing(qtbot: QtBot, window: Window) -> None:
    with (
        qtbot.assertNotEmitted(window.palette_over.chosen),
        qtbot.waitSignal(window.palette_over.closed),
    ):
        qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.palette_over.isVisible() and window.text.hasFocus()


def test_a_click_on_a_row_chooses_it(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "undo")
    box = window.view.visualRect(window.view.currentIndex())
    with qtbot.waitSignal(window.palette_over.chosen) as caught:
        qtbot.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert caught.args == ["undo"]


def test_a_click_beside_the_panel_closes_it(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.palette_over, Qt.MouseButton.LeftButton, pos=QPoint(20, 600))
    assert not window.palette_over.isVisible()


def test_nothing_that_matches_says_so_and_cannot_be_chosen(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "zzzz")
    assert [row.text for row in window.rows()] == ["Nothing matches"]
    with qtbot.assertNotEmitted(window.palette_over.chosen, wait=20):
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.palette_over.isVisible()


def test_recent_actions_come_first_next_time(qtbot: QtBot, window: Window) -> None:
    for words in ("zoom", "larger", "keys"):
        window.palette_over.open(ACTIONS, ARTICLES)
        qtbot.keyClicks(window.field, words)
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
    window.palette_over.open(ACTIONS, ARTICLES)
    assert [row.text for row in window.rows()][:4] == ["Recent", "Keys", "Larger text", "Actions"]
    qtbot.keyClicks(window.field, "text")
    assert window.current() == "Larger text"


def test_it_stays_inside_a_small_window_and_follows_its_size(qtbot: QtBot, window: Window) -> None:
    window.resize(500, 320)
    qtbot.waitUntil(lambda: window.width() == 500)
    window.palette_over.fit()
    panel = window.palette_over.panel
    assert window.palette_over.geometry() == window.rect()
    assert window.rect().contains(panel.geometry())
    assert panel.geometry().center().x() == pytest.approx(250, abs=1)


def test_the_focus_is_not_taken_from_a_widget_that_is_gone(qtbot: QtBot, window: Window) -> None:
    window.palette_over.hide()
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    window.palette_over.open(ACTIONS, [])
    field.deleteLater()
    qtbot.waitUntil(lambda: field not in window.findChildren(QLineEdit))
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.palette_over.isVisible()


def test_it_is_drawn_in_the_theme_in_use(qtbot: QtBot, qapp: QApplication, window: Window) -> None:
    panel = window.palette_over.panel
    spot = panel.geometry().bottomRight() - QPoint(20, 4)
    for look in (theme.LIGHT, theme.DARK):
        theme.ask_for(look)
        theme.apply(qapp)
        assert window.grab().toImage().pixelColor(spot).name() == look.raised
