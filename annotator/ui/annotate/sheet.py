"""What the annotate page shows: one article with its statements, kept up to date by steps."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.changes import Step
from annotator.domain.completeness import missing
from annotator.domain.records import Article, ExcludedRegion, Speaker, Statement
from annotator.domain.spans import Span
from annotator.services import annotating, speakers
from annotator.services.project import Project

# A step that touches more statements than this is read afresh as a whole.
_MANY = 64


@dataclass
class Sheet:
    """The open article as it stands in the file, for the annotator who is working."""

    article: Article | None = None
    statements: list[Statement] = field(default_factory=list)
    excluded: list[Span] = field(default_factory=list)
    speakers: dict[int, Speaker] = field(default_factory=dict)
    chosen: int | None = None

    def open(self, project: Project, article_id: int | None) -> None:
        """Read an article; None empties the sheet."""
        self.article = annotating.article(project, article_id) if article_id is not None else None
        self.chosen = None
        self.read_statements(project)
        self.read_excluded(project)
        self.read_speakers(project)

    def read_statements(self, project: Project) -> None:
        """Read all statements of the article."""
        found = annotating.statements(project, self.article.id) if self.article else []
        self.statements = found
        if self.statement(self.chosen) is None:
            self.chosen = None

    def read_excluded(self, project: Project) -> None:
        """Read the excluded regions of the article."""
        found: Sequence[ExcludedRegion] = ()
        if self.article is not None:
            found = annotating.excluded_regions(project, self.article.id)
        self.excluded = [region.span for region in found]

    def read_speakers(self, project: Project) -> None:
        """Read all speakers of the project."""
        self.speakers = {s.id: s for s in speakers.all_speakers(project)}

    def follow(self, project: Project, step: Step) -> None:
        """Read again what `step` changed."""
        touched = step.ids("statement")
        if step.touches("source"):
            touched |= _statements_of_sources(step)
        if len(touched) > _MANY or step.touches("annotator"):
            self.read_statements(project)
        else:
            for statement_id in touched:
                self._read_one(project, statement_id)
        if step.touches("excluded"):
            self.read_excluded(project)
        if step.touches("speaker", "alias"):
            self.read_speakers(project)

    def statement(self, statement_id: int | None) -> Statement | None:
        """Return a statement of this sheet by its id."""
        return next((s for s in self.statements if s.id == statement_id), None)

    def neighbour(self, step: int, position: int) -> Statement | None:
        """Return the next (1) or previous (-1) statement from the chosen one, else from `position`.

        It goes round at the end.
        """
        if not self.statements:
            return None
        at = next((i for i, s in enumerate(self.statements) if s.id == self.chosen), None)
        if at is not None:
            return self.statements[(at + step) % len(self.statements)]
        at = bisect_left([s.start for s in self.statements], position)
        return self.statements[(at if step > 0 else at - 1) % len(self.statements)]

    def incomplete(self, project: Project | None) -> int:
        """Return how many statements lack something."""
        if project is None:
            return 0
        return sum(1 for s in self.statements if missing(s, project.codebook))

    def incomplete_neighbour(self, project: Project, step: int, position: int) -> Statement | None:
        """Return the next or previous statement that lacks something; None when none does."""
        chosen = self.statement(self.chosen)
        at = chosen.start if chosen else position
        here = (at, chosen.id if chosen else 0)
        open_ones = [s for s in self.statements if missing(s, project.codebook)]
        after = [s for s in open_ones if (s.start, s.id) > here]
        before = [s for s in open_ones if (s.start, s.id) < here]
        ordered = after + before if step > 0 else before[::-1] + after[::-1]
        return ordered[0] if ordered else next(iter(open_ones), None)

    def _read_one(self, project: Project, statement_id: int) -> None:
        self.statements = [s for s in self.statements if s.id != statement_id]
        found = annotating.find_statement(project, statement_id)
        if found is None or self.article is None or project.annotator is None:
            pass
        elif (found.article_id, found.annotator_id) == (self.article.id, project.annotator.id):
            keys = [(s.start, s.end, s.id) for s in self.statements]
            at = bisect_left(keys, (found.start, found.end, found.id))
            self.statements.insert(at, found)
        if self.statement(self.chosen) is None:
            self.chosen = None


def _statements_of_sources(step: Step) -> set[int]:
    rows = [row for c in step.changes if c.table == "source" for row in (c.before, c.after)]
    return {row["statement_id"] for row in rows if row and "statement_id" in row}
