"""The sheet of a large article: read in parts, right at every moment."""

import pytest

from annotator.domain.completeness import missing
from annotator.domain.spans import Span
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.ui.annotate.sheet import Sheet
from tests.gui.large_article import WORD, add_large_article

COUNT = 3000


@pytest.fixture
def sheet(project: Project) -> Sheet:
    """A sheet that has just opened an article of 3,000 statements, and follows every step."""
    opened = Sheet()
    article = add_large_article(project, COUNT)
    opened.open(project, article.id)
    project.store.listeners.append(lambda step: opened.follow(project, step))
    return opened


def words(number: int) -> Span:
    """Return the span of the word that the statement of this number stands on."""
    return Span(number * len(WORD), number * len(WORD) + len(WORD) - 1)


def assert_right(sheet: Sheet, project: Project) -> None:
    """Compare a sheet, read to its end, with the file."""
    sheet.finish()
    assert sheet.article is not None
    expected = annotating.statements(project, sheet.article.id)
    assert sheet.statements == expected
    assert sheet.incomplete == sum(bool(missing(s, project.codebook)) for s in expected)


def test_a_small_article_is_whole_at_once(project):
    sheet = Sheet()
    sheet.open(project, add_large_article(project, 20).id)
    assert sheet.whole
    assert len(sheet.statements) == 20
    assert sheet.incomplete == 18


def test_a_large_article_is_read_in_parts_and_in_order(sheet, project):
    first = list(sheet.statements)
    assert not sheet.whole
    assert 0 < len(first) < COUNT
    counts = list(sheet.read_on())
    assert len(counts) > 5
    assert counts == sorted(counts)
    assert sheet.whole
    assert sheet.statements[: len(first)] == first
    assert_right(sheet, project)


def test_the_next_statement_among_those_read_needs_no_more(sheet):
    assert sheet.neighbour(1, 0) is sheet.statements[0]
    sheet.chosen = sheet.statements[4].id
    assert sheet.neighbour(1, 0) is sheet.statements[5]
    assert sheet.neighbour(-1, 0) is sheet.statements[3]
    assert sheet.incomplete_neighbour(1, 0) is sheet.statements[5]
    assert not sheet.whole


def test_going_on_at_the_end_of_what_is_read_reads_the_rest(sheet):
    last = sheet.statements[-1]
    sheet.chosen = last.id
    assert sheet.neighbour(1, 0).start == last.start + len(WORD)
    assert sheet.whole


def test_the_one_before_the_first_is_the_very_last(sheet):
    sheet.chosen = sheet.statements[0].id
    assert sheet.neighbour(-1, 0).start == words(COUNT - 1).start


def test_from_a_place_not_read_yet_both_ways_are_right(sheet):
    here = words(COUNT // 2).start + 2
    assert sheet.neighbour(-1, here).start == words(COUNT // 2).start
    assert sheet.neighbour(1, here).start == words(COUNT // 2 + 1).start


def test_the_next_incomplete_one_is_found_behind_what_is_read(project):
    article = add_large_article(project, 1000)
    all_ = annotating.statements(project, article.id)
    with project.transact("Complete"):
        for statement in all_[:-1]:
            values = {"speaker_id": all_[0].speaker_id, "stance": all_[0].stance}
            project.store.update("statement", statement.id, values)
    sheet = Sheet()
    sheet.open(project, article.id)
    assert sheet.incomplete == 0
    assert not sheet.whole
    assert sheet.incomplete_neighbour(1, 0) == all_[-1]
    assert sheet.incomplete == 1
    annotating.delete_statement(project, all_[-1].id)
    sheet.open(project, article.id)
    assert sheet.incomplete_neighbour(1, 0) is None


def test_a_statement_not_read_yet_is_found_by_its_id(sheet, project):
    last = annotating.statements(project, sheet.article.id)[-1]
    assert sheet.statement(last.id) == last
    assert sheet.whole


def test_choices_made_while_reading_are_kept_and_counted(sheet, project):
    all_ = annotating.statements(project, sheet.article.id)
    early, late = all_[1], all_[-2]
    before = sheet.incomplete
    speaker = all_[0].speaker_id
    for statement in (early, late):
        with project.transact("Complete"):
            project.store.update("statement", statement.id, {"speaker_id": speaker})
            annotating.choose(project, statement.id, "stance", all_[0].stance)
    assert not sheet.whole
    assert sheet.incomplete == before - 1
    assert sheet.statement(early.id).stance == all_[0].stance
    assert_right(sheet, project)


def test_marking_and_deleting_while_reading(sheet, project):
    front = sheet.statements[-1]
    annotating.delete_statement(project, front.id)
    annotating.mark(project, sheet.article.id, words(2), exact=True)
    annotating.mark(project, sheet.article.id, words(COUNT + 3), exact=True)
    assert not sheet.whole
    assert_right(sheet, project)


def test_undo_and_redo_while_reading(sheet, project):
    all_ = annotating.statements(project, sheet.article.id)
    for statement in (all_[3], all_[-3]):
        annotating.delete_statement(project, statement.id)
    projects.undo_step(project)
    projects.undo_step(project)
    assert not sheet.whole
    assert sheet.statement(all_[3].id) == all_[3]
    projects.redo_step(project)
    assert not sheet.whole
    assert_right(sheet, project)


@pytest.mark.parametrize(("number", "to"), [(1, COUNT + 5), (COUNT - 1, 1), (5, 7)])
def test_words_moved_over_the_front_are_read_once(sheet, project, number, to):
    moved = annotating.statements(project, sheet.article.id)[number]
    annotating.reshape(project, moved.id, "content", moved.pieces[0], words(to))
    assert not sheet.whole
    assert_right(sheet, project)


def test_the_chosen_one_stays_chosen_when_its_words_move_out_of_what_is_read(sheet, project):
    chosen = sheet.statements[2]
    sheet.chosen = chosen.id
    annotating.reshape(project, chosen.id, "content", chosen.pieces[0], words(COUNT + 5))
    assert sheet.chosen == chosen.id
    assert sheet.statement(chosen.id).start == words(COUNT + 5).start


def test_a_step_that_touches_many_is_read_as_a_whole(sheet, project):
    told = []
    sheet.when_whole = lambda: told.append(len(sheet.statements))
    all_ = annotating.statements(project, sheet.article.id)
    with project.transact("Many"):
        for statement in all_[::20]:
            project.store.update("statement", statement.id, {"stance": None})
    assert told == [COUNT]
    assert_right(sheet, project)


def test_a_list_once_given_out_never_changes(sheet, project):
    given = sheet.statements
    before = list(given)
    annotating.delete_statement(project, before[0].id)
    sheet.finish()
    assert given == before


def test_a_closed_sheet_is_empty(sheet):
    sheet.close()
    assert (sheet.article, sheet.statements, sheet.chosen) == (None, [], None)
    assert sheet.whole
    assert list(sheet.read_on()) == []
    assert sheet.neighbour(1, 0) is None


def test_done_is_refused_for_a_statement_not_read_yet(project):
    article = add_large_article(project, 1000)
    all_ = annotating.statements(project, article.id)
    with project.transact("Complete"):
        for statement in all_[:-1]:
            values = {"speaker_id": all_[0].speaker_id, "stance": all_[0].stance}
            project.store.update("statement", statement.id, values)
    with pytest.raises(annotating.IncompleteError) as refused:
        annotating.set_status(project, article.id, "done")
    assert refused.value.statement_id == all_[-1].id
