"""What a dataset holds: counted as it is written, and put down in its dataset.json."""

from collections import Counter
from collections.abc import Mapping, Sequence

from annotator import __version__
from annotator.domain.codebook import Codebook
from annotator.domain.records import Counts
from annotator.formats import dataset_record, gold_record
from annotator.formats.dataset_record import (
    ChoiceRecord,
    CodebookRecord,
    CountsRecord,
    DatasetRecord,
    PeriodRecord,
    SpeakerRecord,
    SplitsRecord,
)
from annotator.formats.datasets.form import ALL, Context, Entry
from annotator.formats.gold_record import GoldDatasetRecord
from annotator.services import dataset_entries
from annotator.services.dataset_entries import (
    ANNOTATOR,
    STANCE,
    TARGET,
    Choice,
    Period,
    Picked,
    Selection,
)
from annotator.services.dataset_order import Order
from annotator.services.dividing import Divided
from annotator.services.gold_records import GoldMaker
from annotator.services.project import Project
from annotator.storage import counting, queries

# Split, annotator, target and stance; what is not chosen is None.
Labels = tuple[str, str, str | None, str | None]


class Tally:
    """Counts what goes into a dataset."""

    def __init__(self) -> None:
        self.articles = 0
        self.by_article: dict[str, int] = {}
        self.negatives: Counter[str] = Counter()  # by split
        self.languages: Counter[str] = Counter()  # articles
        self.days: set[str] = set()  # on which articles were published
        self.excluded = 0  # regions
        self._spread: Counter[Labels] = Counter()

    def add(self, entry: Entry) -> None:
        """Count one entry."""
        article = entry.article
        self._add_article(article.name, len(entry.statements))
        if article.lang is not None:
            self.languages[article.lang] += 1
        if article.published is not None:
            self.days.add(article.published)
        self.excluded += len(article.excluded)
        self._spread.update(
            (split, record.annotator or "", record.target, record.stance)
            for record, split in zip(entry.statements, entry.splits, strict=True)
        )
        self.negatives.update(negative.split for negative in entry.negatives)

    def add_rows(self, picked: Picked, names: Mapping[int, str], splits: Mapping[str, str]) -> None:
        """Count an article of which no records are made; `names` are of annotators by id."""
        self._add_article(picked.article.name, len(picked.rows))
        where = [splits.get(key, ALL) for key in picked.keys] if splits else []
        in_order = where or [ALL] * (len(picked.rows) + len(picked.negatives))
        self._spread.update(
            (split, names[row[ANNOTATOR]], row[TARGET], row[STANCE])
            for split, row in zip(in_order, picked.rows, strict=False)
        )
        self.negatives.update(in_order[len(picked.rows) :])

    @property
    def statements(self) -> int:
        """The number of statements."""
        return self._spread.total()

    def names(self) -> set[str]:
        """Return whose statements were counted."""
        return {labels[1] for labels in self._spread}

    def rows(self, splits: Sequence[str]) -> dict[str, int]:
        """Return how many statements and negatives each of `splits` has."""
        found = Counter(dict.fromkeys(splits, 0))
        for labels, number in self._spread.items():
            found[labels[0]] += number
        found.update(self.negatives)
        return dict(found)

    def by_labels(self) -> dict[tuple[str, str, str, str], int]:
        """Return the numbers by split, annotator, target and stance."""
        return {
            (split, name, target or counting.OPEN, stance or counting.OPEN): number
            for (split, name, target, stance), number in sorted(self._spread.items(), key=repr)
        }

    def by(self, column: int, first: Sequence[str] = ()) -> dict[str, int]:
        """Return the numbers by one column of `Labels`; those of `first` lead, the rest sorted."""
        found: Counter[str] = Counter()
        for labels, number in self._spread.items():
            found[labels[column] or (counting.OPEN if column > 1 else "")] += number
        return dict.fromkeys(first, 0) | dict(sorted(found.items()))

    def counts(self, project: Project, choice: Choice) -> Counts:
        """Return the counts as the program shows those of a project."""
        names = [] if choice.gold else chosen_names(project, choice)
        return Counts(
            articles=self.articles,
            annotators=len(names),
            speakers=len(queries.speakers(project.store)),
            statements=self.statements,
            by_article=self.by_article,
            by_annotator=self.by(1, names),
            by_target=self.by(2),
            by_stance=self.by(3),
        )

    def _add_article(self, name: str, statements: int) -> None:
        self.articles += 1
        self.by_article[name] = statements


def chosen_names(project: Project, choice: Choice) -> list[str]:
    """Return the names of the annotators whose statements are chosen, in their order."""
    ids = dataset_entries.annotators(project, choice)
    return [a.name for a in queries.annotators(project.store) if a.id in ids]


def described(
    project: Project,
    order: Order,
    context: Context,
    tally: Tally,
    selection: Selection,
    lost: Mapping[str, int],
    divided: Divided,
    at: str,
) -> DatasetRecord:
    """Return what dataset.json says of a dataset that is written, without its files."""
    choice = order.choice
    names = chosen_names(project, choice)
    if choice.gold:
        made = tally.names()
        names = [a.name for a in queries.annotators(project.store) if a.name in made]
    record = DatasetRecord(
        schema=dataset_record.SCHEMA,
        program=f"stance-annotator {__version__}",
        project=project.name,
        exported_at=at,
        label_source=gold_record.LABEL_SOURCE if choice.gold else "annotator",
        annotators=names,
        codebook=_codebook(project.codebook),
        counts=CountsRecord(
            articles=tally.articles,
            statements=tally.statements,
            by_annotator=tally.by(1, names),
            by_target=tally.by(2),
            by_stance=tally.by(3),
            by_article=tally.by_article,
        ),
        files={},
        speakers=_speakers(project),
        format=order.form,
        options=context.options,
        choice=_choice(choice),
        offsets=context.offsets,
        texts=context.texts,
        negatives=tally.negatives.total(),
        splits=_splits(order, tally, context, divided),
        left_out=dict(selection.left_out),
        lost=dict(lost),
    )
    if isinstance(selection.maker, GoldMaker):
        values = {name: getattr(record, name) for name in DatasetRecord.__struct_fields__}
        return GoldDatasetRecord(**values, gold=selection.maker.counts())
    return record


def _choice(choice: Choice) -> ChoiceRecord:
    return ChoiceRecord(
        status=choice.status,
        targets=choice.targets,
        made=_period(choice.made),
        published=_period(choice.published),
        excluded=choice.excluded,
        negatives=choice.negatives,
    )


def _period(period: Period) -> PeriodRecord:
    return PeriodRecord(period.since, period.until)


def _splits(order: Order, tally: Tally, context: Context, divided: Divided) -> SplitsRecord | None:
    how = order.splitting
    if how is None:
        return None
    return SplitsRecord(
        by=how.by,
        shares=() if how.folds else how.shares,
        folds=how.folds,
        seed=how.seed,
        counts=tally.rows(context.splits),
        notes=divided.notes,
    )


def _codebook(codebook: Codebook) -> CodebookRecord:
    return CodebookRecord(
        version=codebook.version,
        targets=[t.id for t in codebook.targets],
        stances=[s.id for s in codebook.stances],
        attributes={a.id: [c.id for c in a.choices] for a in codebook.attributes},
        flags=[f.id for f in codebook.flags],
    )


def _speakers(project: Project) -> list[SpeakerRecord]:
    speakers = queries.speakers(project.store)
    uids = {s.id: s.uid for s in speakers}
    return [
        SpeakerRecord(
            s.uid, s.name, s.type, uids[s.on_behalf_of] if s.on_behalf_of else None, s.aliases
        )
        for s in speakers
    ]
