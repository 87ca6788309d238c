"""Parquet, read back by pyarrow."""

import json
from dataclasses import replace
from datetime import datetime

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from annotator.domain.offset_units import Ruler, Unit
from annotator.formats.datasets import arrow_columns, parquet_files, registry
from annotator.formats.datasets.form import Context
from annotator.formats.gold_record import GoldRecord
from annotator.formats.statement_record import StatementRecord
from tests.formats.datasets import golden
from tests.formats.datasets.entries import sample_entries, split_by_article, write
from tests.formats.datasets.hard_entries import as_gold, hard_entries, with_negatives

FORM = registry.form("parquet")
SPLITS = ("train", "test")
UNITS: tuple[tuple[Unit, str, int], ...] = (("utf16", "utf-16-le", 2), ("byte", "utf-8", 1))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_entries(tmp_path_factory.mktemp("sample"))


def read(path):
    return parquet.read_table(path).to_pylist()


def plain(row):
    """Return a row with times as the records write them."""
    return {
        key: f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z"
        if isinstance(value, datetime)
        else value
        for key, value in row.items()
    }


def lines(records):
    """Return records as their lines of JSON say them."""
    return [json.loads(msgspec.json.encode(record)) for record in records]


def records(rows, of=StatementRecord):
    return [msgspec.convert(plain(row), of) for row in rows]


def test_the_sample_comes_back(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["articles.parquet", "statements.parquet"]
    back = records(read(tmp_path / "statements.parquet"))
    assert lines(back) == lines(r for entry in entries for r in entry.statements)
    articles = read(tmp_path / "articles.parquet")
    assert [a["text"] for a in articles] == [e.article.text for e in entries]
    assert articles[0]["work"][0]["annotator"] == "Camille"
    assert isinstance(articles[0]["imported_at"], datetime)
    assert not any(FORM.lost(entry, Context(codebook)) for entry in entries)


def test_the_columns_are_those_of_the_lines_and_typed(sample):
    codebook, _ = sample
    schema = arrow_columns.statement_schema(Context(codebook), gold=False)
    assert tuple(schema.names) == StatementRecord.__struct_fields__
    assert schema.field("start").type == pa.int64()
    assert schema.field("flags").type == pa.list_(pa.string())
    assert schema.field("created_at").type == pa.timestamp("us", tz="UTC")
    assert [f.name for f in schema.field("attributes").type] == [a.id for a in codebook.attributes]


def test_it_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    golden.check(tmp_path, "parquet", lambda path: (parquet.read_schema(path), read(path)))


def test_each_split_is_a_file(sample, tmp_path):
    codebook, entries = sample
    entries = split_by_article(entries, SPLITS)
    write(FORM, tmp_path, Context(codebook, (*SPLITS, "empty")), entries)
    for split in SPLITS:
        ids = [r["id"] for r in read(tmp_path / f"{split}.parquet")]
        assert ids == [r.id for e in entries if e.split == split for r in e.statements]
    assert read(tmp_path / "empty.parquet") == []


def test_hard_texts_keep_their_offsets_in_every_unit(sample, tmp_path):
    codebook, _ = sample
    entries = hard_entries(codebook)
    write(FORM, tmp_path, Context(codebook, offsets=("utf16", "byte")), entries)
    texts = {a["uid"]: a["text"] for a in read(tmp_path / "articles.parquet")}
    rows = read(tmp_path / "statements.parquet")
    assert len(rows) == 10
    for row in rows:
        text = texts[row["article"]]
        assert " … ".join(text[s:e] for s, e in row["pieces"]) == row["text"]
        for unit, codec, size in UNITS:
            coded, offsets = text.encode(codec), row[f"offsets_{unit}"]
            parts = [coded[s * size : e * size].decode(codec) for s, e in offsets["pieces"]]
            assert " … ".join(parts) == row["text"]
            assert offsets["end"] == Ruler(text, unit).out(row["end"])
            start, end = offsets["mention"]
            assert coded[start * size : end * size].decode(codec) == row["mention"]["text"]


def test_decisions_carry_their_annotations(sample, tmp_path):
    codebook, entries = sample
    entries = as_gold(entries)
    write(FORM, tmp_path, Context(codebook), entries)
    back = records(read(tmp_path / "statements.parquet"), GoldRecord)
    made = [r for e in entries for r in e.statements]
    assert lines(back) == lines(made)
    assert all(a["gold"] for a in read(tmp_path / "articles.parquet"))


def test_negatives_are_rows_without_a_speaker(sample, tmp_path):
    codebook, entries = sample
    entries = with_negatives(split_by_article(entries, SPLITS))
    write(FORM, tmp_path, Context(codebook, SPLITS), entries)
    rows = [r for r in read(tmp_path / "train.parquet") if r["id"] is None]
    assert [r["text"] for r in rows] == [
        str(e.article.text)[:2] for e in entries if e.split == "train"
    ]
    assert {(r["speaker"] is None, r["target"], r["stance"]) for r in rows} == {
        (True, None, "none")
    }
    assert {r["label_source"] for r in rows} == {"negative"}


def test_without_texts_no_words_are_written(sample, tmp_path):
    codebook, entries = sample
    context = Context(codebook, texts=False, offsets=("utf16",))
    write(FORM, tmp_path, context, as_gold(with_negatives(entries)))
    for name in ("statements", "articles"):
        schema = parquet.read_schema(tmp_path / f"{name}.parquet")
        assert "text" not in str(schema).replace("str", "") and "note" not in schema.names
    assert FORM.lost(entries[0], context)["notes, which may quote the article"] > 0


def test_a_codebook_without_attributes_has_no_column_of_them(sample, tmp_path):
    codebook, entries = sample
    bare = replace(codebook, attributes=())
    write(FORM, tmp_path, Context(bare), as_gold(entries))
    assert "attributes" not in read(tmp_path / "statements.parquet")[0]
    assert FORM.lost(entries[0], Context(bare))["attributes that the codebook does not have"] > 0


def test_a_time_that_is_none_is_counted(sample):
    codebook, entries = sample
    entry = entries[0]
    entry = replace(
        entry,
        statements=[msgspec.structs.replace(entry.statements[0], created_at="yesterday")],
        splits=[""],
    )
    assert FORM.lost(entry, Context(codebook)) == {"times that are no ISO 8601 time": 1}


def test_nothing_to_write_is_a_file_of_no_rows(sample, tmp_path):
    write(FORM, tmp_path, Context(sample[0]), [])
    assert read(tmp_path / "statements.parquet") == read(tmp_path / "articles.parquet") == []


def test_many_rows_are_written_in_batches(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_files, "_ROWS", 10)
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    file = parquet.ParquetFile(tmp_path / "statements.parquet")
    assert (file.metadata.num_row_groups, file.metadata.num_rows) == (9, 86)
