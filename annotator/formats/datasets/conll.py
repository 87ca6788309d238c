"""Tokens in columns (CoNLL): one column of B-, I- and O a target, spaCy's blank tokenizer.

A block is one article as one annotator labelled it, or as it was decided; it begins with comments
(`# article = …`), ends with a blank line, and a blank line parts its sentences. A comment has no
tab, a token has. White space is no token. A file begins with `# global.columns = …`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotator.domain.codebook import Codebook
from annotator.domain.offset_units import Ruler
from annotator.domain.sentences import sentences
from annotator.formats import jsonl
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets import asked, tokens
from annotator.formats.datasets.form import Context, Entry, Form
from annotator.formats.datasets.tokens import Part
from annotator.formats.statement_record import StatementRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

OPEN = "open"  # the label of a stance that is not chosen
OVERLAPPING_FILE = "overlapping.jsonl"
EXCLUDED = "excluded"

Marked = Sequence[tuple[StatementRecord, list[Part]]]


class Overlapping(msgspec.Struct, frozen=True):
    """A statement that has no labels, since a longer one on the same target has its tokens."""

    article: str
    article_name: str
    annotator: str | None
    id: str | None
    target: str
    stance: str | None
    start: int
    end: int
    text: str


class Folder:
    """Writes the tokens as articles come."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._context = context
        names = {split: f"{split or 'articles'}.conll" for split in context.splits}
        self._files = {split: (folder / name).open("wb") for split, name in names.items()}
        self._misaligned = (folder / tokens.MISALIGNED_FILE).open("wb")
        self._overlapping = (folder / OVERLAPPING_FILE).open("wb")
        self._writers = jsonl.Writer(self._misaligned), jsonl.Writer(self._overlapping)
        columns = f"# global.columns = {' '.join(_columns(context))}\n\n"
        for file in self._files.values():
            file.write(columns.encode())

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        file, article = self._files[entry.split], entry.article
        misaligned, overlapping = self._writers
        doc = tokens.tokenised(article)
        outer = _outer_columns(doc, entry, self._context)
        for annotator, records in tokens.labelled(entry):
            marked = [(r, tokens.parts(r, doc, self._context)) for r in records]
            for record, parts in marked:
                contents = [part for part in parts if part.span == "content"]
                for each in tokens.misaligned(record, contents, doc, article):
                    misaligned.write(each)
            tags, left = _tags(doc, marked, self._context.codebook)
            for record in left:
                overlapping.write(_overlapping(record, article))
            file.write(_head(article, annotator).encode())
            file.writelines(
                line.encode() for line in _lines(doc, marked, article.lang, tags, outer)
            )

    def finish(self) -> None:
        """Write what is left and close the files."""
        for writer in self._writers:
            writer.finish()
        self.close()

    def close(self) -> None:
        """Close the files."""
        for file in (*self._files.values(), self._misaligned, self._overlapping):
            file.close()


def _columns(context: Context) -> list[str]:
    units = [f"{end}_{unit}".upper() for unit in context.offsets for end in ("start", "end")]
    targets = [_word(target.id) for target in context.codebook.targets]
    return ["FORM", "START", "END", *units, *targets, "REGION"]


def _head(article: ArticleRecord, annotator: str | None) -> str:
    said = {"article": article.uid, "name": article.name, "sha256": article.sha256}
    said |= {"lang": article.lang or "", "annotator": annotator or ""}
    return "".join(f"# {key} = {' '.join(value.split())}\n" for key, value in said.items() if value)


def _word(text: str) -> str:
    """Return a name without white space, for a column."""
    return "_".join(text.split())


def _tags(
    doc: "Doc", marked: Marked, codebook: Codebook
) -> tuple[dict[str, list[str]], list[StatementRecord]]:
    """Return each target's labels of the tokens, and the statements that another one displaces.

    Where statements on one target overlap, the longest has the tokens, of equal ones the first.
    """
    tags = {target.id: ["O"] * len(doc) for target in codebook.targets}
    runs = [(record, _runs(doc, parts)) for record, parts in marked if record.target in tags]
    runs.sort(key=lambda each: (-sum(map(len, each[1])), each[0].start))
    left = []
    for record, of_pieces in runs:
        column = tags[record.target or ""]
        if any(column[token] != "O" for run in of_pieces for token in run):
            left.append(record)
            continue
        label = _word(record.stance or OPEN)
        for run in of_pieces:
            for at, token in enumerate(run):
                column[token] = f"{'I' if at else 'B'}-{label}"
    return tags, left


def _runs(doc: "Doc", parts: Sequence[Part]) -> list[list[int]]:
    """Return the tokens of each piece of a content, without white space; each token once."""
    seen: set[int] = set()
    runs = []
    for part in parts:
        if part.span == "content" and part.tokens is not None:
            run = [t for t in range(*part.tokens) if t not in seen and not doc[t].is_space]
            seen.update(run)
            runs.append(run)
    return [run for run in runs if run]


def _outer_columns(doc: "Doc", entry: Entry, context: Context) -> list[tuple[str, str]]:
    """Return what stands before and behind the labels of each token: offsets, and the region."""
    rulers: Mapping[str, Ruler] = asked.rulers(entry, context)
    regions = ["_"] * len(doc)
    for region in entry.article.excluded:
        found = tokens.stretch(doc, region.start, region.end)
        if found is not None:
            regions[found.start : found.end] = [EXCLUDED] * len(found)
    outer = []
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        ends = [start, end]
        ends += [ruler.out(at) for ruler in rulers.values() for at in (start, end)]
        outer.append(("\t".join([token.text, *map(str, ends)]), regions[token.i]))
    return outer


def _lines(
    doc: "Doc",
    marked: Marked,
    lang: str | None,
    tags: "Mapping[str, list[str]]",
    outer: list[tuple[str, str]],
) -> Iterator[str]:
    """Yield the lines of one block and the blank line behind it."""
    breaks = _breaks(doc, marked, lang)
    columns = list(tags.values())
    written = False
    for token in doc:
        if token.i in breaks and written:
            yield "\n"
            written = False
        if not token.is_space:
            before, region = outer[token.i]
            labels = "\t".join([column[token.i] for column in columns])
            yield f"{before}\t{labels}\t{region}\n"
            written = True
    yield "\n"


def _breaks(doc: "Doc", marked: Marked, lang: str | None) -> set[int]:
    """Return the tokens with which a sentence or line begins, but those inside a statement."""
    found = [tokens.stretch(doc, s.start, s.end) for s in sentences(doc.text, lang)]
    breaks = {each.start for each in found if each is not None}
    breaks |= {token.i + 1 for token in doc if token.is_space and "\n" in token.text}
    for _, parts in marked:
        for part in parts:
            if part.span == "content" and part.tokens is not None:
                breaks.difference_update(range(part.tokens[0] + 1, part.tokens[1]))
    return breaks


def _overlapping(record: StatementRecord, article: ArticleRecord) -> Overlapping:
    return Overlapping(
        article=article.uid,
        article_name=article.name,
        annotator=record.annotator,
        id=record.id,
        target=record.target or "",
        stance=record.stance,
        start=record.start,
        end=record.end,
        text=record.text,
    )


def lost(entry: Entry, context: Context) -> Counter[str]:
    """Count what labels of tokens cannot say."""
    found: Counter[str] = Counter()
    sets = tokens.labelled(entry)
    found["articles that nobody has finished or labelled"] += not sets
    known = {target.id for target in context.codebook.targets}
    doc = tokens.tokenised(entry.article)
    for _, records in sets:
        marked = [(record, tokens.parts(record, doc, context)) for record in records]
        for record, parts in marked:
            pieces = [part for part in parts if part.span == "content"]
            found.update(tokens.clause(part) for part in pieces if not part.exact)
            found["statements in pieces, of which each stands alone"] += len(pieces) > 1
            found["statements on no target of the codebook"] += record.target not in known
            found["statements of white space alone"] += not _runs(doc, parts) and all(
                part.tokens for part in pieces
            )
        found[
            "statements that overlap a longer one on the same target, left out and listed in"
            f" {OVERLAPPING_FILE}"
        ] += len(_tags(doc, marked, context.codebook)[1])
    return +found


FORMS = (
    Form(
        name="conll",
        title="CoNLL (BIO)",
        unit="article",
        carries="Each token with its offsets; for every target, B-, I- and O with the stance.",
        lacks="Speakers, mentions, cues, chains, attributes, flags, notes and the labels behind a"
        " decision; of statements on one target that overlap, all but the longest.",
        writer=Folder,
        lost=lost,
        needs="spacy",
        options=(tokens.MISALIGNED,),
    ),
)
