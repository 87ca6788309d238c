"""Speakers: who is named by which words, the registry, and source chains."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain import naming
from annotator.domain.naming import Candidate
from annotator.domain.records import SourceLink, Speaker, SpeakerType
from annotator.domain.spans import Span
from annotator.domain.text import fold
from annotator.errors import UserError
from annotator.services import annotating, decisions
from annotator.services.project import Project, new_uid
from annotator.storage import history, queries, rows


def all_speakers(project: Project) -> list[Speaker]:
    """Return every speaker with aliases, by name."""
    return queries.speakers(project.store)


def uses(project: Project) -> dict[int, int]:
    """Return for each speaker in how many statements or source chains it stands."""
    return queries.speaker_uses(project.store)


def candidates(project: Project, words: str, limit: int = 8) -> list[Candidate]:
    """Return the speakers that `words` may name, best first; accents and case do not matter."""
    return naming.candidates(words, all_speakers(project), uses(project), limit)


def name_by_mention(project: Project, statement_id: int, mention: Span) -> Speaker | None:
    """Mark `mention` as the words that name the speaker and set the speaker they are known for.

    Returns None, and leaves the speaker as it was, when the words name nobody yet or several.
    """
    statement = queries.statement(project.store, statement_id)
    words = mention.of(queries.article(project.store, statement.article_id).text)
    known = naming.known_as(words, all_speakers(project))
    values: dict[str, Any] = rows.span_columns("mention", mention)
    if len(known) == 1:
        values["speaker_id"] = known[0].id
    with project.transact("Mark speaker"):
        _update(project, statement_id, values)
    return known[0] if len(known) == 1 else None


def assign(project: Project, statement_id: int, speaker_id: int | None) -> None:
    """Set the speaker of a statement and learn the marked words as an alias; None clears it."""
    with project.transact("Set speaker" if speaker_id else "Clear speaker"):
        _update(project, statement_id, {"speaker_id": speaker_id})
        if speaker_id is not None:
            _learn_from_mention(project, statement_id, speaker_id)


def assign_new(
    project: Project, statement_id: int, name: str, type_: SpeakerType | None = None
) -> int:
    """Make a speaker called `name` (or take the one there is), set it, and return its id."""
    with project.transact("Set speaker"):
        speaker_id = ensure(project, name, type_)
        assign(project, statement_id, speaker_id)
    return speaker_id


def ensure(project: Project, name: str, type_: SpeakerType | None = None) -> int:
    """Return the id of the speaker called `name`, made when there is none."""
    name = _clean(name)
    known = [s for s in all_speakers(project) if fold(s.name) == fold(name)]
    if known:
        return known[0].id
    values = {
        "uid": new_uid(),
        "name": name,
        "folded": fold(name),
        "type": type_ or naming.guess_type(name),
    }
    with project.transact("Add speaker"):
        return project.store.insert("speaker", values)


def rename(project: Project, speaker_id: int, name: str) -> None:
    """Rename a speaker; the old name stays as an alias."""
    name = _clean(name)
    taken = [s for s in all_speakers(project) if s.name == name and s.id != speaker_id]
    if taken:
        raise UserError(f"There is a speaker “{name}” already; merge the two instead.")
    old = project.store.row("speaker", speaker_id)["name"]
    with project.transact("Rename speaker"):
        project.store.update("speaker", speaker_id, {"name": name, "folded": fold(name)})
        if fold(old) != fold(name):
            _learn(project, speaker_id, old)


def set_type(project: Project, speaker_id: int, type_: SpeakerType) -> None:
    """Set what kind of speaker this is."""
    with project.transact("Set speaker type"):
        project.store.update("speaker", speaker_id, {"type": type_})


def set_on_behalf_of(project: Project, speaker_id: int, principal_id: int | None) -> None:
    """Set for whom a speaker speaks; UserError when that would close a circle."""
    by_id = {s.id: s for s in all_speakers(project)}
    if principal_id is not None and speaker_id in _principals(by_id, principal_id):
        raise UserError(
            f"“{by_id[speaker_id].name}” cannot speak on behalf of itself, not even by way of"
            " others; choose another principal."
        )
    with project.transact("Set principal"):
        project.store.update("speaker", speaker_id, {"on_behalf_of": principal_id})


def add_alias(project: Project, speaker_id: int, name: str) -> None:
    """Add another name by which a speaker is known."""
    with project.transact("Add alias"):
        _learn(project, speaker_id, _clean(name), any_word=True)


def remove_alias(project: Project, speaker_id: int, name: str) -> None:
    """Forget one of a speaker's aliases."""
    with project.transact("Remove alias"):
        for row in queries.alias_rows(project.store, speaker_id):
            if row["folded"] == fold(name):
                project.store.delete("alias", row["id"])


def merge(project: Project, kept_id: int, gone_id: int) -> None:
    """Make one speaker of two: everything `gone_id` said is `kept_id`'s, its names are aliases."""
    if kept_id == gone_id:
        raise UserError("Choose two different speakers to merge.")
    by_id = {s.id: s for s in all_speakers(project)}
    gone = by_id[gone_id]
    with project.transact("Merge speakers"):
        # Whom the kept one speaks for, directly or by way of others, cannot speak for it.
        for row_id in _principals(by_id, kept_id):
            if by_id[row_id].on_behalf_of == gone_id:
                project.store.update("speaker", row_id, {"on_behalf_of": None})
        _point_elsewhere(project, gone_id, kept_id)
        for row in queries.alias_rows(project.store, gone_id):
            project.store.delete("alias", row["id"])
        project.store.delete("speaker", gone_id)
        for name in (gone.name, *gone.aliases):
            _learn(project, kept_id, name, any_word=True)


def delete(project: Project, speaker_id: int) -> None:
    """Delete a speaker that nothing refers to."""
    found = next(s for s in all_speakers(project) if s.id == speaker_id)
    agents = queries.speaker_ids_on_behalf_of(project.store, speaker_id)
    if uses(project).get(speaker_id) or agents:
        raise UserError(f"“{found.name}” is in use; merge it into another speaker instead.")
    with project.transact("Delete speaker"):
        for row in queries.alias_rows(project.store, speaker_id):
            project.store.delete("alias", row["id"])
        project.store.delete("speaker", speaker_id)


def set_source_chain(project: Project, statement_id: int, chain: Sequence[SourceLink]) -> None:
    """Set who reports whom, the writer first; an empty chain clears it."""
    if tuple(chain) == queries.statement(project.store, statement_id).source_chain:
        return
    decisions.refuse_foreign(project, statement_id)
    with project.transact("Set source chain" if chain else "Clear source chain"):
        _replace_chain(project, statement_id, chain)


def add_source(
    project: Project, statement_id: int, speaker_id: int, span: Span | None = None
) -> None:
    """Add one reporter at the end of the source chain, next to the speaker."""
    chain = queries.statement(project.store, statement_id).source_chain
    set_source_chain(project, statement_id, [*chain, SourceLink(speaker_id, span)])


def known_as(project: Project, words: str) -> Speaker | None:
    """Return the one speaker whose name or alias `words` are; None when nobody or several."""
    known = naming.known_as(words, all_speakers(project))
    return known[0] if len(known) == 1 else None


def _principals(by_id: Mapping[int, Speaker], speaker_id: int) -> list[int]:
    """Return `speaker_id`, for whom it speaks, for whom that one speaks, and so on."""
    found: list[int] = []
    at: int | None = speaker_id
    while at is not None and at not in found:
        found.append(at)
        at = by_id[at].on_behalf_of
    return found


def _replace_chain(project: Project, statement_id: int, chain: Sequence[SourceLink]) -> None:
    for row in queries.source_rows(project.store, statement_id):
        project.store.delete("source", row["id"])
    for position, link in enumerate(chain):
        values = {
            "statement_id": statement_id,
            "position": position,
            "speaker_id": link.speaker_id,
            "start": link.span.start if link.span else None,
            "end": link.span.end if link.span else None,
        }
        project.store.insert("source", values)
    project.store.update("statement", statement_id, {"updated_at": history.now()})


def _point_elsewhere(project: Project, gone_id: int, kept_id: int) -> None:
    named = queries.statement_ids_of_speaker(project.store, gone_id)
    links = queries.source_ids_of_speaker(project.store, gone_id)
    reported = [project.store.row("source", link)["statement_id"] for link in links]
    # two names of one speaker became one: nobody changed a label, so no decision is stale
    with decisions.renewed(project, [*named, *reported]):
        for row_id in named:
            project.store.update("statement", row_id, {"speaker_id": kept_id})
        for row_id in links:
            project.store.update("source", row_id, {"speaker_id": kept_id})
    for row_id in queries.speaker_ids_on_behalf_of(project.store, gone_id):
        project.store.update("speaker", row_id, {"on_behalf_of": kept_id})


def _learn_from_mention(project: Project, statement_id: int, speaker_id: int) -> None:
    statement = queries.statement(project.store, statement_id)
    if statement.mention is not None:
        text = queries.article(project.store, statement.article_id).text
        _learn(project, speaker_id, statement.mention.of(text))


def _learn(project: Project, speaker_id: int, words: str, *, any_word: bool = False) -> None:
    words = " ".join(words.split())
    if not words or (naming.names_nobody(words) and not any_word):
        return
    name = project.store.row("speaker", speaker_id)["folded"]
    known = {row["folded"] for row in queries.alias_rows(project.store, speaker_id)}
    if fold(words) not in {name, *known}:
        values = {"speaker_id": speaker_id, "name": words, "folded": fold(words)}
        project.store.insert("alias", values)


def _update(project: Project, statement_id: int, values: dict[str, Any]) -> None:
    decisions.refuse_foreign(project, statement_id)
    if project.store.update("statement", statement_id, values):
        project.store.update("statement", statement_id, {"updated_at": history.now()})
        annotating.reopen_if_incomplete(project, statement_id)


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise UserError("A speaker needs a name; type one.")
    return cleaned
