"""Labels as fast as it can until it is killed: `python -m tests.property.labeller`.

A line `DEED SEED PATH` on standard input starts a process that does the deed; it writes one line
of JSON after each action that the services say is done. When it has ended, `end STATUS` follows.
Processes are forked from this one, so that starting one takes no time.
"""

import json
import os
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from annotator.domain.changes import Step
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import adjudicating, annotating, merging, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import article_values

TARGETS = ("ceasefire", "troop_deployment", None)
STANCES = ("favor", "against", "neutral", "unclear", None)
NAMES = ("Orla Venn", "Harsk", "Édouard Radel", "🕊️")


def label(path: Path, dice: random.Random) -> None:
    """Do one random action after the other and acknowledge each."""
    project = projects.open_project(path)
    assert project.notice is None, project.notice
    heard: list[Step] = []
    project.store.listeners.append(heard.append)
    while True:
        state = act(project, dice)
        for step in heard:
            changes = [[c.table, c.row_id, c.kind, c.after] for c in step.changes]
            say({"step": step.id, "state": state, "changes": changes})
        heard.clear()


def act(project: Project, dice: random.Random) -> str:
    """Do one action; return the state its step is in afterwards."""
    chance = dice.random()
    if chance < 0.12:
        projects.undo_step(project)
        return "undone"
    if chance < 0.2:
        projects.redo_step(project)
        return "done"
    article = dice.choice((1, 2))
    found = annotating.statements(project, article)
    deeds: list[Callable[[], object]] = [partial(annotating.mark, project, article, a_span(dice))]
    if found:
        chosen = dice.choice(found).id
        deeds += [
            partial(annotating.choose, project, chosen, "target", dice.choice(TARGETS)),
            partial(annotating.choose, project, chosen, "stance", dice.choice(STANCES)),
            partial(annotating.take_usual, project, chosen),
            partial(annotating.set_note, project, chosen, str(dice.random())),
            partial(annotating.add_piece, project, chosen, a_span(dice)),
            partial(annotating.delete_statement, project, chosen),
            partial(annotating.same_words, project, chosen, but="target"),
            partial(annotating.exclude, project, article, a_span(dice)),
            partial(annotating.set_status, project, article, dice.choice(("todo", "flagged"))),
            partial(speakers.assign_new, project, chosen, dice.choice(NAMES)),
            partial(speakers.add_source, project, chosen, 1),
        ]
    try:
        dice.choice(deeds)()
    except UserError as error:
        raise AssertionError(str(error)) from error
    return "done"


def a_span(dice: random.Random) -> Span:
    start = dice.randrange(60)
    return Span(start, start + dice.randrange(1, 30))


def import_articles(path: Path, dice: random.Random) -> None:
    """Bring in articles, part by part, without end."""
    project = projects.open_project(path)
    step = project.long_step("Import articles")
    number = 0
    while True:
        with step.part():
            for _ in range(5):
                number += 1
                values = article_values(f"n{number}", f"Zeppelin {number} {dice.random()}")
                project.store.insert_many("article", tuple(values), [tuple(values.values())])
        say({"part": number})


def take_agreed(path: Path, dice: random.Random) -> None:
    """Take what all agree on, part by part, and take it back, again and again."""
    adjudicating._AT_ONCE = 10
    project = projects.open_project(path)
    while True:
        for part in adjudicating.take_agreed(project, adjudicating.agreed(project)):
            say({"part": part})
        projects.undo_step(project)


def merge(path: Path, dice: random.Random) -> None:
    """Merge the project that lies beside, part by part, and take it back, again and again."""
    merging._AT_ONCE = 10
    project = projects.open_project(path)
    while True:
        for part in merging.add(project, merging.plan(project, path.with_name("other.stance"))):
            say({"part": part})
        projects.undo_step(project)


def say(found: dict[str, Any]) -> None:
    os.write(1, json.dumps(found).encode() + b"\n")


DEEDS = {"label": label, "import": import_articles, "agree": take_agreed, "merge": merge}


def main() -> None:
    """Fork a process for every line on standard input, and wait for its end."""
    for line in sys.stdin:
        deed, seed, path = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            say({"pid": os.getpid()})
            DEEDS[deed](Path(path), random.Random(int(seed)))
        _, status = os.waitpid(child, 0)
        # A line that the kill cut short ends here.
        os.write(1, f"\nend {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
