"""A project's articles and statements as the entries of a dataset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain import text as texts
from annotator.errors import UserError
from annotator.formats.datasets.form import ALL, Entry
from annotator.services.gold_records import GoldMaker
from annotator.services.project import Project
from annotator.services.record_making import RecordMaker
from annotator.storage import export_rows, queries


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a dataset: of whom (all if None), or what was decided."""

    annotator_ids: Sequence[int] | None = None
    gold: bool = False


def maker(project: Project, choice: Choice) -> RecordMaker:
    """Return what makes the records of what is chosen."""
    if choice.gold:
        return GoldMaker(project, choice.annotator_ids)
    ids = choice.annotator_ids
    return RecordMaker(
        project, [a.id for a in queries.annotators(project.store)] if ids is None else ids
    )


def entries(project: Project, choice: Choice) -> Iterator[Entry]:
    """Yield every article with what goes in of it, unsplit, each statement checked.

    UserError names the first article or statement that is not sound.
    """
    make = maker(project, choice)
    for row in export_rows.each_article(project.store):
        if texts.sha256(row["text"]) != row["sha256"]:
            raise UserError(
                f"The text of article “{row['name']}” was changed outside this program;"
                " nothing was exported. Open a copy of the project made before."
            )
        records = list(make.statements(row))
        yield Entry(make.article(row), records, [ALL] * len(records))
