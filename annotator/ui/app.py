"""Starts the window; imports Qt late, so that missing system libraries are named in a sentence."""

import ctypes
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.ui.application import Application

# Debian's names of what Qt needs beyond its wheel: always, and to draw on an X11 screen.
PACKAGES = "libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
SCREEN_PACKAGES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0"
    " libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1"
)


def run(project: Path | None = None, folder: Path | None = None, *, sample: bool = False) -> int:
    """Show the window, open what is asked for in it, and return the exit code once it is closed.

    Raises UserError when Qt's libraries are missing. Expects that there is a display.
    """
    # Before Qt: once PySide6 is there, it reads the source of every module imported later.
    importlib.import_module("annotator.services.annotating")
    check_libraries()
    app = make_app(["stance-annotator"])
    return app.run_window(project, folder, sample=sample)


def make_app(argv: list[str]) -> "Application":
    """Return the process's application, made on first use, with names, icon, fonts and theme."""
    from annotator.ui.application import Application

    existing = Application.instance()
    return existing if isinstance(existing, Application) else Application(argv)


def check_libraries() -> None:
    """Raise UserError with the command that helps when Qt or its X11 plugin cannot be loaded."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ModuleNotFoundError as error:
        raise UserError(
            "The window needs PySide6, which this Python does not have;"
            f" run: {sys.executable} -m pip install PySide6-Essentials"
        ) from error
    except ImportError as error:
        raise UserError(
            f"Qt cannot be loaded ({error}); on Debian run: apt-get install {PACKAGES}"
        ) from error
    if sys.platform == "linux" and draws_on_x11(os.environ):
        _load_x11_plugin()


def draws_on_x11(environment: Mapping[str, str]) -> bool:
    """Tell whether Qt will take its X11 plugin, which must then load."""
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        return asked.partition(":")[0] == "xcb"
    return "DISPLAY" in environment and "WAYLAND_DISPLAY" not in environment


def _load_x11_plugin() -> None:
    """Load the plugin as Qt will; where that fails, Qt would end the process without a word."""
    import PySide6

    plugin = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():  # a distribution's own PySide6 knows what it needs
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise UserError(
            f"Qt cannot draw on this screen ({error}); on Debian run:"
            f" apt-get install {PACKAGES} {SCREEN_PACKAGES}"
        ) from error
