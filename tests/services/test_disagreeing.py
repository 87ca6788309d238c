"""Disagreements with their words, read from the sample."""

from collections import Counter

import pytest

from annotator.services import adjudicating, agreement, disagreeing, sample


@pytest.fixture
def project(tmp_path):
    opened = sample.make_sample(tmp_path / "sample.stance")
    yield opened
    opened.close()


@pytest.fixture
def compared(project):
    roster = agreement.roster(project)
    people = [person.annotator_id for person in roster.people]
    return agreement.compared(project, people, roster.done_by_all(people))


def test_the_roster_knows_what_two_and_what_all_have_done(project) -> None:
    roster = agreement.roster(project)
    people = [person.annotator_id for person in roster.people]
    assert [(p.name, p.done) for p in roster.people] == [("Camille", 6), ("Noor", 5)]
    assert len(roster.titles) == 6
    assert roster.comparable(people) == roster.done_by_all(people)
    assert len(roster.comparable(people)) == 5
    assert len(roster.done_by_all(people[:1])) == 6


def test_every_disagreement_has_its_words_and_its_place(project, compared) -> None:
    found = disagreeing.listed(project, compared)
    assert Counter(one.kind for one in found)["stance"] == 4
    texts: dict[int, str] = {}
    for one in found:
        text = texts.setdefault(one.article, _text(project, one.article))
        flat = "".join(" " if char.isspace() else char for char in text)
        words = one.words.removesuffix("…")
        assert words in flat
        start = min(row.pieces[0].start for row in one.rows)
        assert flat[start : start + len(words)] == words
        lines = [line for line in text[:start].split("\n") if line.strip()]
        assert one.paragraph in (len(lines), len(lines) + 1)
        assert len(one.lengths) == len(one.rows)


def test_edges_know_what_all_have_in_common(project, compared) -> None:
    edges = [one for one in disagreeing.listed(project, compared) if one.kind == "boundary"]
    assert edges
    for one in edges:
        assert one.common is not None and 0 < len(one.common) <= len(one.words)


def test_pairs_of_a_cell_are_cases_too(project, compared) -> None:
    from annotator.domain.agreement import measures

    table = measures.confusion(compared, "stance", *compared.annotators)
    same = disagreeing.of_pairs(project, compared, "stance", table.cells[0, 0])
    assert {one.kind for one in same} == {disagreeing.AGREED}
    (other,) = disagreeing.of_pairs(project, compared, "stance", table.cells[2, 1])
    assert other.kind == "stance" and len(other.statements) == 2
    table = measures.confusion(compared, "scope", *compared.annotators)
    cell = next(cell for cell in table.cells if cell[0] != cell[1])
    differ = disagreeing.of_pairs(project, compared, "scope", table.cells[cell])
    assert {(one.kind, one.attribute) for one in differ} == {("attribute", "scope")}


def test_a_note_to_discuss_is_found_again(project, compared) -> None:
    first = disagreeing.listed(project, compared)[0]
    assert first.note is None
    cases = adjudicating.cases(project, first.article)
    case = next(c for c in cases if {s.id for s in c.statements} & set(first.statements))
    adjudicating.discuss(project, case, "Who speaks here?")
    assert set(disagreeing.notes(project)) >= set(first.statements)
    assert disagreeing.listed(project, compared)[0].note == "Who speaks here?"


def _text(project, article_id: int) -> str:
    from annotator.services import annotating

    return annotating.article(project, article_id).text
