"""What the page says of a case, in words; decisions about words alone, without widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.adjudication import Case, Stale
from annotator.domain.codebook import Codebook, words
from annotator.domain.records import Speaker, Statement
from annotator.domain.spans import PIECE_GAP
from annotator.ui.adjudicate.guises import Guise

_THEN = " \u203a "  # between two reporters of a chain
_STALE: dict[Stale, str] = {
    "changed": "a label was changed",
    "gone": "a label was deleted",
    "new": "a label came to it",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a statement: its name, its words, and whether the annotators differ in it."""

    label: str
    text: str
    differs: bool = False
    symbol: str = ""
    hue: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One annotator's statement, or that they have none; `number` is the key that takes it."""

    statement_id: int | None
    number: int
    guise: Guise
    lines: tuple[Line, ...] = ()
    note: str = ""
    held: bool = False  # it is just what was decided

    @property
    def said(self) -> str:
        """The column in one sentence, for those who listen."""
        parts = [f"{line.label} {line.text}{' (differs)' * line.differs}" for line in self.lines]
        if self.note:
            parts.append(f"note {self.note}")
        return f"{self.guise.name}: {', '.join(parts) or 'no statement here'}"


class Teller:
    """Tells of cases in the words of one codebook, with these speakers and annotators."""

    def __init__(
        self,
        codebook: Codebook,
        speakers: Mapping[int, Speaker],
        guises: Sequence[Guise],
        text: str,
        lang: str,
    ) -> None:
        self._codebook = codebook
        self._speakers = speakers
        self._guises = {guise.annotator_id: guise for guise in guises}
        self._text = text
        self._lang = lang

    def difference(self, case: Case) -> str:
        """Return in what the annotators differ."""
        if not case.statements:
            return "made here" if all(not r.sources for r in case.rows) else "the labels are gone"
        found = sorted({s.annotator_id for s in case.statements})
        if len(case.compared) < 2:
            return f"only {self._names(case.compared)} finished this article"
        parts = []
        if "found" in case.kinds:
            parts.append(f"only {self._names(found)} found it")
        parts += [self._part(kind) for kind in case.kinds if kind not in ("found", "attribute")]
        parts += [self._attribute(name).lower() for name in case.attributes]
        if not parts:
            twice = len(found) < len(case.statements)
            return "one has it twice" if twice else "all agree"
        if "found" in case.kinds:
            return parts[0] + (f"; also {_listed(parts[1:])}" if len(parts) > 1 else "")
        alone = len(parts) == 1 and parts[0] != "words"
        return f"{_listed(parts)} {'differs' if alone else 'differ'}"

    def short(self, case: Case) -> str:
        """Return in what they differ, in a word or two."""
        if not case.statements or len(case.compared) < 2:
            return self.difference(case).capitalize()
        if "found" in case.kinds:
            owners = sorted({s.annotator_id for s in case.statements})
            return f"Only {self._names(owners)}"
        parts = [self._part(kind) for kind in case.kinds if kind != "attribute"]
        parts += [self._attribute(name).lower() for name in case.attributes]
        return ", ".join(parts).capitalize() or "Agreed"

    def columns(self, case: Case, held: Sequence[int]) -> list[Column]:
        """Return a column for each statement, then for each annotator who has none.

        They come in the order of the annotators as shown; `held` are the statements that are just
        what was decided.
        """
        places = {annotator_id: i for i, annotator_id in enumerate(self._guises)}
        ordered = sorted(case.statements, key=lambda s: (places.get(s.annotator_id, 0), s.start))
        shown = [
            Column(
                s.id,
                number,
                self._guises[s.annotator_id],
                tuple(self._lines(s, case)),
                " ".join((s.note or "").split()),
                s.id in held,
            )
            for number, s in enumerate(ordered, 1)
        ]
        owners = {s.annotator_id for s in case.statements}
        absent = [a for a in self._guises if a in case.compared and a not in owners]
        return shown + [Column(None, 0, self._guises[a]) for a in absent if case.statements]

    def common(self, case: Case) -> str:
        """Return the attributes that are the same in every statement."""
        if not case.statements:
            return ""
        first = case.statements[0]
        parts = []
        for attribute in self._codebook.attributes:
            value = first.attributes.get(attribute.id)
            if attribute.id not in case.attributes and value is not None:
                choice = attribute.choice(value)
                name = words(choice.name, self._lang) if choice else value
                parts.append(f"{words(attribute.name, self._lang).lower()} {name.lower()}")
        return " · ".join(parts)

    def summary(self, statement: Statement) -> str:
        """Return who, about what, with what stance."""
        target = self._codebook.target(statement.target)
        stance = self._codebook.stance(statement.stance)
        parts = [
            self._speaker(statement.speaker_id),
            words(target.name, self._lang) if target else "target open",
            words(stance.name, self._lang).lower() if stance else "stance open",
        ]
        return " · ".join(parts)

    def quote(self, statements: Sequence[Statement]) -> str:
        """Return the words of the longest of some statements, on one line."""
        longest = max(statements, key=lambda s: sum(len(p) for p in s.pieces), default=None)
        if longest is None:
            return ""
        pieces = [piece.of(self._text) for piece in longest.pieces]
        return " ".join(PIECE_GAP.join(pieces).split())

    def _lines(self, statement: Statement, case: Case) -> list[Line]:
        every, lang = case.statements, self._lang
        found = []
        if "boundary" in case.kinds:
            found.append(Line("words", self.quote([statement]), differs=True))
        differs = len({s.speaker_id for s in every}) > 1
        found.append(Line("speaker", self._speaker(statement.speaker_id), differs))
        chains = {tuple(link.speaker_id for link in s.source_chain) for s in every}
        if any(chains):
            chain = _THEN.join(self._speaker(link.speaker_id) for link in statement.source_chain)
            found.append(Line("via", chain or "nobody", len(chains) > 1))
        target = self._codebook.target(statement.target)
        hue = target.hue if target else None
        name = words(target.name, lang) if target else "open"
        found.append(Line("target", name, len({s.target for s in every}) > 1, hue=hue))
        stance = self._codebook.stance(statement.stance)
        symbol = (stance.symbol or "") if stance else ""
        name = words(stance.name, lang).lower() if stance else "open"
        found.append(Line("stance", name, len({s.stance for s in every}) > 1, symbol, hue))
        for attribute_id in case.attributes:
            attribute = self._codebook.attribute(attribute_id)
            value = statement.attributes.get(attribute_id)
            choice = attribute.choice(value) if attribute and value is not None else None
            name = words(choice.name, lang).lower() if choice else value or "open"
            found.append(Line(self._attribute(attribute_id).lower(), name, differs=True))
        return found

    def _speaker(self, speaker_id: int | None) -> str:
        speaker = self._speakers.get(speaker_id) if speaker_id is not None else None
        return speaker.name if speaker else "open"

    def _names(self, annotator_ids: Sequence[int]) -> str:
        return _listed([self._guises[a].name for a in annotator_ids if a in self._guises])

    def _attribute(self, attribute_id: str) -> str:
        attribute = self._codebook.attribute(attribute_id)
        return words(attribute.name, self._lang) if attribute else attribute_id

    @staticmethod
    def _part(kind: str) -> str:
        return {"boundary": "words", "source_chain": "source chain"}.get(kind, kind)


def why_stale(case: Case) -> str:
    """Return why a decision needs another look."""
    return f"Look again: {_listed([_STALE[kind] for kind in case.stale])} since."


def when(at: str) -> str:
    """Return a time of the file as a person here says it."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _listed(parts: Sequence[str]) -> str:
    """Return words joined by commas and a last “and”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
