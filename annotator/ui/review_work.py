"""Long work of review: listing and taking what all agree on, comparing copies and merging them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui.background import Task, gently
from annotator.ui.file_work import FileWork

if TYPE_CHECKING:
    from annotator.domain.adjudication import Case
    from annotator.services import adjudicating, merging
    from annotator.services.agreed import Agreed


class ReviewWork(QObject):
    """Runs it as the window's one long job, and says what came of it."""

    agreed_found = Signal(list)
    merge_planned = Signal(object)
    merged = Signal(object)
    merge_failed = Signal(str)

    def __init__(self, files: FileWork) -> None:
        super().__init__(files)
        self._files = files

    def find_agreed(self) -> None:
        """List what all annotators have just the same."""
        from annotator.services import agreed

        path = self._open.path

        def find(task: "Task[list[Agreed]]") -> "list[Agreed]":
            snapshot = projects.snapshot(path)
            try:
                with gently():
                    return agreed.listed(snapshot, task.report, lambda: task.cancelled)
            finally:
                snapshot.close()

        self._files.in_background("Comparing", find, self._tell_agreed, self._fail)

    def take_agreed(self, cases: "Sequence[Case]") -> None:
        """Take what all annotators have just the same, as one step."""
        from annotator.services import adjudicating

        steps = adjudicating.take_agreed(self._open, cases)
        self._files.in_slices("Taking what all agree on", steps, self._tell_taken, self._fail)

    def plan_merge(self, path: Path) -> None:
        """Work out what merging the project at `path` would do."""
        from annotator.services import merging

        ours = self._open.path
        if not path.is_file():
            raise UserError(f"There is no file “{path}”; choose another annotator’s copy.")

        def plan(_task: "Task[merging.Plan]") -> "merging.Plan":
            snapshot = projects.snapshot(ours)
            try:
                with gently():
                    return merging.plan(snapshot, path)
            finally:
                snapshot.close()

        self._files.in_background("Comparing", plan, self._tell_plan, self._fail_merge)

    def merge(self, plan: "merging.Plan", *, articles: bool) -> None:
        """Take over what `plan` showed, as one step."""
        from annotator.services import merging

        steps = merging.add(self._open, plan, articles=articles)
        self._files.in_slices("Merging", steps, self._tell_merged, self._fail_merge)

    @property
    def _open(self) -> Project:
        if self._files.project is None:
            raise UserError("No project is open; open one first.")
        return self._files.project

    def _tell_agreed(self, found: "list[Agreed]") -> None:
        self._files.ended.emit()
        self.agreed_found.emit(found)

    def _tell_taken(self, report: "adjudicating.Taken") -> None:
        self._files.ended.emit()
        self._files.told.emit(taken_report(report))

    def _tell_plan(self, plan: "merging.Plan") -> None:
        self._files.ended.emit()
        self.merge_planned.emit(plan)

    def _tell_merged(self, plan: "merging.Plan") -> None:
        self._files.ended.emit()
        self.merged.emit(plan)

    def _fail(self, error: Exception) -> None:
        self._files.ended.emit()
        self._files.failed.emit(sentence(error))

    def _fail_merge(self, error: Exception) -> None:
        self._files.ended.emit()
        self.merge_failed.emit(sentence(error))


def sentence(error: Exception) -> str:
    """Return what went wrong, for the user; of a bug a notice of its own offers the report."""
    if isinstance(error, UserError):
        return str(error)
    return "It stopped by a mistake in the program; nothing changed."


def taken_report(report: "adjudicating.Taken") -> str:
    """Return how many cases were taken, and how many changed meanwhile, in words."""
    words = f"{report.taken:,} statement{'' if report.taken == 1 else 's'} taken as gold."
    if report.left_out:
        words += f" {report.left_out:,} left out: they changed meanwhile."
    return words
