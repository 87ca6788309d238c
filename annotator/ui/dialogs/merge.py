"""The merge dialog: what would come in from another copy of the project, before it does."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.services.merge_plan import Plan
from annotator.ui import theme
from annotator.ui.annotate.article_model import counted
from annotator.ui.dialogs.merge_rows import PlanList, headline, plan_rows
from annotator.ui.tick_box import TickBox
from annotator.ui.words import Tone, Words

_WHAT = (
    "Another annotator’s copy of this project. Their labels come in as they are; your own are"
    " never changed. Doing it again does no harm, and it is one step that can be undone."
)


class MergeDialog(QDialog):
    """Shows what merging a file would do, and how it goes; the window does it."""

    plan_asked = Signal(str)
    merge_asked = Signal(object, bool)
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge another copy")
        self.setModal(False)
        self._working = ""  # what is going on: comparing, merging or nothing
        self._plan: Plan | None = None
        self._start = ""
        self._dialog: QFileDialog | None = None
        self.field = QLineEdit()
        self.choose = QPushButton("Choose…")
        self.title = Words(size=theme.STRONG, strong=True, wrap=True)
        self.list = PlanList()
        self.articles = TickBox("")
        self.state = Words(wrap=True)
        self.bar = QProgressBar()
        self.cancel = QPushButton("Close")
        self.go = QPushButton("Compare")
        self._prepare()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def plan(self) -> Plan | None:
        """What is shown; None before anything was compared."""
        return self._plan

    def open_at(self, folder: Path) -> None:
        """Show the dialog for a new comparison; files are chosen from `folder` on."""
        self._start = str(folder)
        if not self._working:
            self._plan = None
            self.field.clear()
            self._say("")
        self._refresh()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_plan(self, plan: Plan) -> None:
        """Show what the merge would do."""
        if self._working != "comparing":
            return
        self._working = ""
        self._plan = plan
        waiting = sum(article.statements for article in plan.missing)
        names = counted(len(plan.missing), "article", "articles")
        self.articles.setText(
            f"Add {names} that {'is' if len(plan.missing) == 1 else 'are'} not here, with"
            f" {counted(waiting, 'statement', 'statements')}"
        )
        self.articles.setChecked(False)
        self.title.setText(headline(plan))
        self.list.show_rows(plan_rows(plan))
        self._say("")
        self._refresh()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far the present work is."""
        if self._working:
            self.bar.setRange(0, max(0, total))
            self.bar.setValue(done)

    @Slot()
    def show_done(self) -> None:
        """Close: it is done, and the window says what came in."""
        self._working = ""
        self._plan = None
        self._refresh()
        self.close()

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Show why it could not be done."""
        self._working = ""
        self._plan = None
        self._say(sentence, "danger")
        self._refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(theme.current().panel))

    def _prepare(self) -> None:
        self.field.setAccessibleName("The other copy")
        self.field.setPlaceholderText("A .stance file")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Merge")
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)
        self.go.setDefault(True)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(theme.SMALL)
        where.addWidget(self.field, 1)
        where.addWidget(self.choose)
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        below.addWidget(self.state, 1)
        below.addWidget(self.cancel)
        below.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE - 4)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(Words("Their copy", strong=True))
        layout.addLayout(where)
        layout.addWidget(Words(_WHAT, size=theme.CAPTION, tone="soft", wrap=True))
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(self.title)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.articles)
        layout.addStretch(0)
        layout.addWidget(self.bar)
        layout.addLayout(below)
        self.resize(680, 620)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.choose.clicked.connect(self._on_choose)
        self.articles.toggled.connect(self._refresh)
        self.cancel.clicked.connect(self._on_cancel)
        self.go.clicked.connect(self._on_go)

    def _say(self, sentence: str, tone: Tone = "soft") -> None:
        self.state.setText(sentence)
        self.state.set_tone(tone)

    @Slot()
    def _refresh(self) -> None:
        """Show and enable what makes sense now."""
        plan, working = self._plan, bool(self._working)
        shown = plan is not None
        self.title.setVisible(shown)
        self.list.setVisible(shown)
        self.articles.setVisible(plan is not None and bool(plan.missing))
        self.articles.setEnabled(not working)
        some = plan is not None and not (plan.empty and not self.articles.isChecked())
        self.go.setText("Merge" if shown else "Compare")
        self.go.setVisible(not working)
        self.go.setEnabled(some if shown else bool(self.field.text().strip()))
        self.bar.setVisible(working)
        self.cancel.setText("Cancel" if working else "Close")
        for widget in (self.field, self.choose):
            widget.setEnabled(not working)

    @Slot()
    def _on_typed(self) -> None:
        self._plan = None
        self._refresh()

    @Slot()
    def _on_choose(self) -> None:
        self._dialog = QFileDialog(self, "Another copy", self._start, "Projects (*.stance)")
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(self._on_chosen)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.open()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        self.field.setText(path)
        self._on_go()

    @Slot()
    def _on_go(self) -> None:
        plan = self._plan
        self._working = "comparing" if plan is None else "merging"
        self._say("Comparing the two copies…" if plan is None else "Merging…")
        self.bar.setRange(0, 0)
        self._refresh()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        if plan is None:
            self.plan_asked.emit(self.field.text().strip())
        else:
            self.merge_asked.emit(plan, self.articles.isChecked())

    @Slot()
    def _on_cancel(self) -> None:
        if not self._working:
            self.close()
            return
        self._working = ""
        self._say("Cancelled; nothing was changed.")
        self._refresh()
        self.cancel_asked.emit()
