"""What every test of a widget gets: the real application, one theme, and nothing left behind."""

import gc
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui import theme
from annotator.ui.application import Application

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Qt's offscreen plugin say what it cannot do; every other warning fails the test."""
    ignore = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(ignore)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """pytest-qt makes the application of this class: fonts and theme are loaded once."""
    return Application


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> Iterator[None]:
    """Begin each test in the light theme, whatever the system and the test before like."""
    before = theme.current()
    theme.ask_for(theme.LIGHT)
    if before is not theme.LIGHT:
        theme.apply(qapp)
    yield
    if theme.current() is not theme.LIGHT:
        theme.ask_for(theme.LIGHT)
        theme.apply(qapp)


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> theme.Theme:
    """Show everything in one look, then in the other."""
    wanted = {"light": theme.LIGHT, "dark": theme.DARK}[request.param]
    theme.ask_for(wanted)
    theme.apply(qapp)
    return wanted


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a top-level widget or a thread; qtbot.addWidget closes widgets."""
    widgets_before = set(map(id, QApplication.topLevelWidgets()))
    threads_before = set(threading.enumerate())
    yield
    leaked = _new_widgets(widgets_before)
    if leaked:  # a cycle that only the collector undoes is no leak
        gc.collect()
        leaked = _new_widgets(widgets_before)
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in leaked]
    for widget in leaked:
        widget.deleteLater()
    assert not names, f"widgets left behind: {', '.join(names)}"
    threads = _new_threads(threads_before)
    assert not threads, f"threads left behind: {', '.join(threads)}"


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test after which a warning stands in the log; caplog.clear() says it was meant."""
    yield
    found = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING
    ]
    assert not found, f"warnings in the log: {found}"


def _new_widgets(before: set[int]) -> list[QWidget]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]


def _new_threads(before: set[threading.Thread]) -> list[str]:
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        names = [thread.name for thread in threading.enumerate() if thread not in before]
        if not names:
            return []
        time.sleep(0.01)
    return names
