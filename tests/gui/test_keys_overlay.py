"""The keys at a glance: grouping, columns, caps, and closing it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.services import project
from annotator.ui import keycaps
from annotator.ui.actions import ACTIONS, Action, codebook_actions, of_page
from annotator.ui.keys_overlay import KeysOverlay, columns, grouped

CODEBOOK = project.read_codebook(project.default_codebook_file())
ALL = [*ACTIONS, *codebook_actions(CODEBOOK, "en")]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("J", ["J"]),
        ("?", ["?"]),
        ("Ctrl+Shift+Z", ["Ctrl", "Shift", "Z"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("Ctrl+-", ["Ctrl", "-"]),
        ("Alt+&", ["Alt", "&"]),
    ],
)
def test_keys_stand_on_caps(key: str, expected: list[str]) -> None:
    assert keycaps.caps(key) == expected


def test_actions_are_grouped_by_menu_and_choices_by_what_they_choose() -> None:
    groups = {group.title: group.rows for group in grouped(ALL)}
    assert ("Mark statement", "Return") in groups["Mark"]
    assert ("Export", "Ctrl+E") in groups["File"]
    assert groups["Target"] == (("Ceasefire", "1"), ("Troop deployment", "2"))
    assert [key for _, key in groups["Stance"]] == ["F", "A", "N", "U"]
    assert "Choose" not in groups


def test_every_action_with_a_key_is_shown_once() -> None:
    shown = [key for group in grouped(ALL) for _, key in group.rows]
    alike = {f"take_{n}" for n in range(2, 10)}  # in one row with the first
    assert sorted(shown) == sorted(a.keys[0] for a in ALL if a.keys and a.id not in alike)


def test_each_page_shows_its_own_keys() -> None:
    annotate, docket = (of_page(ALL, docket=docket) for docket in (False, True))
    assert {a.id for a in annotate} >= {"done", "mark", "quit"}
    assert not {"edit_gold", "next_case"} & {a.id for a in annotate}
    assert not {"done", "find"} & {a.id for a in docket}
    assert {"edit_gold", "mark", "quit"} <= {a.id for a in docket}
    agreement = {a.id for a in of_page(ALL, docket=False, agreement=True)}
    assert {"discuss_listed", "save_report", "quit"} <= agreement
    assert not {"mark", "edit_gold", "done", "choose:stance:favor"} & agreement
    assert "discuss_listed" not in {a.id for a in [*annotate, *docket]}


def test_an_unknown_menu_comes_last() -> None:
    strange = Action("strange", "Strange", "Elsewhere", ("F12",))
    assert grouped([strange, *ACTIONS])[-1].title == "Elsewhere"


@given(st.lists(st.integers(1, 500), max_size=20), st.integers(1, 6))
def test_columns_keep_the_order_lose_nothing_and_are_as_low_as_can_be(
    heights: list[int], count: int
) -> None:
    result = columns(heights, count)
    assert [at for column in result for at in column] == list(range(len(heights)))
    assert len(result) <= count and all(result)
    tallest = max((sum(heights[at] for at in column) for column in result), default=0)
    assert tallest == lowest_possible(heights, count)


def lowest_possible(heights: list[int], count: int) -> int:
    """Return the least height of the tallest of `count` columns, by trying all of them."""
    best = [0, *(sum(heights[:end]) for end in range(1, len(heights) + 1))]
    for _ in range(count - 1):
        best = [
            min(max(best[cut], sum(heights[cut:end])) for cut in range(end + 1))
            for end in range(len(heights) + 1)
        ]
    return best[-1]


# ------------------------------------------------------------------------ the widget


class Window(QMainWindow):
    """A window with a text, an action on F, and the overlay."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QTextEdit()
        self.setCentralWidget(self.text)
        self.fired = 0
        action = QAction("Favor", self)
        action.setShortcut(QKeySequence("F"))
        action.triggered.connect(self._on_fired)
        self.addAction(action)
        self.overlay = KeysOverlay(self)

    def _on_fired(self) -> None:
        self.fired += 1


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.text.setFocus()
    qtbot.waitUntil(window.text.hasFocus)
    window.overlay.open(of_page(ALL, docket=False))
    qtbot.waitUntil(window.overlay.hasFocus)
    return window


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900), (1920, 1080), (480, 300)])
def test_it_fits_the_window(qtbot: QtBot, window: Window, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    window.overlay.fit()
    scroll, sheet = window.overlay.area, window.overlay.sheet
    assert window.overlay.geometry() == window.rect()
    assert window.overlay.rect().contains(scroll.geometry())
    assert sheet.width() <= scroll.viewport().width()
    needs_scrolling = sheet.height() > scroll.viewport().height()
    assert needs_scrolling == (scroll.verticalScrollBar().maximum() > 0)
    if size[1] >= 900:
        assert not needs_scrolling


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_Space])
def test_a_key_closes_it_and_the_text_has_the_focus_again(
    qtbot: QtBot, window: Window, key: Qt.Key
) -> None:
    with qtbot.waitSignal(window.overlay.closed):
        qtbot.keyClick(window.overlay, key)
    assert not window.overlay.isVisible() and window.text.hasFocus()


def test_no_key_is_the_windows_while_it_is_shown(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.overlay, Qt.Key.Key_F)
    assert window.fired == 0 and not window.overlay.isVisible()
    assert window.text.toPlainText() == ""


def test_modifiers_alone_and_scrolling_leave_it_open(qtbot: QtBot, window: Window) -> None:
    window.resize(800, 400)
    qtbot.waitUntil(lambda: window.height() == 400)
    window.overlay.fit()
    bar = window.overlay.area.verticalScrollBar()
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        qtbot.keyClick(window.overlay, key)
    assert window.overlay.isVisible() and bar.value() > 0
    qtbot.keyClick(window.overlay, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(window.overlay, Qt.Key.Key_Home)
    assert bar.value() == 0


@pytest.mark.parametrize("where", [QPoint(3, 3), QPoint(720, 450)], ids=["beside", "on a key"])
def test_any_click_closes_it(qtbot: QtBot, window: Window, where: QPoint) -> None:
    under = window.childAt(where)
    assert under is not None
    qtbot.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(window, where))
    assert not window.overlay.isVisible()


def test_asking_again_closes_it(qtbot: QtBot, window: Window) -> None:
    window.overlay.open(ALL)
    assert not window.overlay.isVisible()


def test_a_screen_reader_is_told_all_keys(window: Window) -> None:
    sheet = window.overlay.sheet
    assert "Mark statement: Return" in sheet.accessibleDescription()
