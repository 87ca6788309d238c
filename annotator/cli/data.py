"""Commands that bring labels in."""

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
