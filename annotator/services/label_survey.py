"""What a file of labels holds, before any of it comes in: labels, annotators, articles, offsets."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from annotator.domain.label_mapping import NONE, PARTS, Goal, relation_suggestion, suggestion
from annotator.domain.offset_units import Unit
from annotator.formats.labels.form import Form, Mark, Reading, Sheet
from annotator.services.article_reading import Prepared
from annotator.services.label_statements import choice_key, relation_key
from annotator.services.label_texts import Alignment, Base, Texts, aligned, missing
from annotator.services.project import Project

Kind = Literal["label", "choice", "relation"]
Slice = tuple[str, str, str]  # the words before, the words meant, the words after

UNIT_WORDS: dict[Unit, str] = {
    "codepoint": "code points",
    "utf16": "UTF-16 units",
    "byte": "bytes of UTF-8",
    "grapheme": "grapheme clusters",
}

_AROUND = 28  # code points shown on either side of an example
_LONGEST = 70  # code points of an example's own words
_MOST_VALUES = 40  # of a choice; a column with more is prose or a list of names
_JOINING = ("Mn", "Mc", "Me", "Cf")  # categories of characters that join the one before
_ENOUGH = 2_000  # marks over which units are compared


@dataclass(slots=True)
class Their:
    """One of their labels: how often it stands there, one example, what it looks like here."""

    key: str
    kind: Kind
    count: int = 0
    example: Slice | None = None
    suggested: Goal | None = None


@dataclass(slots=True)
class Survey:
    """What a file of labels holds, as far as it concerns a project.

    `unit` is how their offsets are read; `open_unit` says that neither words they quote nor equal
    offsets tell, so that a person should look. `slices` is one mark as each unit reads it.
    """

    form: Form
    labels: list[Their] = field(default_factory=list)
    annotators: Counter[str] = field(default_factory=Counter)  # marks by name; "" for nobody
    texts: int = 0  # however many labelled each
    missing: int = 0  # texts whose article is not here
    unit: Unit = "codepoint"
    open_unit: bool = False
    at_words: dict[Unit, int] = field(default_factory=dict)
    slices: dict[Unit, Slice] = field(default_factory=dict)

    @property
    def open_labels(self) -> list[Their]:
        """The labels of which no name says what they are here."""
        return [t for t in self.labels if t.kind == "label" and t.suggested is None]

    @property
    def warning(self) -> str | None:
        """What to say of offsets whose unit is a guess; None when it is none."""
        if not self.open_unit:
            return None
        most = self.at_words.get(self.unit, 0)
        return (
            f"The file does not say in which unit it counts, and its texts hold characters beyond"
            f" the usual; it is read in {UNIT_WORDS[self.unit]}, for then {most:,} of its labels"
            " there begin and end with a word."
        )


def look(
    project: Project, reading: Reading, articles: Prepared | None = None, unit: Unit | None = None
) -> Survey:
    """Look over what `reading` holds; `unit` is asked for, else found out."""
    survey = Survey(reading.form)
    texts = Texts(project, articles.articles if articles is not None else ())
    based = list(_based(reading.sheets, texts, survey))
    _decide_unit(survey, based, unit)
    theirs: dict[str, Their] = {}
    for sheet, base in based:
        alignment: Alignment | None = None
        for mark in sheet.marks:
            for key, kind in _keys(mark):
                one = theirs.get(key)
                if one is None:
                    one = theirs[key] = Their(key, kind)
                    alignment = alignment or _alignment(sheet, base, survey)
                    one.example = example(alignment, mark) if alignment is not None else None
                one.count += 1
        for relation in sheet.relations:
            key = relation_key(relation.label)
            theirs.setdefault(key, Their(key, "relation")).count += 1
    survey.labels = list(_suggested(project, theirs))
    _ask_if_nothing_comes_in(survey.labels)
    return survey


def example(alignment: Alignment, mark: Mark) -> Slice | None:
    """Return the words of a mark with what stands around them."""
    spans = [alignment.span(*piece) for piece in mark.pieces]
    first, last = (spans[0], spans[-1]) if spans else ("", "")
    if isinstance(first, str) or isinstance(last, str):
        return ("", " ".join((mark.quote or "").split())[:_LONGEST], "") if mark.quote else None
    text, start, end = alignment.text, first[0], last[1]
    words = text[start:end]
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + "…"
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return before.replace("\n", " "), words.replace("\n", " "), after.replace("\n", " ")


def _keys(mark: Mark) -> Iterator[tuple[str, Kind]]:
    if mark.label:
        yield mark.label, "label"
    for name, value in mark.chosen():
        yield choice_key(name, value), "choice"


def _based(
    sheets: Sequence[Sheet], texts: Texts, survey: Survey
) -> Iterator[tuple[Sheet, Base | None]]:
    seen: set[tuple[str | None, int]] = set()
    for sheet in sheets:
        base = texts.find(sheet)
        survey.annotators[sheet.annotator or ""] += len(sheet.marks)
        key = sheet.name, hash(sheet.text)
        if key not in seen:
            seen.add(key)
            survey.missing += isinstance(base, str) and base == missing(sheet)
        yield sheet, base if isinstance(base, Base) else None
    survey.texts = len(seen)


def _alignment(sheet: Sheet, base: Base | None, survey: Survey) -> Alignment | None:
    if base is None and sheet.text is not None:  # as it will be once the article has come in
        base = Base(sheet.name or "", "", sheet.text)
        return Alignment(sheet.text, base, survey.unit)
    if base is None:
        return None
    return aligned(sheet, base, survey.form.units, survey.unit)[0]


def _suggested(project: Project, theirs: dict[str, Their]) -> Iterator[Their]:
    """Yield the labels with what their names suggest: the most frequent first, choices last."""
    related = any(t.kind == "relation" for t in theirs.values())
    values = Counter(t.key.partition("=")[0] for t in theirs.values() if t.kind == "choice")
    order = {"label": 0, "choice": 1, "relation": 2}
    for one in sorted(theirs.values(), key=lambda t: (order[t.kind], -t.count, t.key)):
        if one.kind == "choice" and values[one.key.partition("=")[0]] > _MOST_VALUES:
            continue
        if one.kind == "relation":
            one.suggested = relation_suggestion(one.key.removeprefix("relation "))
            yield one
            continue
        one.suggested = suggestion(one.key, project.codebook)
        if one.suggested is not None and one.suggested.role in PARTS and not related:
            one.suggested = NONE  # nothing would say to which statement it belongs
        yield one


def _ask_if_nothing_comes_in(labels: Sequence[Their]) -> None:
    """Leave open what would not be imported, where no label would come in then."""
    marks = [one for one in labels if one.kind == "label"]
    if all(one.suggested in (None, NONE) for one in marks):
        for one in marks:
            one.suggested = None


def _decide_unit(
    survey: Survey, based: Sequence[tuple[Sheet, Base | None]], unit: Unit | None
) -> None:
    """Find out in which unit offsets are: by words quoted, else by where words begin and end."""
    # bytes differ from the others in any French text, and no program here counts them unasked
    units: list[Unit] = [u for u in survey.form.units if u != "byte"]
    survey.unit = unit or units[0]
    fits: dict[Unit, int] = dict.fromkeys(units, 0)
    told, seen = False, 0
    for sheet, base in based:
        if told and survey.slices:
            break
        text = base.text if base is not None else sheet.text
        raw = sheet.text if sheet.text is not None else text
        if text is None or raw is None or seen >= _ENOUGH or not _units_differ(raw):
            continue
        own = base or Base("", "", text)
        if any(mark.quote for mark in sheet.marks):
            alignment, decided = aligned(sheet, own, units, unit)
            if decided and not told and unit is None:
                survey.unit, told = alignment.unit, True
        rulers = {each: Alignment(raw, own, each) for each in units}
        for mark in sheet.marks:
            spans = {each: [ruler.span(*p) for p in mark.pieces] for each, ruler in rulers.items()}
            if len({str(found) for found in spans.values()}) < 2:
                continue
            seen += 1
            if not survey.slices:
                survey.slices = {u: _slice(a, mark) for u, a in rulers.items()}
            for each, found in spans.items():
                fits[each] += all(not isinstance(s, str) and _at_words(text, *s) for s in found)
    survey.at_words = fits
    if not told and seen and unit is None:
        survey.open_unit = True
        survey.unit = max(units, key=lambda each: (fits[each], -units.index(each)))


def _slice(alignment: Alignment, mark: Mark) -> Slice:
    return example(alignment, Mark(mark.label, mark.pieces, mark.line)) or ("", "—", "")


def _units_differ(text: str) -> bool:
    """Tell whether code points, UTF-16 units and grapheme clusters may count a text differently."""
    return "\r\n" in text or any(
        char > "\uffff" or unicodedata.category(char) in _JOINING or "\u1100" <= char <= "\u11ff"
        for char in set(text)
    )


def _at_words(text: str, start: int, end: int) -> bool:
    """Tell whether the span cuts no word and has no blank at its ends."""
    if text[start].isspace() or text[end - 1].isspace():
        return False
    return not (_within(text, start) or _within(text, end))


def _within(text: str, at: int) -> bool:
    """Tell whether a word goes on across `at`."""
    if not 0 < at < len(text):
        return False
    after = text[at].isalnum() and text[at - 1].isalnum()
    return after or unicodedata.combining(text[at]) > 0
