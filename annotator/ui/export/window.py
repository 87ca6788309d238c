"""The export window: forms at the left, choices beside them, at the right what they come to."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook, words
from annotator.errors import UserError
from annotator.formats.datasets.form import Form
from annotator.services.exporting import Preview, Report
from annotator.ui import tab_order, theme
from annotator.ui.export import choices, saying
from annotator.ui.export.choice_panel import ChoicePanel
from annotator.ui.export.choices import Chosen
from annotator.ui.export.foot import Foot
from annotator.ui.export.form_list import FormList
from annotator.ui.export.preview_panel import PreviewPanel

_REST = 150  # milliseconds after the last change until a plan is asked for
_LIST_WIDTH = 236
_SIZE = (1240, 820)


class ExportWindow(QDialog):
    """Asks for a plan whenever a choice changes, and for the export; others do the work."""

    plan_asked = Signal(object)  # an Order
    plan_dropped = Signal()  # the last plan that was asked for is wanted no more
    export_asked = Signal(str, object)  # folder and Order
    cancel_asked = Signal()
    card_asked = Signal()
    returned = Signal()  # it is in front again, and something may have been changed elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setModal(False)
        self._chosen = Chosen()
        self._codebook: Codebook | None = None
        self._lang = "en"
        self._planned: Preview | None = None
        self._fault = ""  # why this choice cannot be exported
        self._said_of_plan = False  # whether what the foot says is of the plan
        self._writing = False
        self._written: Report | None = None
        self.forms = FormList()
        self.choices = ChoicePanel()
        self.preview = PreviewPanel()
        self.foot = Foot()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def chosen(self) -> Chosen:
        """Every choice as it stands."""
        form = self.forms.form
        return msgspec.structs.replace(
            self.choices.chosen(self._chosen),
            form=form.name if form else self._chosen.form,
            folder=self.foot.field.text().strip(),
        )

    @property
    def planned(self) -> Preview | None:
        """What the choices come to; None while that is not known."""
        return self._planned

    @property
    def writing(self) -> bool:
        """Whether an export is being written."""
        return self._writing

    def show_choices(
        self,
        forms: Sequence[tuple[Form, str | None]],
        people: Sequence[tuple[int, str]],
        codebook: Codebook,
        chosen: Chosen,
        lang: str,
    ) -> None:
        """Show what there is to choose from, `chosen` of it, and ask for its plan.

        `forms` come with how to install their library where that is missing, `people` are
        (id, name).
        """
        self._codebook, self._lang, self._chosen = codebook, lang, chosen
        content = self.choices.content
        content.show_people(people)
        content.show_targets([(t.id, words(t.name, lang)) for t in codebook.targets])
        self.choices.show_chosen(chosen)
        self.forms.show_forms(forms, chosen.form)
        self.foot.field.setText(chosen.folder)
        self._on_form()
        self.forms.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_folder(self, folder: str) -> None:
        """Put `folder` into the field."""
        self.foot.field.setText(folder)

    @Slot()
    def ask_again(self) -> None:
        """Drop the plan and ask for a new one a moment later; for when anything has changed."""
        if self._writing:
            return
        self._planned, self._fault = None, ""
        self.plan_dropped.emit()
        self.preview.show_waiting("Counting…")
        self._rest.start()
        self._refresh()

    @Slot(object)
    def show_plan(self, preview: Preview) -> None:
        """Show what the choices come to."""
        if self._codebook is None or self._rest.isActive():
            return
        self._planned = preview
        self.preview.show_plan(preview, self._codebook, self._lang)
        if not preview.counts.articles:
            self._say_of_plan("Nothing of what is there is chosen.")
        elif self._said_of_plan:
            self._say_of_plan("")
        self._refresh()

    @Slot(str)
    def show_plan_error(self, sentence: str) -> None:
        """Show why there is no plan, and so no export, of these choices."""
        self._fault = sentence
        self.preview.show_nothing("Nothing to show")
        self._say_of_plan(sentence)
        self._refresh()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is, in articles."""
        if self._writing:
            self.foot.show_progress(done, total)

    @Slot(object)
    def show_done(self, report: Report) -> None:
        """Show that the export is written, and where it lies."""
        self._writing = False
        self._written = report
        self.foot.say(saying.written(report), "good")
        self._refresh()
        self.foot.export.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Show why it could not be written."""
        self._writing = False
        self.foot.say(sentence, "danger")
        self._refresh()

    @Slot()
    def show_cancelled(self) -> None:
        """Show that the writing was stopped, if it was going on."""
        if self._writing:
            self._writing = False
            self.foot.say("Cancelled; what was there before is untouched.")
            self._refresh()
            if self._planned is None:  # it was dropped for the writing
                self.ask_again()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.returned.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(look.ground))
        left = QRect(0, 0, self.preview.x(), self.height())
        painter.fillRect(left, theme.colour(look.panel))
        painter.setPen(theme.colour(look.line))
        for x in (self.forms.geometry().right(), self.choices.geometry().right()):
            painter.drawLine(x, 0, x, self.foot.y())
        painter.end()

    def _lay_out(self) -> None:
        self.forms.setFixedWidth(_LIST_WIDTH)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.forms)
        columns.addWidget(self.choices)
        columns.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(columns, 1)
        layout.addWidget(self.foot)
        self.setMinimumSize(900, 520)
        screen = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], screen.width()), min(_SIZE[1], screen.height()))

    def _connect(self) -> None:
        foot = self.foot
        self.forms.chosen.connect(self._on_form)
        self.choices.changed.connect(self._on_changed)
        foot.field.textChanged.connect(self._on_folder)
        foot.cancel.clicked.connect(self._on_cancel)
        foot.export.clicked.connect(self._on_export)
        foot.card.clicked.connect(self.card_asked)
        self._rest.timeout.connect(self._ask_plan)

    def _say_of_plan(self, sentence: str) -> None:
        self._said_of_plan = bool(sentence)
        self.foot.say(sentence, "danger")

    @Slot()
    def _refresh(self) -> None:
        """Enable what makes sense now."""
        planned, foot = self._planned, self.foot
        something = planned is None or bool(planned.counts.articles)
        ready = bool(foot.field.text().strip()) and something and not self._fault
        foot.show_state(
            ready=ready and not self._writing,
            writing=self._writing,
            written=None if self._written is None else self._written.folder,
        )
        for widget in (self.forms, self.choices):
            widget.setEnabled(not self._writing)

    @Slot()
    def _on_form(self) -> None:
        self._chosen = self.choices.chosen(self._chosen)  # of the form before
        if self.forms.form is not None:
            self.choices.show_form(self.forms.form)
            self.preview.show_form(self.forms.form)
        _order_tabs(self)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        if not self._writing:
            self._written = None
            self._say_of_plan("")
            self.ask_again()

    @Slot()
    def _on_folder(self) -> None:
        self._written = None
        self.foot.show_place()
        self._refresh()

    @Slot()
    def _ask_plan(self) -> None:
        if self.forms.missing:
            title = self.forms.form.title if self.forms.form else ""
            self.show_plan_error(
                f"The library that {title} needs is not installed; run: {self.forms.missing}"
            )
            return
        try:
            order = choices.order(self.chosen)
        except UserError as error:
            self.show_plan_error(str(error))
            return
        self.plan_asked.emit(order)

    @Slot()
    def _on_cancel(self) -> None:
        if not self._writing:
            self.close()
            return
        self.show_cancelled()
        self.cancel_asked.emit()

    @Slot()
    def _on_export(self) -> None:
        try:
            order = choices.order(self.chosen)
        except UserError as error:
            self.show_plan_error(str(error))
            return
        self._writing = True
        self._written = None
        self._rest.stop()
        self.foot.show_progress(0, 0)
        self._refresh()
        self.foot.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.export_asked.emit(self.foot.field.text().strip(), order)


def _order_tabs(window: ExportWindow) -> None:
    """Let Tab go from left to right; made anew whenever fields are."""
    tab_order.chain(
        [
            window.forms.view,
            *tab_order.laid_out(window.choices.inside),
            window.preview.files,
            window.preview.records,
            *tab_order.laid_out(window.foot),
        ]
    )
