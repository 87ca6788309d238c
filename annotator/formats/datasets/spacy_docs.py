"""spaCy: its binary documents (DocBin), one file a language and split, with span groups.

A document is one article as one annotator labelled it, or as it was decided; LANGUAGE/SPLIT.spacy
opens with `spacy.blank(LANGUAGE)`. Long sets go on in LANGUAGE/SPLIT-2.spacy and so on. The groups:
`statements` (label TARGET:STANCE), `target:TARGET` (label STANCE), `mentions` (label: the type of
the speaker), `cues`, `conditions`, `excluded`, `negatives`. The id of a span is that of its
statement, its kb_id that of the speaker; all else stands under `doc.user_data["stance"]`.
"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from annotator.formats import jsonl
from annotator.formats.datasets import negatives, tokens
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.formats.datasets.tokens import Part
from annotator.formats.statement_record import StatementRecord

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

KEY = "stance"
OPEN = "open"  # the label of what is not chosen
ENTITIES = Option("ents", "Statements that do not overlap in doc.ents too", ("no", "yes"))

_GROUPS = {"mention": "mentions", "cue": "cues", "condition": "conditions"}
_CHARACTERS = 2_000_000  # of one file: a DocBin is made in memory
_STATEMENTS = 10_000
# said once of the document
_OF_ARTICLE = frozenset(("schema", "article", "article_name", "article_sha256", "lang"))


class _Files:
    """The files of one language and split."""

    def __init__(self, folder: Path, name: str, attributes: list[str]) -> None:
        self._folder = folder
        self._name = name
        self._attributes = attributes
        self._number = 0
        self._start()

    def add(self, doc: "Doc", statements: int) -> None:
        """Add a document, and write a file when it is large."""
        self._bin.add(doc)
        self._characters += len(doc.text)
        self._statements += statements
        if self._characters >= _CHARACTERS or self._statements >= _STATEMENTS:
            self.write()
            self._start()

    def write(self) -> None:
        """Write the documents that wait, if there are any."""
        if len(self._bin):
            self._number += 1
            tail = f"-{self._number}" if self._number > 1 else ""
            self._folder.mkdir(exist_ok=True)
            self._bin.to_disk(self._folder / f"{self._name}{tail}.spacy")

    def _start(self) -> None:
        from spacy.tokens import DocBin

        self._bin: DocBin = DocBin(attrs=self._attributes, store_user_data=True)
        self._characters = self._statements = 0


class Folder:
    """Writes documents as articles come; holds no more than one file of each language and split."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._context = context
        self._ents = context.options.get(ENTITIES.name) == "yes"
        self._files: dict[tuple[str, str], _Files] = {}
        self._list = (folder / tokens.MISALIGNED_FILE).open("wb")
        self._misaligned = jsonl.Writer(self._list)

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        doc = tokens.tokenised(entry.article)
        for annotator, records in tokens.labelled(entry):
            found = {id(record): tokens.parts(record, doc, self._context) for record in records}
            for record in records:
                listed = tokens.misaligned(record, found[id(record)], doc, entry.article)
                for each in listed:
                    self._misaligned.write(each)
            _mark(doc, [(record, found[id(record)]) for record in records])
            _mark_article(doc, entry)
            doc.user_data = {KEY: _said(entry, annotator, records)}
            if self._ents:
                doc.ents = _entities(doc)[0]
            self._of(doc.lang_, entry.split).add(doc, len(records))
            doc.spans.clear()

    def finish(self) -> None:
        """Write the documents that wait, and close the files."""
        for files in self._files.values():
            files.write()
        self._misaligned.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._list.close()

    def _of(self, lang: str, split: str) -> _Files:
        if (lang, split) not in self._files:
            entities = ["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"] if self._ents else []
            self._files[lang, split] = _Files(
                self._folder / lang, split or "articles", ["ORTH", *entities]
            )
        return self._files[lang, split]


def _mark(doc: "Doc", found: list[tuple[StatementRecord, list[Part]]]) -> None:
    """Put the statements into the span groups of `doc`, which has none."""
    groups: dict[str, list[Span]] = {"statements": []}
    for record, parts in found:
        target, stance = record.target or OPEN, record.stance or OPEN
        for part in parts:
            if part.span == "content":
                _put(groups, "statements", doc, part, f"{target}:{stance}", record)
                _put(groups, f"target:{target}", doc, part, stance, record)
            elif part.span == "mention" and record.speaker:
                _put(groups, "mentions", doc, part, record.speaker.type, record)
            else:
                _put(groups, _GROUPS[part.span], doc, part, part.span, record)
    for name, spans in groups.items():
        doc.spans[name] = spans


def _put(
    groups: dict[str, list["Span"]],
    name: str,
    doc: "Doc",
    part: Part,
    label: str,
    record: StatementRecord,
) -> None:
    from spacy.tokens import Span

    if part.tokens is not None:
        speaker = (record.speaker.id if record.speaker else None) or ""
        span = Span(doc, *part.tokens, label=label, kb_id=speaker, span_id=record.id or "")
        groups.setdefault(name, []).append(span)


def _mark_article(doc: "Doc", entry: Entry) -> None:
    """Put the excluded regions and the negative sentences into groups of their own."""
    from spacy.tokens import Span

    regions = [(r.start, r.end) for r in entry.article.excluded]
    sentences = [(n.span.start, n.span.end) for n in entry.negatives]
    for name, label, ends in (
        ("excluded", "excluded", regions),
        ("negatives", negatives.STANCE, sentences),
    ):
        found = [tokens.stretch(doc, start, end) for start, end in ends]
        doc.spans[name] = [Span(doc, s.start, s.end, label=label) for s in found if s is not None]


def _said(entry: Entry, annotator: str | None, records: list[StatementRecord]) -> dict[str, Any]:
    """Return what a document says beside its spans: the records by the id of their statement."""
    article = entry.article
    statements = {}
    for record in records:
        said = msgspec.to_builtins(record)
        statements[record.id] = {k: v for k, v in said.items() if k not in _OF_ARTICLE}
    return {
        "article": article.uid,
        "article_name": article.name,
        "article_sha256": article.sha256,
        "lang": article.lang,
        "annotator": annotator,
        "statements": statements,
    }


def _entities(doc: "Doc") -> tuple[list["Span"], set[int]]:
    """Return the longest statements that do not overlap, and the ids of those that do."""
    from spacy.util import filter_spans

    spans = list(doc.spans["statements"])
    kept = filter_spans(spans)
    # two statements on the same words are two, and one of them goes
    left = Counter(_key(span) for span in spans) - Counter(_key(span) for span in kept)
    return kept, {key[0] for key in left}


def _key(span: "Span") -> tuple[int, int, int, int]:
    return span.id, span.start, span.end, span.label


def lost(entry: Entry, context: Context) -> Counter[str]:
    """Count spans that fit no tokens, and statements that doc.ents leaves out."""
    found: Counter[str] = Counter()
    sets = tokens.labelled(entry)
    found["articles that nobody has finished or labelled"] += not sets
    doc = tokens.tokenised(entry.article)
    for _, records in sets:
        marked = [(record, tokens.parts(record, doc, context)) for record in records]
        found.update(tokens.clause(p) for _, parts in marked for p in parts if not p.exact)
        if context.options.get(ENTITIES.name) == "yes":
            _mark(doc, marked)
            overlapping = len(_entities(doc)[1])
            found["statements that overlap another and are not, or not whole, in doc.ents"] += (
                overlapping
            )
            doc.spans.clear()
    return +found


FORMS = (
    Form(
        name="spacy",
        title="spaCy",
        unit="article",
        carries="Everything, overlapping statements too: their spans in groups, the rest in"
        " user_data.",
        lacks="Edges inside a token in the groups (user_data has them); with ents=yes doc.ents"
        " lacks what overlaps.",
        writer=Folder,
        lost=lost,
        needs="spacy",
        options=(ENTITIES, tokens.MISALIGNED),
    ),
)
