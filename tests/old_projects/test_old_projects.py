"""Every released schema has a project file here; each opens, is sound, and can be worked on.

`make_file` made the newest one:
`python -c "from tests.old_projects import test_old_projects as t; t.make_file()"`.
Files of released schemas are never made anew.
"""

import shutil
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.services import adjudicating, annotating, informing, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, connection, copies, file_checking, search_index
from annotator.storage.schema import NEWEST
from tests.storage.projects import PLAIN, WILD, add_article, dump

HERE = Path(__file__).parent


def file_of(schema: int) -> Path:
    """The stored project of `schema`."""
    return HERE / f"schema_{schema}.stance"


def at(words: str) -> Span:
    return Span(PLAIN.index(words), PLAIN.index(words) + len(words))


def make_file(path: Path | None = None) -> None:
    """Make the project that stands for the newest schema, with every kind of row in it."""
    path = path or file_of(NEWEST)
    path.unlink(missing_ok=True)
    made = projects.create(path, name="An old project")
    for name, text, lang in (("plain", PLAIN, "fr"), ("wild", WILD, None)):
        add_article(made, name, text, lang)
    projects.annotate_as(made, "Bo")
    annotating.mark(made, 2, Span(0, 7))
    projects.annotate_as(made, "Ada")
    statement = annotating.mark(
        made, 1, at("« Nous voulons un cessez-le-feu »"), target="ceasefire"
    )
    annotating.add_piece(made, statement, at("et tout de suite"))
    annotating.choose(made, statement, "stance", "favor")
    annotating.choose(made, statement, "attribution", "direct")
    annotating.take_usual(made, statement)
    annotating.toggle_flag(made, statement, "needs_discussion")
    annotating.set_note(made, statement, "À revoir 🕊️")
    annotating.set_span(made, statement, "cue", at("a répété"))
    annotating.set_span(made, statement, "condition_span", at("tout de suite"))
    speakers.name_by_mention(made, statement, at("la ministre"))
    speakers.assign_new(made, statement, "Orla Venn")
    government = speakers.ensure(made, "Gouvernement de Brévonie")
    speakers.set_on_behalf_of(made, speakers.ensure(made, "Orla Venn"), government)
    speakers.add_source(made, statement, 1, at("Orla Venn"))
    annotating.same_words(made, statement, but="target")
    annotating.exclude(made, 2, Span(0, 9), "headline")
    annotating.set_status(made, 1, "flagged", "Which ministry?")
    annotating.add_time(made, 1, 42.5)
    decide(made)
    annotating.mark(made, 2, Span(0, 20))
    projects.undo_step(made)
    made.close()
    path.with_name(f".{path.name}.lock").unlink()


def decide(made: Project) -> None:
    """One decision of each kind, and a case to be discussed."""
    everybody = [a.id for a in projects.annotators(made)]
    first, second = adjudicating.cases(made, 1, everybody)
    adjudicating.take(made, first.statements[0].id, first, reason="All of it")
    adjudicating.discuss(made, second, "Which target?")
    (third,) = adjudicating.cases(made, 2, everybody)
    adjudicating.decide_none(made, third, "Only a greeting")
    annotating.set_span(made, second.statements[0].id, "cue", at("a répété"))
    adjudicating.make_new(made, 2, Span(25, 33), target="troop_deployment")


def test_every_schema_has_its_file() -> None:
    assert all(file_of(schema).exists() for schema in range(1, NEWEST + 1))


@pytest.mark.parametrize("schema", range(1, NEWEST + 1))
def test_a_copy_is_kept_before_it_is_changed(tmp_path: Path, schema: int) -> None:
    path = tmp_path / "old.stance"
    shutil.copyfile(file_of(schema), path)
    projects.open_project(path).close()
    kept = copies.copies_of(path)
    assert [copy.stem.endswith(f"before schema {NEWEST}") for copy in kept] == [True] * (
        schema < NEWEST
    )
    for copy in kept:
        assert connection.refuse_strangers(copy) == schema


@pytest.mark.parametrize("schema", range(1, NEWEST + 1))
def test_it_is_read_as_it_lies_there(tmp_path: Path, schema: int) -> None:
    """What may not be written is shown with the newest schema and left as it is."""
    path = tmp_path / "old.stance"
    shutil.copyfile(file_of(schema), path)
    before = path.read_bytes()
    old = projects.open_project(path, read_only=True)
    assert [a.name for a in projects.annotators(old)] == ["Ada", "Bo"]
    assert old.gold.id not in [a.id for a in projects.annotators(old)]
    assert adjudicating.cases(old, 1, [a.id for a in projects.annotators(old)])
    assert informing.counts(old).statements == 3
    old.close()
    assert file_checking.faults(path) == []
    assert path.read_bytes() == before


def test_the_decisions_of_the_newest_are_there(tmp_path: Path) -> None:
    path = tmp_path / "old.stance"
    shutil.copyfile(file_of(2), path)
    old = projects.open_project(path)
    everybody = [a.id for a in projects.annotators(old)]
    first, second = adjudicating.cases(old, 1, everybody)
    assert first.settled and first.decision and first.decision.reason == "All of it"
    assert not second.decided and second.discuss == "Which target?"
    (third,) = adjudicating.cases(old, 2, everybody)
    assert third.decision and (third.decision.verdict, third.stale) == ("none", ())
    old.adjudicates = True
    (gold,) = annotating.statements(old, 1)
    assert (gold.target, gold.stance, len(gold.attributes)) == ("ceasefire", "favor", 5)
    assert [s.target for s in annotating.statements(old, 2)] == ["troop_deployment"]
    old.close()


@pytest.mark.parametrize("schema", range(1, NEWEST + 1))
def test_it_opens_and_is_sound_and_can_be_worked_on(tmp_path: Path, schema: int) -> None:
    path = tmp_path / "old.stance"
    shutil.copyfile(file_of(schema), path)
    old = projects.open_project(path)
    assert old.notice is None and (old.name, old.me.name) == ("An old project", "Ada")
    assert checking.faults(old.store) == []
    assert old.store.db.execute("PRAGMA user_version").fetchone() == (NEWEST,)

    first, second = annotating.statements(old, 1)
    assert [p.of(PLAIN) for p in first.pieces] == [
        "« Nous voulons un cessez-le-feu »",
        "et tout de suite",
    ]
    assert (first.target, first.stance, first.note) == ("ceasefire", "favor", "À revoir 🕊️")
    assert first.mention is not None and first.mention.of(PLAIN) == "la ministre"
    assert first.cue is not None and first.cue.of(PLAIN) == "a répété"
    assert (len(first.attributes), first.flags) == (5, ("needs_discussion",))
    assert [link.speaker_id for link in first.source_chain] == [1]
    assert second.target is None and second.pieces == first.pieces
    venn = next(s for s in speakers.all_speakers(old) if s.id == first.speaker_id)
    assert (venn.name, venn.aliases) == ("Orla Venn", ("la ministre",))
    assert annotating.excluded_regions(old, 2)[0].reason == "headline"
    work = annotating.work(old, 1)
    assert (work.status, work.note, work.seconds) == ("flagged", "Which ministry?", 42.5)
    assert [row[1] for row in search_index.find(old.store.db, "harsk", 5)] == ["plain"]

    before = dump(old.store)
    assert projects.redo_label(old) == "Mark statement"
    projects.redo_step(old)
    projects.undo_step(old)
    assert dump(old.store) == before
    statement = annotating.mark(old, 2, Span(0, 9))
    annotating.choose(old, statement, "stance", "against")
    full = dump(old.store)
    while projects.undo_step(old):
        pass
    assert [row.id for row in projects.articles(old)] == [2]  # which Bo has labelled
    while projects.redo_step(old):
        pass
    assert dump(old.store) == full and checking.faults(old.store) == []
    old.close()
    projects.open_project(path).close()
