"""The colours of reports and figures: those of the window in the light.

The window's theme knows Qt, which stops at its floor; a test holds both to the same values.
"""

from typing import Final

COLOURS: Final = {
    "ground": "#f3f2ee",
    "panel": "#fbfaf8",
    "paper": "#ffffff",
    "line": "#e4e2dc",
    "edge": "#8d8a82",
    "ink": "#1f2328",
    "soft": "#5d636b",
    "chip": "#eeede8",
    "accent": "#3b5bdb",
    "accent_soft": "#e7ecfc",
}
BELOW: Final = "#ad4d00"  # the window's orange: below a line, beside the diagonal
SANS: Final = ("Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
SERIF: Final = ("Noto Serif", "Georgia", "Times New Roman", "DejaVu Serif")


def blend(colour: str, share: float, ground: str = COLOURS["paper"]) -> str:
    """Return `colour` laid over `ground` with an opacity of `share`."""
    mixed = (
        round(int(over, 16) * share + int(under, 16) * (1 - share))
        for over, under in zip(_parts(colour), _parts(ground), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _parts(colour: str) -> list[str]:
    return [colour[at : at + 2] for at in (1, 3, 5)]
