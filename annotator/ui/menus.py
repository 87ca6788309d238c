"""The action table as Qt actions: menus, shortcuts, enablement."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.domain.codebook import Codebook
from annotator.ui.actions import ACTIONS, MENUS, Action, Need, codebook_actions, enabled

# These keys belong to buttons, lists and fields elsewhere; they mean an action in the text alone.
_TEXT_KEYS = {"Return", "Enter", "Space", "Delete", "Backspace", "Escape"}
# Lists, fields and the text have a use of their own for these: who has none gives the action.
_MOVING_KEYS = {"Up", "Down"}


class Menus(QObject):
    """All actions of the window; `asked` names the one a user chose."""

    asked = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.holding: set[Need] = set()  # the conditions that hold now
        self._actions: dict[str, tuple[Action, QAction]] = {}
        self._codebook_ids: list[str] = []
        self._texts: list[QWidget] = []
        # A group that excludes nothing: one signal for all actions instead of one slot each.
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._group.triggered.connect(self._on_triggered)
        bar = window.menuBar()
        self._menus: dict[str, QMenu] = {name: bar.addMenu(f"&{name}") for name in MENUS}
        for action in ACTIONS:
            self._add(action)
        self._refresh()

    def use_text(self, text: QWidget) -> None:
        """Tell of one more widget in which plain keys such as Return work, as in the text."""
        self._texts.append(text)
        for action, qt_action in self._actions.values():
            self._bind(action, qt_action)

    def show_codebook(self, codebook: Codebook | None, lang: str) -> None:
        """Put the choices of `codebook` in the place of those shown before."""
        for action_id in self._codebook_ids:
            _, qt_action = self._actions.pop(action_id)
            self._group.removeAction(qt_action)
            qt_action.deleteLater()
        added = codebook_actions(codebook, lang) if codebook else []
        self._codebook_ids = [action.id for action in added]
        for action in added:
            self._add(action)
        self._refresh()

    def show_holding(self, holding: Iterable[Need]) -> None:
        """Enable what can be used under the conditions `holding`."""
        new = set(holding)
        if new != self.holding:
            self.holding = new
            self._refresh()

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu what undo and redo would do."""
        self._actions["undo"][1].setText(f"Undo: {undo}" if undo else "Undo")
        self._actions["redo"][1].setText(f"Redo: {redo}" if redo else "Redo")

    def usable(self) -> list[Action]:
        """Return the actions that can be used now, in the order of the menus."""
        return [a for a, _ in self._actions.values() if enabled(a, self.holding)]

    def all(self) -> list[Action]:
        """Return every action, in the order of the menus."""
        return [action for action, _ in self._actions.values()]

    @Slot(QAction)
    def _on_triggered(self, qt_action: QAction) -> None:
        self.asked.emit(str(qt_action.data()))

    def _add(self, action: Action) -> None:
        qt_action = QAction(action.text.replace("&", "&&"), self)
        qt_action.setData(action.id)
        keys = [key for key in action.keys if key not in _MOVING_KEYS]
        qt_action.setShortcuts([QKeySequence(key) for key in keys])
        qt_action.setAutoRepeat(action.id.startswith(("next_", "previous_", "start_", "end_")))
        if action.hint:
            qt_action.setStatusTip(action.hint)
        if action.id == "quit":
            qt_action.setMenuRole(QAction.MenuRole.QuitRole)
        self._group.addAction(qt_action)
        self._actions[action.id] = (action, qt_action)
        self._menus[action.menu].addAction(qt_action)
        self._bind(action, qt_action)

    def _bind(self, action: Action, qt_action: QAction) -> None:
        if any(key.rpartition("+")[2] in _TEXT_KEYS for key in action.keys[:1]) and not any(
            key.startswith("Ctrl") for key in action.keys
        ):
            qt_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            for text in self._texts:
                text.addAction(qt_action)
        else:
            self._window.addAction(qt_action)

    def _refresh(self) -> None:
        for action, qt_action in self._actions.values():
            qt_action.setEnabled(enabled(action, self.holding))
