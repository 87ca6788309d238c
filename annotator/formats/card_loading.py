"""How each form of dataset is loaded: code that a test runs, and a card shows."""

from collections.abc import Sequence

PLACE = "path/to/the/dataset"  # stands in the code for the folder

_JSONL = """import json
from pathlib import Path

folder = Path("{place}")


def lines(name):
    with (folder / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


rows = {{{splits}}}
articles = {{article["uid"]: article for article in lines("articles.jsonl")}}
for name, statements in rows.items():
    for statement in statements:
        article = articles[statement["article"]]
{check}"""

_CHECK = """        words = [article["text"][start:end] for start, end in statement["pieces"]]
        assert " … ".join(words) == statement["text"]
"""
_BARE = """        assert statement["end"] <= article["length"]
"""

_HUGGINGFACE = """from datasets import load_dataset

rows = load_dataset("{place}")
for name, statements in rows.items():
    print(name, statements.num_rows, statements.features["stance"])
"""

_PARQUET = """from pathlib import Path

import pyarrow.parquet

folder = Path("{place}")
rows = {{
    path.stem: pyarrow.parquet.read_table(path)
    for path in sorted(folder.glob("*.parquet"))
}}
"""

_SPACY = """from pathlib import Path

import spacy
from spacy.tokens import DocBin

folder = Path("{place}")
rows = {{}}
for path in sorted(folder.glob("*/*.spacy")):
    nlp = spacy.blank(path.parent.name)
    rows.setdefault(path.stem, []).extend(DocBin().from_disk(path).get_docs(nlp.vocab))
"""

_CSV = """import csv
from pathlib import Path

folder = Path("{place}")
rows = {{}}
for path in sorted(folder.glob("*.csv")):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows[path.stem] = list(csv.DictReader(file))
"""

_XLSX = """import openpyxl

book = openpyxl.load_workbook("{place}/dataset.xlsx")
rows = {{sheet.title: list(sheet.values) for sheet in book}}
"""

_CODE = {
    "huggingface": _HUGGINGFACE,
    "parquet": _PARQUET,
    "spacy": _SPACY,
    "csv": _CSV,
    "xlsx": _XLSX,
}


def code(form: str, splits: Sequence[str] = (), *, texts: bool = True) -> str | None:
    """Return the code that loads a dataset of a form into `rows`, by split; None for others."""
    if form == "jsonl":
        names = {
            split or "statements": f"{split or 'statements'}.jsonl" for split in splits or [""]
        }
        said = ", ".join(f'"{split}": lines("{name}")' for split, name in names.items())
        return _JSONL.format(place=PLACE, splits=said, check=_CHECK if texts else _BARE)
    template = _CODE.get(form)
    return None if template is None else template.format(place=PLACE)
