"""What forms leave out, counted: the same clause for the same thing in every form."""

from collections import Counter
from collections.abc import Callable, Iterable

from annotator.formats.datasets.form import Entry
from annotator.formats.gold_record import GoldArticleRecord, GoldRecord
from annotator.formats.statement_record import StatementRecord

_OF_STATEMENTS: dict[str, tuple[str, Callable[[StatementRecord], object]]] = {
    "speaker": ("speakers", lambda r: r.speaker),
    "mention": ("mentions of the speaker", lambda r: r.mention),
    "cue": ("cues", lambda r: r.cue),
    "condition": ("words that state a condition", lambda r: r.condition_span),
    "chain": ("source chains", lambda r: r.source_chain),
    "attributes": ("statements’ attributes", lambda r: any(r.attributes.values())),
    "flags": ("statements’ flags", lambda r: r.flags),
    "note": ("notes", lambda r: r.note),
    "annotator": ("names of who labelled", lambda r: r.annotator),
    "pieces": (
        "statements in pieces, of which the words between go in too",
        lambda r: len(r.pieces) > 1,
    ),
    "offsets": ("statements’ places in the article", lambda r: r.pieces),
    "open": (
        "statements without a target or a stance",
        lambda r: r.target is None or r.stance is None,
    ),
    "annotations": (
        "gold statements’ labels by annotators",
        lambda r: isinstance(r, GoldRecord) and r.annotations,
    ),
    "soft": ("gold statements’ shares of stances", lambda r: isinstance(r, GoldRecord) and r.soft),
}


def of(entry: Entry, things: Iterable[str]) -> Counter[str]:
    """Return how often each of `things` stands in an entry, by its clause, without zeros.

    `things` are names of what statements have (see above), `negatives`, `excluded` (regions)
    and `no_statement` (decided so).
    """
    found: Counter[str] = Counter()
    for thing in things:
        if thing == "negatives":
            found["negatives"] += len(entry.negatives)
        elif thing == "no_statement":
            if isinstance(entry.article, GoldArticleRecord):
                found["decisions that there is no statement"] += len(entry.article.no_statement)
        elif thing == "excluded":
            found["excluded regions"] += len(entry.article.excluded)
        else:
            clause, holds = _OF_STATEMENTS[thing]
            found[clause] += sum(bool(holds(record)) for record in entry.statements)
    return +found


def is_open(record: StatementRecord) -> bool:
    """Tell whether a statement has no target or no stance yet."""
    return record.target is None or record.stance is None
