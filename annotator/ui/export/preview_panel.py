"""What an export would hold: how much, the labels of each split, the first records, what leaks."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.codebook import Codebook
from annotator.formats.datasets.form import Form
from annotator.services.exporting import Preview
from annotator.ui import theme
from annotator.ui.agreement.card import Card
from annotator.ui.export import saying
from annotator.ui.export.fields import ChoiceField
from annotator.ui.export.figure import Figure, bars
from annotator.ui.export.pair_list import PairList
from annotator.ui.words import Words

_WRAPPED = (".jsonl", ".json", ".jsonld")
_FIRST = ""  # the drop-down's entry for the first records


class PreviewPanel(QScrollArea):
    """Shows one plan after the other; it is greyed while the next one is worked out."""

    def __init__(self) -> None:
        super().__init__()
        self.total = Words(size=theme.STRONG, strong=True, wrap=True)
        self.carries = Words(size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.lacks = Words(size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.waiting = Words(tone="soft")
        self.verdict = Words()
        self.counts = Card("Labels")
        self.figure = Figure()
        self.first = Card("First records")
        self.records = QPlainTextEdit()
        self.files = ChoiceField("Which file is shown", {})
        self.leaks = Card("Leaks between splits")
        self.pairs = PairList()
        self.left_out = Card("Left out")
        self.reasons = Words(size=theme.CAPTION + 1, tone="soft", wrap=True)
        self.notes = Words(size=theme.CAPTION + 1, tone="warning", wrap=True)
        self._texts: dict[str, str] = {}
        self._lay_out()
        self.files.currentIndexChanged.connect(self._show_file)

    def show_form(self, form: Form) -> None:
        """Show what a form carries, and what it cannot."""
        self.carries.setText(form.carries)
        self.lacks.setText(f"Cannot carry: {form.lacks[:1].lower()}{form.lacks[1:]}")
        self.lacks.setVisible(form.lacks not in ("", "Nothing."))

    def show_plan(self, preview: Preview, codebook: Codebook, lang: str) -> None:
        """Show what a plan has found."""
        self.total.setText(saying.total(preview))
        splits = list(preview.rows) or [""]
        self.counts.say(saying.legend(codebook, lang))
        numbers = saying.spread(preview.spread, splits)
        self.figure.show_bars(bars(numbers, preview.rows, codebook, lang))
        self.counts.setVisible(bool(preview.statements or preview.negatives))
        self.notes.setText("\n".join(map(saying.note, preview.notes)))
        self.notes.setVisible(bool(preview.notes))
        self._show_records(preview)
        self._show_leaks(preview)
        reasons = saying.left_out(preview)
        self.reasons.setText("\n".join(reasons))
        self.left_out.setVisible(bool(reasons))
        self.show_waiting("")

    def show_waiting(self, words: str) -> None:
        """Say that the next plan is being worked out; nothing when it is there."""
        self.waiting.setText(words)
        if words:
            self.verdict.hide()

    def show_nothing(self, why: str) -> None:
        """Show that there is no plan."""
        self.total.setText(why)
        for card in (self.counts, self.leaks, self.left_out):
            card.hide()
        self.first.hide()
        self.verdict.hide()
        self.records.clear()
        self.show_waiting("")

    def _show_records(self, preview: Preview) -> None:
        before = self.files.currentText()
        lines = [line.rstrip("\n") for line in preview.records]
        named = [sample for sample in preview.samples if sample.lines]
        self._texts = {sample.name: _joined(sample.lines) for sample in named}
        if not any(_joined(lines) == text for text in self._texts.values()):
            self._texts = {_FIRST: _joined(lines), **self._texts}
        self.files.blockSignals(True)
        self.files.clear()
        for name in self._texts:
            self.files.addItem(name or "Records, as JSON", name)
        self.files.setCurrentIndex(max(0, self.files.findText(before)))
        self.files.blockSignals(False)
        self.files.setVisible(len(self._texts) > 1 or _FIRST not in self._texts)
        self.first.setVisible(bool(lines))
        self._rows.setStretch(self._rows.count() - 1, 0 if lines else 1)
        self._show_file()

    def _show_leaks(self, preview: Preview) -> None:
        report = preview.leaks
        self.leaks.setVisible(report is not None)
        self.verdict.setVisible(report is not None)
        if report is None:
            return
        said, well = saying.leaks(report)
        self.verdict.setText("✓ No leaks" if well else "Leaks: see below")
        self.verdict.set_tone("good" if well else "danger")
        self.leaks.say(said)
        self.leaks.subtitle.set_tone("good" if well else "danger")
        self.pairs.show_pairs(report.closest, report.threshold)

    def _lay_out(self) -> None:
        self.setAccessibleName("What the export would hold")
        self.setWidgetResizable(True)
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(theme.CAPTION + 1)
        self.records.setFont(mono)
        self.records.setReadOnly(True)
        self.records.setAccessibleName("The first records as they will be written")
        self.records.setTabChangesFocus(True)
        self.records.setMinimumHeight(150)
        self.files.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.files.setMinimumWidth(180)
        self.counts.body.addWidget(self.figure)
        self.counts.body.addWidget(self.notes)
        self.first.head.addWidget(self.files)
        self.first.body.addWidget(self.records, 1)
        self.leaks.body.addWidget(self.pairs)
        self.left_out.body.addWidget(self.reasons)
        head = QHBoxLayout()
        head.addWidget(self.total, 1)
        head.addWidget(self.waiting)
        head.addWidget(self.verdict)
        inside = QWidget()
        self.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        about = QVBoxLayout()
        about.setSpacing(theme.TIGHT)
        for words in (self.carries, self.lacks):
            about.addWidget(words)
        layout.addLayout(about)
        layout.addLayout(head)
        layout.addWidget(self.counts)
        layout.addWidget(self.leaks)
        layout.addWidget(self.left_out)
        layout.addWidget(self.first, 1)
        layout.addStretch(0)
        self._rows = layout
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # which setWidget switches on
        self.show_nothing("")

    @Slot()
    def _show_file(self) -> None:
        name = self.files.value
        wrapped = name == _FIRST or name.endswith(_WRAPPED)
        mode = QPlainTextEdit.LineWrapMode
        self.records.setLineWrapMode(mode.WidgetWidth if wrapped else mode.NoWrap)
        self.records.setPlainText(self._texts.get(name, ""))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip("\n") for line in lines)
