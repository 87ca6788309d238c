"""The sample: a project of six invented articles with the labels of two annotators.

Everything in it that leaves the machine (uids, times) is the same in every copy, so that the
golden export of the tests stays the same to the byte.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator import places
from annotator.domain import naming
from annotator.domain.spans import Span
from annotator.domain.text import fold
from annotator.errors import UserError
from annotator.formats import label_seeds
from annotator.formats.label_seeds import SeedLabel, SeedSpeaker
from annotator.services import importing
from annotator.services import project as projects
from annotator.services.article_reading import PreparedArticle, Region, prepare
from annotator.services.project import Project
from annotator.storage import import_rows, queries, rows

AT = "2026-01-05T09:00:00.000Z"  # when the sample was labelled, as its records say
OPENED_BY = "Camille"

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://stance-annotator.example/sample")
_NARRATOR = "Narrateur"
_UNFINISHED = {("Noor", "05_truce-plan")}


@dataclass(frozen=True, slots=True)
class _Place:
    """An article of the sample in the project."""

    id: int
    name: str
    text: str


def make_sample(path: Path) -> Project:
    """Make a project at `path` with the sample's articles and labels, and return it open.

    It opens as Camille. UserError when there is a file already, or the sample is not shipped.
    """
    seeds = places.shipped("seeds")
    articles = _articles(seeds)
    labels = {name: _labels(seeds, name) for name in ("Camille", "Noor")}
    project = projects.create(path, name="Sample")
    with project.store.transact("Make sample", undoable=False):
        _fill(project, articles, labels)
    projects.annotate_as(project, OPENED_BY)
    return project


def _fill(
    project: Project,
    articles: Sequence[PreparedArticle],
    labels: Mapping[str, Sequence[SeedLabel]],
) -> None:
    fresh = importing.sorted_out(project, articles)
    for _ in importing.insert_all(project, fresh, nullcontext, at=AT):
        pass
    known = queries.known_texts(project.store)
    by_file = {
        a.file_name: _Place(known[a.sha256][0], name, a.text) for name, _, a in fresh.articles
    }
    every = [label for some in labels.values() for label in some]
    speakers = _add_speakers(project, every)
    _add_aliases(project, speakers, every)
    for name, some in labels.items():
        annotator_id = _add_annotator(project, name)
        _add_labels(project, annotator_id, name, some, by_file, speakers)
        _add_work(project, annotator_id, name, by_file.values())


def _articles(seeds: Path) -> list[PreparedArticle]:
    prepared = prepare(sorted(seeds.glob("*.txt")))
    if not prepared.articles or prepared.refused:
        raise UserError(f"The sample is not whole in “{seeds}”; install the program again.")
    excluded = label_seeds.read_regions(seeds / "excluded.json")
    articles = []
    for article in prepared.articles:
        own = [region for region in excluded if region.article == article.file_name]
        regions = tuple(
            Region(
                _uid("excluded", article.name, region.text, region.nth),
                label_seeds.nth(region.text, article.text, region.nth),
                region.reason,
            )
            for region in own
        )
        articles.append(replace(article, uid=_uid("article", article.name), regions=regions))
    return articles


def _labels(seeds: Path, name: str) -> list[SeedLabel]:
    return label_seeds.read_labels(seeds / "labels" / f"{name.lower()}.json")


def _add_annotator(project: Project, name: str) -> int:
    values = {"uid": _uid("annotator", name), "name": name, "created_at": AT}
    return project.store.insert("annotator", values)


def _add_speakers(project: Project, labels: Sequence[SeedLabel]) -> dict[str, int]:
    """Add everybody the labels name; the narrator that every project has gets the sample's name."""
    named: dict[str, SeedSpeaker] = {label.speaker.name: label.speaker for label in labels}
    others = [name for label in labels for name in label.source_chain]
    others += [s.on_behalf_of for s in named.values() if s.on_behalf_of is not None]
    for name in others:
        named.setdefault(name, SeedSpeaker(name, naming.guess_type(name)))
    ids: dict[str, int] = {}
    for name in sorted(named, key=lambda name: (name != _NARRATOR, fold(name))):
        values = {"uid": _uid("speaker", name), "name": name, "folded": fold(name)}
        if name == _NARRATOR:
            ids[name] = next(s.id for s in queries.speakers(project.store) if s.type == "narrator")
            project.store.update("speaker", ids[name], values)
        else:
            values["type"] = named[name].type
            ids[name] = project.store.insert("speaker", values)
    for name, speaker in named.items():
        if speaker.on_behalf_of is not None:
            principal = {"on_behalf_of": ids[speaker.on_behalf_of]}
            project.store.update("speaker", ids[name], principal)
    return ids


def _add_aliases(
    project: Project, speakers: Mapping[str, int], labels: Sequence[SeedLabel]
) -> None:
    """Let the speakers be known by the words that name them, as marking by hand would."""
    known = {(speaker_id, fold(name)) for name, speaker_id in speakers.items()}
    for label in labels:
        key = (speakers[label.speaker.name], fold(label.mention or ""))
        if label.mention and key not in known and not naming.names_nobody(label.mention):
            known.add(key)
            values = {"speaker_id": key[0], "name": label.mention, "folded": key[1]}
            project.store.insert("alias", values)


def _add_labels(
    project: Project,
    annotator_id: int,
    annotator: str,
    labels: Sequence[SeedLabel],
    articles: Mapping[str, _Place],
    speakers: Mapping[str, int],
) -> None:
    order = [attribute.id for attribute in project.codebook.attributes]
    for number, label in enumerate(labels, start=1):
        place = articles[label.article]
        values = {
            "uid": _uid("statement", annotator, number),
            "article_id": place.id,
            "annotator_id": annotator_id,
            "speaker_id": speakers[label.speaker.name],
            "target": label.target,
            "stance": label.stance,
            "attributes": rows.json_text({name: label.attributes[name] for name in order}),
            "flags": rows.json_text(list(label.flags)),
            "note": label.note,
            **_spans(label, place.text),
            "provenance": "manual",
            "codebook_version": project.codebook.version,
            "created_at": AT,
            "updated_at": AT,
        }
        statement_id = project.store.insert("statement", values)
        links = [
            (statement_id, position, speakers[name], None, None)
            for position, name in enumerate(label.source_chain)
        ]
        if links:
            project.store.insert_many("source", import_rows.SOURCE, links)


def _spans(label: SeedLabel, text: str) -> dict[str, Any]:
    """Return the columns that hold where the words of a label stand."""
    pieces = label_seeds.pieces(label, text)
    first = label_seeds.nth(label.content[0], text, label.nth[0])
    columns = rows.pieces_columns(pieces)
    near: dict[str, tuple[str | None, str | None]] = {
        "mention": (label.mention, label.mention_near),
        "cue": (label.cue, label.cue_near),
        "condition_span": (label.condition_span, label.condition_near),
    }
    for field, (words, around) in near.items():
        found: Span | None = label_seeds.beside(words, around, first, text)
        columns |= rows.span_columns(field, found)
    return columns


def _add_work(
    project: Project, annotator_id: int, annotator: str, articles: Iterable[_Place]
) -> None:
    """Set every article done, but for the one that is left unfinished on purpose."""
    listed = [
        (
            annotator_id,
            place.id,
            "in_progress" if (annotator, place.name) in _UNFINISHED else "done",
            None,
        )
        for place in articles
    ]
    project.store.insert_many("work", import_rows.WORK, listed)


def _uid(*parts: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))))
