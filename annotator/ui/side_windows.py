"""Beside the page: palette, keys, codebook, speakers, export; none of them blocks the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.domain.text import fold
from annotator.errors import UserError
from annotator.services import project as projects
from annotator.ui.actions import of_page
from annotator.ui.file_work import SHOWN

if TYPE_CHECKING:
    from annotator.services.merge_plan import Plan
    from annotator.ui.card_desk import CardDesk
    from annotator.ui.codebook_panel import CodebookPanel
    from annotator.ui.dialogs.merge import MergeDialog
    from annotator.ui.dialogs.report import ReportDialog
    from annotator.ui.export.window import ExportWindow
    from annotator.ui.export.working import ExportWork
    from annotator.ui.keys_overlay import KeysOverlay
    from annotator.ui.label_work import LabelWork
    from annotator.ui.palette import CommandPalette
    from annotator.ui.speaker_registry import SpeakerRegistry
    from annotator.ui.window import MainWindow


class SideWindows(QObject):
    """Makes each of the side windows when it is first asked for, and keeps it up to date.

    What each is made of is imported then too: the first article is seen the sooner.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._palette: CommandPalette | None = None
        self._keys: KeysOverlay | None = None
        self._codebook: CodebookPanel | None = None
        self._export: ExportWork | None = None
        self._merge: MergeDialog | None = None
        self._registry: SpeakerRegistry | None = None
        self._card: CardDesk | None = None
        self._report: ReportDialog | None = None
        self._labels: LabelWork | None = None
        self._lines: list[str] = []
        self._with_articles = False  # whether the merge under way adds what is missing here

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions that open a side window do."""
        return {
            "palette": self.show_palette,
            "keys": self.show_keys,
            "codebook": self.show_codebook,
            "speakers": self.show_speakers,
            "export": self.show_export,
            "card": self.show_card,
            "report": self.show_report,
            "merge": self.show_merge,
        }

    @property
    def export_window(self) -> "ExportWindow | None":
        """The export window, once it was asked for."""
        return None if self._export is None else self._export.window

    def show_palette(self) -> None:
        """Open the command palette over the page."""
        if self._palette is None:
            from annotator.ui.palette import CommandPalette

            self._palette = CommandPalette(self._window)
            self._palette.chosen.connect(self._window.run)
            self._palette.article_chosen.connect(self._window.pages.open_article)
        rows = projects.bare_articles(self._window.project) if self._window.project else []
        self._palette.open(self._window.menus.usable(), [(r.id, r.title or r.name) for r in rows])

    def show_keys(self) -> None:
        """Show every key over the page."""
        if self._keys is None:
            from annotator.ui.keys_overlay import KeysOverlay

            self._keys = KeysOverlay(self._window)
        holding, every = self._window.menus.holding, self._window.menus.all()
        docket, agreement = "docket" in holding, "agreement" in holding
        self._keys.open(of_page(every, docket=docket, agreement=agreement))

    def show_codebook(self) -> None:
        """Show the definitions, at what the chosen statement has."""
        window = self._window
        if window.project is None:
            return
        if self._codebook is None:
            from annotator.ui.codebook_panel import CodebookPanel

            self._codebook = CodebookPanel(window)
            self._codebook.closed.connect(window.page.focus_text)
        self._codebook.show_codebook(window.project.codebook, window.lang)
        self._codebook.show()
        chosen = window.page.sheet.statement(window.page.sheet.chosen)
        if chosen is not None and chosen.target is not None:
            self._codebook.show_choice("target", chosen.target)
        self._codebook.raise_()
        self._codebook.activateWindow()

    def show_speakers(self) -> None:
        """Open the registry of speakers."""
        project = self._window.project
        if project is None:
            return
        if self._registry is None:
            from annotator.ui.dialogs.speakers import SpeakersDialog
            from annotator.ui.speaker_registry import SpeakerRegistry

            self._registry = SpeakerRegistry(SpeakersDialog(self._window))
        self._registry.open(project)

    def show_card(self) -> None:
        """Open the questions of the dataset card."""
        project = self._window.project
        if project is None:
            return
        if self._card is None:
            from annotator.ui.card_desk import CardDesk
            from annotator.ui.dialogs.dataset_card import DatasetCardDialog

            self._card = CardDesk(DatasetCardDialog(self._window))
        self._card.open(project)

    def show_export(self) -> None:
        """Open the export window."""
        window = self._window
        if window.project is None:
            return
        if self._export is None:
            from annotator.ui.export.working import ExportWork

            self._export = ExportWork(window)
        window.page.commit_typing()
        self._export.open(window.project)

    @Slot(str, list)
    def tell_report(self, sentence: str, lines: list[str]) -> None:
        """Say what came of long work; where it names more than fits, all of it is a click away."""
        self._lines = lines
        action = ("report", f"Show all {len(lines):,}") if len(lines) > SHOWN else None
        self._window.notice.tell(sentence, "info", action)

    def show_report(self) -> None:
        """Show every line of the last report, to read and to copy."""
        from annotator.ui.dialogs.report import ReportDialog

        if self._report is None:
            self._report = ReportDialog(self._window)
        self._report.show_lines(self._lines)
        self._report.show()
        self._report.raise_()

    def show_merge(self) -> None:
        """Open the merge dialog."""
        window = self._window
        if window.project is None:
            return
        if self._merge is None:
            from annotator.ui.dialogs.merge import MergeDialog

            dialog, work = MergeDialog(window), window.reviewing
            self._merge = dialog
            dialog.plan_asked.connect(self._on_plan)
            dialog.merge_asked.connect(self._on_merge)
            dialog.cancel_asked.connect(window.files.cancel)
            work.merge_planned.connect(dialog.show_plan)
            work.merged.connect(self._on_merged)
            work.merge_failed.connect(dialog.show_error)
            window.files.progress.connect(self._on_progress)
        window.page.commit_typing()
        self._merge.open_at(window.project.path.parent)

    def show_labels(self, file: Path) -> None:
        """Open the import of another program's labels; UserError while other work goes on."""
        if self._labels is None:
            from annotator.ui.label_work import LabelWork

            self._labels = LabelWork(self._window)
        self._window.page.commit_typing()
        self._labels.open(file)

    def place(self) -> None:
        """Fit what lies over the page to the window's size."""
        for widget in (self._palette, self._keys):
            if widget is not None and widget.isVisible():
                widget.fit()

    def close(self) -> None:
        """Close everything that belongs to the open project."""
        for widget in (
            self._palette,
            self._keys,
            self._codebook,
            self._report,
            self._merge,
        ):
            if widget is not None:
                widget.close()
        if self._registry is not None:
            self._registry.close()
        if self._labels is not None:
            self._labels.close()
        if self._card is not None:
            self._card.close()
        if self._export is not None:
            self._export.close()

    @Slot(str)
    def _on_plan(self, path: str) -> None:
        try:
            self._window.reviewing.plan_merge(Path(path).expanduser())
        except UserError as error:
            if self._merge is not None:
                self._merge.show_error(str(error))

    @Slot(object, bool)
    def _on_merge(self, plan: "Plan", articles: bool) -> None:
        self._with_articles = articles
        try:
            self._window.reviewing.merge(plan, articles=articles)
        except UserError as error:
            if self._merge is not None:
                self._merge.show_error(str(error))

    @Slot(object)
    def _on_merged(self, plan: "Plan") -> None:
        from annotator.ui.dialogs.merge_rows import came_in

        if self._merge is not None:
            self._merge.show_done()
        self._window.tell(came_in(plan, articles=self._with_articles))

    @Slot(str, int, int)
    def _on_progress(self, label: str, done: int, total: int) -> None:
        if self._merge is not None and label in ("Comparing", "Merging"):
            self._merge.show_progress(done, total)


def default_export_folder(project: Path) -> Path:
    """Return where an export goes unless another folder is chosen: beside the project."""
    name = "-".join(fold(project.stem).split())
    return project.with_name(f"{name}-export")
