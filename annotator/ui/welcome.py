"""What the window shows while no project is open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.actions import ACTIONS
from annotator.ui.words import Words

_WIDTH = 480
_CHOICES = (
    ("sample", "Try the sample", "Six short articles, labelled by two annotators"),
    ("new", "New project", "One file for your articles, labels and codebook"),
    ("open", "Open project", "Go on where you left off"),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Choice(QAbstractButton):
    """A wide button: a title, a line under it, a key at its right."""

    def __init__(self, title: str, note: str, key: str = "", *, quiet: bool = False) -> None:
        super().__init__()
        self._note = note
        self._key = key
        self._quiet = quiet
        self._cut = Qt.TextElideMode.ElideMiddle if quiet else Qt.TextElideMode.ElideRight
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{note}, {key}" if key else note)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 48 if self._quiet else 64)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        self._paint_card(painter, box)
        inside = box.adjusted(theme.LARGE, 0, -theme.LARGE, 0)
        if self._key:
            painter.setFont(theme.sans(theme.CAPTION + 1))
            painter.setPen(theme.colour(colours.soft))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, right, self._key)
            inside.setRight(inside.right() - 72)
        title = theme.sans(theme.BODY if self._quiet else theme.STRONG, strong=not self._quiet)
        note = theme.sans(theme.CAPTION if self._quiet else theme.BODY)
        self._paint_lines(painter, inside, title, note)

    def _paint_card(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.current()
        ground = colours.chip if self.underMouse() else colours.paper
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(colours.accent), 1.5))
        elif self._quiet:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(theme.colour(colours.line), 1))
        if not self._quiet or self.underMouse():
            painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _paint_lines(self, painter: QPainter, inside: QRectF, title: QFont, note: QFont) -> None:
        colours = theme.current()
        upper, lower = QFontMetricsF(title), QFontMetricsF(note)
        gap = 2
        height = upper.height() + gap + lower.height()
        top = inside.center().y() - height / 2
        painter.setFont(title)
        painter.setPen(theme.colour(colours.ink))
        words = upper.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(QPointF(inside.left(), top + upper.ascent()), words)
        painter.setFont(note)
        painter.setPen(theme.colour(colours.soft))
        words = lower.elidedText(self._note, self._cut, inside.width())
        base = top + upper.height() + gap + lower.ascent()
        painter.drawText(QPointF(inside.left(), base), words)


class WelcomePage(QWidget):
    """The program's name, three ways to begin, and the projects opened before."""

    asked = Signal(str)
    recent_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        self._begin = QButtonGroup(self)
        self._again = QButtonGroup(self)
        self._begin.buttonClicked.connect(self._on_begin)
        self._again.buttonClicked.connect(self._on_again)
        self._heading = Words("Recent projects", size=theme.CAPTION + 1, strong=True, tone="soft")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._lay_out()
        self.show_recent([])

    @property
    def recent(self) -> list[QAbstractButton]:
        """The buttons of the recent projects."""
        return self._again.buttons()

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the projects opened before, the newest first."""
        for button in self.recent:
            self._again.removeButton(button)
            self._recent.removeWidget(button)
            button.deleteLater()
        for path in paths:
            button = Choice(Path(path).stem, _folder_words(Path(path)), quiet=True)
            button.setProperty("path", path)
            button.setToolTip(path)
            self._again.addButton(button)
            self._recent.addWidget(button)
        self._heading.setVisible(bool(paths))

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, theme.WIDE, 0, theme.WIDE)
        inner.setSpacing(0)
        name = Words("Stance Annotator", size=theme.HEADLINE + 7)
        name.setFont(theme.serif(theme.HEADLINE + 7, strong=True))
        inner.addWidget(name)
        inner.addSpacing(theme.TIGHT)
        what = "Mark who says what about which target in news articles."
        inner.addWidget(Words(what, size=theme.STRONG, tone="soft", wrap=True))
        inner.addSpacing(theme.WIDE + theme.SMALL)
        for action_id, title, note in _CHOICES:
            inner.addWidget(self._choice(action_id, title, note))
            inner.addSpacing(theme.SMALL)
        inner.addSpacing(theme.SMALL)
        drop = Words("or drop a folder of texts here", tone="soft")
        drop.setContentsMargins(theme.LARGE, 0, 0, 0)
        inner.addWidget(drop)
        inner.addSpacing(theme.WIDE + theme.SMALL)
        self._heading.setContentsMargins(theme.LARGE, 0, 0, theme.TIGHT)
        inner.addWidget(self._heading)
        inner.addLayout(self._recent)
        page = QWidget()
        beside = QHBoxLayout(page)
        beside.setContentsMargins(theme.WIDE, 0, theme.WIDE, 0)
        beside.addStretch(1)
        beside.addWidget(column, 1000)
        beside.addStretch(1)
        beside.setAlignment(column, Qt.AlignmentFlag.AlignVCenter)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _choice(self, action_id: str, title: str, note: str) -> Choice:
        keys = next(action.keys for action in ACTIONS if action.id == action_id)
        choice = Choice(title, note, keys[0] if keys else "")
        choice.setProperty("action", action_id)
        self.choices[action_id] = choice
        self._begin.addButton(choice)
        return choice

    @Slot(QAbstractButton)
    def _on_begin(self, button: QAbstractButton) -> None:
        self.asked.emit(str(button.property("action")))

    @Slot(QAbstractButton)
    def _on_again(self, button: QAbstractButton) -> None:
        self.recent_chosen.emit(str(button.property("path")))


def _folder_words(path: Path) -> str:
    """Return the folder of `path`, shortened by the user's own folder."""
    folder = path.parent
    home = Path.home()
    if not folder.is_relative_to(home):
        return str(folder)
    return str(Path("~") / folder.relative_to(home))
