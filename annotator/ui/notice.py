"""One sentence over the page: what happened, or what went wrong and what to do."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.strip import paint_strip
from annotator.ui.words import Words

Kind = Literal["info", "error"]

STAYS = 6000  # milliseconds that a piece of news stays; an error stays until it is closed


class CloseButton(QAbstractButton):
    """A cross that closes what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Close")
        self.setToolTip("Close (Esc)")
        self.setFixedSize(theme.CHIP_HEIGHT, theme.CHIP_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.CHIP_HEIGHT, theme.CHIP_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            ring = QPen(theme.colour(colours.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            painter.setBrush(theme.colour(colours.chip_hover))
            painter.drawRoundedRect(box, 6, 6)
        tone = colours.ink if self.underMouse() else colours.soft
        painter.setPen(
            QPen(theme.colour(tone), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        cross = box.adjusted(7, 7, -7, -7)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())


class Notice(QWidget):
    """A bar with one sentence; news goes by itself, errors stay until they are closed."""

    action_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.kind: Kind = "info"
        self._action = ""
        self.words = Words(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self.action.clicked.connect(self._on_action)
        self.cross = CloseButton()
        self.cross.clicked.connect(self.dismiss)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(STAYS)
        self._time.timeout.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.WIDE + 26, theme.SMALL, theme.LARGE, theme.SMALL + 1)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.cross)
        self.hide()

    def tell(
        self, sentence: str, kind: Kind = "info", action: tuple[str, str] | None = None
    ) -> None:
        """Show `sentence`; `action` is the id and the words of a button beside it."""
        self.kind = kind
        self._action, label = action or ("", "")
        self.words.setText(sentence)
        self.action.setText(label)
        self.action.setVisible(bool(label))
        self.setAccessibleName(sentence)
        self.show()
        self.update()
        if kind == "info":
            self._time.start()
        else:
            self._time.stop()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def expire(self) -> None:
        """Close a piece of news, which the next action makes old; an error stays."""
        if self.kind == "info":
            self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        """Close the bar, whatever it shows."""
        self._time.stop()
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        error = self.kind == "error"
        paint_strip(self, colours.paper, line_below=True)
        tone = theme.colour(colours.danger if error else colours.accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        if error:
            painter.drawRect(0, 0, theme.TIGHT, self.height() - 1)
        disc = QRectF(theme.WIDE, (self.height() - 17) / 2, 16, 16)
        painter.drawEllipse(disc)
        painter.setPen(theme.colour(colours.paper if error else colours.accent_ink))
        painter.setFont(theme.sans(theme.CAPTION, strong=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "!" if error else "i")
        painter.end()

    @Slot()
    def _on_action(self) -> None:
        action = self._action
        self.dismiss()
        self.action_asked.emit(action)
