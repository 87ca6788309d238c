"""What undo and redo must do, told a second time and by other means: on dumps of all rows."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from typing import Any

from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import Dump, dump

Row = dict[str, Any]
Cell = tuple[str, int, str | None]
STAMP = {"updated_at"}  # says when, not what

REFERENCES = (
    ("speaker", "on_behalf_of", "speaker"),
    ("alias", "speaker_id", "speaker"),
    ("statement", "article_id", "article"),
    ("statement", "annotator_id", "annotator"),
    ("statement", "speaker_id", "speaker"),
    ("source", "statement_id", "statement"),
    ("source", "speaker_id", "speaker"),
    ("excluded", "article_id", "article"),
    ("work", "annotator_id", "annotator"),
    ("work", "article_id", "article"),
    ("decision", "article_id", "article"),
    ("decision", "annotator_id", "annotator"),
    ("decision", "statement_id", "statement"),
    ("decision_source", "decision_id", "decision"),
)
UNIQUE = (  # where something is there: as in SQL, what is empty is like nothing
    ("article", ("sha256",)),
    ("speaker", ("name",)),
    ("alias", ("speaker_id", "folded")),
    ("work", ("annotator_id", "article_id")),
    ("decision", ("statement_id",)),
    ("decision_source", ("decision_id", "statement_uid")),
)


def spans(row: Row, name: str) -> bool:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return start is end is None or (None not in (start, end) and start < end)


# What a row may not hold in these columns at once: two may each have changed one of them.
WITHIN: tuple[tuple[str, tuple[str, ...], Callable[[Row], bool]], ...] = (
    (
        "decision",
        ("verdict", "discuss"),
        lambda r: r["verdict"] != "open" or r["discuss"] is not None,
    ),
    (
        "decision",
        ("verdict", "statement_id"),
        lambda r: (r["verdict"] == "statement") == (r["statement_id"] is not None),
    ),
    *(
        ("statement", (f"{name}_start", f"{name}_end"), partial(spans, name=name))
        for name in ("mention", "cue", "condition")
    ),
)


@dataclass(frozen=True)
class Piece:
    """What an action did to one row: the columns before and after, None where there is no row.

    `mark` is LEFT when undo left it in effect, LOST when redo could not bring it back.
    """

    table: str
    row_id: int
    before: Row | None
    after: Row | None
    mark: str = ""

    @property
    def place(self) -> tuple[str, int]:
        return self.table, self.row_id

    @property
    def cells(self) -> set[Any]:
        """The columns it changes; with None when it takes the row away."""
        return {None} if self.after is None else set(self.after) - STAMP

    def back(self) -> "Piece":
        return replace(self, before=self.after, after=self.before)


@dataclass
class Action:
    """One committed action: who did it, and what it did to each row."""

    step_id: int
    owner: int | None
    pieces: list[Piece]
    state: str = "done"

    @classmethod
    def between(cls, step_id: int, owner: int | None, before: Dump, after: Dump) -> "Action":
        pieces = []
        for table in after:
            for row_id in sorted(before[table].keys() | after[table].keys()):
                was, now = before[table].get(row_id), after[table].get(row_id)
                if was is not None and now is not None:
                    changed = [c for c in was if was[c] != now[c]]
                    was, now = ({c: row[c] for c in changed} for row in (was, now))
                if was != now:
                    pieces.append(Piece(table, row_id, was, now))
        return cls(step_id, owner, pieces)


@dataclass
class History:
    """All actions of a project, oldest first."""

    actions: list[Action] = field(default_factory=list)

    def add(self, action: Action) -> None:
        """Something new was done: what its owner could redo is given up."""
        for each in self.of(action.owner, "undone"):
            each.state = "dropped"
        self.actions.append(action)

    def of(self, owner: int | None, state: str) -> list[Action]:
        """The actions in `state` that are the owner's to take back or to do again."""
        return [a for a in self.actions if a.state == state and a.owner in (owner, None)]


def together(now: Dump, pieces: list[Piece], piece: Piece) -> Hashable:
    """What a piece has in common with those it is taken back with, or stays with."""
    rows: dict[tuple[str, int], Row] = {}
    for p in pieces:
        for side in (p.before or {}, p.after or {}):
            told = {c: v for c, v in side.items() if v is not None}
            rows.setdefault(p.place, {}).update(told)

    def column(table: str, row_id: int, name: str) -> Any:
        row = rows.get((table, row_id), {})
        return row[name] if name in row else now[table].get(row_id, {}).get(name)

    table, row_id = piece.place
    if table == "decision_source":
        table, row_id = "decision", column(table, row_id, "decision_id")
    if table == "decision":
        gold = next(i for i, row in now["annotator"].items() if row["role"] == "gold")
        article = column(table, row_id, "article_id")
        if article is None:  # the row is gone: what it made tells where
            made = column(table, row_id, "statement_id")
            article = made and column("statement", made, "article_id")
        return gold, article
    if table == "source":
        table, row_id = "statement", column(table, row_id, "statement_id")
    if table in ("statement", "work"):
        return column(table, row_id, "annotator_id"), column(table, row_id, "article_id")
    return column(table, row_id, "article_id") if table == "excluded" else piece.place


def stands(present: Row | None, was: Row | None) -> bool:
    """Whether a row holds what it was left with; when it was changed last does not matter."""
    if was is None or present is None:
        return present is was
    return all(present[c] == was[c] for c in was if c != "updated_at")


def effective(now: Dump, piece: Piece) -> Piece:
    """A piece as it would be played now: a time of change that was overtaken stays."""
    present = now[piece.table].get(piece.row_id)
    if present is None or piece.before is None:
        return piece
    if piece.after is None:
        return replace(piece, before=present)
    kept = [c for c in piece.after if c not in STAMP or present[c] == piece.before[c]]
    before, after = ({c: row[c] for c in kept} for row in (piece.before, piece.after))
    return replace(piece, before=before, after=after)


def applied(now: Dump, pieces: list[Piece]) -> Dump:
    result = {table: dict(found) for table, found in now.items()}
    for piece in pieces:
        if piece.after is None:
            del result[piece.table][piece.row_id]
        else:
            present = now[piece.table].get(piece.row_id, {})
            result[piece.table][piece.row_id] = {**present, **piece.after}
    return result


def possible(now: Dump, pieces: list[Piece], barred: set[Cell]) -> list[Piece]:
    """Those pieces that nothing stands in the way of."""
    units = {p.place: together(now, pieces, p) for p in pieces}
    left = {
        units[p.place]
        for p in pieces
        if not stands(now[p.table].get(p.row_id), p.before)
        or (p.before is not None and {(*p.place, c) for c in p.cells} & barred)
    }
    while True:
        staying = {p.place for p in pieces if p.after is None and units[p.place] in left}
        played = [p for p in pieces if units[p.place] not in left]
        wrong = faulty(applied(now, [effective(now, p) for p in played]))
        more = {
            units[p.place]
            for p in played
            if {(*p.place, c) for c in p.cells} & wrong
            or (p.after is None and p.before is not None and whole(p.table, p.before) in staying)
        }
        if not more:
            return played
        left |= more


def whole(table: str, row: Row) -> tuple[str, int] | None:
    """What a row is part of."""
    if table == "alias":
        return "speaker", row["speaker_id"]
    return ("article", row["article_id"]) if table == "excluded" else None


def faulty(rows: Dump) -> set[Cell]:
    """The cells that refer to nothing or clash; without a column, what is missed."""
    found: set[Cell] = set()
    for table, column, goal in REFERENCES:
        for row_id, row in rows[table].items():
            if row[column] is not None and row[column] not in rows[goal]:
                found |= {(table, row_id, column), (goal, row[column], None)}
    for table, columns in UNIQUE:
        keys: dict[tuple[Any, ...], int] = {}
        for row_id, row in rows[table].items():
            key = tuple(row[c] for c in columns)
            other = row_id if None in key else keys.setdefault(key, row_id)
            if other != row_id:
                found |= {(table, i, c) for i in (row_id, other) for c in columns}
    for table, agreeing, sound in WITHIN:
        for row_id, row in rows[table].items():
            found |= {(table, row_id, c) for c in agreeing if not sound(row)}
    for (a, one), (b, two) in combinations(rows["excluded"].items(), 2):
        near = one["article_id"] == two["article_id"]
        if near and one["start"] < two["end"] and two["start"] < one["end"]:
            found |= {("excluded", i, "start") for i in (a, b)}
    return found


@dataclass
class Recorded:
    """A project together with what was done in it."""

    project: Project
    history: History = field(default_factory=History)

    def me(self) -> int | None:
        return self.project.annotator.id if self.project.annotator else None

    def now(self) -> Dump:
        return dump(self.project.store)

    def newest_step(self) -> int:
        found = self.project.store.db.execute("SELECT max(id) FROM step").fetchone()[0]
        return int(found or 0)

    def act(self, deed: Callable[[], object]) -> None:
        """Do something: it is one step, or nothing at all."""
        before, step_id = self.now(), self.newest_step()
        try:
            deed()
        except UserError:
            assert self.now() == before
            return
        after = self.now()
        if self.newest_step() == step_id:
            assert after == before
            return
        assert self.newest_step() == step_id + 1
        self.history.add(Action.between(step_id + 1, self.me(), before, after))

    def replay(self, verb: str) -> None:
        """Undo or redo: what the model says comes out, and steps it passes over are passed over."""
        state = "done" if verb == "undo" else "undone"
        found = self.history.of(self.me(), state)
        label = projects.undo_label if verb == "undo" else projects.redo_label
        act = projects.undo_step if verb == "undo" else projects.redo_step
        assert (label(self.project) is None) == (not found)
        before, barred = self.now(), set[Cell]()
        for action in found[::-1] if verb == "undo" else found:
            pieces = [p if verb == "redo" else p.back() for p in action.pieces if not p.mark]
            played = possible(before, pieces, barred)
            if not played:
                barred |= {(*p.place, c) for p in pieces if p.before for c in p.cells if p.after}
                barred |= {(*p.place, None) for p in pieces if p.before and p.after and p.cells}
                continue
            step = act(self.project)
            assert step is not None and step.id == action.step_id
            assert self.now() == applied(before, [effective(before, p) for p in played])
            self.others_work_stands(action, before)
            settle(action, verb, before, played)
            return
        assert act(self.project) is None
        assert self.now() == before

    def others_work_stands(self, action: Action, before: Dump) -> None:
        """Of what is another's, only what this very action had changed is changed back."""
        own, after = {p.place for p in action.pieces}, self.now()
        for table in ("statement", "work", "source"):
            for row_id in before[table].keys() | after[table].keys():
                if (table, row_id) not in own:
                    assert before[table].get(row_id) == after[table].get(row_id)


def settle(action: Action, verb: str, before: Dump, played: list[Piece]) -> None:
    """Note what was really played: the way back is held to just that."""
    places = {p.place for p in played}
    kept: list[Piece] = []
    for piece in action.pieces:
        if piece.mark or piece.place not in places:
            left = (
                piece.mark or "left" if verb == "undo" else ("" if piece.mark == "left" else "lost")
            )
            kept.append(replace(piece, mark=left))
            continue
        done = effective(before, piece if verb == "redo" else piece.back())
        kept.append(done if verb == "redo" else done.back())
        if piece.before and piece.after and done.after and piece.after.keys() != done.after.keys():
            rest = [{c: row[c] for c in STAMP} for row in (piece.before, piece.after)]
            kept.append(
                replace(
                    piece, before=rest[0], after=rest[1], mark="left" if verb == "undo" else "lost"
                )
            )
    action.pieces = merged(kept)
    action.state = "undone" if verb == "undo" else "done"


def merged(pieces: list[Piece]) -> list[Piece]:
    """The pieces with those of one row and one mark made one again."""
    found: dict[tuple[str, int, str], Piece] = {}
    for piece in pieces:
        key = (*piece.place, piece.mark)
        other = found.get(key)
        if other is not None and piece.before and piece.after and other.before and other.after:
            before, after = {**other.before, **piece.before}, {**other.after, **piece.after}
            piece = replace(piece, before=before, after=after)
        found[key] = piece
    return list(found.values())
