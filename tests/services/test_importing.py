import os
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.services import annotating, importing
from annotator.services import project as projects
from annotator.services.importing import Prepared, Report, prepare
from annotator.services.progress import CancelledError
from annotator.services.project import Project
from annotator.storage import checking, import_rows, queries

TEXT = "#}\nLa ministre de Brévonie refuse d’envoyer des soldats.\nElle l’a dit à la radio.\n"


def folder_of(tmp_path: Path, number: int) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for i in range(number):
        (folder / f"{i:04d}.txt").write_text(f"Article {i} sur la trêve.\n{TEXT}", encoding="utf-8")
    return folder


def finish(project: Project, prepared: Prepared) -> tuple[list[tuple[int, int]], Report]:
    steps = importing.add(project, prepared)
    seen: list[tuple[int, int]] = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as stop:
            return seen, stop.value


def test_an_article_comes_in_as_it_is_stored(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "brévonie.txt"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode("cp1252"))
    report = importing.import_articles(project, [file])
    assert report == Report(("brévonie",), (), ())
    article = queries.article(project.store, 1)
    assert article.text == TEXT
    assert article.title == "La ministre de Brévonie refuse d’envoyer des soldats."
    assert (article.lang, article.name, article.file_name) == ("fr", "brévonie", "brévonie.txt")
    assert article.file_sha256 != article.sha256
    assert checking.faults(project.store) == []


def test_a_second_text_of_one_name_gets_a_number(project: Project, tmp_path: Path) -> None:
    for folder in "abc":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "monday.txt").write_text(f"Monday in {folder}, a new truce.")
    importing.import_articles(project, [tmp_path / "a"])
    report = importing.import_articles(project, [tmp_path])
    assert report.added == ("monday (2)", "monday (3)")
    assert [d.of for d in report.duplicates] == ["monday"]


def test_a_text_is_not_doubled_within_one_import_either(project: Project, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"\xef\xbb\xbfThe same words.\r\n")
    (tmp_path / "2.txt").write_bytes(b"The same words.\n")
    report = importing.import_articles(project, [tmp_path])
    assert report.added == ("1",)
    assert str(report.duplicates[0]) == f"{tmp_path / '2.txt'}: the same text as article “1”"


def test_what_is_refused_is_named_and_the_others_come_in(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    (tmp_path / "c.txt").write_text("Words that can be read.")
    (tmp_path / "d.txt").write_bytes("Привет, как дела у тебя сегодня".encode("cp1251"))
    report = importing.import_articles(project, [tmp_path, tmp_path / "e.txt"])
    assert report.added == ("c",)
    reasons = {Path(r.path).name: r.reason for r in report.refused}
    assert sorted(reasons) == ["a.txt", "b.txt", "d.txt", "e.txt"]
    assert "empty" in reasons["a.txt"]
    assert "binary" in reasons["b.txt"]
    assert "encoding" in reasons["d.txt"]


def test_a_name_that_is_no_text_still_comes_in(project: Project, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("Words in a file with a strange name.")
    assert importing.import_articles(project, [tmp_path]).added == ("caf\ufffd",)


def test_one_undo_takes_everything_back(project: Project, tmp_path: Path) -> None:
    importing.import_articles(project, [folder_of(tmp_path, 60)])
    assert projects.undo_label(project) == "Import articles"
    projects.undo_step(project)
    assert queries.article_ids(project.store) == []
    projects.redo_step(project)
    assert len(queries.article_ids(project.store)) == 60
    assert checking.faults(project.store) == []


def test_in_the_window_it_goes_in_parts_and_is_one_step(project: Project, tmp_path: Path) -> None:
    prepared = prepare([folder_of(tmp_path, 60)])
    seen, report = finish(project, prepared)
    assert seen == [(0, 60), (25, 60), (50, 60), (60, 60)]
    assert len(report.added) == 60
    projects.undo_step(project)
    assert queries.article_ids(project.store) == []
    assert projects.undo_label(project) is None


def test_a_cancelled_import_leaves_nothing_behind(project: Project, tmp_path: Path) -> None:
    steps = importing.add(project, prepare([folder_of(tmp_path, 60)]))
    next(steps)
    next(steps)
    assert len(queries.article_ids(project.store)) == 25
    steps.close()
    assert queries.article_ids(project.store) == []
    assert projects.undo_label(project) is None
    assert checking.faults(project.store) == []


def test_an_import_of_nothing_leaves_no_step(project: Project, tmp_path: Path) -> None:
    seen, report = finish(project, prepare([tmp_path / "nothing.txt"]))
    assert seen == []
    assert len(report.refused) == 1
    assert projects.undo_label(project) is None


def test_reading_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 5)
    seen: list[tuple[int, int]] = []
    prepare([folder], lambda done, total: seen.append((done, total)))
    assert seen == [(i, 5) for i in range(6)]
    with pytest.raises(CancelledError):
        prepare([folder], cancelled=lambda: True)


def test_a_title_can_be_changed_and_changed_back(project: Project, tmp_path: Path) -> None:
    importing.import_articles(project, [folder_of(tmp_path, 1)])
    importing.rename_article(project, 1, "  A better\n title ")
    assert queries.article(project.store, 1).title == "A better title"
    projects.undo_step(project)
    assert queries.article(project.store, 1).title == "Article 0 sur la trêve."
    with pytest.raises(UserError, match="needs a title"):
        importing.rename_article(project, 1, " \n")


def test_articles_come_in_from_an_export(sampled: Path, project: Project) -> None:
    report = importing.import_articles(project, [sampled / "articles.jsonl"])
    assert len(report.added) == 6
    assert sum(map(len, import_rows.regions_by_article(project.store).values())) == 3
    again = importing.import_articles(project, [sampled])
    assert (len(again.added), len(again.duplicates)) == (0, 6)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"text":"', '"text":"x', "sha256"),
        ('"schema":"stance-article/1"', '"schema":"stance-article/2"', "schema"),
        ('"length":', '"length":"x","q":', "its “length” should be"),
        ('"text":"', '"text":null,"q":"', "no text"),
        ('"text":"', '"text":"\\r', "text policy"),
        ('"start":', '"start":99', "excluded region"),
    ],
)
def test_a_line_of_articles_that_is_not_right_is_refused(
    sampled: Path, project: Project, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    lines = (sampled / "articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(old, new, 1)
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    report = importing.import_articles(project, [file])
    assert len(report.added) == 5
    assert report.refused[0].path == f"{file}, line 2"
    assert reason in report.refused[0].reason


def test_an_article_keeps_its_uid_unless_it_is_taken(sampled: Path, project: Project) -> None:
    importing.import_articles(project, [sampled / "articles.jsonl"])
    first = queries.article(project.store, 1)
    projects.undo_step(project)
    with project.transact("Take the uid"):
        other = (first.uid, "n", "t", None, 1, "s", "f", "f", "", "Other words.", None)
        project.store.insert_many("article", import_rows.ARTICLE, [other])
    importing.import_articles(project, [sampled / "articles.jsonl"])
    uids = [queries.article(project.store, i).uid for i in queries.article_ids(project.store)]
    assert len(set(uids)) == 7


def test_the_real_articles_come_in(project: Project, shared: Path) -> None:
    report = importing.import_articles(project, [shared / "seeds"])
    assert (len(report.added), report.duplicates, report.refused) == (5, (), ())
    for article_id in queries.article_ids(project.store):
        article = annotating.article(project, article_id)
        assert article.lang == "fr"
        assert any(char.isalpha() for char in article.title)
        file = shared / "seeds" / article.file_name
        assert article.text == file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    again = importing.import_articles(project, [shared / "seeds"])
    assert (len(again.added), len(again.duplicates)) == (0, 5)
