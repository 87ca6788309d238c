"""The window around the page: menus, search, side windows, dropping, read-only, appearance."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator import places
from annotator.formats import label_seeds
from annotator.services import annotating, speakers
from annotator.services import project as projects
from annotator.ui.actions import ACTIONS
from annotator.ui.adjudicate import going as adjudicate_going
from annotator.ui.adjudicate import judging
from annotator.ui.agreement import deeds as agreement_deeds
from annotator.ui.annotate import deeds, going
from annotator.ui.codebook_entries import EntryCard
from annotator.ui.demo import label_by_hand

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sample(hand):
    """Return a hand in a project that holds the sample's articles, the first with labels."""
    texts = sorted(places.shipped("seeds").glob("*.txt"))
    hand.window.files.import_articles(texts)
    hand.wait(lambda: not hand.window.files.busy, "The import")
    rows = projects.articles(hand.window.project)
    hand.page.open_article(rows[0].id)
    labels = label_seeds.read_labels(places.shipped("seeds") / "labels" / "camille.json")
    for number, label in enumerate(x for x in labels if x.article == texts[0].name):
        label_by_hand(hand, label, by_mouse=number % 2 == 0)
    return hand


def test_every_action_of_the_table_can_be_carried_out(hand) -> None:
    for action in ACTIONS:
        known = deeds.knows(action.id) or going.knows(action.id)
        known = known or judging.knows(action.id) or adjudicate_going.knows(action.id)
        known = known or agreement_deeds.knows(action.id)
        assert known or action.id in hand.window._handlers, action.id


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (1920, 1000)])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_page_fits_the_window(sample, picture, size, appearance) -> None:
    hand = sample
    hand.window.run(f"appearance_{appearance}")
    hand.window.resize(*size)
    hand.page.go_to(hand.page.sheet.statements[2].id)
    hand.settle()
    picture(hand, f"page-{appearance}-{size[0]}x{size[1]}")
    assert (hand.window.width(), hand.window.height()) == size
    view = hand.page.margin.rect()
    card = hand.page.margin.form
    assert card.isVisible() and view.right() >= card.mapTo(hand.page.margin, QPoint(0, 0)).x()
    assert card.width() <= view.width()
    for button in hand.page.topbar.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_searching_all_articles_goes_to_the_place(sample, picture) -> None:
    hand = sample
    hand.press("Ctrl+Shift+F", hand.reader)
    hand.type("cessez")
    hand.wait(lambda: hand.page.articles.results.hits, "The hits")
    picture(hand, "search")
    here = hand.page.desk.article_id
    hand.press("Down")
    hand.press("Return")
    hand.settle()
    assert hand.page.reader.scene.hits
    found = hand.page.reader.scene.hits[0].of(hand.page.desk.text)
    assert found.casefold().startswith("cessez")
    assert hand.page.desk.article_id is not None and here is not None
    assert hand.reader.hasFocus()


def test_the_palette_carries_out_an_action_and_opens_an_article(sample, picture) -> None:
    hand = sample
    hand.press("Ctrl+K", hand.reader)
    hand.type("dark")
    picture(hand, "palette")
    hand.press("Return")
    assert hand.window.view.appearance == "dark"
    picture(hand, "after-palette-dark")
    title = projects.articles(hand.window.project)[3].title
    hand.press("Ctrl+K", hand.reader)
    hand.type(title[:14])
    hand.press("Return")
    assert hand.page.sheet.article.title == title


def test_the_keys_are_shown_and_go(sample, picture) -> None:
    hand = sample
    hand.press("?", hand.reader)
    assert hand.window.side._keys.isVisible()
    picture(hand, "keys")
    hand.press("Escape")
    assert not hand.window.side._keys.isVisible()
    assert hand.reader.hasFocus()


def test_the_codebook_opens_at_the_chosen_target(sample, picture) -> None:
    hand = sample
    hand.page.go_to(hand.page.sheet.statements[0].id)
    hand.press("F1", hand.reader)
    panel = hand.window.side._codebook
    assert panel.isVisible() and panel.findChildren(EntryCard)
    picture(hand, "codebook")
    hand.press("Escape")
    assert not panel.isVisible()


def test_a_second_window_reads_only_and_says_so(sample, open_window, picture) -> None:
    path = sample.window.project.path
    second = open_window(path)
    assert second.window.project.read_only
    assert "only be read" in second.window.notice.words.text()
    picture(second, "read-only")
    statements = list(second.page.sheet.statements)
    assert statements
    second.page.go_to(statements[0].id)
    for key in ("F", "A", "Delete", "Space", "2"):
        second.press(key, second.reader)
    second.select_by_mouse(statements[-1].hull)
    second.press("Return", second.reader)
    assert second.page.sheet.statements == statements
    assert annotating.statements(second.window.project, second.page.desk.article_id) == statements


def test_files_are_dropped_on_the_window(hand) -> None:
    texts = sorted(places.shipped("seeds").glob("*.txt"))[:2]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(text)) for text in texts])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, mime, LEFT, none)
    QApplication.sendEvent(hand.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(300, 300), copy, mime, LEFT, none)
    QApplication.sendEvent(hand.window, drop)
    hand.wait(lambda: not hand.window.files.busy, "The import")
    assert [row.name for row in projects.articles(hand.window.project)] == [t.stem for t in texts]


def test_a_cancelled_import_leaves_nothing_behind(hand, tmp_path: Path, picture) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number:05}.txt").write_text(f"Article {number}\n\nUne phrase.\n" * 20)
    hand.window.chooser.take_paths([folder])
    hand.wait(hand.window.progress.isVisible, "The progress")
    picture(hand, "import-progress")
    hand.click(hand.window.progress.cancel)
    hand.wait(lambda: not hand.window.files.busy, "The cancelling")
    assert projects.articles(hand.window.project) == []
    assert projects.undo_label(hand.window.project) is None
    assert not hand.window.progress.isVisible()


def test_bad_files_are_named_and_the_others_come_in(hand, tmp_path: Path, picture) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text("Un titre\n\nUne phrase.\n")
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    hand.window.chooser.take_paths([folder])
    hand.wait(lambda: not hand.window.files.busy, "The import")
    said = hand.window.notice.words.text()
    assert "1 article added" in said and "empty" in said and "binary" in said
    picture(hand, "import-report")
    assert [row.name for row in projects.articles(hand.window.project)] == ["good"]
    assert hand.page.sheet.article.name == "good"  # the first that comes in is shown


def test_the_annotator_is_asked_when_a_project_is_new(open_window, tmp_path: Path, picture) -> None:
    hand = open_window()
    picture(hand, "welcome")
    hand.window.new_project(tmp_path / "new.stance")
    picture(hand, "who")
    hand.type("Zoé")
    hand.press("Return")
    assert hand.window.project.annotator.name == "Zoé"
    assert "Zoé" in hand.page.topbar.annotator.text()
    picture(hand, "empty-project")


def test_annotators_do_not_see_each_others_labels(sample) -> None:
    hand = sample
    mine = list(hand.page.sheet.statements)
    projects.annotate_as(hand.window.project, "Bo")
    hand.page.show_annotator()
    assert hand.page.sheet.statements == [] and mine
    projects.annotate_as(hand.window.project, "Ada")
    hand.page.show_annotator()
    assert hand.page.sheet.statements == mine


def test_flagging_and_retitling_by_the_strip(sample, picture) -> None:
    hand = sample
    hand.press("Ctrl+Shift+L", hand.reader)
    picture(hand, "flag")
    hand.type("à discuter")
    hand.press("Return")
    work = annotating.work(hand.window.project, hand.page.desk.article_id)
    assert (work.status, work.note) == ("flagged", "à discuter")
    hand.press("F2", hand.reader)
    hand.press("Ctrl+A")
    caret = hand.reader.caret()
    hand.type("Un autre titre")
    hand.press("Return")
    assert hand.page.sheet.article.title == "Un autre titre"
    assert hand.reader.caret() == caret  # the reader stays where it was
    hand.press("Ctrl+Z", hand.reader)
    assert hand.page.sheet.article.title != "Un autre titre"


def test_the_speakers_are_shown(sample, picture) -> None:
    hand = sample
    hand.window.run("speakers")
    dialog = hand.window.side._registry._dialog
    hand.settle()
    dialog.grab().save(str(Path(__file__).parents[2] / "screenshots" / "speakers.png"))
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_wheel_with_ctrl_enlarges_the_text(sample) -> None:
    hand = sample
    before = hand.window.view.zoom
    hand.reader.zoom_asked.emit(1)
    assert hand.window.view.zoom > before
    hand.press("Ctrl+0", hand.reader)
    assert hand.window.view.zoom == 1.0


def test_the_size_of_the_words_outlives_another_appearance(sample) -> None:
    hand = sample
    hand.window.run("zoom_in")
    before = hand.reader.font().pixelSize()
    heights = [hand.reader.geometry_of_text.row_of(p).bottom for p in (0, 400)]
    hand.window.run("appearance_dark")
    hand.settle()
    assert hand.reader.font().pixelSize() == before
    assert hand.reader.document().defaultFont().pixelSize() == before
    assert [hand.reader.geometry_of_text.row_of(p).bottom for p in (0, 400)] == heights


def test_the_kind_of_speaker_is_set_on_the_card(sample, picture) -> None:
    hand = sample
    statement = hand.page.sheet.statements[0]
    hand.page.go_to(statement.id)
    hand.choose_type("organisation")
    (speaker,) = [
        s for s in speakers.all_speakers(hand.window.project) if s.id == statement.speaker_id
    ]
    assert speaker.type == "organisation"
    picture(hand, "kind-of-speaker")
    hand.press("Ctrl+Z", hand.reader)
    assert hand.page.sheet.speakers[statement.speaker_id].type != "organisation"


def test_a_flag_half_typed_is_kept_when_another_article_is_opened(sample) -> None:
    hand = sample
    flagged = hand.page.desk.article_id
    hand.press("Ctrl+Shift+L", hand.reader)
    hand.type("voir plus tard")
    hand.press("Ctrl+PgDown", hand.reader)
    assert hand.page.desk.article_id != flagged
    work = annotating.work(hand.window.project, flagged)
    assert (work.status, work.note) == ("flagged", "voir plus tard")
    hand.press("F2", hand.reader)
    hand.press("Ctrl+A")
    hand.type("Titre tapé à moitié")
    path, here = hand.window.project.path, hand.page.desk.article_id
    hand.window.close()
    project = projects.open_project(path)
    assert annotating.article(project, here).title == "Titre tapé à moitié"
    project.close()


def test_every_refused_file_can_be_read(hand, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(9):
        (folder / f"empty-{number}.txt").write_text("")
    hand.window.chooser.take_paths([folder])
    hand.wait(lambda: not hand.window.files.busy, "The import")
    assert "and 6 more" in hand.window.notice.words.text()
    hand.click(hand.window.notice.action)
    lines = hand.window.side._report.lines.toPlainText().splitlines()
    assert len(lines) == 9 and all(f"empty-{n}.txt" in lines[n] for n in range(9))
