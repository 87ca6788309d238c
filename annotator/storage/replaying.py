"""Playing recorded changes back or forth over what others did meanwhile.

A change is played when its row still stands as the record says and nothing refers to what would
go; else it is left. Changes that only make sense together (`schema.TOGETHER`) are played or left
together, and what is part of a row that stays (`schema.PARTS`) stays with it.
"""

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from annotator.domain.changes import Change
from annotator.storage.schema import APART, PARTS, RECORDED, STAMPS, TOGETHER
from annotator.storage.store import Store

# A column of a row that may not be changed; without a column, the row may not be deleted.
Barred = set[tuple[str, int, str | None]]
# What became of each change: what was really done, or None for one that was left.
Outcome = list[Change | None]
# Told how many changes are played and how many there are; may raise to give all of it up.
Tick = Callable[[int, int], None]
_References = list[tuple[str, str, str]]
_Rows = Mapping[tuple[str, int], Mapping[str, Any]]


class OvertakenError(Exception):
    """Someone else changed the same columns since, or needs their place."""


# Later work refers to the rows, took their names, deleted them, or changed them.
CONFLICTS = (sqlite3.IntegrityError, LookupError, OvertakenError)


def inverse(change: Change) -> Change:
    """Return the change that takes `change` back."""
    kind = {"insert": "delete", "delete": "insert", "update": "update"}[change.kind]
    return Change(change.table, change.row_id, change.after, change.before, kind)


def play_all(store: Store, deeds: Sequence[Change], barred: Barred, tick: Tick) -> Outcome:
    """Do all of `deeds` inside `store.collecting`; one of CONFLICTS when any of them cannot be.

    That something refers to a row that went shows only when all is committed.
    """
    store.db.execute("PRAGMA defer_foreign_keys = ON")
    outcome: Outcome = []
    for done, deed in enumerate(deeds):
        tick(done, len(deeds))
        outcome.append(_do(store, deed, barred))
    return outcome


def play_what_stands(
    store: Store, deeds: Sequence[Change], barred: Barred, tick: Tick, collected: list[Change]
) -> Outcome:
    """Do those of `deeds` that nothing stands in the way of, and leave the others.

    For use inside `store.collecting`, which yields `collected`.
    """
    rows = _rows(deeds)
    units = [_unit(store, rows, deed.table, deed.row_id) for deed in deeds]
    left: set[Hashable] = set()
    store.db.execute("PRAGMA defer_foreign_keys = ON")
    while True:
        store.db.execute("SAVEPOINT replay")
        outcome, failed = _attempt(store, deeds, units, left, barred, tick)
        if not failed:
            store.db.execute("RELEASE replay")
            return outcome
        store.db.execute("ROLLBACK TO replay")
        store.db.execute("RELEASE replay")
        collected.clear()
        left |= failed
        left |= _parts_of_what_stays(store, deeds, units, left)


def _attempt(
    store: Store,
    deeds: Sequence[Change],
    units: Sequence[Hashable],
    left: set[Hashable],
    barred: Barred,
    tick: Tick,
) -> tuple[Outcome, set[Hashable]]:
    """Return what was done, and the units that turned out not to be possible."""
    outcome: Outcome = []
    failed: set[Hashable] = set()
    for at, (deed, unit) in enumerate(zip(deeds, units, strict=True)):
        tick(at, len(deeds))
        done = None
        if unit not in left and unit not in failed:
            try:
                done = _do(store, deed, barred, stamps_matter=False)
            except CONFLICTS:
                failed.add(unit)
        outcome.append(done)
    if not failed:  # what only half of a unit did says nothing about references
        pairs = zip(outcome, units, strict=True)
        references = _references(store)
        failed = {
            unit for done, unit in pairs if done is not None and _dangles(store, done, references)
        }
    return outcome, failed


def matters(deed: Change) -> bool:
    """Tell whether `deed` changes more than the time of a change."""
    return deed.kind != "update" or not STAMPS.issuperset(deed.after or ())


def _do(store: Store, deed: Change, barred: Barred, *, stamps_matter: bool = True) -> Change | None:
    """Do `deed` and return what changed; None where only a time of change was overtaken."""
    table, row_id = deed.table, deed.row_id
    if deed.kind == "insert":
        assert deed.after is not None
        _refuse_overlap(store, table, deed.after)
        store.insert(table, deed.after)
        return deed
    row = store.row(table, row_id)
    other = {c for c, value in (deed.before or {}).items() if row[c] != value}
    if not stamps_matter:
        if other and deed.kind == "update" and other <= STAMPS:
            return None
        other -= STAMPS
    if deed.kind == "delete":
        if other or (table, row_id, None) in barred:
            raise OvertakenError
        store.delete(table, row_id)
        return Change(table, row_id, row, None, "delete")
    assert deed.after is not None
    if other or any((table, row_id, column) in barred for column in deed.after):
        raise OvertakenError
    store.update(table, row_id, deed.after)
    return deed


def _refuse_overlap(store: Store, table: str, row: Mapping[str, Any]) -> None:
    if table not in APART:
        return
    place = APART[table]
    found = store.db.execute(
        f'SELECT 1 FROM {table} WHERE {place} = ? AND "start" < ? AND "end" > ?',  # noqa: S608
        (row[place], row["end"], row["start"]),
    ).fetchone()
    if found is not None:
        raise OvertakenError


def _dangles(store: Store, done: Change, references: _References) -> bool:
    """Tell whether something refers to the row that went, or the row to something not there."""
    if done.kind == "delete":
        pairs = [(table, column) for table, column, goal in references if goal == done.table]
        return any(_finds(store, table, column, done.row_id) for table, column in pairs)
    after = done.after or {}
    return any(
        table == done.table
        and after.get(column) is not None
        and not _finds(store, goal, "id", after[column])
        for table, column, goal in references
    )


def _finds(store: Store, table: str, column: str, value: int) -> bool:
    found = store.db.execute(
        f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1",  # noqa: S608 - own names
        (value,),
    )
    return found.fetchone() is not None


def _references(store: Store) -> _References:
    """Return every reference between recorded rows: table, column, table it leads to."""
    return [
        (table, row[3], row[2])
        for table in RECORDED
        for row in store.db.execute(f"PRAGMA foreign_key_list({table})")
    ]


def _rows(deeds: Iterable[Change]) -> dict[tuple[str, int], dict[str, Any]]:
    """Return what the changes tell of each row: all of it when it comes or goes.

    What was empty on one side only counts as it was on the other.
    """
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for deed in deeds:
        row = rows.setdefault((deed.table, deed.row_id), {})
        for side in (deed.before or {}, deed.after or {}):
            row.update((column, value) for column, value in side.items() if value is not None)
    return rows


def _column(store: Store, rows: _Rows, table: str, row_id: int, column: str) -> Any:
    """Return what a row holds, or held when it went; None when it cannot be known."""
    known = rows.get((table, row_id), {})
    if column in known:
        return known[column]
    found = store.db.execute(
        f"SELECT {column} FROM {table} WHERE id = ?",  # noqa: S608 - own names
        (row_id,),
    ).fetchone()
    return found[0] if found else None


def _unit(store: Store, rows: _Rows, table: str, row_id: int) -> Hashable:
    """Return what the changes have in common that are played or left together."""
    if table in TOGETHER:
        values = {c: _column(store, rows, table, row_id, c) for c in TOGETHER[table]}
        if table == "decision":
            if values["article_id"] is None:  # someone else took the decision away
                made = _column(store, rows, table, row_id, "statement_id")
                found = made and _column(store, rows, "statement", made, "article_id")
                values = {**values, "article_id": found}
            values = {"annotator_id": _gold(store), **values}
        return tuple(values.items())
    if table in PARTS and PARTS[table][1] in TOGETHER:
        column, whole = PARTS[table]
        whole_id = _column(store, rows, table, row_id, column)
        return whole_id and _unit(store, rows, whole, whole_id)
    return table, row_id


def _gold(store: Store) -> int | None:
    found = store.db.execute("SELECT id FROM annotator WHERE role = 'gold'").fetchone()
    return found[0] if found else None


def _parts_of_what_stays(
    store: Store, deeds: Sequence[Change], units: Sequence[Hashable], left: set[Hashable]
) -> set[Hashable]:
    rows = _rows(deeds)
    deletions = [
        (deed, unit) for deed, unit in zip(deeds, units, strict=True) if deed.kind == "delete"
    ]
    staying = {(deed.table, deed.row_id) for deed, unit in deletions if unit in left}
    found: set[Hashable] = set()
    for deed, unit in deletions:
        if deed.table in PARTS:
            column, whole = PARTS[deed.table]
            if (whole, _column(store, rows, deed.table, deed.row_id, column)) in staying:
                found.add(unit)
    return found
