"""What lies over the window for a moment has in common: its panel, and giving the focus back."""

import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui import theme

_SHADOW = 14  # pixels
_SHADOW_ALPHA = 0.016  # of each of its rings


class FocusReturn:
    """Remembers which widget had the focus and gives it back, if that widget still lives."""

    def __init__(self) -> None:
        self._widget: QWidget | None = None

    def remember(self) -> None:
        """Note who has the focus now."""
        self._widget = QApplication.focusWidget()

    def give_back(self, overlay: QWidget) -> None:
        """Give the focus back, unless it has gone from `overlay` to somebody else meanwhile."""
        widget, self._widget = self._widget, None
        now = QApplication.focusWidget()
        gone_elsewhere = now is not None and now is not overlay and not overlay.isAncestorOf(now)
        if widget is None or gone_elsewhere or not shiboken6.isValid(widget):
            return
        if widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)


def veil() -> QColor:
    """Return the colour that dims the window."""
    look = theme.current()
    colour = theme.colour(look.ground if look.dark else look.ink)
    colour.setAlphaF(0.78 if look.dark else 0.42)
    return colour


def paint_panel(painter: QPainter, panel: QRectF) -> None:
    """Paint a raised panel with a soft shadow."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shadow = theme.colour(look.ground if look.dark else look.ink)
    shadow.setAlphaF(_SHADOW_ALPHA * (4 if look.dark else 1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    for ring in range(_SHADOW, 0, -2):
        grown = panel.adjusted(-ring, -ring + 3, ring, ring + 3)
        painter.drawRoundedRect(grown, theme.RADIUS + ring, theme.RADIUS + ring)
    painter.setPen(QPen(theme.colour(look.edge if look.dark else look.line), 1))
    painter.setBrush(theme.colour(look.raised))
    edge = panel.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(edge, theme.RADIUS + 2, theme.RADIUS + 2)
