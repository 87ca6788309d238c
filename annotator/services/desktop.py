"""Whether there is a display a window can open on, asked before Qt is loaded: Qt would abort.

Which libraries Qt needs is `annotator.ui.app`'s business.
"""

import ctypes
import sys
from collections.abc import Mapping

_WITHOUT_ONE = "see the program at work without one with: stance-annotator demo --to demo"


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether Qt has anything to draw on; only Linux can lack it."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(environment.get(name) for name in names)


def fault(environment: Mapping[str, str]) -> str | None:
    """Return why no window can open here and what helps, or None."""
    if not has_display(environment):
        return f"There is no display to open a window on; log in to a desktop, or {_WITHOUT_ONE}"
    if sys.platform == "linux" and _is_on_x11(environment) and not _x11_answers():
        return (
            f"The display “{environment.get('DISPLAY', '')}” does not answer; check DISPLAY, or"
            f" {_WITHOUT_ONE}"
        )
    return None


def import_fault(error: ImportError) -> str | None:
    """Return what to do when Qt could not be imported; None when it was something else."""
    name = error.name or ""
    if isinstance(error, ModuleNotFoundError) and name.split(".")[0] in ("PySide6", "shiboken6"):
        return f"Qt is not installed; run: {sys.executable} -m pip install PySide6-Essentials"
    if "cannot open shared object file" in str(error):
        return (
            f"Qt cannot be loaded ({error}); on Debian run: apt-get install libegl1 libgl1"
            " libxkbcommon0 libfontconfig1 libdbus-1-3"
        )
    return None


def _is_on_x11(environment: Mapping[str, str]) -> bool:
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform.partition(":")[0] == "xcb"
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")


def _x11_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the missing library is named later
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answered: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answered
