"""The statements of an article by who made them, for forms that keep people apart."""

from annotator.formats.datasets.form import Entry
from annotator.formats.gold_record import LABEL_SOURCE, GoldArticleRecord
from annotator.formats.statement_record import StatementRecord

GOLD = "gold"  # whose the decided statements are, whoever decided

UNLABELLED = "articles that nobody has labelled"


def by_annotator(entry: Entry) -> dict[str, list[StatementRecord]]:
    """Return the statements of each annotator by name, in the order of the names.

    Who marked the article done and found nothing has an empty list; of a gold export all are
    those of `GOLD`.
    """
    if isinstance(entry.article, GoldArticleRecord):
        return {GOLD: list(entry.statements)} if entry.statements or entry.article.gold else {}
    found: dict[str, list[StatementRecord]] = {
        name: [] for name, status in entry.article.status.items() if status == "done"
    }
    for record in entry.statements:
        name = GOLD if record.label_source == LABEL_SOURCE else record.annotator or ""
        found.setdefault(name, []).append(record)
    return dict(sorted(found.items(), key=lambda item: (item[0].casefold(), item[0])))
