"""The sample's entries, made once."""

import pytest

from tests.formats.datasets.entries import sample_entries


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory):
    """The codebook of the sample and its entries."""
    return sample_entries(tmp_path_factory.mktemp("entries"))


@pytest.fixture
def codebook(sample_made):
    return sample_made[0]


@pytest.fixture
def entries(sample_made):
    return list(sample_made[1])
