"""Long work: articles in, labels in, undo of much, and what others bring; with progress."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from annotator.domain.changes import Step
from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services import undoing
from annotator.services.project import Project
from annotator.services.undoing import Way
from annotator.ui.background import Background, Failed, Slices, Task

if TYPE_CHECKING:
    from annotator.services import importing, importing_labels


T = TypeVar("T")
SHOWN = 3  # things that a sentence names; all of them are in the report


class FileWork(QObject):
    """Runs one long job at a time and says how it goes.

    Reading happens in the background thread; writing into the project in slices.
    Undo has to be one transaction: it writes in the background, while nothing else may write.
    """

    progress = Signal(str, int, int)
    ended = Signal()
    told = Signal(str)
    reported = Signal(str, list)  # a sentence, and every single thing it sums up
    failed = Signal(str)
    replayed = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self._background = Background(self)
        self._slices = Slices(self)
        self._task: Task[object] | None = None
        self._replay: tuple[Task[Step | None], Way] | None = None
        self._label = ""

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        tasks = [self._task, self._replay[0] if self._replay else None]
        return self._slices.busy or any(task is not None and not task.ended for task in tasks)

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
        if self._replay is not None:
            step = self._replay[0].stop()
            if step is not None:  # it was done before it heard of it
                self._tell_replayed(step)
            self._resume()
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

    def replay(self, way: Way) -> None:
        """Undo or redo the next action; much at once in the background."""
        project = self._open
        if not undoing.is_long(project, way) and not project.paused:
            act = projects.undo_step if way == "undo" else projects.redo_step
            self.replayed.emit(act(project), way)
            return
        label = projects.undo_label if way == "undo" else projects.redo_label
        self._start(f"{way.capitalize()}: {label(project)}")
        undoing.pause(project, self._label)
        path, me = project.path, project.annotator.id if project.annotator else None

        def play(task: Task[Step | None]) -> Step | None:
            return undoing.apart(path, me, way, task.report, lambda: task.cancelled)

        task = self._background.run(play, self._tell_replayed, self._fail_replay, self._report)
        self._replay = task, way

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

    def aside(
        self, work: Callable[[Task[Any]], T], on_done: Callable[[T], None], on_error: Failed
    ) -> Task[Any]:
        """Run `work` beside the long jobs, when the thread is free; whoever asked may cancel it."""
        return self._background.run(work, on_done, on_error)

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
        named = [str(one) for one in (*report.duplicates, *report.refused)]
        self.reported.emit(article_report(report), named)

    def _tell_labels(self, report: "importing_labels.Report") -> None:
        self.ended.emit()
        self.reported.emit(label_report(report), [str(one) for one in report.refused])

    def _tell_replayed(self, step: Step | None) -> None:
        way = self._resume()
        self.ended.emit()
        if step is not None:
            undoing.announce(self._open, step)
        self.replayed.emit(step, way)

    def _fail_replay(self, error: Exception) -> None:
        self._resume()
        self._fail(error)

    def _resume(self) -> str:
        """Let the project be written again; return what was under way."""
        way = self._replay[1] if self._replay else ""
        self._replay = None
        if self.project is not None:
            undoing.pause(self.project, None)
        return way

    def _fail(self, error: Exception) -> None:
        self.ended.emit()
        if isinstance(error, UserError):
            self.failed.emit(str(error))
        else:  # a notice of its own offers the report
            self.failed.emit(f"{self._label} stopped by a mistake in the program; nothing changed.")


def replay_report(step: Step | None, way: str) -> str:
    """Return what was undone or done again, in words."""
    if step is None:
        verb = "undo" if way == "undo" else "do again"
        return f"There is nothing to {verb}: others have changed or use all that you did."
    left = "; what others have changed or use was left as it is" if step.left else ""
    return f"{'Undone' if way == 'undo' else 'Done again'}: {step.label}{left}"


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
    if report.note:
        parts.append(report.note)
    return " ".join(parts)


def _first(items: Sequence[object], shown: int = SHOWN) -> str:
    words = "; ".join(str(item).rstrip(".") for item in items[:shown])
    return words + (f"; and {len(items) - shown} more" if len(items) > shown else "")


def _ignore(_result: object) -> None:
    pass
