"""The program's own icon, drawn in resources/icons/app.svg; app.png is made from it at 256 pixels.

The PNG is what Qt loads, so that no SVG plugin is needed.
"""

from PySide6.QtGui import QIcon

from annotator import places


def window_icon() -> QIcon:
    """Return the icon of windows and of the task bar."""
    return QIcon(str(places.shipped("resources") / "icons" / "app.png"))
