"""Statements, speakers and an article for tests of the margin; everything in it is invented."""

from typing import Any

from annotator.domain import naming
from annotator.domain.naming import Candidate
from annotator.domain.records import Speaker, Statement
from annotator.domain.spans import Span
from annotator.services.project import default_codebook_file, read_codebook

CODEBOOK = read_codebook(default_codebook_file())
SENTENCE = "La porte-parole de Radel, Lena Hasp, a déclaré que la force partirait demain. "
TEXT = SENTENCE * 60
SPEAKERS = {
    speaker.id: speaker
    for speaker in (
        Speaker(1, "s1", "Vladimir Radel", "person", None, ("Radel",)),
        Speaker(2, "s2", "Gouvernement de la Brévonie", "government", None, ("Harsk",)),
        Speaker(3, "s3", "Lena Hasp", "person", 1),
        Speaker(4, "s4", "Narrator", "narrator", None),
        Speaker(5, "s5", "Organisation pour la sécurité et la coopération", "organisation", None),
    )
}
COMPLETE = {
    "attribution": "indirect",
    "condition": "none",
    "evidence": "explicit",
    "scope": "general",
    "confidence": "high",
}


def candidates(typed: str) -> list[Candidate]:
    """Find speakers as the program does."""
    return naming.candidates(typed, list(SPEAKERS.values()), {1: 3}, 8)


def statement(id_: int, start: int = 0, **values: Any) -> Statement:
    """Return a complete statement of 40 code points from `start`; `values` make it another."""
    fields: dict[str, Any] = {
        "uid": f"u{id_}",
        "article_id": 1,
        "annotator_id": 1,
        "pieces": (Span(start, start + 40),),
        "speaker_id": 1,
        "target": "troop_deployment",
        "stance": "against",
        "attributes": COMPLETE,
        "flags": (),
        "note": None,
        "mention": None,
        "cue": None,
        "condition_span": None,
        "source_chain": (),
        "provenance": "manual",
        "codebook_version": "1.0.0",
        "created_at": "2030-01-01T00:00:00Z",
        "updated_at": "2030-01-01T00:00:00Z",
    }
    return Statement(id=id_, **(fields | values))


def bare(id_: int, start: int = 0) -> Statement:
    """Return a statement as it is right after marking."""
    return statement(id_, start, speaker_id=None, target=None, stance=None, attributes={})
