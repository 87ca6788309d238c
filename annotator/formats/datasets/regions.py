"""A statement as labelled stretches, the way programs for labelling hold it.

Each piece of the content is a region, and so are the mention, the cue and the words of the
condition; a link leads from the first piece to each of the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.codebook import Codebook
from annotator.formats.statement_record import StatementRecord

CONTENT, PIECE = "content", "piece"
MARKS = ("mention", "cue", "condition")
LINKS = (*MARKS, PIECE)
OPEN = "open"  # a target or stance that is not chosen yet


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the article, in code points: of the content first, then what belongs to it.

    `kind` is content (the first piece), piece (a further one), mention, cue or condition.
    """

    kind: str
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        """Whether it holds words of the content."""
        return self.kind in (CONTENT, PIECE)


def regions(record: StatementRecord) -> Iterator[Region]:
    """Yield the regions of a statement, the first piece of its content first."""
    for number, (start, end) in enumerate(record.pieces or ((record.start, record.end),)):
        yield Region(PIECE if number else CONTENT, start, end)
    spans = (record.mention, record.cue, record.condition_span)
    for kind, span in zip(MARKS, spans, strict=True):
        if span is not None:
            yield Region(kind, span.start, span.end)


def label(record: StatementRecord) -> str:
    """Return target and stance in one word, for programs that know labels alone."""
    return f"{record.target or OPEN}:{record.stance or OPEN}"


def labels(codebook: Codebook) -> list[str]:
    """Return what `label` can return, and what mentions, cues and conditions are called."""
    targets = [*(t.id for t in codebook.targets), OPEN]
    stances = [*(s.id for s in codebook.stances), OPEN]
    return [*(f"{target}:{stance}" for target in targets for stance in stances), *MARKS]
