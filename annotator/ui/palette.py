"""The command palette: find an action or an article by a few letters, and go there by key."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.text import fold
from annotator.ui import overlays, theme
from annotator.ui.actions import Action
from annotator.ui.palette_rows import HEADING_HEIGHT, ROW_HEIGHT, Row, RowPainter, Rows
from annotator.ui.ranking import Item, ranked

WIDTH = 640
_TOP = 72
_ROWS = 11  # shown at once
_SHOWN = 40  # of each kind
_RECENT = 6


class CommandPalette(QWidget):
    """Lies over the top of its window; a click beside it or Escape closes it."""

    chosen = Signal(str)
    article_chosen = Signal(int)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focus = overlays.FocusReturn()
        self._actions: list[Row] = []
        self._articles: list[Row] = []
        self._action_items: list[Item] = []
        self._article_items: list[Item] | None = None
        self.recent: list[str] = []  # ids of actions, the newest first
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type what you want to do, or the title of an article")
        self.field.setAccessibleName("Command palette")
        self.field.setFont(theme.sans(theme.STRONG))
        self.field.setFrame(False)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self._model = Rows(self)
        self.view = QListView()
        self._lay_out()
        self.setAccessibleName("Command palette")
        self.hide()

    def open(self, actions: Sequence[Action], articles: Sequence[tuple[int, str]]) -> None:
        """Show what can be chosen: the usable `actions`, and articles as (id, title)."""
        self._actions = [
            Row("action", a.text, a.id, a.menu, a.keys[0] if a.keys else "")
            for a in actions
            if a.id != "palette"
        ]
        self._action_items = [Item(fold(row.text), fold(row.menu)) for row in self._actions]
        self._articles = [Row("article", title, str(number)) for number, title in articles]
        self._article_items = None  # folded at the first letter typed
        if not self.isVisible():
            self._focus.remember()
        self.field.clear()
        self._refresh()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Cover the window, and put the panel at the top in its middle."""
        self.setGeometry(self._window.rect())
        width = min(WIDTH, self.width() - 2 * theme.WIDE)
        rows = self._model.rows[:_ROWS]
        height = (
            sum(HEADING_HEIGHT if row.kind == "heading" else ROW_HEIGHT for row in rows)
            or ROW_HEIGHT
        )
        room = self.height() - _TOP - theme.WIDE
        panel = self.field.sizeHint().height() + height + 3 * theme.SMALL
        left = (self.width() - width) // 2
        self.panel.setGeometry(left, min(_TOP, self.height() // 8), width, min(panel, room))
        self.update()

    def _lay_out(self) -> None:
        self.panel = QWidget(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(RowPainter(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("What matches")
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.entered.connect(self._on_entered)
        self.view.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.field)
        layout.addWidget(self.view)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._refresh()

    def _refresh(self) -> None:
        query = fold(self.field.text()).strip()
        rows = self._matching(query) if query else self._unasked()
        self._model.show(rows or [Row("heading", "Nothing matches")])
        self.fit()
        self._go_to(0, 1)

    def _unasked(self) -> list[Row]:
        """Return what is shown before anything is typed: recent actions, then all."""
        by_id = {row.id: row for row in self._actions}
        recent = [by_id[action_id] for action_id in self.recent if action_id in by_id]
        others = [row for row in self._actions if row not in recent]
        return _under("Recent", recent) + _under("Actions", others)

    def _matching(self, query: str) -> list[Row]:
        if self._article_items is None:
            self._article_items = [Item(fold(row.text)) for row in self._articles]
        recent = {action_id: at for at, action_id in enumerate(self.recent)}
        order = [recent.get(row.id, len(recent)) for row in self._actions]
        actions = [self._actions[i] for i in ranked(query, self._action_items, order)[:_SHOWN]]
        articles = [self._articles[i] for i in ranked(query, self._article_items)[:_SHOWN]]
        return _under("Actions", actions) + _under("Articles", articles)

    def _go_to(self, start: int, step: int) -> None:
        """Select the first row from `start` on that can be chosen, going round at the ends."""
        rows = self._model.rows
        for offset in range(len(rows)):
            at = (start + offset * step) % len(rows)
            if rows[at].kind != "heading":
                index = self._model.index(at, 0)
                self.view.setCurrentIndex(index)
                # The heading over the first row would stay out of sight.
                self.view.scrollTo(self._model.index(0, 0) if at == 1 else index)
                return

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        if self._model.rows[index.row()].kind != "heading":
            self.view.setCurrentIndex(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self._model.rows[index.row()]
        if row.kind == "heading":
            return
        self.hide()  # before the signal: what is chosen may want the focus
        if row.kind == "article":
            self.article_chosen.emit(int(row.id))
        else:
            self.recent = [row.id, *(i for i in self.recent if i != row.id)][:_RECENT]
            self.chosen.emit(row.id)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is self.field:
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._overrides(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
        return False

    def _overrides(self, event: QKeyEvent) -> bool:
        """Keep the keys that work in here from being shortcuts of the window."""
        if event.key() in _KEYS and not event.modifiers() & _MODIFIERS:
            event.accept()
            return True
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key, at = event.key(), self.view.currentIndex().row()
        if event.modifiers() & _MODIFIERS or key not in _KEYS:
            return False
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex())
        elif key in _STEPS:
            self._go_to(at + _STEPS[Qt.Key(key)], _STEPS[Qt.Key(key)])
        else:
            page = _ROWS - 2 if key == Qt.Key.Key_PageDown else 2 - _ROWS
            end = max(0, min(len(self._model.rows) - 1, at + page))
            self._go_to(end, 1 if page < 0 else -1)
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._focus.give_back(self)
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        overlays.paint_panel(painter, QRectF(self.panel.geometry()))
        painter.end()


_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}
_KEYS = {
    *_STEPS,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


def _under(heading: str, rows: Iterable[Row]) -> list[Row]:
    """Return `rows` under their heading; nothing when there are none."""
    listed = list(rows)
    return [Row("heading", heading), *listed] if listed else []
