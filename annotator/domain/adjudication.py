"""Deciding between annotators: cases, in what they differ, and what was decided."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, get_args

from annotator.domain.records import Statement
from annotator.domain.spans import Span, merged

Verdict = Literal["statement", "none", "open"]
Kind = Literal["found", "boundary", "speaker", "target", "stance", "attribute", "source_chain"]
Stale = Literal["changed", "gone", "new"]

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of some annotators' statements, by whom, when and why.

    `statement_id` is the gold statement, None for "no statement here" and for a case that is only
    marked for discussion (`verdict` open). `sources` holds the uids of the statements it was made
    from, each with its fingerprint at that moment; one that the adjudicator made has none.
    `discuss` is a note on what is to be talked about, None when nothing is.
    """

    id: int
    uid: str
    article_id: int
    statement_id: int | None
    annotator_id: int
    verdict: Verdict
    reason: str | None
    discuss: str | None
    decided_at: str
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def made(self) -> bool:
        """Whether anything is decided, or the case only marked for discussion."""
        return self.verdict != "open"


@dataclass(frozen=True, slots=True)
class Case:
    """The statements that annotators made of the same words, and what was decided of them.

    `compared` are the annotators who were asked; `kinds` and `attributes` say in what they differ,
    empty when they agree or there is but one. `stale` says why a decision needs another look: a
    statement it was made from changed or is gone, or a new one came to them. A case whose
    statements are all gone has decisions only.
    """

    article_id: int
    statements: tuple[Statement, ...]
    compared: tuple[int, ...]
    kinds: tuple[Kind, ...] = ()
    attributes: tuple[str, ...] = ()
    rows: tuple[Decision, ...] = ()
    stale: tuple[Stale, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided; usually one decision, more when one case became several statements."""
        return tuple(row for row in self.rows if row.made)

    @property
    def decision(self) -> Decision | None:
        """The first of the decisions, None while there is none."""
        return next(iter(self.decisions), None)

    @property
    def discuss(self) -> str | None:
        """The note on what is to be discussed, None when the case is not marked."""
        return next((row.discuss for row in self.rows if row.discuss is not None), None)

    @property
    def decided(self) -> bool:
        """Whether something is decided, stale or not."""
        return bool(self.decisions)

    @property
    def settled(self) -> bool:
        """Whether it is decided and nothing has changed since."""
        return self.decided and not self.stale

    @property
    def agreed(self) -> bool:
        """Whether at least two annotators were asked and all have just the same, once each."""
        owners = sorted(s.annotator_id for s in self.statements)
        return len(self.compared) > 1 and owners == sorted(self.compared) and not self.kinds


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """How far the adjudication of one article is."""

    article_id: int
    name: str
    cases: int
    decided: int
    stale: int
    discuss: int
    incomplete: int
    statements: int
    compared: int

    @property
    def left(self) -> int:
        """How many cases wait for a first decision."""
        return self.cases - self.decided

    @property
    def gold(self) -> bool:
        """Whether nothing is undecided, stale or incomplete.

        Where nothing was found there is nothing to decide: that is gold when at least two looked.
        """
        looked = self.compared > 1 or self.cases > 0 or self.statements > 0
        return looked and not (self.left or self.stale or self.incomplete)


def case_of(
    statements: Sequence[Statement], compared: Collection[int], attributes: Sequence[str]
) -> Case:
    """Return the case of `statements` of one article (at least one), without its decisions.

    `compared` are the annotators who were asked, `attributes` the ids of the codebook's.
    """
    ordered = tuple(sorted(statements, key=lambda s: (s.start, s.end, s.id)))
    differing = tuple(
        name for name in attributes if len({s.attributes.get(name) for s in ordered}) > 1
    )
    return Case(
        ordered[0].article_id,
        ordered,
        tuple(sorted(compared)),
        _kinds(ordered, compared, differing),
        differing,
    )


def staleness(
    statements: Sequence[Statement],
    decisions: Sequence[Decision],
    present: Mapping[str, str],
) -> tuple[Stale, ...]:
    """Return why the decisions of a case need another look; empty when they hold.

    `present` holds the fingerprint of every statement that is there now, by uid.
    """
    sources = [source for decision in decisions for source in decision.sources.items()]
    covered = {uid for uid, _ in sources}
    found: dict[Stale, bool] = {
        "changed": any(uid in present and present[uid] != seen for uid, seen in sources),
        "gone": any(uid not in present for uid, _ in sources),
        "new": any(s.uid not in covered for s in statements),
    }
    return tuple(kind for kind, holds in found.items() if holds) if decisions else ()


def fingerprint(statement: Statement, speaker_uids: Mapping[int, str]) -> str:
    """Return a short digest of the label: equal for equal labels, whatever their ids and notes.

    It covers the spans, the choices, the flags, the speaker and the source chain.
    """
    chain = [(speaker_uids[s.speaker_id], _ends(s.span)) for s in statement.source_chain]
    speaker = None if statement.speaker_id is None else speaker_uids[statement.speaker_id]
    spans = [statement.mention, statement.cue, statement.condition_span]
    body = [
        [_ends(piece) for piece in statement.pieces],
        speaker,
        statement.target,
        statement.stance,
        sorted(statement.attributes.items()),
        sorted(statement.flags),
        [_ends(span) for span in spans],
        chain,
    ]
    return sha256(json.dumps(body).encode()).hexdigest()[:20]


def soft(statements: Sequence[Statement], stances: Sequence[str]) -> dict[str, float] | None:
    """Return each stance's share among the annotators; None when nobody has chosen one.

    Every annotator weighs the same; who has several statements divides the weight among them.
    """
    by_annotator: dict[int, list[str]] = {}
    for statement in statements:
        if statement.stance is not None:
            by_annotator.setdefault(statement.annotator_id, []).append(statement.stance)
    if not by_annotator:
        return None
    listed = [*stances, *(s for own in by_annotator.values() for s in own if s not in stances)]
    shares = dict.fromkeys(listed, 0.0)
    for own in by_annotator.values():
        for stance in own:
            shares[stance] += 1 / (len(own) * len(by_annotator))
    return {stance: round(share, 6) for stance, share in shares.items()}


def _kinds(
    statements: Sequence[Statement], compared: Collection[int], attributes: Sequence[str]
) -> tuple[Kind, ...]:
    chains = {tuple(link.speaker_id for link in s.source_chain) for s in statements}
    differ: dict[Kind, bool] = {
        "found": len(compared) > 1 and not {s.annotator_id for s in statements} >= set(compared),
        "boundary": len({merged(s.pieces) for s in statements}) > 1,
        "speaker": len({s.speaker_id for s in statements}) > 1,
        "target": len({s.target for s in statements}) > 1,
        "stance": len({s.stance for s in statements}) > 1,
        "attribute": bool(attributes),
        "source_chain": len(chains) > 1,
    }
    return tuple(kind for kind in KINDS if differ[kind])


def _ends(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)
