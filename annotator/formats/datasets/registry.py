"""All forms of dataset; a module is imported when its form is asked for."""

from importlib import import_module
from importlib.util import find_spec

from annotator.errors import UserError
from annotator.formats.datasets.form import Form

# In the order in which they are offered. Each module holds one FORM (or, where two forms differ
# in their container alone, FORMS) under the name that stands here.
_MODULES: dict[str, str] = {
    "jsonl": "jsonl_folder",
    "parquet": "parquet_files",
    "huggingface": "huggingface",
    "spacy": "spacy_docs",
    "conll": "conll",
    "csv": "csv_table",
    "xlsx": "xlsx_table",
    "semeval2016": "semeval2016",
    "pairs": "pairs",
    "label_studio": "label_studio",
    "doccano": "doccano",
    "prodigy": "prodigy",
    "brat": "brat",
    "web_annotation": "web_annotation",
    "dna": "dna",
}


def names() -> tuple[str, ...]:
    """Return the names of all forms."""
    return tuple(_MODULES)


def form(name: str) -> Form:
    """Return the form called `name`; UserError when there is none."""
    name = name.replace("-", "_")  # label-studio, as the import of labels spells it
    if name not in _MODULES:
        raise UserError(f"There is no format “{name}”; the formats are {', '.join(_MODULES)}.")
    module = import_module(f"annotator.formats.datasets.{_MODULES[name]}")
    found: dict[str, Form] = {each.name: each for each in module.FORMS}
    return found[name]


def forms() -> list[Form]:
    """Return all forms in the order in which they are offered."""
    return [form(name) for name in _MODULES]


# The module that each extra of the package brings (`Form.needs`).
_LIBRARIES = {"parquet": "pyarrow", "spacy": "spacy", "xlsx": "xlsxwriter"}


def install_hint(form: Form) -> str | None:
    """Return how to install the library that a form needs and that is not here; None if it is."""
    if form.needs is None or find_spec(_LIBRARIES[form.needs]) is not None:
        return None
    return f'pip install "stance-annotator[{form.needs}]"'
