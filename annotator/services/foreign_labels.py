"""Labels of another program as lines that can come in: read, looked over, converted.

Nothing is written here, so all of it may run in any thread with a snapshot of the project.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.domain.label_mapping import Goal, parse
from annotator.domain.offset_units import Unit
from annotator.errors import UserError
from annotator.formats.jsonl import Refusal
from annotator.formats.labels import registry
from annotator.formats.labels.form import Reading, Sheet
from annotator.services import project as projects
from annotator.services.article_reading import Prepared, PreparedArticle
from annotator.services.label_lines import Line
from annotator.services.label_statements import Assembler, Mapped
from annotator.services.label_texts import Texts, aligned, article_of, missing
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project

_SETTING = "label mapping"


@dataclass(frozen=True, slots=True)
class Choices:
    """How labels come in.

    `goals` says what each of theirs becomes, `annotators` under whose name each of theirs come in
    ("" stands for labels of nobody named; "*" for all). `unit` is that of their offsets where the
    words they quote do not tell. `add_articles`: texts that are not here come in too.
    """

    goals: Mapping[str, Goal] = field(default_factory=dict)
    annotators: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    add_articles: bool = False

    def whose(self, theirs: str | None) -> str | None:
        """Return under whose name the labels of one of theirs come in; None if nobody said."""
        named = self.annotators.get(theirs or "") or self.annotators.get("*")
        return named or (default_name(theirs) if theirs else None)


@dataclass(slots=True)
class Batch:
    """All statements that may come in of one file, and what does not."""

    lines: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    articles: list[PreparedArticle] = field(default_factory=list)

    @property
    def annotators(self) -> list[str]:
        """The names under which the statements come in."""
        return sorted({line.annotator for line in self.lines})


def read(path: Path, name: str | None = None) -> Reading:
    """Read labels in the format called `name`, or in the one they seem to be in."""
    name = name and name.replace("_", "-")  # as the forms of datasets spell it
    if name is not None and name not in registry.NAMES:
        raise UserError(f"There is no format “{name}”; there are {', '.join(registry.NAMES)}.")
    return registry.read(path, name or registry.guess(path))


def default_name(theirs: str) -> str:
    """Return what an annotator of theirs is called here; other programs may only number them."""
    plain = " ".join(theirs.split())[: projects.LONGEST_NAME]
    return f"annotator {plain}" if plain.isdecimal() else plain


def convert(
    project: Project,
    reading: Reading,
    choices: Choices,
    articles: Prepared | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Batch:
    """Return the statements of `reading` as `choices` say; what does not fit is listed.

    `articles` are texts that will come in with the labels.
    """
    batch = Batch(refused=list(reading.refused), left_out=Counter(reading.left_out))
    mapped = Mapped(project.codebook, choices.goals, batch.left_out)
    further = articles.articles if articles is not None else []
    found = Texts(project, further)
    for done, sheet in enumerate(reading.sheets):
        refuse_cancelled(cancelled, "The import")
        tell(progress, done, len(reading.sheets))
        _take(sheet, reading, choices, found, mapped, batch)
    tell(progress, len(reading.sheets), len(reading.sheets))
    return batch


def _take(
    sheet: Sheet,
    reading: Reading,
    choices: Choices,
    found: Texts,
    mapped: Mapped,
    batch: Batch,
) -> None:
    base = found.find(sheet)
    if isinstance(base, str) and choices.add_articles and base == missing(sheet) and sheet.text:
        article = article_of(sheet, sheet.place or f"line {sheet.line}")
        if isinstance(article, str):
            base = article
        else:
            found.further[article.sha256] = article
            batch.articles.append(article)
            base = found.find(sheet)
    if isinstance(base, str):
        if sheet.marks:
            number = f" ({len(sheet.marks)} labels)" if len(sheet.marks) > 1 else ""
            batch.refused.append(Refusal(sheet.line, base + number, sheet.place))
        return
    annotator = choices.whose(sheet.annotator)
    if annotator is None:
        raise UserError(
            "The file does not say whose these labels are; say under which annotator they come in."
        )
    alignment, _ = aligned(sheet, base, reading.form.units, choices.unit)
    assembler = Assembler(sheet, base, alignment, mapped)
    for mark, record in assembler.statements():
        place = mark.place or sheet.place
        batch.lines.append(Line(mark.line, place, annotator, record))
    batch.refused += assembler.refused


def remembered(project: Project) -> dict[str, Goal]:
    """Return what their labels became in earlier imports, as far as the codebook still has it."""
    goals: dict[str, Goal] = {}
    for key, words in _stored(project):
        try:
            goals[key] = parse(words, project.codebook)
        except UserError:
            continue  # the codebook has changed since
    return goals


def remember(project: Project, goals: Mapping[str, Goal]) -> None:
    """Keep what their labels become with the project; what was known of others stays."""
    kept = {**dict(_stored(project)), **{key: str(goal) for key, goal in goals.items()}}
    projects.set_setting(project, _SETTING, msgspec.json.encode(kept).decode())


def _stored(project: Project) -> Iterator[tuple[str, str]]:
    try:
        found = msgspec.json.decode(
            projects.setting(project, _SETTING) or "{}", type=dict[str, str]
        )
    except msgspec.DecodeError:
        return
    yield from found.items()
