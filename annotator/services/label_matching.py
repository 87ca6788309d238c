"""Lines of statements.jsonl against a project: which fit, which are there, which are refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotator.domain.codebook import Codebook
from annotator.formats import statement_record
from annotator.formats.statement_record import Quote, StatementRecord, misfit
from annotator.services.article_reading import uuid_or_none
from annotator.services.project import Project, new_uid
from annotator.services.speaker_matching import SpeakerMatcher
from annotator.storage import history, import_rows, queries, rows
from annotator.storage.import_rows import Key

_KEPT_TEXTS = 256  # lines are sorted by article, so few texts are needed at a time


@dataclass(slots=True)
class Place:
    """An article as the lines meet it: its row, its text, and what is in it already."""

    id: int
    sha256: str
    name: str
    text: str
    keys: dict[Key, str]


@dataclass(slots=True)
class Fitting:
    """A line that fits its article, with the values found while that was made sure of."""

    record: StatementRecord
    place: Place
    pieces: str
    attributes: str
    flags: str


class LabelMatcher:
    """Judges lines for one annotator of one project, and turns those that fit into rows.

    `taken` are the uids given out by this import; matchers of one import share them.
    """

    def __init__(
        self,
        project: Project,
        annotator_id: int,
        speakers: SpeakerMatcher,
        taken: set[str],
    ) -> None:
        self._store = project.store
        self._annotator_id = annotator_id
        self._speakers = speakers
        self._codebook = _Choices(project.codebook)
        self._now = history.now()
        self._version = project.codebook.version
        self._versions = import_rows.codebook_versions(project.store)
        self.other_codebooks: Counter[str] = Counter()  # rows made, by unknown version
        known = queries.known_texts(project.store)
        self._by_text = known
        self._by_uid = {uid: sha256 for sha256, (_, uid, _) in known.items()}
        self._places: dict[int, Place] = {}
        self._fresh_annotator = not import_rows.has_statements(project.store, annotator_id)
        self._fresh_project = not import_rows.has_statements(project.store)
        self._taken = taken
        self._known_uids: dict[str, tuple[int, int]] = {}

    def look_ahead(self, records: Sequence[StatementRecord]) -> None:
        """Ask once which uids of the next `records` are taken, and forget articles long past."""
        if len(self._places) > _KEPT_TEXTS:  # only here: what is judged is not in the file yet
            self._places.clear()
        if not self._fresh_project:
            wanted = [record.id for record in records if record.id is not None]
            self._known_uids = import_rows.statements_by_uid(self._store, wanted)

    def judge(self, record: StatementRecord) -> Fitting | str | None:
        """Return the line as it fits, the reason why it does not, or None when it is there."""
        if record.schema != statement_record.SCHEMA:
            return f"its schema is “{record.schema}”, not “{statement_record.SCHEMA}”"
        place = self._place(record)
        if isinstance(place, str):
            return place
        fault = misfit(record, place.text) or self._fault(record)
        if fault is not None:
            return fault
        attributes = self._codebook.attributes(record.attributes)
        flags = self._codebook.flags(record.flags)
        if attributes is None or flags is None:
            return self._codebook.fault(record)
        pieces = _pieces_text(record)
        if self._is_there(record, place, pieces):
            return None
        if self._clashes(record):
            return (
                f"statement {record.id} is there already with other words or choices; delete it"
                " first to take this one"
            )
        return Fitting(record, place, pieces, attributes, flags)

    def row(self, line: Fitting) -> tuple[Any, ...]:
        """Return the row of `line` in the order of import_rows.STATEMENT, and note it as there."""
        record, place = line.record, line.place
        speaker_id = self._speakers.ensure(record.speaker) if record.speaker else None
        uid = self._free_uid(record.id)
        place.keys[line.pieces, speaker_id, record.target, record.stance] = uid
        version = record.codebook_version or self._version
        if version not in self._versions:
            self.other_codebooks[version] += 1
        created = _time(record.created_at) or self._now
        return (
            uid,
            place.id,
            self._annotator_id,
            speaker_id,
            record.target,
            record.stance,
            line.attributes,
            line.flags,
            record.note,
            line.pieces,
            record.start,
            record.end,
            *_ends(record.mention),
            *_ends(record.cue),
            *_ends(record.condition_span),
            "imported",
            version,
            created,
            _time(record.updated_at) or created,
        )

    def chain(self, statement_id: int, record: StatementRecord) -> list[tuple[Any, ...]]:
        """Return the rows of a line's source chain in the order of import_rows.SOURCE."""
        return [
            (statement_id, position, self._speakers.ensure(link.speaker), *_ends(link.mention))
            for position, link in enumerate(record.source_chain)
        ]

    def _place(self, record: StatementRecord) -> Place | str:
        """Return the article of a line (by uid, else by the hash of its text) or why not."""
        sha256 = self._by_uid.get(record.article or "")
        if sha256 is None:
            sha256 = record.article_sha256
            if sha256 not in self._by_text:
                name = record.article_name or record.article or ""
                return f"its article “{name}” is not in this project; import the article first"
        elif record.article_sha256 not in (None, sha256):
            name = self._by_text[sha256][2]
            return f"article “{name}” has another text here (its sha256 differs)"
        article_id, _, name = self._by_text[sha256]
        place = self._places.get(article_id)
        if place is None:
            place = self._open(article_id, sha256, name)
        return place

    def _open(self, article_id: int, sha256: str, name: str) -> Place:
        keys: dict[Key, str] = {}
        if not (self._fresh_annotator and not self._taken):
            keys = import_rows.statement_keys(self._store, article_id, self._annotator_id)
        text = import_rows.article_text(self._store, article_id)
        place = self._places[article_id] = Place(article_id, sha256, name, text, keys)
        return place

    def _is_there(self, record: StatementRecord, place: Place, pieces: str) -> bool:
        """Tell whether the annotator has this statement: words, speaker, target and stance."""
        if record.speaker is None:
            return (pieces, None, record.target, record.stance) in place.keys
        speaker_id = self._speakers.known(record.speaker)
        key = (pieces, speaker_id, record.target, record.stance)
        return speaker_id is not None and key in place.keys

    def _clashes(self, record: StatementRecord) -> bool:
        """Tell whether the annotator had another statement under this uid before."""
        taken_by = self._known_uids.get(record.id or "")
        return (
            taken_by is not None
            and taken_by[1] == self._annotator_id
            and record.id not in self._taken
        )

    def _free_uid(self, wanted: str | None) -> str:
        uid = uuid_or_none(wanted)
        if uid is None or uid in self._known_uids or uid in self._taken:
            uid = new_uid()
        self._taken.add(uid)
        return uid

    def _fault(self, record: StatementRecord) -> str | None:
        if record.target is not None and record.target not in self._codebook.targets:
            return f"the codebook knows no target “{record.target}”"
        if record.stance is not None and record.stance not in self._codebook.stances:
            return f"the codebook knows no stance “{record.stance}”"
        if record.speaker is not None and (fault := self._speakers.fault(record.speaker)):
            return fault
        for link in record.source_chain:
            if fault := self._speakers.fault(link.speaker):
                return fault
        return None


class _Choices:
    """What the codebook allows, with the answers for values that repeat from line to line."""

    def __init__(self, codebook: Codebook) -> None:
        self.targets = {t.id for t in codebook.targets}
        self.stances = {s.id for s in codebook.stances}
        self._values = {a.id: {c.id for c in a.choices} for a in codebook.attributes}
        self._flags = [f.id for f in codebook.flags]
        self._attribute_texts: dict[tuple[Any, ...], str | None] = {}
        self._flag_texts: dict[tuple[str, ...], str | None] = {}

    def attributes(self, chosen: Mapping[str, str | None]) -> str | None:
        """Return the choices as the file holds them; None when one is not in the codebook."""
        key = tuple(chosen.items())
        if key not in self._attribute_texts:
            self._attribute_texts[key] = self._attributes(chosen)
        return self._attribute_texts[key]

    def flags(self, raised: Sequence[str]) -> str | None:
        """Return the flags as the file holds them; None when one is not in the codebook."""
        key = tuple(raised)
        if key not in self._flag_texts:
            known = all(flag in self._flags for flag in raised)
            ordered = [flag for flag in self._flags if flag in raised]
            self._flag_texts[key] = rows.json_text(ordered) if known else None
        return self._flag_texts[key]

    def fault(self, record: StatementRecord) -> str:
        """Return which attribute, value or flag of a line the codebook does not know."""
        for attribute, value in record.attributes.items():
            if attribute not in self._values:
                return f"the codebook knows no attribute “{attribute}”"
            if value is not None and value not in self._values[attribute]:
                return f"the codebook knows no {attribute} “{value}”"
        unknown = next(flag for flag in record.flags if flag not in self._flags)
        return f"the codebook knows no flag “{unknown}”"

    def _attributes(self, chosen: Mapping[str, str | None]) -> str | None:
        made = {name: value for name, value in chosen.items() if value is not None}
        known = all(value in self._values.get(name, ()) for name, value in made.items())
        if not known or not chosen.keys() <= self._values.keys():
            return None
        return rows.json_text({name: made[name] for name in self._values if name in made})


def _pieces_text(record: StatementRecord) -> str:
    """Return the pieces as the file holds them (`rows.pieces_columns`)."""
    if len(record.pieces) <= 1:
        return f"[[{record.start},{record.end}]]"
    return rows.json_text(record.pieces)


def _ends(quote: Quote | None) -> tuple[int | None, int | None]:
    return (quote.start, quote.end) if quote is not None else (None, None)


def _time(value: str | None) -> str | None:
    """Return `value` when it is a time as the file keeps it (UTC, ending in Z)."""
    if value is None or not value.endswith("Z") or len(value) > 32:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return value
