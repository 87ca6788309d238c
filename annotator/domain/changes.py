"""What an action changed: the one record behind saving, undo, refresh and history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after.

    Inserted: `before` is None. Deleted: `after` is None and `before` is the whole row. Updated:
    both hold the columns that changed. Of rows inserted by the thousand both are None: the table
    itself holds the row, and undo takes it up into the record.
    """

    table: str
    row_id: int
    before: Row | None
    after: Row | None
    kind: str  # "insert", "update" or "delete"


@dataclass(frozen=True, slots=True)
class Step:
    """All changes of one action, under the name it has in the Undo menu.

    `left` counts the changes that an undo or redo left out, since others have built on them.
    """

    id: int
    uid: str
    label: str
    at: str
    annotator_id: int | None
    changes: tuple[Change, ...]
    left: int = 0

    def ids(self, table: str) -> set[int]:
        """Return the ids of the rows of `table` that this step touched."""
        return {change.row_id for change in self.changes if change.table == table}

    def touches(self, *tables: str) -> bool:
        """Tell whether any row of `tables` changed."""
        return any(change.table in tables for change in self.changes)
