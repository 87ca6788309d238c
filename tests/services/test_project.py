import json
import threading
from pathlib import Path

import pytest

from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import PLAIN, add_article


def test_a_new_project(tmp_path: Path) -> None:
    made = projects.create(tmp_path / "mine", name="Trêve")
    assert made.path == tmp_path / "mine.stance"
    assert (made.name, made.codebook.version, made.notice) == ("Trêve", "1.0.0", None)
    assert made.annotator is None and not made.read_only
    assert not projects.annotators(made) and not projects.articles(made)
    assert (projects.undo_label(made), projects.redo_label(made)) == (None, None)
    assert projects.undo_step(made) is None and projects.redo_step(made) is None
    made.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == [".mine.stance.lock", "mine.stance"]


@pytest.mark.parametrize(
    ("given", "made_as"),
    [
        ("a.stance", "a.stance"),
        ("b.c", "b.c.stance"),
        ("été 🕊️ [1] %20#?", "été 🕊️ [1] %20#?.stance"),
    ],
)
def test_any_name_will_do(tmp_path: Path, given: str, made_as: str) -> None:
    made = projects.create(tmp_path / given)
    assert made.path.name == made_as
    reader = projects.snapshot(made.path)
    assert reader.name == made.name
    reader.close()
    assert projects.keep_copy(made.path).exists()
    made.close()
    projects.open_project(made.path).close()


def test_who_annotates_is_remembered_in_the_file(project: Project) -> None:
    bo = projects.annotate_as(project, "  Bo \n Lind ")
    assert bo.name == "Bo Lind"
    project.close()
    again = projects.open_project(project.path)
    assert again.me == bo
    assert [a.name for a in projects.annotators(again)] == ["Ada", "Bo Lind"]
    again.close()


@pytest.mark.parametrize(("first", "second"), [("Zoé", "ZOÉ"), ("Élodie", " élodie "), ("A", "a")])
def test_a_name_is_one_annotator_whatever_its_case(
    project: Project, first: str, second: str
) -> None:
    assert projects.ensure_annotator(project, first) == projects.ensure_annotator(project, second)
    assert projects.find_annotator(project, second) == projects.find_annotator(project, first)


def test_an_annotator_needs_a_name(project: Project) -> None:
    with pytest.raises(UserError, match="Give the annotator a name"):
        projects.annotate_as(project, " \u00a0")
    assert project.me.name == "Ada"


def test_adding_another_does_not_change_who_annotates(project: Project) -> None:
    projects.ensure_annotator(project, "Bo")
    assert project.me.name == "Ada"


def test_without_an_annotator_there_is_a_sentence(project: Project) -> None:
    project.annotator = None
    with pytest.raises(UserError, match="say who you are"):
        _ = project.me


def test_settings_are_kept_beside_undo(project: Project) -> None:
    label = projects.undo_label(project)
    projects.set_setting(project, "zoom", "1.5")
    projects.set_setting(project, "zoom", "1.5")
    assert projects.setting(project, "zoom") == "1.5"
    assert projects.setting(project, "none") is None
    assert projects.undo_label(project) == label


def test_a_read_only_project_lets_known_annotators_look(project: Project) -> None:
    projects.ensure_annotator(project, "Bo")
    second = projects.open_project(project.path)
    assert projects.annotate_as(second, "bo").name == "Bo"
    assert second.me.name == "Bo"
    with pytest.raises(UserError, match="read-only"):
        projects.annotate_as(second, "Cleo")
    second.close()
    assert projects.setting(project, "annotator") == project.me.uid


def test_the_list_of_articles_is_by_name_with_counts(project: Project) -> None:
    for name in ("b", "a", "c"):
        add_article(project, name, f"{name} {PLAIN}", "fr")
    second = projects.articles(project)[1]
    annotating.mark(project, second.id, Span(0, 5))
    rows = projects.articles(project)
    assert [(r.name, r.statements, r.incomplete, r.status) for r in rows] == [
        ("a", 0, 0, "todo"),
        ("b", 1, 1, "in_progress"),
        ("c", 0, 0, "todo"),
    ]
    assert projects.article_row(project, second.id) == rows[1]
    assert projects.article_row(project, 99) is None
    assert rows[0].title.startswith("a La Brévonie")


def test_a_statement_lacking_any_one_required_choice_is_incomplete(project: Project) -> None:
    article = add_article(project, "a", PLAIN, "fr")
    statement = annotating.mark(project, article, Span(0, 5), target="ceasefire")
    annotating.choose(project, statement, "stance", "favor")
    with project.transact("Speaker"):
        project.store.update("statement", statement, {"speaker_id": 1})
    annotating.take_usual(project, statement)
    counts = []
    for value in ("direct", None):
        annotating.choose(project, statement, "attribution", value)
        counts.append(projects.articles(project)[0].incomplete)
    assert counts == [0, 1]


# The codebook


def write_codebook(path: Path, **changes: object) -> Path:
    body = json.loads(projects.default_codebook_file().read_text(encoding="utf-8"))
    path.write_text(json.dumps({**body, **changes}), encoding="utf-8")
    return path


def test_a_project_with_a_codebook_of_its_own(tmp_path: Path) -> None:
    hue = {"key": "1", "hue": "green", "letter": "S"}
    file = write_codebook(
        tmp_path / "book.json",
        version="2.0",
        targets=[{"id": "sanctions", "name": {"en": "Sanctions"}, **hue}],
    )
    made = projects.create(tmp_path / "mine.stance", codebook_file=file)
    file.unlink()
    made.close()
    again = projects.open_project(made.path)
    assert [t.id for t in again.codebook.targets] == ["sanctions"]
    assert again.codebook.version == "2.0"
    assert (
        again.codebook.attributes
        == projects.read_codebook(projects.default_codebook_file()).attributes
    )
    again.close()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "is not right"),
        (b"{", "is not right"),
        (b"\xff\xfe", "is not right"),
        (b"[]", "is not right"),
        (b'{"version": 3}', "version"),
        (b'{"version": "1", "name": {}}', "targets"),
        (b'{"version": "1", "name": {}, "targets": [], "stances": []}', "names no target"),
    ],
)
def test_a_codebook_that_is_not_right_is_refused_and_no_project_made(
    tmp_path: Path, content: bytes, word: str
) -> None:
    file = tmp_path / "book.json"
    file.write_bytes(content)
    with pytest.raises(UserError, match=word) as caught:
        projects.create(tmp_path / "mine.stance", codebook_file=file)
    assert str(file) in str(caught.value)
    assert list(tmp_path.iterdir()) == [file]


def test_a_codebook_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(UserError, match="cannot be read"):
            projects.read_codebook(path)


def test_a_snapshot_is_closed_in_the_thread_that_opened_it(project: Project) -> None:
    add_article(project, "a", PLAIN)
    found: list[int] = []

    def read() -> None:
        reader = projects.snapshot(project.path)
        found.append(len(projects.articles(reader)))
        reader.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(30)
    assert found == [1]
