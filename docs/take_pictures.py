"""Takes the pictures of the guide from the real window, on the invented sample: `make pictures`.

Names of pictures may be given to take only these: `python docs/take_pictures.py palette keys`.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOAL = HERE / "pictures"
SIZE = (1440, 900)
ARTICLE = "01_sommet-de-sarlonne"
BEGUN = "se sont engagés mardi à installer une force de garde en Kestrie"
NAMED = "Vingt-deux gouvernements"
COLOURS = 256
SMALLEST = 0  # Qt's “quality” of a PNG: the most compression, nothing is lost

# Before Qt starts: its own drawing into memory, English, and a home that belongs to nobody.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
sys.path.insert(0, str(HERE.parent))

from PySide6.QtCore import QSettings, qInstallMessageHandler  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from annotator.domain.spans import Span  # noqa: E402
from annotator.formats.card_answers import CardAnswers  # noqa: E402
from annotator.services import (  # noqa: E402
    annotating,
    sample,
)
from annotator.services import project as projects  # noqa: E402
from annotator.ui.adjudicate.page import AdjudicatePage  # noqa: E402
from annotator.ui.agreement.page import AgreementPage  # noqa: E402
from annotator.ui.app import make_app  # noqa: E402
from annotator.ui.dialogs.dataset_card import DatasetCardDialog  # noqa: E402
from annotator.ui.dialogs.import_labels import ImportDialog  # noqa: E402
from annotator.ui.dialogs.merge import MergeDialog  # noqa: E402
from annotator.ui.dialogs.speakers import SpeakersDialog  # noqa: E402
from annotator.ui.hand import Hand  # noqa: E402
from annotator.ui.window import MainWindow  # noqa: E402


class Studio:
    """A window on a fresh sample, and the folder where pictures go."""

    def __init__(self, home: Path) -> None:
        path = home / "Documents" / "Stance sample.stance"
        path.parent.mkdir()
        sample.make_sample(path).close()
        self.window = MainWindow(QSettings(str(home / "ini"), QSettings.Format.IniFormat))
        self.window.resize(*SIZE)
        self.window.show()
        self.hand = Hand(self.window)
        self.hand.take_focus()
        self.window.open_path(path)
        self.page = self.window.page
        self.open_article(ARTICLE)

    def open_article(self, name: str) -> None:
        """Open an article by name, at its beginning, nothing chosen."""
        rows = projects.articles(self.page.desk.project)
        self.page.open_article(next(row.id for row in rows if row.name == name))
        self.hand.settle()

    def choose(self, number: int) -> None:
        """Choose a statement of the open article, counted from 0."""
        self.page.go_to(self.page.sheet.statements[number].id)
        self.hand.settle()

    def take(self, name: str, of: QWidget | None = None) -> None:
        """Save what the window (or another) shows."""
        self.hand.settle()
        self.hand.settle()
        goal = GOAL / f"{name}.png"
        few_colours((of or self.window).grab().toImage()).save(str(goal), "PNG", SMALLEST)  # type: ignore[call-overload]
        sys.stdout.write(f"{goal.relative_to(HERE.parent)}  {goal.stat().st_size / 1000:.0f} kB\n")

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """Return the window of a kind that is open beside the main one."""
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind))


def few_colours(image: QImage) -> QImage:
    """Return the image in its most frequent colours; a third of the size, and nobody sees it."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(image.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in seen.most_common(COLOURS)]
    return image.convertToFormat(QImage.Format.Format_Indexed8, table)


def annotate_light(studio: Studio) -> None:
    """The annotate page with a statement chosen."""
    studio.choose(1)
    studio.take("annotate-light")


def annotate_dark(studio: Studio) -> None:
    """The same in the dark."""
    studio.choose(1)
    studio.window.run("appearance_dark")
    studio.take("annotate-dark")


def welcome(studio: Studio) -> None:
    """What there is without a project."""
    studio.window.run("close")
    studio.take("welcome")


def marking(studio: Studio) -> None:
    """A statement just begun; the words that name its speaker are selected by mouse."""
    hand = studio.hand
    projects.annotate_as(studio.page.desk.project, "Ada")
    studio.page.show_annotator()
    hand.select_by_mouse(hand.find(BEGUN))
    hand.press("2", hand.reader)
    hand.select_by_mouse(hand.find(NAMED))
    studio.take("marking")


def speaker(studio: Studio) -> None:
    """A speaker being named, with who may be meant."""
    studio.choose(1)
    studio.hand.press("B", studio.hand.reader)
    studio.hand.press("S", studio.hand.reader)
    studio.hand.type("gou")
    studio.take("speaker")


def palette(studio: Studio) -> None:
    """The command palette."""
    studio.choose(1)
    studio.window.run("palette")
    studio.hand.type("spea")
    studio.take("palette")


def search(studio: Studio) -> None:
    """A search through all articles."""
    studio.window.run("search")
    studio.hand.type("force garde")
    studio.hand.settle()
    studio.hand.wait(lambda: studio.page.articles.results.hits != [], "The search")
    studio.take("search")


def keys(studio: Studio) -> None:
    """Every key."""
    studio.choose(1)
    studio.window.run("keys")
    studio.take("keys")


def codebook(studio: Studio) -> None:
    """The definitions."""
    from annotator.ui.codebook_panel import CodebookPanel

    studio.choose(1)
    studio.window.run("codebook")
    studio.take("codebook", studio.dialog(CodebookPanel))


def export(studio: Studio) -> None:
    """The export window with a split and what it comes to."""
    studio.window.run("export")
    window = studio.window.side.export_window
    assert window is not None
    window.resize(1240, 900)
    window.set_folder("~/Documents/stance-sample-export")
    studio.hand.click(window.choices.split.parts.buttons["shares"])
    studio.hand.wait(lambda: window.planned is not None, "The preview")
    studio.take("export", window)


def import_labels(studio: Studio) -> None:
    """What another program's labels become, before they come in."""
    text = studio.page.desk.text

    def spot(words: str, label: str) -> list[object]:
        start = text.index(words)
        return [start, start + len(words), label]

    marked = [
        spot(BEGUN, "troop_deployment:pour"),
        spot("appelé les deux camps à cesser le feu", "cessez-le-feu:pour"),
        spot("trop tôt", "troop_deployment:neutre"),
        spot("Hélène Vauquerin", "locuteur"),
        spot("Ruth Ellingway", "locuteur"),
    ]
    lines = [
        {"text": text, "label": marked, "user": "Inès"},
        {"text": text, "label": [*marked[:2], [9000, 9004, "cessez-le-feu"]], "user": "Théo"},
    ]
    path = studio.page.desk.project.path.with_name("doccano.jsonl")
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    studio.window.side.show_labels(path)
    dialog = studio.dialog(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    studio.hand.wait(dialog.go.isEnabled, "The preview")
    dialog.file.show_words("~/Documents/doccano.jsonl")
    studio.take("import-labels", dialog)


def card(studio: Studio) -> None:
    """The questions of the dataset card, some of them answered."""
    studio.window.run("card")
    dialog = studio.dialog(DatasetCardDialog)
    assert isinstance(dialog, DatasetCardDialog)
    answers = CardAnswers(
        title="Who wants the truce of Sarlonne, and who would guard it",
        summary="What speakers say of a ceasefire and of a foreign force in invented dispatches"
        " in French and English; each article is labelled by two people.",
        motivation="To learn stances towards a target from few labels, in two languages.",
    )
    dialog.show_answers(answers, True, writable=True)
    studio.take("card", dialog)


def speakers(studio: Studio) -> None:
    """The registry, one speaker selected."""
    studio.window.run("speakers")
    dialog = studio.dialog(SpeakersDialog)
    assert isinstance(dialog, SpeakersDialog)
    dialog.select([studio.page.sheet.statements[1].speaker_id or 1])
    studio.take("speakers", dialog)


def adjudicate(studio: Studio) -> None:
    """The adjudicate page: some cases decided, one in front."""
    page = review(studio)
    for keys in ("1", "J", "0", "J", "2", "J", "J"):
        studio.hand.press(keys, page.panel.card)
    studio.take("adjudicate")


def merge(studio: Studio) -> None:
    """What merging Noor's copy would do."""
    project = studio.page.desk.project
    path = project.path.with_name("Noor.stance")
    shutil.copy(projects.keep_copy(project.path), path)
    copy = projects.open_project(path)
    projects.annotate_as(copy, "Noor")
    first, second, third, *_ = annotating.statements(copy, studio.page.desk.article_id)
    annotating.choose(copy, first.id, "stance", "unclear")
    annotating.choose(copy, second.id, "confidence", "medium")
    annotating.delete_statement(copy, third.id)
    for start in (1400, 1600, 1750):
        annotating.mark(copy, studio.page.desk.article_id, Span(start, start + 60))
    copy.close()
    studio.window.run("merge")
    dialog = studio.dialog(MergeDialog)
    assert isinstance(dialog, MergeDialog)
    dialog.field.setText(str(path))
    studio.hand.press("Return", dialog.field)
    studio.hand.wait(lambda: dialog.plan is not None, "The comparison")
    dialog.field.blockSignals(True)  # else another file would have to be compared
    dialog.field.setText("~/Documents/Noor.stance")
    studio.take("merge", dialog)


def review(studio: Studio) -> AdjudicatePage:
    """Bring the adjudicate page to the front and return it when all is compared."""
    studio.window.run("page_adjudicate")
    page = studio.window.pages.review
    assert isinstance(page, AdjudicatePage)
    studio.hand.wait(lambda: page.docket.case is not None, "The comparison")
    studio.hand.wait(lambda: not page.standings.reading, "The comparison of all articles")
    return page


def not_done(studio: Studio) -> None:
    """Done refuses: something is missing in a statement."""
    studio.choose(1)
    studio.hand.press("T", studio.hand.reader)
    studio.hand.press("Escape", studio.hand.reader)
    studio.hand.press("Ctrl+Return", studio.hand.reader)
    studio.take("not-done")


def agreement(studio: Studio) -> None:
    """The agreement page, all figures there."""
    studio.window.run("page_agreement")
    page = studio.window.pages.review
    assert isinstance(page, AgreementPage)
    studio.hand.wait(lambda: page.complete and not page.working.busy, "The figures", 60)
    studio.hand.wait(lambda: page.board.confusion.grid is not None, "The matrix")
    studio.hand.click(page.board.chain.rows[4])
    page.board.cases.view.setFocus()
    studio.take("agreement")


PICTURES: dict[str, Callable[[Studio], None]] = {
    "annotate-light": annotate_light,
    "annotate-dark": annotate_dark,
    "welcome": welcome,
    "marking": marking,
    "speaker": speaker,
    "palette": palette,
    "search": search,
    "keys": keys,
    "codebook": codebook,
    "export": export,
    "import-labels": import_labels,
    "card": card,
    "speakers": speakers,
    "not-done": not_done,
    "agreement": agreement,
    "adjudicate": adjudicate,
    "merge": merge,
}


def take(name: str) -> None:
    """Take one picture in a window of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        studio = Studio(Path(home))
        try:
            studio.window.run("appearance_light")
            PICTURES[name](studio)
        finally:
            studio.window.close()
            studio.window.deleteLater()
            for other in QApplication.topLevelWidgets():
                if isinstance(other, QDialog):
                    other.deleteLater()
            QApplication.sendPostedEvents()


def main(names: list[str]) -> None:
    """Take the pictures called `names`, all of them without names."""
    GOAL.mkdir(exist_ok=True)
    qInstallMessageHandler(_tell_of_qt)
    app = make_app(["stance-annotator"])
    app.setCursorFlashTime(0)  # the caret stands in every picture
    for name in names or PICTURES:
        take(name)
    app.closeAllWindows()


def _tell_of_qt(_kind: object, _context: object, message: str) -> None:
    # Drawing into memory knows no window manager; that Qt says so at every step helps nobody.
    if "plugin does not support" not in message:
        sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
