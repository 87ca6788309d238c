"""The work behind the export window: plans one after the other, the writing, what is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Slot

from annotator.domain.changes import Step
from annotator.errors import UserError
from annotator.formats.datasets.registry import install_hint
from annotator.services import dataset_card, exporting
from annotator.services import project as projects
from annotator.services.dataset_order import Order
from annotator.services.exporting import Preview, Report
from annotator.services.project import Project
from annotator.ui.background import Task, gently, uncollected
from annotator.ui.export import choices, saying
from annotator.ui.export.choices import Chosen
from annotator.ui.export.window import ExportWindow
from annotator.ui.review_work import sentence
from annotator.ui.side_windows import default_export_folder

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_KEPT = "export"  # the project's setting that holds the choices of the last export
EXPORTING = "Exporting"  # what the one long job is called


class ExportWork(QObject):
    """Joins the window to the open project."""

    def __init__(self, main: "MainWindow") -> None:
        super().__init__(main)
        self._main = main
        self._project: Project | None = None
        self._plan: Task[Any] | None = None
        self.window = window = ExportWindow(main)
        window.plan_asked.connect(self._on_plan)
        window.plan_dropped.connect(self._drop_plan)
        window.export_asked.connect(self._on_export)
        window.cancel_asked.connect(main.files.cancel)
        window.card_asked.connect(self._on_card)
        window.returned.connect(self._on_returned)
        window.finished.connect(self._on_finished)
        main.files.progress.connect(self._on_progress)
        main.files.ended.connect(self._on_ended)

    def open(self, project: Project) -> None:
        """Show the window, with the choices of the last export of this project."""
        window = self.window
        if window.isVisible() and self._project is project:
            window.raise_()
            window.activateWindow()
            return
        self._project = project
        project.store.listeners.append(self._on_step)
        people = [(a.id, a.name) for a in projects.annotators(project)]
        forms = [(form, install_hint(form)) for form in exporting.forms()]
        lang = self._main.lang
        chosen = self._remembered(project, [id_ for id_, _ in people], [f.name for f, _ in forms])
        window.choices.form.forbid_texts(dataset_card.stands_off(project))
        window.show_choices(forms, people, project.codebook, chosen, lang)
        window.show()
        window.raise_()
        window.activateWindow()

    def close(self) -> None:
        """Close the window; for when the project is closed."""
        self.window.close()

    def _remembered(self, project: Project, people: list[int], forms: list[str]) -> Chosen:
        kept = choices.decoded(projects.setting(project, _KEPT)) or Chosen()
        targets = [target.id for target in project.codebook.targets]
        kept = choices.still_there(kept, people, targets, forms)
        if not kept.folder or not Path(kept.folder).expanduser().parent.is_dir():
            kept = msgspec.structs.replace(kept, folder=str(default_export_folder(project.path)))
        return kept

    def _keep(self, chosen: Chosen) -> None:
        if self._project is not None:
            projects.set_setting(self._project, _KEPT, choices.encoded(chosen))

    def _on_step(self, _step: Step) -> None:
        if self.window.isVisible():
            self.window.ask_again()

    @Slot()
    def _on_card(self) -> None:
        self._main.run("card")

    @Slot()
    def _on_returned(self) -> None:
        # what the card says of sharing is no step of the project
        if self._project is not None and self.window.choices.form.forbid_texts(
            dataset_card.stands_off(self._project)
        ):
            self.window.ask_again()

    @Slot()
    def _on_finished(self) -> None:
        self._drop_plan()
        if self._project is not None and self._on_step in self._project.store.listeners:
            self._project.store.listeners.remove(self._on_step)
        self._project = None

    @Slot()
    def _drop_plan(self) -> None:
        if self._plan is not None:
            self._plan.cancel()
            self._plan = None

    @Slot(object)
    def _on_plan(self, order: Order) -> None:
        self._drop_plan()
        if self._project is None:
            return
        path = self._project.path
        order = dataset_card.as_allowed(self._project, order)

        def plan(task: Task[Preview]) -> Preview:
            snapshot = projects.snapshot(path)
            try:
                with gently(), uncollected():
                    return exporting.plan(snapshot, order, None, lambda: task.cancelled, leaks=True)
            finally:
                snapshot.close()

        self._plan = self._main.files.aside(plan, self.window.show_plan, self._fail_plan)

    @Slot(str, object)
    def _on_export(self, folder: str, order: Order) -> None:
        self._drop_plan()
        project, goal = self._project, Path(folder).expanduser()
        if project is None:
            return
        path = project.path
        order = dataset_card.as_allowed(project, order)

        def write(task: Task[Report]) -> Report:
            snapshot = projects.snapshot(path)
            try:
                with gently(), uncollected():
                    return exporting.export(
                        snapshot,
                        goal,
                        order,
                        task.report,
                        lambda: task.cancelled,
                        additions=[dataset_card.addition()],
                    )
            finally:
                snapshot.close()

        try:
            self._main.files.in_background(EXPORTING, write, self._tell, self._fail)
        except UserError as error:
            self.window.show_error(str(error))
            return
        self._keep(self.window.chosen)

    @Slot(str, int, int)
    def _on_progress(self, label: str, done: int, total: int) -> None:
        if label == EXPORTING:
            self.window.show_progress(done, total)

    @Slot()
    def _on_ended(self) -> None:
        # cancelled in the main window, where the strip of progress is
        if not self._main.files.busy:
            self.window.show_cancelled()

    def _tell(self, report: Report) -> None:
        self.window.show_done(report)
        self._main.files.ended.emit()
        if not self.window.isVisible():
            self._main.tell(saying.written(report))
        elif self.window.planned is None:  # it was dropped for the writing
            self.window.ask_again()

    def _fail(self, error: Exception) -> None:
        self.window.show_error(sentence(error))
        self._main.files.ended.emit()
        if not self.window.isVisible():
            self._main.tell_error(sentence(error))
        elif self.window.planned is None:
            self.window.ask_again()

    def _fail_plan(self, error: Exception) -> None:
        self.window.show_plan_error(sentence(error))
