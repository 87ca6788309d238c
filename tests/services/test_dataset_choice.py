"""What goes into a dataset, and that what does not is counted by reason."""

from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import adjudicating, annotating, exporting, importing, sample
from annotator.services import dataset_entries as chosen
from annotator.services import project as projects
from annotator.services.dataset_entries import Choice, Period, Selection, entries
from annotator.services.project import Project
from tests.services.ordering import finish

# One headline, three sentences, a related link.
TEXT = (
    "Brévonie : la trêve\n"
    "« Jamais ! » a dit M. Pell. Harsk veut une trêve. Il pleuvait. Nobody came.\n"
    "Lire aussi : la trêve en Kestrie"
)
DAYS = {"2025-03-27_a": "A 🕊️ first.", "b": TEXT, "20250401 c": "Another one."}


def at(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.fixture
def labelled(project: Project, tmp_path: Path) -> Project:
    """Article 3 (b): Ada has four statements and is done, Bo has one and is not.

    In the two dated ones, which come first in the list, Ada and Bo have one statement each.
    """
    source = tmp_path / "texts"
    source.mkdir()
    for name, text in DAYS.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    importing.import_articles(project, [source])
    ids = ids_of(project)
    b = ids["b"]
    annotating.mark(project, b, at("« Jamais ! »"), target="ceasefire")
    annotating.mark(project, b, at("une trêve"), target="ceasefire")
    annotating.mark(project, b, at("Harsk veut une trêve"), target="troop_deployment")
    annotating.mark(project, b, at("la trêve en Kestrie"))
    annotating.exclude(project, b, at("Lire aussi : la trêve en Kestrie"), "related")
    annotating.mark(project, ids["2025-03-27_a"], Span(0, 1), target="ceasefire")
    for article_id in ids.values():
        finish(project, article_id)
    projects.annotate_as(project, "Bo")
    annotating.mark(project, b, at("M. Pell"), target="ceasefire")
    annotating.mark(project, ids["20250401 c"], Span(0, 7), target="ceasefire")
    finish(project, ids["20250401 c"])
    return project


def ids_of(project: Project) -> dict[str, int]:
    return {row.name: row.id for row in projects.articles(project)}


def found(project: Project, choice: Choice) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    """Return article, annotator and words of each statement, and what is left out."""
    selection = Selection(project, choice)
    kept = [selection.entry(picked) for picked in selection.each() if picked is not None]
    rows = [(e.article.name, str(s.annotator), s.text) for e in kept for s in e.statements]
    return rows, dict(selection.left_out)


def words(project: Project, choice: Choice) -> list[str]:
    return [row[2] for row in found(project, choice)[0]]


def test_what_is_done_goes_in_but_for_excluded_regions(labelled: Project) -> None:
    rows, left_out = found(labelled, Choice())
    assert rows == [
        ("2025-03-27_a", "Ada", "A"),
        ("20250401 c", "Bo", "Another"),
        ("b", "Ada", "« Jamais ! »"),
        ("b", "Ada", "Harsk veut une trêve"),
        ("b", "Ada", "une trêve"),
    ]
    assert left_out == {chosen.NOT_DONE: 1, chosen.IN_EXCLUDED: 1}
    assert found(labelled, chosen.ANY)[1] == {}
    assert len(words(labelled, chosen.ANY)) == 7
    assert "la trêve en Kestrie" in words(labelled, Choice(excluded=True))


def test_an_article_goes_in_when_anybody_chosen_is_done(labelled: Project) -> None:
    (bo,) = exporting.annotator_ids(labelled, ["Bo"]) or []
    names = [entry.article.name for entry in entries(labelled, Choice([bo]))]
    assert names == ["20250401 c"]
    assert found(labelled, Choice([bo]))[1] == {
        chosen.OTHERS: 5,
        chosen.ARTICLES_NOT_DONE: 2,
        chosen.NOT_DONE: 1,
    }
    everything = [entry.article.name for entry in entries(labelled, Choice([bo], status="any"))]
    assert everything == sorted(DAYS)


def test_targets(labelled: Project) -> None:
    rows, left_out = found(labelled, Choice(targets=["troop_deployment"], excluded=True))
    assert [row[2] for row in rows] == ["Harsk veut une trêve"]
    assert left_out == {chosen.NOT_DONE: 1, chosen.OTHER_TARGET: 5}
    with pytest.raises(UserError, match=r"no target “peace”; its targets are “ceasefire”, “troop"):
        Selection(labelled, Choice(targets=["peace"]))


def test_the_period_of_articles_and_of_statements(labelled: Project) -> None:
    rows, left_out = found(labelled, Choice(published=Period("2025-03-27", "2025-03-31")))
    assert [row[0] for row in rows] == ["2025-03-27_a"]
    assert left_out == {
        chosen.ARTICLES_OUTSIDE: 1,
        chosen.PUBLISHED_OUTSIDE: 1,
        chosen.ARTICLES_UNDATED: 1,
        chosen.UNDATED: 5,
    }
    with labelled.store.writing():
        labelled.store.db.execute("UPDATE statement SET created_at = '2024-01-02T00:00:00.000Z'")
        labelled.store.db.execute(
            "UPDATE statement SET created_at = '2024-01-03T23:59:59.999Z' WHERE id = 1"
        )
    assert words(labelled, Choice(made=Period("2024-01-03", "2024-01-03"))) == ["« Jamais ! »"]
    rows, left_out = found(labelled, Choice(made=Period(until="2024-01-02"), excluded=True))
    assert (len(rows), left_out[chosen.MADE_OUTSIDE]) == (5, 1)
    with pytest.raises(UserError, match="“2024-13-01” is no day; write it as 2025-03-27"):
        Period("2024-13-01")


def test_negatives_are_sentences_of_done_articles_outside_everything(labelled: Project) -> None:
    def negatives(choice: Choice) -> list[str]:
        return [
            negative.span.of(entry.article.text or "")
            for entry in entries(labelled, choice)
            for negative in entry.negatives
        ]

    assert negatives(Choice()) == []
    mine = ["Brévonie : la trêve", "Il pleuvait.", "Nobody came."]
    assert negatives(Choice(negatives=True)) == mine
    assert negatives(Choice(negatives=True, targets=["troop_deployment"])) == mine
    # Bo has not finished b: nothing there is a negative of his, whatever the status
    (bo,) = exporting.annotator_ids(labelled, ["Bo"]) or []
    assert negatives(Choice([bo], status="any", negatives=True)) == []


def test_gold_only_of_articles_that_are_gold(tmp_path: Path) -> None:
    made = sample.make_sample(tmp_path / "sample.stance")
    for case in adjudicating.cases(made, 1):
        adjudicating.take(made, case.statements[0].id, case)
    case = adjudicating.cases(made, 2)[0]
    adjudicating.take(made, case.statements[0].id, case)
    gold, left_out = found(made, Choice(gold=True))
    assert {row[0] for row in gold} == {"01_sommet-de-sarlonne"}
    assert left_out == {chosen.NOT_GOLD: 1, chosen.ARTICLES_NOT_GOLD: 5}
    assert len(words(made, Choice(gold=True, status="any"))) == len(gold) + 1
    negatives = {
        e.article.name
        for e in entries(made, Choice(gold=True, status="any", negatives=True))
        if e.negatives
    }
    assert negatives == {"01_sommet-de-sarlonne"}
    made.close()


@pytest.mark.parametrize("pieces", ["[[1]]", "{", "[[5, 9e99]]"])
def test_a_hostile_row_in_an_excluded_region_is_refused_by_name(
    labelled: Project, pieces: str
) -> None:
    with labelled.store.writing():
        labelled.store.db.execute("PRAGMA ignore_check_constraints = ON")
        labelled.store.db.execute("UPDATE statement SET pieces = ? WHERE id = 4", (pieces,))
    with pytest.raises(UserError, match="in article “b” is not sound"):
        list(entries(labelled, Choice()))
