"""What the bar beside a selection offers, and where it stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.codebook import Codebook, words
from annotator.ui.annotate.selection_bar import Offer, SelectionBar

if TYPE_CHECKING:
    from annotator.ui.annotate.page import AnnotatePage


def offers(codebook: Codebook, lang: str, *, statement: bool) -> list[Offer]:
    """Return what one click can do with the selected words."""
    found = [Offer("mark", "Mark", "⏎")]
    found += [
        Offer(f"choose:target:{t.id}", words(t.name, lang), t.key or "", t.hue)
        for t in codebook.targets
    ]
    if statement:
        found += [
            Offer("speaker", "Speaker", "S"),
            Offer("cue", "Cue", "R"),
            Offer("piece", "Piece", "P"),
            Offer("source", "Via", "V"),
        ]
        condition = codebook.attribute("condition")
        held = condition.choice("condition") if condition else None
        if held is not None:
            name = words(held.name, lang)
            found.append(Offer("choose:condition:condition", name.capitalize(), held.key or ""))
    return [*found, Offer("exclude", "Exclude", "⇧E")]


class SelectionOffers(QObject):
    """Shows the bar for a selection made with the mouse, and passes on what is clicked."""

    asked = Signal(str)

    def __init__(self, page: "AnnotatePage") -> None:
        super().__init__(page)
        self._page = page
        self.bar = SelectionBar(page.reader.viewport())
        self.bar.triggered.connect(self.asked)
        self.bar.hide()

    def refresh(self) -> None:
        """Show, change or hide the bar as the selection and the chosen statement are now."""
        page = self._page
        project = page.project
        if project is None or project.read_only:
            self.bar.show_offers(())
        elif page.desk.selection is not None:
            chosen = page.sheet.chosen is not None
            self.bar.show_offers(offers(project.codebook, page.lang, statement=chosen))
        self.replace()

    def replace(self) -> None:
        """Put the bar beside the selection, where it covers nothing selected."""
        page = self._page
        if page.desk.selection is None or not page.reader.selected_by_mouse:
            self.bar.hide()
            return
        self.bar.place_beside(page.reader.selection_rect(), page.reader.viewport().rect())
