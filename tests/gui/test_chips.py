"""Chips and rows of chips."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from annotator.domain.codebook import Choice
from annotator.ui import theme
from annotator.ui.chip_rows import ChipRow, RowLabel, TagRow
from annotator.ui.chips import Chip, Face
from tests.gui.sample_statements import CODEBOOK

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stance(qtbot):
    row = ChipRow("stance", "Stance", CODEBOOK.stances, "en", 80)
    row.resize(320, row.heightForWidth(320))
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    row.activateWindow()
    return row


def fill(chip):
    """The colour just inside the left end of a chip."""
    colour = QColor(chip.grab().toImage().pixel(QPoint(5, chip.height() // 2)))
    return colour.name()


def test_a_click_says_what_was_picked_and_changes_nothing_itself(stance, qtbot):
    with qtbot.waitSignal(stance.chosen) as seen:
        qtbot.mouseClick(stance.chip("against"), LEFT)
    assert seen.args == ["stance", "against"]
    assert not stance.chip("against").isChecked()


def test_a_click_on_the_chosen_one_clears_it(stance, qtbot):
    stance.show_value("favor", hue=None, needed=False, enabled=True)
    assert stance.chip("favor").isChecked()
    with qtbot.waitSignal(stance.chosen) as seen:
        qtbot.mouseClick(stance.chip("favor"), LEFT)
    assert seen.args == ["stance", None]


def test_a_click_leaves_the_focus_where_it_was(qtbot):
    whole = QWidget()
    layout = QVBoxLayout(whole)
    text, row = QLineEdit(), ChipRow("stance", "Stance", CODEBOOK.stances, "en", 80)
    layout.addWidget(text)
    layout.addWidget(row)
    qtbot.addWidget(whole)
    with qtbot.waitExposed(whole):
        whole.show()
    whole.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.mouseClick(row.chips[1], LEFT)
    assert text.hasFocus()


def test_arrows_go_round_and_tab_stops_once(stance, qtbot):
    first, last = stance.chips[0], stance.chips[-1]
    stops = [c for c in stance.chips if c.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert stops == [first]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert stance.chips[1].hasFocus()
    qtbot.keyClick(stance.chips[1], Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert last.hasFocus()
    stops = [c for c in stance.chips if c.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert stops == [last]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_press_the_chip_that_has_the_focus(stance, qtbot, key):
    chip = stance.chip("neutral")
    chip.setFocus()
    with qtbot.waitSignal(stance.chosen) as seen:
        qtbot.keyClick(chip, key)
    assert seen.args == ["stance", "neutral"]


def test_names_for_those_who_do_not_see(stance):
    assert stance.chip("against").accessibleName() == "Stance: against, key A"
    assert stance.chip("against").isCheckable()
    assert "speaker" in stance.chip("against").toolTip()
    assert stance.label.accessibleName() == "Stance"
    stance.show_value(None, hue=None, needed=True, enabled=True)
    assert stance.label.accessibleName() == "Stance, needed"


def test_the_chosen_stance_has_the_hue_of_its_target(stance):
    chip = stance.chip("against")
    assert fill(chip) == theme.LIGHT.chip
    stance.show_value("against", hue="orange", needed=False, enabled=True)
    assert fill(chip) == theme.LIGHT.hue("orange").strong
    stance.show_value("against", hue=None, needed=False, enabled=True)
    assert fill(chip) == theme.LIGHT.accent


def test_colours_follow_the_theme_at_once(stance, qapp):
    theme.ask_for(theme.DARK)
    theme.apply(qapp)
    assert fill(stance.chip("against")) == theme.DARK.chip


def test_what_is_disabled_cannot_be_clicked(stance, qtbot):
    stance.show_value("favor", hue=None, needed=False, enabled=False)
    with qtbot.assertNotEmitted(stance.chosen):
        qtbot.mouseClick(stance.chip("against"), LEFT)
    assert stance.chip("favor").isChecked()


def test_long_names_wrap_within_the_row(qtbot):
    choices = [Choice(str(i), {"en": "A rather long name " + "x" * i}) for i in range(6)]
    row = ChipRow("group", "Group", choices, "en", 80)
    qtbot.addWidget(row)
    row.resize(300, row.heightForWidth(300))
    with qtbot.waitExposed(row):
        row.show()
    lines = {chip.y() for chip in row.chips}
    assert len(lines) == 6
    assert row.height() == 6 * theme.CHIP_HEIGHT + 5 * 2
    assert all(chip.geometry().right() < row.width() for chip in row.chips)


def test_a_tag_goes_by_its_cross_only(qtbot):
    row = TagRow("Cue", 80)
    qtbot.addWidget(row)
    row.resize(320, 30)
    row.show_tags([("cue", Face("“a déclaré”", said="Clear cue: a déclaré"))], enabled=True)
    with qtbot.waitExposed(row):
        row.show()
    tag = row.chips[0]
    assert tag.accessibleName() == "Clear cue: a déclaré"
    with qtbot.assertNotEmitted(row.removed):
        qtbot.mouseClick(tag, LEFT, pos=QPoint(12, 12))
    with qtbot.waitSignal(row.removed) as seen:
        qtbot.mouseClick(tag, LEFT, pos=QPoint(tag.width() - 8, 12))
    assert seen.args == ["cue"]
    tag.setFocus()
    with qtbot.waitSignal(row.removed):
        qtbot.keyClick(tag, Qt.Key.Key_Space)


def test_a_tag_that_cannot_be_taken_away_has_no_room_for_a_cross(qtbot):
    row = TagRow("Cue", 80)
    qtbot.addWidget(row)
    row.show_tags([("cue", Face("“said”"))], enabled=True)
    wide = row.chips[0].sizeHint().width()
    row.show_tags([("cue", Face("“said”"))], enabled=False)
    assert row.chips[0].sizeHint().width() < wide


def test_a_row_without_tags_is_hidden(qtbot):
    row = TagRow("Cue", 80)
    qtbot.addWidget(row)
    row.show_tags([], enabled=True)
    assert row.isHidden()


def test_the_focus_is_seen(qtbot):
    chip = Chip(Face("Explicit", "X"), "explicit")
    qtbot.addWidget(chip)
    with qtbot.waitExposed(chip):
        chip.show()
    chip.clearFocus()
    QApplication.processEvents()
    plain = chip.grab().toImage()
    chip.activateWindow()
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    assert chip.grab().toImage() != plain


def test_the_dot_of_what_is_needed_is_drawn(qtbot):
    label = RowLabel("Stance", 80)
    qtbot.addWidget(label)
    plain = label.grab().toImage()
    label.show_needed(True)
    assert label.needed
    assert label.grab().toImage() != plain
