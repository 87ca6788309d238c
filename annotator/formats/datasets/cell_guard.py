"""Cells that a spreadsheet would take for a formula, kept from it in a way that can be undone.

A text that begins with = + - @ (or their wide forms), a tab or a line end gets an apostrophe before
it, and so does one that begins so after apostrophes: what `guard` wrote, `unguard` gives back.
"""

import re

_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")


def dangerous(text: str) -> bool:
    """Tell whether a spreadsheet could take `text` for a formula, or is guarded already."""
    return _FORMULA.match(text) is not None


def guard(text: str) -> str:
    """Return `text` such that it stays text in a spreadsheet."""
    return f"'{text}" if dangerous(text) else text


def unguard(text: str) -> str:
    """Return what was guarded; a text that was not is returned as it is."""
    return text[1:] if text.startswith("'") and dangerous(text) else text
