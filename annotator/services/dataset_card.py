"""The card of a dataset: what people answered, kept with the project, and the README.md itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.agreement.reported import Report
from annotator.errors import UserError
from annotator.formats import card_answers, card_text, export_folder
from annotator.formats.card_answers import CardAnswers
from annotator.formats.card_facts import Facts, LeakReport, Pair, Person
from annotator.formats.datasets import written_rows
from annotator.formats.datasets.written_rows import WrittenRow
from annotator.services import agreement
from annotator.services import project as projects
from annotator.services.exporting import Addition, Draft, Order
from annotator.services.project import Project
from annotator.services.split_leaks import overlaps
from annotator.storage import export_rows, import_rows, queries

if TYPE_CHECKING:
    from annotator.domain.splits import leaks

_ANSWERS, _SHARED = "card", "texts_may_be_shared"
_CLOSEST = 10  # pairs in a card
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LARGEST = 1_000_000  # bytes of a file of answers


# ------------------------------------------------------------------ what people answered


def answers(project: Project) -> CardAnswers:
    """Return what was answered so far; nothing where the project keeps no answers."""
    kept = projects.setting(project, _ANSWERS)
    try:
        return CardAnswers() if kept is None else card_answers.decode(kept.encode())
    except UserError:  # of a later version, with other questions
        return CardAnswers()


def set_answers(project: Project, given: CardAnswers) -> None:
    """Keep answers with the project."""
    projects.set_setting(project, _ANSWERS, card_answers.encode(given))


def read_answers(path: Path) -> CardAnswers:
    """Return the answers in a JSON file; UserError says what is wrong."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"The answers “{path}” are larger than any card; shorten them.")
        return card_answers.decode(path.read_bytes())
    except OSError as error:
        raise UserError(f"The answers “{path}” cannot be read: {error.strerror}.") from error
    except UserError as error:
        raise UserError(f"The answers “{path}” are not right: {error}.") from error


def texts_may_be_shared(project: Project) -> bool | None:
    """Tell whether the texts may leave with a dataset; None where nobody has said."""
    return {"yes": True, "no": False}.get(projects.setting(project, _SHARED) or "")


def set_texts_may_be_shared(project: Project, may: bool | None) -> None:
    """Keep with the project whether its texts may be shared."""
    said = {True: "yes", False: "no", None: ""}[may]
    projects.set_setting(project, _SHARED, said)


def stands_off(project: Project, asked: bool | None = None) -> bool:
    """Tell whether an export goes without texts: as `asked`, else where they may not be shared."""
    return texts_may_be_shared(project) is False if asked is None else asked


def as_allowed(project: Project, order: Order) -> Order:
    """Return what is asked for, without texts where the project says they may not be shared."""
    return replace(order, stand_off=order.stand_off or stands_off(project))


# --------------------------------------------------------------------------- README.md


@dataclass(frozen=True, slots=True)
class Card:
    """What writes a card into a dataset (see `exporting.export`).

    `given` are the answers, the project's own if None; `report` is what was worked out of
    agreement, if it was: it is never done here, for it can take minutes.
    """

    given: CardAnswers | None = None
    report: Report | None = None

    def __call__(self, draft: Draft) -> None:
        """Write README.md into the folder of a draft; what a form has put there stays on top."""
        given = answers(draft.project) if self.given is None else self.given
        path = draft.folder / export_folder.CARD
        found = facts(draft, self.report, names=given.names, header=_header(path))
        text = card_text.card(found, given)
        if draft.order.stand_off:
            articles = (str(row["text"]) for row in export_rows.each_article(draft.project.store))
            text = card_text.without_quotations(text, articles)
        path.write_text(text, encoding="utf-8", newline="\n")


def addition(given: CardAnswers | None = None, report: Report | None = None) -> Addition:
    """Return what `exporting.export` is to add so that the dataset has its card."""
    return Card(given, report)


def facts(
    draft: Draft, report: Report | None = None, *, names: bool = False, header: str = ""
) -> Facts:
    """Return what a card says of a written dataset without asking anybody."""
    record, tally, splits = draft.record, draft.tally, draft.record.splits
    days = sorted(tally.days)
    return Facts(
        record=record,
        codebook=draft.context.codebook,
        form=draft.form.name,
        form_title=draft.form.title,
        people=_people(draft, names=names),
        labels=_labels(draft),
        languages=dict(sorted(tally.languages.items(), key=lambda item: (-item[1], item[0]))),
        dates=(days[0], days[-1]) if days else None,
        excluded=tally.excluded,
        splits=draft.context.splits,
        split_method="" if splits is None else _method(draft),
        split_notes=() if splits is None else splits.notes,
        leaks=None if splits is None else _leaks(draft),
        agreement=report,
        stand_off=draft.order.stand_off,
        left_out=record.left_out,
        header=header,
    )


def _header(path: Path) -> str:
    """Return the YAML lines that the form itself has written into README.md."""
    if not path.exists():
        return ""
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    return parts[1] if len(parts) == 3 and not parts[0] else ""


def _people(draft: Draft, *, names: bool) -> list[Person]:
    done = {person.name: person.done for person in agreement.progressed(draft.project)}
    counts = draft.record.counts.by_annotator
    there = [name for name in counts if counts[name] or done.get(name)]
    listed = sorted(there, key=lambda name: (-counts[name], name.casefold()))
    shown = listed if names else [_letters(at) for at in range(len(listed))]
    return [
        Person(said, counts[name], done.get(name, 0))
        for said, name in zip(shown, listed, strict=True)
    ]


def _letters(at: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    before, last = divmod(at, len(_LETTERS))
    return (_letters(before - 1) if before else "") + _LETTERS[last]


def _labels(draft: Draft) -> dict[str, dict[tuple[str, str], int]]:
    found: dict[str, dict[tuple[str, str], int]] = {split: {} for split in draft.context.splits}
    for (split, _, target, stance), number in draft.tally.by_labels().items():
        by = found.setdefault(split, {})
        by[target, stance] = by.get((target, stance), 0) + number
    return found


_GROUPS = {
    "statement": "statements that repeat each other, or whose words are near-identical",
    "article": "all statements of an article",
    "speaker": "all statements of a speaker",
    "date": "all statements of a day",
}


def _method(draft: Draft) -> str:
    how = draft.record.splits
    assert how is not None
    together = _GROUPS.get(how.by, how.by)
    if how.folds:
        parts = f"into {how.folds} folds for cross-validation"
    else:
        names = ", ".join(name for name in draft.context.splits)
        parts = f"into {names} by {'/'.join(f'{share:g}' for share in how.shares)}"
    counts = ", ".join(f"{name} {number:,}" for name, number in how.counts.items())
    return (
        f"Divided {parts} with the seed {how.seed}. Kept together: {together}. Targets and"
        f" stances are spread as evenly as these groups allow. Rows: {counts}."
    )


# ------------------------------------------------------------------------------- leaks

Keyed = list[tuple[str, str]]


def _leaks(draft: Draft) -> LeakReport | None:
    """Read the files of every split again and return what of one stands in another."""
    from annotator.domain.splits import leaks, similarity

    by_split: dict[str, Keyed] = {}
    spans: dict[str, list[tuple[int, int, tuple[str, int]]]] = {}
    for split in draft.context.splits:
        found = written_rows.rows(draft.form.name, draft.folder, split, draft.context)
        if found is None:
            return None
        by_split[split] = keyed = []
        for number, (row, text) in enumerate(_with_words(draft, found)):
            keyed.append((row.key, text))
            spans.setdefault(row.article, []).append((row.start, row.end, (split, number)))
    pairs: list[leaks.Pair] = []
    near = 0
    for train, test in _sides(by_split):
        near += leaks.straddling(train, test)
        # rows of the same words once: the closest pairs would else be one pair many times over
        pairs += leaks.closest(_distinct(train), _distinct(test), _CLOSEST)
    pairs.sort(key=lambda pair: (-pair.similarity, pair.train_key, pair.test_key))
    texts = {key: text for keyed in by_split.values() for key, text in keyed}
    return LeakReport(
        threshold=similarity.THRESHOLD,
        near_identical=near,
        overlapping=sum(1 for each in spans.values() for _ in overlaps(each)),
        closest=list(_shown(pairs, texts, bare=draft.order.stand_off))[:_CLOSEST],
    )


def _shown(
    pairs: "Iterable[leaks.Pair]", texts: Mapping[str, str], *, bare: bool
) -> Iterator[Pair]:
    """Yield pairs, those of the same words once; without the words if `bare`."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        both = texts[pair.train_key], texts[pair.test_key]
        if both not in seen:
            seen.add(both)
            words = (None, None) if bare else both
            yield Pair(pair.similarity, pair.train_key, pair.test_key, *words)


def _distinct(rows: Keyed) -> Keyed:
    first = {text: key for key, text in reversed(rows)}
    return [(key, text) for text, key in first.items()]


def _sides(by_split: Mapping[str, Keyed]) -> Iterator[tuple[Keyed, Keyed]]:
    """Yield what is learnt from and what is tested with: each split against all before it."""
    train: Keyed = []
    for rows in by_split.values():
        if train:
            yield train, rows
        train = [*train, *rows]


def _with_words(draft: Draft, rows: Iterator[WrittenRow]) -> Iterator[tuple[WrittenRow, str]]:
    """Yield rows with their words: as written, or of a dataset without texts, the project's."""
    if not draft.order.stand_off:
        yield from ((row, row.text) for row in rows)
        return
    store = draft.project.store
    ids = {uid: id_ for id_, uid, _ in queries.known_texts(store).values()}
    last, text = "", ""
    for row in rows:  # those of one article follow each other
        if row.article != last:
            last, text = row.article, import_rows.article_text(store, ids[row.article])
        yield row, text[row.start : row.end]
