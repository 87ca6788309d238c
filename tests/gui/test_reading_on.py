"""The page while a large article is still being read: what is asked for then, and afterwards."""

import pytest

from annotator.domain.spans import Span
from annotator.services import annotating
from annotator.services import project as projects
from annotator.storage import history, import_rows
from annotator.ui.annotate import deeds, going
from annotator.ui.annotate.page import AnnotatePage
from tests.gui.large_article import add_large_article

COUNT = 3000


@pytest.fixture
def page(qtbot, project):
    """A page that has just opened an article of 3,000 statements; no turn of the loop yet."""
    small = add_large_article(project, 5, "small")
    large = add_large_article(project, COUNT, "large")
    projects.set_setting(project, "article", str(small.id))
    opened = AnnotatePage("en")
    qtbot.addWidget(opened)
    opened.resize(1200, 800)
    opened.show()
    opened.show_project(project)
    qtbot.waitExposed(opened)
    opened.open_article(large.id)
    yield opened
    opened.show_project(None)


def assert_all_shown(page):
    assert page.sheet.whole
    assert page.sheet.statements == annotating.statements(page.project, page.sheet.article.id)
    assert page.reader.scene.layers.statements == page.sheet.statements
    last = page.sheet.statements[-1]
    assert page.reader.scene.layers.meeting(last.hull) == [last]


def test_the_rest_comes_by_itself(page, qtbot):
    assert not page.sheet.whole
    assert 0 < len(page.reader.scene.layers.statements) < COUNT
    assert page.margin.cards()
    with qtbot.waitSignal(page.reading_on.ended):
        pass
    assert_all_shown(page)


def test_another_article_opened_meanwhile_ends_the_reading(page, qtbot):
    small = page.articles.neighbour(1)
    with qtbot.waitSignal(page.reading_on.ended, timeout=300, raising=False) as ended:
        page.open_article(small)
    assert not ended.signal_triggered
    assert len(page.sheet.statements) == 5
    assert page.reader.scene.layers.statements == page.sheet.statements


def test_a_project_closed_meanwhile_ends_the_reading(page, qtbot):
    with qtbot.waitSignal(page.reading_on.ended, timeout=300, raising=False) as ended:
        page.show_project(None)
    assert not ended.signal_triggered
    assert page.sheet.statements == []


def test_going_back_from_the_first_statement_sees_the_last(page):
    page.go_to(page.sheet.statements[0].id)
    going.do(page, "previous_statement")
    assert page.sheet.chosen == page.sheet.statements[-1].id
    assert page.reader.chosen == page.sheet.chosen
    assert_all_shown(page)


def test_a_mark_made_far_down_meanwhile_is_chosen_and_shown(page):
    page.desk.selection = Span(5 * COUNT + 5, 5 * COUNT + 9)
    deeds.do(page.desk, "mark")
    chosen = page.sheet.statement(page.sheet.chosen)
    assert chosen.pieces == (Span(5 * COUNT + 5, 5 * COUNT + 9),)
    assert_all_shown(page)


def test_undo_meanwhile_shows_its_place(page, project):
    last = annotating.statements(project, page.sheet.article.id)[-1]
    annotating.delete_statement(project, last.id)
    assert not page.sheet.whole
    page.show_place_of(projects.undo_step(project))
    assert page.sheet.chosen == last.id
    assert_all_shown(page)


def test_the_list_counts_what_is_not_read_yet(page, project):
    first = page.sheet.statements[1]
    annotating.choose(project, first.id, "stance", project.codebook.stances[0].id)
    assert not page.sheet.whole
    article = page.sheet.article.id
    assert page.articles.row(article) == projects.article_row(project, article)
    page.sheet.finish()
    annotating.delete_statement(project, first.id)
    assert page.articles.row(article) == projects.article_row(project, article)
    assert page.articles.row(article).statements == COUNT - 1


def test_opening_lays_out_only_what_shows(page, project):
    text = "One line of the article, with some words in it.\n" * 5000
    at = history.now()
    row = (projects.new_uid(), "lines", "lines", "en", 9, "sha", "lines.txt", "", at, text, None)
    with project.transact("Add article"):
        article_id = project.store.insert_many("article", import_rows.ARTICLE, [row])[0]
    page.open_article(article_id)
    last = page.reader.document().findBlockByNumber(4999)
    assert last.layout().lineCount() == 0  # Qt lays it out later, in turns of its own
    assert page.reader.selected_span() is None
    assert page.reader.caret() == 0
    assert page.reader.view_range().start == 0
