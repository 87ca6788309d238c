"""Taking figures away: copied as text, saved as figure, numbers or report; in the background."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.services.project import Project
from annotator.ui.side_windows import default_export_folder

if TYPE_CHECKING:
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.measures import Section
    from annotator.domain.agreement.reported import Report
    from annotator.ui.agreement.page import AgreementPage

_FIGURES = "SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"
_NUMBERS = "CSV (*.csv);;JSON (*.json)"
_PAGES = "HTML (*.html)"
_WAIT = "The figures are still being worked out; wait a moment."


class Saving(QObject):
    """Asks where to, and tells when it lies there."""

    def __init__(self, page: "AgreementPage") -> None:
        super().__init__(page)
        self._page = page
        self._then: Callable[[Path], None] | None = None
        self.dialog: QFileDialog | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions that take figures away do."""
        return {
            "copy_figures": self.copy,
            "save_figure": self._ask_figure,
            "save_matrix": self._ask_matrix,
            "save_numbers": self._ask_numbers,
            "save_report": self._ask_report,
        }

    def copy(self) -> None:
        """Copy all figures as text."""
        from annotator.services import agreement_report

        self._with_report(agreement_report.as_text, self._put_on_clipboard)

    def save(self, form: Callable[["Report", Path], None], path: Path) -> None:
        """Save the report in a form at `path`."""

        def write(report: "Report") -> Path:
            form(report, path)
            return path

        self._with_report(write, self._tell_saved)

    def _with_report(self, use: "Callable[[Report], Any]", done: Callable[[Any], None]) -> None:
        page = self._page
        if not page.complete:
            page.window_.tell(_WAIT)
            return
        sections: list[Section] = list(page.sections)

        def work(project: Project, compared: "Compared") -> Any:
            from annotator.services import agreement_report

            return use(agreement_report.assembled(project, compared, sections))

        page.working.want(work, done)

    def _put_on_clipboard(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._page.window_.tell("The figures are copied as text.")

    def _tell_saved(self, path: Path) -> None:
        self._page.window_.tell(f"Saved as {path}")

    def _ask_figure(self) -> None:
        from annotator.services import agreement_report

        save = partial(self.save, agreement_report.save_chain)
        self._ask("Save figure", "agreement.svg", _FIGURES, save)

    def _ask_matrix(self) -> None:
        from annotator.domain.agreement.reported import Matrix
        from annotator.services import agreement_report

        page, shown = self._page, self._page.board.confusion.shown
        if shown is None:
            page.window_.tell(_WAIT)
            return
        choice, found = shown
        one, other = (page.people[id_] for id_ in found.annotators)
        matrix = Matrix(choice, (one, other), found.labels, found.counts)

        def form(report: "Report", path: Path) -> None:
            agreement_report.save_matrix(report, matrix, path)

        self._ask(
            "Save confusion matrix", f"confusion-{choice}.svg", _FIGURES, partial(self.save, form)
        )

    def _ask_numbers(self) -> None:
        from annotator.services import agreement_report

        save = partial(self.save, agreement_report.save_numbers)
        self._ask("Save numbers", "agreement.csv", _NUMBERS, save)

    def _ask_report(self) -> None:
        from annotator.services import agreement_report

        save = partial(self.save, agreement_report.save_page)
        self._ask("Save report", "agreement.html", _PAGES, save)

    def _ask(self, title: str, name: str, kinds: str, then: Callable[[Path], None]) -> None:
        page = self._page
        if page.project is None:
            return
        if not page.complete:
            page.window_.tell(_WAIT)
            return
        folder = default_export_folder(page.project.path).parent
        dialog = QFileDialog(page.window_, title, str(folder / name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(name)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.filterSelected.connect(self._on_kind)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._then, self.dialog = then, dialog
        dialog.open()

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        """Let the name end as the kind that is chosen."""
        if self.dialog is not None:
            self.dialog.setDefaultSuffix(kind.partition("(*.")[2].rstrip(")"))

    @Slot(list)
    def _on_chosen(self, names: list[str]) -> None:
        if self._then is not None:
            self._then(Path(names[0]))
