"""A machine that does everything a user can do in a project, in any order.

Undo must restore every row as it was before the action, redo as it was after it; what other
annotators did meanwhile stays, and what they build on is left where it is.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.domain.adjudication import Case
from annotator.domain.completeness import missing
from annotator.domain.records import SPEAKER_TYPES, STATUSES, SourceLink, Speaker, Statement
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import adjudicating, annotating, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, queries
from annotator.storage.schema import RECORDED
from tests.property.undo_model import REFERENCES, UNIQUE, Action, Recorded
from tests.storage.projects import WILD, add_article, article_values, make_project

CODEBOOK = projects.read_codebook(projects.default_codebook_file())
CHOICES = [
    ("target", [c.id for c in CODEBOOK.targets]),
    ("stance", [c.id for c in CODEBOOK.stances]),
    *((a.id, [c.id for c in a.choices]) for a in CODEBOOK.attributes),
]
NAMES = ["Orla Venn", "orla VENN", "Édouard", "e\u0301douard", "Harsk", "il", "🕊️", "שלום"]

# Every action waits for the disk; what is asked here is which rows stand, so memory will do.
MEMORY = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None

REGISTRY = ["rename", "type", "principal", "no principal", "alias", "no alias", "merge", "delete"]

Deeds = list[tuple[int, str]]  # about which case, what
DECIDING = [
    *("take", "take", "take also", "new", "new alone", "none", "confirm", "reopen", "discuss"),
    "reason",
]

picks = st.integers(0, 50)
deciding = st.lists(st.tuples(picks, st.sampled_from(DECIDING)), max_size=4)
raw_spans = st.tuples(st.integers(0, 100), st.integers(1, 60)).map(
    lambda p: Span(p[0], p[0] + p[1])
)
fields = st.sampled_from(["mention", "cue", "condition_span"])
choices = st.one_of(
    [st.tuples(st.just(group), st.sampled_from([*values, None])) for group, values in CHOICES]
)


def has_statement(machine: "Labelling") -> bool:
    return bool(machine.statements())


def complete(made: Recorded, statement_id: int, pick: int) -> None:
    """Make every choice of a statement, one action each."""
    for group, values in CHOICES:
        value = values[pick % len(values)]
        made.act(partial(annotating.choose, made.project, statement_id, group, value))
    made.act(partial(speakers.assign_new, made.project, statement_id, NAMES[pick % 5]))


@cache
def begun() -> tuple[bytes, list[Action]]:
    """A project in which Ada is done with an article and Bo has begun with the other."""
    with tempfile.TemporaryDirectory() as folder:
        made = Recorded(make_project(Path(folder) / "begun.stance"))
        with made.project.store.writing():  # the two articles stay
            made.project.store.db.execute("UPDATE step SET state = 'kept'")
        made.act(partial(speakers.ensure, made.project, NAMES[2]))
        for who, article in (("Ada", 1), ("Bo", 2)):
            projects.annotate_as(made.project, who)
            for span in (Span(0, 9), Span(3, 30)):
                made.act(partial(annotating.mark, made.project, article, span))
            if who == "Ada":
                for statement in annotating.statements(made.project, article):
                    complete(made, statement.id, 0)
                made.act(partial(annotating.set_status, made.project, article, "done"))
        made.project.close()
        return made.project.path.read_bytes(), made.history.actions


class Labelling(RuleBasedStateMachine):
    """One project, several annotators, and the model that knows what undo must do."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="stance-machine-", dir=MEMORY)
        path = Path(self.folder.name) / "machine.stance"
        content, actions = begun()
        path.write_bytes(content)
        self.made = Recorded(projects.open_project(path))
        self.made.history.actions = [replace(action) for action in actions]
        self.articles_made = 0

    def teardown(self) -> None:
        """Close the project and throw it away."""
        self.project.close()
        self.folder.cleanup()

    @property
    def project(self) -> Project:
        return self.made.project

    def act(self, deed: Callable[[], object]) -> None:
        self.made.act(deed)

    def replay(self, verb: str) -> None:
        self.made.replay(verb)

    @initialize(name=st.sampled_from([None, "Ada", "Bo"]))
    def somebody_goes_on(self, name: str | None) -> None:
        if name is not None:
            projects.annotate_as(self.project, name)
            return
        with self.project.store.writing():
            self.project.store.db.execute("DELETE FROM setting WHERE key = 'annotator'")
        self.project.annotator = None

    # What there is

    def article(self, pick: int) -> int:
        ids = queries.article_ids(self.project.store)
        return ids[pick % len(ids)]

    def statements(self) -> list[Statement]:
        ids = queries.article_ids(self.project.store)
        return [s for i in ids for s in annotating.statements(self.project, i)]

    def statement(self, pick: int) -> Statement:
        found = self.statements()
        return found[pick % len(found)]

    def speaker(self, pick: int) -> Speaker:
        found = speakers.all_speakers(self.project)
        return found[pick % len(found)]

    # Project

    @rule(name=st.sampled_from(["Ada", "Bo", " ADA ", "Chloé", "  "]))
    def somebody_annotates(self, name: str) -> None:
        before = self.made.now()
        try:
            projects.annotate_as(self.project, name)
        except UserError:
            assert not name.strip()
        after = self.made.now()
        assert {**after, "annotator": None} == {**before, "annotator": None}

    @precondition(lambda self: self.articles_made < 8)
    @rule()
    def an_article_comes_in(self) -> None:
        self.articles_made += 1
        number = self.articles_made
        self.act(lambda: add_article(self.project, f"m{number}", f"{number} {WILD}"))

    @precondition(lambda self: self.articles_made < 8)
    @rule(cancelled=st.booleans())
    def many_articles_come_in(self, cancelled: bool) -> None:
        before, step_id = self.made.now(), self.made.newest_step()
        step = self.project.long_step("Import articles")
        for _ in range(2):
            self.articles_made += 1
            values = article_values(f"m{self.articles_made}", f"{self.articles_made} {WILD}")
            with step.part():
                self.project.store.insert_many("article", tuple(values), [tuple(values.values())])
        if cancelled:
            step.cancel()
            assert self.made.now() == before
        else:
            step.finish()
            self.made.history.add(
                Action.between(step_id + 1, self.made.me(), before, self.made.now())
            )

    @rule()
    def it_is_closed_and_opened(self) -> None:
        before, name = self.made.now(), self.project.annotator
        labels = projects.undo_label(self.project), projects.redo_label(self.project)
        self.project.close()
        self.made.project = projects.open_project(self.project.path)
        assert self.project.notice is None
        assert self.made.now() == before and self.project.annotator == name
        assert (projects.undo_label(self.project), projects.redo_label(self.project)) == labels

    @rule(pick=picks, seconds=st.floats(0, 100))
    def time_and_settings_are_kept_beside(self, pick: int, seconds: float) -> None:
        before, step_id = self.made.now(), self.made.newest_step()
        annotating.add_time(self.project, self.article(pick), seconds)
        projects.set_setting(self.project, "zoom", str(seconds))
        assert (self.made.now(), self.made.newest_step()) == (before, step_id)

    @rule(times=st.integers(1, 8))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.replay("undo")

    @rule(times=st.integers(1, 8))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.replay("redo")

    @rule(times=st.integers(1, 8))
    def back_and_forth(self, times: int) -> None:
        for verb in ("undo", "redo"):
            for _ in range(times):
                self.replay(verb)

    # Labels

    @rule(
        pick=picks,
        span=raw_spans,
        exact=st.booleans(),
        about=st.sampled_from([None, "ceasefire", "none such"]),
    )
    def mark(self, pick: int, span: Span, exact: bool, about: str | None) -> None:
        article = self.article(pick)
        self.act(lambda: annotating.mark(self.project, article, span, exact=exact, target=about))

    @precondition(has_statement)
    @rule(pick=picks, choice=choices)
    def choose(self, pick: int, choice: tuple[str, str | None]) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.choose(self.project, statement.id, *choice))

    @precondition(has_statement)
    @rule(pick=picks)
    def choose_everything(self, pick: int) -> None:
        complete(self.made, self.statement(pick).id, pick)
        if self.project.annotator:
            self.act(partial(annotating.set_status, self.project, self.article(pick), "done"))

    @precondition(has_statement)
    @rule(pick=picks)
    def take_usual(self, pick: int) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.take_usual(self.project, statement.id))

    @precondition(has_statement)
    @rule(pick=picks, flag=st.sampled_from([f.id for f in CODEBOOK.flags]))
    def toggle_flag(self, pick: int, flag: str) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.toggle_flag(self.project, statement.id, flag))
        now = annotating.statement(self.project, statement.id)
        assert set(now.flags) ^ set(statement.flags) == {flag}

    @precondition(has_statement)
    @rule(pick=picks, note=st.sampled_from(["", "  ", "À revoir 🕊️", "e\u0301\u00a0!"]))
    def set_note(self, pick: int, note: str) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.set_note(self.project, statement.id, note))

    @precondition(has_statement)
    @rule(pick=picks, field=fields, span=st.none() | raw_spans)
    def set_span(self, pick: int, field: str, span: Span | None) -> None:
        statement = self.statement(pick)
        self.act(
            lambda: annotating.set_span(
                self.project, statement.id, field, span and self.fit(statement, span)
            )
        )

    @precondition(has_statement)
    @rule(pick=picks, span=raw_spans)
    def add_piece(self, pick: int, span: Span) -> None:
        statement = self.statement(pick)
        self.act(
            lambda: annotating.add_piece(self.project, statement.id, self.fit(statement, span))
        )

    @precondition(has_statement)
    @rule(pick=picks, span=raw_spans)
    def remove_piece(self, pick: int, span: Span) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.remove_piece(self.project, statement.id, span))

    @precondition(has_statement)
    @rule(pick=picks, field=st.just("content") | fields, span=raw_spans)
    def reshape(self, pick: int, field: str, span: Span) -> None:
        statement = self.statement(pick)
        old = statement.pieces[pick % len(statement.pieces)]
        self.act(
            lambda: annotating.reshape(
                self.project, statement.id, field, old, self.fit(statement, span)
            )
        )

    @precondition(has_statement)
    @rule(pick=picks, but=st.sampled_from(["target", "speaker"]))
    def same_words(self, pick: int, but: str) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.same_words(self.project, statement.id, but=but))

    @precondition(has_statement)
    @rule(pick=picks)
    def delete_statement(self, pick: int) -> None:
        statement = self.statement(pick)
        self.act(lambda: annotating.delete_statement(self.project, statement.id))

    @rule(pick=picks, span=raw_spans, reason=st.sampled_from([None, "links"]))
    def exclude(self, pick: int, span: Span, reason: str | None) -> None:
        article = self.article(pick)
        self.act(
            lambda: annotating.exclude(
                self.project, article, annotating.fit(self.project, article, span), reason
            )
        )

    @rule(pick=picks, span=raw_spans, hit=st.booleans())
    def include(self, pick: int, span: Span, hit: bool) -> None:
        article = self.article(pick)
        regions = annotating.excluded_regions(self.project, article)
        if hit and regions:
            middle = (regions[0].span.start + regions[0].span.end) // 2
            span = Span(middle, middle + 1)
        self.act(lambda: annotating.include(self.project, article, span))

    @rule(pick=picks, status=st.sampled_from(STATUSES), note=st.sampled_from([None, "", "Note"]))
    def set_status(self, pick: int, status: Any, note: str | None) -> None:
        article = self.article(pick)
        self.act(lambda: annotating.set_status(self.project, article, status, note))

    # Speakers

    @precondition(has_statement)
    @rule(pick=picks, span=raw_spans)
    def name_by_mention(self, pick: int, span: Span) -> None:
        statement = self.statement(pick)
        self.act(
            lambda: speakers.name_by_mention(self.project, statement.id, self.fit(statement, span))
        )

    @precondition(has_statement)
    @rule(pick=picks, who=st.none() | picks)
    def assign(self, pick: int, who: int | None) -> None:
        statement = self.statement(pick)
        speaker_id = None if who is None else self.speaker(who).id
        self.act(lambda: speakers.assign(self.project, statement.id, speaker_id))

    @precondition(has_statement)
    @rule(pick=picks, name=st.sampled_from(["", *NAMES]))
    def assign_new(self, pick: int, name: str) -> None:
        statement = self.statement(pick)
        self.act(lambda: speakers.assign_new(self.project, statement.id, name))

    @rule(name=st.sampled_from(NAMES), kind=st.none() | st.sampled_from(SPEAKER_TYPES))
    def add_speaker(self, name: str, kind: Any) -> None:
        self.act(lambda: speakers.ensure(self.project, name, kind))

    @rule(who=picks, other=picks, deed=st.sampled_from(REGISTRY))
    def change_registry(self, who: int, other: int, deed: str) -> None:
        a, b = self.speaker(who).id, self.speaker(other).id
        name, kind = NAMES[other % len(NAMES)], SPEAKER_TYPES[other % len(SPEAKER_TYPES)]
        deeds: dict[str, Callable[[], object]] = {
            "rename": partial(speakers.rename, self.project, a, name),
            "type": partial(speakers.set_type, self.project, a, kind),
            "principal": partial(speakers.set_on_behalf_of, self.project, a, b),
            "no principal": partial(speakers.set_on_behalf_of, self.project, a, None),
            "alias": partial(speakers.add_alias, self.project, a, name),
            "no alias": partial(speakers.remove_alias, self.project, a, name),
            "merge": partial(speakers.merge, self.project, a, b),
            "delete": partial(speakers.delete, self.project, a),
        }
        if deed != "delete" or len(speakers.all_speakers(self.project)) > 1:
            self.act(deeds[deed])

    @precondition(lambda self: self.project.annotator is not None)
    @rule(
        who=picks,
        others=st.tuples(picks, picks),
        deeds=st.tuples(st.sampled_from(REGISTRY), st.sampled_from(REGISTRY)),
        undone=st.booleans(),
    )
    def another_builds_on_it(
        self, who: int, others: tuple[int, int], deeds: tuple[str, str], undone: bool
    ) -> None:
        """The speakers are everybody's: two change the same one, then the first takes back."""
        me = self.project.me.name
        self.change_registry(who, others[0], deeds[0])
        if undone:
            self.replay("undo")
        projects.annotate_as(self.project, "Bo" if me == "Ada" else "Ada")
        self.change_registry(who, others[1], deeds[1])
        projects.annotate_as(self.project, me)
        self.replay("redo" if undone else "undo")

    @precondition(lambda self: self.project.annotator is not None)
    @rule(
        name=st.sampled_from(NAMES),
        mine=raw_spans,
        theirs=raw_spans,
        included=st.booleans(),
        times=st.integers(1, 6),
        closed=st.booleans(),
    )
    def two_share_speakers_and_regions(
        self, name: str, mine: Span, theirs: Span, included: bool, times: int, closed: bool
    ) -> None:
        """One names a speaker and excludes a region, the other uses both; then the first undoes."""
        me, article = self.project.me.name, self.article(0)
        self.name_and_exclude(article, mine, name, annotating.exclude)
        projects.annotate_as(self.project, "Bo" if me == "Ada" else "Ada")
        deed = annotating.include if included else annotating.exclude
        self.name_and_exclude(article, theirs, name, deed)
        projects.annotate_as(self.project, me)
        for verb in ("undo", "redo", "undo"):
            for _ in range(times):
                self.replay(verb)
            if closed:
                self.it_is_closed_and_opened()

    def name_and_exclude(
        self, article: int, span: Span, name: str, deed: Callable[[Project, int, Span], object]
    ) -> None:
        self.act(partial(annotating.mark, self.project, article, span))
        found = annotating.statements(self.project, article)
        if found:
            self.act(partial(speakers.assign_new, self.project, found[-1].id, name))
        self.act(lambda: deed(self.project, article, annotating.fit(self.project, article, span)))

    @precondition(has_statement)
    @rule(pick=picks, links=st.lists(st.tuples(picks, st.none() | raw_spans), max_size=3))
    def set_source_chain(self, pick: int, links: list[tuple[int, Span | None]]) -> None:
        statement = self.statement(pick)
        self.act(
            lambda: speakers.set_source_chain(
                self.project,
                statement.id,
                [
                    SourceLink(self.speaker(who).id, span and self.fit(statement, span))
                    for who, span in links
                ],
            )
        )

    @precondition(has_statement)
    @rule(pick=picks, who=picks)
    def add_source(self, pick: int, who: int) -> None:
        statement, speaker = self.statement(pick), self.speaker(who)
        self.act(lambda: speakers.add_source(self.project, statement.id, speaker.id))

    # Adjudication

    @rule(on=st.booleans())
    def adjudicate(self, on: bool) -> None:
        """From now on all that edits statements edits the gold ones, or the annotator's own."""
        self.project.adjudicates = on

    @precondition(lambda self: self.project.annotator is not None)
    @rule(pick=picks, span=raw_spans, value=st.sampled_from([0, 0, 1]))
    def two_label_the_same_words(self, pick: int, span: Span, value: int) -> None:
        me, article = self.project.me.name, self.article(pick)
        self.project.adjudicates = False
        for who, number in ((me, 0), ("Bo" if me == "Ada" else "Ada", value)):
            projects.annotate_as(self.project, who)
            self.act(partial(annotating.mark, self.project, article, span))
            made = [s.id for s in annotating.statements(self.project, article)]
            if made:  # a span of blanks marks nothing
                complete(self.made, max(made), number)
        projects.annotate_as(self.project, me)

    @rule(pick=picks, deeds=deciding)
    def decide(self, pick: int, deeds: Deeds) -> None:
        for which, deed in deeds:
            found = adjudicating.cases(self.project, self.article(pick), self.people())
            if found:
                case = found[which % len(found)]
                self.act(partial(self.do, case, deed, which))

    @precondition(lambda self: self.project.annotator is not None)
    @rule(pick=picks, mine=deciding, theirs=deciding, undone=st.booleans(), times=st.integers(1, 4))
    def two_decide(self, pick: int, mine: Deeds, theirs: Deeds, undone: bool, times: int) -> None:
        """One decides, another decides the same anew; then the first takes back."""
        me = self.project.me.name
        self.decide(pick, mine)
        if undone:
            self.undo(times)
        projects.annotate_as(self.project, "Bo" if me == "Ada" else "Ada")
        self.decide(pick, theirs)
        projects.annotate_as(self.project, me)
        for verb in ("redo", "undo", "redo") if undone else ("undo", "redo"):
            for _ in range(times):
                self.replay(verb)

    @precondition(lambda self: self.project.annotator is not None)
    @rule(cancelled=st.booleans())
    def take_what_is_agreed(self, cancelled: bool) -> None:
        before, step_id = self.made.now(), self.made.newest_step()
        listed = adjudicating.agreed(self.project, None, self.people())
        work = adjudicating.take_agreed(self.project, listed)
        for _ in work:
            if cancelled:
                work.close()
        if cancelled or not listed:
            assert self.made.now() == before
            return
        assert adjudicating.agreed(self.project, None, self.people()) == []
        self.made.history.add(Action.between(step_id + 1, self.made.me(), before, self.made.now()))

    def people(self) -> list[int]:
        return [a.id for a in projects.annotators(self.project)]

    def do(self, case: Case, deed: str, number: int) -> None:
        reason = ["", "Because"][number % 2]
        sources = case.statements
        if deed in ("take", "take also") and sources:
            source = sources[number % len(sources)].id
            adjudicating.take(self.project, source, case, reason=reason, also=deed != "take")
        elif deed == "new":
            adjudicating.make_new(
                self.project, case.article_id, Span(number, number + 5), case=case, reason=reason
            )
        elif deed == "new alone":
            adjudicating.make_new(self.project, case.article_id, Span(number, number + 5))
        elif deed == "none":
            adjudicating.decide_none(self.project, case, reason)
        elif deed == "confirm":
            adjudicating.confirm(self.project, case)
        elif deed == "reopen":
            adjudicating.reopen(self.project, case)
        elif deed == "discuss":
            adjudicating.discuss(self.project, case, reason if number % 3 else None)
        elif deed == "reason" and case.rows:
            adjudicating.set_reason(self.project, case.rows[0].id, reason)

    def fit(self, statement: Statement, span: Span) -> Span:
        return annotating.fit(self.project, statement.article_id, span)

    # What always holds

    @invariant()
    def the_file_is_sound(self) -> None:
        assert checking.faults(self.project.store) == []

    @invariant()
    def pieces_are_sorted_disjoint_and_in_the_text(self) -> None:
        for statement in self.statements():
            edges = [edge for piece in statement.pieces for edge in (piece.start, piece.end)]
            assert edges == sorted(set(edges))
            assert edges[-1] <= annotating.article(self.project, statement.article_id).length

    @invariant()
    def excluded_regions_are_apart(self) -> None:
        for article_id in queries.article_ids(self.project.store):
            regions = [r.span for r in annotating.excluded_regions(self.project, article_id)]
            assert all(not a.overlaps(b) for a in regions for b in regions if a is not b)

    @invariant()
    def what_is_done_is_complete_and_the_list_counts_right(self) -> None:
        for row in projects.articles(self.project):
            assert row == projects.article_row(self.project, row.id)
            found = annotating.statements(self.project, row.id)
            open_ones = [s for s in found if missing(s, CODEBOOK)]
            assert (row.statements, row.incomplete) == (len(found), len(open_ones))
            assert row.status == annotating.work(self.project, row.id).status
            assert row.status != "done" or not open_ones

    @invariant()
    def every_gold_statement_has_its_decision(self) -> None:
        """All articles are asked about at once: their cases are then matched in one go."""
        for found in adjudicating.status(self.project, None, self.people()):
            assert found.decided <= found.cases and found.stale <= found.decided
        with adjudicating.on_gold(self.project):
            for statement in self.statements():
                assert adjudicating.decision_on(self.project, statement.id) is not None


TestLabelling = Labelling.TestCase
TestLabelling.settings = settings(
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def machine() -> Iterator[Labelling]:
    made = Labelling()
    yield made
    made.teardown()


def test_decisions_without_a_statement_stand_in_nobodys_way(machine: Labelling) -> None:
    machine.somebody_goes_on("Bo")
    machine.decide(0, [(0, "none")])
    machine.decide(1, [(0, "none")])
    made = machine.made.now()["decision"].values()
    assert [row["statement_id"] for row in made] == [None, None]
    machine.back_and_forth(2)


def test_a_mark_for_discussion_stays_when_it_is_all_that_another_left(machine: Labelling) -> None:
    machine.somebody_goes_on("Bo")
    machine.decide(1, [(1, "none"), (1, "discuss")])
    projects.annotate_as(machine.project, "Ada")
    machine.decide(1, [(1, "reopen")])
    projects.annotate_as(machine.project, "Bo")
    (before,) = machine.made.now()["decision"].values()
    assert (before["verdict"], before["discuss"]) == ("open", "Because")
    machine.replay("undo")
    assert list(machine.made.now()["decision"].values()) == [before]


def test_the_model_knows_what_the_file_refuses(machine: Labelling) -> None:
    """Told twice on purpose; a table that only one of the two knows would go unasked."""
    select = machine.project.store.select
    references = {
        (table, row["from"], row["table"])
        for table in RECORDED
        for row in select(f"PRAGMA foreign_key_list({table})")
    }
    assert set(REFERENCES) == references
    unique = {
        (table, tuple(row["name"] for row in select(f"PRAGMA index_info({index['name']})")))
        for table in {table for table, _, _ in REFERENCES} | {goal for _, _, goal in REFERENCES}
        for index in select(f"PRAGMA index_list({table})")
        if index["unique"] and table != "annotator"  # nobody takes back who works here
    }
    assert set(UNIQUE) == {(table, columns) for table, columns in unique if columns != ("uid",)}
