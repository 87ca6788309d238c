from collections.abc import Callable
from itertools import pairwise

import pytest

from annotator.domain.records import SourceLink, Speaker
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import add_article, dump

TEXT = (
    "La ministre Orla Venn veut une trêve. Elle l’a redit. « Oui », a-t-elle dit. "
    "Selon Harsk, selon ORLA VENN, non."
)


@pytest.fixture
def article(project: Project) -> int:
    return add_article(project, "plain", TEXT, "fr")


@pytest.fixture
def statement(project: Project, article: int) -> int:
    return annotating.mark(project, article, at("veut une trêve"))


def at(words: str) -> Span:
    assert TEXT.count(words) == 1
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def named(project: Project, name: str) -> Speaker:
    (found,) = [s for s in speakers.all_speakers(project) if s.name == name]
    return found


def refused(project: Project, deed: Callable[[], object], sentence: str) -> None:
    before = dump(project.store)
    with pytest.raises(UserError, match=sentence):
        deed()
    assert dump(project.store) == before


def test_a_new_project_knows_the_narrator(project: Project) -> None:
    (narrator,) = speakers.all_speakers(project)
    assert (narrator.name, narrator.type) == ("Narrator", "narrator")


def test_words_that_name_nobody_yet_are_marked_all_the_same(
    project: Project, statement: int
) -> None:
    assert speakers.name_by_mention(project, statement, at("Orla Venn")) is None
    found = annotating.statement(project, statement)
    assert (found.mention, found.speaker_id) == (at("Orla Venn"), None)


def test_a_name_typed_for_marked_words_is_known_by_them_next_time(
    project: Project, article: int, statement: int
) -> None:
    speakers.name_by_mention(project, statement, at("La ministre"))
    venn = speakers.assign_new(project, statement, "Orla Venn")
    assert named(project, "Orla Venn").aliases == ("La ministre",)
    next_one = annotating.mark(project, article, at("non"))
    found = speakers.name_by_mention(project, next_one, at("La ministre"))
    assert found is not None and found.id == venn
    assert annotating.statement(project, next_one).speaker_id == venn
    assert speakers.uses(project)[venn] == 2


def test_accents_and_case_do_not_matter(project: Project, statement: int) -> None:
    venn = speakers.ensure(project, "Orla Vénn")
    found = speakers.name_by_mention(project, statement, at("ORLA VENN"))
    assert found is not None and found.id == venn


@pytest.mark.parametrize("words", ["Elle", "a-t-elle"])
def test_pronouns_are_not_learnt(project: Project, statement: int, words: str) -> None:
    speakers.name_by_mention(project, statement, at(words))
    speakers.assign_new(project, statement, "Orla Venn")
    assert named(project, "Orla Venn").aliases == ()


def test_a_pronoun_may_be_added_by_hand(project: Project) -> None:
    venn = speakers.ensure(project, "Orla Venn")
    speakers.add_alias(project, venn, "elle")
    assert named(project, "Orla Venn").aliases == ("elle",)


def test_words_that_may_mean_two_leave_the_speaker_open(project: Project, statement: int) -> None:
    for name in ("Orla Venn", "Ivo Harsk"):
        speakers.add_alias(project, speakers.ensure(project, name), "La ministre")
    assert speakers.name_by_mention(project, statement, at("La ministre")) is None
    assert annotating.statement(project, statement).speaker_id is None
    assert speakers.known_as(project, "la ministre") is None


def test_a_mention_of_somebody_else_moves_the_speaker_an_unknown_one_does_not(
    project: Project, statement: int
) -> None:
    venn = speakers.assign_new(project, statement, "Orla Venn")
    harsk = speakers.ensure(project, "Harsk")
    speakers.name_by_mention(project, statement, at("Harsk"))
    assert annotating.statement(project, statement).speaker_id == harsk
    speakers.assign(project, statement, venn)
    speakers.name_by_mention(project, statement, at("Elle"))
    assert annotating.statement(project, statement).speaker_id == venn


def test_naming_is_one_action(project: Project, statement: int) -> None:
    speakers.name_by_mention(project, statement, at("La ministre"))
    before = dump(project.store)
    speakers.assign_new(project, statement, "Orla Venn")
    projects.undo_step(project)
    assert dump(project.store) == before


def test_a_speaker_is_made_once(project: Project) -> None:
    first = speakers.ensure(project, "Édouard  Radel ")
    assert speakers.ensure(project, "edouard radel") == first
    assert named(project, "Édouard Radel").type == "person"
    refused(project, lambda: speakers.ensure(project, " \u00a0"), "needs a name")


def test_the_kind_is_guessed_or_given(project: Project) -> None:
    speakers.ensure(project, "Gouvernement de Brévonie")
    speakers.ensure(project, "Le Phare", "organisation")
    assert named(project, "Gouvernement de Brévonie").type == "government"
    assert named(project, "Le Phare").type == "organisation"
    speakers.set_type(project, named(project, "Le Phare").id, "collective")
    assert named(project, "Le Phare").type == "collective"


def test_candidates_find_by_alias_and_use(project: Project, statement: int) -> None:
    venn = speakers.assign_new(project, statement, "Orla Venn")
    speakers.add_alias(project, venn, "Mme la ministre")
    speakers.ensure(project, "Orla Zed")
    assert [c.speaker.name for c in speakers.candidates(project, "orla")] == [
        "Orla Venn",
        "Orla Zed",
    ]
    assert speakers.candidates(project, "ministre")[0].name == "Mme la ministre"


# The registry


def test_the_old_name_stays_as_an_alias(project: Project) -> None:
    venn = speakers.ensure(project, "O. Venn")
    speakers.rename(project, venn, " Orla  Venn ")
    assert named(project, "Orla Venn").aliases == ("O. Venn",)
    speakers.rename(project, venn, "ORLA VENN")
    assert named(project, "ORLA VENN").aliases == ("O. Venn",)
    projects.undo_step(project)
    projects.undo_step(project)
    assert named(project, "O. Venn").aliases == ()


def test_a_name_in_use_is_refused(project: Project) -> None:
    venn = speakers.ensure(project, "Orla Venn")
    refused(project, lambda: speakers.rename(project, venn, "Narrator"), "merge the two instead")
    refused(project, lambda: speakers.rename(project, venn, " "), "needs a name")


def test_aliases_stand_once_and_can_be_forgotten(project: Project) -> None:
    venn = speakers.ensure(project, "Orla Venn")
    for name in ("la ministre", "LA MINISTRE", "orla venn", "Mme Venn"):
        speakers.add_alias(project, venn, name)
    assert named(project, "Orla Venn").aliases == ("la ministre", "Mme Venn")
    speakers.remove_alias(project, venn, "La Ministre")
    speakers.remove_alias(project, venn, "nobody")
    assert named(project, "Orla Venn").aliases == ("Mme Venn",)


def test_merging_moves_everything_and_is_one_action(project: Project, statement: int) -> None:
    kept = speakers.ensure(project, "Orla Venn")
    gone = speakers.assign_new(project, statement, "La ministre")
    speakers.add_alias(project, gone, "elle")
    speakers.add_source(project, statement, gone)
    agent = speakers.ensure(project, "Porte-parole")
    speakers.set_on_behalf_of(project, agent, gone)
    before = dump(project.store)
    speakers.merge(project, kept, gone)
    found = annotating.statement(project, statement)
    assert (found.speaker_id, found.source_chain) == (kept, (SourceLink(kept),))
    assert named(project, "Orla Venn").aliases == ("La ministre", "elle")
    assert named(project, "Porte-parole").on_behalf_of == kept
    assert gone not in [s.id for s in speakers.all_speakers(project)]
    projects.undo_step(project)
    assert dump(project.store) == before
    refused(project, lambda: speakers.merge(project, kept, kept), "two different speakers")


def chain_of_principals(project: Project, *names: str) -> list[int]:
    ids = [speakers.ensure(project, name) for name in names]
    for agent, principal in pairwise(ids):
        speakers.set_on_behalf_of(project, agent, principal)
    return ids


@pytest.mark.parametrize("between", [(), ("B",), ("B", "C")])
def test_merging_closes_no_circle(project: Project, between: tuple[str, ...]) -> None:
    """A speaks for B, B for Z; when A and Z turn out to be one, nobody speaks for themselves."""
    a, *_, z = chain_of_principals(project, "A", *between, "Z")
    speakers.merge(project, a, z)
    by_id = {s.id: s for s in speakers.all_speakers(project)}
    for start in by_id:
        seen, at_ = [], by_id[start].on_behalf_of
        while at_ is not None:
            assert at_ != start and at_ not in seen
            seen.append(at_)
            at_ = by_id[at_].on_behalf_of


def test_merging_the_other_way_closes_none_either(project: Project) -> None:
    a, b, z = chain_of_principals(project, "A", "B", "Z")
    speakers.merge(project, z, a)
    assert named(project, "B").on_behalf_of == z
    assert named(project, "Z").on_behalf_of is None
    assert b == named(project, "B").id


def test_nobody_speaks_on_behalf_of_themselves(project: Project) -> None:
    a, b, c = chain_of_principals(project, "A", "B", "C")
    for principal in (a, b, c):
        refused(
            project,
            lambda p=principal: speakers.set_on_behalf_of(project, c, p),  # type: ignore[misc]
            "“C” cannot speak on behalf of itself",
        )
    speakers.set_on_behalf_of(project, a, c)
    speakers.set_on_behalf_of(project, a, None)
    assert named(project, "A").on_behalf_of is None


def test_only_the_unused_are_deleted(project: Project, statement: int) -> None:
    venn = speakers.assign_new(project, statement, "Orla Venn")
    harsk = speakers.ensure(project, "Harsk")
    speakers.add_alias(project, harsk, "le palais")
    speakers.set_on_behalf_of(project, harsk, 1)
    source = speakers.ensure(project, "Une source")
    speakers.add_source(project, statement, source)
    for used in (venn, source, 1):
        refused(project, lambda u=used: speakers.delete(project, u), "is in use")  # type: ignore[misc]
    speakers.delete(project, harsk)
    assert [s.name for s in speakers.all_speakers(project)] == [
        "Narrator",
        "Orla Venn",
        "Une source",
    ]


# Source chains


def test_a_source_chain_runs_from_the_writer_to_the_speaker(
    project: Project, statement: int
) -> None:
    harsk = speakers.ensure(project, "Harsk")
    speakers.add_source(project, statement, 1)
    speakers.add_source(project, statement, harsk, at("Harsk"))
    chain = (SourceLink(1), SourceLink(harsk, at("Harsk")))
    assert annotating.statement(project, statement).source_chain == chain
    speakers.set_source_chain(project, statement, chain[::-1])
    assert annotating.statement(project, statement).source_chain == chain[::-1]
    speakers.set_source_chain(project, statement, ())
    assert projects.undo_label(project) == "Clear source chain"
    projects.undo_step(project)
    assert annotating.statement(project, statement).source_chain == chain[::-1]


def test_the_same_chain_again_is_no_step(project: Project, statement: int) -> None:
    label = projects.undo_label(project)
    speakers.set_source_chain(project, statement, ())
    assert projects.undo_label(project) == label
    speakers.add_source(project, statement, 1)
    before = dump(project.store)
    speakers.set_source_chain(project, statement, [SourceLink(1)])
    assert dump(project.store) == before
