"""Commands on the labels of several people: agreement, adjudication, merging."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.common import PATH, opened


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.argument("other", type=PATH, metavar="OTHER.stance")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@click.option("--add-articles", is_flag=True, help="Bring in articles that are missing here, too.")
def merge(path: Path, other: Path, dry_run: bool, add_articles: bool) -> None:
    """Take over the labels of another copy of the project; harmless when repeated.

    \b
    Example:
      stance-annotator merge interviews.stance from-noor/interviews.stance --dry-run
    """
    with opened(path, read_only=dry_run) as project:
        from annotator.services import merging

        if dry_run:
            found = merging.plan(project, other)
        else:
            found = merging.merge(project, other, articles=add_articles)
    for line in merging.describe(found):
        click.echo(line)
    if found.missing and not add_articles:
        click.echo("take the missing articles too with: --add-articles")
    nothing = dry_run or (found.empty and not (found.missing and add_articles))
    click.echo("nothing was changed" if nothing else "merged; undo takes all of it back")


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option("--status", is_flag=True, help="How far each article is (what is shown anyway).")
@click.option("--annotator", "names", multiple=True, metavar="NAME", help="Only this; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def adjudicate(path: Path, status: bool, names: Sequence[str], as_json: bool) -> None:
    """Say how many cases of each article are decided, left, or changed since.

    \b
    Example:
      stance-annotator adjudicate interviews.stance --status --json
    """
    with opened(path, read_only=True) as project:
        from annotator.services import adjudicating, exporting

        ids = exporting.annotator_ids(project, names)
        found = adjudicating.report(adjudicating.status(project, None, ids))
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(adjudicating.listing(found)))


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option("--annotators", metavar="A,B", help="Compare these; else all who finished articles.")
@click.option("--articles", metavar="NAME,...", help="Compare these articles only.")
@click.option("--json", "form", flag_value="json", help="Print the numbers as JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print the numbers as CSV.")
@click.option("--html", "page", type=PATH, metavar="FILE", help="Write a report to be printed.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Of the intervals' draws.")
def agreement(
    path: Path,
    annotators: str | None,
    articles: str | None,
    form: str | None,
    page: Path | None,
    seed: int | None,
) -> None:
    """Say how far annotators agree, in the articles that two of them marked done.

    \b
    Example:
      stance-annotator agreement interviews.stance --annotators Camille,Noor --html report.html
    """
    if form and page:
        raise click.UsageError(f"Give either --{form} or --html")
    with opened(path, read_only=True) as project:
        from annotator.services import agreement_asking

        report = agreement_asking.report(project, annotators, articles, seed)
    click.echo(agreement_asking.answer(report, form, page))
