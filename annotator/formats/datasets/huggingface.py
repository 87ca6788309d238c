"""A folder that `datasets.load_dataset(FOLDER)` opens: Parquet under data/ and a README.md.

The header of README.md declares two configurations: `statements` (the one that opens), with its
splits and the features of its columns, and `articles`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.datasets import arrow_columns, asked, negatives, parquet_files, yaml_lines
from annotator.formats.datasets.form import Context, Entry, Form, Option

if TYPE_CHECKING:
    import pyarrow as pa

README = "README.md"
DATA = "data"
ARTICLES = "articles"
STATEMENTS = "statements"

LABELS = Option("labels", "Target and stance as class labels or as text", ("class", "text"))


def split_name(split: str) -> str:
    """Return a split's name as the library allows it; all in one is called train, as usual."""
    return re.sub(r"\W", "_", split) if split else "train"


def files(context: Context) -> dict[str, str]:
    """Return the data file of each split, relative to the folder."""
    return {split: f"{DATA}/{parquet_files.split_file(split)}" for split in context.splits}


def header(
    context: Context,
    files: Mapping[str, str],
    counts: Mapping[str, int] | None = None,
    *,
    gold: bool = False,
    negative: bool = False,
) -> dict[str, object]:
    """Return what the YAML header says of the data: `configs` and `dataset_info`.

    `files` are the data file of each split, `counts` its rows: the library opens no folder with a
    split of none, so that such a split is not declared. `gold` tells that the records are
    decisions, `negative` that there are rows with the stance "none".
    """
    data_files = [
        {"split": split_name(split), "path": path}
        for split, path in files.items()
        if counts is None or counts.get(split)
    ]
    articles = [{"split": ARTICLES, "path": f"{DATA}/{parquet_files.ARTICLES}"}]
    info: dict[str, object] = {
        "config_name": STATEMENTS,
        "features": _features(arrow_columns.statement_schema(context, gold=gold)),
    }
    if context.options.get(LABELS.name, LABELS.choices[0]) == LABELS.choices[0]:
        stances = [stance.id for stance in context.codebook.stances]
        classes = {
            "target": [target.id for target in context.codebook.targets],
            "stance": stances + [negatives.STANCE] * negative,
        }
        info["features"] = [_classed(each, classes) for each in _list(info["features"])]
    return {
        "configs": [
            {"config_name": STATEMENTS, "default": True, "data_files": data_files},
            {"config_name": ARTICLES, "data_files": articles},
        ],
        "dataset_info": [
            info,
            {
                "config_name": ARTICLES,
                "features": _features(arrow_columns.article_schema(context, gold=gold)),
            },
        ],
    }


class Folder:
    """Writes the data as Parquet, and a README.md that is enough to open it."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._folder = folder
        self._context = context
        (folder / DATA).mkdir()
        self._data = parquet_files.Folder(folder / DATA, context)
        self._gold = self._negative = False

    def add(self, entry: Entry) -> None:
        """Write one article with its statements."""
        self._gold = self._gold or asked.is_gold(entry)
        self._negative = self._negative or bool(entry.negatives)
        self._data.add(entry)

    def finish(self) -> None:
        """Write what waits, the README.md, and close the files."""
        self._data.finish()
        text = f"---\n{yaml_lines.dump(self.header())}---\n\n# {self._context.name}\n"
        (self._folder / README).write_text(text, encoding="utf-8", newline="\n")

    def close(self) -> None:
        """Close the files."""
        self._data.close()

    def header(self) -> dict[str, object]:
        """Return the YAML header of what was written, for a longer README.md."""
        return header(
            self._context,
            files(self._context),
            self._data.rows(),
            gold=self._gold,
            negative=self._negative,
        )


def _features(schema: "pa.Schema") -> list[dict[str, object]]:
    """Return Arrow's columns in the words of the header."""
    return [{"name": field.name} | _feature(field.type) for field in schema]


def _feature(of: "pa.DataType") -> dict[str, object]:
    import pyarrow as pa

    if isinstance(of, pa.StructType):
        return {"struct": _features(of)}
    if isinstance(of, pa.ListType):
        inner = _feature(of.value_type)
        return {"list": inner.get("dtype") or inner.get("struct") or inner}
    return {"dtype": {"double": "float64"}.get(str(of), str(of))}


def _classed(feature: dict[str, object], classes: Mapping[str, list[str]]) -> dict[str, object]:
    names = classes.get(str(feature["name"]))
    if names is None:
        return feature
    numbered = {str(number): name for number, name in enumerate(names)}
    return {"name": feature["name"], "dtype": {"class_label": {"names": numbered}}}


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


FORMS = (
    Form(
        name="huggingface",
        title="Hugging Face",
        unit="statement",
        carries="Everything that JSON Lines carries, in typed columns, with splits and features.",
        lacks="Nothing.",
        writer=Folder,
        lost=arrow_columns.lost,
        needs="parquet",
        stand_off=True,
        options=(LABELS,),
    ),
)
