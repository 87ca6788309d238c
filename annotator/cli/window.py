"""Commands that open the window."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from annotator.cli.common import PATH
from annotator.errors import UserError


@click.command("open")
@click.argument("path", type=PATH, required=False, metavar="[PROJECT | FOLDER]")
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


@click.command()
@click.option(
    "--to", "folder", type=PATH, required=True, metavar="FOLDER", help="Where all is written."
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


def _project_or_folder(path: Path | None) -> tuple[Path | None, Path | None]:
    """Return which project the window opens, or which folder it makes a project of."""
    if path is None:
        return None, None
    try:
        is_folder = path.is_dir()
    except OSError as error:
        reason = "may not be read" if isinstance(error, PermissionError) else "cannot be read"
        raise UserError(f"“{path}” {reason}; check its name and ask its owner.") from error
    if is_folder:
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
