"""Marks of one sheet put together into statements, as a mapping says.

Marks on the same words belong together: one about a target makes a statement, others there add
their stance, choices and flags. Words that name a speaker, report or state a condition belong to
the statement that a relation leads to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.codebook import Codebook
from annotator.domain.label_mapping import (
    LINKED,
    NONE,
    PARTS,
    Goal,
    relation_suggestion,
    suggestion,
)
from annotator.domain.spans import PIECE_GAP, Span, merged
from annotator.domain.text import occurrences
from annotator.formats import statement_record
from annotator.formats.jsonl import Refusal
from annotator.formats.labels.form import Mark, Relation, Sheet
from annotator.formats.statement_record import Quote, SpeakerRef, StatementRecord
from annotator.services.label_texts import Alignment, Base

Pieces = tuple[tuple[int, int], ...]

_SPEAKER_TYPE = "person"  # of a speaker about whom nothing else is known


def choice_key(name: str, value: str) -> str:
    """Return under which key a named choice of theirs stands in a mapping."""
    return f"{name}={value}"


def relation_key(label: str) -> str:
    """Return under which key a relation of theirs stands in a mapping."""
    return f"relation {label}"


@dataclass(slots=True)
class Mapped:
    """A mapping as it is applied: what was said, else what the names suggest."""

    codebook: Codebook
    goals: Mapping[str, Goal]
    left_out: Counter[str] = field(default_factory=Counter)
    _suggested: dict[str, Goal | None] = field(default_factory=dict)

    def goal(self, key: str) -> Goal | None:
        """Return what `key` becomes; None when nobody said so and no name is alike."""
        if key in self.goals:
            return self.goals[key]
        if key not in self._suggested:
            self._suggested[key] = suggestion(key, self.codebook)
        return self._suggested[key]

    def relation(self, label: str) -> Goal:
        """Return what a relation becomes; one of which nothing is said links its two ends."""
        key = relation_key(label)
        if key in self.goals:
            return self.goals[key]
        return relation_suggestion(label)


@dataclass(slots=True)
class _Placed:
    """A mark with what it becomes and where it lies."""

    mark: Mark
    goal: Goal
    values: dict[str, str]
    flags: list[str]
    pieces: Pieces


@dataclass(slots=True)
class _Draft:
    """A statement in the making."""

    first: _Placed
    values: dict[str, str]
    flags: list[str]
    parts: dict[str, Pieces] = field(default_factory=dict)
    speaker: str | None = None
    speaker_type: str | None = None
    note: str | None = None


class Assembler:
    """Makes the statements of one sheet, and lists the marks that cannot be one."""

    def __init__(self, sheet: Sheet, base: Base, alignment: Alignment, mapped: Mapped) -> None:
        self._sheet = sheet
        self._base = base
        self._alignment = alignment
        self._mapped = mapped
        self.refused: list[Refusal] = []
        self._further: set[int] = set()  # marks that are further pieces of others

    def statements(self) -> Iterator[tuple[Mark, StatementRecord]]:
        """Yield each statement with the mark it begins with."""
        placed = [found for mark in self._sound() if (found := self._placed(mark))]
        by_id: dict[str, list[_Placed]] = {}
        for one in placed:
            if one.mark.id is not None:
                by_id.setdefault(one.mark.id, []).append(one)
        joined, parts = self._related(by_id)
        content = [
            one for one in placed if one.goal.role not in PARTS and id(one) not in self._further
        ]
        drafts = self._drafts(content, joined)
        self._attach(placed, parts, drafts)
        for draft in drafts.values():
            yield draft.first.mark, self._record(draft)

    def _sound(self) -> Iterator[Mark]:
        """Yield the marks but those whose id is that of other words."""
        pieces: dict[str, object] = {}
        for mark in self._sheet.marks:
            if mark.id is None or pieces.setdefault(mark.id, mark.pieces) == mark.pieces:
                yield mark
            else:
                self.refused.append(mark.refuse(f"its id “{mark.id}” is that of other words"))

    def _placed(self, mark: Mark) -> _Placed | None:
        """Return a mark with its place and what it becomes; None when it is left out or refused."""
        goal = self._mapped.goal(mark.label) if mark.label else Goal(role="statement")
        values: dict[str, str] = {}
        flags: list[str] = []
        for group, choice in goal.values if goal is not None else ():
            flags.append(choice) if group == "flag" else values.setdefault(group, choice)
        for name, value in mark.chosen():
            key = choice_key(name, value)
            chosen = self._mapped.goal(key)
            if chosen is None or chosen == NONE:
                self._mapped.left_out[f"“{key}”"] += 1
                continue
            for group, choice in chosen.values:
                flags.append(choice) if group == "flag" else values.setdefault(group, choice)
        if goal is None or goal in (NONE, LINKED):
            self._mapped.left_out[f"“{mark.label}”"] += 1
            return None
        pieces = self._pieces(mark)
        if isinstance(pieces, str):
            self.refused.append(mark.refuse(pieces))
            return None
        return _Placed(mark, goal, values, flags, pieces)

    def _pieces(self, mark: Mark) -> Pieces | str:
        if not mark.pieces:
            return self._sought(mark)
        found: list[Span] = []
        for piece in mark.pieces:
            span = self._alignment.span(*piece)
            if isinstance(span, str):
                return span
            found.append(Span(*span))
        if mark.quote and not self._alignment.quotes(mark):
            words = PIECE_GAP.join(span.of(self._base.text) for span in found)
            return f"its words “{_cut(mark.quote)}” are not what stands there: “{_cut(words)}”"
        text, pieces = self._base.text, [(span.start, span.end) for span in merged(found)]
        for at in range(len(pieces) - 1, 0, -1):  # brat parts what goes over the end of a line
            if not text[pieces[at - 1][1] : pieces[at][0]].strip("\n"):
                pieces[at - 1 : at + 1] = [(pieces[at - 1][0], pieces[at][1])]
        return tuple(pieces)

    def _sought(self, mark: Mark) -> Pieces | str:
        """Return where the words of a mark without offsets stand."""
        text, words = self._base.text, (mark.quote or "").strip()
        if words[:1] == "'" and words[1:2] in tuple("=+-@") and words not in text:
            words = words[1:]  # put there against a spreadsheet
        found = [Span(at, at + len(words)) for at in _places(words, text)] if words else []
        if not found:  # as a reader would find them: accents, case and curly apostrophes aside
            found = occurrences(words, text)
        if not found:
            return f"its words “{_cut(words)}” do not stand in the article"
        nth = mark.nth
        if nth is None and len(found) > 1:
            number = len(found)
            return f"its words “{_cut(words)}” stand {number} times in the article; say which (nth)"
        if nth is not None and nth > len(found):
            return f"its words “{_cut(words)}” do not stand {nth} times in the article"
        span = found[(nth or 1) - 1]
        return ((span.start, span.end),)

    def _related(
        self, by_id: Mapping[str, Sequence[_Placed]]
    ) -> tuple[dict[int, _Placed], dict[int, list[tuple[str, _Placed]]]]:
        """Return what the relations say, by the identity of marks.

        First, the content to which another adds its values; second, the contents to which a part
        (by role) belongs.
        """
        joined: dict[int, _Placed] = {}
        parts: dict[int, list[tuple[str, _Placed]]] = {}
        for relation in self._sheet.relations:
            goal = self._mapped.relation(relation.label)
            if goal == NONE:
                self._mapped.left_out[f"relation “{relation.label}”"] += 1
                continue
            for one, other in self._ends(relation, by_id):
                role = goal.role if goal.role in PARTS else one.goal.role
                if goal.role == "piece":
                    self._further.add(id(one))
                    spans = merged(Span(*piece) for piece in (*other.pieces, *one.pieces))
                    other.pieces = tuple((span.start, span.end) for span in spans)
                elif role in PARTS:
                    parts.setdefault(id(one), []).append((role, other))
                elif "target" in one.values or not (one.values or one.flags):
                    joined[id(other)] = one
                else:
                    joined[id(one)] = other
        return joined, parts

    def _ends(
        self, relation: Relation, by_id: Mapping[str, Sequence[_Placed]]
    ) -> Iterator[tuple[_Placed, _Placed]]:
        """Yield the two ends of a relation, that which is a part of the other first."""
        starts, goals = by_id.get(relation.start, ()), by_id.get(relation.goal, ())
        if not starts or not goals:
            known = {mark.id for mark in self._sheet.marks}
            for end in (relation.start, relation.goal):
                if end not in known:
                    reason = f"relation “{relation.label}” leads to {end}, which is not there"
                    self.refused.append(Refusal(relation.line, reason, relation.place))
            return
        for start in starts:
            for goal in goals:
                if start.goal.role in PARTS and goal.goal.role in PARTS:
                    continue
                yield (start, goal) if start.goal.role in PARTS else (goal, start)

    def _drafts(
        self, content: Sequence[_Placed], joined: Mapping[int, _Placed]
    ) -> dict[int, _Draft]:
        """Return the statements by the identity of the mark each begins with."""
        groups: dict[Pieces, list[_Placed]] = {}
        for one in content:
            onto = joined.get(id(one))
            pieces = onto.pieces if onto is not None and not _leads(one) else one.pieces
            groups.setdefault(pieces, []).append(one)
        drafts: dict[int, _Draft] = {}
        for group in groups.values():
            leading = [one for one in group if _leads(one)]
            others = [one for one in group if not _leads(one)]
            if not leading:
                others.sort(key=lambda one: id(one) in joined)  # what is joined does not lead
                leading, others = others[:1], others[1:]
            made = [_draft(one) for one in leading]
            drafts.update((id(one), draft) for one, draft in zip(leading, made, strict=True))
            for other in others:
                self._add(other, made)
        return drafts

    def _add(self, other: _Placed, drafts: Sequence[_Draft]) -> None:
        """Add what a mark says to the statements on its words."""
        for draft in drafts:
            for group, choice in other.values.items():
                known = draft.values.setdefault(group, choice)
                if known != choice:
                    reason = f"{group} “{choice}” stands beside “{known}” on the same words"
                    self.refused.append(other.mark.refuse(reason))
                    return
            draft.flags += [flag for flag in other.flags if flag not in draft.flags]
            draft.note = draft.note or other.mark.note
            draft.speaker = draft.speaker or other.mark.speaker

    def _attach(
        self,
        placed: Sequence[_Placed],
        parts: Mapping[int, Sequence[tuple[str, _Placed]]],
        drafts: Mapping[int, _Draft],
    ) -> None:
        """Give the statements their mentions, cues and conditions."""
        by_pieces: dict[Pieces, list[_Draft]] = {}
        for draft in drafts.values():
            by_pieces.setdefault(draft.first.pieces, []).append(draft)
        for one in placed:
            if one.goal.role in PARTS and id(one) not in parts:
                reason = f"no relation says of which statement “{one.mark.label}” is the"
                self.refused.append(one.mark.refuse(f"{reason} {one.goal.role}"))
            for role, other in parts.get(id(one), ()):
                own = drafts.get(id(other))
                for draft in [own] if own is not None else by_pieces.get(other.pieces, []):
                    draft.parts.setdefault(role, one.pieces)

    def _record(self, draft: _Draft) -> StatementRecord:
        text, pieces = self._base.text, draft.first.pieces
        quotes = {role: self._quote(parts) for role, parts in draft.parts.items()}
        mention = quotes.get("mention")
        speaker = " ".join((draft.speaker or (mention.text if mention else "")).split())
        kind = draft.speaker_type or _SPEAKER_TYPE
        return StatementRecord(
            schema=statement_record.SCHEMA,
            id=None,
            article=None,
            article_name=self._base.name,
            article_sha256=self._base.sha256,
            start=pieces[0][0],
            end=pieces[-1][1],
            text=PIECE_GAP.join(text[start:end] for start, end in pieces),
            pieces=pieces,
            speaker=SpeakerRef(None, speaker, kind) if speaker else None,
            mention=mention,
            cue=quotes.get("cue"),
            target=draft.values.get("target"),
            stance=draft.values.get("stance"),
            attributes={
                group: choice
                for group, choice in draft.values.items()
                if group not in ("target", "stance")
            },
            condition_span=quotes.get("condition"),
            flags=tuple(draft.flags),
            note=draft.note,
            created_at=self._sheet.at,
            updated_at=self._sheet.at,
        )

    def _quote(self, pieces: Pieces) -> Quote:
        start, end = pieces[0][0], pieces[-1][1]
        return Quote(start, end, self._base.text[start:end])


def _leads(one: _Placed) -> bool:
    """Tell whether a mark makes a statement of its own, whatever else is on its words."""
    return "target" in one.values or one.goal.role == "statement"


def _draft(one: _Placed) -> _Draft:
    mark = one.mark
    return _Draft(
        one,
        dict(one.values),
        list(dict.fromkeys(one.flags)),
        speaker=mark.speaker,
        speaker_type=mark.speaker_type,
        note=mark.note,
    )


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _cut(words: str, room: int = 40) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= room else plain[: room - 1].rstrip() + "…"
