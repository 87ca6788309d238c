"""What the adjudicate page says all around: names, card, list, legend, status, calm words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from annotator.services import case_reading
from annotator.services import project as projects
from annotator.ui.adjudicate import presenting
from annotator.ui.adjudicate.article_rows import Row
from annotator.ui.adjudicate.guises import Guise, guises
from annotator.ui.adjudicate.sayings import Teller
from annotator.ui.status_line import hints

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage

_DECIDE = "1 2 take · E edit · 0 no statement · J next · ⇧J next undecided · ⌫ reopen · D discuss"
_SELECTED = "M make a gold statement of the selected words · Esc"
_LOOK = "J K go through · ⇧J next undecided · Ctrl+⏎ next article"
_MERGE = (("merge", "Merge another copy…"), ("page_annotate", "Annotate"))


class Saying(QObject):
    """Brings the parts of the page up to date with what was read."""

    def __init__(self, page: "AdjudicatePage") -> None:
        super().__init__(page)
        self._page = page
        self.guises: list[Guise] = []
        self._people: dict[int, str] = {}

    def read_articles(self) -> None:
        """Read the articles of the project, and who works in it."""
        page, project = self._page, self._page.project
        if project is None:
            return
        rows = [Row(row.id, row.title or row.name) for row in projects.bare_articles(project)]
        page.articles.show_articles(project.name, rows)
        self._people = {a.id: a.name for a in projects.annotators(project)}
        self.choose_guises()

    def choose_guises(self) -> None:
        """Give each annotator of the open article their name and line."""
        page, project = self._page, self._page.project
        if project is None:
            self.guises = []
            return
        article = page.editing.sheet.article
        hues = [t.hue for t in project.codebook.targets if t.hue]
        seed = article.uid if article is not None else ""
        people = case_reading.labellers(project)
        page.articles.legend.setVisible(bool(people))
        self.guises = guises(people, hues, blind=page.blind, seed=seed)

    def show(self) -> None:
        """Show the case in front, what is next, and how far everything is."""
        page, docket = self._page, self._page.docket
        case, project = docket.case, page.project
        editing = page.editing.statement_id is not None
        page.panel.show_mode(case=case is not None, editing=editing)
        page.numbered = {}
        teller = self._teller()
        if project is not None and teller is not None and case is not None:
            columns = teller.columns(case, presenting.held(case, docket.gold_of(case)))
            page.numbered = {c.number: c.statement_id for c in columns if c.statement_id}
            writable = not project.read_only and not editing
            view = presenting.view_of(
                case,
                docket,
                teller,
                columns,
                ruling=self._ruling(teller),
                deciders={} if page.blind else self._people,
                writable=writable,
                beside=page.beside,
            )
            page.panel.card.show_case(view, enabled=writable)
        self._show_next(teller)
        self.show_articles()

    @Slot()
    def show_articles(self) -> None:
        """Show how far the articles are."""
        page, project = self._page, self._page.project
        article = page.editing.sheet.article
        page.articles.show_standings(page.standings)
        title = (article.title or article.name) if article is not None else ""
        writable = project is not None and not project.read_only
        page.topbar.show_state(title, page.standings.agreed, blind=page.blind, writable=writable)
        if page.docket.case is None:
            page.panel.calm.show_words(*self._calm())

    def status(self) -> tuple[str, str]:
        """Return what the status line says: how the article stands, and the keys of now."""
        page = self._page
        if page.docket.found is None:
            return "No article is open", ""
        real = page.docket.real
        decided = sum(case.settled for case in real)
        left = f"{decided} of {len(real)} decided in this article"
        if stale := sum(bool(case.stale) for case in real):
            left += f" · {stale} to look at again"
        if page.project is not None and page.project.read_only:
            return left, _LOOK
        selection = page.editing.desk.selection is not None
        if page.editing.statement_id is not None:
            return left, f"Esc ends editing · {hints(selection=selection, statement=True)}"
        return left, _SELECTED if selection else _DECIDE if page.docket.case else _LOOK

    def _teller(self) -> Teller | None:
        page, project = self._page, self._page.project
        if project is None:
            return None
        sheet = page.editing.sheet
        text = page.editing.desk.text
        return Teller(project.codebook, sheet.speakers, self.guises, text, page.host.lang)

    def _ruling(self, teller: Teller) -> tuple[str, str]:
        page, project, article = self._page, self._page.project, self._page.editing.sheet.article
        case = page.docket.case
        if project is None or article is None or case is None:
            return "", ""
        quote = teller.quote(case.statements)
        return presenting.ruling_of(project.codebook, case, quote, article, page.host.lang)

    def _show_next(self, teller: Teller | None) -> None:
        page, docket = self._page, self._page.docket
        shown = teller is not None and bool(docket.cases)
        page.panel.next.setVisible(shown)
        if teller is None or not shown:
            return
        rows = presenting.next_rows(docket, teller)
        left = sum(not case.settled for case in docket.cases)
        if rows:
            page.panel.next.show_next(f"Next · {left} left", rows)
        elif left:
            page.panel.next.show_next("The last one of this article", [])
        else:
            words = "Everything here is decided. Ctrl+⏎ goes to the next article."
            page.panel.next.show_next("✓ This article is gold", [], words)

    def _calm(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """Return what to do where no case is in front."""
        page = self._page
        every = [standing.status for standing in page.standings.known.values()]
        if not every and page.standings.reading:
            return "Comparing the annotators…", "", ()
        if not any(status.cases for status in every) and not page.standings.reading:
            words = (
                "Articles come up here when their annotators marked them done (Ctrl+⏎ on the"
                " Annotate page). Labels from other computers come in by File, Merge another copy."
            )
            return "Nothing to decide yet", words, _MERGE
        found = page.docket.found
        if found is None:
            return "Choose an article at the left", "", ()
        if len(found.compared) > 1:
            words = "Both found nothing" if len(found.compared) == 2 else "Nobody found anything"
            return "✓ This article is gold", f"{words} here, and that is decided with it.", ()
        if found.compared:
            name = next((g.name for g in self.guises if g.annotator_id in found.compared), "One")
            words = f"{name} found nothing here; nobody else has marked it done."
            return "Nothing to compare in this article yet", words, ()
        words = "Nobody has marked it done. An article is compared when at least two have."
        return "Nothing to compare in this article yet", words, ()
