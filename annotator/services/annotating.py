"""Labelling: marks, choices, edges, excluded regions, and the status of an article.

Every function commits before it returns. Spans are code points of the article's text. What is
shown and edited is the project's layer: the annotator's own statements, or the gold ones.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain import text as texts
from annotator.domain.changes import Step
from annotator.domain.completeness import missing, usual_choices
from annotator.domain.records import Article, ExcludedRegion, Statement, Status, Work
from annotator.domain.spans import Span, merged, without
from annotator.errors import UserError
from annotator.services import decisions
from annotator.services.project import Project, new_uid
from annotator.storage import aside, history, queries, rows


class IncompleteError(UserError):
    """An article cannot be done; `statement_id` is the first statement that lacks something."""

    def __init__(self, sentence: str, statement_id: int) -> None:
        super().__init__(sentence)
        self.statement_id = statement_id


def article(project: Project, article_id: int) -> Article:
    """Return one article with its text."""
    return queries.article(project.store, article_id)


def statements(project: Project, article_id: int) -> list[Statement]:
    """Return the statements of the project's layer in one article, in reading order."""
    if project.layer is None:
        return []
    return queries.statements(project.store, article_id, project.layer.id)


def some_statements(
    project: Project, article_id: int, after: tuple[int, int, int], most: int
) -> list[Statement]:
    """Return the next `most` of them after a place in reading order: (start, end, id)."""
    if project.layer is None:
        return []
    return queries.some_statements(project.store, article_id, project.layer.id, after, most)


def statement(project: Project, statement_id: int) -> Statement:
    """Return one statement."""
    return queries.statement(project.store, statement_id)


def find_statement(project: Project, statement_id: int) -> Statement | None:
    """Return one statement, or None when it is gone."""
    try:
        return queries.statement(project.store, statement_id)
    except LookupError:
        return None


def articles_of(project: Project, step: Step) -> set[int]:
    """Return the ids of the articles whose statements, status or decisions `step` changed."""
    found: set[int] = set()
    for change in step.changes:
        if change.table not in ("statement", "work", "decision"):
            continue
        row = change.after if change.after and "article_id" in change.after else change.before
        if row and "article_id" in row:
            found.add(row["article_id"])
        elif change.kind != "delete":
            found.add(project.store.row(change.table, change.row_id)["article_id"])
    return found


def excluded_regions(project: Project, article_id: int) -> list[ExcludedRegion]:
    """Return the excluded regions of one article in reading order."""
    return queries.excluded_regions(project.store, article_id)


def work(project: Project, article_id: int) -> Work:
    """Return how far the current annotator is with one article; nothing on the gold layer."""
    if project.layer is None:
        return Work()
    return queries.work(project.store, article_id, project.layer.id)


def mark(
    project: Project,
    article_id: int,
    span: Span,
    *,
    target: str | None = None,
    exact: bool = False,
) -> int:
    """Start a statement by the current annotator on `span` and return its id.

    The span is widened to whole words unless `exact`; outer blanks are dropped always.
    """
    _refuse_unknown("target", target, [choice.id for choice in project.codebook.targets])
    fitted = fit(project, article_id, span, exact=exact)
    owner = project.owner
    at = history.now()
    values = {
        "uid": new_uid(),
        "article_id": article_id,
        "annotator_id": owner.id,
        "target": target,
        "attributes": "{}",
        "flags": "[]",
        **rows.pieces_columns([fitted]),
        "provenance": "manual",
        "codebook_version": project.codebook.version,
        "created_at": at,
        "updated_at": at,
    }
    with project.transact("Mark statement"):
        statement_id = project.store.insert("statement", values)
        decisions.note_made(project, article_id, statement_id)
        _set_work(project, article_id, "in_progress", only_from=("todo", "done"))
    return statement_id


def fit(project: Project, article_id: int, span: Span, *, exact: bool = False) -> Span:
    """Return `span` as a mark would take it; UserError when it holds nothing but blanks."""
    found = article(project, article_id)
    fitted = (
        texts.trimmed(span, found.text) if exact else texts.snapped(span, found.text, found.lang)
    )
    if fitted is None:
        raise UserError("There are no words in the selection; select some words first.")
    return fitted


def choose(project: Project, statement_id: int, group: str, value: str | None) -> None:
    """Set target, stance or an attribute (`group`) of a statement to `value`; None clears it."""
    codebook = project.codebook
    if group in ("target", "stance"):
        listed = codebook.targets if group == "target" else codebook.stances
        _refuse_unknown(group, value, [choice.id for choice in listed])
        _save(project, statement_id, {group: value}, _label(group, value))
        return
    attribute = codebook.attribute(group)
    _refuse_unknown(group, value, [c.id for c in attribute.choices] if attribute else [])
    chosen = dict(statement(project, statement_id).attributes)
    chosen.pop(group, None)
    if value is not None:
        chosen[group] = value
    _save(project, statement_id, {"attributes": _attributes(project, chosen)}, _label(group, value))


def take_usual(project: Project, statement_id: int) -> None:
    """Choose, for every attribute still open, what the codebook calls usual."""
    found = statement(project, statement_id)
    chosen = {**found.attributes, **usual_choices(found, project.codebook)}
    _save(project, statement_id, {"attributes": _attributes(project, chosen)}, "Take usual choices")


def toggle_flag(project: Project, statement_id: int, flag: str) -> None:
    """Raise or lower one flag of a statement."""
    raised = set(statement(project, statement_id).flags) ^ {flag}
    ordered = [f.id for f in project.codebook.flags if f.id in raised]
    ordered += sorted(raised - set(ordered))
    _save(project, statement_id, {"flags": rows.json_text(ordered)}, "Change flag")


def set_note(project: Project, statement_id: int, note: str) -> None:
    """Set the free note of a statement; blank clears it."""
    _save(project, statement_id, {"note": note.strip() or None}, "Edit note")


def set_span(project: Project, statement_id: int, field: str, span: Span | None) -> None:
    """Set or clear `mention`, `cue` or `condition_span` of a statement."""
    names = {"mention": "speaker's words", "cue": "cue", "condition_span": "condition's words"}
    verb = "Mark" if span else "Clear"
    _save(project, statement_id, rows.span_columns(field, span), f"{verb} {names[field]}")


def add_piece(project: Project, statement_id: int, span: Span) -> None:
    """Add a piece to the content; pieces that touch become one."""
    found = statement(project, statement_id)
    pieces = merged([*found.pieces, span])
    _save(project, statement_id, rows.pieces_columns(pieces), "Add piece")


def remove_piece(project: Project, statement_id: int, span: Span) -> None:
    """Take the code points of `span` out of the content; at least one must remain."""
    left = without(statement(project, statement_id).pieces, span)
    if not left:
        raise UserError("A statement needs some words; delete the statement instead.")
    _save(project, statement_id, rows.pieces_columns(left), "Remove piece")


def reshape(project: Project, statement_id: int, field: str, old: Span, new: Span) -> None:
    """Move the edges of one span of a statement (`field` is content, mention, cue, …)."""
    if field != "content":
        _save(project, statement_id, rows.span_columns(field, new), "Move edge")
        return
    kept = [piece for piece in statement(project, statement_id).pieces if piece != old]
    _save(project, statement_id, rows.pieces_columns(merged([*kept, new])), "Move edge")


def same_words(project: Project, statement_id: int, *, but: str) -> int:
    """Make a second statement of the same words and return its id.

    `but` is what is left open in it: "target" (then the stance is open too) or "speaker".
    """
    found = statement(project, statement_id)
    at = history.now()
    values: dict[str, Any] = {
        "uid": new_uid(),
        "article_id": found.article_id,
        "annotator_id": project.owner.id,
        "attributes": rows.json_text(dict(found.attributes)),
        "flags": "[]",
        **rows.pieces_columns(found.pieces),
        **rows.span_columns("cue", found.cue),
        **rows.span_columns("condition_span", found.condition_span),
        "provenance": "manual",
        "codebook_version": project.codebook.version,
        "created_at": at,
        "updated_at": at,
    }
    if but == "target":
        values |= {"speaker_id": found.speaker_id, **rows.span_columns("mention", found.mention)}
    else:
        values |= {"target": found.target, "stance": found.stance}
    with project.transact(f"Same words, another {but}"):
        new_id = project.store.insert("statement", values)
        if but == "target":
            copy_chain(project, statement_id, new_id)
        decisions.note_made(project, found.article_id, new_id)
        _set_work(project, found.article_id, "in_progress", only_from=("todo", "done"))
    return new_id


def delete_statement(project: Project, statement_id: int) -> None:
    """Delete a statement with its source chain; a gold one with the decision that made it."""
    decisions.refuse_foreign(project, statement_id)
    with project.transact("Delete statement"):
        decisions.forget(project, statement_id)
        remove(project, statement_id)


def remove(project: Project, statement_id: int) -> None:
    """Delete the rows of a statement, inside the transaction of an action."""
    for link in queries.source_rows(project.store, statement_id):
        project.store.delete("source", link["id"])
    project.store.delete("statement", statement_id)


def exclude(project: Project, article_id: int, span: Span, reason: str | None = None) -> None:
    """Exclude a region; one that touches others becomes one with them, and keeps their reason."""
    touching = [
        region
        for region in excluded_regions(project, article_id)
        if region.span.start <= span.end and span.start <= region.span.end
    ]
    reason = reason or next((region.reason for region in touching if region.reason), None)
    if any(region.span.contains(span) and region.reason == reason for region in touching):
        return
    whole = merged([span, *(region.span for region in touching)])[0]
    with project.transact("Exclude region"):
        for region in touching:
            project.store.delete("excluded", region.id)
        _insert_excluded(project, article_id, whole, reason)


def include(project: Project, article_id: int, span: Span) -> bool:
    """Make the code points of `span` reporting again; return whether any were excluded."""
    touched = [r for r in excluded_regions(project, article_id) if r.span.overlaps(span)]
    with project.transact("Include region"):
        for region in touched:
            project.store.delete("excluded", region.id)
            for left in without([region.span], span):
                _insert_excluded(project, article_id, left, region.reason)
    return bool(touched)


def set_status(project: Project, article_id: int, status: Status, note: str | None = None) -> None:
    """Set the status of an article for the current annotator.

    `done` raises IncompleteError while a required choice is missing.
    """
    if project.adjudicates:
        raise UserError("An article becomes gold by deciding its cases; it has no other status.")
    if status == "done":
        _refuse_incomplete(project, article_id)
    labels = {"todo": "To do", "in_progress": "In progress", "done": "Done", "flagged": "Flagged"}
    with project.transact(f"Set status to {labels[status]}"):
        _set_work(project, article_id, status, note=note, keep_note=note is None)


def add_time(project: Project, article_id: int, seconds: float) -> None:
    """Add to the time the current annotator spent on an article; outside undo."""
    if project.read_only or project.annotator is None or seconds <= 0:
        return
    aside.add_seconds(project.store, project.annotator.uid, article_id, seconds)


def first_incomplete(project: Project, article_id: int) -> Statement | None:
    """Return the first statement of the article that lacks a required choice."""
    if project.layer is None:
        return None
    return queries.first_incomplete(project.store, article_id, project.layer.id, project.required)


def _refuse_incomplete(project: Project, article_id: int) -> None:
    found = first_incomplete(project, article_id)
    if found is None:
        return
    lacking = ", ".join(missing(found, project.codebook)).replace("_", " ")
    raise IncompleteError(f"Not done yet: this statement still needs {lacking}.", found.id)


def _refuse_unknown(group: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise UserError(f"The codebook knows no {group} “{value}”.")


def _label(group: str, value: str | None) -> str:
    name = group.replace("_", " ")
    return f"Clear {name}" if value is None else f"Set {name}: {value.replace('_', ' ')}"


def _attributes(project: Project, chosen: Mapping[str, str]) -> str:
    ordered = {a.id: chosen[a.id] for a in project.codebook.attributes if a.id in chosen}
    return rows.json_text({**ordered, **chosen})


def _save(project: Project, statement_id: int, values: Mapping[str, Any], label: str) -> None:
    decisions.refuse_foreign(project, statement_id)
    with project.transact(label):
        if not project.store.update("statement", statement_id, values):
            return
        project.store.update("statement", statement_id, {"updated_at": history.now()})
        reopen_if_incomplete(project, statement_id)


def reopen_if_incomplete(project: Project, statement_id: int) -> None:
    """Set the article back to in progress when it was done and the statement lacks a choice.

    For use inside the transaction of the action that took the choice away.
    """
    found = statement(project, statement_id)
    if missing(found, project.codebook):
        _set_work(project, found.article_id, "in_progress", only_from=("done",))


def _set_work(
    project: Project,
    article_id: int,
    status: Status,
    *,
    note: str | None = None,
    keep_note: bool = True,
    only_from: tuple[Status, ...] | None = None,
) -> None:
    if project.adjudicates:  # how far gold is follows from the decisions
        return
    me = project.me
    row_id = queries.work_id(project.store, article_id, me.id)
    present = work(project, article_id)
    if only_from is not None and present.status not in only_from:
        return
    values = {"status": status, "note": present.note if keep_note else (note or None)}
    if row_id is not None:
        project.store.update("work", row_id, values)
    else:
        key = {"annotator_id": me.id, "article_id": article_id}
        project.store.insert("work", {**key, **values})


def _insert_excluded(project: Project, article_id: int, span: Span, reason: str | None) -> None:
    values = {
        "uid": new_uid(),
        "article_id": article_id,
        "start": span.start,
        "end": span.end,
        "reason": reason,
    }
    project.store.insert("excluded", values)


def copy_chain(project: Project, statement_id: int, new_id: int) -> None:
    """Give `new_id` the source chain of a statement, inside the transaction of an action."""
    for link in queries.source_rows(project.store, statement_id):
        values = {k: v for k, v in link.items() if k != "id"} | {"statement_id": new_id}
        project.store.insert("source", values)
