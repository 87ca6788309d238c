"""Long work on files: articles in, labels in, export out; in the background, with progress."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui.background import Background, Failed, Slices, Task

if TYPE_CHECKING:
    from annotator.services import exporting, importing, importing_labels

T = TypeVar("T")


class FileWork(QObject):
    """Runs one long job at a time and says how it goes.

    Reading and exporting happen in the background thread; writing into the project in slices.
    """

    progress = Signal(str, int, int)
    ended = Signal()
    told = Signal(str)
    failed = Signal(str)
    exported = Signal(object)
    planned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self._background = Background(self)
        self._slices = Slices(self)
        self._task: Task[object] | None = None
        self._label = ""

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._slices.busy or (self._task is not None and not self._task.ended)

    def close(self) -> None:
        """Cancel what is under way and wait until it has stopped."""
        self.cancel()
        self._background.close()

    @Slot()
    def cancel(self) -> None:
        """Cancel the job; nothing of it remains."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._slices.cancel()
        self.ended.emit()

    def import_articles(self, paths: Sequence[Path]) -> None:
        """Bring in text files and folders of them."""
        from annotator.services import importing

        self._start("Reading articles")

        def read(task: "Task[importing.Prepared]") -> "importing.Prepared":
            return importing.prepare(paths, task.report, lambda: task.cancelled)

        self._task = self._background.run(read, self._write_articles, self._fail, self._report)

    def import_labels(self, file: Path, annotator: str) -> None:
        """Bring in the labels of a JSONL file under the name of an annotator."""
        from annotator.services import importing_labels

        self._start("Importing labels")
        steps = importing_labels.add(self._open, file, annotator)
        self._slices.run(steps, self._report, self._tell_labels, self._fail)

    def plan_export(self, annotator_ids: Sequence[int]) -> None:
        """Work out what an export would hold."""
        from annotator.services import exporting

        path = self._open.path

        def plan(_task: "Task[exporting.Preview]") -> "exporting.Preview":
            snapshot = projects.snapshot(path)
            try:
                return exporting.plan(snapshot, list(annotator_ids))
            finally:
                snapshot.close()

        self._background.run(plan, self.planned.emit, self._fail)

    def export(self, folder: Path, annotator_ids: Sequence[int]) -> None:
        """Write an export into `folder`."""
        from annotator.services import exporting

        self._start("Exporting")
        path = self._open.path

        def write(task: "Task[exporting.Report]") -> "exporting.Report":
            snapshot = projects.snapshot(path)
            try:
                return exporting.export(
                    snapshot, folder, list(annotator_ids), task.report, lambda: task.cancelled
                )
            finally:
                snapshot.close()

        self._task = self._background.run(write, self._tell_export, self._fail, self._report)

    def keep_copy(self) -> None:
        """Keep today's copy of the project file, if it is due."""
        if projects.copy_is_due(self._open):
            path = self._open.path
            self._background.run(lambda _task: projects.keep_copy(path), _ignore, self._fail)

    def in_background(
        self,
        label: str,
        work: Callable[[Task[Any]], T],
        on_done: Callable[[T], None],
        on_error: Failed,
    ) -> None:
        """Run `work` as the one long job, called `label`; UserError while another is going on."""
        self._start(label)
        self._task = self._background.run(work, on_done, on_error, self._report)

    def in_slices(
        self,
        label: str,
        steps: Generator[tuple[int, int], None, T],
        on_done: Callable[[T], None],
        on_error: Failed,
    ) -> None:
        """Write into the project as the one long job, called `label`."""
        self._start(label)
        self._slices.run(steps, self._report, on_done, on_error)

    @property
    def _open(self) -> Project:
        if self.project is None:
            raise UserError("No project is open; open one first.")
        return self.project

    def _start(self, label: str) -> None:
        if self.busy:
            raise UserError(f"{self._label} is still going on; wait for it or cancel it.")
        self._label = label
        self.progress.emit(label, 0, 0)

    def _report(self, done: int, total: int) -> None:
        self.progress.emit(self._label, done, total)

    def _write_articles(self, prepared: "importing.Prepared") -> None:
        from annotator.services import importing

        self._label = "Importing articles"
        steps = importing.add(self._open, prepared)
        self._slices.run(steps, self._report, self._tell_articles, self._fail)

    def _tell_articles(self, report: "importing.Report") -> None:
        self.ended.emit()
        self.told.emit(article_report(report))

    def _tell_labels(self, report: "importing_labels.Report") -> None:
        self.ended.emit()
        self.told.emit(label_report(report))

    def _tell_export(self, report: "exporting.Report") -> None:
        self.ended.emit()
        self.exported.emit(report)

    def _fail(self, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, UserError):
            self.failed.emit(str(error))
        else:  # a notice of its own offers the report
            self.failed.emit(f"{self._label} stopped by a mistake in the program; nothing changed.")


def article_report(report: "importing.Report") -> str:
    """Return what came in, what was there already and what was refused, in words."""
    added = len(report.added)
    parts = [f"{added:,} article{'' if added == 1 else 's'} added."]
    if report.duplicates:
        parts.append(f"{len(report.duplicates):,} there already: {_first(report.duplicates)}.")
    if report.refused:
        named = [refusal.short for refusal in report.refused]
        parts.append(f"{len(report.refused):,} refused: {_first(named)}.")
    return " ".join(parts)


def label_report(report: "importing_labels.Report") -> str:
    """Return how many labels came in, and the first that were refused, in words."""
    parts = [f"{report.added:,} statements added."]
    if report.present:
        parts.append(f"{report.present:,} there already.")
    if report.refused:
        parts.append(f"{len(report.refused):,} refused: {_first(report.refused)}.")
    return " ".join(parts)


def _first(items: Sequence[object], shown: int = 3) -> str:
    words = "; ".join(str(item).rstrip(".") for item in items[:shown])
    return words + (f"; and {len(items) - shown} more" if len(items) > shown else "")


def _ignore(_result: object) -> None:
    pass
