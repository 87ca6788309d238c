"""How a person likes the window, kept from one time to the next."""

import shutil

import pytest
from PySide6.QtWidgets import QMainWindow

from annotator.ui import theme
from annotator.ui.view_settings import ZOOMS, ViewSettings
from tests.gui.working import open_window, settings_in


@pytest.fixture
def view(tmp_path):
    return ViewSettings(settings_in(tmp_path))


@pytest.fixture(autouse=True)
def theme_as_before(qapp):
    """Leave no look of these tests to the next."""
    yield
    theme.ask_for(theme.LIGHT)
    theme.apply(qapp)


def again(tmp_path) -> ViewSettings:
    """Return the settings as the next start of the program reads them.

    From a copy: within one process Qt hands out what it remembers of a file.
    """
    later = tmp_path / "later"
    later.mkdir(exist_ok=True)
    shutil.copy(tmp_path / "settings.ini", later)
    return ViewSettings(settings_in(later))


def kept(view) -> None:
    view._settings.sync()


def test_at_first_all_is_usual(view):
    assert (view.zoom, view.appearance, view.recent()) == (1.0, "system", [])


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_size_is_kept(view, tmp_path, zoom):
    view.set_zoom(zoom)
    kept(view)
    assert again(tmp_path).zoom == zoom


@pytest.mark.parametrize(
    ("written", "zoom"), [("gross", 1.0), ("", 1.0), ("90", 2.5), ("-1", 0.75)]
)
def test_a_size_nobody_could_read_is_not_taken(view, written, zoom):
    view._settings.setValue("zoom", written)
    assert view.zoom == zoom


def test_the_appearance_is_kept_and_used(view, tmp_path, qapp):
    view.set_appearance("dark")
    assert theme.current() is theme.DARK
    kept(view)
    theme.ask_for(theme.LIGHT)
    again(tmp_path).use_appearance()
    assert theme.current() is theme.DARK
    view.set_appearance("system")
    assert theme.asked() is None


def test_recent_projects_the_newest_first_each_once_while_they_are_there(view, tmp_path):
    paths = [tmp_path / f"{n}.stance" for n in range(10)]
    for path in paths:
        path.touch()
        view.add_recent(path)
    assert view.recent() == [str(path) for path in paths[:1:-1]]
    view.add_recent(paths[5])
    assert view.recent()[:2] == [str(paths[5]), str(paths[9])]
    assert len(set(view.recent())) == 8
    paths[9].unlink()
    assert str(paths[9]) not in view.recent()
    kept(view)
    assert again(tmp_path).recent() == view.recent()


def test_a_single_recent_project_comes_back_as_a_list(view, tmp_path):
    """A file of settings does not tell a list of one from a text."""
    path = tmp_path / "only.stance"
    path.touch()
    view.add_recent(path)
    kept(view)
    assert again(tmp_path).recent() == [str(path)]


def test_the_window_comes_back_where_it_was(view, tmp_path, qtbot):
    window, later = QMainWindow(), QMainWindow()
    for made in (window, later):
        qtbot.addWidget(made)
    view.restore(window)
    assert (window.width(), window.height()) == (1440, 900)
    window.setGeometry(80, 60, 900, 640)
    view.keep(window)
    kept(view)
    again(tmp_path).restore(later)
    assert (later.width(), later.height()) == (900, 640)


def test_keys_and_menu_change_the_size_step_by_step_and_back(qtbot, tmp_path):
    hand = open_window(qtbot, tmp_path)
    sizes = []
    for action in ("zoom_in", "zoom_in", "zoom_out", "zoom_reset", *["zoom_out"] * 5):
        hand.window.run(action)
        sizes.append(hand.window.view.zoom)
    assert sizes == [1.15, 1.3, 1.15, 1.0, 0.85, 0.75, 0.75, 0.75, 0.75]
    assert hand.reader.font().pixelSize() == round(theme.READING * 0.75)
