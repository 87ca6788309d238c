"""The real window, driven by real keys and the real mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from annotator.services import project as projects
from annotator.ui import theme
from annotator.ui.application import Application
from annotator.ui.hand import Hand
from annotator.ui.window import MainWindow

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).resolve().parents[2] / "screenshots"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember that a test failed, so that its window is pictured before it closes."""
    report = yield
    if call.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """pytest-qt makes the application of this class, as the program does."""
    return Application


@pytest.fixture
def open_window(qtbot, qapp, tmp_path, request) -> Iterator:
    """Return a function that opens a new window, as a new start of the program would."""
    windows: list[MainWindow] = []

    def open_one(project: Path | None = None) -> Hand:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(settings)
        windows.append(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        hand = Hand(window)
        hand.take_focus()
        if project is not None:
            window.open_path(project)
        return hand

    yield open_one
    if request.node.stash.get(FAILED, False) and windows:
        windows[-1].grab().save(str(PICTURES / f"FAILED-{request.node.name}.png"))
    for window in windows:
        window.close()
        window.deleteLater()
    theme.ask_for(None)
    theme.apply(qapp)


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
