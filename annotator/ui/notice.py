"""One sentence: what happened, or what went wrong and what to do; as a bar, or over the page."""

from typing import Literal

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.overlays import paint_panel
from annotator.ui.strip import paint_strip
from annotator.ui.words import Words

Kind = Literal["info", "error"]

_SHADOW = 16  # around the panel of a toast
_WIDEST = 760

# Milliseconds that a piece of news stays. An error stays until it is closed, and at least as long
# whatever is done next.
STAYS = 6000


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
    """A bar with one sentence; news goes by itself, an error or one with a button is closed."""

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
        self._shown = QElapsedTimer()
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(STAYS)
        self._time.timeout.connect(self.dismiss)
        self._layout = layout = QHBoxLayout(self)
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
        self._shown.start()
        self.show()
        self.update()
        if kind == "info" and action is None:
            self._time.start()
        else:
            self._time.stop()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def expire(self) -> None:
        """Close what the next action makes old: news, and an error that stood long enough."""
        calm = self.kind == "info" and not self._action
        if calm or self._shown.hasExpired(STAYS):
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
        paint_strip(self, theme.current().paper, line_below=True)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.kind == "error":
            painter.setBrush(theme.colour(theme.current().danger))
            painter.drawRect(0, 0, theme.TIGHT, self.height() - 1)
        self.paint_sign(painter, QRectF(theme.WIDE, (self.height() - 17) / 2, 16, 16))
        painter.end()

    def paint_sign(self, painter: QPainter, disc: QRectF) -> None:
        """Paint the sign of the kind of sentence into `disc`."""
        colours = theme.current()
        error = self.kind == "error"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colours.danger if error else colours.accent))
        painter.drawEllipse(disc)
        painter.setPen(theme.colour(colours.paper if error else colours.accent_ink))
        painter.setFont(theme.sans(theme.CAPTION, strong=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "!" if error else "i")

    @Slot()
    def _on_action(self) -> None:
        action = self._action
        self.dismiss()
        self.action_asked.emit(action)


class Toast(Notice):
    """The same over the bottom of a page, which stays where it is."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setParent(page)
        self._page = page
        beyond = _SHADOW + theme.SMALL
        self._layout.setContentsMargins(beyond + theme.SMALL + 26, beyond, beyond, beyond)
        page.installEventFilter(self)

    @override
    def tell(
        self, sentence: str, kind: Kind = "info", action: tuple[str, str] | None = None
    ) -> None:
        super().tell(sentence, kind, action)
        self._place()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        # A click on the panel is not one into the page below it.
        return super().event(event) or isinstance(event, QMouseEvent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        panel = QRectF(self._panel())
        paint_panel(painter, panel)
        middle = panel.center().y()
        self.paint_sign(painter, QRectF(panel.left() + theme.MEDIUM, middle - 8, 16, 16))
        painter.end()

    def _panel(self) -> QRect:
        return self.rect().adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)

    def _place(self) -> None:
        """Stand in the middle at the bottom, as wide as the sentence needs and the page allows."""
        around = self._layout.contentsMargins()
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 4
        beside = self.cross.width() + theme.SMALL
        if not self.action.isHidden():
            beside += self.action.sizeHint().width() + theme.SMALL
        wanted = words + beside + around.left() + around.right()
        width = min(wanted, _WIDEST, self._page.width())
        height = self._layout.totalHeightForWidth(width)
        self.setGeometry(
            (self._page.width() - width) // 2, self._page.height() - height, width, height
        )
