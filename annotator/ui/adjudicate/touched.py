"""What a step changed, as far as adjudication is concerned."""

from dataclasses import dataclass

from annotator.domain.changes import Step
from annotator.services import annotating
from annotator.services.project import Project
from annotator.ui.adjudicate.docket import Docket

_MANY = 64  # changes; of more, everything is read again


@dataclass(frozen=True, slots=True)
class Place:
    """The article in which a step changed decisions and statements, and which it left behind."""

    article_id: int
    decisions: tuple[int, ...]
    statements: tuple[int, ...]
    sources: frozenset[str]  # uids of the statements that were decided on, or no longer are

    def find(self, docket: Docket) -> int | None:
        """Return which case of its article the step was about."""
        at = docket.at_decision(self.decisions)
        if at is None:
            at = docket.at_uids(self.sources)
        return at if at is not None else docket.at_statement(self.statements)


def articles(project: Project, step: Step) -> set[int] | None:
    """Return the articles in which something may have become another case; None for too many."""
    if len(step.changes) > _MANY or step.touches("article", "annotator", "codebook"):
        return None
    return annotating.articles_of(project, step)


def place(project: Project, step: Step, here: int | None) -> Place | None:
    """Return where a step changed something, rather `here` than elsewhere; None for nowhere."""
    if len(step.changes) > _MANY:
        return None
    found = annotating.articles_of(project, step)
    if not found:
        return None
    rows = [r for c in step.changes if c.table == "decision_source" for r in (c.before, c.after)]
    return Place(
        here if here is not None and here in found else min(found),
        tuple(c.row_id for c in step.changes if c.table == "decision"),
        tuple(c.row_id for c in step.changes if c.table == "statement"),
        frozenset(row["statement_uid"] for row in rows if row and "statement_uid" in row),
    )
