"""Rows of a project as the records of an export.

The columns are those of `annotator.storage.export_rows`; what repeats from line to line (speakers,
attributes, flags) is built once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from annotator.domain.spans import PIECE_GAP
from annotator.errors import UserError
from annotator.formats import article_record, statement_record
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.formats.statement_record import (
    CONTEXT,
    Quote,
    SourceRef,
    SpeakerRef,
    StatementRecord,
    misfit,
)
from annotator.services.project import Project
from annotator.storage import export_rows, queries

_pieces = msgspec.json.Decoder(list[tuple[int, int]])
_chosen = msgspec.json.Decoder(dict[str, str])
_flags = msgspec.json.Decoder(list[str])


class RecordMaker:
    """Makes the records of one project's articles and of the statements of some annotators."""

    def __init__(self, project: Project, annotator_ids: Sequence[int]) -> None:
        self._store = project.store
        self._ids = list(annotator_ids)
        self._names = {a.id: a.name for a in queries.annotators(project.store)}
        self._speakers = {
            s.id: SpeakerRef(s.uid, s.name, s.type) for s in queries.speakers(project.store)
        }
        self._open = dict.fromkeys(a.id for a in project.codebook.attributes)
        self._attributes: dict[str, Mapping[str, str | None]] = {}
        self._flags: dict[str, Sequence[str]] = {"[]": ()}
        self._chained = export_rows.has_sources(project.store)

    def article(self, row: Mapping[str, Any]) -> ArticleRecord:
        """Return the record of an article's row."""
        text = row["text"]
        regions = queries.excluded_regions(self._store, row["id"])
        work = export_rows.work(self._store, row["id"], self._workers())
        return ArticleRecord(
            schema=article_record.SCHEMA,
            uid=row["uid"],
            name=row["name"],
            sha256=row["sha256"],
            lang=row["lang"],
            length=len(text),
            text=text,
            excluded=[
                RegionRecord(r.uid, r.span.start, r.span.end, r.span.of(text), r.reason)
                for r in regions
            ],
            status={name: status for name, status, _, _ in work},
            seconds={name: round(seconds, 3) for name, _, _, seconds in work},
            notes={name: note for name, _, note, _ in work if note is not None},
            title=row["title"],
            file_name=row["file_name"],
            file_sha256=row["file_sha256"],
            imported_at=row["imported_at"],
            published=row["published"],
        )

    def rows(self, article: Mapping[str, Any]) -> list[Any]:
        """Return the rows of one article's statements in reading order (`export_rows`)."""
        return export_rows.statements(self._store, article["id"], self._ids)

    def statements(
        self, article: Mapping[str, Any], rows: Sequence[Any] | None = None
    ) -> Iterator[StatementRecord]:
        """Yield the records of one article's statements, or of some `rows` of them, each checked.

        UserError names the first statement that does not fit the article's text.
        """
        text, name = article["text"], article["name"]
        make = self._recorder(article)
        for row in self.rows(article) if rows is None else rows:
            try:
                record = make(row)
                fault = misfit(record, text)
            except (msgspec.DecodeError, LookupError) as error:
                fault = f"it cannot be read ({error})"
            if fault is not None:
                raise UserError(
                    f"Statement {row[1]} in article “{name}” is not sound: {fault}; nothing was"
                    " exported. Run: stance-annotator check PROJECT"
                )
            yield record

    def _workers(self) -> Sequence[int]:
        """Return whose status and time stand with an article."""
        return self._ids

    def _recorder(self, article: Mapping[str, Any]) -> Callable[[Any], StatementRecord]:
        """Return the function that makes a record of a row of this article."""
        text, uid, name = article["text"], article["uid"], article["name"]
        sha256, lang = article["sha256"], article["lang"]
        chains = export_rows.sources(self._store, article["id"]) if self._chained else {}
        names, speakers, attributes = self._names, self._speakers, self._attributes

        def quote(start: int | None, end: int | None) -> Quote | None:
            return None if start is None or end is None else Quote(start, end, text[start:end])

        def source(link: tuple[int, int | None, int | None]) -> SourceRef:
            return SourceRef(speakers[link[0]], quote(link[1], link[2]))

        def record(row: Any) -> StatementRecord:
            start, end = row[10], row[11]
            pieces = _pieces.decode(row[9])
            return StatementRecord(
                statement_record.SCHEMA,
                row[1],
                uid,
                name,
                sha256,
                lang,
                start,
                end,
                text[start:end] if len(pieces) == 1 else _joined(pieces, text),
                pieces,
                text[start - CONTEXT if start > CONTEXT else 0 : start],
                text[end : end + CONTEXT],
                None if row[3] is None else speakers[row[3]],
                quote(row[12], row[13]),
                quote(row[14], row[15]),
                [source(link) for link in chains[row[0]]] if row[0] in chains else (),
                row[4],
                row[5],
                attributes.get(row[6]) or self._chosen(row[6]),
                quote(row[16], row[17]),
                self._flags.get(row[7]) or self._raised(row[7]),
                row[8],
                names[row[2]],
                "annotator",
                row[18],
                row[19],
                row[20],
                row[21],
            )

        return record

    def _chosen(self, body: str) -> Mapping[str, str | None]:
        """Return every attribute of the codebook, null where nothing is chosen."""
        made = self._attributes[body] = {**self._open, **_chosen.decode(body)}
        return made

    def _raised(self, body: str) -> Sequence[str]:
        made = self._flags[body] = _flags.decode(body)
        return made


def _joined(pieces: Sequence[tuple[int, int]], text: str) -> str:
    return PIECE_GAP.join([text[start:end] for start, end in pieces])
