"""Labels of another program on their way in: the dialog, and the work behind it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from annotator.errors import UserError
from annotator.services import foreign_labels, importing_labels, label_survey
from annotator.services import project as projects
from annotator.services.foreign_labels import Batch, Choices
from annotator.services.importing_labels import Report
from annotator.ui.background import Task, gently, uncollected
from annotator.ui.dialogs.import_labels import ImportDialog
from annotator.ui.file_work import label_report
from annotator.ui.review_work import sentence

if TYPE_CHECKING:
    from annotator.formats.labels.form import Reading
    from annotator.services.label_survey import Survey
    from annotator.ui.window import MainWindow

_READING, _CONVERTING, _IMPORTING = "Reading labels", "Looking over labels", "Importing labels"


class LabelWork(QObject):
    """Reads and converts in the background, writes in slices, as the window's one long job."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._reading: Reading | None = None
        self._converting = False
        self._choices: Choices | None = None
        self.dialog = ImportDialog(window)
        self.dialog.preview_asked.connect(self._on_preview)
        self.dialog.import_asked.connect(self._on_import)
        self.dialog.cancel_asked.connect(self._on_cancel)
        window.files.progress.connect(self._on_progress)
        window.progress.cancelled.connect(self._on_stopped)

    def open(self, file: Path) -> None:
        """Read the labels in `file` and show what they are; UserError while other work goes on."""
        project = self._window.project
        if project is None:
            return
        path = project.path

        def read(_task: "Task[Any]") -> "tuple[Reading, Survey]":
            snapshot = projects.snapshot(path)
            try:
                with gently(), uncollected():
                    reading = foreign_labels.read(file)
                    return reading, label_survey.look(snapshot, reading)
            finally:
                snapshot.close()

        self._window.files.in_background(_READING, read, self._show, self._fail)
        self.dialog.open_for(str(file))

    def close(self) -> None:
        """Forget what was read."""
        self._reading = None
        self.dialog.close()

    def _show(self, found: "tuple[Reading, Survey]") -> None:
        window = self._window
        window.files.ended.emit()
        project = window.project
        if project is None:
            return
        self._reading, survey = found
        known = foreign_labels.remembered(project)
        me = project.annotator.name if project.annotator else ""
        self.dialog.show_survey(survey, project.codebook, window.lang, known, me)

    @Slot(object)
    def _on_preview(self, choices: Choices) -> None:
        reading, project, files = self._reading, self._window.project, self._window.files
        if reading is None or project is None:
            return
        path = project.path
        if self._converting:  # what it was asked for has changed
            files.cancel()

        def convert(task: "Task[Any]") -> Batch:
            snapshot = projects.snapshot(path)
            try:
                with gently(), uncollected():
                    return foreign_labels.convert(
                        snapshot, reading, choices, None, task.report, lambda: task.cancelled
                    )
            finally:
                snapshot.close()

        try:
            files.in_background(_CONVERTING, convert, self._show_batch, self._fail)
            self._converting = True
        except UserError as error:
            self.dialog.show_error(str(error))

    def _show_batch(self, batch: Batch) -> None:
        self._converting = False
        self._window.files.ended.emit()
        self.dialog.show_batch(batch)

    @Slot(object, object)
    def _on_import(self, batch: Batch, choices: Choices) -> None:
        project = self._window.project
        if project is None:
            return
        self._choices = choices
        try:
            steps = importing_labels.add_batch(project, batch)
            self._window.files.in_slices(_IMPORTING, steps, self._tell, self._fail)
        except UserError as error:
            self.dialog.show_error(str(error))

    def _tell(self, report: Report) -> None:
        files, project = self._window.files, self._window.project
        files.ended.emit()
        if project is not None and self._choices is not None:
            foreign_labels.remember(project, self._choices.goals)
        self.dialog.show_done()
        files.reported.emit(label_report(report), [str(one) for one in report.refused])

    def _fail(self, error: Exception) -> None:
        self._converting = False
        self._window.files.ended.emit()
        self.dialog.show_error(sentence(error))

    @Slot()
    def _on_cancel(self) -> None:
        self._converting = False
        self._window.files.cancel()

    @Slot()
    def _on_stopped(self) -> None:
        """The work was cancelled in the window, not in the dialog."""
        self._converting = False
        self.dialog.show_stopped()

    @Slot(str, int, int)
    def _on_progress(self, label: str, done: int, total: int) -> None:
        if label in (_READING, _CONVERTING, _IMPORTING):
            self.dialog.show_progress(done, total)
