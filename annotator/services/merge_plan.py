"""What a merge would do, as it is shown before and told after."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.adjudication import Decision


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that is not the same on both sides; `taken` says whether theirs will hold."""

    uid: str
    article: str
    annotator: str
    words: str
    fields: tuple[str, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class MissingArticle:
    """An article of theirs that is not here, and how many statements wait for it."""

    name: str
    statements: int


@dataclass(slots=True)
class Orders:
    """What has to be written, by the row ids of their file (added) or pairs (theirs, ours)."""

    articles: dict[int, int] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    annotators: dict[int, int | None] = field(default_factory=dict)
    owners: set[int] = field(default_factory=set)  # theirs, of whom statements come in
    waiting_owners: set[int] = field(default_factory=set)
    added: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)  # of articles that are missing
    changed: list[tuple[int, int]] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)  # ours
    work: list[int] = field(default_factory=list)
    unworked: set[int] = field(default_factory=set)  # statuses of what came in incompletely
    decisions: list[Decision] = field(default_factory=list)
    waiting_decisions: list[Decision] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What a merge would do; `orders` is for the merge itself.

    `added` counts statements by annotator; `changed` were changed there only, `conflicts` on both
    sides, or deleted on one and changed on the other; `deleted` were deleted there only.
    `conflicting_decisions` were made on both sides: those here stay.
    """

    path: Path
    name: str
    articles: int = 0
    missing: list[MissingArticle] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    annotators: list[str] = field(default_factory=list)
    new_annotators: list[str] = field(default_factory=list)
    new_speakers: list[str] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    changed: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    deleted: list[Difference] = field(default_factory=list)
    statuses: int = 0
    decisions: int = 0
    conflicting_decisions: int = 0
    notes: list[str] = field(default_factory=list)
    orders: Orders = field(default_factory=Orders)
    marks: tuple[object, object] = (None, None)  # of both files as they were when this was read

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take over, missing articles aside."""
        orders = self.orders
        return not (
            orders.added or orders.changed or orders.deleted or orders.work or orders.decisions
        )
