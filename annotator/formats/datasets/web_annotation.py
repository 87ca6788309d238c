"""W3C Web Annotation: a collection with one page of annotations, and articles.jsonl beside it.

A statement is an annotation whose targets are its pieces. Positions are code points, as the
recommendation asks. What it has no property for stands in bodies under keys of a prefix of ours.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from annotator.formats import export_folder, jsonl
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets import losses
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.split_files import SplitFiles
from annotator.formats.gold_record import GoldRecord
from annotator.formats.statement_record import CONTEXT as AROUND
from annotator.formats.statement_record import SpeakerRef, StatementRecord

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"stance": "urn:stance-annotator:"}]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:stance-annotator:collection")
_LEFT_OUT = ("negatives", "annotations")


class Collections:
    """Writes a collection for each split, annotation by annotation."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._texts = context.texts
        self._files = SplitFiles(folder, context, "annotations", ".jsonld")
        self._totals: Counter[str] = Counter()
        for split, file in self._files.by_split.items():
            file.write(_opening(context.name, split))
        self._articles = (folder / export_folder.ARTICLES).open("wb")
        self._article_lines = jsonl.Writer(self._articles)

    def add(self, entry: Entry) -> None:
        """Write the annotations of one article."""
        article = entry.article
        source = _Source(article, texts=self._texts)
        for record, split in zip(entry.statements, entry.splits, strict=True):
            file = self._files.by_split[split]
            file.write(b",\n" if self._totals[split] else b"")
            file.write(msgspec.json.encode(source.annotation(record)))
            self._totals[split] += 1
        self._article_lines.write(article if self._texts else _without_words(article))

    def finish(self) -> None:
        """End the collections and close the files."""
        for split, file in self._files.by_split.items():
            file.write(f'\n]}},"total":{self._totals[split]}}}\n'.encode())
        self._article_lines.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._files.close()
        self._articles.close()


class _Source:
    """Makes annotations on one article."""

    def __init__(self, article: ArticleRecord, *, texts: bool) -> None:
        self._id = _urn(article.uid)
        self._text = article.text or ""
        self._texts = texts

    def annotation(self, record: StatementRecord) -> dict[str, Any]:
        """Return the annotation of a statement."""
        pieces = record.pieces or ((record.start, record.end),)
        return {
            "id": _urn(record.id or ""),
            "type": "Annotation",
            "motivation": "classifying",
            "created": record.created_at,
            "modified": record.updated_at,
            "creator": {"type": "Person", "name": record.annotator},
            "body": list(self._bodies(record)),
            "target": [self._place(start, end) for start, end in pieces],
        }

    def _bodies(self, record: StatementRecord) -> Iterator[dict[str, Any]]:
        chosen = {"target": record.target, "stance": record.stance, **record.attributes}
        for key, value in chosen.items():
            if value is not None:
                yield _body(key, value, "classifying")
        for flag in record.flags:
            yield _body("flag", flag, "tagging")
        if record.speaker is not None:
            yield _person("speaker", record.speaker)
        for link in record.source_chain:
            place = {}
            if link.mention is not None:
                place = {"stance:start": link.mention.start, "stance:end": link.mention.end}
            yield {**_person("source", link.speaker), **place}
        marks = {"mention": record.mention, "cue": record.cue, "condition": record.condition_span}
        for key, span in marks.items():
            if span is not None:
                purpose = "identifying" if key == "mention" else "describing"
                place = self._place(span.start, span.end)
                yield {**place, "purpose": purpose, "stance:key": f"{key}_span"}
        if record.note is not None and self._texts:
            yield _body("note", record.note, "commenting")
        if isinstance(record, GoldRecord):
            for stance, share in (record.soft or {}).items():
                yield _body(f"soft:{stance}", str(share), "classifying")

    def _place(self, start: int, end: int) -> dict[str, Any]:
        selectors: list[dict[str, Any]] = [
            {"type": "TextPositionSelector", "start": start, "end": end}
        ]
        if self._texts:
            quote = {
                "type": "TextQuoteSelector",
                "exact": self._text[start:end],
                "prefix": self._text[max(0, start - AROUND) : start],
                "suffix": self._text[end : end + AROUND],
            }
            selectors.append(quote)
        return {"type": "SpecificResource", "source": self._id, "selector": selectors}


def _opening(name: str, split: str) -> bytes:
    """Return a collection up to its first annotation."""
    collection = uuid.uuid5(_NAMESPACE, f"{name}/{split}")
    page = uuid.uuid5(collection, "page")
    head = {
        "@context": CONTEXT,
        "id": collection.urn,
        "type": "AnnotationCollection",
        "label": f"{name} {split}".strip(),
        "first": {"id": page.urn, "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    return msgspec.json.encode(head).removesuffix(b"]}}") + b"\n"


def _body(key: str, value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "stance:key": key}


def _person(key: str, speaker: SpeakerRef) -> dict[str, Any]:
    id_ = None if speaker.id is None else _urn(speaker.id)
    further = {"stance:id": id_, "stance:type": speaker.type}
    return {**_body(key, speaker.name, "identifying"), **further}


def _urn(uid: str) -> str:
    """Return a UUID as an IRI; any other id under our own prefix."""
    try:
        return uuid.UUID(uid).urn
    except ValueError:
        return f"urn:stance-annotator:id:{uid}"


def _without_words(article: ArticleRecord) -> ArticleRecord:
    """Return an article's record without anything that quotes it."""
    excluded = [msgspec.structs.replace(region, text="") for region in article.excluded]
    changed: dict[str, Any] = {"text": None, "title": None, "notes": {}, "excluded": excluded}
    if hasattr(article, "no_statement"):
        changed["no_statement"] = ()
    return msgspec.structs.replace(article, **changed)


def _lost(entry: Entry, context: Context) -> Counter[str]:
    return losses.of(entry, (*_LEFT_OUT, *(() if context.texts else ("note",))))


FORMS = (
    Form(
        name="web_annotation",
        title="W3C Web Annotation",
        unit="statement",
        carries="A collection of annotations in JSON-LD with positions and quotations; target,"
        " stance, attributes, flags, speaker, chain, mention, cue, condition, note and shares of"
        " stances in bodies; articles.jsonl. Without text, positions alone.",
        lacks="Negatives, and of gold the labels it was decided from; without text also notes,"
        " which may quote.",
        writer=Collections,
        lost=_lost,
        stand_off=True,
    ),
)
