"""Where lines end in a text that holds a word longer than a page."""

import re

from PySide6.QtGui import QTextOption

# Qt looks for the end of the word anew on every line: 200,000 letters without a blank take it 2.3
# seconds a layout, and 0.07 where it may break anywhere. Below 20,000 it takes less than 0.03.
ENDLESS = 20_000
# Scripts that put no blanks (from U+1100 on) break anywhere already.
_WORD = re.compile("[!-~\u00a1-\u10ff]+")


def wrap_mode(text: str) -> QTextOption.WrapMode:
    """Return how to break lines: at words, but anywhere in a text with a word without end."""
    long = (line for line in text.split("\n") if len(line) >= ENDLESS)
    if any(len(word[0]) >= ENDLESS for line in long for word in _WORD.finditer(line)):
        return QTextOption.WrapMode.WrapAnywhere
    return QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
