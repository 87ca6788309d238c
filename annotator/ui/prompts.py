"""Questions asked in a strip over the page, never in a window of their own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.records import ArticleRow
from annotator.errors import UserError
from annotator.services import project as projects
from annotator.ui.annotate import going
from annotator.ui.dialogs.annotator_prompt import AnnotatorPrompt
from annotator.ui.dialogs.flag_note import LinePrompt

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Prompts(QWidget):
    """Asks who annotates, why an article is flagged, and what its title is."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self._window = window
        self._answer: Callable[[str], None] | None = None
        self._about: int | None = None  # the article that is asked about
        self._who = AnnotatorPrompt()
        self._line = LinePrompt()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._who)
        layout.addWidget(self._line)
        self._who.named.connect(self._on_named)
        self._who.abandoned.connect(self._leave)
        self._line.answered.connect(self._on_answered)
        self._line.abandoned.connect(self._leave)
        window.page.committing.connect(self.commit)
        window.page.state_changed.connect(self._follow)
        self._put_away()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions that ask something do."""
        return {
            "annotator": self.ask_annotator,
            "flag": self.ask_flag,
            "retitle": self.ask_title,
        }

    def ask(self, label: str, prefill: str, answer: Callable[[str], None]) -> None:
        """Ask for one line and hand it to `answer`."""
        self._answer, self._about = answer, None
        self._who.hide()
        self._line.show()
        self.show()
        self._line.ask(label, prefill)

    def ask_annotator_if_unknown(self) -> None:
        """Ask who annotates when the project does not know it."""
        project = self._window.project
        if project is not None and project.annotator is None and not project.read_only:
            self.ask_annotator()

    def ask_annotator(self) -> None:
        """Ask who annotates; the known names are one click away."""
        project = self._window.project
        if project is None:
            return
        self._line.hide()
        self._who.show()
        self.show()
        self._who.ask([a.name for a in projects.annotators(project)])

    def ask_flag(self) -> None:
        """Ask what is to be said about the article, and flag it."""
        row = self._row()
        self.ask("Flag this article: why?", row.note or "" if row else "", self._flag)
        self._about = row.id if row else None

    def ask_title(self) -> None:
        """Ask for the article's title."""
        row = self._row()
        self.ask("Title of this article", row.title if row else "", self._retitle)
        self._about = row.id if row else None

    @Slot(str)
    def _on_named(self, name: str) -> None:
        window = self._window
        if window.project is None:
            return
        try:
            window.page.commit_typing()
            window.page.keep_time()
            projects.annotate_as(window.project, name)
        except UserError as error:
            window.tell_error(str(error))
            return
        self._leave()
        window.page.show_annotator()

    @Slot(str)
    def _on_answered(self, line: str) -> None:
        answer, self._answer = self._answer, None
        try:
            if answer is not None:
                answer(line)
        except UserError as error:
            self._answer = answer
            self._window.tell_error(str(error))
            return
        self._leave()

    @Slot()
    def commit(self) -> None:
        """Take an answer about the open article that is typed and not given yet."""
        answer = self._answer
        if answer is None or self._about is None or not self._line.field.isModified():
            return
        self._answer = None
        try:
            answer(self._line.field.text().strip())
        except UserError as error:
            self._window.tell_error(str(error))
        self._leave()

    @Slot()
    def _follow(self) -> None:
        """Withdraw a question about an article that is no longer open."""
        article = self._window.page.sheet.article
        if self._about is not None and (article is None or article.id != self._about):
            self._leave()

    @Slot()
    def _leave(self) -> None:
        self._put_away()
        self._window.pages.take_focus()

    def _put_away(self) -> None:
        self._answer = self._about = None
        self._who.hide()
        self._line.hide()
        self.hide()

    def _flag(self, note: str) -> None:
        going.set_status(self._window.page, "flagged", note)

    def _retitle(self, title: str) -> None:
        from annotator.services import importing

        desk = self._window.page.desk
        importing.rename_article(desk.project, desk.article_id, title)

    def _row(self) -> ArticleRow | None:
        desk = self._window.page.desk
        return projects.article_row(desk.project, desk.article_id)
