"""Colours, spacing, type sizes and the style sheet, light and dark; no colour stands elsewhere."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import places

# Spacing in pixels, a scale of fours.
TIGHT: Final = 4
SMALL: Final = 8
MEDIUM: Final = 12
LARGE: Final = 16
WIDE: Final = 24
PAGE: Final = 36

RADIUS: Final = 8
CHIP_HEIGHT: Final = 24
CARD_WIDTH: Final = 340
LIST_WIDTH: Final = 280
READER_WIDTH: Final = 760  # about 75 characters a line at the default size

# Type sizes in pixels at zoom 1.
CAPTION: Final = 11
BODY: Final = 13
STRONG: Final = 15
READING: Final = 17
HEADLINE: Final = 23
READING_LEADING: Final = 1.65  # line height of what is read, in lines

SANS: Final = ("Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
SERIF: Final = ("Noto Serif", "Georgia", "Times New Roman", "DejaVu Serif")
_FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-SemiBold.otf",
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
)


@dataclass(frozen=True, slots=True)
class Hue:
    """One target's colours: `strong` for lines and words, `tint` and `chosen` under words."""

    strong: str
    tint: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one appearance, as #rrggbb (or #aarrggbb where it lies over words)."""

    dark: bool
    ground: str  # behind everything
    panel: str  # side panel, bars
    paper: str  # what is read; cards
    raised: str  # menus, pop-ups, tool tips
    line: str  # hairlines
    edge: str  # borders of things that can be operated; 3 to 1 on paper
    ink: str
    soft: str  # secondary words; 4.5 to 1 on ground, panel, paper and chip
    chip: str
    chip_hover: str
    accent: str
    accent_ink: str  # words on accent
    accent_soft: str  # a hint of the accent behind words
    good: str
    warning: str
    danger: str
    selection: str
    excluded: str  # words of excluded regions
    excluded_ground: str
    found: str  # behind search hits
    decided: str  # behind words of which something was decided
    differing: str  # behind what annotators chose differently
    hues: dict[str, Hue]

    def hue(self, name: str | None) -> Hue:
        """Return the colours of a target's hue; the neutral one when there is none yet."""
        return self.hues.get(name or "grey", self.hues["grey"])


def _hue(strong: str, over: tuple[str, str]) -> Hue:
    return Hue(strong, f"#{over[0]}{strong[1:]}", f"#{over[1]}{strong[1:]}")


# The hues below were searched by program: as near as possible to the colours first drawn, readable
# as words, and told apart in normal and colour-blind sight; tests/gui/test_theme.py has the bounds.
_LIGHT_OVER = ("22", "4d")
_DARK_OVER = ("30", "66")

LIGHT: Final = Theme(
    dark=False,
    ground="#f3f2ee",
    panel="#fbfaf8",
    paper="#ffffff",
    raised="#ffffff",
    line="#e4e2dc",
    edge="#8d8a82",
    ink="#1f2328",
    soft="#5d636b",
    chip="#eeede8",
    chip_hover="#e3e1da",
    accent="#3b5bdb",
    accent_ink="#ffffff",
    accent_soft="#e7ecfc",
    good="#1f7a45",
    warning="#925a00",
    danger="#b3261e",
    selection="#c9d6fb",
    excluded="#85888d",
    excluded_ground="#f3f2ee",
    found="#ffe08a",
    decided="#def2e4",
    differing="#fbe8cf",
    hues={
        name: _hue(colour, _LIGHT_OVER)
        for name, colour in {
            "blue": "#0f69ce",
            "orange": "#ad4d00",
            "green": "#175f47",
            "purple": "#531c85",
            "sky": "#006d86",
            "pink": "#bf2690",
            "olive": "#6e6d3b",
            "grey": "#5b616a",
        }.items()
    },
)

DARK: Final = Theme(
    dark=True,
    ground="#16181b",
    panel="#1b1d20",
    paper="#202326",
    raised="#2a2e32",
    line="#31353a",
    edge="#767d86",
    ink="#e6e6e3",
    soft="#a3a9b1",
    chip="#2d3136",
    chip_hover="#383d43",
    accent="#8ea3ff",
    accent_ink="#12151c",
    accent_soft="#272d45",
    good="#6fcf97",
    warning="#e8b04a",
    danger="#ff8a80",
    selection="#3a4a86",
    excluded="#787e86",
    excluded_ground="#1b1d20",
    found="#6b5a13",
    decided="#1f3d2c",
    differing="#4d3a1f",
    hues={
        name: _hue(colour, _DARK_OVER)
        for name, colour in {
            "blue": "#4a99ff",
            "orange": "#e49a4b",
            "green": "#34e4b3",
            "purple": "#e0bcec",
            "sky": "#57bdc8",
            "pink": "#ce80aa",
            "olive": "#d4ce35",
            "grey": "#ababa8",
        }.items()
    },
)


def current() -> Theme:
    """Return the theme in use: what was asked for, else the system's."""
    if _asked is not None:
        return _asked
    hints = QGuiApplication.styleHints()
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def asked() -> Theme | None:
    """Return the theme that was asked for; None when the system is followed."""
    return _asked


def ask_for(theme: Theme | None) -> None:
    """Use `theme` from the next `apply` on; None follows the system."""
    global _asked
    _asked = theme


_asked: Theme | None = None


def apply(app: QApplication) -> None:
    """Give the whole application fonts, palette and style sheet of the current theme."""
    theme = current()
    if not app.styleSheet():  # once: later the style is hidden behind that of the sheet
        app.setStyle("fusion")
    app.setFont(sans(BODY))
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def load_fonts() -> None:
    """Register the typefaces that ship with the program."""
    folder = places.shipped("resources") / "fonts"
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(folder / name))


def sans(size: float, *, strong: bool = False) -> QFont:
    """Return the typeface for what is operated, `size` in pixels."""
    return _font(SANS, size, strong=strong)


def serif(size: float, *, strong: bool = False) -> QFont:
    """Return the typeface for what is read, `size` in pixels."""
    return _font(SERIF, size, strong=strong)


def colour(value: str) -> QColor:
    """Return a colour of the theme as Qt's."""
    return QColor(value)


def _font(families: tuple[str, ...], size: float, *, strong: bool) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(round(size))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: theme.panel,
        role.WindowText: theme.ink,
        role.Base: theme.paper,
        role.AlternateBase: theme.ground,
        role.Text: theme.ink,
        role.Button: theme.chip,
        role.ButtonText: theme.ink,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.ink,
        role.PlaceholderText: theme.soft,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.ink,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Light: theme.raised,
        role.Dark: theme.edge,
        role.Shadow: theme.line,
    }.items():
        palette.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.soft))
    return palette


def _style_sheet(theme: Theme) -> str:
    path = places.shipped("resources") / "styles" / "window.qss"
    sheet = path.read_text(encoding="utf-8")
    names = [name for name in theme.__slots__ if name not in ("hues", "dark")]
    # Longest first, so that @chip_hover is not read as @chip followed by _hover.
    for name in sorted(names, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", getattr(theme, name))
    return sheet


def mixed(ground: str, over: str, share: float) -> QColor:
    """Return `ground` with a `share` of `over`, from 0 to 1."""
    one, other = QColor(ground), QColor(over)
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def ink_on(ground: QColor) -> QColor:
    """Return the colour of words that is read best on `ground`: the theme's ink or its accent's."""
    look = current()
    inks = [QColor(look.ink), QColor(look.accent_ink)]
    return max(inks, key=lambda ink: contrast(ink, ground))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
