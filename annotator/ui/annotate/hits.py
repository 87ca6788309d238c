"""What lies where: decisions about clicks and dragged edges, without widgets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Literal

from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.domain.text import snapped

Field = Literal["content", "mention", "cue", "condition_span"]
Edge = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Grip:
    """One end of one span of a statement, which can be dragged."""

    statement_id: int
    field: Field
    span: Span
    edge: Edge

    @property
    def position(self) -> int:
        """The position between code points at which the grip stands."""
        return self.span.start if self.edge == "start" else self.span.end


def under(position: int, statements: Iterable[Statement]) -> list[int]:
    """Return the ids of the statements whose content holds `position`, the smallest first."""
    found = [s for s in statements if s.holds(position)]
    found.sort(key=lambda s: (sum(len(piece) for piece in s.pieces), s.start, s.id))
    return [s.id for s in found]


def turn(ids: Sequence[int], last: int | None) -> int | None:
    """Return whose turn it is among `ids`: the one after `last`, else the first."""
    if not ids:
        return None
    return ids[(ids.index(last) + 1) % len(ids)] if last in ids else ids[0]


def fields(statement: Statement) -> list[tuple[Field, Span]]:
    """Return every span of `statement` that can be dragged, with the field it belongs to."""
    found: list[tuple[Field, Span]] = [("content", piece) for piece in statement.pieces]
    if statement.mention is not None:
        found.append(("mention", statement.mention))
    if statement.cue is not None:
        found.append(("cue", statement.cue))
    if statement.condition_span is not None:
        found.append(("condition_span", statement.condition_span))
    return found


def grips(statement: Statement) -> list[Grip]:
    """Return both ends of every span of `statement`, those of the content first."""
    edges: tuple[Edge, Edge] = ("start", "end")
    return [Grip(statement.id, name, span, e) for name, span in fields(statement) for e in edges]


def nearest(x: float, y: float, knobs: Sequence[tuple[float, float]], radius: float) -> int | None:
    """Return the index of the knob nearest to (x, y) within `radius`; of equals, the first.

    Only the knob itself is taken hold of, not the height of its line: whoever begins to select at
    the first word of a statement, where so often the speaker is named, means the word.
    """
    best: int | None = None
    least = radius
    for i, (knob_x, knob_y) in enumerate(knobs):
        away = hypot(x - knob_x, y - knob_y)
        if away < least:
            best, least = i, away
    return best


def moved(grip: Grip, position: int, text: str, lang: str | None, *, exact: bool) -> Span:
    """Return the span of `grip` with its edge at `position`.

    The edge never crosses the other one. Unless `exact`, a word that it cuts is completed and
    blanks outside are dropped.
    """
    if grip.edge == "start":
        raw = Span(max(0, min(position, grip.span.end - 1)), grip.span.end)
    else:
        raw = Span(grip.span.start, min(len(text), max(position, grip.span.start + 1)))
    if exact:
        return raw
    whole = snapped(raw, text, lang)
    if whole is None:
        return grip.span
    if grip.edge == "start":
        return Span(min(whole.start, grip.span.end - 1), grip.span.end)
    return Span(grip.span.start, max(whole.end, grip.span.start + 1))


def dragged(statement: Statement, grip: Grip, new: Span) -> Statement:
    """Return `statement` as it looks with the span of `grip` become `new`."""
    if grip.field == "mention":
        return replace(statement, mention=new)
    if grip.field == "cue":
        return replace(statement, cue=new)
    if grip.field == "condition_span":
        return replace(statement, condition_span=new)
    pieces = sorted(new if piece == grip.span else piece for piece in statement.pieces)
    return replace(statement, pieces=tuple(pieces))
