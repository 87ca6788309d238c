"""What several forms ask of an entry: whether it was decided, and rulers of its text."""

from annotator.domain.offset_units import Ruler
from annotator.formats.datasets.form import Context, Entry
from annotator.formats.gold_record import GoldArticleRecord


def is_gold(entry: Entry) -> bool:
    """Tell whether an entry comes from a gold export."""
    return isinstance(entry.article, GoldArticleRecord)


def rulers(entry: Entry, context: Context) -> dict[str, Ruler]:
    """Return a ruler of the article's text for each unit asked for."""
    return {unit: Ruler(entry.article.text or "", unit) for unit in context.offsets}
