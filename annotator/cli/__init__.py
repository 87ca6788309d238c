"""The command line. Qt, the database and the formats are imported only by what needs them."""

import os
import sys
from collections.abc import Sequence
from typing import cast

import click
from click_default_group import DefaultGroup  # type: ignore[import-untyped]

from annotator import __version__
from annotator.cli import data, datasets, projects, received, review, window
from annotator.errors import UserError

NAME = "stance-annotator"

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code; errors are one sentence."""
    # file names may hold bytes that are no text; they are shown as well as they can be
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_mistyped(sys.argv[1:] if arguments is None else arguments)
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


def _refuse_mistyped(arguments: Sequence[str]) -> None:
    """Raise UserError when the first word looks like a command, but is none, nor a file."""
    word = arguments[0] if arguments else "-"
    if word.startswith("-") or word in cli.commands or not word.isidentifier():
        return
    if not os.path.lexists(word):
        from difflib import get_close_matches

        closest = get_close_matches(word, cli.commands, 1, cutoff=0)[0]
        raise UserError(
            f"There is neither a command “{word}” nor a file or folder of that name; the closest"
            f" command is “{closest}”; see: {NAME} --help"
        )


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


for _command in (
    window.open_window,
    window.demo,
    projects.new,
    projects.import_,
    data.import_labels,
    datasets.export,
    datasets.formats,
    received.rehydrate,
    received.validate,
    review.merge,
    review.adjudicate,
    review.agreement,
    projects.info,
    projects.check,
):
    cli.add_command(_command)
