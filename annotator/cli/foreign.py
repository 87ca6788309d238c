"""Labels of other programs on the command line: what they hold, what they become."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from annotator.domain.label_mapping import NONE, Goal, parse
from annotator.domain.offset_units import Unit
from annotator.errors import UserError
from annotator.services import article_reading, foreign_labels, importing_labels, label_survey
from annotator.services.foreign_labels import Choices
from annotator.services.importing_labels import Report
from annotator.services.label_survey import Survey, Their
from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as it was typed."""

    labels: Path
    form: str | None
    names: tuple[str, ...]
    goals: tuple[str, ...]
    unit: Unit | None
    articles: Path | None


def import_labels(project: Project, asked: Asked) -> Report:
    """Bring in labels of another program; UserError when it is not said what they become."""
    reading = foreign_labels.read(asked.labels, asked.form)
    same = asked.articles is not None and _same(asked.articles, asked.labels)
    articles = None
    if asked.articles is not None and not same:
        articles = article_reading.prepare([asked.articles])
    goals = {**foreign_labels.remembered(project), **_goals(project, asked)}
    survey = label_survey.look(project, reading, articles, asked.unit)
    _refuse_open(survey, goals)
    if survey.warning:
        click.echo(f"note: {survey.warning} Say otherwise with --offsets.")
    choices = Choices(goals, _names(asked, survey), survey.unit, add_articles=same)
    batch = foreign_labels.convert(project, reading, choices, articles)
    report = importing_labels.import_batch(project, batch, articles)
    if report.added or report.present:
        known = {their.key for their in survey.labels}
        foreign_labels.remember(project, {k: g for k, g in goals.items() if k in known})
    return report


def _goals(project: Project, asked: Asked) -> Mapping[str, Goal]:
    goals: dict[str, Goal] = {}
    for words in asked.goals:
        theirs, sign, goal = words.rpartition("=")  # theirs may hold a sign, a goal never does
        if not sign or not theirs:
            raise UserError(
                f"“{words}” does not say what becomes what; write THEIRS=GOAL, for example"
                " “pour=stance:favor”."
            )
        goals[theirs] = parse(goal, project.codebook)
    return goals


def _names(asked: Asked, survey: Survey) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for words in asked.names:
        theirs, sign, name = words.rpartition("=")
        names[theirs if sign else "*"] = name
    for theirs in names:
        if theirs not in ("*", *survey.annotators):
            listed = ", ".join(f"“{name}”" for name in survey.annotators if name)
            raise UserError(f"The file has no annotator “{theirs}”; it has {listed or 'no names'}.")
    if "" in survey.annotators and not {"", "*"} & names.keys():
        raise UserError(
            "The file does not say whose these labels are; say it with --annotator NAME."
        )
    return names


def _refuse_open(survey: Survey, goals: Mapping[str, Goal]) -> None:
    """List their labels and stop when one of them has no place yet."""
    left = [their for their in survey.open_labels if their.key not in goals]
    if not left:
        return
    for their in survey.labels:
        click.echo(f"{their.count:7,}  {their.key}  {_becomes(their, goals)}  {_shown(their)}")
    # none is a goal that always goes
    say = " ".join(f"--map {_quoted(f'{their.key}={NONE}')}" for their in left[:3])
    more = " …" if len(left) > 3 else ""
    raise UserError(
        f"{len(left)} of their labels have no place here yet; say what each becomes, for example"
        f" {say}{more}, or target:…, stance:…, statement, mention, cue, condition."
    )


def _becomes(their: Their, goals: Mapping[str, Goal]) -> str:
    goal = goals.get(their.key, their.suggested)
    if goal is not None:
        return f"→ {goal}"
    return "→ ?" if their.kind == "label" else "→ none"


def _shown(their: Their) -> str:
    if their.example is None:
        return ""
    before, words, after = their.example
    return f"…{before}[{words}]{after}…"


def _quoted(words: str) -> str:
    return f"'{words}'" if not words.isidentifier() else words


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
