"""The bar beside a selection: what it offers, where it stands, what a click does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.services import project as projects
from annotator.ui import theme
from annotator.ui.annotate.selection_bar import Offer, SelectionBar, flow, place
from annotator.ui.annotate.selection_offers import offers
from tests.gui.hearing import heard
from tests.gui.reading import click, place_of
from tests.gui.sample_statements import CODEBOOK
from tests.gui.working import open_window

LEFT = Qt.MouseButton.LeftButton
INSIDE = QRect(0, 0, 800, 600)


class Page(QWidget):
    """A field with a bar over it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(800, 600)
        self.field = QLineEdit(self)
        self.bar = SelectionBar(self)


@pytest.fixture
def page(qtbot):
    made = Page()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


# ------------------------------------------------------------------------------ offers


def test_a_selection_can_be_marked_with_each_target_or_excluded():
    found = offers(CODEBOOK, "en", statement=False)
    assert [(o.text, o.key, o.hue) for o in found] == [
        ("Mark", "⏎", None),
        ("Ceasefire", "1", "blue"),
        ("Troop deployment", "2", "orange"),
        ("Exclude", "⇧E", None),
    ]


def test_beside_a_chosen_statement_the_words_can_belong_to_it():
    found = {o.action_id: o.text for o in offers(CODEBOOK, "fr", statement=True)}
    assert found["choose:target:ceasefire"] == "Cessez-le-feu"
    assert {"speaker", "cue", "piece", "source", "choose:condition:condition"} <= set(found)


# ------------------------------------------------------------------------------- place


def test_it_stands_under_the_selection_in_its_middle():
    at = place(QSize(200, 36), QRect(300, 100, 100, 30), INSIDE)
    assert (at.y(), abs(at.x() - 250) <= 1) == (138, True)


def test_at_the_bottom_it_stands_over_the_selection():
    at = place(QSize(200, 36), QRect(300, 560, 100, 30), INSIDE)
    assert at.y() == 560 - 8 - 36


def test_without_room_on_either_side_it_stands_where_there_is_more():
    assert place(QSize(200, 36), QRect(0, 20, 800, 570), INSIDE).y() == 0
    assert place(QSize(200, 36), QRect(0, 5, 800, 580), INSIDE).y() == 600 - 36


RECTS = st.builds(
    QRect, st.integers(-200, 900), st.integers(-200, 700), st.integers(1, 900), st.integers(1, 700)
)


@given(RECTS, st.integers(40, 700), st.integers(30, 120))
def test_it_never_leaves_the_view_and_covers_the_selection_only_for_want_of_room(
    selection, width, height
):
    box = QRect(place(QSize(width, height), selection, INSIDE), QSize(width, height))
    assert INSIDE.contains(box)
    above, below = selection.top(), INSIDE.bottom() - selection.bottom()
    if max(above, below) > height + 8 and selection.intersects(INSIDE):
        assert not box.intersects(selection)


@given(st.lists(st.integers(20, 300), min_size=1, max_size=9), st.integers(60, 700))
def test_offers_flow_into_rows(widths, room):
    boxes = flow([QSize(width, 28) for width in widths], room)
    assert all(box.right() < room for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    rows = [box.y() for box in boxes]
    assert rows == sorted(rows)


def test_long_names_in_a_narrow_view_wrap_and_stay_inside(page):
    page.bar.show_offers(offers(CODEBOOK, "fr", statement=True))
    inside = QRect(0, 0, 340, 600)
    page.bar.place_beside(QRect(10, 200, 60, 30), inside)
    boxes = [button.geometry().translated(page.bar.pos()) for button in page.bar.buttons]
    assert len({box.y() for box in boxes}) > 1
    assert all(inside.contains(box) for box in boxes)
    wide = [button.width() >= button.sizeHint().width() for button in page.bar.buttons]
    assert all(wide)


def test_it_hides_while_nothing_of_the_selection_is_in_view(page):
    page.bar.show_offers(offers(CODEBOOK, "en", statement=False))
    page.bar.place_beside(QRect(10, 200, 60, 30), INSIDE)
    assert page.bar.isVisible()
    page.bar.place_beside(QRect(10, -80, 60, 30), INSIDE)
    assert not page.bar.isVisible()
    page.bar.place_beside(QRect(), INSIDE)
    assert not page.bar.isVisible()
    page.bar.show_offers([])
    page.bar.place_beside(QRect(10, 200, 60, 30), INSIDE)
    assert not page.bar.isVisible()


# ------------------------------------------------------------------------------ clicks


def test_a_click_says_which_and_leaves_the_focus(page):
    page.bar.show_offers([Offer("mark", "Mark", "⏎"), Offer("exclude", "Exclude")])
    page.bar.place_beside(QRect(100, 200, 60, 30), INSIDE)
    seen = heard(page.bar.triggered)
    for button in page.bar.buttons:
        QTest.mouseClick(button, LEFT)
    assert seen == [("mark",), ("exclude",)]
    assert page.field.hasFocus()


def test_other_offers_take_the_place_of_those_before(page):
    page.bar.show_offers([Offer("mark", "Mark")])
    (before,) = page.bar.buttons
    page.bar.show_offers([Offer("mark", "Mark")])
    assert page.bar.buttons == [before]
    page.bar.show_offers([Offer("cue", "Cue", "R")])
    assert [b.accessibleName() for b in page.bar.buttons] == ["Cue, key R"]
    assert not before.isVisible()


@pytest.mark.parametrize("look", ["LIGHT", "DARK"])
def test_the_dot_of_a_target_has_its_hue(page, qapp, look):
    theme.ask_for(getattr(theme, look))
    theme.apply(qapp)
    page.bar.show_offers([Offer("choose:target:ceasefire", "Ceasefire", "1", "blue")])
    page.bar.place_beside(QRect(100, 200, 60, 30), INSIDE)
    (button,) = page.bar.buttons
    image = button.grab().toImage()
    dot = image.pixelColor(theme.SMALL + 4, button.height() // 2)
    assert dot.name() == theme.current().hue("blue").strong


# ------------------------------------------------------------------------ with the text


@pytest.fixture
def hand(qtbot, tmp_path):
    return open_window(qtbot, tmp_path)


def test_it_comes_with_the_mouse_and_not_with_keys(hand):
    bar, span = hand.page.offers.bar, hand.find("la force")
    hand.select_by_keys(span)
    assert not bar.isVisible()
    hand.page.drop_selection()
    hand.select_by_mouse(span)
    assert bar.isVisible()
    selected = hand.reader.selection_rect()
    body = bar.geometry().adjusted(16, 16, -16, -16)
    assert not body.intersects(selected)
    hand.press("Shift+Down", hand.reader)
    assert not bar.isVisible()


def test_a_click_marks_and_the_text_keeps_the_keys(hand):
    span = hand.find("la force partirait demain")
    hand.select_by_mouse(span)
    hand.click(hand.offer("choose:target:ceasefire"))
    (marked,) = hand.page.sheet.statements
    assert (marked.pieces, marked.target) == ((span,), "ceasefire")
    assert hand.reader.hasFocus()
    assert not hand.page.offers.bar.isVisible()


def test_a_press_on_the_bar_keeps_the_selection_until_it_is_let_go(hand):
    span = hand.find("la force partirait demain")
    hand.select_by_mouse(span)
    button = hand.offer("mark")
    QTest.mousePress(button, LEFT)
    assert hand.page.desk.selection == span
    outside = button.mapFromGlobal(hand.reader.viewport().mapToGlobal(QPoint(5, 5)))
    QTest.mouseRelease(button, LEFT, Qt.KeyboardModifier.NoModifier, outside)
    assert (hand.page.desk.selection, hand.page.sheet.statements) == (span, [])


def test_a_click_between_the_offers_is_not_one_into_the_text(hand):
    span = hand.find("la force partirait demain")
    hand.select_by_mouse(span)
    bar = hand.page.offers.bar
    QTest.mouseClick(bar, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(18, 18))
    assert hand.page.desk.selection == span


def test_it_goes_when_the_selection_goes_and_moves_with_the_text(hand):
    hand.select_by_mouse(hand.find("la force"))
    bar, before = hand.page.offers.bar, hand.page.offers.bar.y()
    hand.reader.verticalScrollBar().setValue(30)
    assert bar.y() == before - 30
    hand.reader.verticalScrollBar().setValue(hand.reader.verticalScrollBar().maximum())
    assert not bar.isVisible()
    hand.reader.verticalScrollBar().setValue(0)
    assert bar.isVisible()
    click(hand.reader, place_of(hand.reader, hand.find("palais").start))
    assert not bar.isVisible()


def test_a_project_that_can_only_be_read_offers_nothing(hand, qtbot):
    hand.select_by_mouse(hand.find("la force"))
    assert hand.page.offers.bar.isVisible()
    path = hand.window.project.path
    hand.window.close_project()
    hand.window.show_project(projects.open_project(path, read_only=True))
    hand.select_by_mouse(hand.find("la force"))
    assert hand.page.desk.selection is not None
    hand.reader.verticalScrollBar().setValue(20)
    assert not hand.page.offers.bar.isVisible()


def test_with_a_chosen_statement_it_offers_more(hand):
    hand.select_by_mouse(hand.find("la force partirait demain"))
    hand.press("1", hand.reader)
    hand.select_by_mouse(hand.find("Lena Hasp"))
    assert hand.offer("speaker").isVisible()
    hand.press("Escape", hand.reader)
    assert not hand.page.offers.bar.isVisible()
