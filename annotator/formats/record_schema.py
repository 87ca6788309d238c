"""The JSON Schemas of the records, made of the structures that read and write them.

docs/ holds them as files; a test holds the two together.
"""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import msgspec

from annotator.formats import article_record, dataset_record, stand_off, statement_record
from annotator.formats.article_record import ArticleRecord
from annotator.formats.dataset_record import DatasetRecord
from annotator.formats.gold_record import GoldDatasetRecord
from annotator.formats.stand_off import StandOffGoldArticleRecord, StandOffGoldRecord
from annotator.formats.statement_record import StatementRecord

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

T = TypeVar("T", bound=msgspec.Struct)


def schemas() -> dict[str, dict[str, Any]]:
    """Return each published schema by the name of its file."""
    return {
        "statement.schema.json": _schema(
            StandOffGoldRecord,
            StatementRecord,
            (statement_record.SCHEMA, stand_off.SCHEMA),
            "A line of statements.jsonl (or of a split's file). Of gold exports alone are"
            " annotations and soft, of exports without texts anchors and sealed.",
        ),
        "article.schema.json": _schema(
            StandOffGoldArticleRecord,
            ArticleRecord,
            (article_record.SCHEMA, stand_off.ARTICLE_SCHEMA),
            "A line of articles.jsonl. Of gold exports alone are gold, undecided, stale and"
            " no_statement, of exports without texts anchors and sealed.",
        ),
        "dataset.schema.json": _schema(
            GoldDatasetRecord,
            DatasetRecord,
            (dataset_record.SCHEMA,),
            "dataset.json. Of gold exports alone is gold, of exports without texts stand_off.",
        ),
    }


def strict(type_: type[T]) -> type[T]:
    """Return a type that reads the same records, but no line that lacks a key."""
    fields = [(field.name, field.type) for field in msgspec.structs.fields(type_)]
    made = msgspec.defstruct(type_.__name__, fields, bases=(type_,), kw_only=True, gc=False)
    return cast("type[T]", made)


def _schema(
    largest: type[msgspec.Struct],
    common: type[msgspec.Struct],
    names: Sequence[str],
    description: str,
) -> dict[str, Any]:
    """Return the schema of a record whose keys are those of `largest`, always those of `common`."""
    _, components = msgspec.json.schema_components([largest])
    top = components.pop(largest.__name__)
    properties = {key: _bare(value) for key, value in top["properties"].items()}
    properties["schema"] = {"enum": list(names)}
    optional = {
        field.name for field in msgspec.structs.fields(common) if field.default is msgspec.UNSET
    }
    return {
        "$schema": _DIALECT,
        "title": common.__name__,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in common.__struct_encode_fields__ if name not in optional],
        "$defs": components,
    }


def _bare(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a key holds without a default: every key is always written."""
    return {key: inner for key, inner in value.items() if key != "default"}
