"""The action table: nothing twice, nothing that no key could reach."""

from collections import Counter
from itertools import combinations

import pytest
from PySide6.QtGui import QKeySequence

from annotator.domain.codebook import RESERVED_KEYS
from annotator.services import project
from annotator.ui.actions import ACTIONS, MENUS, Action, codebook_actions, enabled

CODEBOOK = project.read_codebook(project.default_codebook_file())
ALL = [*ACTIONS, *codebook_actions(CODEBOOK, "en")]


def by_id(action_id: str) -> Action:
    return next(action for action in ALL if action.id == action_id)


def twice(values) -> list:
    return [value for value, times in Counter(values).items() if times > 1]


def test_ids_are_unique() -> None:
    assert twice(action.id for action in ALL) == []


# One page is in front; on the adjudicate page a case is decided or a gold statement edited.
NEVER_TOGETHER = (
    *(("annotate", "docket"), ("article", "deciding"), ("article", "case")),
    *(("agreement", other) for other in ("annotate", "docket", "article", "deciding", "case")),
)


def together(one: Action, other: Action) -> bool:
    needs = {*one.needs, *other.needs}
    return not any(needs >= set(pair) for pair in NEVER_TOGETHER)


def test_keys_are_unique() -> None:
    # Compared as Qt reads them, so that Return and return, Shift+A and shift+a are the same.
    by_key: dict[str, list[Action]] = {}
    for action in ALL:
        for key in action.keys:
            by_key.setdefault(QKeySequence(key).toString(), []).append(action)
    clashes = [
        (key, one.id, other.id)
        for key, actions in by_key.items()
        for one, other in combinations(actions, 2)
        if together(one, other)
    ]
    assert clashes == []


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.id)
def test_menus_keys_and_words_are_real(action: Action) -> None:
    assert action.menu in MENUS
    assert action.text.strip() == action.text != ""
    for key in action.keys:
        sequence = QKeySequence(key)
        assert sequence.count() == 1, key
        assert sequence.toString() != "", key


def test_every_choice_of_the_codebook_is_an_action() -> None:
    wanted = [f"choose:{group}:{choice.id}" for group, choice in CODEBOOK.all_choices()]
    assert [action.id for action in codebook_actions(CODEBOOK, "en")] == wanted


def test_choices_are_named_in_the_language_asked_for() -> None:
    texts = {action.id: action.text for action in codebook_actions(CODEBOOK, "fr")}
    assert texts["choose:target:ceasefire"] == "Target: Cessez-le-feu"
    assert texts["choose:stance:against"] == "Stance: Défavorable"


def test_digits_have_a_second_key_for_french_keyboards() -> None:
    keys = {action.id: action.keys for action in codebook_actions(CODEBOOK, "fr")}
    assert keys["choose:target:ceasefire"] == ("1", "&")
    assert keys["choose:flag:truncated"] == ("Alt+3", 'Alt+"')
    assert keys["choose:stance:favor"] == ("F",)


def test_the_keys_a_codebook_must_leave_are_those_of_the_table() -> None:
    labelling = [a for a in ACTIONS if together(a, by_id("choose:stance:favor"))]
    plain = {key for action in labelling for key in action.keys if len(key) == 1}
    assert plain == set(RESERVED_KEYS)


def test_an_action_is_enabled_when_all_it_needs_holds() -> None:
    assert enabled(by_id("quit"), ())
    assert not enabled(by_id("mark"), {"writable", "article"})
    assert enabled(by_id("mark"), {"writable", "article", "selection", "project"})
    assert enabled(by_id("undo"), {"undo"}) and not enabled(by_id("undo"), {"redo"})
