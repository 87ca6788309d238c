"""How each annotator appears on the adjudicate page: a name, and a line of their own."""

import string
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from annotator.domain.records import Annotator
from annotator.ui.annotate.reader_review import Trace

# Told apart best by every eye when taken in this order; hues of targets come last of all.
_HUES = ("pink", "olive", "sky", "purple", "green", "blue", "orange", "grey")
_FORMS = ("solid", "dashed", "dotted", "double")


@dataclass(frozen=True, slots=True)
class Guise:
    """One annotator as shown."""

    annotator_id: int
    name: str
    trace: Trace


def guises(
    people: Sequence[Annotator], target_hues: Collection[str], *, blind: bool, seed: str
) -> list[Guise]:
    """Return how each of `people` appears; `blind` hides who is who.

    Then they come in an order that `seed` (the article) shuffles: neither letter nor line nor
    place tells anything.
    """
    ordered = sorted(people, key=lambda a: a.id)
    if blind:
        ordered.sort(key=lambda a: sha256(f"{seed} {a.uid}".encode()).digest())
    hues = [h for h in _HUES if h not in target_hues] or list(_HUES)
    found = []
    for at, annotator in enumerate(ordered):
        name = f"Annotator {_letter(at)}" if blind else annotator.name
        form = _FORMS[at // 2 % len(_FORMS)]
        trace = Trace(name, hues[at % len(hues)], at % 2 == 1, at // 2, form)
        found.append(Guise(annotator.id, name, trace))
    return found


def _letter(at: int) -> str:
    letters = string.ascii_uppercase
    return (
        letters[at]
        if at < len(letters)
        else letters[at // len(letters) - 1] + _letter(at % len(letters))
    )
