"""The main job without a display: import, mark, label, export, in the real window, offscreen.

It replays one annotator's labels of the sample's first article with real keys and the real mouse,
and compares what it exports with them.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator import places
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import label_seeds
from annotator.formats.label_seeds import SeedLabel
from annotator.services import project as projects

if TYPE_CHECKING:
    from annotator.ui.hand import Hand

ARTICLE = "01_sommet-de-sarlonne.txt"
_LEFTOVERS = ("demo.stance", "demo-export", "pictures", "settings.ini")


def run(folder: Path) -> int:
    """Do the main job in `folder`, saving pictures, and say where everything lies."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = folder.resolve()
    _clear(folder)
    from PySide6.QtCore import QSettings, qInstallMessageHandler

    from annotator.ui.app import make_app
    from annotator.ui.hand import Hand
    from annotator.ui.window import MainWindow

    qInstallMessageHandler(_tell_of_qt)
    app = make_app(["stance-annotator"])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings)
    window.resize(1440, 900)
    window.show()
    hand = Hand(window)
    hand.take_focus()
    try:
        _work(hand, folder)
    finally:
        window.close()
        app.closeAllWindows()
    _report(folder)
    return 0


def _clear(folder: Path) -> None:
    """Make the folder, without what an earlier demonstration left there; all else stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*_LEFTOVERS, ".demo.stance.lock", "demo.stance-copies"):
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror
        raise UserError(f"“{folder}” cannot be written ({reason}); choose another.") from error


def _tell_of_qt(_kind: object, _context: object, message: str) -> None:
    # Drawing into memory knows no window manager; that Qt says so at every step helps nobody.
    if "plugin does not support" not in message:
        sys.stderr.write(f"{message}\n")


def _work(hand: "Hand", folder: Path) -> None:
    window, page = hand.window, hand.page
    hand.picture(folder / "pictures" / "1-welcome.png")
    window.new_project(folder / "demo.stance")
    hand.type("Camille")
    hand.press("Return")
    window.files.import_articles(sorted(places.shipped("seeds").glob("*.txt")))
    hand.wait(lambda: not window.files.busy, "The import")
    rows = projects.articles(page.desk.project)
    row = next(row for row in rows if row.name == Path(ARTICLE).stem)
    page.open_article(row.id)
    labels = label_seeds.read_labels(places.shipped("seeds") / "labels" / "camille.json")
    mine = [label for label in labels if label.article == ARTICLE]
    for number, label in enumerate(mine):
        label_by_hand(hand, label, by_mouse=number % 2 == 1)
        hand.picture(folder / "pictures" / f"2-statement-{number + 1}.png")
    hand.press("Ctrl+Return", hand.reader)
    page.open_article(row.id)
    hand.picture(folder / "pictures" / "3-done-light.png")
    window.run("appearance_dark")
    hand.picture(folder / "pictures" / "3-done-dark.png")
    window.run("appearance_light")
    _export(hand, folder, mine)


def label_by_hand(hand: "Hand", label: SeedLabel, *, by_mouse: bool) -> None:
    """Make one statement as a person would: select and press, or drag and click."""
    page = hand.page
    text = page.desk.text
    select = hand.select_by_mouse if by_mouse else hand.select_by_keys
    first, *more = label_seeds.pieces(label, text)
    codebook = page.desk.project.codebook
    select(first)
    _choose(hand, "target", label.target, by_mouse=by_mouse)
    for piece in more:
        select(piece)
        hand.press("P", hand.reader)
    mention = label_seeds.beside(label.mention, label.mention_near, first, text)
    cue = label_seeds.beside(label.cue, label.cue_near, first, text)
    condition = label_seeds.beside(label.condition_span, label.condition_near, first, text)
    _name_speaker(hand, label, mention, by_mouse=by_mouse)
    if cue is not None:
        select(cue)
        hand.press("R", hand.reader)
    if condition is not None:
        select(condition)
    _choose(hand, "condition", label.attributes["condition"], by_mouse=False)
    _choose(hand, "stance", label.stance, by_mouse=by_mouse)
    for attribute in codebook.attributes:
        if attribute.id != "condition":
            _choose(hand, attribute.id, label.attributes[attribute.id], by_mouse=by_mouse)
    for flag in label.flags:
        _choose(hand, "flag", flag, by_mouse=False)
    for name in label.source_chain:
        hand.press("V", hand.reader)
        hand.take_name(name)
        hand.reader.setFocus()
    if label.note:
        hand.press("Shift+N", hand.reader)
        hand.type(label.note)
        hand.press("Return")
    hand.press("Escape", hand.reader)


def _choose(hand: "Hand", group: str, value: str, *, by_mouse: bool) -> None:
    codebook = hand.page.desk.project.codebook
    choice = next(c for g, c in codebook.all_choices() if (g, c.id) == (group, value))
    if by_mouse and group == "target" and hand.page.offers.bar.isVisible():
        hand.click(hand.offer(f"choose:target:{value}"))
    elif by_mouse:
        hand.click(hand.chip(group, value))
    else:
        hand.press(choice.key or "", hand.reader)


def _name_speaker(hand: "Hand", label: SeedLabel, mention: Span | None, *, by_mouse: bool) -> None:
    if mention is not None:
        (hand.select_by_mouse if by_mouse else hand.select_by_keys)(mention)
    hand.press("S", hand.reader)
    chosen = hand.page.sheet.statement(hand.page.sheet.chosen)
    if chosen is not None and chosen.speaker_id is None:
        hand.take_name(label.speaker.name)
        hand.reader.setFocus()
        hand.choose_type(label.speaker.type)
    hand.reader.setFocus()


def _export(hand: "Hand", folder: Path, labels: list[SeedLabel]) -> None:
    window = hand.window
    window.run("export")
    export = window.side.export_window
    if export is None:
        raise RuntimeError("The export window did not open")
    goal = folder / "demo-export"
    export.set_folder(str(goal))
    hand.wait(lambda: export.planned is not None, "The preview")
    hand.settle()
    hand.settle()
    export.grab().save(str(folder / "pictures" / "4-export.png"))
    hand.click(export.foot.export)
    hand.wait(lambda: not export.writing and goal.is_dir(), "The export")
    export.close()
    _compare(goal, hand.page.desk.text, labels)


def _compare(goal: Path, text: str, labels: list[SeedLabel]) -> None:
    """Raise unless every record's words are its slice, and the records are the labels."""
    lines = (goal / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    records = [msgspec.json.decode(line) for line in lines]
    for record in records:
        slices = " … ".join(text[a:b] for a, b in record["pieces"])
        if slices != record["text"]:
            raise RuntimeError(f"Record {record['id']} does not fit the text")
    made = sorted(
        (r["text"], r["speaker"]["name"], r["speaker"]["type"], r["target"], r["stance"])
        for r in records
    )
    meant = sorted(
        (
            " … ".join(label.content),
            label.speaker.name,
            label.speaker.type,
            label.target,
            label.stance,
        )
        for label in labels
    )
    if made != meant:
        raise RuntimeError(f"The export is not what was labelled: {made} instead of {meant}")


def _report(folder: Path) -> None:
    sys.stdout.write(
        f"Imported six articles, labelled one by keyboard and mouse, and exported it.\n"
        f"  project   {folder / 'demo.stance'}\n"
        f"  export    {folder / 'demo-export'} (statements.jsonl, articles.jsonl, dataset.json)\n"
        f"  pictures  {folder / 'pictures'}\n"
        "Every record was checked against its article.\n"
        "With a display, `make run` opens the window.\n"
    )
