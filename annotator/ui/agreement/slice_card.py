"""The card that shows agreement part by part."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from annotator.domain.codebook import Codebook
from annotator.ui.agreement import saying, slicing
from annotator.ui.agreement.card import Card
from annotator.ui.agreement.choice_pills import ChoicePills
from annotator.ui.agreement.slice_list import FEWEST_ROWS, ROW, SliceDelegate, SliceModel, SliceView
from annotator.ui.agreement.slicing import Names, Slice
from annotator.ui.drop_down import DropDown

if TYPE_CHECKING:
    from annotator.domain.agreement.measures import Section


class SliceCard(Card):
    """`opened` carries the Slice whose disagreements are asked for."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("Part by part")
        self.measure = DropDown()
        self.measure.setAccessibleName("Which measure the parts are compared by")
        self.pills = ChoicePills("By which parts")
        self.view = SliceView()
        self._model = SliceModel(self)
        self._sections: list[Section] = []
        self._names = Names({}, {}, {})
        self._kind = "target"
        self.view.setModel(self._model)
        self.view.setItemDelegate(SliceDelegate(self.view, self._model))
        self.view.setMinimumHeight(FEWEST_ROWS * ROW)
        self.head.addWidget(self.measure)
        self.body.addWidget(self.pills)
        self.body.addWidget(self.view, 1)
        self.pills.chosen.connect(self._on_kind)
        self.measure.currentIndexChanged.connect(self._show)
        self.view.opened.connect(self._on_opened)

    @property
    def slices(self) -> Sequence[Slice]:
        """The parts that are listed."""
        return self._model.slices

    def show_codebook(self, codebook: Codebook, lang: str) -> None:
        """Offer the measures of a codebook."""
        self._model.codebook, self._model.lang = codebook, lang
        with QSignalBlocker(self.measure):
            self.measure.clear()
            for name in slicing.offered(codebook):
                self.measure.addItem(saying.named(name, codebook, lang).whole, name)

    def show_names(self, names: Names) -> None:
        """Call people, speakers and articles so from now on."""
        self._names = names

    def show_sections(self, sections: "Sequence[Section]") -> None:
        """Show what is worked out so far; nothing of what was there before stays."""
        self._sections = [section for section in sections if section.kind != "all"]
        self._show()

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this card gets them."""
        return self.view

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._show()
        self.view.scrollToTop()

    @Slot()
    def _show(self) -> None:
        codebook = self._model.codebook
        if codebook is None:
            return
        numbers = dict.fromkeys(slicing.KINDS, 0)
        for section in self._sections:
            numbers[section.kind] += 1
        offered = {kind: (word, numbers[kind]) for kind, word in slicing.KINDS.items()}
        self.pills.show_values(offered, self._kind)
        name = str(self.measure.currentData())
        chosen = [section for section in self._sections if section.kind == self._kind]
        found = slicing.slices(chosen, name, self._names, codebook, self._model.lang)
        self._model.show(found)
        named = saying.named(name, codebook, self._model.lang)
        self.say(f"At the right the number of {named.units}. Click one to list its disagreements.")

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.slices[index.row()])
