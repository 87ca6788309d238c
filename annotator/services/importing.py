"""Articles coming in: what is new, what is there already, and one undoable step for all of it."""

import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.services.article_reading import Prepared, PreparedArticle, prepare
from annotator.services.gathering import Refusal
from annotator.services.project import Project
from annotator.storage import history, import_rows, queries

__all__ = ["Duplicate", "Prepared", "Refusal", "Report", "add", "import_articles", "prepare"]

LABEL = "Import articles"

_AT_ONCE = 25  # articles in one commit, so that a window keeps painting
_CHARS_AT_ONCE = 1_000_000

Part = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose text is there already, under the name of article `of`."""

    path: str
    name: str
    of: str

    def __str__(self) -> str:
        return f"{self.path}: the same text as article “{self.of}”"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import of articles did; `added` are the names of the new ones."""

    added: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refusal, ...]


@dataclass(slots=True)
class Fresh:
    """The articles that are new, under the name and uid they get, and those that are not."""

    articles: list[tuple[str, str, PreparedArticle]] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)


def import_articles(project: Project, paths: Sequence[Path]) -> Report:
    """Bring in the articles of `paths` in one transaction; see `prepare` for what is read."""
    prepared = prepare(paths)
    fresh = sorted_out(project, prepared.articles)
    with project.transact(LABEL):
        for _ in insert_all(project, fresh, nullcontext):
            pass
    return _report(fresh, prepared)


def add(project: Project, prepared: Prepared) -> Generator[tuple[int, int], None, Report]:
    """Bring in what `prepare` read, some articles a turn: yields (done, total), returns a Report.

    All of it is undone as one step. Closing the generator before its end leaves nothing behind.
    """
    fresh = sorted_out(project, prepared.articles)
    if fresh.articles:
        step = project.long_step(LABEL)
        finished = False
        try:
            yield from insert_all(project, fresh, step.part)
            finished = True
        finally:
            if not finished:
                step.cancel()
        step.finish()
    return _report(fresh, prepared)


def rename_article(project: Project, article_id: int, title: str) -> None:
    """Set the title of an article."""
    cleaned = " ".join(title.split())
    if not cleaned:
        raise UserError("An article needs a title; type one.")
    with project.transact("Rename article"):
        project.store.update("article", article_id, {"title": cleaned})


def sorted_out(project: Project, articles: Sequence[PreparedArticle]) -> Fresh:
    """Tell new articles from those the project (or an earlier file) has; give the new ones names.

    An article keeps the uid its file gives unless that is taken.
    """
    known = queries.known_texts(project.store)
    by_text = {sha256: name for sha256, (_, _, name) in known.items()}
    uids = {uid for _, uid, _ in known.values()}
    namer = _Namer(by_text.values())
    fresh = Fresh()
    for article in articles:
        if article.sha256 in by_text:
            of = by_text[article.sha256]
            fresh.duplicates.append(Duplicate(article.path, article.name, of))
            continue
        name = by_text[article.sha256] = namer.unique(article.name)
        uid = article.uid if article.uid and article.uid not in uids else str(uuid.uuid4())
        uids.add(uid)
        fresh.articles.append((name, uid, article))
    return fresh


def insert_all(
    project: Project, fresh: Fresh, part: Part, *, at: str | None = None
) -> Iterator[tuple[int, int]]:
    """Insert the new articles with their excluded regions, each chunk inside a `part`.

    Yields how many are in and how many there are; `at` is the time they came in, now if None.
    """
    done, total = 0, len(fresh.articles)
    taken = import_rows.uids(project.store, "excluded")
    for chunk in _chunks(fresh.articles):
        yield done, total
        with part():
            _insert(project, chunk, taken, at or history.now())
        done += len(chunk)
    if total:
        yield done, total


def _insert(
    project: Project, chunk: Sequence[tuple[str, str, PreparedArticle]], taken: set[str], at: str
) -> None:
    rows = [
        (
            *(uid, name, a.title, a.lang, a.words, a.sha256),
            *(a.file_name, a.file_sha256, at, a.text, a.published),
        )
        for name, uid, a in chunk
    ]
    ids = project.store.insert_many("article", import_rows.ARTICLE, rows)
    regions: list[tuple[object, ...]] = []
    for article_id, (_, _, article) in zip(ids, chunk, strict=True):
        for region in article.regions:
            uid = region.uid if region.uid and region.uid not in taken else str(uuid.uuid4())
            taken.add(uid)
            regions.append((uid, article_id, region.span.start, region.span.end, region.reason))
    if regions:
        project.store.insert_many("excluded", import_rows.EXCLUDED, regions)


def _chunks(
    articles: Sequence[tuple[str, str, PreparedArticle]],
) -> Iterator[list[tuple[str, str, PreparedArticle]]]:
    chunk: list[tuple[str, str, PreparedArticle]] = []
    chars = 0
    for article in articles:
        chunk.append(article)
        chars += len(article[2].text)
        if len(chunk) >= _AT_ONCE or chars >= _CHARS_AT_ONCE:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


class _Namer:
    """Gives out names that no other article has: a second “a” becomes “a (2)”."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken: set[str] = set(taken)
        self._last: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Return `name`, numbered if it is taken, and take it."""
        number = self._last.get(name, 1)
        found = name
        while found in self._taken:
            number += 1
            found = f"{name} ({number})"
        self._last[name] = number
        self._taken.add(found)
        return found


def _report(fresh: Fresh, prepared: Prepared) -> Report:
    added = tuple(name for name, _, _ in fresh.articles)
    return Report(added, tuple(fresh.duplicates), tuple(prepared.refused))
