from collections.abc import Callable

import pytest

from annotator.domain.completeness import missing
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, speakers
from annotator.services import project as projects
from annotator.services.annotating import IncompleteError
from annotator.services.project import Project
from tests.storage.projects import PLAIN, WILD, add_article, dump

FULL = {
    "target": "ceasefire",
    "stance": "favor",
    "attribution": "direct",
    "condition": "none",
    "evidence": "explicit",
    "scope": "general",
    "confidence": "high",
}


@pytest.fixture
def article(project: Project) -> int:
    return add_article(project, "plain", PLAIN, "fr")


@pytest.fixture
def statement(project: Project, article: int) -> int:
    return annotating.mark(project, article, at("un cessez-le-feu"))


def at(words: str, text: str = PLAIN) -> Span:
    assert text.count(words) == 1
    return Span(text.index(words), text.index(words) + len(words))


def content(project: Project, statement_id: int, text: str = PLAIN) -> list[str]:
    return [piece.of(text) for piece in annotating.statement(project, statement_id).pieces]


def complete(project: Project, statement_id: int) -> None:
    for group, value in FULL.items():
        annotating.choose(project, statement_id, group, value)
    speakers.assign_new(project, statement_id, "Orla Venn")


def unchanged(project: Project, deed: Callable[[], object], sentence: str) -> None:
    before, label = dump(project.store), projects.undo_label(project)
    with pytest.raises(UserError, match=sentence):
        deed()
    assert dump(project.store) == before
    assert projects.undo_label(project) == label


# Marking


def test_a_mark_is_a_statement_at_once_and_nothing_is_preselected(
    project: Project, article: int
) -> None:
    made = annotating.statement(project, annotating.mark(project, article, at("cessez-le")))
    assert content(project, made.id) == ["cessez-le-feu"]
    assert (made.speaker_id, made.target, made.stance) == (None, None, None)
    assert (made.attributes, made.flags, made.note, made.source_chain) == ({}, (), None, ())
    assert (made.provenance, made.codebook_version) == ("manual", "1.0.0")
    assert made.created_at == made.updated_at
    assert made.annotator_id == project.me.id


def test_a_mark_drops_outer_blanks_and_completes_words(project: Project, article: int) -> None:
    made = annotating.mark(project, article, at("’enverra pas de sold"))
    assert content(project, made) == ["’enverra pas de soldats"]
    exact = annotating.mark(project, article, at(" pas de sold"), exact=True)
    assert content(project, exact) == ["pas de sold"]


def test_offsets_count_code_points(project: Project) -> None:
    wild = add_article(project, "wild", WILD)
    for words in ("🪖", "قال", "שָׁלוֹם", "pre\u0301sident", "“don’t”"):
        made = annotating.mark(project, wild, at(words, WILD))
        assert content(project, made, WILD) == [words]


@pytest.mark.parametrize("start", [0, 1000])
def test_blanks_cannot_be_marked(project: Project, start: int) -> None:
    blank = add_article(project, "blank", "   \n\u00a0  fin")
    unchanged(project, lambda: annotating.mark(project, blank, Span(start, start + 3)), "no words")


def test_a_mark_beyond_the_text_ends_with_it(project: Project, article: int) -> None:
    made = annotating.mark(project, article, Span(len(PLAIN) - 3, len(PLAIN) + 50))
    assert content(project, made) == ["pause."]


def test_a_mark_may_name_a_target_that_the_codebook_knows(project: Project, article: int) -> None:
    made = annotating.mark(project, article, at("trêve"), target="ceasefire")
    assert annotating.statement(project, made).target == "ceasefire"
    unchanged(
        project,
        lambda: annotating.mark(project, article, at("trêve"), target="weather"),
        "knows no target “weather”",
    )


def test_nobody_can_mark(project: Project, article: int) -> None:
    project.annotator = None
    unchanged(project, lambda: annotating.mark(project, article, at("trêve")), "say who you are")
    assert annotating.statements(project, article) == []


def test_marks_may_overlap_nest_and_coincide_and_come_in_reading_order(
    project: Project, article: int
) -> None:
    spans = [at("Harsk"), at("un cessez-le-feu"), at("Nous voulons un cessez-le-feu"), at("Harsk")]
    made = [annotating.mark(project, article, span) for span in spans]
    listed = [s.id for s in annotating.statements(project, article)]
    assert listed == [made[2], made[1], made[0], made[3]]


# Choosing


def test_each_choice_is_set_and_cleared(project: Project, statement: int) -> None:
    for group, value in FULL.items():
        annotating.choose(project, statement, group, value)
    found = annotating.statement(project, statement)
    chosen = {"target": found.target, "stance": found.stance, **found.attributes}
    assert chosen == FULL
    assert projects.undo_label(project) == "Set confidence: high"
    for group in FULL:
        annotating.choose(project, statement, group, None)
    cleared = annotating.statement(project, statement)
    assert (cleared.target, cleared.stance, cleared.attributes) == (None, None, {})


def test_attributes_stand_in_the_order_of_the_codebook(project: Project, statement: int) -> None:
    for group in ("confidence", "scope", "attribution"):
        annotating.choose(project, statement, group, FULL[group])
    row = project.store.row("statement", statement)
    assert row["attributes"] == '{"attribution":"direct","scope":"general","confidence":"high"}'


@pytest.mark.parametrize(
    ("group", "value"),
    [("target", "weather"), ("stance", "direct"), ("scope", "favor"), ("mood", "bad")],
)
def test_what_the_codebook_does_not_know_is_refused(
    project: Project, statement: int, group: str, value: str
) -> None:
    unchanged(
        project, lambda: annotating.choose(project, statement, group, value), "codebook knows no"
    )


def test_the_same_choice_again_is_no_step(project: Project, statement: int) -> None:
    annotating.choose(project, statement, "stance", "favor")
    before = dump(project.store)
    annotating.choose(project, statement, "stance", "favor")
    assert dump(project.store) == before
    projects.undo_step(project)
    assert annotating.statement(project, statement).stance is None


def test_the_usual_choices_leave_what_is_chosen(project: Project, statement: int) -> None:
    annotating.choose(project, statement, "confidence", "low")
    annotating.take_usual(project, statement)
    found = annotating.statement(project, statement)
    assert found.attributes["confidence"] == "low"
    assert missing(found, project.codebook) == ("speaker", "target", "stance", "attribution")


def test_flags_stand_in_the_order_of_the_codebook(project: Project, statement: int) -> None:
    for flag in ("truncated", "source_ambiguous", "needs_discussion", "truncated"):
        annotating.toggle_flag(project, statement, flag)
    assert annotating.statement(project, statement).flags == (
        "source_ambiguous",
        "needs_discussion",
    )


def test_a_blank_note_is_none(project: Project, statement: int) -> None:
    annotating.set_note(project, statement, "  À revoir 🕊️\n")
    assert annotating.statement(project, statement).note == "À revoir 🕊️"
    annotating.set_note(project, statement, " \n")
    assert annotating.statement(project, statement).note is None


def test_only_a_change_moves_the_time_of_change(project: Project, statement: int) -> None:
    with project.transact("Age"):
        project.store.update("statement", statement, {"updated_at": "2031-03-08T12:00:00.000Z"})
    annotating.choose(project, statement, "target", None)
    assert annotating.statement(project, statement).updated_at.startswith("2031")
    annotating.choose(project, statement, "target", "ceasefire")
    assert not annotating.statement(project, statement).updated_at.startswith("2031")


# Spans and pieces


@pytest.mark.parametrize("field", ["mention", "cue", "condition_span"])
def test_each_span_is_set_moved_and_cleared(project: Project, statement: int, field: str) -> None:
    annotating.set_span(project, statement, field, at("la ministre"))
    assert getattr(annotating.statement(project, statement), field) == at("la ministre")
    annotating.reshape(project, statement, field, at("la ministre"), at("ministre"))
    assert getattr(annotating.statement(project, statement), field) == at("ministre")
    annotating.set_span(project, statement, field, None)
    assert getattr(annotating.statement(project, statement), field) is None


def test_the_content_may_be_in_pieces(project: Project, statement: int) -> None:
    annotating.add_piece(project, statement, at("et tout de suite"))
    assert content(project, statement) == ["un cessez-le-feu", "et tout de suite"]
    annotating.add_piece(project, statement, at("Nous voulons"))
    assert content(project, statement) == ["Nous voulons", "un cessez-le-feu", "et tout de suite"]
    found = annotating.statement(project, statement)
    assert (found.start, found.end) == (at("Nous voulons").start, at("et tout de suite").end)


def test_pieces_that_touch_become_one(project: Project, statement: int) -> None:
    annotating.add_piece(project, statement, at("Nous voulons "))
    assert content(project, statement) == ["Nous voulons un cessez-le-feu"]


def test_words_are_taken_out_but_never_all(project: Project, statement: int) -> None:
    annotating.remove_piece(project, statement, at("-le-"))
    assert content(project, statement) == ["un cessez", "feu"]
    annotating.remove_piece(project, statement, at("un cessez"))
    assert content(project, statement) == ["feu"]
    unchanged(
        project,
        lambda: annotating.remove_piece(project, statement, Span(0, 500)),
        "delete the statement instead",
    )


def test_an_edge_of_one_piece_moves(project: Project, statement: int) -> None:
    annotating.add_piece(project, statement, at("et tout de suite"))
    old, new = at("et tout de suite"), at("tout de suite")
    annotating.reshape(project, statement, "content", old, new)
    assert content(project, statement) == ["un cessez-le-feu", "tout de suite"]
    annotating.reshape(project, statement, "content", new, at("un cessez-le-feu »"))
    assert content(project, statement) == ["un cessez-le-feu »"]


# The same words, deleting


def test_the_same_words_about_another_target(project: Project, statement: int) -> None:
    complete(project, statement)
    for field, words in (("mention", "la ministre"), ("cue", "a répété")):
        annotating.set_span(project, statement, field, at(words))
    annotating.toggle_flag(project, statement, "truncated")
    speakers.add_source(project, statement, 1, at("Harsk"))
    first = annotating.statement(project, statement)
    second = annotating.statement(project, annotating.same_words(project, statement, but="target"))
    assert second.uid != first.uid and second.pieces == first.pieces
    assert (second.target, second.stance, second.flags, second.note) == (None, None, (), None)
    assert (second.speaker_id, second.mention) == (first.speaker_id, first.mention)
    assert (second.attributes, second.cue) == (first.attributes, first.cue)
    assert second.source_chain == first.source_chain


def test_the_same_words_by_another_speaker(project: Project, statement: int) -> None:
    complete(project, statement)
    annotating.set_span(project, statement, "mention", at("la ministre"))
    first = annotating.statement(project, statement)
    second = annotating.statement(project, annotating.same_words(project, statement, but="speaker"))
    assert (second.speaker_id, second.mention, second.source_chain) == (None, None, ())
    assert (second.target, second.stance) == (first.target, first.stance)


def test_a_statement_goes_with_its_source_chain(project: Project, statement: int) -> None:
    speakers.add_source(project, statement, 1)
    annotating.delete_statement(project, statement)
    assert annotating.find_statement(project, statement) is None
    assert dump(project.store)["source"] == {}
    projects.undo_step(project)
    assert len(annotating.statement(project, statement).source_chain) == 1


# Excluded regions


def regions(project: Project, article: int) -> list[tuple[int, int, str | None]]:
    found = annotating.excluded_regions(project, article)
    return [(r.span.start, r.span.end, r.reason) for r in found]


def test_regions_that_touch_become_one_and_keep_their_reason(
    project: Project, article: int
) -> None:
    annotating.exclude(project, article, Span(10, 20), "links")
    annotating.exclude(project, article, Span(30, 40))
    annotating.exclude(project, article, Span(20, 25))
    assert regions(project, article) == [(10, 25, "links"), (30, 40, None)]
    annotating.exclude(project, article, Span(5, 35), "debris")
    assert regions(project, article) == [(5, 40, "debris")]


def test_what_is_excluded_already_is_no_step(project: Project, article: int) -> None:
    annotating.exclude(project, article, Span(10, 20), "links")
    before = dump(project.store)
    annotating.exclude(project, article, Span(12, 20))
    assert dump(project.store) == before


def test_a_part_is_included_again(project: Project, article: int) -> None:
    annotating.exclude(project, article, Span(10, 40), "links")
    assert annotating.include(project, article, Span(20, 30))
    assert regions(project, article) == [(10, 20, "links"), (30, 40, "links")]
    assert annotating.include(project, article, Span(0, 50))
    assert regions(project, article) == []
    label = projects.undo_label(project)
    assert not annotating.include(project, article, Span(0, 50))
    assert projects.undo_label(project) == label


# Status and time


def test_the_first_mark_begins_the_article(project: Project, article: int) -> None:
    assert annotating.work(project, article).status == "todo"
    annotating.mark(project, article, at("trêve"))
    assert annotating.work(project, article).status == "in_progress"
    projects.undo_step(project)
    assert annotating.work(project, article).status == "todo"


def test_done_is_refused_while_a_choice_is_missing(project: Project, article: int) -> None:
    first = annotating.mark(project, article, at("un cessez-le-feu"))
    second = annotating.mark(project, article, at("trêve"))
    complete(project, first)
    before = dump(project.store)
    with pytest.raises(IncompleteError, match="still needs speaker, target, stance") as caught:
        annotating.set_status(project, article, "done")
    assert caught.value.statement_id == second
    assert dump(project.store) == before
    complete(project, second)
    annotating.set_status(project, article, "done")
    assert annotating.work(project, article).status == "done"


def test_an_article_without_statements_can_be_done(project: Project, article: int) -> None:
    annotating.set_status(project, article, "done")
    assert annotating.work(project, article).status == "done"


@pytest.mark.parametrize(
    "undoing",
    [
        lambda p, s: annotating.choose(p, s, "stance", None),
        lambda p, s: annotating.choose(p, s, "scope", None),
        lambda p, s: speakers.assign(p, s, None),
        lambda p, s: annotating.same_words(p, s, but="target"),
        lambda p, s: annotating.mark(p, 1, Span(0, 5)),
    ],
)
def test_what_is_no_longer_complete_is_no_longer_done(
    project: Project, article: int, statement: int, undoing: Callable[[Project, int], object]
) -> None:
    complete(project, statement)
    annotating.set_status(project, article, "done")
    undoing(project, statement)
    assert annotating.work(project, article).status == "in_progress"
    projects.undo_step(project)
    assert annotating.work(project, article).status == "done"


def test_a_change_that_leaves_it_complete_leaves_it_done(
    project: Project, article: int, statement: int
) -> None:
    complete(project, statement)
    annotating.set_status(project, article, "done")
    annotating.choose(project, statement, "stance", "against")
    annotating.set_note(project, statement, "sic")
    assert annotating.work(project, article).status == "done"


def test_a_flagged_article_stays_flagged_and_keeps_its_note(project: Project, article: int) -> None:
    annotating.set_status(project, article, "flagged", "Which Harsk?")
    annotating.mark(project, article, at("trêve"))
    work = annotating.work(project, article)
    assert (work.status, work.note) == ("flagged", "Which Harsk?")
    annotating.set_status(project, article, "in_progress")
    assert annotating.work(project, article).note == "Which Harsk?"
    annotating.set_status(project, article, "in_progress", "")
    assert annotating.work(project, article).note is None


def test_time_adds_up_beside_undo(project: Project, article: int) -> None:
    label = projects.undo_label(project)
    annotating.add_time(project, article, 2.5)
    annotating.add_time(project, article, 3)
    annotating.add_time(project, article, -7)
    assert annotating.work(project, article).seconds == 5.5
    assert projects.undo_label(project) == label
    projects.annotate_as(project, "Bo")
    assert annotating.work(project, article).seconds == 0


# Others


def test_annotators_do_not_see_each_others_labels(
    project: Project, article: int, statement: int
) -> None:
    complete(project, statement)
    annotating.set_status(project, article, "done")
    annotating.exclude(project, article, Span(0, 5))
    projects.annotate_as(project, "Bo")
    assert annotating.statements(project, article) == []
    assert annotating.work(project, article).status == "todo"
    (row,) = projects.articles(project)
    assert (row.statements, row.incomplete, row.status) == (0, 0, "todo")
    assert len(annotating.excluded_regions(project, article)) == 1  # of the text, not of a person


def test_the_first_incomplete_in_reading_order(project: Project, article: int) -> None:
    later = annotating.mark(project, article, at("trêve"))
    earlier = annotating.mark(project, article, at("un cessez-le-feu"))
    first = annotating.first_incomplete(project, article)
    assert first is not None and first.id == earlier
    complete(project, earlier)
    second = annotating.first_incomplete(project, article)
    assert second is not None and second.id == later
