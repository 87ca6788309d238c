"""What the keys of the adjudicate page do to the case in front: one function for each action."""

from typing import TYPE_CHECKING

from annotator.domain.adjudication import Case
from annotator.domain.records import Statement
from annotator.errors import UserError
from annotator.services import adjudicating
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.ui.adjudicate.page import AdjudicatePage


def knows(action_id: str) -> bool:
    """Tell whether `action_id` decides something."""
    return action_id in _DEEDS or action_id.removeprefix("take_").isdigit()


def do(page: "AdjudicatePage", action_id: str) -> None:
    """Carry out the action `action_id`; UserError says what it lacks."""
    if action_id in _DEEDS:
        _DEEDS[action_id](page)
    else:
        _take_number(page, int(action_id.removeprefix("take_")))


def take(page: "AdjudicatePage", statement_id: int) -> None:
    """Decide the case in front by one annotator's statement."""
    case, project = _case(page), page.open_project
    also, page.beside = page.beside, False
    adjudicating.take(project, statement_id, case, also=also)


def nearest(case: Case) -> Statement:
    """Return the statement of a case that has most in common with the others, the first of equals.

    UserError when there is none left.
    """
    if not case.statements:
        raise UserError("No statement of this case is left; select words and press M instead.")
    return max(case.statements, key=lambda s: sum(_alike(s, other) for other in case.statements))


def _alike(one: Statement, other: Statement) -> int:
    same = (
        one.pieces == other.pieces,
        one.speaker_id == other.speaker_id,
        one.target == other.target,
        one.stance == other.stance,
        one.source_chain == other.source_chain,
    )
    return 2 * sum(same) + sum(one.attributes.get(k) == v for k, v in other.attributes.items())


def _take_number(page: "AdjudicatePage", number: int) -> None:
    statement_id = page.numbered.get(number)
    if statement_id is None:
        raise UserError(f"There is no statement {number} here.")
    take(page, statement_id)


def _edit(page: "AdjudicatePage") -> None:
    case = _case(page)
    gold = page.docket.gold_of(case)
    if gold:
        page.editing.start(gold[0].id)
    else:
        page.editing.start(adjudicating.take(page.open_project, nearest(case).id, case))


def _make(page: "AdjudicatePage") -> None:
    project, desk = page.open_project, page.editing.desk
    span, case = desk.raw_selection(), page.docket.case
    if case is not None and not any(p.overlaps(span) for p in page.docket.pieces(case)):
        case = None
    also = page.beside and case is not None
    page.beside = False
    made = adjudicating.make_new(
        project, desk.article_id, span, case=case, exact=desk.exact, also=also
    )
    page.editing.drop_selection()
    page.editing.start(made)


def _none(page: "AdjudicatePage") -> None:
    case = _case(page)
    if not case.statements:
        adjudicating.reopen(page.open_project, case)
        return
    page.beside = False
    adjudicating.decide_none(page.open_project, case)


def _beside(page: "AdjudicatePage") -> None:
    if not _case(page).decided:
        raise UserError("Nothing is decided here yet: take a first statement.")
    page.beside = not page.beside
    page.show_case()


def _confirm(page: "AdjudicatePage") -> None:
    case = _case(page)
    if not case.stale:
        raise UserError("Nothing changed since this was decided.")
    adjudicating.confirm(page.open_project, case)


def _reopen(page: "AdjudicatePage") -> None:
    case = _case(page)
    if not case.decided:
        raise UserError("This case is not decided; there is nothing to reopen.")
    adjudicating.reopen(page.open_project, case)


def _reason(page: "AdjudicatePage") -> None:
    if _case(page).decision is None:
        raise UserError("Decide first, then say why.")
    page.panel.card.ask_reason()


def _discuss(page: "AdjudicatePage") -> None:
    case = _case(page)
    if case.discuss is None:
        adjudicating.discuss(page.open_project, case, "")
    page.panel.card.ask_discuss()


def _discussed(page: "AdjudicatePage") -> None:
    case = _case(page)
    if case.discuss is None:
        raise UserError("This case is not marked for discussion; D marks it.")
    page.panel.card.commit()
    adjudicating.discuss(page.open_project, case, None)


def give_reason(project: Project, case: Case, words: str) -> None:
    """Keep why a case was decided as it was."""
    if case.decision is not None:
        adjudicating.set_reason(project, case.decision.id, words)


def _case(page: "AdjudicatePage") -> Case:
    if page.docket.case is None:
        raise UserError("Choose a case first: J goes to the next one.")
    return page.docket.case


_DEEDS = {
    "edit_gold": _edit,
    "make_gold": _make,
    "no_statement": _none,
    "take_beside": _beside,
    "confirm": _confirm,
    "reopen": _reopen,
    "reason": _reason,
    "discuss": _discuss,
    "discussed": _discussed,
}
