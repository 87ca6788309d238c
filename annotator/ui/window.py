"""The window: joins pages, menus and long work; what each does is theirs to know."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

import annotator
from annotator.domain.changes import Step
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui import status_line, view_settings
from annotator.ui.annotate import deeds, going
from annotator.ui.annotate.page import AnnotatePage
from annotator.ui.choosing_files import ChoosingFiles
from annotator.ui.file_work import FileWork, replay_report
from annotator.ui.menus import Menus
from annotator.ui.notice import Toast
from annotator.ui.pages import Pages
from annotator.ui.progress_strip import ProgressStrip
from annotator.ui.prompts import Prompts
from annotator.ui.review_work import ReviewWork
from annotator.ui.side_windows import SideWindows
from annotator.ui.status_line import StatusLine
from annotator.ui.view_settings import ViewSettings
from annotator.ui.welcome import WelcomePage


class MainWindow(QMainWindow):
    """The one window of the program, with one project at a time."""

    opened = Signal()
    zoomed = Signal(float)  # how large what is read is now

    def __init__(self, settings: QSettings, *, opening: bool = False) -> None:
        """With `opening` the page shows at once, where a project is about to be opened."""
        super().__init__()
        self.setObjectName("window")
        self.project: Project | None = None
        self.lang = QLocale.system().name()[:2]
        self.view = ViewSettings(settings)
        self.menus = Menus(self)
        self.page = AnnotatePage(self.lang)
        self.welcome = WelcomePage()
        self.stack = QStackedWidget()
        self.notice = Toast(self.stack)
        self.progress = ProgressStrip()
        self.status = StatusLine()
        self.files = FileWork(self)
        self.reviewing = ReviewWork(self.files)
        self.side = SideWindows(self)
        self.chooser = ChoosingFiles(self)
        self.pages = Pages(self)
        self.prompts = Prompts(self)
        self._handlers: dict[str, Callable[[], object]] = {}
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setWindowTitle("Stance Annotator")
        self.view.restore(self)
        if opening:
            self.stack.setCurrentWidget(self.page)
            self.show_state()
        else:
            self.show_welcome()

    # Opening and closing

    def open_path(self, path: Path) -> None:
        """Open the project at `path`; a sentence says why when it cannot be."""
        try:
            project = projects.open_project(path)
        except UserError as error:
            self.tell_error(str(error))
            return
        self.show_project(project)

    def open_folder(self, folder: Path) -> None:
        """Open the project of a folder of texts, made there when there is none."""
        self.chooser.open_folder(folder)

    def try_sample(self) -> None:
        """Open the sample."""
        self.chooser.try_sample()

    def new_project(self, path: Path) -> None:
        """Make a project at `path` and open it."""
        try:
            self.show_project(projects.create(path))
        except UserError as error:
            self.tell_error(str(error))

    def show_project(self, project: Project) -> None:
        """Show an open project in the place of the one before."""
        self.close_project()
        self.project = project
        self.files.project = project
        project.store.listeners.append(self._on_step)
        self.menus.show_codebook(project.codebook, self.lang)
        self.stack.setCurrentWidget(self.page)
        self.page.show_project(project)
        self.view.add_recent(project.path)
        self.setWindowTitle(f"{project.name} — Stance Annotator")
        self.show_state()
        if project.notice:
            self.tell(project.notice)
        self.page.reader.setFocus()
        self.prompts.ask_annotator_if_unknown()
        if not project.read_only:
            self.files.keep_copy()
        self.opened.emit()

    def close_project(self) -> None:
        """Close the project that is open, if there is one; all of it is saved already."""
        if self.project is None:
            return
        self.files.cancel()
        self.pages.close()
        self.page.show_project(None)
        self.side.close()
        self.prompts.hide()
        project, self.project, self.files.project = self.project, None, None
        project.close()
        self.show_welcome()

    # Talking

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say something in the bar over the page."""
        self.notice.tell(sentence, "info")

    @Slot(str)
    def tell_error(self, sentence: str) -> None:
        """Say what went wrong and what to do."""
        self.notice.tell(sentence, "error")

    @Slot(int, str)
    def _on_incomplete(self, statement_id: int, sentence: str) -> None:
        self.page.go_to(statement_id)
        self.tell(sentence)

    # Actions

    @Slot(str)
    def run(self, action_id: str) -> None:
        """Carry out the action of the table called `action_id`."""
        self.notice.expire()
        try:
            if self.pages.review is not None and self.pages.review.run(action_id):
                pass
            elif deeds.knows(action_id):
                deeds.do(self.page.desk, action_id)
            elif going.knows(action_id):
                going.do(self.page, action_id)
            else:
                self._handlers[action_id]()
        except annotating.IncompleteError as error:
            self._on_incomplete(error.statement_id, str(error))
        except UserError as error:
            self.tell_error(str(error))
            self.prompts.ask_annotator_if_unknown()
        self.show_state()

    def undo(self) -> None:
        """Take back the last action, and show where it was."""
        self.page.commit_typing()
        self.files.replay("undo")

    def redo(self) -> None:
        """Do again what was taken back last, and show where it was."""
        self.page.commit_typing()
        self.files.replay("redo")

    @Slot(object, str)
    def _on_replayed(self, step: Step | None, way: str) -> None:
        if step is not None:
            (self.pages.review or self.page).show_place_of(step)
        self.tell(replay_report(step, way))

    # Following

    def _on_step(self, _step: object) -> None:
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Enable what can be used now, and say what there is."""
        page, project = self.page, self.project
        review = self.pages.review
        holding = review.holding() if review is not None else page.holding()
        undo = redo = None
        if project is not None and not project.read_only:
            undo, redo = projects.undo_label(project), projects.redo_label(project)
        if undo:
            holding.add("undo")
        if redo:
            holding.add("redo")
        self.menus.show_holding(holding)
        self.menus.show_undo(undo, redo)
        left = status_line.tally(len(page.sheet.statements), page.sheet.incomplete)
        if not page.sheet.whole:
            left = status_line.READING
        saved = "Read-only" if project is not None and project.read_only else "✓ Saved"
        keys = status_line.hints(selection="selection" in holding, statement="statement" in holding)
        if review is not None:
            left, keys = review.said()
        self.status.setVisible(project is not None)
        self.status.show_state(f"{saved} · {left}", keys)

    def show_welcome(self) -> None:
        """Show what can be opened or made; for when no project is open."""
        self.menus.show_codebook(None, self.lang)
        self.welcome.show_recent(self.view.recent())
        self.stack.setCurrentWidget(self.welcome)
        self.setWindowTitle("Stance Annotator")
        self.show_state()

    # Qt

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.keep(self)
        self.close_project()
        self.files.close()
        event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.place()
        self.show_state()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.chooser.take_paths(paths)

    def _lay_out(self) -> None:
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.page)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.prompts)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.status)
        self.setCentralWidget(central)
        self.menus.use_text(self.page.reader)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _connect(self) -> None:
        page, files = self.page, self.files
        self.menus.asked.connect(self.run)
        self.welcome.asked.connect(self.run)
        self.welcome.recent_chosen.connect(self.chooser.open_recent)
        page.topbar.asked.connect(self.run)
        page.offers.asked.connect(self.run)
        page.margin.form.asked.connect(self.run)
        page.state_changed.connect(self.show_state)
        page.desk.told.connect(self.tell)
        page.desk.incomplete.connect(self._on_incomplete)
        page.desk.dismissed.connect(self.notice.dismiss)
        page.desk.refused.connect(self.tell_error)
        page.reader.zoom_asked.connect(self.on_zoom)
        self.zoomed.connect(page.reader.set_zoom)
        files.told.connect(self.tell)
        files.reported.connect(self.side.tell_report)
        files.failed.connect(self.tell_error)
        self.notice.action_asked.connect(self.run)
        files.replayed.connect(self._on_replayed)
        files.progress.connect(self.progress.show_progress)
        files.ended.connect(self.progress.finish)
        self.progress.cancelled.connect(files.cancel)
        self._handlers = {
            "undo": self.undo,
            "redo": self.redo,
            "close": self.close_project,
            "quit": self.close,
            "about": self._about,
            **self.pages.handlers(),
            **self.side.handlers(),
            **self.chooser.handlers(),
            **self.prompts.handlers(),
            **view_settings.handlers(self),
        }

    @Slot(int)
    def on_zoom(self, step: int) -> None:
        """Make what is read one size larger (1) or smaller (-1)."""
        self.run("zoom_in" if step > 0 else "zoom_out")

    def _about(self) -> None:
        self.tell(
            f"Stance Annotator {annotator.__version__}, under the MIT licence; with Qt for Python"
            " (LGPL), Inter and Noto Serif (OFL). Your texts and labels stay on this machine."
        )
