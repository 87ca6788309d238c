"""How a person likes the window: size of words, light or dark, size and place, recent projects."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.ui import theme

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

ZOOMS = (0.75, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)
_RECENT = 8


class ViewSettings:
    """Settings of the screen, kept for the user, not in the project."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def zoom(self) -> float:
        """The size of what is read, relative to the normal size."""
        try:
            zoom = float(str(self._settings.value("zoom", 1.0)))
        except ValueError:  # a file of settings can be edited by hand, and cut off
            return 1.0
        return max(ZOOMS[0], min(zoom, ZOOMS[-1]))

    @property
    def appearance(self) -> str:
        """Light, dark or system."""
        return str(self._settings.value("appearance", "system"))

    def set_zoom(self, zoom: float) -> None:
        """Keep the size of what is read."""
        self._settings.setValue("zoom", zoom)

    def set_appearance(self, appearance: str) -> None:
        """Keep and use an appearance: light, dark or system."""
        self._settings.setValue("appearance", appearance)
        self.use_appearance()

    def use_appearance(self) -> None:
        """Give the application the appearance that is kept."""
        asked = {"light": theme.LIGHT, "dark": theme.DARK}.get(self.appearance)
        app = QApplication.instance()
        if asked is not theme.asked() and isinstance(app, QApplication):
            theme.ask_for(asked)
            theme.apply(app)

    def recent(self) -> list[str]:
        """Return the projects opened last that are still there, the newest first."""
        found = self._settings.value("recent", [])
        paths = [found] if isinstance(found, str) else list(found or [])  # type: ignore[call-overload]
        return [path for path in paths if Path(path).is_file()]

    def add_recent(self, path: Path) -> None:
        """Remember that the project at `path` was opened."""
        listed = [str(path), *(p for p in self.recent() if p != str(path))]
        self._settings.setValue("recent", listed[:_RECENT])

    def keep(self, window: QMainWindow) -> None:
        """Keep size and place of the window."""
        self._settings.setValue("geometry", window.saveGeometry())

    def restore(self, window: QMainWindow) -> None:
        """Give the window the size and place it had."""
        self.use_appearance()
        geometry = self._settings.value("geometry")
        if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
            window.resize(1440, 900)


def handlers(window: "MainWindow") -> dict[str, Callable[[], None]]:
    """Return what the actions of the View menu do."""
    view = window.view

    def zoom(step: int) -> None:
        at = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - view.zoom))
        view.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, at + step))] if step else 1.0)
        window.zoomed.emit(view.zoom)

    window.page.reader.set_zoom(view.zoom)
    return {
        "zoom_in": lambda: zoom(1),
        "zoom_out": lambda: zoom(-1),
        "zoom_reset": lambda: zoom(0),
        "appearance_system": lambda: view.set_appearance("system"),
        "appearance_light": lambda: view.set_appearance("light"),
        "appearance_dark": lambda: view.set_appearance("dark"),
    }
