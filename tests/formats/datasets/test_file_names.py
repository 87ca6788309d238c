from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.datasets.file_names import FileNames, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("01_sommet", "01_sommet"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\x", "C_x"),
        (".hidden", "hidden"),
        ("", "_"),
        ("..", "_"),
        ("NUL.txt", "_NUL.txt"),
        ("ירושלים", "ירושלים"),
    ],
)
def test_a_name_becomes_one_part_of_a_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.lists(st.text(max_size=80), max_size=8))
def test_names_differ_on_every_disk(names: list[str]) -> None:
    given_out = FileNames()
    found = [given_out.of(name) for name in names]
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert Path(name).name == name
        assert len(name.encode()) < 250
        assert "\0" not in name
