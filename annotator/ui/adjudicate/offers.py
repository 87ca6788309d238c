"""What the bar beside a selection offers on the adjudicate page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.ui.annotate.selection_bar import Offer, SelectionBar
from annotator.ui.annotate.selection_offers import offers

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage


class GoldOffers(QObject):
    """Shows the bar for a selection made with the mouse, and passes on what is clicked."""

    asked = Signal(str)

    def __init__(self, page: "AdjudicatePage") -> None:
        super().__init__(page)
        self._page = page
        self.bar = SelectionBar(page.reader.viewport())
        self.bar.triggered.connect(self.asked)
        self.bar.hide()

    def refresh(self) -> None:
        """Show, change or hide the bar as the selection is now, and put it beside it."""
        page, project = self._page, self._page.project
        selected = page.editing.desk.selection is not None and page.reader.selected_by_mouse
        if project is None or project.read_only or not selected:
            self.bar.hide()
            return
        if page.editing.statement_id is not None:
            listed = offers(project.codebook, page.host.lang, statement=True)
        else:
            listed = [Offer("make_gold", "Make gold statement", "M")]
        self.bar.show_offers(listed)
        self.bar.place_beside(page.reader.selection_rect(), page.reader.viewport().rect())
