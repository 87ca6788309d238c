"""The export window: chosen, planned, written, cancelled, failed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import places
from annotator.domain.records import Counts
from annotator.formats.card_facts import LeakReport, Pair
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Form
from annotator.services import project as projects
from annotator.services.dataset_order import Order
from annotator.services.dataset_preview import Sample
from annotator.services.exporting import Preview, Report
from annotator.ui import theme
from annotator.ui.export import choices, saying
from annotator.ui.export.choices import Chosen
from annotator.ui.export.figure import bars, spoken
from annotator.ui.export.window import ExportWindow
from tests.gui.hearing import heard

PEOPLE = [(1, "Camille"), (2, "Noor & Co")]
CODEBOOK = projects.read_codebook(places.shipped("resources") / "codebooks" / "default.json")
COUNTS = Counts(3, 2, 4, 12, {"a": 7, "b": 5, "c": 0}, {}, {}, {})
SPREAD = {
    ("train", "Camille", "ceasefire", "favor"): 6,
    ("train", "Noor", "ceasefire", "favor"): 2,
    ("train", "Noor", "troop_deployment", "against"): 1,
    ("test", "Noor", "(open)", "(open)"): 3,
}
LEAKS = LeakReport(0.6, 1, 0, [Pair(0.75, "a", "b", "« trêve » maintenant", "« trêve », dit-il")])
LINES = ('{"schema":"stance/1","text":"« trêve »"}', '{"schema":"stance/1"}')
PREVIEW = Preview(
    records=LINES,
    counts=COUNTS,
    samples=(Sample("train.jsonl", LINES), Sample("articles.jsonl", ('{"uid":"x"}',))),
    spread=SPREAD,
    rows={"train": 11, "test": 3},
    negatives=2,
    left_out={"statements of other annotators": 4},
    lost={"statements that overlap another": 1},
    notes=("test holds no statement with ceasefire × against.",),
    leaks=LEAKS,
)
REPORT = Report(Path("/srv/out"), 3, 12, {}, {}, {}, {})


@pytest.fixture
def window(qtbot: QtBot) -> ExportWindow:
    """Return the window, with a plan of the usual choices."""
    window = ExportWindow()
    qtbot.addWidget(window)
    open_with(window, Chosen(folder="/srv/out"))
    window.show()
    qtbot.waitExposed(window)
    planned(qtbot, window)
    return window


def open_with(
    window: ExportWindow, chosen: Chosen, forms: list[tuple[Form, str | None]] | None = None
) -> None:
    there = forms or [(form, None) for form in registry.forms()]
    window.show_choices(there, PEOPLE, CODEBOOK, chosen, "en")


def planned(qtbot: QtBot, window: ExportWindow, preview: Preview = PREVIEW) -> Order:
    """Wait until the plan is asked for, answer, and return what was asked for."""
    with qtbot.waitSignal(window.plan_asked) as asked:
        pass
    window.show_plan(preview)
    order = asked.args[0] if asked.args else None
    assert isinstance(order, Order)
    return order


def test_the_usual_case_needs_no_choice_and_one_key(qtbot: QtBot) -> None:
    window = ExportWindow()
    qtbot.addWidget(window)
    open_with(window, Chosen(folder="/srv/out"))
    window.show()
    qtbot.waitExposed(window)
    assert planned(qtbot, window) == Order()
    assert not window.isModal()
    written = heard(window.export_asked)
    qtbot.keyClick(window.forms.view, Qt.Key.Key_Return)
    assert written == [("/srv/out", Order())]


def test_every_choice_is_in_the_order(window: ExportWindow, qtbot: QtBot) -> None:
    content, split, form = window.choices.content, window.choices.split, window.choices.form
    content.people[2].click()
    content.status.buttons["any"].click()
    content.targets["ceasefire"].click()
    content.when.show_value("published")
    content.since.setText("2025-03-01")
    content.until.setText("2025-03-31")
    content.excluded.click()
    content.negatives.click()
    split.parts.buttons["shares"].click()
    split.shares.setText("70/30")
    split.by.show_value("speaker")
    split.seed.set_value(7)
    form.stand_off.click()
    form.units["byte"].click()
    order = planned(qtbot, window)
    choice, splitting = order.choice, order.splitting
    assert choice.annotator_ids == (1,)
    assert (choice.status, choice.targets) == ("any", ("troop_deployment",))
    assert (choice.published.since, choice.published.until) == ("2025-03-01", "2025-03-31")
    assert choice.made.open
    assert choice.excluded
    assert choice.negatives
    assert splitting is not None
    assert (splitting.by, splitting.shares, splitting.seed) == ("speaker", (70, 30), 7)
    assert (order.stand_off, order.offsets) == (True, ("byte",))
    split.parts.buttons["folds"].click()
    split.folds.setText("4")
    content.whose.buttons["gold"].click()
    order = planned(qtbot, window)
    assert order.choice.gold
    assert order.choice.annotator_ids is None
    assert order.splitting is not None
    assert order.splitting.folds == 4
    assert choices.decoded(choices.encoded(window.chosen)) == window.chosen


def test_what_was_chosen_last_is_chosen_again(window: ExportWindow, qtbot: QtBot) -> None:
    chosen = Chosen(
        form="csv",
        annotators=(2,),
        status="any",
        parts="folds",
        folds=3,
        seed=5,
        offsets=("utf16",),
        options={"csv": {"separator": "semicolon"}},
        folder="/srv/again",
    )
    open_with(window, chosen)
    order = planned(qtbot, window)
    assert order == choices.order(chosen)
    assert order.options == {"separator": "semicolon"}
    assert window.chosen == chosen
    window.choices.form.fields["separator"].setFocus()
    window.forms.choose("jsonl")
    assert planned(qtbot, window).options == {}
    window.forms.choose("csv")
    assert planned(qtbot, window).options == {"separator": "semicolon"}


def test_what_is_no_longer_there_is_not_chosen() -> None:
    chosen = Chosen(form="gone", annotators=(7,), targets=("old", "ceasefire"))
    left = choices.still_there(chosen, [1, 2], ["ceasefire"], ["jsonl"])
    assert left == Chosen(targets=("ceasefire",))
    assert choices.decoded('{"folds": "many"}') is None
    assert choices.decoded("") is None


def test_the_preview_shows_counts_records_leaks_and_what_is_left_out(window: ExportWindow) -> None:
    preview = window.preview
    assert preview.total.text() == "12 statements and 2 negatives in 3 articles"
    assert [(bar.name, bar.number) for bar in preview.figure.bars] == [
        ("Train", 11),
        ("Ceasefire", 8),
        ("Troop deployment", 1),
        ("Negatives", 2),
        ("Test", 3),
        ("No target yet", 3),
    ]
    assert "Ceasefire 8: Favor 8" in preview.figure.accessibleDescription()
    assert preview.records.toPlainText() == "\n".join(LINES)
    preview.files.show_value("articles.jsonl")
    assert preview.records.toPlainText() == '{"uid":"x"}'
    assert preview.leaks.subtitle.text() == "1 near-identical pair across splits."
    assert preview.pairs.pairs == LEAKS.closest
    assert preview.reasons.text().split("\n") == [
        "4 statements of other annotators",
        "Not carried: statements that overlap another (1)",
    ]
    assert preview.notes.text().startswith("Test holds")
    assert preview.verdict.text() == "Leaks: see below"


def test_a_change_drops_the_plan_and_asks_once_for_all(window: ExportWindow, qtbot: QtBot) -> None:
    asked, dropped = heard(window.plan_asked), heard(window.plan_dropped)
    for box in (window.choices.content.excluded, window.choices.content.negatives):
        box.click()
    assert window.planned is None
    assert len(dropped) == 2
    assert window.preview.waiting.text() == "Counting…"
    window.show_plan(PREVIEW)  # of the choice before, too late
    assert window.planned is None
    planned(qtbot, window)
    assert len(asked) == 1
    assert window.preview.waiting.text() == ""


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(parts="shares", shares="much"), "“much” is no division"),
        (Chosen(parts="shares", shares="80"), "“80” is no division"),
        (Chosen(parts="folds", by="date"), "Folds that follow each other in time"),
        (Chosen(when="made", since="March"), "“March” is no day"),
        (Chosen(when="made", since="2025-03-02", until="2025-03-01"), "before it begins"),
        (Chosen(annotators=()), "Nobody’s labels are chosen"),
        (Chosen(targets=()), "No target is chosen"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    window: ExportWindow, qtbot: QtBot, chosen: Chosen, said: str
) -> None:
    open_with(window, chosen)
    window.set_folder("/srv/out")
    qtbot.waitUntil(lambda: said in window.foot.state.text())
    assert not window.foot.export.isEnabled()
    open_with(window, Chosen(folder="/srv/out"))
    planned(qtbot, window)
    assert window.foot.state.text() == ""
    assert window.foot.export.isEnabled()


def test_nothing_chosen_cannot_be_exported(window: ExportWindow, qtbot: QtBot) -> None:
    window.choices.content.status.buttons["any"].click()
    planned(qtbot, window, Preview((), Counts(0, 0, 0, 0, {}, {}, {}, {})))
    assert not window.foot.export.isEnabled()
    assert window.foot.state.text() == "Nothing of what is there is chosen."
    window.set_folder(" ")
    window.choices.content.status.buttons["done"].click()
    planned(qtbot, window)
    assert not window.foot.export.isEnabled()


def test_a_form_without_its_library_says_how_to_get_it(window: ExportWindow, qtbot: QtBot) -> None:
    hint = 'pip install "stance-annotator[parquet]"'
    forms = [(form, hint if form.name == "parquet" else None) for form in registry.forms()]
    open_with(window, Chosen(folder="/srv/out"), forms)
    planned(qtbot, window)
    qtbot.keyClick(window.forms.view, Qt.Key.Key_Down)
    assert window.forms.form is not None
    assert window.forms.form.name == "parquet"
    qtbot.waitUntil(lambda: window.foot.state.text().endswith(hint))
    assert not window.foot.export.isEnabled()
    assert not window.grab().isNull()


def test_every_form_has_a_known_library_and_words() -> None:
    for form in registry.forms():
        registry.install_hint(form)  # raises for an extra that nobody knows
        assert form.title
        assert form.carries


def test_texts_that_may_not_be_shared_stay_here(window: ExportWindow, qtbot: QtBot) -> None:
    form = window.choices.form
    assert form.forbid_texts(True)
    assert not form.forbid_texts(True)
    assert form.stand_off.isChecked()
    assert not form.stand_off.isEnabled()
    open_with(window, Chosen(folder="/srv/out"))
    form.forbid_texts(True)
    assert planned(qtbot, window).stand_off


def test_a_form_that_cannot_stand_off_does_not_take_the_wish_away(
    window: ExportWindow, qtbot: QtBot
) -> None:
    form = window.choices.form
    form.stand_off.click()
    window.forms.choose("conll")
    assert form.stand_off.isEnabled()
    assert planned(qtbot, window).stand_off
    form.stand_off.click()
    assert not form.stand_off.isEnabled()


def test_writing_shows_progress_and_can_be_cancelled(window: ExportWindow, qtbot: QtBot) -> None:
    foot = window.foot
    asked, cancelled = heard(window.export_asked), heard(window.cancel_asked)
    qtbot.mouseClick(foot.export, Qt.MouseButton.LeftButton)
    assert asked == [("/srv/out", Order())]
    assert foot.bar.isVisible()
    assert not foot.export.isVisible()
    assert not window.choices.isEnabled()
    window.show_progress(2, 3)
    assert (foot.bar.value(), foot.state.text()) == (2, "Writing: 2 of 3")
    qtbot.keyClick(foot.cancel, Qt.Key.Key_Return)
    assert len(cancelled) == 1
    assert foot.state.text() == "Cancelled; what was there before is untouched."
    window.show_progress(3, 3)  # what was under way when it was cancelled
    assert foot.state.text().startswith("Cancelled")
    qtbot.mouseClick(foot.cancel, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert len(cancelled) == 1


def test_done_says_where_it_lies_and_offers_it_again(window: ExportWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.foot.export, Qt.MouseButton.LeftButton)
    window.show_done(REPORT)
    assert window.foot.state.text() == f"✓ 12 statements and 3 articles written to {REPORT.folder}"
    assert window.foot.open_folder.isVisible()
    assert window.foot.export.text() == "Export again"
    window.choices.content.excluded.click()
    assert window.foot.export.text() == "Export"
    assert window.foot.state.text() == ""


def test_a_failure_is_a_sentence_and_it_can_be_tried_again(
    window: ExportWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(window.foot.export, Qt.MouseButton.LeftButton)
    window.show_error("The folder “/srv/out” cannot be written.")
    assert window.foot.state.text() == "The folder “/srv/out” cannot be written."
    assert window.foot.export.isEnabled()


def test_an_export_that_is_there_is_told_of(window: ExportWindow, tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text("{}")
    window.set_folder(str(tmp_path))
    assert "replaced as a whole" in window.foot.state.text()
    window.set_folder(str(tmp_path / "new"))
    assert window.foot.state.text() == ""


def test_tab_reaches_every_control_from_left_to_right(window: ExportWindow, qtbot: QtBot) -> None:
    window.choices.split.parts.buttons["shares"].click()
    planned(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.forms.view.setFocus()
    seen: list[QWidget] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.append(focused)
        assert focused.accessibleName() or getattr(focused, "text", str)(), focused
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    content, split, foot = window.choices.content, window.choices.split, window.foot
    wanted: list[QWidget] = [
        window.forms.view,
        content.whose.buttons["own"],
        *content.people.values(),
        content.status.buttons["done"],
        *content.targets.values(),
        content.when,
        content.excluded,
        content.negatives,
        split.parts.buttons["shares"],
        split.shares,
        split.by,
        split.seed,
        window.choices.form.stand_off,
        *window.choices.form.units.values(),
        window.preview.files,
        window.preview.records,
        foot.field,
        foot.choose,
        foot.card,
        foot.cancel,
        foot.export,
    ]
    assert [w for w in seen if w in wanted] == wanted
    strangers = [w for w in seen if w not in wanted]
    assert all(w is window.preview for w in strangers)


def test_arrows_go_from_one_choice_to_the_next(window: ExportWindow, qtbot: QtBot) -> None:
    parts = window.choices.split.parts
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    parts.buttons["none"].setFocus()
    qtbot.keyClick(parts.buttons["none"], Qt.Key.Key_Right)
    assert parts.value == "shares"
    order = planned(qtbot, window)
    assert order.splitting is not None
    qtbot.keyClick(window.choices.split.seed, Qt.Key.Key_Up)
    assert window.choices.split.seed.value() == 1


@pytest.mark.usefixtures("look")
def test_it_is_whole_in_a_small_window(window: ExportWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    window.choices.split.parts.buttons["folds"].click()
    folds = {
        (f"fold{n}", "Ada", target, stance): n
        for n in range(1, 6)
        for target in ("ceasefire", "troop_deployment")
        for stance in ("favor", "against", "neutral", "unclear")
    }
    rows = {f"fold{n}": 8 * n for n in range(1, 6)}
    planned(qtbot, window, Preview(LINES, COUNTS, spread=folds, rows=rows, leaks=LEAKS))
    assert window.size().toTuple() == (1024, 700)
    assert [bar.name for bar in window.preview.figure.bars] == [f"Fold {n}" for n in range(1, 6)]
    for scrolled in (window.choices, window.preview):
        assert scrolled.horizontalScrollBar().maximum() == 0
    assert not window.grab().isNull()


def test_parts_of_a_bar_are_told_apart_without_their_colour() -> None:
    numbers = saying.spread(SPREAD, ["train", "test"])
    lines = bars(numbers, {"train": 9, "test": 3}, CODEBOOK, "en")
    assert [part.symbol for bar in lines for part in bar.parts] == ["▲", "▼", "–"]
    assert spoken(lines).startswith("Train 9; Ceasefire 8: Favor 8;")
    for look in (theme.LIGHT, theme.DARK):
        for hue in look.hues.values():
            for shade in (1.0, 0.72, 0.46, 0.24, 0.12):
                ground = theme.mixed(look.paper, hue.strong, shade)
                inks = (theme.colour(look.ink), theme.colour(look.accent_ink))
                assert max(theme.contrast(ink, ground) for ink in inks) >= 3


def test_a_long_name_pushes_no_choice_out_of_sight(qtbot: QtBot) -> None:
    window = ExportWindow()
    qtbot.addWidget(window)
    people = [(1, "Jean-Christophe de La Rochefoucauld-Montmorency"), (2, "Noé")]
    forms = [(form, None) for form in registry.forms()]
    window.show_choices(forms, people, CODEBOOK, Chosen(), "fr")
    window.show()
    qtbot.waitExposed(window)
    panel = window.choices
    assert panel.inside.width() <= panel.viewport().width()
    assert panel.content.people[1].width() <= panel.content.width()
    assert panel.content.when.width() <= panel.content.width()


def test_notes_call_a_fold_as_the_figure_does() -> None:
    assert saying.note("fold2 holds nothing.") == "Fold 2 holds nothing."
    assert saying.note("test holds nothing.") == "Test holds nothing."
    assert saying.note("the 3 statements form one group.") == "The 3 statements form one group."
