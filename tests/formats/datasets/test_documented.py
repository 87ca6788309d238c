"""What docs/formats.md says of the forms of dataset: its examples run on the sample."""

import re

import pytest
from datasets import disable_progress_bars

from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from tests.conftest import ROOT
from tests.formats.datasets.entries import sample_entries, split_by_article, write

SPLITS = ("train", "test")
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples():
    """Yield a form's name and one of its examples; a section's blocks are of its forms in turn."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for section in re.split(r"^##+ ", text, flags=re.MULTILINE):
        names = re.findall(r"\(`(\w+)`\)", section.partition("\n")[0])
        yield from zip(names, _BLOCK.findall(section), strict=False)


@pytest.mark.parametrize(("name", "code"), [pytest.param(*e, id=e[0]) for e in examples()])
def test_an_example_runs(name, code, tmp_path, monkeypatch, capsys):
    codebook, entries = sample_entries(tmp_path)
    folder = tmp_path / "dataset"
    folder.mkdir()
    entries = split_by_article(entries, SPLITS)
    write(registry.form(name), folder, Context(codebook, SPLITS), entries)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    disable_progress_bars()
    exec(compile(code, f"{name} in docs/formats.md", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_every_form_here_has_an_example():
    named = {name for name, _ in examples()}
    assert {"parquet", "huggingface", "spacy", "conll", "csv", "xlsx"} <= named
