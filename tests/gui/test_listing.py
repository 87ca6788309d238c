"""The list of thousands of articles: there at once, what is incomplete counted in slices."""

import pytest

from annotator.services import annotating
from annotator.services import project as projects
from annotator.storage import history, import_rows
from annotator.ui.annotate.article_list import ArticlePanel
from annotator.ui.annotate.listing import Listing
from tests.gui.large_article import add_large_article

COUNT = 1200


class Listed(Listing):
    """A listing with its panel, and the ids of the two articles that have statements."""

    def __init__(self, panel: ArticlePanel, first: int, last: int) -> None:
        super().__init__(panel, panel)
        self.panel, self.first, self.last = panel, first, last


@pytest.fixture
def listing(qtbot, project):
    """A listing in its panel; the project holds 1,202 articles, two of them with statements."""
    first = add_large_article(project, 4, "a first")
    at = history.now()
    rows = [
        (
            projects.new_uid(),
            f"n{i:04}",
            "t",
            "en",
            2,
            f"sha {i}",
            "f.txt",
            "",
            at,
            "two words",
            None,
        )
        for i in range(COUNT)
    ]
    with project.transact("Add articles"):
        project.store.insert_many("article", import_rows.ARTICLE, rows)
    last = add_large_article(project, 20, "z last")
    panel = ArticlePanel()
    qtbot.addWidget(panel)
    made = Listed(panel, first.id, last.id)
    yield made
    made.stop()


def test_a_short_list_is_complete_at_once(qtbot, project):
    article = add_large_article(project, 20)
    panel = ArticlePanel()
    qtbot.addWidget(panel)
    listing = Listing(panel, panel)
    listing.read(project)
    assert not listing.busy
    assert panel.row(article.id) == projects.article_row(project, article.id)


def test_a_long_list_is_there_at_once_and_complete_soon(listing, project, qtbot):
    listing.read(project)
    assert listing.busy
    last = listing.panel.row(listing.last)
    assert (last.statements, last.incomplete) == (20, 0)
    qtbot.waitUntil(lambda: not listing.busy)
    for row in projects.articles(project):
        assert listing.panel.row(row.id) == row
    assert listing.panel.row(listing.last).incomplete == 18


def test_what_is_changed_meanwhile_is_not_overwritten(listing, project, qtbot):
    listing.read(project)
    for article in (listing.first, listing.last):
        annotating.delete_statement(project, annotating.statements(project, article)[0].id)
        annotating.set_status(project, article, "flagged", "why")
        listing.panel.update_article(projects.article_row(project, article))
    qtbot.waitUntil(lambda: not listing.busy)
    for row in projects.articles(project):
        assert listing.panel.row(row.id) == row


def test_read_again_meanwhile_it_begins_anew(listing, project, qtbot):
    listing.read(project)
    listing.read(project)
    qtbot.waitUntil(lambda: not listing.busy)
    assert listing.panel.row(listing.last).incomplete == 18


def test_stopped_it_reads_no_further(listing, project):
    listing.read(project)
    listing.stop()
    assert not listing.busy
