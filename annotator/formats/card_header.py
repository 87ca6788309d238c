"""The YAML header of a card, as the Hugging Face hub reads it."""

import re
from collections.abc import Mapping

from annotator.formats.card_answers import CardAnswers
from annotator.formats.card_facts import Facts
from annotator.formats.datasets import yaml_lines

# Licences that the hub knows by these names and that people give to data.
LICENCES = frozenset(
    "cc0-1.0 cc-by-4.0 cc-by-3.0 cc-by-sa-4.0 cc-by-sa-3.0 cc-by-nc-4.0 cc-by-nc-sa-4.0"
    " cc-by-nd-4.0 cc-by-nc-nd-4.0 odc-by odbl pddl mit apache-2.0 etalab-2.0"
    " cdla-permissive-2.0 cdla-permissive-1.0 cdla-sharing-1.0".split()
)
# How the file of all rows is called, of forms whose files `datasets` opens as they are.
_FILES = {
    "jsonl": ("statements", ".jsonl"),
    "parquet": ("statements", ".parquet"),
    "csv": ("statements", ".csv"),
    "pairs": ("pairs", ".jsonl"),
}
_SEPARATORS = {"semicolon": ";", "tab": "\t"}  # of CSV, where it is no comma
_TOKENS = frozenset(("spacy", "conll"))
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (10**6, "100K<n<1M"))
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def header(facts: Facts, answers: CardAnswers) -> str:
    """Return the header with its lines of dashes."""
    said: dict[str, object] = dict(_licence(answers.licence_labels))
    languages = [lang for lang in facts.languages if _LANGUAGE.fullmatch(lang)]
    if languages:
        said["language"] = languages
    task = "token-classification" if facts.form in _TOKENS else "text-classification"
    said["task_categories"] = [task]
    said["size_categories"] = [_size(facts.rows)]
    said["tags"] = ["stance-detection", "news", "reported-speech"] + ["stand-off"] * facts.stand_off
    said["pretty_name"] = answers.title or facts.record.project
    if not facts.header and facts.form in _FILES:
        said["configs"] = _configs(facts)
    return f"---\n{yaml_lines.dump(said)}{facts.header}---\n"


def _licence(name: str) -> Mapping[str, object]:
    name = name.strip()
    slug = "-".join(name.lower().split())
    if not name:
        return {"license": "unknown"}
    if slug in LICENCES:
        return {"license": slug}
    return {"license": "other", "license_name": " ".join(name.split())}


def _size(rows: int) -> str:
    return next((name for most, name in _SIZES if rows < most), "1M<n<10M")


def _configs(facts: Facts) -> list[dict[str, object]]:
    """Return which file holds which split: without it the hub would mix in the articles."""
    stem, ending = _FILES[facts.form]
    files = [
        {"split": split or "train", "path": f"{split or stem}{ending}"}
        for split in facts.splits or ("",)
    ]
    config: dict[str, object] = {"config_name": "statements", "default": True, "data_files": files}
    separator = _SEPARATORS.get(facts.record.options.get("separator", ""))
    return [config if separator is None else {**config, "sep": separator}]
