"""The small bar beside selected words: what one click can do with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.overlays import paint_panel

_MARGIN = 16  # around the bar, for its soft shadow
_AWAY = 8  # between the bar and the selection
_INSIDE = 4  # between the edge of the bar and its buttons
_HEIGHT = 28
_DOT = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be done with a selection: the action's id, its words, key and hue."""

    action_id: str
    text: str
    key: str = ""
    hue: str | None = None


class SelectionBar(QWidget):
    """Offers actions for a selection; never takes the focus from the text."""

    triggered = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()
        self.buttons: list[OfferButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("Mark the selected words")
        self.hide()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show `offers` in their order; `place_beside` gives the bar its place."""
        if self.offers != tuple(offers):
            self.offers = tuple(offers)
            for button in self.buttons:
                button.hide()
                button.deleteLater()
            self.buttons = [OfferButton(offer, self) for offer in offers]
            for button in self.buttons:
                button.clicked.connect(self._trigger)
                button.show()

    def place_beside(self, selection: QRect, inside: QRect) -> None:
        """Show the bar next to `selection` within `inside`, both in the parent's pixels.

        When nothing of the selection is in view the bar is hidden.
        """
        if not self.buttons or not selection.intersects(inside):
            self.hide()
            return
        room = inside.width() - 4 * _INSIDE
        boxes = flow([button.sizeHint() for button in self.buttons], room)
        beyond = _MARGIN + _INSIDE
        around = QRect()
        for button, box in zip(self.buttons, boxes, strict=True):
            button.setGeometry(box.translated(beyond, beyond))
            around |= button.geometry()
        body = around.marginsAdded(QMargins(_INSIDE, _INSIDE, _INSIDE, _INSIDE)).size()
        self.resize(body.grownBy(QMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)))
        self.move(
            place(body, selection, inside.adjusted(_INSIDE, 0, -_INSIDE, 0))
            - QPoint(_MARGIN, _MARGIN)
        )
        self.show()
        self.raise_()

    @override
    def event(self, event: QEvent) -> bool:
        # A click between the buttons is not one into the text below, a click into the shadow is.
        if isinstance(event, QMouseEvent) and self._body().contains(event.position().toPoint()):
            event.accept()
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_panel(painter, QRectF(self._body()))

    def _body(self) -> QRect:
        return self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    @Slot()
    def _trigger(self) -> None:
        button = self.sender()
        if isinstance(button, OfferButton):
            self.triggered.emit(button.offer.action_id)


class OfferButton(QAbstractButton):
    """One offer: a dot in the hue of its target, its words, its key."""

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.sans(theme.BODY))
        self.setText(offer.text.replace("&", "&&"))
        self.setAccessibleName(f"{offer.text}, key {offer.key}" if offer.key else offer.text)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.offer.text)
        key = QFontMetrics(_key_font()).horizontalAdvance(self.offer.key)
        dot = _DOT + theme.TIGHT + 2 if self.offer.hue else 0
        gap = theme.TIGHT if self.offer.key else 0
        return QSize(2 * theme.SMALL + dot + words + gap + key, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        box = self.rect().adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.underMouse() or self.isDown():
                painter.setBrush(
                    theme.colour(colours.chip_hover if self.isDown() else colours.chip)
                )
                painter.drawRoundedRect(self.rect(), theme.RADIUS - 2, theme.RADIUS - 2)
            if self.offer.hue:
                painter.setBrush(theme.colour(colours.hue(self.offer.hue).strong))
                dot = QRectF(box.left(), box.center().y() + 0.5 - _DOT / 2, _DOT, _DOT)
                painter.drawEllipse(dot)
                box.setLeft(box.left() + _DOT + theme.TIGHT + 2)
            painter.setPen(theme.colour(colours.ink))
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, self.offer.text)
            painter.setFont(_key_font())
            painter.setPen(theme.colour(colours.soft))
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self.offer.key)


def flow(sizes: Sequence[QSize], room: int) -> list[QRect]:
    """Return a box for each of `sizes`, side by side in rows no wider than `room`."""
    boxes: list[QRect] = []
    x = y = 0
    for size in sizes:
        if x and x + size.width() > room:
            x, y = 0, y + size.height()
        boxes.append(QRect(x, y, min(size.width(), room), size.height()))
        x += size.width()
    return boxes


def place(size: QSize, selection: QRect, inside: QRect) -> QPoint:
    """Return the upper left corner of a bar of `size` beside `selection`, within `inside`.

    Under the selection, where the mouse most often ends; else over it; where neither has the room,
    on the side that has more. Centred on the selection as far as `inside` allows.
    """
    x = selection.center().x() - size.width() // 2
    x = max(inside.left(), min(x, inside.right() + 1 - size.width()))
    below = selection.bottom() + 1 + _AWAY
    above = selection.top() - _AWAY - size.height()
    lowest = inside.bottom() + 1 - size.height()
    if below <= lowest:
        return QPoint(x, max(below, inside.top()))
    if above >= inside.top():
        return QPoint(x, min(above, lowest))
    more_below = inside.bottom() - selection.bottom() >= selection.top() - inside.top()
    return QPoint(x, max(inside.top(), lowest) if more_below else inside.top())


def _key_font() -> QFont:
    return theme.sans(theme.CAPTION)
