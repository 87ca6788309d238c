"""Decisions as the records of a gold export."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from annotator.domain.adjudication import ArticleStatus, Decision, soft
from annotator.domain.records import Statement
from annotator.domain.spans import Span, joined_text, merged
from annotator.errors import UserError
from annotator.formats import gold_record
from annotator.formats.gold_record import (
    AnnotationRef,
    GoldArticleRecord,
    GoldCounts,
    GoldRecord,
    NoStatementRecord,
)
from annotator.formats.statement_record import Quote, SpeakerRef, StatementRecord
from annotator.services import case_reading
from annotator.services.case_reading import ArticleCases
from annotator.services.project import Project
from annotator.services.record_making import RecordMaker
from annotator.storage import queries


class GoldMaker(RecordMaker):
    """Makes the records of what was decided; `annotator_ids` are those whose labels count."""

    def __init__(self, project: Project, annotator_ids: Sequence[int] | None) -> None:
        super().__init__(project, [project.gold.id])
        self._names[project.gold.id] = ""
        self._people = [a.id for a in queries.annotators(project.store)]
        self._project = project
        self._each = case_reading.each_article(project, None, annotator_ids)
        self._stances = [s.id for s in project.codebook.stances]
        self._found: ArticleCases | None = None
        self._totals: Counter[str] = Counter()

    def statements(
        self, article: Mapping[str, Any], rows: Sequence[Any] | None = None
    ) -> Iterator[StatementRecord]:
        """Yield the gold statements of one article with the labels they were decided from."""
        found, text = self._look(article["id"]), article["text"]
        made = {s.uid: s.id for s in found.gold}
        by_statement = {d.statement_id: d for d in found.decisions if d.made}
        for record in super().statements(article, rows):
            decision = by_statement.get(made.get(record.id or "", 0))
            if decision is None:
                raise UserError(
                    f"No decision says where gold statement {record.id} in article"
                    f" “{article['name']}” comes from; nothing was exported. Run: stance-annotator"
                    " check PROJECT"
                )
            sources = _sources(found, decision)
            values = msgspec.structs.asdict(record) | {
                "annotator": self._names[decision.annotator_id],
                "label_source": gold_record.LABEL_SOURCE,
                "annotations": self._annotations(sources, text, article["name"]),
                "soft": soft(sources, self._stances),
            }
            yield GoldRecord(**values)

    def article(self, row: Mapping[str, Any]) -> GoldArticleRecord:
        """Return the record of an article's row, with what is decided to be no statement."""
        found = self._look(row["id"])
        status = case_reading.article_status(self._project, found, row["name"])
        nothing = [self._nothing(d, row) for d in found.decisions if d.verdict == "none"]
        self._count(status, len(found.gold), len(nothing))
        values = msgspec.structs.asdict(super().article(row)) | {
            "gold": status.gold,
            "undecided": status.left,
            "stale": status.stale,
            "no_statement": nothing,
        }
        return GoldArticleRecord(**values)

    def counts(self) -> GoldCounts:
        """Return how far the decisions go, of the articles made so far."""
        return GoldCounts(**{name: self._totals[name] for name in GoldCounts.__struct_fields__})

    def _workers(self) -> Sequence[int]:
        return self._people

    def _look(self, article_id: int) -> ArticleCases:
        """Return what was decided in an article; they are asked for in the order of the list."""
        while self._found is None or self._found.article_id != article_id:
            self._found = next(self._each)
        return self._found

    def _count(self, status: ArticleStatus, statements: int, nothing: int) -> None:
        self._totals["articles"] += status.gold
        self._totals["decided"] += statements + nothing
        self._totals["no_statement"] += nothing
        self._totals["undecided"] += status.left
        self._totals["stale"] += status.stale
        self._totals["incomplete"] += status.incomplete

    def _nothing(self, decision: Decision, row: Mapping[str, Any]) -> NoStatementRecord:
        assert self._found is not None
        sources, text = _sources(self._found, decision), row["text"]
        pieces = merged(piece for s in sources for piece in s.pieces)
        return NoStatementRecord(
            id=decision.uid,
            text=joined_text(pieces, text),
            pieces=_ends(pieces),
            annotator=self._names[decision.annotator_id],
            reason=decision.reason,
            decided_at=decision.decided_at,
            annotations=self._annotations(sources, text, row["name"]),
            soft=soft(sources, self._stances),
        )

    def _annotations(
        self, sources: Sequence[Statement], text: str, name: str
    ) -> list[AnnotationRef]:
        ordered = sorted(sources, key=lambda s: (self._names[s.annotator_id].casefold(), s.start))
        found = [self._annotation(s, text) for s in ordered]
        for annotation in found:
            fault = gold_record.misfit(annotation, text)
            if fault is not None:
                raise UserError(
                    f"Statement {annotation.id} in article “{name}” is not sound: {fault}; nothing"
                    " was exported. Run: stance-annotator check PROJECT"
                )
        return found

    def _annotation(self, statement: Statement, text: str) -> AnnotationRef:
        mention = statement.mention
        return AnnotationRef(
            annotator=self._names[statement.annotator_id],
            id=statement.uid,
            text=joined_text(statement.pieces, text),
            pieces=_ends(statement.pieces),
            speaker=self._speaker(statement.speaker_id),
            mention=None
            if mention is None
            else Quote(mention.start, mention.end, mention.of(text)),
            target=statement.target,
            stance=statement.stance,
            attributes={**self._open, **statement.attributes},
        )

    def _speaker(self, speaker_id: int | None) -> SpeakerRef | None:
        return None if speaker_id is None else self._speakers[speaker_id]


def _sources(found: ArticleCases, decision: Decision) -> list[Statement]:
    """Return the labels a decision was made from, as they are now, without those that are gone."""
    return [found.statements[uid] for uid in decision.sources if uid in found.statements]


def _ends(pieces: Iterable[Span]) -> list[tuple[int, int]]:
    return [(piece.start, piece.end) for piece in pieces]
