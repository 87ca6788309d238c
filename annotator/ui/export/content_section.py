"""What goes in: whose labels, of which articles, about which targets, when, and what else."""

from collections.abc import Sequence
from typing import cast

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from annotator.ui import theme
from annotator.ui.export.choices import Chosen, Status, When
from annotator.ui.export.fields import ChoiceField, Section, beside, emptied
from annotator.ui.export.segments import Segments
from annotator.ui.flow import FlowLayout
from annotator.ui.tick_box import TickBox
from annotator.ui.words import Words


class ContentSection(Section):
    """`changed` says that another choice holds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("What goes in")
        self.people: dict[int, TickBox] = {}
        self.targets: dict[str, TickBox] = {}
        self.whose = Segments("Labels", {"own": "Annotators", "gold": "Gold"})
        self.status = Segments("Articles", {"done": "Done only", "any": "Any status"})
        self.when = ChoiceField(
            "Period",
            {"ever": "Any time", "published": "Articles published", "made": "Statements made"},
        )
        self.since, self.until = _day("From"), _day("To")
        self.excluded = TickBox("Statements in excluded regions")
        self.negatives = TickBox("Sentences without a statement")
        self._names = FlowLayout(theme.MEDIUM, theme.TIGHT)
        self._targets = FlowLayout(theme.MEDIUM, theme.TIGHT)
        self._lay_out()
        self._connect()

    def show_people(self, people: Sequence[tuple[int, str]]) -> None:
        """List annotators as (id, name)."""
        emptied(self._names)
        self.people = {id_: self._tick(name, self._names) for id_, name in people}

    def show_targets(self, targets: Sequence[tuple[str, str]]) -> None:
        """List targets as (id, name)."""
        emptied(self._targets)
        self.targets = {id_: self._tick(name, self._targets) for id_, name in targets}

    def show_chosen(self, chosen: Chosen) -> None:
        """Show these choices; says nothing."""
        blocked = QSignalBlocker(self)
        self.whose.show_value("gold" if chosen.gold else "own")
        for id_, box in self.people.items():
            box.setChecked(chosen.annotators is None or id_ in chosen.annotators)
        self.status.show_value(chosen.status)
        for target, box in self.targets.items():
            box.setChecked(chosen.targets is None or target in chosen.targets)
        self.when.show_value(chosen.when)
        self.since.setText(chosen.since)
        self.until.setText(chosen.until)
        self.excluded.setChecked(chosen.excluded)
        self.negatives.setChecked(chosen.negatives)
        self._refresh()
        blocked.unblock()

    def put_into(self, chosen: Chosen) -> Chosen:
        """Return `chosen` with what is chosen here."""
        people = tuple(id_ for id_, box in self.people.items() if box.isChecked())
        targets = tuple(id_ for id_, box in self.targets.items() if box.isChecked())
        return msgspec.structs.replace(
            chosen,
            gold=self.whose.value == "gold",
            # who comes later is among all of them
            annotators=None if len(people) == len(self.people) else people,
            status=cast(Status, self.status.value),
            targets=None if len(targets) == len(self.targets) else targets,
            when=cast(When, self.when.value),
            since=self.since.text(),
            until=self.until.text(),
            excluded=self.excluded.isChecked(),
            negatives=self.negatives.isChecked(),
        )

    def _tick(self, name: str, layout: FlowLayout) -> TickBox:
        box = TickBox(name.replace("&", "&&"))
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setChecked(True)
        box.toggled.connect(self._on_changed)
        layout.addWidget(box)
        return box

    def _lay_out(self) -> None:
        names, targets = QWidget(), QWidget()
        names.setLayout(self._names)
        targets.setLayout(self._targets)
        names.setAccessibleName("Whose labels")
        targets.setAccessibleName("Targets")
        self.add("Labels", self.whose)
        self._row_of_names = self.add("", names)
        self.add("Articles", self.status)
        self.add("Targets", targets)
        self.add("Period", self.when)
        self._days = self.add("", beside(self.since, Words("to", tone="soft"), self.until))
        self.add("Also", self.excluded, self.negatives)
        for box in (self.excluded, self.negatives):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.negatives.setToolTip(
            "Of articles that are done: sentences outside every statement and excluded region"
        )

    def _connect(self) -> None:
        for segments in (self.whose, self.status):
            segments.chosen.connect(self._on_changed)
        for field in (self.since, self.until):
            field.textChanged.connect(self._on_changed)
        self.when.currentIndexChanged.connect(self._on_changed)
        for box in (self.excluded, self.negatives):
            box.toggled.connect(self._on_changed)

    def _refresh(self) -> None:
        gold = self.whose.value == "gold"
        self._row_of_names.setVisible(not gold)
        done, every = self.status.buttons["done"], self.status.buttons["any"]
        done.setText("Gold only" if gold else "Done only")
        every.setText("Decided so far" if gold else "Any status")
        self._days.setVisible(self.when.value != "ever")

    @Slot()
    def _on_changed(self) -> None:
        if not self.signalsBlocked():
            self._refresh()
            self.changed.emit()


def _day(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(f"{name}, year-month-day")
    field.setPlaceholderText("2025-03-27")
    field.setFixedWidth(104)
    return field
