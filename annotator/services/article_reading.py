"""Files as articles that could come in: read, decoded, titled; no project is needed for it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain import dates
from annotator.domain import text as texts
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats import article_record, jsonl, text_files
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.services.gathering import LINES, Refusal, gather, printable, shown, unread
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Region:
    """An excluded region that comes with an article."""

    uid: str | None
    span: Span
    reason: str | None


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article that could come in; `uid` is None unless the file gives one.

    `published` is an ISO date, None where neither the file nor its name gives one.
    """

    name: str
    title: str
    lang: str | None
    words: int
    sha256: str
    file_name: str
    file_sha256: str
    text: str
    path: str
    uid: str | None = None
    regions: tuple[Region, ...] = ()
    published: str | None = None


@dataclass(slots=True)
class Prepared:
    """What was read of the files of an import: the articles, and what was refused and why."""

    articles: list[PreparedArticle] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def prepare(
    paths: Sequence[Path], progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Prepared:
    """Read the articles of `paths` (.txt files, folders of them, articles.jsonl with texts).

    Needs no project and may run in any thread. CancelledError when `cancelled` says so.
    """
    files, refused = gather(paths)
    prepared = Prepared(refused=refused)
    for done, path in enumerate(files):
        refuse_cancelled(cancelled, "The import")
        tell(progress, done, len(files))
        try:
            if path.suffix.lower() == LINES:
                _read_lines(path, prepared)
            else:
                prepared.articles.append(_read_text(path))
        except OSError as error:
            prepared.refused.append(unread(path, error))
        except UserError as error:
            prepared.refused.append(Refusal(shown(path), str(error)))
    tell(progress, len(files), len(files))
    return prepared


def _read_text(path: Path) -> PreparedArticle:
    data = path.read_bytes()
    text = text_files.decode(data).text
    return PreparedArticle(
        name=printable(path.stem).strip() or "article",
        title=texts.propose_title(text),
        lang=texts.guess_language(text),
        words=texts.count_words(text),
        sha256=texts.sha256(text),
        file_name=printable(path.name),
        file_sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        path=shown(path),
        published=dates.in_name(path.stem),
    )


def _read_lines(path: Path, prepared: Prepared) -> None:
    known = len(prepared.articles) + len(prepared.refused)
    for number, found in records(path):
        refusal = found.reason if isinstance(found, jsonl.Refusal) else fault(found)
        if refusal is not None:
            prepared.refused.append(Refusal(f"{shown(path)}, line {number}", refusal))
        elif isinstance(found, ArticleRecord):
            prepared.articles.append(_article(found, path))
    if known == len(prepared.articles) + len(prepared.refused):
        prepared.refused.append(Refusal(shown(path), "it is empty"))


def records(path: Path) -> Iterator[tuple[int, ArticleRecord | jsonl.Refusal]]:
    """Yield the lines of an articles.jsonl with their numbers."""
    with path.open("rb") as file:
        yield from jsonl.Reader(file, ArticleRecord)


def fault(record: ArticleRecord) -> str | None:
    """Return why the article of a line cannot come in, or None."""
    if record.schema != article_record.SCHEMA:
        return f"its schema is “{record.schema}”, not “{article_record.SCHEMA}”"
    if record.text is None:
        return "it has no text; export the articles with their texts"
    if len(record.text) > text_files.LARGEST:
        return text_files.too_large(len(record.text))
    if not record.text.strip():
        return "it is empty; put the article's text into it"
    if texts.normalise(record.text) != record.text:
        return "its text breaks the text policy (line ends, BOM, NUL)"
    if texts.sha256(record.text) != record.sha256:
        return "its sha256 is not that of its text"
    if record.published is not None and not dates.is_date(record.published):
        return f"its date of publication “{record.published}” is no ISO date such as 2025-03-27"
    beyond = next((r for r in record.excluded if region(r, record.text) is None), None)
    if beyond is not None:
        return f"its excluded region {beyond.start} to {beyond.end} does not fit its text"
    return None


def region(record: RegionRecord, text: str) -> Region | None:
    """Return the excluded region of a record, or None when it does not fit the text."""
    if not 0 <= record.start < record.end <= len(text):
        return None
    if text[record.start : record.end] != record.text:
        return None
    return Region(uuid_or_none(record.id), Span(record.start, record.end), record.reason)


def uuid_or_none(value: str | None) -> str | None:
    """Return `value` if it is a UUID in the form the file keeps."""
    return value if value is not None and _UUID.fullmatch(value) else None


def _article(record: ArticleRecord, path: Path) -> PreparedArticle:
    text = record.text or ""
    regions = (region(r, text) for r in record.excluded)
    return PreparedArticle(
        name=record.name.strip() or "article",
        title=record.title if record.title is not None else texts.propose_title(text),
        lang=record.lang or texts.guess_language(text),
        words=texts.count_words(text),
        sha256=record.sha256,
        file_name=record.file_name or printable(path.name),
        file_sha256=record.file_sha256 or record.sha256,
        text=text,
        path=f"{shown(path)}: {record.name}",
        uid=uuid_or_none(record.uid),
        regions=tuple(r for r in regions if r is not None),
        published=record.published or dates.in_name(record.file_name or record.name),
    )
