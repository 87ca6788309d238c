"""The colours: contrast enough to read, hues told apart by every eye; the theme in use."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.codebook import HUES
from annotator.ui import theme
from annotator.ui.theme import DARK, LIGHT, Theme
from tests.gui import colours
from tests.gui.colours import contrast, over

FIRST = HUES[:4]
# CIEDE2000 for the pure colours. 2.3 is a just noticeable difference side by side; a line or a dot
# is small and its neighbour lies elsewhere on the page, so far more is asked for.
APART_FIRST = 15
APART_ALL = 7.5
APART_NORMAL = 15  # all eight, in normal sight
# The two targets that ship, as tints under words.
APART_TINTS = 10

both = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def apart(one: str, other: str, sight: str) -> float:
    return colours.difference(colours.seen(one, sight), colours.seen(other, sight))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # Sharma, Wu and Dalal 2005, table 1: pairs 1, 7, 13, 16, 17, 25 and 33
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_the_measure_is_ciede2000(one, other, expected) -> None:
    assert colours.difference(one, other) == pytest.approx(expected, abs=5e-5)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@both
def test_every_hue_of_the_codebook_is_there(look: Theme) -> None:
    assert tuple(look.hues) == HUES
    assert look.hue(None) == look.hue("no such hue") == look.hues["grey"]


@both
@pytest.mark.parametrize("name", HUES)
def test_hues_can_be_read(look: Theme, name: str) -> None:
    hue = look.hues[name]
    for ground in (look.paper, look.panel, look.ground, look.raised, look.chip):
        assert contrast(hue.strong, ground) >= 4.5, f"{hue.strong} on {ground}"
    # Words on a chip filled with the hue.
    assert contrast(look.accent_ink, hue.strong) >= 4.5
    assert contrast(look.ground if look.dark else look.paper, hue.strong) >= 4.5
    # The article's words over a tint, and over two of them.
    for tint in (hue.tint, hue.chosen):
        assert contrast(look.ink, over(tint, look.paper)) >= 4.5
    assert contrast(look.ink, over(hue.tint, over(hue.tint, look.paper))) >= 4.5
    # The line under the words on its own tint.
    for tint in (hue.tint, hue.chosen):
        assert contrast(hue.strong, over(tint, look.paper)) >= 2.5


@both
def test_words_can_be_read(look: Theme) -> None:
    grounds = (look.paper, look.panel, look.ground, look.raised, look.chip, look.chip_hover)
    for ground in (*grounds, look.accent_soft):
        assert contrast(look.ink, ground) >= 7, ground
        assert contrast(look.soft, ground) >= 4.5, ground
    for ground in (look.selection, look.found, look.decided, look.differing):
        assert contrast(look.ink, ground) >= 4.5, ground
    for ground in (look.decided, look.differing):
        assert contrast(look.soft, ground) >= 4.5, ground
    assert contrast(look.good, look.decided) >= 4.5
    assert contrast(look.warning, look.differing) >= 4.5
    assert contrast(look.accent_ink, look.accent) >= 4.5
    for words in (look.accent, look.good, look.warning, look.danger):
        for ground in (look.paper, look.panel, look.ground, look.raised):
            assert contrast(words, ground) >= 4.5, f"{words} on {ground}"


@both
def test_what_is_operated_and_what_is_excluded_can_be_seen(look: Theme) -> None:
    for ground in (look.paper, look.panel, look.ground, look.raised):
        assert contrast(look.edge, ground) >= 3, ground
    for ground in (look.paper, look.excluded_ground):
        assert contrast(look.excluded, ground) >= 3, ground


@both
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_the_first_four_hues_are_told_apart_by_every_eye(look: Theme, sight: str) -> None:
    for one, other in combinations(FIRST, 2):
        found = apart(look.hues[one].strong, look.hues[other].strong, sight)
        assert found >= APART_FIRST, f"{one} and {other}: {found:.1f}"


@both
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_all_eight_hues_are_told_apart_by_every_eye(look: Theme, sight: str) -> None:
    bound = APART_NORMAL if sight == "normal" else APART_ALL
    for one, other in combinations(HUES, 2):
        found = apart(look.hues[one].strong, look.hues[other].strong, sight)
        assert found >= bound, f"{one} and {other}: {found:.1f}"


@both
@pytest.mark.parametrize("sight", colours.SIGHTS)
def test_the_tints_of_the_two_targets_that_ship_are_told_apart(look: Theme, sight: str) -> None:
    blue, orange = (over(look.hues[name].tint, look.paper) for name in ("blue", "orange"))
    assert apart(blue, orange, sight) >= APART_TINTS


# ------------------------------------------------------------------- the theme in use


def test_what_is_asked_for_is_in_use(qapp: QApplication) -> None:
    theme.ask_for(DARK)
    assert theme.current() is theme.asked() is DARK
    theme.ask_for(LIGHT)
    assert theme.current() is LIGHT


def test_a_change_of_the_system_is_followed(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    assert _ink(label) == LIGHT.ink
    theme.ask_for(DARK)  # stands for a system that is dark now; offscreen there is none to ask
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert _ink(label) == DARK.ink


def test_the_system_decides_when_nothing_is_asked_for(qapp: QApplication) -> None:
    theme.ask_for(None)
    assert theme.asked() is None
    is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.current() is (DARK if is_dark else LIGHT)


@both
def test_applying_gives_palette_and_style_sheet(qapp: QApplication, look: Theme) -> None:
    theme.ask_for(look)
    theme.apply(qapp)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(look.paper)
    rules = qapp.styleSheet().partition("*/")[2]
    assert look.accent in rules and "@" not in rules


def test_the_typefaces_ship_with_the_program(qapp: QApplication) -> None:
    assert QFontInfo(theme.sans(13)).family() == "Inter"
    assert QFontInfo(theme.serif(17)).family() == "Noto Serif"


def _ink(label: QLabel) -> str:
    return label.palette().color(QPalette.ColorRole.WindowText).name()
