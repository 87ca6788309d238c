"""The import of another program's labels: looked over, mapped, previewed, written, taken back."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.label_mapping import NONE, Goal, parse
from annotator.formats.jsonl import Refusal
from annotator.services import foreign_labels
from annotator.services import project as projects
from annotator.services.foreign_labels import Batch
from annotator.services.label_survey import Survey, Their
from annotator.ui.dialogs.import_labels import ImportDialog
from annotator.ui.dialogs.label_goals import UNDECIDED, entries
from annotator.ui.dialogs.label_words import stays_out, would_come_in
from annotator.ui.hand import Hand
from tests.gui.hearing import heard
from tests.gui.working import ONE, TWO, open_window

CODEBOOK = projects.read_codebook(projects.default_codebook_file())
SURVEY_LABELS = [
    Their("cessez-le-feu", "label", 12, ("avant ", "la trêve", " après"), parse("none", CODEBOOK)),
    Their("PER", "label", 3, ("dit ", "Lena Hasp", ".")),
    Their("stance=pour", "choice", 9, None, parse("stance:favor", CODEBOOK)),
]


TELLING = {"Lena Hasp": "speaker", "trêve": "target", "demain": "stance"}


def survey(**more) -> Survey:
    from collections import Counter

    from annotator.formats.labels import doccano

    return Survey(doccano.FORM, list(SURVEY_LABELS), Counter({"admin": 15}), texts=2, **more)


def shown(qtbot: QtBot, found: Survey) -> ImportDialog:
    dialog = ImportDialog()
    qtbot.addWidget(dialog)
    dialog.open_for("/srv/labels.jsonl")
    qtbot.waitExposed(dialog)
    dialog.show_survey(found, CODEBOOK, "en", {}, "Ada")
    return dialog


def test_what_is_not_decided_is_asked_for_first(qtbot: QtBot) -> None:
    dialog = shown(qtbot, survey())
    asked = heard(dialog.preview_asked)
    assert not dialog.isModal()
    assert dialog.total.text() == "Choose what becomes of “PER”."
    assert not dialog.go.isEnabled()
    row = dialog.rows[1]
    assert (row.goal, row.goals.currentText()) == (None, UNDECIDED)
    row.choose(NONE)
    qtbot.waitUntil(lambda: len(asked) == 1)
    goals = asked[0][0].goals
    assert goals == {
        "cessez-le-feu": NONE,
        "PER": NONE,
        "stance=pour": parse("stance:favor", CODEBOOK),
    }
    assert asked[0][0].annotators == {"admin": "admin"}


def test_only_what_is_shown_can_be_imported(qtbot: QtBot) -> None:
    dialog = shown(qtbot, survey())
    wanted = heard(dialog.import_asked)
    dialog.rows[1].choose(NONE)
    qtbot.waitUntil(lambda: dialog.total.text().startswith("Working out"))
    batch = Batch(refused=[Refusal(3, "it is empty (4 to 4)")])
    batch.lines = [None] * 4  # type: ignore[list-item]
    dialog.show_batch(batch)
    assert dialog.total.text() == "4 statements would come in; 1 would stay out"
    assert dialog.go.isEnabled()
    dialog.names[0].field.setText("")
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(lambda: dialog.total.text() == "Give every annotator a name.")
    dialog.names[0].field.setText("Noé")
    qtbot.waitUntil(lambda: dialog.total.text().startswith("Working out"))
    dialog.show_batch(batch)
    dialog.go.click()
    assert wanted[0][0] is batch
    assert wanted[0][1].annotators == {"admin": "Noé"}
    assert dialog.cancel.text() == "Cancel"
    stopped = heard(dialog.cancel_asked)
    dialog.cancel.click()
    assert stopped == [()]
    assert dialog.state.text() == "Cancelled; nothing was changed."


def test_the_unit_is_chosen_by_what_it_would_mark(qtbot: QtBot) -> None:
    slices = {"utf16": ("un ", "mot", " là"), "codepoint": ("u", "n m", "ot là")}
    found = survey(unit="utf16", open_unit=True, at_words={"utf16": 7}, slices=slices)
    dialog = shown(qtbot, found)
    assert dialog.unit.isVisible()
    assert dialog.slice.shown[1] == "mot"
    assert dialog.warning.text() == found.warning
    dialog.unit.setCurrentIndex(dialog.unit.findData("codepoint"))
    assert dialog.slice.shown[1] == "n m"
    assert str(dialog.choices.unit) == "codepoint"
    QTest.keyClick(dialog.unit, Qt.Key.Key_Up)
    assert str(dialog.choices.unit) == "utf16"


def test_everything_is_reached_by_the_keyboard(qtbot: QtBot) -> None:
    dialog = shown(qtbot, survey(missing=2))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.rows[0].goals.setFocus()
    met = []
    for _ in range(12):
        met.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    order = [*(row.goals for row in dialog.rows), dialog.names[0].field, dialog.articles]
    assert [widget for widget in met if widget in order][: len(order)] == order
    assert dialog.cancel in met
    dialog.rows[0].goals.setFocus()
    QTest.keyClicks(dialog.rows[0].goals, "Troop")
    assert dialog.rows[0].goal == parse("target:troop_deployment", CODEBOOK)


def test_what_has_one_reason_stands_together() -> None:
    refused = [Refusal(n, "it is empty", f"task {n}") for n in range(5)]
    refused.append(Refusal(9, "it has no label"))
    batch = Batch(refused=refused)
    batch.left_out["“PER”"] = 4
    assert [row.text for row in stays_out(batch)] == [
        "5 × it is empty (task 0; task 1; task 2; …)",
        "line 9: it has no label",
        "Left out: 4 × “PER”",
    ]
    assert would_come_in(batch) == "Nothing would come in; 6 would stay out"


def test_every_goal_that_is_offered_can_be_written() -> None:
    for kind in ("label", "choice", "relation"):
        for words, goal in entries(kind, CODEBOOK, "fr"):
            assert goal is None or (words and parse(str(goal), CODEBOOK) == goal)
    named = {str(goal): words for words, goal in entries("label", CODEBOOK, "fr")}
    assert named["target:ceasefire,stance:favor"] == "Cessez-le-feu · Favorable"
    assert named["stance:favor"] == "Stance: Favorable"
    offered = [goal for _, goal in entries("label", CODEBOOK, "fr")]
    assert offered.count(Goal((("target", "ceasefire"), ("stance", "favor")))) == 1


# ------------------------------------------------------------------ in the real window


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path) -> Hand:
    return open_window(qtbot, tmp_path)


def labels(path: Path) -> Path:
    words = ("trêve", "TRÊVE", "Radel")
    spots = [[ONE.index(w), ONE.index(w) + len(w), w.lower()] for w in words]
    lines = [
        {"text": ONE, "label": spots, "user": "Zoé"},
        {"text": TWO, "label": [[0, 400, "trêve"]], "user": "Zoé"},
        {
            "text": "Un texte de plus.",
            "doc_id": "3_three",
            "label": [[3, 8, "trêve"]],
            "user": "Zoé",
        },
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def choose(hand: Hand, file: Path) -> ImportDialog:
    hand.window.run("import_labels")
    files = hand.window.chooser._dialog
    assert files is not None
    files.filesSelected.emit([str(file)])
    files.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    work = hand.window.side._labels
    assert work is not None
    return work.dialog


def test_labels_of_another_program_come_in_as_one_step(hand: Hand, tmp_path: Path) -> None:
    dialog = choose(hand, labels(tmp_path / "labels.jsonl"))
    assert dialog.isVisible()
    hand.wait(lambda: len(dialog.rows) == 2, "The survey")
    assert [row.their.key for row in dialog.rows] == ["trêve", "radel"]
    assert dialog.title.text() == "doccano: 5 labels in 3 texts by 1 annotator"
    project = hand.window.project
    assert project is not None
    dialog.rows[0].choose(parse("target:ceasefire", project.codebook))
    dialog.rows[1].choose(NONE)
    hand.wait(dialog.go.isEnabled, "The preview")
    assert dialog.total.text() == "2 statements would come in; 2 would stay out"
    dialog.articles.click()
    hand.wait(lambda: "3 statements and 1 article" in dialog.total.text(), "With the article")
    hand.wait(dialog.go.isEnabled, "The preview")
    dialog.go.click()
    hand.wait(lambda: not hand.window.files.busy and not dialog.isVisible(), "The import")
    assert len(projects.articles(project)) == 3
    assert [a.name for a in projects.annotators(project)] == ["Ada", "Zoé"]
    assert projects.undo_label(project) == "Import labels"
    assert foreign_labels.remembered(project)["radel"] == NONE
    hand.window.run("undo")
    assert len(projects.articles(project)) == 2
    # what was chosen is known the next time
    dialog = choose(hand, tmp_path / "labels.jsonl")
    hand.wait(dialog.go.isEnabled, "The preview")
    assert dialog.rows[1].goal == NONE
    hand.window.close_project()
    assert not dialog.isVisible()


def test_labels_with_telling_names_come_in_by_return_alone(hand: Hand, tmp_path: Path) -> None:
    spots = [[ONE.index(w), ONE.index(w) + len(w), label] for w, label in TELLING.items()]
    line = {"text": ONE, "label": spots, "user": "Zoé"}
    (tmp_path / "labels.jsonl").write_text(json.dumps(line), encoding="utf-8")
    dialog = choose(hand, tmp_path / "labels.jsonl")
    hand.wait(dialog.go.isEnabled, "The preview")
    # no relation says whose words a name stands beside
    assert {row.their.key: str(row.goal) for row in dialog.rows} == {
        "speaker": "none",
        "target": "statement",
        "stance": "statement",
    }
    assert dialog.total.text() == "2 statements would come in"
    assert [row.text for row in dialog.refusals.rows] == ["Left out: 1 × “speaker”"]
    hand.press("Return", dialog.focusWidget())
    hand.wait(lambda: not hand.window.files.busy and not dialog.isVisible(), "The import")
    project = hand.window.project
    assert project is not None
    assert projects.undo_label(project) == "Import labels"


def test_articles_come_with_labels_when_none_of_them_is_here(hand: Hand, tmp_path: Path) -> None:
    line = {"text": "Un texte de plus.", "doc_id": "3", "label": [[3, 8, "speaker"]], "user": "Zoé"}
    (tmp_path / "labels.jsonl").write_text(json.dumps(line), encoding="utf-8")
    dialog = choose(hand, tmp_path / "labels.jsonl")
    hand.wait(lambda: len(dialog.rows) == 1, "The survey")
    assert dialog.articles.isChecked()
    # nothing else would come in: it is asked for
    assert dialog.rows[0].goal is None
    assert dialog.focusWidget() is dialog.rows[0].goals


def test_what_cannot_be_read_is_said_in_the_dialog(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b'{"data": 12')
    dialog = choose(hand, tmp_path / "x.json")
    hand.wait(lambda: dialog.state.text() != "", "The error")
    assert dialog.title.text() == "These labels cannot be read"
    assert "in no format that can be read" in dialog.state.text()
    assert "--" not in dialog.state.text()
    assert dialog.height() < 200
    dialog.reject()
    assert not dialog.isVisible()
