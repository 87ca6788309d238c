"""The real window, driven by real keys and the real mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from annotator.services import project as projects
from annotator.ui import theme
from annotator.ui.app import make_app
from annotator.ui.hand import Hand
from annotator.ui.window import MainWindow

PICTURES = Path(__file__).resolve().parents[2] / "screenshots"


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_app(["stance-annotator"])


@pytest.fixture
def open_window(qtbot, tmp_path) -> Iterator:
    """Return a function that opens a new window, as a new start of the program would."""
    windows: list[MainWindow] = []

    def open_one(project: Path | None = None) -> Hand:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(settings)
        windows.append(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        if project is not None:
            window.open_path(project)
        return Hand(window)

    yield open_one
    for window in windows:
        window.close()
        window.deleteLater()
    theme.ask_for(None)


@pytest.fixture
def hand(open_window, tmp_path) -> Hand:
    """Return a hand in a window with an empty project, annotated by Ada."""
    path = tmp_path / "work.stance"
    project = projects.create(path)
    projects.annotate_as(project, "Ada")
    project.close()
    return open_window(path)


@pytest.fixture
def picture():
    """Return a function that saves a picture of a window for somebody to look at."""

    def take(hand: Hand, name: str) -> None:
        hand.picture(PICTURES / f"{name}.png")

    return take
