"""The published schemas are those of the structures, and what is written obeys them."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from annotator import places
from annotator.formats import record_schema
from annotator.formats.statement_record import StatementRecord
from annotator.services import sample
from tests.services.stand_off_export import export_stand_off

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMAS = record_schema.schemas()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_that_of_the_records(name: str) -> None:
    """To write them anew: python -m tests.formats.test_record_schema."""
    published = json.loads((DOCS / name).read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(SCHEMAS[name]))
    jsonschema.Draft202012Validator.check_schema(published)


def test_what_is_written_obeys_the_schemas(tmp_path: Path) -> None:
    project = sample.make_sample(tmp_path / "sample.stance")
    export_stand_off(project, tmp_path / "bare", tmp_path / "whole")
    export_stand_off(project, tmp_path / "bare gold", tmp_path / "gold", gold=True)
    project.close()
    golden = places.shipped("seeds").parent / "exports" / "sample"
    folders = [tmp_path / name for name in ("bare", "whole", "bare gold", "gold")]
    for folder in [*folders, *([golden] if golden.is_dir() else [])]:
        check("dataset.schema.json", (folder / "dataset.json").read_bytes())
        for kind in ("statement", "article"):
            for line in (folder / f"{kind}s.jsonl").read_bytes().splitlines():
                check(f"{kind}.schema.json", line)


def check(name: str, line: bytes) -> None:
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(json.loads(line))


def test_a_line_that_lacks_a_key_is_read_by_who_is_not_strict() -> None:
    line = b'{"schema":"stance/1","id":"1","article":"2"}'
    assert msgspec.json.decode(line, type=StatementRecord).id == "1"
    with pytest.raises(msgspec.ValidationError, match="article_name"):
        msgspec.json.decode(line, type=record_schema.strict(StatementRecord))
    with pytest.raises(jsonschema.ValidationError, match="article_name"):
        check("statement.schema.json", line)


if __name__ == "__main__":
    for file_name, schema in SCHEMAS.items():
        body = json.dumps(schema, indent=2, ensure_ascii=False)
        (DOCS / file_name).write_text(f"{body}\n", encoding="utf-8")
