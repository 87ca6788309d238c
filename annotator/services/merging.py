"""Merging: another annotator's labels come in from their copy of the project, as one step.

`plan` shows first what would happen. What comes in is theirs as it is: ids of their file become
ids of this one, speakers are found by uid and name, nothing else is touched.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from annotator.domain.adjudication import Decision, fingerprint
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.services import annotating, importing, merge_planning
from annotator.services.article_reading import PreparedArticle, Region
from annotator.services.merge_plan import Difference, MissingArticle, Plan
from annotator.services.merge_planning import LABEL, plan
from annotator.services.project import Project
from annotator.services.speaker_matching import SpeakerMatcher
from annotator.storage import decision_rows, import_rows, merge_rows, queries

__all__ = ["Difference", "MissingArticle", "Plan", "add", "describe", "merge", "plan"]

_AT_ONCE = 100  # rows in one commit, so that a window keeps painting

Part = Callable[[], AbstractContextManager[object]]


def merge(project: Project, path: Path, *, articles: bool = False) -> Plan:
    """Merge the project at `path` into this one in one transaction; return what was done.

    With `articles`, those that are missing here come in too. UserError as `plan` says.
    """
    other = merge_planning.open_other(project, path)
    try:
        made = merge_planning.plan_with(project, other)
        with project.transact(LABEL):
            for _ in _Merge(project, other, made, nullcontext).work(articles=articles):
                pass
    finally:
        other.close()
    return made


def add(
    project: Project, made: Plan, *, articles: bool = False
) -> Generator[tuple[int, int], None, Plan]:
    """Do what `plan` showed, some rows a turn: yields (done, total), returns the plan.

    All of it is undone as one step. Closing the generator before its end leaves nothing behind.
    UserError when either project changed since the plan was made.
    """
    other = merge_planning.open_other(project, made.path)
    try:
        if merge_planning.marks(project, other) != made.marks:
            raise UserError("The projects changed since they were compared; compare them again.")
        step = project.long_step(LABEL)
        finished = False
        try:
            yield from _Merge(project, other, made, step.part).work(articles=articles)
            finished = True
        finally:
            if not finished:
                step.cancel()
        step.finish()
    finally:
        other.close()
    return made


def describe(made: Plan) -> Iterator[str]:
    """Yield what a plan says, a line each, ready to be printed."""
    yield f"{made.name} ({made.path}): {made.articles} articles in common"
    for article in made.missing:
        yield f"article missing here: {article.name} ({article.statements} statements)"
    yield from (f"new annotator: {name}" for name in made.new_annotators)
    yield from (f"new speaker: {name}" for name in made.new_speakers)
    yield from (f"added: {number} statements by {name}" for name, number in made.added.items())
    for word, listed in (
        ("changed there", made.changed),
        ("deleted there", made.deleted),
        ("conflict", made.conflicts),
    ):
        for found in listed:
            kept = "theirs" if found.taken else "the one here stays"
            yield (
                f"{word}: {found.annotator} in {found.article}, “{found.words}”:"
                f" {', '.join(found.fields)} ({kept})"
            )
    if made.statuses:
        yield f"statuses: {made.statuses}"
    if made.decisions:
        yield f"decisions: {made.decisions}"
    if made.conflicting_decisions:
        yield f"decided on both sides: {made.conflicting_decisions} (those here stay)"
    yield from (f"refused: {sentence}" for sentence in made.refused)
    yield from made.notes
    if made.empty and not made.missing:
        yield "nothing to take over"


class _Merge:
    """Writes what a plan orders; every part commits on its own in a long step."""

    def __init__(self, project: Project, other: Project, made: Plan, part: Part) -> None:
        self._project, self._other = project, other
        self._orders = made.orders
        self._part = part
        self._articles = dict(made.orders.articles)
        self._annotators: dict[int, int] = {other.gold.id: project.gold.id}
        self._refs = merge_planning.speaker_refs(other)
        self._uids = queries.speaker_uids(other.store)
        self._speakers = SpeakerMatcher(project, merge_planning.described(other))

    def work(self, *, articles: bool) -> Iterator[tuple[int, int]]:
        """Do everything; yields (done, total)."""
        orders = self._orders
        added = orders.added + (orders.waiting if articles else [])
        decided = orders.decisions + (orders.waiting_decisions if articles else [])
        total = len(added) + len(orders.changed) + len(decided) + 1
        yield 0, total
        with self._part():
            self._add_annotators(articles=articles)
        if articles:
            yield from self._add_articles(total)
        done = 0
        for chunk in _chunks(added):
            with self._part():
                self._insert(merge_rows.statement_rows(self._other.store, chunk))
            done += len(chunk)
            yield done, total
        for pairs in _chunks(orders.changed):
            with self._part():
                for theirs, ours in pairs:
                    self._update(theirs, ours)
            done += len(pairs)
            yield done, total
        for decisions in _chunks(decided):
            with self._part():
                self._insert_decisions(decisions)
            done += len(decisions)
            yield done, total
        with self._part():
            for statement_id in orders.deleted:
                annotating.remove(self._project, statement_id)
            self._speakers.finish()
        for work in _chunks(self._work_rows(everywhere=articles)):
            with self._part():
                self._set_work(work)
            yield done, total
        yield total, total

    def _add_annotators(self, *, articles: bool) -> None:
        """Add those of their annotators of whom anything comes in."""
        owners = self._orders.owners | (self._orders.waiting_owners if articles else set())
        owners |= {row.annotator_id for row in self._work_rows(everywhere=articles)}
        owners |= {d.annotator_id for d in self._orders.decisions}
        owners |= {d.annotator_id for d in self._orders.waiting_decisions if articles}
        for theirs, ours in self._orders.annotators.items():
            if ours is None and theirs in owners:
                row = self._other.store.row("annotator", theirs)
                del row["id"]
                ours = self._project.store.insert("annotator", row)
            if ours is not None:
                self._annotators[theirs] = ours

    def _add_articles(self, total: int) -> Iterator[tuple[int, int]]:
        found = [self._prepared(article_id) for article_id in self._orders.missing]
        fresh = importing.sorted_out(self._project, found)
        for _ in importing.insert_all(self._project, fresh, self._part):
            yield 0, total
        known = queries.known_texts(self._project.store)
        for theirs, article in zip(self._orders.missing, found, strict=True):
            self._articles[theirs] = known[article.sha256][0]

    def _prepared(self, article_id: int) -> PreparedArticle:
        row = self._other.store.row("article", article_id)
        regions = queries.excluded_regions(self._other.store, article_id)
        return PreparedArticle(
            name=row["name"],
            title=row["title"],
            lang=row["lang"],
            words=row["words"],
            sha256=row["sha256"],
            file_name=row["file_name"],
            file_sha256=row["file_sha256"],
            text=row["text"],
            path=f"{self._other.path}: {row['name']}",
            uid=row["uid"],
            published=row["published"],
            regions=tuple(Region(r.uid, Span(r.span.start, r.span.end), r.reason) for r in regions),
        )

    def _insert(self, rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
        """Insert statements of theirs with their chains; return our ids by theirs."""
        columns = import_rows.STATEMENT
        values = [self._ours(row) for row in rows]
        ids = self._project.store.insert_many(
            "statement", columns, [tuple(row[c] for c in columns) for row in values], whole=True
        )
        new = dict(zip((row["id"] for row in rows), ids, strict=True))
        links = [
            (new[theirs], *self._link(link))
            for theirs, chain in merge_rows.chains(self._other.store, new).items()
            for link in chain
        ]
        if links:
            self._project.store.insert_many("source", import_rows.SOURCE, links, whole=True)
        return new

    def _update(self, theirs: int, ours: int) -> None:
        store = self._project.store
        (row,) = merge_rows.statement_rows(self._other.store, [theirs])
        store.update("statement", ours, {c: self._ours(row)[c] for c in import_rows.STATEMENT})
        chain = [self._link(link) for link in queries.source_rows(self._other.store, theirs)]
        present = queries.source_rows(store, ours)
        if chain == [tuple(link[c] for c in import_rows.SOURCE[1:]) for link in present]:
            return
        for link in present:
            store.delete("source", link["id"])
        for values in chain:
            store.insert("source", dict(zip(import_rows.SOURCE, (ours, *values), strict=True)))

    def _insert_decisions(self, listed: Sequence[Decision]) -> None:
        wanted = [d.statement_id for d in listed if d.statement_id is not None]
        new = self._insert(merge_rows.statement_rows(self._other.store, wanted))
        rows = [
            (
                d.uid,
                self._articles[d.article_id],
                None if d.statement_id is None else new[d.statement_id],
                self._annotators[d.annotator_id],
                d.verdict,
                d.reason,
                d.discuss,
                d.decided_at,
            )
            for d in listed
        ]
        ids = self._project.store.insert_many("decision", decision_rows.DECISION, rows, whole=True)
        sources = [
            (decision_id, uid, self._seen(uid, seen))
            for decision_id, d in zip(ids, listed, strict=True)
            for uid, seen in d.sources.items()
        ]
        if sources:
            self._project.store.insert_many(
                "decision_source", decision_rows.SOURCE, sources, whole=True
            )

    def _seen(self, uid: str, seen: str) -> str:
        """Return the fingerprint as it would be with our speakers, when theirs still held."""
        found = merge_rows.statement_with(self._other.store, uid)
        if found is None or fingerprint(found, self._uids) != seen:
            return seen
        named = {link.speaker_id for link in found.source_chain}
        named |= set() if found.speaker_id is None else {found.speaker_id}
        known = {i: self._speakers.ensure(self._refs[i]) for i in named}
        ours = queries.speaker_uids(self._project.store)
        return fingerprint(found, {theirs_id: ours[i] for theirs_id, i in known.items()})

    def _set_work(self, listed: Sequence[merge_rows.WorkRow]) -> None:
        store = self._project.store
        for row in listed:
            annotator_id, article_id = (
                self._annotators[row.annotator_id],
                self._articles[row.article_id],
            )
            values = {"status": row.status, "note": row.note}
            present = queries.work_id(store, article_id, annotator_id)
            if present is not None:
                store.update("work", present, values)
            else:
                key = {"annotator_id": annotator_id, "article_id": article_id}
                store.insert("work", {**key, **values})

    def _work_rows(self, *, everywhere: bool = False) -> list[merge_rows.WorkRow]:
        """Return their statuses that come in; those of missing articles if `everywhere`."""
        wanted, missing = set(self._orders.work), set(self._orders.missing)
        return [
            row
            for row in merge_rows.work_rows(self._other.store).values()
            if row.id in wanted or (everywhere and row.article_id in missing)
        ]

    def _ours(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of their file with the ids of this one."""
        speaker = row["speaker_id"]
        return dict(row) | {
            "article_id": self._articles[row["article_id"]],
            "annotator_id": self._annotators[row["annotator_id"]],
            "speaker_id": None if speaker is None else self._speakers.ensure(self._refs[speaker]),
        }

    def _link(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        speaker_id = self._speakers.ensure(self._refs[row["speaker_id"]])
        return row["position"], speaker_id, row["start"], row["end"]


def _chunks(listed: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(listed), _AT_ONCE):
        yield listed[at : at + _AT_ONCE]
