from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, search_index
from tests.storage.projects import add_article


def found(project: Project, query: str) -> list[str]:
    """The names found; and the index is held against the texts themselves."""
    project.store.db.execute(
        "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"
    )
    project.store.db.rollback()
    return [name for _, name, _, _ in search_index.find(project.store.db, query, 10)]


def test_accents_and_case_do_not_matter(mine: Project) -> None:
    for query in ("treve", "TRÊVE", "tre\u0302ve"):
        assert sorted(found(mine, query)) == ["plain", "wild"]
    assert found(mine, "cessez") == ["plain"]
    assert found(mine, "אמר") == ["wild"]
    assert found(mine, "zeppelin") == []


def test_hits_are_marked_in_the_exact_text(mine: Project) -> None:
    ((_, _, _, marked),) = search_index.find(mine.store.db, "treve AND harsk", 10)
    text = mine.store.row("article", 1)["text"]
    assert marked.replace("\x01", "").replace("\x02", "") == text
    assert "\x01Harsk\x02" in marked and "\x01trêve\x02" in marked


def test_it_agrees_after_undo_and_redo_of_an_import(mine: Project) -> None:
    add_article(mine, "new", "Un zeppelin passe 🕊️.")
    for _ in range(3):
        assert found(mine, "zeppelin") == ["new"]
        projects.undo_step(mine)
        assert found(mine, "zeppelin") == []
        assert search_index.agrees(mine.store.db)
        projects.redo_step(mine)
    assert checking.faults(mine.store) == []


def test_an_index_that_has_lost_an_article_is_noticed(mine: Project) -> None:
    with mine.store.writing():
        search_index.remove(mine.store.db, 1, mine.store.row("article", 1)["text"])
    assert checking.faults(mine.store) == ["The search index does not cover the articles."]
