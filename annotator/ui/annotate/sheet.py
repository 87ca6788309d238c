"""What the annotate page shows: one article with its statements, kept up to date by steps."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from annotator.domain.changes import Step
from annotator.domain.completeness import missing
from annotator.domain.records import Article, ExcludedRegion, Speaker, Statement
from annotator.domain.spans import Span
from annotator.services import annotating, speakers
from annotator.services.project import Project

# A step that touches more statements than this is read afresh as a whole.
_MANY = 64
_FIRST = 120  # statements read before the first painting: more than show at once
_AT_ONCE = 200  # statements in one step of reading on, some 3 ms

Key = tuple[int, int, int]  # start, end, id: the order of reading
_BEFORE_ALL: Key = (-1, -1, -1)


def _nothing() -> None:
    pass


class Sheet:
    """The open article as it stands in the file: the annotator's statements, or the gold ones.

    The statements of a large article are read on after it was opened; until all are read,
    `whole` is False and `statements` are the first ones. What needs more of them reads the rest
    before it answers. `when_whole` is called then.
    """

    def __init__(self, *, gold: bool = False) -> None:
        self._gold = gold
        self.article: Article | None = None
        self.statements: list[Statement] = []  # in reading order
        self.whole = True
        self.excluded: list[Span] = []
        self.speakers: dict[int, Speaker] = {}
        self.chosen: int | None = None
        self.when_whole: Callable[[], None] = _nothing
        self._project: Project | None = None
        self._known: dict[int, Statement] = {}
        self._lacking: set[int] = set()
        self._front = _BEFORE_ALL  # all statements up to here are read

    @property
    def incomplete(self) -> int:
        """How many of the statements lack something."""
        return len(self._lacking)

    def open(self, project: Project, article_id: int | None) -> None:
        """Read an article and its first statements; None empties the sheet."""
        self._project = project
        self.article = annotating.article(project, article_id) if article_id is not None else None
        self.chosen = None
        self._forget_statements()
        self._read_some(_FIRST)
        self._read_excluded(project)
        self._read_speakers(project)

    def close(self) -> None:
        """Hold nothing any more."""
        self._project = self.article = self.chosen = None
        self._forget_statements()
        self.excluded, self.speakers = [], {}
        self.whole = True

    def read_on(self) -> Iterator[int]:
        """Read what is not read yet, some statements at a step; yield how many are."""
        while not self.whole:
            self._read_some(_AT_ONCE)
            yield len(self.statements)

    def finish(self) -> None:
        """Read at once what is not read yet."""
        if not self.whole:
            for _ in self.read_on():
                pass
            self.when_whole()

    def follow(self, project: Project, step: Step) -> None:
        """Read again what `step` changed."""
        if step.touches("excluded"):
            self._read_excluded(project)
        if step.touches("speaker", "alias"):
            self._read_speakers(project)
        touched = step.ids("statement")
        if step.touches("source"):
            touched |= _statements_of_sources(step)
        if len(touched) > _MANY or step.touches("annotator", "codebook"):
            self._forget_statements()
            self.finish()
        else:
            for statement_id in touched:
                self._read_one(project, statement_id)
        if self.statement(self.chosen) is None:
            self.chosen = None

    def statement(self, statement_id: int | None) -> Statement | None:
        """Return a statement of this sheet by its id."""
        if statement_id is None:
            return None
        if statement_id not in self._known:
            self.finish()
        return self._known.get(statement_id)

    def neighbour(self, step: int, position: int) -> Statement | None:
        """Return the next (1) or previous (-1) statement from the chosen one, else from `position`.

        It goes round at the end.
        """
        return self._nearest(step, position, lambda _: True)

    def incomplete_neighbour(self, step: int, position: int) -> Statement | None:
        """Return the next or previous statement that lacks something; None when none does."""
        return self._nearest(step, position, lambda s: s.id in self._lacking)

    # Inside

    def _nearest(
        self, step: int, position: int, wanted: Callable[[Statement], bool]
    ) -> Statement | None:
        """Return the first wanted one onward, then round the end, then the chosen one itself."""
        onward, rest = self._around(step, position)
        found = next(filter(wanted, onward), None)
        if found is None and not self.whole:
            self.finish()
            return self._nearest(step, position, wanted)
        return found or next(filter(wanted, rest), None)

    def _around(self, step: int, position: int) -> tuple[Iterator[Statement], Iterator[Statement]]:
        """Return the statements onward from the chosen one or `position`, and those round the end.

        The chosen one comes last of all.
        """
        chosen = self.statement(self.chosen)
        key = _key(chosen) if chosen else (position, -1, -1)
        if key > self._front:
            self.finish()
        found, at = self.statements, self._index(key)
        before, after = range(at), range(at + (chosen is not None), len(found))
        here = range(at, at + (chosen is not None))
        if step > 0:
            onward, rest = after, chain(before, here)
        else:
            onward, rest = before[::-1], chain(after[::-1], here)
        return (found[i] for i in onward), (found[i] for i in rest)

    def _index(self, key: Key) -> int:
        return bisect_left(self.statements, key, key=_key)

    def _forget_statements(self) -> None:
        self.statements, self._known, self._lacking = [], {}, set()
        self._front = _BEFORE_ALL
        self.whole = self.article is None

    def _read_some(self, most: int) -> None:
        if self._project is None or self.article is None:
            self.whole = True
            return
        with self._project.on_layer(gold=self._gold):
            found = annotating.some_statements(self._project, self.article.id, self._front, most)
        self.statements = [*self.statements, *found]
        for statement in found:
            self._note(self._project, statement)
        self.whole = len(found) < most
        if found:
            self._front = _key(found[-1])

    def _read_one(self, project: Project, statement_id: int) -> None:
        """Read one statement again, unless its turn is still to come."""
        left = list(self.statements)  # anew: others hold the list as it was
        before = self._known.pop(statement_id, None)
        self._lacking.discard(statement_id)
        if before is not None:
            del left[self._index(_key(before))]
        self.statements = left
        found = annotating.find_statement(project, statement_id)
        owner = project.gold if self._gold else project.annotator
        if found is None or self.article is None or owner is None:
            return
        mine = (found.article_id, found.annotator_id) == (self.article.id, owner.id)
        if mine and (self.whole or _key(found) <= self._front):
            left.insert(self._index(_key(found)), found)
            self._note(project, found)

    def _note(self, project: Project, statement: Statement) -> None:
        self._known[statement.id] = statement
        if missing(statement, project.codebook):
            self._lacking.add(statement.id)

    def _read_excluded(self, project: Project) -> None:
        found: Sequence[ExcludedRegion] = ()
        if self.article is not None:
            found = annotating.excluded_regions(project, self.article.id)
        self.excluded = [region.span for region in found]

    def _read_speakers(self, project: Project) -> None:
        self.speakers = {s.id: s for s in speakers.all_speakers(project)}


def _key(statement: Statement) -> Key:
    return statement.start, statement.end, statement.id


def _statements_of_sources(step: Step) -> set[int]:
    rows = [row for c in step.changes if c.table == "source" for row in (c.before, c.after)]
    return {row["statement_id"] for row in rows if row and "statement_id" in row}
