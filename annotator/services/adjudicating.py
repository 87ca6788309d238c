"""Adjudication: deciding cases, and with that making the gold statements.

A gold statement is a statement of its own (`Project.gold` owns it), so everything that edits
statements edits it, while `Project.adjudicates` is set. The annotators' own are never changed.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from annotator.domain.adjudication import ArticleStatus, Case, Decision, Verdict
from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, decisions
from annotator.services.case_reading import agreed, article_cases, cases, report, status
from annotator.services.project import Project, new_uid
from annotator.storage import decision_rows, history, import_rows, queries

__all__ = [
    "ArticleStatus",
    "Case",
    "Decision",
    "Taken",
    "agreed",
    "article_cases",
    "cases",
    "confirm",
    "decide_none",
    "decision_on",
    "discuss",
    "make_new",
    "on_gold",
    "reopen",
    "report",
    "set_reason",
    "status",
    "take",
    "take_agreed",
]

LABEL = "Take what all agree on"

_AT_ONCE = 25  # cases in one commit, so that a window keeps painting


@dataclass(slots=True)
class Taken:
    """What taking the agreed cases did; those that changed since they were listed are left out."""

    taken: int = 0
    left_out: int = 0


@contextmanager
def on_gold(project: Project) -> Iterator[None]:
    """Let what happens inside show and edit the gold statements."""
    with project.on_layer(gold=True):
        yield


def decision_on(project: Project, statement_id: int) -> Decision | None:
    """Return the decision that made a gold statement; None for an annotator's own."""
    return decision_rows.decision_on(project.store, statement_id)


def take(
    project: Project,
    statement_id: int,
    case: Case,
    *,
    reason: str | None = None,
    note: bool = False,
    also: bool = False,
) -> int:
    """Decide a case by a copy of one annotator's statement; return the gold statement's id.

    The copy has its spans, choices, flags, speaker and chain, and with `note` its note. It takes
    the place of what was decided before, unless `also`, when the case becomes one more statement.
    """
    with project.transact("Take statement"):
        row = project.store.row("statement", statement_id)
        gold_id = project.store.insert("statement", _copied(project, row, note=note))
        annotating.copy_chain(project, statement_id, gold_id)
        _decide(project, case, "statement", gold_id, reason, also=also)
    return gold_id


def make_new(
    project: Project,
    article_id: int,
    span: Span,
    *,
    case: Case | None = None,
    target: str | None = None,
    reason: str | None = None,
    exact: bool = False,
    also: bool = False,
) -> int:
    """Make a gold statement on `span` that no annotator has; return its id.

    It decides `case` if one is given; else it was made from nobody's statement.
    """
    with project.transact("Make gold statement"), on_gold(project):
        gold_id = annotating.mark(project, article_id, span, target=target, exact=exact)
        made = decision_rows.decision_on(project.store, gold_id)
        assert made is not None
        if case is not None:
            decisions.delete(project, made.id)
            _decide(project, case, "statement", gold_id, reason, also=also)
        else:
            project.store.update("decision", made.id, {"reason": _cleaned(reason)})
    return gold_id


def decide_none(project: Project, case: Case, reason: str | None = None) -> None:
    """Decide that there is no statement here."""
    with project.transact("Decide: no statement here"):
        _decide(project, case, "none", None, reason, also=False)


def confirm(project: Project, case: Case) -> None:
    """Let what was decided hold for the statements as they are now.

    What all its sources are gone of becomes the adjudicator's own; "no statement here" about
    nothing is given up.
    """
    if not case.decided:
        raise UserError("This case is not decided yet; take a statement, or decide there is none.")
    with project.transact("Confirm decision"):
        sources = _sources(project, case)
        for row in _rows(project, case):
            if not row.made:
                continue
            if row.verdict == "none" and not sources:
                decisions.delete(project, row.id)
                continue
            values = {"annotator_id": project.me.id, "decided_at": history.now()}
            project.store.update("decision", row.id, values)
            decisions.set_sources(project, row.id, sources)


def reopen(project: Project, case: Case) -> None:
    """Take back what was decided, with the gold statements it made."""
    with project.transact("Reopen case"):
        for row in _rows(project, case):
            if row.made:
                decisions.reopen(project, row.id)
                _remove_gold(project, row)


def discuss(project: Project, case: Case, note: str | None) -> None:
    """Mark a case for discussion with a note, blank too; None takes the mark away."""
    with project.transact("Mark for discussion" if note is not None else "Clear discussion"):
        rows = _rows(project, case)
        if note is None:
            for row in rows:
                if row.made:
                    project.store.update("decision", row.id, {"discuss": None})
                else:
                    decisions.delete(project, row.id)
        elif rows:
            marked = next((row for row in rows if row.discuss is not None), rows[0])
            project.store.update("decision", marked.id, {"discuss": note.strip()})
        else:
            sources = _sources(project, case)
            article_id, words = case.article_id, note.strip()
            decisions.insert(project, article_id, "open", None, sources, discuss=words)


def set_reason(project: Project, decision_id: int, reason: str | None) -> None:
    """Say why something was decided; blank clears it."""
    with project.transact("Edit reason"):
        project.store.update("decision", decision_id, {"reason": _cleaned(reason)})


def take_agreed(
    project: Project, listed: Sequence[Case]
) -> Generator[tuple[int, int], None, Taken]:
    """Take the cases that `agreed` listed, some a turn: yields (done, total), returns Taken.

    All of it is undone as one step. A case of which a statement changed, or that was decided
    meanwhile, is left out. Closing the generator before its end leaves nothing behind.
    """
    report = Taken()
    me = project.me
    if not listed:
        return report
    step = project.long_step(LABEL)
    finished = False
    try:
        for done in range(0, len(listed), _AT_ONCE):
            yield done, len(listed)
            chunk = listed[done : done + _AT_ONCE]
            with step.part():
                fresh = _still_so(project, chunk)
                _take_all(project, fresh, me.id)
            report.taken += len(fresh)
            report.left_out += len(chunk) - len(fresh)
        yield len(listed), len(listed)
        finished = True
    finally:
        if not finished:
            step.cancel()
    step.finish()
    return report


def _still_so(project: Project, listed: Sequence[Case]) -> list[Case]:
    uids = [s.uid for case in listed for s in case.statements]
    decided = decision_rows.decided_uids(project.store, uids)
    at = decision_rows.updated_at(project.store, uids)
    return [
        case
        for case in listed
        if all(s.uid not in decided and at.get(s.uid) == s.updated_at for s in case.statements)
    ]


def _take_all(project: Project, listed: Sequence[Case], me: int) -> None:
    """Insert the gold statements and decisions of agreed cases, table by table."""
    store, at = project.store, history.now()
    best = [max(case.statements, key=_told) for case in listed]
    rows = [_copied(project, store.row("statement", s.id), note=False) for s in best]
    columns = import_rows.STATEMENT
    gold = store.insert_many(
        "statement", columns, [tuple(r[c] for c in columns) for r in rows], whole=True
    )
    links = [
        (gold_id, link["position"], link["speaker_id"], link["start"], link["end"])
        for gold_id, statement in zip(gold, best, strict=True)
        if statement.source_chain
        for link in queries.source_rows(store, statement.id)
    ]
    if links:
        store.insert_many("source", import_rows.SOURCE, links, whole=True)
    made = [
        (new_uid(), case.article_id, gold_id, me, "statement", None, None, at)
        for gold_id, case in zip(gold, listed, strict=True)
    ]
    ids = store.insert_many("decision", decision_rows.DECISION, made, whole=True)
    seen = decisions.fingerprints(project, (s for case in listed for s in case.statements))
    sources = [
        (decision_id, s.uid, seen[s.uid])
        for decision_id, case in zip(ids, listed, strict=True)
        for s in case.statements
    ]
    store.insert_many("decision_source", decision_rows.SOURCE, sources, whole=True)


def _told(statement: Statement) -> tuple[int, int]:
    """Order statements that agree by how much is marked in them, then the older first."""
    spans = (statement.mention, statement.cue, statement.condition_span)
    return sum(span is not None for span in spans), -statement.id


def _copied(project: Project, row: dict[str, Any], *, note: bool) -> dict[str, Any]:
    at = history.now()
    values = {column: row[column] for column in import_rows.STATEMENT}
    return values | {
        "uid": new_uid(),
        "annotator_id": project.gold.id,
        "note": row["note"] if note else None,
        "provenance": "manual",
        "codebook_version": project.codebook.version,
        "created_at": at,
        "updated_at": at,
    }


def _decide(
    project: Project,
    case: Case,
    verdict: Verdict,
    gold_id: int | None,
    reason: str | None,
    *,
    also: bool,
) -> None:
    """Put a decision in the place of what was decided of the case, or beside it."""
    sources = _sources(project, case)
    rows = _rows(project, case)
    old = [] if also and any(row.made for row in rows) else rows
    values = {
        "statement_id": gold_id,
        "annotator_id": project.me.id,
        "verdict": verdict,
        "reason": _cleaned(reason),
        "decided_at": history.now(),
    }
    if not old:
        article_id = case.article_id
        decisions.insert(project, article_id, verdict, gold_id, sources, reason=_cleaned(reason))
        return
    project.store.update("decision", old[0].id, values)
    decisions.set_sources(project, old[0].id, sources)
    for row in old[1:]:
        decisions.delete(project, row.id)
    for row in old:
        _remove_gold(project, row)


def _remove_gold(project: Project, row: Decision) -> None:
    if row.statement_id is not None:
        annotating.remove(project, row.statement_id)


def _sources(project: Project, case: Case) -> dict[str, str]:
    """Return the fingerprints of the case's statements as they are now; UserError if one is gone.

    Deciding on what is no longer there would be deciding unseen.
    """
    found = [annotating.find_statement(project, s.id) for s in case.statements]
    present = [s for s in found if s is not None]
    if len(present) < len(found):
        raise UserError("A statement of this case is gone; look at the article again.")
    return decisions.fingerprints(project, present)


def _rows(project: Project, case: Case) -> list[Decision]:
    """Return the decisions about the case as they are now, oldest first."""
    uids = {s.uid for s in case.statements}
    listed = {row.id for row in case.rows}
    found = decision_rows.decisions(project.store, case.article_id)
    return [d for d in found if d.id in listed or not uids.isdisjoint(d.sources)]


def _cleaned(words: str | None) -> str | None:
    return (words or "").strip() or None
