"""Commands that bring labels in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.common import PATH, opened
from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.domain.offset_units import Unit
    from annotator.services.importing_labels import Report

UNITS = ("codepoint", "utf16", "byte", "grapheme")  # domain.offset_units needs what starts slowly


@click.command("import-labels")
@click.argument("path", type=PATH, metavar="PROJECT")
@click.argument("labels", type=PATH, metavar="FILE")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="jsonl (this program’s), label-studio, doccano, prodigy, brat, csv; else guessed.",
)
@click.option(
    "--annotator",
    "names",
    multiple=True,
    metavar="NAME",
    help="Whose labels they become, or THEIRS=NAME; theirs, where the file says who.",
)
@click.option(
    "--map",
    "goals",
    multiple=True,
    metavar="THEIRS=GOAL",
    help="What a label of theirs becomes: target:ceasefire, stance:favor, none, …; remembered.",
)
@click.option(
    "--offsets",
    "unit",
    type=click.Choice(UNITS),
    metavar="UNIT",
    help=f"What their offsets count: {', '.join(UNITS)}; found out if not said.",
)
@click.option(
    "--articles",
    type=PATH,
    metavar="FILE",
    help="Where to add missing articles from: an articles.jsonl, texts, or the labels’ own file.",
)
def import_labels(
    path: Path,
    labels: Path,
    form: str | None,
    names: Sequence[str],
    goals: Sequence[str],
    unit: "Unit | None",
    articles: Path | None,
) -> None:
    """Bring in labels of this or another program; what does not fit its article is refused.

    \b
    Example:
      stance-annotator import-labels interviews.stance export/statements.jsonl --annotator Noor
      stance-annotator import-labels interviews.stance task-export.json --map pour=stance:favor
    """
    with opened(path) as project:
        from annotator.services import importing_labels

        if form == "jsonl" or (form is None and importing_labels.is_own(labels)):
            if len(names) > 1 or any("=" in name for name in names):
                raise UserError("Give one --annotator for all lines, or none to keep their names.")
            if goals or unit:
                raise UserError(
                    f"“{labels}” is this program’s own export; leave out --map and --offsets."
                )
            name = names[0] if names else None
            report = importing_labels.import_labels(project, labels, name, articles)
        else:
            from annotator.cli import foreign

            asked = foreign.Asked(labels, form, tuple(names), tuple(goals), unit, articles)
            report = foreign.import_labels(project, asked)
    _tell(report, articles)


def _tell(report: "Report", articles: Path | None) -> None:
    """Print what came in and what did not."""
    if report.note:
        click.echo(f"note: {report.note}")
    for what, number in report.left_out.items():
        click.echo(f"left out: {number} {what}")
    for unread in report.articles_refused:
        click.echo(f"refused article: {unread}")
    for refusal in report.refused:
        click.echo(f"refused: {refusal}")
    if articles is not None:
        click.echo(f"{len(report.articles)} articles added")
    click.echo(
        f"{report.added} added, {report.present} already there, {len(report.refused)} refused"
    )
    if report.refused and not report.added and not report.present:
        raise UserError("No label came in; the reasons stand above.")
