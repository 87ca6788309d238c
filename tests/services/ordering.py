"""Orders of datasets that tests share, and articles that are done, finished or not."""

from annotator.services.dataset_entries import ANY
from annotator.services.exporting import Choice, Order
from annotator.services.project import Project
from annotator.storage import queries

WHOLE = Order(ANY)  # everything of everybody, done or not
GOLD = Order(Choice(gold=True, status="any", excluded=True))


def of(annotator_ids: list[int] | None) -> Order:
    """Everything of some annotators."""
    return Order(Choice(annotator_ids, status="any", excluded=True))


def finish(project: Project, article_id: int) -> None:
    """Mark an article done for the current annotator, whatever its statements still need."""
    work = queries.work_id(project.store, article_id, project.me.id)
    key = {"annotator_id": project.me.id, "article_id": article_id}
    with project.transact("Set status"):
        if work is not None:
            project.store.update("work", work, {"status": "done"})
        else:
            project.store.insert("work", {**key, "status": "done", "note": None})
