"""Commands on a dataset that was exported, here or elsewhere; they need no project."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.common import PATH


@click.command()
@click.argument("dataset", type=PATH, metavar="DATASET")
@click.argument("articles", type=PATH, nargs=-1, required=True, metavar="ARTICLES...")
@click.option(
    "--to", "folder", type=PATH, required=True, metavar="FOLDER", help="The folder to write."
)
@click.option("--report", type=PATH, metavar="FILE", help="Write what became of every row (CSV).")
def rehydrate(dataset: Path, articles: Sequence[Path], folder: Path, report: Path | None) -> None:
    """Put the texts back into a dataset that was exported without them.

    From the same files every line comes back to the byte; in other copies each statement is
    looked for, and named below when it moved or was not found.

    \b
    Example:
      stance-annotator rehydrate export articles/ --to export-with-texts
    """
    from annotator.services import rehydrating

    found = rehydrating.rehydrate(dataset, list(articles), folder)
    for refusal in found.refused:
        click.echo(f"refused article: {refusal}")
    for name in found.missing:
        click.echo(f"no copy of article: {name}")
    for row in found.rows:
        if row.fate != "exact":
            click.echo(str(row))
    if report is not None:
        rehydrating.save_rows(found, report)
    if found.sealed:
        click.echo(f"{found.sealed} records keep notes or names that only the same text opens")
    counts = ", ".join(f"{found.count(fate)} {fate}" for fate in rehydrating.FATES)
    click.echo(f"{counts}: {folder}")


@click.command()
@click.argument("dataset", type=PATH, metavar="DATASET")
def validate(dataset: Path) -> int:
    """Check an exported dataset: records, offsets, hashes, duplicates, leaks between splits.

    Exit code 1 with one line for each thing that is wrong.

    \b
    Example:
      stance-annotator validate export
    """
    from annotator.services import validating

    found = validating.validate(dataset)
    for finding in found.findings:
        click.echo(str(finding))
    if found.findings:
        number = len(found.findings)
        click.echo(f"{number:,} {'finding' if number == 1 else 'findings'} in {dataset}")
        return 1
    click.echo(f"{dataset} is sound: {found.checked}")
    return 0
