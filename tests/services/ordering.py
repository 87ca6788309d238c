"""Orders of datasets that tests share."""

from annotator.services.dataset_entries import ANY
from annotator.services.exporting import Choice, Order

WHOLE = Order(ANY)  # everything of everybody, done or not
GOLD = Order(Choice(gold=True, status="any", excluded=True))


def of(annotator_ids: list[int] | None) -> Order:
    """Everything of some annotators."""
    return Order(Choice(annotator_ids, status="any", excluded=True))
