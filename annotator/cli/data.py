"""Commands that bring labels in and out."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.common import PATH, opened
from annotator.errors import UserError


@click.command("import-labels")
@click.argument("path", type=PATH, metavar="PROJECT")
@click.argument("labels", type=PATH, metavar="FILE.jsonl")
@click.option("--annotator", required=True, metavar="NAME", help="Whose labels they become.")
@click.option(
    "--articles", type=PATH, metavar="FILE", help="An articles.jsonl to add missing articles from."
)
def import_labels(path: Path, labels: Path, annotator: str, articles: Path | None) -> None:
    """Bring in labels from an export; a line that does not fit its article is refused.

    \b
    Example:
      stance-annotator import-labels interviews.stance export/statements.jsonl --annotator Noor
    """
    with opened(path) as project:
        from annotator.services import importing_labels

        report = importing_labels.import_labels(project, labels, annotator, articles)
    if report.note:
        click.echo(f"note: {report.note}")
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


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option(
    "--to", "folder", type=PATH, required=True, metavar="FOLDER", help="The folder to write."
)
@click.option(
    "--annotator",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this annotator; may be repeated.",
)
@click.option("--gold", is_flag=True, help="What was decided, instead of the annotators' labels.")
def export(path: Path, folder: Path, names: Sequence[str], gold: bool) -> None:
    """Write statements.jsonl, articles.jsonl and dataset.json; replaces an older export whole.

    \b
    Example:
      stance-annotator export interviews.stance --to export --annotator Camille --annotator Noor
      stance-annotator export interviews.stance --to gold --gold
    """
    with opened(path, read_only=True) as project:
        from annotator.services import exporting

        ids = exporting.annotator_ids(project, names)
        report = exporting.export(project, folder, ids, gold=gold)
    click.echo(f"{report.statements} statements in {report.articles} articles: {report.folder}")
    if report.gold is not None:
        found = report.gold
        click.echo(
            f"{found.no_statement} decided to be no statement; {found.articles} articles are gold,"
            f" {found.undecided} cases undecided, {found.stale} changed since"
        )
