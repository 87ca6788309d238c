"""The export in the real window, by keys and mouse: every form, cancelled, failed, leaks."""

import json
import random

import msgspec
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.formats.datasets import registry
from annotator.services import annotating, dataset_card, importing, sample
from annotator.services import project as projects


@pytest.fixture
def real(open_window, tmp_path):
    """Return a hand in a window on the sample, and the export window as it opens by its key."""
    path = tmp_path / "sample.stance"
    sample.make_sample(path).close()
    hand = open_window(path)
    return hand, opened(hand)


def opened(hand):
    hand.take_focus()
    hand.press("Ctrl+E", hand.reader)
    export = hand.window.side.export_window
    hand.wait(export.isVisible, "The export window")
    return export


def planned(hand, export):
    hand.wait(lambda: export.planned is not None, "The plan")
    hand.settle()
    return export.planned


def written(hand, export):
    hand.wait(lambda: not export.writing, "The export")
    assert export.foot.state.text().startswith("✓"), export.foot.state.text()


def said_of(goal):
    return json.loads((goal / "dataset.json").read_text(encoding="utf-8"))


def test_open_enter_done(real, tmp_path, picture):
    hand, export = real
    planned(hand, export)
    hand.press("Return", export.forms.view)
    written(hand, export)
    goal = tmp_path / "sample-export"
    assert sorted(path.name for path in goal.iterdir()) == [
        "README.md",
        "articles.jsonl",
        "dataset.json",
        "statements.jsonl",
    ]
    record = said_of(goal)
    assert record["counts"]["statements"] == 78
    assert record["choice"]["status"] == "done"
    picture(hand, "export-behind")
    export.grab().save(str(tmp_path / "export.png"))
    planned(hand, export)
    hand.press("Escape", export)
    assert not export.isVisible()


def test_every_form_is_written_by_keys_alone(real, tmp_path):
    hand, export = real
    view = export.forms.view
    for number, form in enumerate(registry.forms()):
        if number:
            hand.press("Down", view)
        assert export.forms.form is form
        export.set_folder(str(tmp_path / form.name))
        preview = planned(hand, export)
        assert preview.records
        assert export.preview.records.toPlainText()
        hand.press("Return", view)
        written(hand, export)
        assert said_of(tmp_path / form.name)["format"] == form.name
        planned(hand, export)


def test_a_split_by_mouse_shows_its_labels_and_what_is_alike(real, tmp_path, picture):
    hand, export = real
    planned(hand, export)
    hand.click(export.choices.split.parts.buttons["shares"])
    preview = planned(hand, export)
    assert set(preview.rows) == {"train", "validation", "test"}
    headings = [bar.name for bar in export.preview.figure.bars if bar.heading]
    assert headings == ["Train", "Validation", "Test"]
    assert preview.leaks.near_identical == preview.leaks.overlapping == 0
    assert export.preview.leaks.subtitle.text().startswith("None: the closest texts are ")
    assert export.preview.pairs.pairs
    hand.click(export.foot.export)
    written(hand, export)
    record = said_of(tmp_path / "sample-export")
    assert record["splits"]["counts"] == dict(preview.rows)
    hand.press("Escape", export)
    again = opened(hand)  # what was chosen, and where it lies
    assert again.choices.split.parts.value == "shares"
    assert again.foot.field.text() == str(tmp_path / "sample-export")
    planned(hand, again)
    assert "replaced as a whole" in again.foot.state.text()
    picture(hand, "export-split")


def test_a_choice_outlives_the_program(real, open_window, tmp_path):
    hand, export = real
    hand.click(export.choices.content.status.buttons["any"])
    export.forms.choose("csv")
    export.set_folder(str(tmp_path / "mine"))
    planned(hand, export)
    hand.click(export.foot.export)
    written(hand, export)
    path = hand.window.project.path
    hand.window.close()
    again = opened(open_window(path))
    assert again.chosen.form == "csv"
    assert again.chosen.status == "any"
    assert again.chosen.folder == str(tmp_path / "mine")


def test_what_is_labelled_meanwhile_is_counted(real):
    hand, export = real
    hand.click(export.choices.content.status.buttons["any"])
    before = planned(hand, export).statements
    project = hand.window.project
    annotating.mark(project, hand.page.desk.article_id, Span(10, 30))
    assert export.planned is None
    assert planned(hand, export).statements == before + 1


def test_a_failure_is_said_in_the_window_and_the_old_export_stays(real, tmp_path):
    hand, export = real
    goal = tmp_path / "full"
    goal.mkdir()
    (goal / "thesis.txt").write_text("mine", encoding="utf-8")
    export.set_folder(str(goal))
    planned(hand, export)
    hand.click(export.foot.export)
    hand.wait(lambda: not export.writing, "The refusal")
    assert "holds other things than an export (“thesis.txt”)" in export.foot.state.text()
    assert [path.name for path in goal.iterdir()] == ["thesis.txt"]
    assert QApplication.activeModalWidget() is None
    assert export.foot.export.isEnabled()


def test_texts_that_may_not_be_shared_do_not_leave(real, tmp_path):
    hand, export = real
    planned(hand, export)
    hand.press("Escape", export)
    dataset_card.set_texts_may_be_shared(hand.window.project, may=False)
    export = opened(hand)
    assert export.choices.form.stand_off.isChecked()
    planned(hand, export)
    hand.click(export.foot.export)
    written(hand, export)
    text = hand.page.desk.text
    sentences = [line for line in text.splitlines() if len(line) > 40]
    for file in (tmp_path / "sample-export").iterdir():
        body = file.read_text(encoding="utf-8")
        assert not any(sentence[:40] in body for sentence in sentences), file.name


def test_the_card_is_a_click_away(real):
    hand, export = real
    hand.click(export.foot.card)
    dialogs = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Dataset card"]
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    dialogs[0].close()


@pytest.fixture
def many(open_window, tmp_path):
    """Return a hand in a window on hundreds of articles with three statements each."""
    path = tmp_path / "many.stance"
    project = projects.create(path)
    projects.annotate_as(project, "Ada")
    folder = tmp_path / "texts"
    folder.mkdir()
    chance = random.Random(4)
    known = [f"mot{number}" for number in range(3000)]
    for number in range(400):
        body = "\n".join(" ".join(chance.choices(known, k=12)) + "." for _ in range(9))
        (folder / f"{number:04}.txt").write_text(body, encoding="utf-8")
    for _ in importing.add(project, importing.prepare([folder])):
        pass
    for row in projects.articles(project):
        for start in (0, 30, 60):
            statement = annotating.mark(project, row.id, Span(start, start + 20))
            annotating.choose(project, statement, "stance", chance.choice(("favor", "against")))
    project.close()
    return open_window(path)


def test_the_window_answers_while_it_counts_and_writes_and_a_cancel_leaves_all(many, tmp_path):
    hand = many
    goal = tmp_path / "many-export"
    export = opened(hand)
    hand.click(export.choices.content.status.buttons["any"])
    planned(hand, export)
    hand.click(export.foot.export)
    written(hand, export)
    before = {path.name: path.read_bytes() for path in goal.iterdir()}
    beats = Beats()
    hand.click(export.choices.split.parts.buttons["shares"])
    planned(hand, export)
    assert beats.stop() > 10  # counted elsewhere: the window's loop went on
    hand.click(export.foot.export)
    hand.wait(lambda: export.foot.bar.value() > 0, "Some progress")
    hand.press("Return", export.foot.cancel)
    hand.wait(lambda: not hand.window.files.busy, "The end of the writing")
    assert export.foot.state.text().startswith("Cancelled")
    planned(hand, export)
    assert {path.name: path.read_bytes() for path in goal.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".many-e")] == []


def test_the_writing_ends_with_the_project_and_by_the_strip_of_progress(many):
    hand = many
    export = opened(hand)
    hand.click(export.choices.content.status.buttons["any"])
    planned(hand, export)
    hand.click(export.foot.export)
    hand.window.progress.cancelled.emit()
    assert not export.writing
    assert export.foot.state.text().startswith("Cancelled")
    planned(hand, export)
    hand.click(export.foot.export)
    hand.window.run("close")
    assert not export.isVisible()
    assert not export.writing


class Beats:
    """Counts the beats of the window's loop."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._number = 0
        self._timer.start()

    def stop(self) -> int:
        """Return how many beats there were, and stop."""
        self._timer.stop()
        return self._number

    def _beat(self) -> None:
        self._number += 1


def test_leaks_are_listed_when_a_split_has_them(real):
    hand, export = real
    preview = planned(hand, export)
    from annotator.formats.card_facts import LeakReport, Pair

    pair = Pair(0.91, "a", "b", "une trêve de dix jours", "la trêve de dix jours")
    leaking = LeakReport(0.6, 2, 1, [pair])
    fields = {name: getattr(preview, name) for name in type(preview).__slots__}
    export.show_plan(type(preview)(**{**fields, "leaks": leaking}))
    said = export.preview.leaks.subtitle.text()
    assert said == "2 near-identical pairs and 1 overlapping row across splits."
    assert export.preview.leaks.isVisible()
    assert msgspec.to_builtins(export.preview.pairs.pairs[0])["similarity"] == 0.91
