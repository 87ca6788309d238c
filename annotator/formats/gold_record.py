"""What a gold export adds to the lines of an ordinary one: the annotators behind each decision.

The added keys follow those of the ordinary records, so whatever reads these reads those.
"""

from collections.abc import Mapping, Sequence

import msgspec

from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_record import DatasetRecord
from annotator.formats.statement_record import Quote, SpeakerRef, StatementRecord

LABEL_SOURCE = "adjudicated"


class AnnotationRef(msgspec.Struct, frozen=True, gc=False):
    """One annotator's statement that was decided on, as it is now."""

    annotator: str
    id: str
    text: str
    pieces: Sequence[tuple[int, int]]
    speaker: SpeakerRef | None
    mention: Quote | None
    target: str | None
    stance: str | None
    attributes: Mapping[str, str | None]


class GoldRecord(StatementRecord, gc=False):
    """A decided statement; `soft` is each stance's share, null when no annotator chose one."""

    annotations: Sequence[AnnotationRef] = ()
    soft: Mapping[str, float] | None = None


class NoStatementRecord(msgspec.Struct, frozen=True, gc=False):
    """Words that annotators marked and of which it was decided that they are no statement.

    `id` is the decision's, `annotator` who decided; `pieces` cover all that was marked, and are
    empty when every mark is gone since.
    """

    id: str
    text: str
    pieces: Sequence[tuple[int, int]]
    annotator: str
    reason: str | None
    decided_at: str
    annotations: Sequence[AnnotationRef]
    soft: Mapping[str, float] | None


class GoldArticleRecord(ArticleRecord, gc=False):
    """An article of a gold export: whether it is gold, and what is decided to be no statement."""

    gold: bool = False
    undecided: int = 0
    stale: int = 0
    no_statement: Sequence[NoStatementRecord] = ()


class GoldCounts(msgspec.Struct, frozen=True):
    """How far the decisions of a gold export go."""

    articles: int
    decided: int
    no_statement: int
    undecided: int
    stale: int
    incomplete: int


class GoldDatasetRecord(DatasetRecord, frozen=True, kw_only=True):
    """dataset.json of a gold export."""

    gold: GoldCounts


def misfit(annotation: AnnotationRef | NoStatementRecord, text: str) -> str | None:
    """Return how what was decided on does not fit the article's `text` (a clause), or None."""
    at, length = -1, len(text)
    for start, end in annotation.pieces:
        if not at < start < end <= length:
            return f"its piece {start} to {end} is empty, out of order or beyond the article"
        at = end
    return None
