"""The export dialog: whose labels go where, what they are, and how the writing goes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.services.exporting import Preview, Report
from annotator.ui import theme
from annotator.ui.annotate.article_model import counted
from annotator.ui.dialogs.count_lists import CountLists
from annotator.ui.flow import FlowLayout
from annotator.ui.tick_box import TickBox
from annotator.ui.words import Tone, Words

_WHAT = (
    "A folder with statements.jsonl, articles.jsonl and dataset.json. "
    "An export that is there already is replaced as a whole."
)
_OPEN = "(open)"  # what the counts call a choice that is not made
_REST = 150  # milliseconds after the last change until a preview is asked for


class ExportDialog(QDialog):
    """Shows what an export would hold before it is written, and where it lies afterwards."""

    preview_asked = Signal(list)
    export_asked = Signal(str, list)
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setModal(False)
        self._writing = False
        self._awaiting = False
        self._boxes: dict[int, TickBox] = {}
        self._done_folder = ""
        self._dialog: QFileDialog | None = None
        self.field = QLineEdit()
        self.choose = QPushButton("Choose…")
        self.counts = CountLists()
        self.total = Words(strong=True)
        self.records = QPlainTextEdit()
        self.state = Words(wrap=True)
        self.bar = QProgressBar()
        self.open_folder = QPushButton("Open folder")
        self.cancel = QPushButton("Cancel")
        self.export = QPushButton("Export")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._prepare()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def chosen(self) -> list[int]:
        """The ids of the annotators whose labels are to be exported."""
        return [annotator_id for annotator_id, box in self._boxes.items() if box.isChecked()]

    @property
    def boxes(self) -> dict[int, TickBox]:
        """The check box of each annotator, by id."""
        return self._boxes

    def set_folder(self, folder: str) -> None:
        """Put `folder` into the field."""
        self.field.setText(folder)

    def show_annotators(
        self, annotators: Sequence[tuple[int, str, int]], chosen: Sequence[int]
    ) -> None:
        """List annotators as (id, name, number of statements), those of `chosen` ticked."""
        for box in self._boxes.values():
            self._names.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for annotator_id, name, number in annotators:
            label = f"{name} · {counted(number, 'statement', 'statements')}"
            box = TickBox(label.replace("&", "&&"))
            box.setAccessibleName(label)
            box.setChecked(annotator_id in chosen)
            box.toggled.connect(self._on_choice)
            self._boxes[annotator_id] = box
            self._names.addWidget(box)
        self._nobody.setVisible(not annotators)
        self._say("")
        self._done_folder = ""
        self._ask_preview()
        self._refresh()

    @Slot(object)
    def show_preview(self, preview: Preview) -> None:
        """Show what the export would hold: counts, and its first lines."""
        self._awaiting = False
        counts = preview.counts
        articles = sum(1 for number in counts.by_article.values() if number)
        held = counted(counts.statements, "statement", "statements")
        self.total.setText(f"{held} in {counted(articles, 'article', 'articles')}")
        self.counts.targets.show_counts(_named(counts.by_target))
        self.counts.stances.show_counts(_named(counts.by_stance))
        self.counts.articles.show_counts({k: n for k, n in counts.by_article.items() if n})
        self.records.setPlainText("\n".join(line.rstrip("\n") for line in preview.records))
        left = "; ".join(f"{number:,} {reason}" for reason, number in preview.left_out.items())
        self._say(f"Left out: {left}." if left else "")
        self._refresh()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` articles are written."""
        if self._writing:
            self.bar.setRange(0, max(0, total))
            self.bar.setValue(done)
            self._say(f"Writing: {done:,} of {total:,}" if total else "Writing…")

    @Slot(object)
    def show_done(self, report: Report) -> None:
        """Show that the export is written, and where it lies."""
        self._writing = False
        self._done_folder = str(report.folder)
        held = counted(report.statements, "statement", "statements")
        places = counted(report.articles, "article", "articles")
        self._say(f"✓ {held} and {places} written to {report.folder}", "good")
        self._refresh()

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Show why it could not be done; what fails elsewhere is none of this dialog's business."""
        if self._writing or self._awaiting:
            self._writing = self._awaiting = False
            self._say(sentence, "danger")
            self._refresh()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(theme.current().panel))

    def _prepare(self) -> None:
        self.field.setAccessibleName("Folder")
        self.field.setPlaceholderText("Folder for the export")
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(theme.CAPTION + 1)
        self.records.setFont(mono)
        self.records.setReadOnly(True)
        self.records.setAccessibleName("The first records as they will be written")
        self.records.setTabChangesFocus(True)
        self.records.setMinimumHeight(120)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Export")
        self.export.setDefault(True)
        for button in (self.choose, self.open_folder, self.cancel):
            button.setAutoDefault(False)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        names = QWidget()
        self._names = FlowLayout(theme.LARGE)
        names.setLayout(self._names)
        self._nobody = Words("Nobody has annotated yet.", tone="soft")
        where = QHBoxLayout()
        where.setSpacing(theme.SMALL)
        where.addWidget(self.field, 1)
        where.addWidget(self.choose)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE - 4)
        layout.setSpacing(theme.SMALL)
        self._section("Whose labels", names, self._nobody)
        self._section("Folder")
        layout.addLayout(where)
        layout.addWidget(Words(_WHAT, size=theme.CAPTION, tone="soft", wrap=True))
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(self.total)
        layout.addWidget(self.counts)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(Words("The first records", strong=True))
        layout.addWidget(self.records, 1)
        layout.addSpacing(theme.TIGHT)
        layout.addWidget(self.bar)
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        below.addWidget(self.state, 1)
        for button in (self.open_folder, self.cancel, self.export):
            below.addWidget(button)
        layout.addLayout(below)
        self.resize(720, 660)

    def _section(self, title: str, *widgets: QWidget) -> None:
        self._layout.addWidget(Words(title, strong=True))
        for widget in widgets:
            self._layout.addWidget(widget)
        if widgets:
            self._layout.addSpacing(theme.MEDIUM)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._refresh)
        self.choose.clicked.connect(self._on_choose)
        self.open_folder.clicked.connect(self._on_open)
        self.cancel.clicked.connect(self._on_cancel)
        self.export.clicked.connect(self._on_export)
        self._rest.timeout.connect(self._ask_preview)

    def _say(self, sentence: str, tone: Tone = "soft") -> None:
        self.state.setText(sentence)
        self.state.set_tone(tone)

    @Slot()
    def _refresh(self) -> None:
        """Enable what makes sense now."""
        ready = bool(self.chosen and self.field.text().strip()) and not self._writing
        self.export.setEnabled(ready)
        self.export.setDefault(ready)
        self.export.setVisible(not self._writing)
        self.export.setText("Export again" if self._done_folder else "Export")
        self.bar.setVisible(self._writing)
        self.open_folder.setVisible(bool(self._done_folder) and not self._writing)
        self.cancel.setText("Cancel" if self._writing else "Close")
        self.cancel.setEnabled(True)
        for widget in (self.field, self.choose, *self._boxes.values()):
            widget.setEnabled(not self._writing)

    @Slot()
    def _ask_preview(self) -> None:
        self._rest.stop()
        if self.chosen:
            self._awaiting = True
            self.preview_asked.emit(self.chosen)
            return
        self.total.setText("Choose at least one annotator")
        for part in (self.counts.targets, self.counts.stances, self.counts.articles):
            part.show_counts({})
        self.records.clear()

    @Slot()
    def _on_choice(self) -> None:
        self._rest.start()
        self._refresh()

    @Slot()
    def _on_choose(self) -> None:
        start = Path(self.field.text().strip() or ".").expanduser()
        nearest = next((str(p) for p in (start, *start.parents) if p.is_dir()), "")
        self._dialog = QFileDialog(self, "Folder for the export", nearest)
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.fileSelected.connect(self.set_folder)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.open()

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._done_folder))

    @Slot()
    def _on_cancel(self) -> None:
        if not self._writing:
            self.close()
            return
        self._writing = False
        self._say("Cancelled; what was there before is untouched.")
        self._refresh()
        self.cancel_asked.emit()

    @Slot()
    def _on_export(self) -> None:
        self._writing = True
        self._done_folder = ""
        self._say("Writing…")
        self.bar.setRange(0, 0)
        self._refresh()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.export_asked.emit(self.field.text().strip(), self.chosen)


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    """Return `counts` by words instead of ids."""
    return {key.replace("_", " ").replace(_OPEN, "not chosen yet"): n for key, n in counts.items()}
