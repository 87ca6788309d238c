"""What undo and redo must do, told a second time and by other means: on dumps of all rows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import Dump, dump

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
UNIQUE = (
    ("article", ("sha256",)),
    ("speaker", ("name",)),
    ("alias", ("speaker_id", "folded")),
    ("work", ("annotator_id", "article_id")),
    ("decision", ("statement_id",)),
    ("decision_source", ("decision_id", "statement_uid")),
)


@dataclass
class Action:
    """One committed action: who did it, and all rows before and after."""

    step_id: int
    owner: int | None
    before: Dump
    after: Dump
    state: str = "done"


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


def replayed(now: Dump, old: Dump, new: Dump) -> Dump | None:
    """`now` with what changed from `old` to `new` changed; None when others stand in the way."""
    result = {table: dict(found) for table, found in now.items()}
    for table in now:
        for row_id in old[table].keys() | new[table].keys():
            was, shall, present = (d[table].get(row_id) for d in (old, new, now))
            if was == shall:
                continue
            if was is None:
                if present is not None:
                    return None
                result[table][row_id] = shall or {}
            elif shall is None:
                if present != was:
                    return None
                del result[table][row_id]
            else:
                changed = {c: shall[c] for c in shall if shall[c] != was[c]}
                if present is None or any(present[c] != was[c] for c in changed):
                    return None
                result[table][row_id] = {**present, **changed}
    return result if sound(result) else None


def sound(rows: Dump) -> bool:
    """Whether every reference leads somewhere and nothing stands twice that may stand once."""
    for table, column, goal in REFERENCES:
        if any(r[column] is not None and r[column] not in rows[goal] for r in rows[table].values()):
            return False
    for table, columns in UNIQUE:
        keys = [tuple(r[c] for c in columns) for r in rows[table].values()]
        keys = [key for key in keys if None not in key]
        if len(keys) != len(set(keys)):
            return False
    undecided = [row for row in rows["decision"].values() if row["verdict"] == "open"]
    return all(row["discuss"] is not None for row in undecided)


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
        self.history.add(Action(step_id + 1, self.me(), before, after))

    def replay(self, verb: str) -> None:
        """Undo or redo: what the model says comes out, or a refusal where it says so."""
        state, new_state = ("done", "undone") if verb == "undo" else ("undone", "done")
        found = self.history.of(self.me(), state)
        label = projects.undo_label if verb == "undo" else projects.redo_label
        act = projects.undo_step if verb == "undo" else projects.redo_step
        if not found:
            assert label(self.project) is None and act(self.project) is None
            return
        action = found[-1] if verb == "undo" else found[0]
        here, there = (action.after, action.before)[:: 1 if verb == "undo" else -1]
        before = self.now()
        expected = replayed(before, here, there)
        try:
            step = act(self.project)
        except UserError:
            assert expected is None, f"{label(self.project)} was refused for no reason"
            assert self.now() == before
            return
        assert step is not None and step.id == action.step_id
        assert self.now() == expected
        if before == here:  # nobody did anything in between
            assert expected == there
        action.state = new_state
