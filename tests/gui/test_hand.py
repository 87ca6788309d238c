"""The hand at the keys: what it selects, whichever way a paragraph is written."""

import pytest
from PySide6.QtCore import Qt

from annotator.domain.spans import Span
from tests.gui.working import open_window

HEBREW = "הממשלה בהרסק חזרה ואמרה"
MIXED = f"La Brévonie hésite\n{HEBREW} trois fois\nRadel se tait\n"


@pytest.mark.parametrize("words", ["Brévonie hésite", HEBREW, "hésite\n" + HEBREW])
def test_the_keyboard_selects_in_both_directions_of_writing(qtbot, tmp_path, words) -> None:
    hand = open_window(qtbot, tmp_path, first=MIXED)
    span = hand.find(words)
    hand.select_by_keys(span)
    assert hand.page.desk.selection == span


def test_a_hand_that_cannot_get_on_says_so(qtbot, tmp_path) -> None:
    hand = open_window(qtbot, tmp_path)
    hand.reader.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    with pytest.raises(RuntimeError, match="No arrow leads on"):
        hand.select_by_keys(Span(0, 5))
