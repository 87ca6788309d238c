"""The codebook at hand: all that it says, filtered, one choice framed, the work not held up."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontInfo, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.services import project
from annotator.ui import theme
from annotator.ui.codebook_entries import EntryCard, sections
from annotator.ui.codebook_panel import CodebookPanel
from annotator.ui.words import Words

CODEBOOK = project.read_codebook(project.default_codebook_file())


def test_everything_the_codebook_says_is_listed_in_the_order_of_labelling() -> None:
    found = sections(CODEBOOK, "en")
    titles = [section.title for section in found]
    assert titles[:3] == ["What to mark", "Targets", "Stances"]
    assert titles[-2:] == ["Flags", "Rulings"]
    listed = [(e.group, e.id) for section in found for e in section.entries]
    choices = [(group, choice.id) for group, choice in CODEBOOK.all_choices()]
    assert [entry for entry in listed if entry[0] not in ("rule", "ruling")] == choices
    assert len([entry for entry in listed if entry[0] == "ruling"]) == len(CODEBOOK.rulings)


def test_entries_hold_names_keys_definitions_and_examples_in_the_language() -> None:
    entries = {(e.group, e.id): e for s in sections(CODEBOOK, "fr") for e in s.entries}
    against = entries["stance", "against"]
    assert (against.title, against.key, against.symbol) == ("Défavorable", "A", "▼")
    assert against.text.startswith("Le locuteur rejette")
    assert "botte étrangère" in against.examples[1][0]
    assert entries["target", "troop_deployment"].hue == "orange"


def test_a_codebook_with_little_in_it_has_no_empty_sections() -> None:
    bare = replace(CODEBOOK, flags=(), rulings=(), content_rule=None, attributes=())
    assert [section.title for section in sections(bare, "en")] == ["Targets", "Stances"]


# ------------------------------------------------------------------------ the widget


class Window(QMainWindow):
    """A window with a text, an action on F, and the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.setCentralWidget(self.text)
        self.fired = 0
        action = QAction("Favor", self)
        action.setShortcut(QKeySequence("F"))
        action.triggered.connect(self._on_fired)
        self.addAction(action)
        self.panel = CodebookPanel(self)

    def _on_fired(self) -> None:
        self.fired += 1

    def card(self, group: str, choice_id: str) -> EntryCard:
        cards = self.panel.findChildren(EntryCard)
        return next(c for c in cards if (c.entry.group, c.entry.id) == (group, choice_id))

    def shows(self, card: EntryCard) -> bool:
        """Tell whether the top of `card` is in sight."""
        viewport = self.panel.area.viewport()
        return viewport.rect().contains(card.mapTo(viewport, QPoint(20, 10)))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    window.panel.show_codebook(CODEBOOK, "en")
    window.panel.show()
    window.panel.activateWindow()
    qtbot.waitExposed(window.panel)
    qtbot.waitUntil(window.panel.filter.hasFocus)
    return window


def passing(window: Window) -> list[tuple[str, str]]:
    """Return group and id of what passes the filter."""
    cards = window.panel.findChildren(EntryCard)
    return [(card.entry.group, card.entry.id) for card in cards if not card.isHidden()]


def test_every_entry_is_there_with_its_definition_in_sans_and_examples_in_serif(
    window: Window,
) -> None:
    listed = [(e.group, e.id) for s in sections(CODEBOOK, "en") for e in s.entries]
    assert passing(window) == listed
    labels = {label.text(): label for label in window.card("stance", "favor").findChildren(Words)}
    entry = window.card("stance", "favor").entry
    assert QFontInfo(labels[entry.text].font()).family() == "Inter"
    assert QFontInfo(labels[entry.examples[0][0]].font()).family() == "Noto Serif"


def test_no_words_are_cut_off(qtbot: QtBot, window: Window) -> None:
    for width in (window.panel.minimumWidth(), 460, 700):
        window.panel.resize(width, 700)
        qtbot.wait(20)
        for label in window.panel.area.findChildren(Words):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
                assert label.width() > 60, label.text()


def test_a_choice_is_brought_into_sight_and_framed(qtbot: QtBot, window: Window) -> None:
    card = window.card("condition", "timing")
    assert not window.shows(card)
    window.panel.show_choice("condition", "timing")
    qtbot.waitUntil(lambda: window.shows(card))
    assert card.accessibleName() == "Timing, key Y"
    assert card.grab().toImage().pixelColor(8, 8).name() == theme.LIGHT.accent_soft
    window.panel.show_choice("target", "ceasefire")
    qtbot.waitUntil(lambda: window.shows(window.card("target", "ceasefire")))
    assert card.grab().toImage().pixelColor(8, 8).name() == theme.LIGHT.paper


def test_the_filter_looks_at_names_definitions_and_examples_accents_aside(
    qtbot: QtBot, window: Window
) -> None:
    window.panel.show_codebook(CODEBOOK, "fr")
    qtbot.keyClicks(window.panel.filter, "botte ETRANGERE")
    assert passing(window) == [("stance", "against")]
    window.panel.filter.clear()
    qtbot.keyClicks(window.panel.filter, "zzz")
    assert passing(window) == []
    shown = [w.text() for w in window.panel.area.findChildren(Words) if w.isVisible()]
    assert shown == ["Nothing matches"]
    window.panel.show_choice("stance", "favor")
    assert window.panel.filter.text() == ""
    assert ("stance", "favor") in passing(window)


def test_it_scrolls_from_the_filter_field(qtbot: QtBot, window: Window) -> None:
    bar = window.panel.area.verticalScrollBar()
    qtbot.keyClick(window.panel.filter, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(window.panel.filter, Qt.Key.Key_PageUp)
    qtbot.keyClick(window.panel.filter, Qt.Key.Key_Down)
    assert 0 < bar.value() < bar.pageStep()


def test_escape_closes_it(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.panel.closed):
        qtbot.keyClick(window.panel.filter, Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_the_keys_of_the_window_go_on_working(qtbot: QtBot, window: Window) -> None:
    assert not window.panel.isModal()
    qtbot.keyClick(window.panel.filter, Qt.Key.Key_F)
    assert (window.fired, window.panel.filter.text()) == (0, "f")
    window.panel.area.setFocus()
    qtbot.keyClick(window.panel.area, Qt.Key.Key_F)
    assert window.fired == 1 and window.panel.isVisible()


def test_another_version_takes_the_place_of_the_first(qtbot: QtBot, window: Window) -> None:
    card = window.card("target", "ceasefire")
    window.panel.show_codebook(CODEBOOK, "en")
    assert window.card("target", "ceasefire") is card, "the same codebook is not built again"
    window.panel.show_codebook(replace(CODEBOOK, version="1.1.0", flags=()), "en")
    assert not any(group == "flag" for group, _ in passing(window))
    shown = [label.text() for label in window.panel.findChildren(Words)]
    assert "Codebook, version 1.1.0" in shown


def test_it_is_drawn_in_the_theme_in_use(qtbot: QtBot, qapp: QApplication, window: Window) -> None:
    for look in (theme.LIGHT, theme.DARK):
        theme.ask_for(look)
        theme.apply(qapp)
        qtbot.wait(10)
        image = window.panel.grab().toImage()
        assert image.pixelColor(3, 3).name() == look.panel
        card = window.card("rule", "content").grab().toImage()
        assert card.pixelColor(card.width() // 2, 5).name() == look.paper
