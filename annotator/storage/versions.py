"""What the steps of a project tell about its rows, so that two copies of it can be compared.

Every change of a statement sets its `updated_at`, which therefore names a version of it; the steps
keep the earlier ones. So it can be told which side changed a statement, without a common ancestor.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from annotator.domain.changes import Change
from annotator.storage import history
from annotator.storage.store import Store

_STANDING = ("done", "kept", "open")


@dataclass(slots=True)
class Past:
    """What happened in one copy of a project and is not known to have happened in the other.

    `versions` holds, by statement id, every `updated_at` it had; `deleted` the ids of statements
    and decisions that were deleted or taken back, by uid; `work` by row id when a status changed
    last.
    """

    versions: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    deleted: dict[str, int] = field(default_factory=dict)
    work: dict[int, str] = field(default_factory=dict)


def states(store: Store) -> dict[str, str]:
    """Return the state of every step by uid."""
    return dict(store.db.execute("SELECT uid, state FROM step").fetchall())


def newest_step(store: Store) -> tuple[int, int]:
    """Return a mark that changes with every action, undo and redo."""
    row = store.db.execute(
        "SELECT coalesce(max(id), 0), count(*) FILTER (WHERE state = 'done') FROM step"
    ).fetchone()
    return int(row[0]), int(row[1])


def past(store: Store, other: Mapping[str, str], incoming: Collection[str]) -> Past:
    """Return what happened in `store` besides the steps that stand as in `other` (uid to state).

    `incoming` are the labels of steps that bring in rows from elsewhere: taking one back here is
    no reason to think that anybody wanted the rows away.
    """
    found = Past()
    rows = store.db.execute("SELECT id, uid, label, state FROM step ORDER BY id").fetchall()
    for step_id, uid, label, state in rows:
        if other.get(uid) == state:
            continue
        step = history.load(store.db, step_id)
        foreign = label in incoming and uid not in other
        for change in step.changes:
            _note(found, change, step.at, standing=state in _STANDING, foreign=foreign)
    return found


def _note(found: Past, change: Change, at: str, *, standing: bool, foreign: bool) -> None:
    if change.table == "work" and standing and change.kind != "delete":
        found.work[change.row_id] = at
    if change.table not in ("statement", "decision"):
        return
    for row in (change.before, change.after):
        if row and change.table == "statement" and "updated_at" in row:
            found.versions[change.row_id].add(row["updated_at"])
    gone = change.before if change.kind == "delete" and standing else None
    if change.kind == "insert" and not standing and not foreign:
        gone = change.after
    if gone and "uid" in gone:
        found.deleted[gone["uid"]] = change.row_id
