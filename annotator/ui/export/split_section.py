"""How the dataset is divided: shares or folds, what stays together, and the seed."""

from typing import cast

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from annotator.services.dividing import By
from annotator.ui.export.choices import Chosen, Parts
from annotator.ui.export.fields import ChoiceField, NumberField, Section, beside
from annotator.ui.export.segments import Segments
from annotator.ui.words import Words

_TOGETHER = {
    "statement": "Repeated and near-identical",
    "article": "Articles as well",
    "speaker": "Speakers as well",
    "date": "By date: the latest to test",
}
_LARGEST_SEED = 2**31 - 1


class SplitSection(Section):
    """`changed` says that another choice holds."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Split")
        self.parts = Segments(
            "Split", {"none": "None", "shares": "Train and test", "folds": "Folds"}
        )
        self.shares = QLineEdit()
        self.folds = NumberField("Number of folds", 2, 100)
        self.by = ChoiceField("What stays together", _TOGETHER)
        self.seed = NumberField("Seed", 0, _LARGEST_SEED)
        self._lay_out()
        self.parts.chosen.connect(self._on_changed)
        self.shares.textChanged.connect(self._on_changed)
        self.by.currentIndexChanged.connect(self._on_changed)
        for field in (self.folds, self.seed):
            field.changed.connect(self._on_changed)

    def show_chosen(self, chosen: Chosen) -> None:
        """Show these choices; says nothing."""
        blocked = QSignalBlocker(self)
        self.parts.show_value(chosen.parts)
        self.shares.setText(chosen.shares)
        self.folds.set_value(chosen.folds)
        self.by.show_value(chosen.by)
        self.seed.set_value(chosen.seed)
        self._refresh()
        blocked.unblock()

    def put_into(self, chosen: Chosen) -> Chosen:
        """Return `chosen` with what is chosen here."""
        return msgspec.structs.replace(
            chosen,
            parts=cast(Parts, self.parts.value),
            shares=self.shares.text(),
            folds=self.folds.value(),
            by=cast(By, self.by.value),
            seed=self.seed.value(),
        )

    def _lay_out(self) -> None:
        self.shares.setAccessibleName("Shares of train, validation and test")
        self.shares.setFixedWidth(104)
        self.add("", self.parts)
        hint = Words("80/20: no validation", tone="soft")
        self._shares = self.add("Train / validation / test", beside(self.shares, hint))
        self._folds = self.add("Folds", self.folds)
        self._by = self.add("Kept together", self.by)
        self._seed = self.add("Seed", self.seed)

    def _refresh(self) -> None:
        parts = self.parts.value
        self._shares.setVisible(parts == "shares")
        self._folds.setVisible(parts == "folds")
        self._by.setVisible(parts != "none")
        self._seed.setVisible(parts != "none")

    @Slot()
    def _on_changed(self) -> None:
        if not self.signalsBlocked():
            self._refresh()
            self.changed.emit()
