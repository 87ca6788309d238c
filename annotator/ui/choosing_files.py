"""Choosing files: projects to open or make, articles and labels to bring in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from annotator.errors import UserError
from annotator.services import project as projects

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_PROJECTS = "Projects (*.stance)"
_TEXTS = "Articles (*.txt *.jsonl);;All files (*)"
_LABELS = "Labels (*.jsonl *.json *.csv *.tsv *.zip *.ann);;All files (*)"


class ChoosingFiles(QObject):
    """Asks for files and folders in dialogs that do not block the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._dialog: QFileDialog | None = None
        self._then: Callable[[list[Path]], None] | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions of the File menu that need a file do."""
        return {
            "new": self._new,
            "open": self._open,
            "sample": self.try_sample,
            "import_files": self._import_files,
            "import_folder": self._import_folder,
            "import_labels": self._import_labels,
        }

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Take what was dropped on the window: a project is opened, texts come in."""
        project = next((p for p in paths if p.suffix == projects.SUFFIX), None)
        if project is not None:
            self._window.open_path(project)
        elif self._window.project is not None:
            self._window.files.import_articles(paths)
        elif len(paths) == 1 and paths[0].is_dir():
            self.open_folder(paths[0])
        elif paths:
            self.open_folder(paths[0].parent, paths)

    def open_folder(self, folder: Path, paths: Sequence[Path] = ()) -> None:
        """Open the project of a folder of texts; make one there, with the texts, if it has none."""
        window = self._window
        try:
            path, is_new = projects.project_of_folder(folder)
        except UserError as error:
            window.tell_error(str(error))
            return
        if not is_new:
            window.open_path(path)
            return
        window.new_project(path)
        if window.project is not None and window.project.path == path:
            window.files.import_articles(paths or [folder])

    def try_sample(self) -> None:
        """Open the sample project, made in the user's documents when it is not there yet."""
        import platformdirs

        from annotator.services import sample

        folder = Path(platformdirs.user_documents_dir())
        if not folder.is_dir():
            folder = Path(platformdirs.user_data_dir("stance-annotator", ensure_exists=True))
        path = folder / "Stance sample.stance"
        if path.exists():
            self._window.open_path(path)
            return
        try:
            project = sample.make_sample(path)
        except UserError as error:
            self._window.tell_error(str(error))
            return
        self._window.show_project(project)

    @Slot(str)
    def open_recent(self, path: str) -> None:
        """Open a project opened before."""
        self._window.open_path(Path(path))

    def choose(
        self,
        title: str,
        mode: QFileDialog.FileMode,
        then: Callable[[list[Path]], None],
        names: str = "",
        *,
        save: bool = False,
    ) -> None:
        """Show a file dialog and hand what was chosen to `then`."""
        dialog = QFileDialog(self._window, title, str(self._start_folder()), names)
        dialog.setFileMode(mode)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("stance")
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._then = then
        self._dialog = dialog
        dialog.open()

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        try:
            if self._then is not None:
                self._then([Path(name) for name in names])
        except UserError as error:
            self._window.tell_error(str(error))

    def _new(self) -> None:
        mode = QFileDialog.FileMode.AnyFile
        self.choose("New project", mode, self._make_first, _PROJECTS, save=True)

    def _make_first(self, paths: list[Path]) -> None:
        self._window.new_project(paths[0])

    def _open(self) -> None:
        mode = QFileDialog.FileMode.ExistingFile
        self.choose("Open project", mode, self._open_first, _PROJECTS)

    def _open_first(self, paths: list[Path]) -> None:
        self._window.open_path(paths[0])

    def _import_files(self) -> None:
        mode = QFileDialog.FileMode.ExistingFiles
        self.choose("Import articles", mode, self._window.files.import_articles, _TEXTS)

    def _import_folder(self) -> None:
        mode = QFileDialog.FileMode.Directory
        self.choose("Import a folder of articles", mode, self._window.files.import_articles)

    def _import_labels(self) -> None:
        mode = QFileDialog.FileMode.ExistingFile
        self.choose("Import labels", mode, self._ask_whose, _LABELS)

    def _ask_whose(self, paths: list[Path]) -> None:
        from annotator.services import importing_labels

        if not importing_labels.is_own(paths[0]):
            # of brat's files, one for each article, all of the folder are meant
            folder = paths[0].suffix.lower() == ".ann"
            self._window.side.show_labels(paths[0].parent if folder else paths[0])
            return
        project = self._window.project
        name = project.annotator.name if project and project.annotator else ""

        def bring_in(annotator: str) -> None:
            self._window.files.import_labels(paths[0], annotator)

        self._window.prompts.ask("Import these labels under which annotator?", name, bring_in)

    def _start_folder(self) -> Path:
        project = self._window.project
        return project.path.parent if project is not None else Path.home()
