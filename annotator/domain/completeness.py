"""What a statement still lacks before its article can be done."""

from annotator.domain.codebook import Codebook
from annotator.domain.records import Statement


def missing(statement: Statement, codebook: Codebook) -> tuple[str, ...]:
    """Return the ids of the required choices that are not made, in the order of the card."""
    lacking: list[str] = []
    if statement.speaker_id is None:
        lacking.append("speaker")
    if statement.target is None:
        lacking.append("target")
    if statement.stance is None:
        lacking.append("stance")
    lacking.extend(
        a.id for a in codebook.attributes if a.required and a.id not in statement.attributes
    )
    return tuple(lacking)


def usual_choices(statement: Statement, codebook: Codebook) -> dict[str, str]:
    """Return, for each attribute not yet chosen, the value the codebook names as the usual one."""
    return {
        a.id: a.usual
        for a in codebook.attributes
        if a.usual is not None and a.id not in statement.attributes
    }
