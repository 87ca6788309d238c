"""The line at the bottom: that all is saved, what there is, and the keys that work now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.ui import theme
from annotator.ui.words import Words

READING = "Reading the statements of this article…"
_NO_SELECTION = "Select words, then ⏎ or 1 2 mark · J K go through · Ctrl+⏎ done · ? keys"
_SELECTION = "⏎ mark · 1 2 mark with target · ⇧E exclude · Alt+⏎ exactly"
_SELECTION_STATEMENT = (
    "⏎ mark · 1 2 with target · S speaker · R cue · C condition · P piece · V via"
)
_STATEMENT = "1 2 target · F A N U stance · S speaker · T B same words · Space usual · ⌫ delete"


def hints(*, selection: bool, statement: bool) -> str:
    """Return the keys worth knowing at this moment."""
    if selection:
        return _SELECTION_STATEMENT if statement else _SELECTION
    return _STATEMENT if statement else _NO_SELECTION


def tally(statements: int, incomplete: int) -> str:
    """Return how many statements the article holds, in words."""
    if not statements:
        return "No statements in this article yet"
    words = "1 statement" if statements == 1 else f"{statements:,} statements"
    return f"{words} in this article" + (f" · {incomplete} incomplete" if incomplete else "")


class StatusLine(QWidget):
    """What is saved and what keys work, in one quiet line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setFixedHeight(30)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._left = Words(size=theme.CAPTION + 1, tone="soft")
        self._right = Words(size=theme.CAPTION + 1, tone="soft")
        self._right.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        layout.setSpacing(theme.WIDE)
        layout.addWidget(self._left)
        layout.addWidget(self._right, 1)

    def show_state(self, left: str, right: str) -> None:
        """Show the tally at the left and the keys at the right, as many as there is room for."""
        self._left.setText(left)
        room = self.width() - self._left.sizeHint().width() - 3 * theme.WIDE
        metrics = self._right.fontMetrics()
        parts = right.split(" · ")
        while len(parts) > 1 and metrics.horizontalAdvance(" · ".join(parts)) > room:
            parts.pop()
        self._right.setText(" · ".join(parts))
