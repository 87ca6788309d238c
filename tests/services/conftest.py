"""The sample, made and exported once."""

from pathlib import Path

import pytest

from annotator.services import exporting, sample
from tests.services.ordering import WHOLE

AT = "2026-01-06T12:00:00.000Z"


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an export of the sample; do not write into it."""
    folder = tmp_path_factory.mktemp("sample")
    project = sample.make_sample(folder / "sample.stance")
    exporting.export(project, folder / "sample", WHOLE, at=AT)
    project.close()
    return folder / "sample"
