"""The rows of decisions: written beside the gold statements that they made, in the same step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from annotator.domain.adjudication import Verdict, fingerprint
from annotator.domain.records import Statement
from annotator.errors import UserError
from annotator.services.project import Project, new_uid
from annotator.storage import decision_rows, history, queries


def note_made(project: Project, article_id: int, statement_id: int) -> None:
    """Note who made a gold statement out of nothing; for the other layer there is nothing to note.

    For use inside the transaction that makes the statement.
    """
    if project.adjudicates:
        insert(project, article_id, "statement", statement_id, {})


def insert(
    project: Project,
    article_id: int,
    verdict: Verdict,
    statement_id: int | None,
    sources: Mapping[str, str],
    *,
    reason: str | None = None,
    discuss: str | None = None,
) -> int:
    """Insert a decision by the current annotator and what it was made from; return its id."""
    values = {
        "uid": new_uid(),
        "article_id": article_id,
        "statement_id": statement_id,
        "annotator_id": project.me.id,
        "verdict": verdict,
        "reason": reason,
        "discuss": discuss,
        "decided_at": history.now(),
    }
    decision_id = project.store.insert("decision", values)
    _insert_sources(project, decision_id, sources)
    return decision_id


def set_sources(project: Project, decision_id: int, sources: Mapping[str, str]) -> None:
    """Let a decision be made from `sources` (uid to fingerprint) from now on."""
    if decision_rows.decision(project.store, decision_id).sources == dict(sources):
        return
    _delete_sources(project, decision_id)
    _insert_sources(project, decision_id, sources)


def delete(project: Project, decision_id: int) -> None:
    """Delete a decision with what it was made from."""
    _delete_sources(project, decision_id)
    project.store.delete("decision", decision_id)


def reopen(project: Project, decision_id: int) -> None:
    """Take a decision back; what is marked for discussion stays marked."""
    if decision_rows.decision(project.store, decision_id).discuss is None:
        delete(project, decision_id)
    else:
        values = {"verdict": "open", "statement_id": None, "reason": None}
        project.store.update("decision", decision_id, values)


def forget(project: Project, statement_id: int) -> None:
    """Take back the decision that made a statement, if one did, before the statement goes."""
    found = decision_rows.decision_on(project.store, statement_id)
    if found is not None:
        reopen(project, found.id)


def refuse_foreign(project: Project, statement_id: int) -> None:
    """Raise UserError when an annotator's own statement would be edited while adjudicating."""
    if not project.adjudicates:
        return
    if queries.owner_of(project.store, statement_id) != project.gold.id:
        raise UserError("An annotator's own label is never changed; take it as gold, then edit.")


def fingerprints(project: Project, statements: Iterable[Statement]) -> dict[str, str]:
    """Return the fingerprints of `statements` by uid."""
    uids = queries.speaker_uids(project.store)
    return {s.uid: fingerprint(s, uids) for s in statements}


@contextmanager
def renewed(project: Project, statement_ids: Sequence[int]) -> Iterator[None]:
    """Keep decisions fresh over a change inside that leaves the labels of statements the same."""
    found = decision_rows.sources_of(project.store, statement_ids)
    before = _by_id(project, {row["statement_id"] for row in found})
    fresh = [row for row in found if before[row["statement_id"]] == row["seen"]]
    yield
    after = _by_id(project, {row["statement_id"] for row in fresh})
    for row in fresh:
        project.store.update("decision_source", row["id"], {"seen": after[row["statement_id"]]})


def _by_id(project: Project, statement_ids: Iterable[int]) -> dict[int, str]:
    uids = queries.speaker_uids(project.store)
    return {i: fingerprint(queries.statement(project.store, i), uids) for i in statement_ids}


def _insert_sources(project: Project, decision_id: int, sources: Mapping[str, str]) -> None:
    for uid, seen in sources.items():
        values = {"decision_id": decision_id, "statement_uid": uid, "seen": seen}
        project.store.insert("decision_source", values)


def _delete_sources(project: Project, decision_id: int) -> None:
    for row_id in decision_rows.source_ids(project.store, decision_id):
        project.store.delete("decision_source", row_id)
