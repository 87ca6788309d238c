"""The panel at the left: who is compared, on which articles, and how statements are matched."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.services.agreement import Progressed, Roster
from annotator.ui import theme
from annotator.ui.agreement import choice as choices
from annotator.ui.agreement import saying
from annotator.ui.agreement.article_popup import ArticlePopup
from annotator.ui.agreement.choice import Choice
from annotator.ui.tick_box import TickBox
from annotator.ui.words import ElidedWords, Words

_MATCHING = (
    "Two statements are the same one when their words overlap by half, or one holds the other and"
    " they overlap by .3."
)


class ComparePanel(QWidget):
    """`changed` carries the Choice that is to be compared from now on."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.choice = Choice()
        self.ticks: dict[int, TickBox] = {}
        self._roster = Roster((), {}, {})
        self._name = ElidedWords(size=theme.STRONG, strong=True)
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.SMALL)
        self._articles = Words(wrap=True)
        self.choose_articles = QPushButton("Choose articles…")
        self.choose_articles.clicked.connect(self._on_choose)
        self.same_target = TickBox("Same target needed")
        self.same_target.setChecked(True)
        self.same_target.toggled.connect(self._on_same_target)
        self.popup: ArticlePopup | None = None
        self._foot = Words(size=theme.CAPTION, tone="soft", wrap=True)
        self._version = Words(size=theme.CAPTION, tone="soft", wrap=True)
        self._lay_out()

    def show_project(self, name: str) -> None:
        """Show the project's name."""
        self._name.show_words(name)

    def show_roster(self, roster: Roster, choice: Choice) -> None:
        """Show who and what there is, and what of it is chosen; says nothing."""
        self._roster, self.choice = roster, choice
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.ticks = {}
        for person in roster.people:
            self._people.addWidget(self._person(person))
        with QSignalBlocker(self.same_target):
            self.same_target.setChecked(choice.same_target)
        self._refresh()

    def show_codebook_version(self, version: str) -> None:
        """Show which version of the codebook the labels follow."""
        self._version.setText(f"Codebook {version}")

    def show_settings(self, draws: int, seed: int, fewest: int) -> None:
        """Show how the intervals are drawn, or that there are too few articles for them."""
        if len(self.choice.of(self._roster)) < fewest:
            words = f"Below {fewest} articles there are too few for a 95 % interval; none is shown."
        else:
            words = f"95 % intervals: {draws:,} draws of articles, seed {seed}."
        self._foot.setText(words)

    def first_widget(self) -> QWidget:
        """Return what takes the keys when this panel gets them."""
        return next(iter(self.ticks.values()), self.choose_articles)

    def _person(self, person: Progressed) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        tick = TickBox(person.name.replace("&", "&&"))
        tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tick.setChecked(person.annotator_id in self.choice.annotators)
        done = saying.counted(person.done, "article", "articles")
        statements = saying.counted(person.statements, "statement", "statements")
        told = f"{person.done:,} done · {statements}"
        tick.setAccessibleName(f"Compare {person.name}: {done} done, {statements}")
        tick.setToolTip(person.name)
        tick.toggled.connect(self._on_ticked)
        below = ElidedWords(told, size=theme.CAPTION + 1, tone="soft")
        below.setContentsMargins(24, 0, 0, 0)
        layout.addWidget(tick)
        layout.addWidget(below)
        self.ticks[person.annotator_id] = tick
        return box

    @Slot()
    def _on_ticked(self) -> None:
        annotators = tuple(id_ for id_, tick in self.ticks.items() if tick.isChecked())
        # Other people have done other articles: what was chosen by hand may not be there.
        self._change(replace(self.choice, annotators=annotators, articles=None))

    @Slot(bool)
    def _on_same_target(self, on: bool) -> None:
        self._change(replace(self.choice, same_target=on))

    @Slot(object)
    def _on_articles(self, articles: frozenset[int] | None) -> None:
        self._change(replace(self.choice, articles=articles))

    @Slot()
    def _on_choose(self) -> None:
        if self.popup is None:
            self.popup = ArticlePopup(self)
            self.popup.chosen.connect(self._on_articles)
        roster, chosen = self._roster, self.choice.annotators
        at = self.choose_articles.mapToGlobal(QPoint(0, self.choose_articles.height() + 4))
        self.popup.open(
            at,
            roster.titles,
            self._done_by(),
            self.choice.of(roster),
            roster.done_by_all(chosen),
        )

    def _done_by(self) -> Mapping[int, str]:
        roster, chosen = self._roster, self.choice.annotators
        people = [p for p in roster.people if p.annotator_id in chosen]
        found = {}
        for article in roster.comparable(chosen):
            without = [p.name for p in people if article not in roster.done[p.annotator_id]]
            everybody = "both" if len(people) == 2 else "all"
            found[article] = (
                f"not done by {saying.listed(without)}" if without else f"done by {everybody}"
            )
        return found

    def _change(self, choice: Choice) -> None:
        if choice != self.choice:
            self.choice = choice
            self._refresh()
            self.changed.emit(choice)

    def _refresh(self) -> None:
        roster = self._roster
        self._articles.setText(choices.article_words(self.choice, roster))
        can = len(self.choice.annotators) > 1 and bool(roster.comparable(self.choice.annotators))
        self.choose_articles.setEnabled(can)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setAutoFillBackground(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._name)
        layout.addSpacing(theme.SMALL)
        layout.addWidget(_heading("Compare"))
        layout.addLayout(self._people)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(_heading("Articles"))
        layout.addWidget(self._articles)
        layout.addWidget(self.choose_articles, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(_heading("Matching"))
        layout.addWidget(self.same_target)
        layout.addWidget(Words(_MATCHING, size=theme.CAPTION, tone="soft", wrap=True))
        layout.addStretch(1)
        layout.addWidget(self._foot)
        layout.addWidget(self._version)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def _heading(words: str) -> Words:
    return Words(words, size=theme.CAPTION + 1, strong=True, tone="soft")
