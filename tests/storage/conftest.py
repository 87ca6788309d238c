"""A project with two articles and one annotator, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services.project import Project
from tests.storage.projects import make_project


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Project]:
    opened = make_project(tmp_path / "mine.stance", "Ada")
    yield opened
    opened.close()
