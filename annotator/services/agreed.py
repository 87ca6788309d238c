"""What all annotators have just the same, with its words, to be looked at before it is taken."""

from dataclasses import dataclass

from annotator.domain.adjudication import Case
from annotator.domain.records import Statement
from annotator.domain.spans import PIECE_GAP
from annotator.services.case_reading import agreed_in, each_article
from annotator.services.progress import Cancelled, Progress
from annotator.services.project import Project
from annotator.storage import queries


@dataclass(frozen=True, slots=True)
class Agreed:
    """One case on which all agree: the title of its article, the words, and one of its copies."""

    case: Case
    article: str
    words: str
    statement: Statement


def listed(
    project: Project, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[Agreed]:
    """Return the cases of all articles that can be taken at once, in reading order."""
    found: list[Agreed] = []
    for cases in each_article(project, progress=progress, cancelled=cancelled):
        agreed = agreed_in(project, cases)
        if not agreed:
            continue
        article = queries.article(project.store, cases.article_id)
        for case in agreed:
            statement = case.statements[0]
            pieces = PIECE_GAP.join(piece.of(article.text) for piece in statement.pieces)
            words = " ".join(pieces.split())
            found.append(Agreed(case, article.title or article.name, words, statement))
    return found
