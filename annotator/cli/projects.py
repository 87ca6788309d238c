"""Commands on a project as a whole: make one, fill it, count it, check it."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.common import PATH, opened
from annotator.errors import UserError


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option(
    "--codebook", type=PATH, metavar="FILE", help="A codebook (JSON) instead of the default one."
)
def new(path: Path, codebook: Path | None) -> None:
    """Make an empty project.

    \b
    Example:
      stance-annotator new interviews.stance --codebook codebook.json
    """
    from annotator.services import project as projects

    project = projects.create(path, codebook_file=codebook)
    click.echo(f"made {project.path} with codebook {project.codebook.version}")
    project.close()


@click.command("import")
@click.argument("path", type=PATH, metavar="PROJECT")
@click.argument("articles", type=PATH, nargs=-1, required=True, metavar="PATH...")
def import_(path: Path, articles: Sequence[Path]) -> None:
    """Bring in articles: .txt files, folders of them, or an articles.jsonl with texts.

    \b
    Example:
      stance-annotator import interviews.stance articles/ more/monday.txt
    """
    with opened(path) as project:
        from annotator.services import importing

        report = importing.import_articles(project, list(articles))
    for name in report.added:
        click.echo(f"added: {name}")
    for duplicate in report.duplicates:
        click.echo(f"duplicate: {duplicate}")
    for refusal in report.refused:
        click.echo(f"refused: {refusal}")
    click.echo(
        f"{len(report.added)} added, {len(report.duplicates)} duplicates,"
        f" {len(report.refused)} refused"
    )
    if not report.added and not report.duplicates:
        raise UserError("No article came in; the reasons stand above.")


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def info(path: Path, as_json: bool) -> None:
    """Count what a project holds by article, annotator, target, stance and status.

    \b
    Example:
      stance-annotator info interviews.stance --json
    """
    with opened(path, read_only=True) as project:
        from annotator.services import informing

        found = informing.info(project)
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(informing.listing(found)))


@click.command()
@click.argument("path", type=PATH, metavar="PROJECT")
def check(path: Path) -> int:
    """Check a project: the file, every offset, every reference. Exit code 1 with what is wrong.

    \b
    Example:
      stance-annotator check interviews.stance
    """
    from annotator.services import informing

    faults = informing.check(path)
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo(f"{path} is sound")
    return 1 if faults else 0
