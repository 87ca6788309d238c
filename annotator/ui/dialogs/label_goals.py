"""What their labels can become, in words, for the drop-downs of the import."""

from collections.abc import Iterator

from annotator.domain.codebook import Codebook, words
from annotator.domain.label_mapping import LINKED, NONE, PARTS, Goal, Role
from annotator.services.label_survey import Kind

UNDECIDED = "Choose…"

_ROLES = {
    "statement": "Statement, target left open",
    "mention": "Words naming the speaker",
    "cue": "Reporting words",
    "condition": "Words of the condition",
    "piece": "Leads to a further piece",
    "linked": "Joins its two ends",
    "none": "Not imported",
}
_RELATIONS = {
    "mention": "Leads to the speaker",
    "cue": "Leads to the reporting words",
    "piece": "Leads to a further piece",
    "condition": "Leads to the condition",
}

STATEMENT: Role = "statement"
PIECE: Role = "piece"

Entry = tuple[str, Goal | None]  # what is shown; None where a line parts the list


def goal_words(goal: Goal, codebook: Codebook, lang: str) -> str:
    """Return a goal in the words of the codebook."""
    if goal.role:
        return _ROLES[goal.role]
    shown = [_value_words(group, choice, codebook, lang) for group, choice in goal.values]
    if goal.value("target") is not None:  # what stands beside a target needs no title
        shown = [part.partition(": ")[2] or part for part in shown]
    return " · ".join(shown)


def entries(kind: Kind, codebook: Codebook, lang: str) -> Iterator[Entry]:
    """Yield what a label, a choice or a relation of theirs can become, parted into groups."""
    yield _ROLES["none"], NONE
    if kind == "relation":
        yield _ROLES["linked"], LINKED
        for role in (*PARTS, PIECE):
            yield _RELATIONS[role], Goal(role=role)
        return
    yield "", None
    for target in codebook.targets:
        yield from _goal((("target", target.id),), codebook, lang)
    for target in codebook.targets if kind == "label" else ():
        for stance in codebook.stances:
            yield from _goal((("target", target.id), ("stance", stance.id)), codebook, lang)
    yield "", None
    for group, choice in codebook.all_choices():
        if group != "target":
            yield from _goal(((group, choice.id),), codebook, lang)
    if kind == "label":
        yield "", None
        for role in (STATEMENT, *PARTS):
            yield _ROLES[role], Goal(role=role)


def _goal(values: tuple[tuple[str, str], ...], codebook: Codebook, lang: str) -> Iterator[Entry]:
    goal = Goal(values)
    yield goal_words(goal, codebook, lang), goal


def _value_words(group: str, choice_id: str, codebook: Codebook, lang: str) -> str:
    for name, choice in codebook.all_choices():
        if (name, choice.id) == (group, choice_id):
            shown = words(choice.name, lang) or choice.id
            if group == "target":
                return shown
            attribute = codebook.attribute(group)
            title = words(attribute.name, lang) if attribute else group.capitalize()
            return f"{title}: {shown}"
    return f"{group}: {choice_id}"
