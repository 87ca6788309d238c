"""What tests of every floor share; no Qt here."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import project as projects
from annotator.services.project import Project

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not ours to publish; STANCE_SHARED may name it."""
    folder = Path(os.environ.get("STANCE_SHARED", ROOT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"needs the real articles in {folder}/seeds; STANCE_SHARED may name the folder")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project in a folder of its own, annotated by Ada."""
    opened = projects.create(tmp_path / "project.stance")
    projects.annotate_as(opened, "Ada")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Project]:
    """A second empty project, annotated by Bo."""
    opened = projects.create(tmp_path / "other.stance")
    projects.annotate_as(opened, "Bo")
    yield opened
    opened.close()
