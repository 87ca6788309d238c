"""What the chosen form lets choose: stand-off, offsets in other units, options of its own."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.offset_units import Unit
from annotator.formats.datasets.form import Form, Option
from annotator.services.label_survey import UNIT_WORDS
from annotator.ui import theme
from annotator.ui.export.choices import Chosen
from annotator.ui.export.fields import ChoiceField, NumberField, Section, emptied
from annotator.ui.flow import FlowLayout
from annotator.ui.tick_box import TickBox
from annotator.ui.words import Words

_STAND_OFF = "Offsets and short hashes, no words; “rehydrate” puts the texts back"
_FORBIDDEN = "The dataset card says that the texts may not be shared"
_UNITS: dict[Unit, str] = {"utf16": "UTF-16", "byte": "Bytes", "grapheme": "Graphemes"}


class FormSection(Section):
    """`changed` says that another choice holds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Format options")
        self.stand_off = TickBox("Without the texts (stand-off)")
        self.stand_off.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.units: dict[Unit, TickBox] = {unit: TickBox(word) for unit, word in _UNITS.items()}
        self.fields: dict[str, ChoiceField | NumberField] = {}
        self._form: Form | None = None
        self._forbidden = False
        self._options: dict[str, dict[str, str]] = {}
        units = QWidget()
        flow = FlowLayout(theme.MEDIUM, theme.TIGHT)
        units.setLayout(flow)
        units.setAccessibleName("Offsets beside code points")
        for unit, box in self.units.items():
            box.setAccessibleName(f"Offsets in {_UNITS[unit]} too")
            flow.addWidget(box)
        self._own = QVBoxLayout()
        self._own.setSpacing(theme.SMALL)
        self.add("", self.stand_off)
        self.add("Offsets beside code points", units)
        self.rows.addLayout(self._own)
        for box in (self.stand_off, *self.units.values()):
            box.toggled.connect(self._on_changed)

    def show_form(self, form: Form) -> None:
        """Show what `form` lets choose, as it was chosen for it last; says nothing."""
        if form is self._form:
            return
        self._form = form
        emptied(self._own)
        self.fields = {option.name: self._field(option) for option in form.options}
        chosen = self._options.get(form.name, {})
        for option in form.options:
            self._show(option, chosen.get(option.name, option.usual))
        self._refresh()

    def show_chosen(self, chosen: Chosen) -> None:
        """Show these choices; says nothing."""
        blocked = QSignalBlocker(self)
        self._options = {name: dict(options) for name, options in chosen.options.items()}
        self.stand_off.setChecked(chosen.stand_off)
        for unit, box in self.units.items():
            box.setChecked(unit in chosen.offsets)
        self._form = None
        blocked.unblock()

    def forbid_texts(self, forbidden: bool) -> bool:
        """Let the dataset go without texts, and nothing else be chosen; tell if that is new."""
        changed = forbidden != self._forbidden
        self._forbidden = forbidden
        self._refresh()
        return changed

    def put_into(self, chosen: Chosen) -> Chosen:
        """Return `chosen` with what is chosen here."""
        if self._form is not None and self.fields:
            self._options[self._form.name] = {
                name: field.value if isinstance(field, ChoiceField) else str(field.value())
                for name, field in self.fields.items()
            }
        return msgspec.structs.replace(
            chosen,
            stand_off=self.stand_off.isChecked(),
            offsets=tuple(unit for unit, box in self.units.items() if box.isChecked()),
            options={name: dict(options) for name, options in self._options.items()},
        )

    def _field(self, option: Option) -> "ChoiceField | NumberField":
        field: ChoiceField | NumberField
        if option.choices:
            words = {value: _worded(value) for value in option.choices}
            field = ChoiceField(option.words, words)
            field.currentIndexChanged.connect(self._on_changed)
        else:
            field = NumberField(option.words, 0, 1000)
            field.changed.connect(self._on_changed)
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.TIGHT)
        layout.addWidget(Words(option.words, size=theme.CAPTION + 1, tone="soft", wrap=True))
        layout.addWidget(field)
        self._own.addWidget(row)
        return field

    def _show(self, option: Option, value: str) -> None:
        field = self.fields[option.name]
        blocked = QSignalBlocker(field)
        if isinstance(field, ChoiceField):
            field.show_value(value)
        else:
            field.set_value(int(value) if value.isdecimal() else 0)
        blocked.unblock()

    def _refresh(self) -> None:
        # Asked for, it stays asked for: a form that cannot do it must not give the texts away.
        able = self._form is not None and self._form.stand_off
        box = self.stand_off
        box.setToolTip(_FORBIDDEN if self._forbidden else _STAND_OFF)
        if self._forbidden:
            blocked = QSignalBlocker(self)
            box.setChecked(True)
            blocked.unblock()
        box.setEnabled((able or box.isChecked()) and not self._forbidden)

    @Slot()
    def _on_changed(self) -> None:
        if not self.signalsBlocked():
            self._refresh()
            self.changed.emit()


def _worded(value: str) -> str:
    """Return a value of an option as it is shown: “UTF-16 units”, “Leave out”."""
    unit = next((words for unit, words in UNIT_WORDS.items() if unit == value), None)
    if unit is not None:
        return unit[0].upper() + unit[1:]
    return value.replace("-", " ").replace("_", " ").capitalize()
