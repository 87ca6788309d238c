"""Naming a speaker by typing, with real keys."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.services import speakers
from annotator.ui import theme
from annotator.ui.annotate.candidate_list import placed
from annotator.ui.annotate.speaker_field import SpeakerField
from tests.gui.sample_statements import candidates
from tests.gui.working import open_window

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class Place(QWidget):
    """A field with another one to go to, and room below for the list."""

    def __init__(self) -> None:
        super().__init__()
        self.field = SpeakerField(candidates)
        self.other = QLineEdit()
        self.button = QPushButton("elsewhere")
        layout = QVBoxLayout(self)
        for part in (self.field, self.other, self.button):
            layout.addWidget(part)
        layout.addStretch(1)
        self.resize(400, 400)
        self.heard: list[tuple[str, object]] = []
        self.field.speaker_chosen.connect(self.hear_chosen)
        self.field.speaker_named.connect(self.hear_named)
        self.field.emptied.connect(self.hear_emptied)
        self.field.abandoned.connect(self.hear_abandoned)
        self.field.finished.connect(self.hear_finished)

    def hear_chosen(self, speaker_id: int) -> None:
        self.heard.append(("chosen", speaker_id))

    def hear_named(self, name: str) -> None:
        self.heard.append(("named", name))

    def hear_emptied(self) -> None:
        self.heard.append(("emptied", None))

    def hear_abandoned(self) -> None:
        self.heard.append(("abandoned", None))

    def hear_finished(self) -> None:
        self.heard.append(("finished", None))


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    made = Place()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.other.setFocus()
    qtbot.waitUntil(made.other.hasFocus)
    return made


def started(place, qtbot, prefill=""):
    place.field.start(prefill)
    qtbot.waitUntil(place.field.hasFocus)
    return place.field


def test_start_fills_selects_and_offers(place, qtbot):
    field = started(place, qtbot, "Radel")
    assert (field.text(), field.selectedText()) == ("Radel", "Radel")
    assert field.list.isVisible()
    assert field.list.rows() == ["Vladimir Radel — Radel, person", "New speaker “Radel”"]
    assert field.list.current_name() == "Vladimir Radel"
    assert field.list.geometry().top() >= field.geometry().bottom()
    assert field.hasFocus()


def test_enter_takes_the_one_who_fits_well(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "radel")
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("chosen", 1), ("finished", None)]
    assert field.text() == "Vladimir Radel"
    assert not field.list.isVisible()


def test_accents_and_case_do_not_matter(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "BREVONIE")
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard[0] == ("chosen", 2)


def test_the_beginning_of_a_name_is_enough(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "Rad")
    assert field.list.current_name() == "Vladimir Radel"
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("chosen", 1), ("finished", None)]


def test_words_of_the_text_are_no_beginning_of_another_name(place, qtbot):
    field = started(place, qtbot, "Rad")
    assert "Vladimir Radel" in field.list.rows()[0]
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("named", "Rad"), ("finished", None)]


def test_enter_names_a_new_one_when_nobody_fits_well(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "ade")  # inside a name only: offered, not taken unseen
    assert "Vladimir Radel" in field.list.rows()[0]
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("named", "ade"), ("finished", None)]


def test_a_name_stays_strong_when_the_theme_changes(place, qapp):
    place.field.show_name("Lena Hasp")
    theme.ask_for(theme.DARK)
    theme.apply(qapp)
    assert place.field.font().weight() == QFont.Weight.DemiBold
    place.field.show_name("")
    assert place.field.font().weight() == QFont.Weight.Normal


def test_arrows_choose_another_row(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "radel")
    qtbot.keyClick(field, KEY.Key_Down)
    assert field.list.current() == "radel"
    assert field.accessibleDescription() == "radel"
    qtbot.keyClick(field, KEY.Key_Down)
    assert field.list.current_name() == "Vladimir Radel"
    qtbot.keyClick(field, KEY.Key_Up)
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard[0] == ("named", "radel")


def test_a_known_name_is_not_offered_as_new(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "lena hasp")
    assert field.list.rows() == ["Lena Hasp, person"]


def test_tab_takes_and_moves_on(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "hasp")
    qtbot.keyClick(field, KEY.Key_Tab)
    assert place.heard == [("chosen", 3)]
    assert place.other.hasFocus()


def test_escape_gives_up_what_is_typed_and_then_the_field(place, qtbot):
    place.field.show_name("Lena Hasp")
    field = started(place, qtbot)
    qtbot.keyClicks(field, "rad")
    qtbot.keyClick(field, KEY.Key_Escape)
    assert not field.list.isVisible()
    assert (field.text(), place.heard) == ("Lena Hasp", [])
    qtbot.keyClick(field, KEY.Key_Escape)
    assert (field.text(), place.heard) == ("Lena Hasp", [("abandoned", None)])


def test_after_escape_nothing_is_left_to_be_taken(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "rad")
    qtbot.keyClick(field, KEY.Key_Escape)
    qtbot.mouseClick(place.other, LEFT)
    assert (field.text(), place.heard) == ("", [])


def test_the_mouse_takes_a_row_without_taking_the_focus(place, qtbot):
    qtbot.mouseClick(place.field, LEFT)
    field = place.field
    assert field.list.isVisible()
    row = field.list.visualRect(field.list.model().index(1, 0))
    wanted = field.list.rows()[1]
    qtbot.mouseClick(field.list.viewport(), LEFT, pos=row.center())
    assert place.heard[0][0] == "chosen"
    assert wanted.startswith(field.text())
    assert place.heard[1] == ("finished", None)
    assert field.hasFocus()


def test_what_is_typed_is_taken_when_the_focus_leaves(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "Ada Quelle")
    qtbot.mouseClick(place.other, LEFT)
    assert place.heard == [("named", "Ada Quelle")]
    assert not field.list.isVisible()


def test_the_whole_name_of_a_known_speaker_is_taken_when_the_focus_leaves(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "lena HASP")
    qtbot.mouseClick(place.other, LEFT)
    assert place.heard == [("chosen", 3)]
    assert field.text() == "Lena Hasp"


def test_of_the_beginning_of_a_known_name_nobody_is_guessed(place, qtbot):
    place.field.show_name("Ada")
    field = started(place, qtbot)
    with qtbot.waitSignal(field.unfinished) as said:
        qtbot.keyClicks(field, "ra")
        qtbot.mouseClick(place.other, LEFT)
    assert said.args == ["ra"]
    assert (field.text(), place.heard) == ("Ada", [])


def test_what_only_stood_there_is_not_taken(place, qtbot):
    field = started(place, qtbot, "Radel")
    qtbot.mouseClick(place.other, LEFT)
    assert place.heard == []
    assert field.text() == ""


def test_enter_changes_nothing_unseen(place, qtbot):
    place.field.show_name("Lena Hasp")
    field = started(place, qtbot)
    assert field.list.isVisible()
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("finished", None)]
    assert field.text() == "Lena Hasp"


def test_an_emptied_field_clears_on_enter_only(place, qtbot):
    place.field.show_name("Lena Hasp")
    field = started(place, qtbot)
    qtbot.keyClick(field, KEY.Key_Backspace)
    qtbot.mouseClick(place.other, LEFT)
    assert (place.heard, field.text()) == ([], "Lena Hasp")
    started(place, qtbot)
    qtbot.keyClick(field, KEY.Key_Backspace)
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("emptied", None), ("finished", None)]


def test_no_speaker_can_be_chosen_in_the_list(place, qtbot):
    place.field.show_name("Lena Hasp")
    field = started(place, qtbot)
    assert field.list.rows()[-1] == "No speaker"
    qtbot.keyClick(field, KEY.Key_Up)
    qtbot.keyClick(field, KEY.Key_Return)
    assert place.heard == [("emptied", None), ("finished", None)]


def test_a_name_from_elsewhere_does_not_disturb_typing(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "ad")
    field.show_name("Narrator")
    qtbot.keyClicks(field, "a")
    assert (field.text(), field.typing) == ("ada", True)


def test_another_window_in_front_takes_nothing(place, qtbot):
    field = started(place, qtbot)
    qtbot.keyClicks(field, "Ada")
    front = QWidget()
    qtbot.addWidget(front)
    with qtbot.waitExposed(front):
        front.show()
    front.activateWindow()
    qtbot.waitUntil(front.isActiveWindow)
    assert (place.heard, field.text()) == ([], "Ada")
    field.commit()
    assert place.heard == [("named", "Ada")]


def test_where_there_is_no_room_below_the_list_opens_above(qtbot):
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.addStretch(1)
    field = SpeakerField(candidates)
    layout.addWidget(field)
    whole.resize(400, 400)
    qtbot.addWidget(whole)
    with qtbot.waitExposed(whole):
        whole.show()
    field.start()
    assert field.list.geometry().bottom() < field.geometry().top()
    assert whole.rect().contains(field.list.geometry())


FIELD, CARD, LIST = QRect(1100, 400, 200, 28), QRect(1060, 390, 340, 420), QSize(308, 230)


NONE, WIDE = QRect(), QSize(1440, 900)
HIGH = FIELD.translated(0, -300)


@pytest.mark.parametrize(
    ("field", "card", "words", "window", "at"),
    [
        (FIELD, CARD, NONE, WIDE, QPoint(992, 166)),  # above: the card's choices are seen
        (HIGH, CARD, NONE, WIDE, QPoint(748, 100)),  # beside
        (HIGH, CARD, NONE, QSize(1440, 320), QPoint(748, 90)),  # inside the window
        (HIGH, CARD, QRect(400, 90, 620, 60), WIDE, QPoint(748, 153)),  # under the words
        (HIGH, CARD, QRect(400, 90, 300, 60), WIDE, QPoint(748, 100)),  # beside them
        (FIELD.translated(0, -180), CARD, QRect(400, 240, 620, 500), WIDE, QPoint(748, 6)),
        (HIGH, CARD, QRect(400, 90, 620, 700), WIDE, QPoint(992, 132)),  # under the field
        (
            QRect(200, 100, 200, 28),
            QRect(160, 90, 340, 420),
            NONE,
            QSize(520, 900),
            QPoint(92, 132),
        ),
        (FIELD, None, NONE, WIDE, QPoint(992, 432)),
        (FIELD, None, NONE, QSize(1440, 600), QPoint(992, 166)),
        (HIGH, None, NONE, QSize(1440, 300), QPoint(992, 70)),
    ],
)
def test_the_list_covers_as_little_as_there_is_room_for(field, card, words, window, at):
    assert placed(field, card, words, LIST, window) == at


def test_read_only_offers_nothing(place, qtbot):
    place.field.setReadOnly(True)
    qtbot.mouseClick(place.field, LEFT)
    assert not place.field.list.isVisible()


def test_on_the_page_neither_the_card_nor_its_words_are_covered(qtbot, tmp_path):
    hand = open_window(qtbot, tmp_path)
    for number in range(8):
        speakers.ensure(hand.window.project, f"Speaker {number}")
    hand.select_by_keys(hand.find("répété que « la force partirait demain », selon Lena"))
    hand.press("2", hand.reader)
    hand.press("S", hand.reader)
    form, reader = hand.page.margin.form, hand.reader
    offered = form.body.speaker.field.list
    qtbot.waitUntil(offered.isVisible)
    box = QRect(offered.mapToGlobal(QPoint(0, 0)), offered.size())
    words = reader.geometry_of_text.bounds(hand.page.sheet.statements[0].hull).toRect()
    words.translate(reader.viewport().mapToGlobal(QPoint(0, 0)))
    card = QRect(form.mapToGlobal(QPoint(0, 0)), form.size())
    assert box.right() < card.left(), "there is no room above"
    assert not box.intersects(words)
