"""What a merge with another copy of the project would do: read from both, shown before it happens.

Statements are the same one by UUID. Which side changed one is told by its versions: the side whose
present version the other one has had before is behind. Reads only, so it may run in any thread.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.codebook import Codebook
from annotator.errors import UserError
from annotator.formats.dataset_record import SpeakerRecord
from annotator.formats.statement_record import SpeakerRef
from annotator.services import importing_labels
from annotator.services import project as projects
from annotator.services.merge_plan import Difference, MissingArticle, Plan
from annotator.services.project import Project
from annotator.services.speaker_matching import SpeakerMatcher
from annotator.storage import decision_rows, history, import_rows, merge_rows, queries, versions
from annotator.storage.merge_rows import Brief
from annotator.storage.versions import Past

LABEL = "Merge labels"

_SHOWN = 60  # code points of a statement's words in a list
_FIELDS = {
    "content": ("pieces",),
    "mention": ("mention_start", "mention_end"),
    "cue": ("cue_start", "cue_end"),
    "condition": ("condition_start", "condition_end"),
}
_SAME_COLUMNS = ("target", "stance", "attributes", "flags", "note")


def open_other(project: Project, path: Path) -> Project:
    """Open the other project for reading only; UserError says why it cannot be merged."""
    if path.exists() and path.samefile(project.path):
        raise UserError(f"“{path}” is this very project; choose another annotator's copy.")
    other = projects.open_project(path, read_only=True)
    try:
        if history.unfinished(other.store.db):
            raise UserError(
                f"An action in “{path}” is not finished; let it end, or open and close the project."
            )
        _refuse_codebook(project.codebook, other.codebook, path)
    except UserError:
        other.close()
        raise
    return other


def plan(project: Project, path: Path) -> Plan:
    """Return what merging the project at `path` into this one would do.

    UserError when it is no project, too new, damaged, this one, or has another codebook.
    """
    other = open_other(project, path)
    try:
        return plan_with(project, other)
    finally:
        other.close()


def plan_with(project: Project, other: Project) -> Plan:
    """Return what merging the open project `other` would do."""
    made = Plan(other.path, other.name)
    made.marks = marks(project, other)
    _match_articles(project, other, made)
    _match_annotators(project, other, made)
    extra = _beyond(other.codebook, project.codebook)
    if extra:
        made.notes.append(f"Its codebook lacks {', '.join(extra)}.")
    comparison = _Comparison(project, other, made)
    comparison.compare_statements()
    comparison.compare_work()
    comparison.compare_decisions()
    made.new_speakers = comparison.new_speakers()
    return made


def marks(project: Project, other: Project) -> tuple[object, object]:
    """Return what tells whether either file changed."""
    return versions.newest_step(project.store), versions.newest_step(other.store)


def speaker_refs(other: Project) -> dict[int, SpeakerRef]:
    """Return their speakers as the matcher knows them, by the ids of their file."""
    return {s.id: SpeakerRef(s.uid, s.name, s.type) for s in queries.speakers(other.store)}


def described(other: Project) -> list[SpeakerRecord]:
    """Return what their file says of its speakers."""
    speakers = queries.speakers(other.store)
    uids = {s.id: s.uid for s in speakers}
    return [
        SpeakerRecord(s.uid, s.name, s.type, uids.get(s.on_behalf_of or 0), s.aliases)
        for s in speakers
    ]


def _refuse_codebook(ours: Codebook, theirs: Codebook, path: Path) -> None:
    unknown = _beyond(ours, theirs)
    if unknown:
        raise UserError(
            f"“{path}” has another codebook: this project does not know {', '.join(unknown)};"
            " give both the same codebook first."
        )


def _beyond(known: Codebook, asked: Codebook) -> list[str]:
    """Return what `asked` offers and `known` does not."""
    here = {(group, choice.id) for group, choice in known.all_choices()}
    return [
        f"{group.replace('_', ' ')} “{choice.id}”"
        for group, choice in asked.all_choices()
        if (group, choice.id) not in here
    ]


def _match_articles(project: Project, other: Project, made: Plan) -> None:
    ours = merge_rows.articles(project.store)
    by_text = {row["sha256"]: row["id"] for row in ours}
    by_uid = {row["uid"]: row for row in ours}
    for row in merge_rows.articles(other.store):
        if row["sha256"] in by_text:
            made.orders.articles[row["id"]] = by_text[row["sha256"]]
        elif row["uid"] in by_uid:
            made.refused.append(
                f"Article “{row['name']}” has another text here; its labels are left out."
            )
        else:
            made.orders.missing.append(row["id"])
    made.articles = len(made.orders.articles)


def _match_annotators(project: Project, other: Project, made: Plan) -> None:
    by_uid = {a.uid: a.id for a in projects.annotators(project)}
    for theirs in projects.annotators(other):
        named = projects.find_annotator(project, theirs.name)
        found = by_uid.get(theirs.uid) or (named.id if named else None)
        made.orders.annotators[theirs.id] = found
        made.annotators.append(theirs.name)
        if found is None:
            made.new_annotators.append(theirs.name)


class _Comparison:
    """Compares the rows of both sides and writes down what has to be done."""

    def __init__(self, project: Project, other: Project, made: Plan) -> None:
        self._ours, self._theirs = project.store, other.store
        self._me = project.annotator.id if project.annotator else None
        self._made, self._orders = made, made.orders
        self._names = {a.id: a.name for a in projects.annotators(other)}
        self._our_names = {a.id: a.name for a in projects.annotators(project)}
        self._article_names = queries.article_names(other.store)
        self._our_articles = queries.article_names(project.store)
        self._refs = speaker_refs(other)
        self._matcher = SpeakerMatcher(project)
        self._here = merge_rows.briefs(project.store)
        self._there = merge_rows.briefs(other.store)
        self._gold = import_rows.uids(project.store, "statement") - self._here.keys()
        here, there = versions.states(project.store), versions.states(other.store)
        incoming = (LABEL, importing_labels.LABEL)
        self._our_past: Past = versions.past(project.store, there, incoming)
        self._their_past: Past = versions.past(other.store, here, incoming)

    def compare_statements(self) -> None:
        """Sort out their statements, and ours that they deleted."""
        waiting = dict.fromkeys(self._orders.missing, 0)
        taken: list[tuple[Brief, Brief | None]] = []
        for uid, theirs in self._there.items():
            ours = self._here.get(uid)
            if theirs.article_id not in self._orders.articles | waiting:
                continue  # its text differs
            if uid in self._gold or (ours is not None and not self._same_place(theirs, ours)):
                taken.append((theirs, ours))
            elif theirs.article_id in waiting:
                waiting[theirs.article_id] += 1
                self._orders.waiting.append(theirs.id)
                self._orders.waiting_owners.add(theirs.annotator_id)
            elif ours is None:
                self._compare_missing(theirs)
            elif ours.updated_at != theirs.updated_at:
                self._compare_versions(theirs, ours)
        for uid, ours in self._here.items():
            if uid not in self._there and uid in self._their_past.deleted:
                self._compare_deleted(ours)
        self._leave_out(taken)
        self._made.missing = [
            MissingArticle(self._article_names[i], waiting[i]) for i in self._orders.missing
        ]

    def compare_work(self) -> None:
        """Take their statuses where they were set later than ours."""
        ours = merge_rows.work_rows(self._ours)
        for (annotator_id, article_id), row in merge_rows.work_rows(self._theirs).items():
            here = self._orders.annotators.get(annotator_id)
            article = self._orders.articles.get(article_id)
            if article is None or row.id in self._orders.unworked:
                continue
            present = ours.get((here or 0, article))
            if present is not None:
                same = (present.status, present.note) == (row.status, row.note)
                since = self._our_past.work.get(present.id, "")
                if same or self._their_past.work.get(row.id, "") <= since:
                    continue
            self._orders.work.append(row.id)
        self._made.statuses = len(self._orders.work)

    def compare_decisions(self) -> None:
        """Take their decisions about what is not decided here."""
        taken_uids = self._here.keys() | self._gold
        ours = decision_rows.all_decisions(self._ours)
        known = {d.uid: d for d in ours}
        decided = {uid for d in ours if d.made for uid in d.sources}
        uids = {s.id: s.uid for s in merge_rows.gold_statements(self._theirs)}
        for theirs in decision_rows.all_decisions(self._theirs):
            here, missing = known.get(theirs.uid), theirs.article_id in self._orders.missing
            if not theirs.made or not (missing or theirs.article_id in self._orders.articles):
                continue
            if here is not None:
                same = (here.verdict, here.decided_at) == (theirs.verdict, theirs.decided_at)
                self._made.conflicting_decisions += not same
            elif not decided.isdisjoint(theirs.sources):
                self._made.conflicting_decisions += 1
            elif uids.get(theirs.statement_id or 0) in taken_uids:
                self._made.refused.append(
                    f"Gold statement {uids[theirs.statement_id or 0]} is a label here; its decision"
                    " is left out."
                )
            elif missing:
                self._orders.waiting_decisions.append(theirs)
            elif theirs.uid not in self._our_past.deleted:
                self._orders.decisions.append(theirs)
        self._made.decisions = len(self._orders.decisions)

    def new_speakers(self) -> list[str]:
        """Return the names of the speakers that will be made."""
        ids = [i for i, _ in self._orders.changed] + self._orders.added
        ids += [d.statement_id for d in self._orders.decisions if d.statement_id is not None]
        named = {row["speaker_id"] for row in merge_rows.statement_rows(self._theirs, ids)}
        links = merge_rows.chains(self._theirs, ids).values()
        named |= {row["speaker_id"] for chain in links for row in chain}
        refs = [self._refs[i] for i in named if i is not None]
        return sorted({ref.name for ref in refs if self._matcher.known(ref) is None})

    def _leave_out(self, taken: Sequence[tuple[Brief, Brief | None]]) -> None:
        """Leave out statements whose uid is another's here, and that their articles are done.

        Else somebody would have finished articles in which they seem to have found nothing.
        """
        places = {(theirs.annotator_id, theirs.article_id) for theirs, _ in taken}
        rows = merge_rows.work_rows(self._theirs)
        self._orders.unworked = {rows[place].id for place in places & rows.keys()}
        whose = Counter(
            (
                self._names[theirs.annotator_id],
                self._our_names.get(ours.annotator_id) if ours else "",
            )
            for theirs, ours in taken
        )
        for (name, other), number in whose.items():
            one = number == 1
            them = "1 statement" if one else f"{number:,} statements"
            here = "is another one" if one else "are other ones"
            if other and other != name:
                here = f"{'belongs' if one else 'belong'} to {other}"
            self._made.refused.append(
                f"{them} by {name} {here} here; left out, with the status of the articles."
            )

    def _same_place(self, theirs: Brief, ours: Brief) -> bool:
        return (ours.article_id, ours.annotator_id) == (
            self._orders.articles.get(theirs.article_id),
            self._orders.annotators[theirs.annotator_id],
        )

    def _compare_missing(self, theirs: Brief) -> None:
        mine = self._orders.annotators[theirs.annotator_id] == self._me is not None
        if mine and theirs.uid in self._our_past.deleted:
            self._made.conflicts.append(self._shown(theirs, ("deleted here",), taken=False))
            return
        self._made.added[self._names[theirs.annotator_id]] += 1
        self._orders.added.append(theirs.id)
        self._orders.owners.add(theirs.annotator_id)

    def _compare_versions(self, theirs: Brief, ours: Brief) -> None:
        fields = tuple(self._differing(theirs, ours))
        if not fields:
            return
        behind = ours.updated_at in self._their_past.versions.get(theirs.id, ())
        ahead = theirs.updated_at in self._our_past.versions.get(ours.id, ())
        if ahead and not behind:
            return
        taken = behind or ours.annotator_id != self._me
        listed = self._made.changed if behind else self._made.conflicts
        listed.append(self._shown(theirs, fields, taken=taken))
        if taken:
            self._orders.changed.append((theirs.id, ours.id))

    def _compare_deleted(self, ours: Brief) -> None:
        """Take over that they deleted a statement, but never for the current annotator's own."""
        taken = ours.annotator_id != self._me
        past = self._their_past
        unchanged = ours.updated_at in past.versions.get(past.deleted[ours.uid], ())
        difference = self._shown(ours, ("deleted there",), taken=taken, here=True)
        (self._made.deleted if unchanged and taken else self._made.conflicts).append(difference)
        if taken:
            self._orders.deleted.append(ours.id)

    def _differing(self, theirs: Brief, ours: Brief) -> Iterator[str]:
        (one,) = merge_rows.statement_rows(self._theirs, [theirs.id])
        (two,) = merge_rows.statement_rows(self._ours, [ours.id])
        for name, columns in _FIELDS.items():
            if any(one[column] != two[column] for column in columns):
                yield name
        if self._speaker(one["speaker_id"]) != two["speaker_id"]:
            yield "speaker"
        for column in _SAME_COLUMNS:
            if one[column] != two[column]:
                yield column
        if self._chain(self._theirs, theirs.id) != self._chain(self._ours, ours.id):
            yield "source chain"

    def _chain(self, store: Any, statement_id: int) -> list[tuple[object, ...]]:
        theirs = store is self._theirs
        return [
            (
                self._speaker(row["speaker_id"]) if theirs else row["speaker_id"],
                row["start"],
                row["end"],
            )
            for row in queries.source_rows(store, statement_id)
        ]

    def _speaker(self, speaker_id: int | None) -> int | None:
        """Return our id of one of their speakers; -1 for one that is new here."""
        if speaker_id is None:
            return None
        found = self._matcher.known(self._refs[speaker_id])
        return -1 if found is None else found

    def _shown(
        self, brief: Brief, fields: Sequence[str], *, taken: bool, here: bool = False
    ) -> Difference:
        store = self._ours if here else self._theirs
        articles: Mapping[int, str] = self._our_articles if here else self._article_names
        names = self._our_names if here else self._names
        found = queries.statement(store, brief.id)
        text = import_rows.article_text(store, brief.article_id)
        words = text[found.start : min(found.end, found.start + _SHOWN)]
        return Difference(
            brief.uid,
            articles[brief.article_id],
            names[brief.annotator_id],
            " ".join(words.split()),
            tuple(fields),
            taken,
        )
