"""Searching all articles: exact places, and nothing a user types is an error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.services import importing, searching
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.services.searching import Term, expression, marked_spans, passages, wanted

ISLAND = "L’île d’Orsa attend.\n« Aucune trêve », a dit la présidente Élodie Kern.\n"
EMOJI = "😀😀 Une trève\u00a0? Les troupes de Velmar sont prêtes 🚢, les troupes attendent."
FAR = "Troops are ready. " + "Nothing happens here today. " * 12 + "A truce is near.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("searching")
    for name, text in {"island": ISLAND, "emoji": EMOJI, "far": FAR}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    opened = projects.create(folder / "p.stance")
    importing.import_articles(opened, sorted(folder.glob("*.txt")))
    yield opened
    opened.close()


def found(project: Project, query: str) -> list[str]:
    return [f"{hit.article_name}: {hit.words}" for hit in searching.search(project, query)]


def text_of(name: str) -> str:
    return {"island": ISLAND, "emoji": EMOJI, "far": FAR}[name]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("trev", {"island: trêve", "emoji: trève"}),
        ("TRÊVE", {"island: trêve", "emoji: trève"}),
        ("l'ile", {"island: L’île"}),
        ("troupes velm", {"emoji: troupes de Velmar"}),
        ('"aucune treve"', {"island: Aucune trêve"}),
        ("« aucune treve »", {"island: Aucune trêve"}),
        ('"troupes de vel', {"emoji: troupes de Velmar"}),
        ('"troupes de vel"', set()),
        ("treve troops", set()),
        ("🚢", {"emoji: 🚢"}),
        ("?", {"emoji: ?"}),
        ("", set()),
        ("   ", set()),
    ],
)
def test_what_is_found(project: Project, query: str, expected: set[str]) -> None:
    assert set(found(project, query)) == expected


def test_every_hit_is_the_exact_slice(project: Project) -> None:
    hits = searching.search(project, "tr")
    assert {hit.article_name for hit in hits} == {"island", "emoji", "far"}
    for hit in hits:
        text = text_of(hit.article_name)
        assert hit.span.of(text) == hit.words
        assert hit.before.lstrip("…") + hit.words + hit.after.rstrip("…") in text
        assert "\n" not in hit.before + hit.after


def test_an_article_has_several_hits(project: Project) -> None:
    assert found(project, "troupes") == ["emoji: troupes", "emoji: troupes"]


def test_words_far_apart_are_two_hits(project: Project) -> None:
    assert found(project, "truce troops") == ["far: Troops", "far: truce"]


def test_there_is_a_limit(project: Project) -> None:
    assert len(searching.search(project, "n", limit=3)) == 3
    assert not searching.search(project, "n", limit=0)


def test_one_article_leaves_room_for_others(project: Project) -> None:
    assert len(searching.search(project, "nothing")) == 12
    assert len(searching.search(project, "t")) <= 3 * searching.PER_ARTICLE


def test_context_is_cut_at_words(project: Project) -> None:
    near = searching.search(project, "near")[0]
    assert near.before == "…today. Nothing happens here today. A truce is "
    assert near.after == "."


def test_an_article_with_the_marks_of_the_index_in_it(tmp_path: Path) -> None:
    text = "a\1b\2c \1Une trêve, puis \2 une autre trêve." + " Rien de plus." * 200
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    project = projects.create(tmp_path / "odd.stance")
    importing.import_articles(project, [tmp_path / "odd.txt"])
    hits = searching.search(project, "treve")
    project.close()
    assert [hit.span.of(text) for hit in hits] == ["trêve", "trêve"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40) | st.text(alphabet='"“”«»*^:()-+{}\0 aéOR', max_size=20))
def test_nothing_typed_is_an_error(project: Project, query: str) -> None:
    for hit in searching.search(project, query):
        assert hit.span.of(text_of(hit.article_name)) == hit.words


@pytest.mark.parametrize("query", ["a" * 100_000, "a " * 100_000, "\ud800", "NEAR(a b)", "NOT"])
def test_odd_queries(project: Project, query: str) -> None:
    assert isinstance(searching.search(project, query), list)


def test_words_and_phrases() -> None:
    assert wanted('la "force de" trê') == [
        Term("la", open=True),
        Term("force de", open=False),
        Term("trê", open=True),
    ]
    assert wanted("— … ?") == []
    assert wanted('"force de') == [Term("force de", open=True)]


def test_the_expression_holds_strings_alone() -> None:
    assert expression([Term("a", open=True), Term('b "c', open=False)]) == '"a"* AND "b ""c"'


@given(
    st.lists(st.tuples(st.text("ab\n é😀", max_size=5), st.text("xyé😀", min_size=1, max_size=4)))
)
def test_marked_spans_are_counted_without_the_marks(parts: list[tuple[str, str]]) -> None:
    text = "".join(plain + hit for plain, hit in parts)
    marked = "".join(f"{plain}\1{hit}\2" for plain, hit in parts)
    assert [span.of(text) for span in marked_spans(marked)] == [hit for _, hit in parts]


def test_only_the_fullest_passages_are_shown() -> None:
    text = "force ici.\nLa force de paix.\nEncore de la pluie."
    terms = [Term("force", open=True), Term("de", open=True)]
    spans = [Span(0, 5), Span(14, 19), Span(20, 22), Span(36, 38)]
    assert [span.of(text) for span in passages(spans, text, terms)] == ["force de"]


def test_many_articles_come_once_each(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(90):
        (folder / f"{number:03d}.txt").write_text(f"La trêve {number} tient.", encoding="utf-8")
    project = projects.create(tmp_path / "many.stance")
    importing.import_articles(project, [folder])
    hits = searching.search(project, "treve")
    fewer = searching.search(project, "treve", limit=50)
    project.close()
    assert len({hit.article_id for hit in hits}) == len(hits) == 90
    assert len(fewer) == 50
