"""One stop of Tab for many buttons: arrows go from one to the next."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

Button = TypeVar("Button", bound=QAbstractButton)

STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Return how many rows and columns an arrow key goes; None for another key."""
    return STEPS.get(Qt.Key(event.key()))


def only_stop(buttons: Sequence[QAbstractButton], stop: QAbstractButton) -> None:
    """Let Tab stop at one of `buttons` alone; a click takes the focus on all."""
    for button in buttons:
        both = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(both)
