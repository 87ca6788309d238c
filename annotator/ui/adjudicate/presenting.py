"""What the card and the text show of the open article: values made from what was read."""

from collections.abc import Mapping, Sequence

from annotator.domain.adjudication import Case
from annotator.domain.codebook import Codebook, words
from annotator.domain.records import Article, Statement
from annotator.domain.spans import merged
from annotator.ui.adjudicate import rulings
from annotator.ui.adjudicate.case_card import CaseView
from annotator.ui.adjudicate.docket import Docket, is_own
from annotator.ui.adjudicate.guises import Guise
from annotator.ui.adjudicate.sayings import Column, Teller, when, why_stale
from annotator.ui.annotate.reader_review import Review

_SHOWN_NEXT = 4


def view_of(
    case: Case,
    docket: Docket,
    teller: Teller,
    columns: Sequence[Column],
    *,
    ruling: tuple[str, str],
    deciders: Mapping[int, str],
    writable: bool,
    beside: bool,
) -> CaseView:
    """Return what the card shows of a case; `deciders` are the names of who may have decided."""
    number, count = docket.number(case)
    decision = case.decision
    gold = docket.gold_of(case)
    state = "decided" if case.decided else "open"
    if case.discuss is not None:
        state = "discuss"
    if case.stale:
        state = "stale"
    return CaseView(
        title=f"Decision {number} of {count}" if number else "Gold statement",
        difference=teller.difference(case),
        quote=teller.quote(case.statements or gold),
        state=state,
        columns=columns,
        common=teller.common(case) if len(case.statements) > 1 else "",
        outcome=_outcome(case, gold, teller, deciders),
        stale=why_stale(case) if case.stale else "",
        ruling=ruling,
        reason=(decision.reason or "") if decision is not None else None,
        discuss=case.discuss,
        deeds=_deeds(case, gold=bool(gold)) if writable else frozenset(),
        beside=beside,
    )


def held(case: Case, gold: Sequence[Statement]) -> list[int]:
    """Return the annotators' statements that say just what was decided.

    Where the speaker is named and which words report may differ, as when all are said to agree.
    """
    decided = [_said(s) for s in gold]
    return [s.id for s in case.statements if _said(s) in decided]


def ruling_of(
    codebook: Codebook, case: Case, quote: str, article: Article, lang: str
) -> tuple[str, str]:
    """Return title and words of the codebook's ruling that may fit a case; blank when none does."""
    notes = [s.note or "" for s in case.statements]
    found = rulings.fitting(codebook, notes, quote, article.lang)
    if found is None:
        return "", ""
    number, ruling = found
    return f"Codebook, ruling {number}: {words(ruling.title, lang)}", words(ruling.text, lang)


def review_of(docket: Docket, guises: Sequence[Guise]) -> Review:
    """Return how the text shows the cases of the open article."""
    groups = {s.id: i for i, case in enumerate(docket.cases) for s in docket.all_of(case)}
    current = {s.id for s in docket.all_of(docket.case)} if docket.case is not None else set()
    settled = {s.id for case in docket.cases if case.settled for s in case.statements}
    refused = {
        s.id
        for case in docket.cases
        if case.settled and all(row.verdict == "none" for row in case.decisions)
        for s in case.statements
    }
    return Review(
        {g.annotator_id: g.trace for g in guises},
        groups,
        frozenset(current),
        frozenset(settled),
        frozenset(refused),
    )


def next_rows(docket: Docket, teller: Teller) -> list[tuple[int, str, str]]:
    """Return the cases that wait, from the one in front on: (place, what differs, quote)."""
    rows: list[tuple[int, str, str]] = []
    for at in docket.waiting():
        if at != docket.at and len(rows) < _SHOWN_NEXT:
            case = docket.cases[at]
            quote = teller.quote(case.statements or docket.gold_of(case))
            rows.append((at, teller.short(case), quote))
    return rows


def _said(s: Statement) -> tuple[object, ...]:
    chain = tuple(link.speaker_id for link in s.source_chain)
    return merged(s.pieces), s.speaker_id, s.target, s.stance, dict(s.attributes), chain


def _outcome(
    case: Case, gold: Sequence[Statement], teller: Teller, deciders: Mapping[int, str]
) -> tuple[str, str, str]:
    decision = case.decision
    if decision is None:
        return "", "", ""
    by = deciders.get(decision.annotator_id, "")
    foot = f"{'made' if is_own(case) else 'decided'} {f'by {by}, ' if by else ''}"
    foot += when(decision.decided_at)
    if not gold:
        return "No statement here", "", foot
    return "Gold", "\n".join(teller.summary(s) for s in gold), foot


def _deeds(case: Case, *, gold: bool) -> frozenset[str]:
    found = {"discuss"}
    if case.statements or gold:
        found.add("edit_gold")
    if case.statements and (not case.decided or gold):
        found.add("no_statement")
    if case.decided:
        found |= {"reopen", "reason"}
    if case.statements and gold:
        found.add("take_beside")
    if case.stale:
        found.add("confirm")
    if case.discuss is not None:
        found.add("discussed")
    return frozenset(found)
