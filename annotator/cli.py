"""The command line. Qt, the database and the formats are imported only by what needs them."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from click_default_group import DefaultGroup  # type: ignore[import-untyped]

from annotator import __version__
from annotator.errors import UserError

if TYPE_CHECKING:
    from annotator.services.project import Project

NAME = "stance-annotator"

_PATH = click.Path(path_type=Path)
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code; errors are one sentence."""
    # file names may hold bytes that are no text; they are shown as well as they can be
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name=NAME, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _fail("Interrupted; nothing half-done is left behind.", 130)
    except click.UsageError as error:
        help_of = error.ctx.command_path if error.ctx else NAME
        _fail(f"{error.format_message().rstrip('.')}; see: {help_of} --help")
    except (UserError, click.ClickException) as error:
        _fail(str(error) if isinstance(error, UserError) else error.format_message())
    except BrokenPipeError:
        # the reader of a pipe (head, less) has gone; Python must not complain at its end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _fail(
            f"{error.strerror or error}: {error.filename or 'a file'}; check path and permissions"
        )
    sys.exit(code if isinstance(code, int) else 0)


def _fail(sentence: str, code: int = 2) -> None:
    sentence = " ".join(sentence.split())
    click.echo(f"{NAME}: {sentence}", err=True)
    sys.exit(code)


@click.group(
    cls=cast("type[click.Group]", DefaultGroup),
    default="open",
    default_if_no_args=True,
    context_settings=_SETTINGS,
)
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
def cli() -> None:
    """Mark who says what about which target in news articles.

    \b
    Without a command the window opens:
      stance-annotator interviews.stance     a project
      stance-annotator articles/             a folder of .txt files, made into a project
      stance-annotator --sample              six invented articles, labelled by two annotators
    """


@cli.command("open")
@click.argument("path", type=_PATH, required=False, metavar="[PROJECT | FOLDER]")
@click.option("--sample", is_flag=True, help="Open the sample: six articles, two annotators.")
def open_window(path: Path | None, sample: bool) -> int:
    """Open the window on a project, or on a folder of articles.

    A folder that holds one project opens that; any other is made into a project.

    \b
    Example:
      stance-annotator open interviews.stance
    """
    project, folder = _project_or_folder(path)
    with _window_errors():
        from annotator.ui import app

        return int(app.run(project, folder, sample=sample))


@cli.command()
@click.option(
    "--to", "folder", type=_PATH, required=True, metavar="FOLDER", help="Where all is written."
)
def demo(folder: Path) -> int:
    """Drive the window through import, marking, labelling and export; save screenshots.

    \b
    Example:
      stance-annotator demo --to exports/demo
    """
    from annotator.services import desktop

    if not desktop.has_display(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _window_errors():
        from annotator.ui import demo as driven

        return int(driven.run(folder))


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.option(
    "--codebook", type=_PATH, metavar="FILE", help="A codebook (JSON) instead of the default one."
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


@cli.command("import")
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.argument("articles", type=_PATH, nargs=-1, required=True, metavar="PATH...")
def import_(path: Path, articles: Sequence[Path]) -> None:
    """Bring in articles: .txt files, folders of them, or an articles.jsonl with texts.

    \b
    Example:
      stance-annotator import interviews.stance articles/ more/monday.txt
    """
    with _opened(path) as project:
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


@cli.command("import-labels")
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.argument("labels", type=_PATH, metavar="FILE.jsonl")
@click.option("--annotator", required=True, metavar="NAME", help="Whose labels they become.")
@click.option(
    "--articles", type=_PATH, metavar="FILE", help="An articles.jsonl to add missing articles from."
)
def import_labels(path: Path, labels: Path, annotator: str, articles: Path | None) -> None:
    """Bring in labels from an export; a line that does not fit its article is refused.

    \b
    Example:
      stance-annotator import-labels interviews.stance export/statements.jsonl --annotator Noor
    """
    with _opened(path) as project:
        from annotator.services import importing_labels

        report = importing_labels.import_labels(project, labels, annotator, articles)
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


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.option(
    "--to", "folder", type=_PATH, required=True, metavar="FOLDER", help="The folder to write."
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
    with _opened(path, read_only=True) as project:
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


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.argument("other", type=_PATH, metavar="OTHER.stance")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@click.option("--add-articles", is_flag=True, help="Bring in articles that are missing here, too.")
def merge(path: Path, other: Path, dry_run: bool, add_articles: bool) -> None:
    """Take over the labels of another copy of the project; harmless when repeated.

    \b
    Example:
      stance-annotator merge interviews.stance from-noor/interviews.stance --dry-run
    """
    with _opened(path, read_only=dry_run) as project:
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


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.option("--status", is_flag=True, help="How far each article is (what is shown anyway).")
@click.option("--annotator", "names", multiple=True, metavar="NAME", help="Only this; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def adjudicate(path: Path, status: bool, names: Sequence[str], as_json: bool) -> None:
    """Say how many cases of each article are decided, left, or changed since.

    \b
    Example:
      stance-annotator adjudicate interviews.stance --status --json
    """
    with _opened(path, read_only=True) as project:
        from annotator.services import adjudicating, exporting

        ids = exporting.annotator_ids(project, names)
        found = adjudicating.report(adjudicating.status(project, None, ids))
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(adjudicating.listing(found)))


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.option("--annotators", metavar="A,B", help="Compare these; else all who finished articles.")
@click.option("--articles", metavar="NAME,...", help="Compare these articles only.")
@click.option("--json", "form", flag_value="json", help="Print the numbers as JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print the numbers as CSV.")
@click.option("--html", "page", type=_PATH, metavar="FILE", help="Write a report to be printed.")
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
    with _opened(path, read_only=True) as project:
        from annotator.services import agreement_asking

        report = agreement_asking.report(project, annotators, articles, seed)
    click.echo(agreement_asking.answer(report, form, page))


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def info(path: Path, as_json: bool) -> None:
    """Count what a project holds by article, annotator, target, stance and status.

    \b
    Example:
      stance-annotator info interviews.stance --json
    """
    with _opened(path, read_only=True) as project:
        from annotator.services import informing

        found = informing.info(project)
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(informing.listing(found)))


@cli.command()
@click.argument("path", type=_PATH, metavar="PROJECT")
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


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> "Iterator[Project]":
    """Open a project for one command; UserError when it must be written and cannot be."""
    from annotator.services import project as projects

    gc.disable()  # a command soon ends; looking for cycles among its rows takes a tenth of it
    project = projects.open_project(path, read_only=read_only)
    try:
        if project.read_only and not read_only:
            raise UserError(f"{project.notice} Close it there, or check the permissions.")
        yield project
    finally:
        project.close()


def _project_or_folder(path: Path | None) -> tuple[Path | None, Path | None]:
    """Return which project the window opens, or which folder it makes a project of."""
    if path is None:
        return None, None
    if path.is_dir():
        from annotator.services import project as projects

        found, is_new = projects.project_of_folder(path)
        return (None, path) if is_new else (found, None)
    from annotator.storage import connection

    connection.refuse_strangers(path)
    return path, None


@contextmanager
def _window_errors() -> Iterator[None]:
    """Turn a missing display or library into the sentence that helps; Qt is imported inside."""
    from annotator.services import desktop

    fault = desktop.fault(os.environ)
    if fault is not None:
        raise UserError(fault)
    try:
        yield
    except ImportError as error:
        sentence = desktop.import_fault(error)
        if sentence is None:
            raise
        raise UserError(sentence) from error
