"""The column of choices: what goes in, how it is divided, what the form lets choose."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.formats.datasets.form import Form
from annotator.ui import theme
from annotator.ui.export.choices import Chosen
from annotator.ui.export.content_section import ContentSection
from annotator.ui.export.form_section import FormSection
from annotator.ui.export.split_section import SplitSection

WIDTH = 304


class ChoicePanel(QScrollArea):
    """`changed` says that another choice holds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content, self.split, self.form = ContentSection(), SplitSection(), FormSection()
        self.setAccessibleName("Choices")
        self.setWidgetResizable(True)
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        layout = QVBoxLayout(self.inside)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.WIDE)
        for section in (self.content, self.split, self.form):
            layout.addWidget(section)
            section.changed.connect(self.changed)
        layout.addStretch(1)
        self.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)  # which setWidget switches on
        self.viewport().setAutoFillBackground(False)

    def show_chosen(self, chosen: Chosen) -> None:
        """Show these choices; says nothing."""
        for section in (self.content, self.split, self.form):
            section.show_chosen(chosen)

    def show_form(self, form: Form) -> None:
        """Show what `form` lets choose."""
        self.form.show_form(form)

    def chosen(self, before: Chosen) -> Chosen:
        """Return `before` with what is chosen here."""
        return self.form.put_into(self.split.put_into(self.content.put_into(before)))
