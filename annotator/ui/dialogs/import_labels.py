"""The import of another program's labels: what they are, what they become, what would come in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.label_mapping import Goal
from annotator.services.foreign_labels import Batch, Choices, default_name
from annotator.services.label_survey import UNIT_WORDS, Survey
from annotator.ui import theme
from annotator.ui.annotate.article_model import counted
from annotator.ui.dialogs.label_rows import LabelRow, NameRow, SliceLine, StillDropDown
from annotator.ui.dialogs.label_words import headline, stays_out, would_come_in
from annotator.ui.dialogs.merge_rows import ROW_HEIGHT, PlanList
from annotator.ui.tick_box import TickBox
from annotator.ui.words import ElidedWords, Tone, Words

ROWS = 120  # labels that are shown; a file with more has no list of labels, but prose
_WIDTH = 860
_HIGHEST = 300  # of the list of labels, before it scrolls in a window nobody has enlarged
_LISTED = 4  # lines of what stays out for which room is kept
_REST = 200  # milliseconds after the last change until it is worked out what would come in
_WHAT = (
    "Nothing is changed until you import; then it is one step that can be undone. What does not"
    " fit its article stays out and is listed."
)


class ImportDialog(QDialog):
    """Shows what a file holds and asks what it becomes; the window reads, converts and writes."""

    preview_asked = Signal(object)
    import_asked = Signal(object, object)  # the batch that is shown, and the choices behind it
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import labels")
        self.setModal(False)
        self._working = ""  # reading, converting, importing or nothing
        self._survey: Survey | None = None
        self._batch: Batch | None = None
        self._asked: Choices | None = None
        self.rows: list[LabelRow] = []
        self.names: list[NameRow] = []
        self.title = Words(size=theme.STRONG, strong=True, wrap=True)
        self.file = ElidedWords(size=theme.CAPTION, tone="soft", mode=Qt.TextElideMode.ElideMiddle)
        self.area = QScrollArea()
        self.unit = StillDropDown()
        self.slice = SliceLine()
        self.warning = Words(size=theme.CAPTION, tone="warning", wrap=True)
        self.articles = TickBox("")
        self.total = Words(strong=True, wrap=True)
        self.refusals = PlanList()
        self.state = Words(wrap=True)
        self.bar = QProgressBar()
        self.cancel = QPushButton("Close")
        self.go = QPushButton("Import")
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._prepare()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def choices(self) -> Choices:
        """How the labels are to come in, as it is chosen now."""
        unit = self.unit.currentData()
        return Choices(
            goals={row.their.key: row.goal for row in self.rows if row.goal is not None},
            annotators={row.theirs: row.name for row in self.names if row.name},
            unit=unit if unit in UNIT_WORDS else None,
            add_articles=self.articles.isChecked(),
        )

    @property
    def batch(self) -> Batch | None:
        """What would come in; None while that is not worked out."""
        return self._batch

    def open_for(self, name: str) -> None:
        """Show the dialog while the file called `name` is being read."""
        self._survey = self._batch = None
        self._working = "reading"
        self.title.setText("Reading…")
        self.file.show_words(name)
        self._fill_rows([], [])
        self._say("")
        self.bar.setRange(0, 0)
        self._refresh()
        _fit(self, 0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_survey(
        self,
        survey: Survey,
        codebook: Codebook,
        lang: str,
        remembered: Mapping[str, Goal],
        me: str,
    ) -> None:
        """Show what the file holds; labels of nobody named are proposed to come in under `me`."""
        self._working = ""
        self._survey = survey
        self.title.setText(headline(survey))
        shown = survey.labels[:ROWS]
        rows = [LabelRow(t, remembered.get(t.key, t.suggested), codebook, lang) for t in shown]
        names = [
            NameRow(theirs, number, default_name(theirs) if theirs else me)
            for theirs, number in sorted(survey.annotators.items())[:ROWS]
        ]
        self._fill_rows(rows, names)
        self._show_units(survey)
        number = counted(survey.missing, "article", "articles")
        verb = "is" if survey.missing == 1 else "are"
        self.articles.setText(f"Add {number} that {verb} not in this project")
        # where no article is here, nothing could come in without them
        self.articles.setChecked(0 < survey.missing == survey.texts)
        self._refresh()  # what is disabled takes no focus
        _fit(self, _LISTED * ROW_HEIGHT)
        undecided = next((row for row in rows if row.goal is None), rows[0] if rows else None)
        (undecided.goals if undecided else self.go).setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def show_batch(self, batch: Batch) -> None:
        """Show what would come in."""
        if self._working != "converting":
            return
        self._working = ""
        self._batch = batch
        self.total.setText(would_come_in(batch))
        rows = stays_out(batch)
        self.refusals.show_rows(rows)
        self.refusals.setMaximumHeight(max(1, len(rows)) * ROW_HEIGHT + theme.SMALL)
        self._say("")
        self._refresh()

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
        self._refresh()
        self.close()

    @Slot()
    def show_stopped(self) -> None:
        """Show that the work was cancelled; any change of a choice begins it anew."""
        if self._working:
            self._working = ""
            self._say("Cancelled; nothing was changed.")
            self._refresh()

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Show why it could not be done."""
        if self._working == "reading":
            self.title.setText("These labels cannot be read")
        self._working = ""
        self._say(sentence, "danger")
        self._refresh()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(theme.current().panel))

    @override
    def reject(self) -> None:
        self._on_cancel()

    def _prepare(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.unit.setAccessibleName("Unit of their offsets")
        self.refusals.setAccessibleName("What would stay out")
        self.refusals.setMinimumHeight(ROW_HEIGHT + theme.SMALL)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Import labels")
        self.cancel.setAutoDefault(False)
        self.go.setDefault(True)

    def _lay_out(self) -> None:
        offsets = QHBoxLayout()
        offsets.setSpacing(theme.MEDIUM)
        offsets.addWidget(self.unit)
        offsets.addWidget(self.slice, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        below.addWidget(self.state, 1)
        below.addWidget(self.cancel)
        below.addWidget(self.go)
        self._what = Words(_WHAT, size=theme.CAPTION, tone="soft", wrap=True)
        self._units = Words("Their offsets count", strong=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE - 4)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.title)
        layout.addWidget(self.file)
        layout.addWidget(self._what)
        layout.addSpacing(theme.SMALL)
        layout.addWidget(self.area, 3)
        layout.addSpacing(theme.TIGHT)
        layout.addWidget(self._units)
        layout.addLayout(offsets)
        layout.addWidget(self.warning)
        layout.addWidget(self.articles)
        layout.addSpacing(theme.TIGHT)
        layout.addWidget(self.total)
        layout.addWidget(self.refusals, 2)
        layout.addStretch(0)
        layout.addWidget(self.bar)
        layout.addLayout(below)
        _fit(self, 0)

    def _connect(self) -> None:
        self.unit.currentIndexChanged.connect(self._on_unit)
        self.articles.toggled.connect(self._on_changed)
        self.cancel.clicked.connect(self._on_cancel)
        self.go.clicked.connect(self._on_go)
        self._rest.timeout.connect(self._ask)

    def _fill_rows(self, rows: list[LabelRow], names: list[NameRow]) -> None:
        """Put the rows into a fresh page of the scroll area, in the order of the keyboard."""
        self.rows, self.names = rows, names
        page = QWidget()
        page.setAutoFillBackground(False)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT)
        titles = {"label": "What their labels become", "choice": "What was chosen beside them"}
        titles["relation"] = "What joins them"
        last = ""
        for row in rows:
            if row.their.kind != last:
                if last:
                    layout.addSpacing(theme.MEDIUM)
                last = row.their.kind
                layout.addWidget(Words(titles[last], strong=True))
            layout.addWidget(row)
            row.changed.connect(self._on_changed)
        if names:
            layout.addSpacing(theme.MEDIUM)
            layout.addWidget(Words("Whose they are", strong=True))
        for name in names:
            layout.addWidget(name)
            name.changed.connect(self._on_changed)
        layout.addStretch(1)
        self.area.setWidget(page)
        height = page.sizeHint().height()
        self.area.setMinimumHeight(min(height, _HIGHEST))
        self.area.setMaximumHeight(height)

    def _show_units(self, survey: Survey) -> None:
        self.unit.blockSignals(True)
        self.unit.clear()
        for unit in survey.form.units:
            words = UNIT_WORDS[unit]
            self.unit.addItem(words[0].upper() + words[1:], unit)
        self.unit.setCurrentIndex(self.unit.findData(survey.unit))
        self.unit.blockSignals(False)
        self.warning.setText(survey.warning or "")
        self._show_slice()

    def _show_slice(self) -> None:
        slices = self._survey.slices if self._survey is not None else {}
        self.slice.show_slice(slices.get(self.unit.currentData()))

    def _say(self, sentence: str, tone: Tone = "soft") -> None:
        self.state.setText(sentence)
        self.state.set_tone(tone)

    @Slot()
    def _refresh(self) -> None:
        """Show and enable what makes sense now."""
        survey, busy = self._survey, self._working in ("reading", "importing")
        units = survey is not None and (survey.open_unit or bool(survey.slices))
        for widget in (self._units, self.unit, self.slice):
            widget.setVisible(units)
        self.warning.setVisible(survey is not None and survey.warning is not None)
        self.articles.setVisible(survey is not None and survey.missing > 0)
        self.total.setVisible(survey is not None)
        self.refusals.setVisible(survey is not None and bool(self.refusals.rows))
        self._what.setVisible(survey is not None)
        self.area.setVisible(bool(self.rows or self.names))
        for part in (self.area, self.unit, self.articles):
            part.setEnabled(not busy)
        batch = self._batch
        self.go.setEnabled(batch is not None and bool(batch.lines or batch.articles))
        self.go.setVisible(self._working != "importing" and survey is not None)
        self.bar.setVisible(bool(self._working))
        self.cancel.setText("Cancel" if busy else "Close")

    @Slot()
    def _on_unit(self) -> None:
        self._show_slice()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._batch = None
        self._rest.start()
        self._refresh()

    @Slot()
    def _ask(self) -> None:
        """Ask what would come in, once everything is chosen."""
        self._rest.stop()
        if self._survey is None or self._working == "importing":
            return
        lacking = _lacking(self.rows, self.names)
        if lacking:
            self.total.setText(lacking)
            self.refusals.show_rows([])
            self._refresh()
            return
        self._working = "converting"
        self._asked = self.choices
        self.total.setText("Working out what would come in…")
        self.bar.setRange(0, 0)
        self._refresh()
        self.preview_asked.emit(self._asked)

    @Slot()
    def _on_go(self) -> None:
        if self._batch is None or self._asked is None:
            return
        self._working = "importing"
        self._say("Importing…")
        self.bar.setRange(0, 0)
        self._refresh()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.import_asked.emit(self._batch, self._asked)

    @Slot()
    def _on_cancel(self) -> None:
        working, self._working = self._working, ""
        self._rest.stop()
        if working:
            self.cancel_asked.emit()
        if working == "importing":
            self._working = working
            self.show_stopped()
            return
        super().reject()


def _fit(dialog: QDialog, more: int) -> None:
    """Make a dialog as high as what it shows, and `more` pixels."""
    layout = dialog.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()  # else it keeps the least height of what it showed before
        dialog.resize(_WIDTH, layout.totalMinimumHeightForWidth(_WIDTH) + more)


def _lacking(rows: Sequence[LabelRow], names: Sequence[NameRow]) -> str:
    """Return what must still be chosen; empty when nothing."""
    left = [row for row in rows if row.goal is None and row.their.kind == "label"]
    if left:
        shown = ", ".join(f"“{row.their.key}”" for row in left[:3])
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        return f"Choose what becomes of {shown}{more}."
    return "" if all(row.name for row in names) else "Give every annotator a name."
