import pytest

from annotator.domain.label_mapping import parse, suggestion
from annotator.errors import UserError
from annotator.services import project as projects

CODEBOOK = projects.read_codebook(projects.default_codebook_file())


@pytest.mark.parametrize(
    ("theirs", "goal"),
    [
        ("ceasefire", "target:ceasefire"),
        ("Cessez-le-feu", "target:ceasefire"),
        ("CESSEZ_LE_FEU", "target:ceasefire"),
        ("ceasefires", "target:ceasefire"),
        ("TroopDeployment", "target:troop_deployment"),
        ("déploiement de troupes / pour", "target:troop_deployment,stance:favor"),
        ("ceasefire:AGAINST", "target:ceasefire,stance:against"),
        ("contre", "stance:against"),
        ("Défavorable", "stance:against"),
        ("Favorable", "stance:favor"),
        ("NONE", "stance:neutral"),
        ("source", "mention"),
        ("Énoncé", "statement"),
        ("implied", "evidence:implied"),
        ("stance=pour", "stance:favor"),
        ("Confiance=Basse", "confidence:low"),
        ("condition=Aucune", "condition:none"),
        ("tronqué", "flag:truncated"),
        ("target", "statement"),
        ("Position", "statement"),
        ("PER", None),
        ("stance=?", None),
        ("colour=favor", None),
    ],
)
def test_names_suggest_what_labels_become(theirs: str, goal: str | None) -> None:
    found = suggestion(theirs, CODEBOOK)
    assert (str(found) if found is not None else None) == goal


@pytest.mark.parametrize(
    "words", ["target:ceasefire", "target:ceasefire,stance:favor", "flag:truncated", "cue", "none"]
)
def test_a_goal_is_written_as_it_is_read(words: str) -> None:
    assert str(parse(words, CODEBOOK)) == words


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("nothing", "“nothing” is nothing a label can become"),
        ("target:peace", "no target “peace”; it has ceasefire, troop_deployment"),
        ("stance:favor,stance:against", "two choices for stance"),
        ("", "is nothing a label can become"),
    ],
)
def test_a_goal_that_is_none_is_refused(words: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        parse(words, CODEBOOK)
