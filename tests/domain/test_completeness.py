from dataclasses import replace

from annotator.domain.completeness import missing, usual_choices
from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.services import project as projects

CODEBOOK = projects.read_codebook(projects.default_codebook_file())
ALL = {
    "attribution": "direct",
    "condition": "none",
    "evidence": "explicit",
    "scope": "general",
    "confidence": "high",
}
BARE = Statement(
    *(1, "u", 1, 1, (Span(4, 9), Span(12, 20)), None, None, None, {}, (), None, None, None, None),
    *((), "manual", "1.0.0", "", ""),
)


def test_a_fresh_mark_lacks_everything_in_the_order_of_the_card() -> None:
    assert missing(BARE, CODEBOOK) == ("speaker", "target", "stance", *ALL)


def test_nothing_is_missing_when_all_is_chosen() -> None:
    full = replace(BARE, speaker_id=3, target="ceasefire", stance="unclear", attributes=ALL)
    assert missing(full, CODEBOOK) == ()
    for name in ALL:
        fewer = {k: v for k, v in ALL.items() if k != name}
        assert missing(replace(full, attributes=fewer), CODEBOOK) == (name,)


def test_what_is_not_required_is_not_missed() -> None:
    attributes = tuple(replace(a, required=a.id == "scope") for a in CODEBOOK.attributes)
    assert missing(BARE, replace(CODEBOOK, attributes=attributes))[3:] == ("scope",)


def test_the_usual_fills_only_what_is_open() -> None:
    usual = usual_choices(BARE, CODEBOOK)
    assert "attribution" not in usual  # the codebook calls nothing usual there
    chosen = replace(BARE, attributes={"scope": "own_participation"})
    assert usual_choices(chosen, CODEBOOK) == {k: v for k, v in usual.items() if k != "scope"}


def test_a_statement_reaches_from_its_first_piece_to_its_last() -> None:
    assert (BARE.start, BARE.end, BARE.hull) == (4, 20, Span(4, 20))
    assert BARE.holds(4) and BARE.holds(19) and not BARE.holds(10) and not BARE.holds(20)
