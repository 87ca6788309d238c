"""Taking what all annotators agree on: listed first, then taken as one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.domain.codebook import words
from annotator.services import speakers
from annotator.services.agreed import Agreed
from annotator.services.project import Project
from annotator.ui.adjudicate.agreed_overlay import AgreedOverlay, AgreedRow

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage


class Taking(QObject):
    """Asks the window's long work for the list, shows it, and has it taken."""

    def __init__(self, page: "AdjudicatePage") -> None:
        super().__init__(page)
        self._page = page
        self._listed: Sequence[Agreed] = ()
        self.overlay = AgreedOverlay(page)
        self.overlay.accepted.connect(self._on_accepted)
        page.host.reviewing.agreed_found.connect(self._on_found)

    def open(self) -> None:
        """List what can be taken."""
        self._page.host.reviewing.find_agreed()

    @Slot(list)
    def _on_found(self, found: list[Agreed]) -> None:
        page, project = self._page, self._page.project
        if project is None or page.host.pages.review is not page:
            return
        self._listed = found
        if not found:
            page.host.tell("Nothing is left on which all annotators agree.")
            return
        articles = len({agreed.case.article_id for agreed in found})
        self.overlay.open(rows_of(project, found, page.host.lang), articles)

    @Slot()
    def _on_accepted(self) -> None:
        cases = [agreed.case for agreed in self._listed]
        self._page.host.reviewing.take_agreed(cases)


def rows_of(project: Project, found: Sequence[Agreed], lang: str) -> list[AgreedRow]:
    """Return the rows of a list: a heading for each article, then its statements."""
    codebook = project.codebook
    names = {s.id: s.name for s in speakers.all_speakers(project)}
    rows: list[AgreedRow] = []
    before = None
    for agreed in found:
        if agreed.case.article_id != before:
            before = agreed.case.article_id
            rows.append(AgreedRow("", agreed.article))
        statement = agreed.statement
        target, stance = codebook.target(statement.target), codebook.stance(statement.stance)
        about = [
            names.get(statement.speaker_id or 0, ""),
            words(target.name, lang) if target else "",
        ]
        rows.append(
            AgreedRow(
                agreed.words,
                " · ".join(part for part in about if part),
                words(stance.name, lang).lower() if stance else "",
                (stance.symbol or "") if stance else "",
                target.hue if target else None,
            )
        )
    return rows
