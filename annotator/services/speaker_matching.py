"""Speakers of lines that come in: who is known already, and who has to be made."""

from collections.abc import Iterable

from annotator.domain.records import SPEAKER_TYPES
from annotator.domain.text import fold
from annotator.formats.dataset_record import SpeakerRecord
from annotator.formats.statement_record import SpeakerRef
from annotator.services.article_reading import uuid_or_none
from annotator.services.project import Project, new_uid
from annotator.storage import queries


class SpeakerMatcher:
    """Finds the speakers that lines name: by uid, then by name, then by alias; else makes them.

    `described` is what the export says of its speakers beside the lines: a speaker that is made
    here gets their aliases and principal too.
    """

    def __init__(self, project: Project, described: Iterable[SpeakerRecord] = ()) -> None:
        self._project = project
        self._described = {speaker.id: speaker for speaker in described}
        self._found: dict[SpeakerRef, int] = {}
        self._made: dict[int, SpeakerRecord] = {}
        known = queries.speakers(project.store)
        self._by_uid = {s.uid: s.id for s in known}
        self._exact = {s.name: s.id for s in known}
        self._by_name: dict[str, int] = {}
        aliases: dict[str, set[int]] = {}
        for speaker in known:
            self._by_name.setdefault(fold(speaker.name), speaker.id)
            for alias in speaker.aliases:
                aliases.setdefault(fold(alias), set()).add(speaker.id)
        # an alias that two share names neither
        self._by_alias = {name: min(ids) for name, ids in aliases.items() if len(ids) == 1}

    def fault(self, speaker: SpeakerRef) -> str | None:
        """Return why `speaker` cannot come in (a clause), or None."""
        if speaker in self._found:
            return None
        if not speaker.name.strip():
            return "its speaker has no name"
        if speaker.type not in SPEAKER_TYPES:
            return f"its speaker's type “{speaker.type}” is not one of {', '.join(SPEAKER_TYPES)}"
        return None

    def known(self, speaker: SpeakerRef) -> int | None:
        """Return the id of `speaker` if there is one already."""
        found = self._found.get(speaker)
        if found is None:
            found = self._look_up(speaker)
            if found is not None:
                self._found[speaker] = found
        return found

    def ensure(self, speaker: SpeakerRef) -> int:
        """Return the id of `speaker`, made inside the present transaction when new."""
        found = self.known(speaker)
        if found is None:
            found = self._found[speaker] = self._make(speaker)
        return found

    def finish(self) -> None:
        """Give the speakers that were made their principals, as far as the export tells."""
        for speaker_id, described in list(self._made.items()):
            principal = self._described.get(described.on_behalf_of or "")
            if principal is None or principal.type not in SPEAKER_TYPES:
                continue
            principal_id = self.ensure(SpeakerRef(principal.id, principal.name, principal.type))
            if not self._leads_to(principal_id, speaker_id):
                values = {"on_behalf_of": principal_id}
                self._project.store.update("speaker", speaker_id, values)

    def _look_up(self, speaker: SpeakerRef) -> int | None:
        if speaker.id is not None and speaker.id in self._by_uid:
            return self._by_uid[speaker.id]
        name = _cleaned(speaker.name)
        if name in self._exact:
            return self._exact[name]
        folded = fold(name)
        return self._by_name.get(folded) or self._by_alias.get(folded)

    def _make(self, speaker: SpeakerRef) -> int:
        name, folded = _cleaned(speaker.name), fold(_cleaned(speaker.name))
        uid = uuid_or_none(speaker.id) or new_uid()
        values = {"uid": uid, "name": name, "folded": folded, "type": speaker.type}
        speaker_id = self._project.store.insert("speaker", values)
        self._by_uid[uid] = self._exact[name] = self._by_name[folded] = speaker_id
        described = self._described.get(speaker.id or "")
        if described is not None:
            self._made[speaker_id] = described
            self._add_aliases(speaker_id, folded, described.aliases)
        return speaker_id

    def _add_aliases(self, speaker_id: int, folded: str, aliases: Iterable[str]) -> None:
        by_fold = {fold(_cleaned(alias)): _cleaned(alias) for alias in aliases}
        for key, alias in by_fold.items():
            if alias and key != folded:
                values = {"speaker_id": speaker_id, "name": alias, "folded": key}
                self._project.store.insert("alias", values)

    def _leads_to(self, start: int, goal: int) -> bool:
        at: int | None = start
        seen: set[int] = set()
        while at is not None and at not in seen:
            if at == goal:
                return True
            seen.add(at)
            at = self._project.store.row("speaker", at)["on_behalf_of"]
        return False


def _cleaned(name: str) -> str:
    return " ".join(name.split())
