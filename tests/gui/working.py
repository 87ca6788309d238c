"""The real window with a project of invented articles: for tests of what the window joins."""

from PySide6.QtCore import QSettings

from annotator.services import importing
from annotator.services import project as projects
from annotator.ui.hand import Hand
from annotator.ui.window import MainWindow

ONE = (
    "La Brévonie hésite encore\n"
    "Le gouvernement de Harsk a répété que « la force partirait demain », selon Lena Hasp.\n"
    "Une TRÊVE de trois jours, puis une autre trêve : la treve\u00a0tient, dit Radel.\n"
) + "Personne au palais n’a voulu en dire plus ce matin-là, ni le lendemain.\n" * 40
TWO = "Deuxième article\nRien de neuf à Harsk.\n"


def settings_in(folder) -> QSettings:
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


def open_window(qtbot, folder, annotator: str | None = "Ada", first: str = ONE):
    """Return a hand at a window with two articles, the first one open."""
    for name, text in (("1_one.txt", first), ("2_two.txt", TWO)):
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "work.stance"
    project = projects.create(path)
    if annotator is not None:
        projects.annotate_as(project, annotator)
    importing.import_articles(project, sorted(folder.glob("*.txt")))
    project.close()
    window = MainWindow(settings_in(folder))
    qtbot.addWidget(window)
    window.resize(1300, 850)
    hand = Hand(window)
    with qtbot.waitExposed(window):
        window.show()
    hand.take_focus()
    window.open_path(path)
    return hand
