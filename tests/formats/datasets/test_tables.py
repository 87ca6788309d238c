"""CSV and XLSX, read back as a user of theirs would; what is dangerous in them stays text."""

import csv
from dataclasses import replace

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.offset_units import Ruler
from annotator.formats.datasets import cell_guard, registry, xlsx_table
from annotator.formats.datasets.form import Context
from tests.formats.datasets import golden
from tests.formats.datasets.entries import sample_entries, split_by_article, write
from tests.formats.datasets.hard_entries import as_gold, hard_entries, with_negatives

SPLITS = ("train", "test")
CSV, XLSX = registry.form("csv"), registry.form("xlsx")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_entries(tmp_path_factory.mktemp("sample"))


def read_csv(path, delimiter=","):
    """Return the rows of a CSV as mappings, guarded texts as they were."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=delimiter, strict=True)
        return [{k: cell_guard.unguard(v) for k, v in row.items()} for row in rows]


def cells(path):
    """Return the values of each sheet, row by row."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[c.value for c in row] for row in sheet] for sheet in book}


def read_xlsx(path):
    """Return the rows of each sheet as mappings of texts, as CSV gives them."""
    return {
        title: [
            {name: "" if v is None else str(v) for name, v in zip(rows[0], row, strict=True)}
            for row in rows[1:]
        ]
        for title, rows in cells(path).items()
    }


def read(form, folder, split=""):
    name = split or "statements"
    if form is CSV:
        return read_csv(folder / f"{name}.csv")
    return read_xlsx(folder / "dataset.xlsx")[name]


both = pytest.mark.parametrize("form", [CSV, XLSX], ids=["csv", "xlsx"])


@both
def test_the_sample_comes_back(form, sample, tmp_path):
    codebook, entries = sample
    write(form, tmp_path, Context(codebook), entries)
    made = [r for e in entries for r in e.statements]
    rows = read(form, tmp_path)
    for row, record in zip(rows, made, strict=True):
        assert (row["id"], row["text"], row["note"]) == (record.id, record.text, record.note or "")
        assert (row["target"], row["stance"]) == (record.target, record.stance)
        assert row["speaker"] == record.speaker.name
        assert row["pieces"] == " ".join(f"{s}..{e}" for s, e in record.pieces)
        assert {a.id: row[a.id] for a in codebook.attributes} == record.attributes
        assert row["mention"] == (record.mention.text if record.mention else "")
        assert row["mention_start"] == (str(record.mention.start) if record.mention else "")
        assert row["created_at"] == record.created_at
    assert rows[0]["source_chain"] == "Narrateur > Hélène Vauquerin"
    articles = read(form, tmp_path, "articles")
    assert [a["article"] for a in articles] == [e.article.name for e in entries]
    assert articles[0]["status"] == "Camille: done; Noor: done"


def test_the_csv_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(CSV, tmp_path, Context(codebook), entries)
    golden.check(tmp_path, "csv")


def test_the_workbook_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(XLSX, tmp_path, Context(codebook), entries)
    golden.check(tmp_path, "xlsx", cells)


def test_the_same_data_are_the_same_workbook(sample, tmp_path):
    codebook, entries = sample
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(XLSX, tmp_path / name, Context(codebook), entries)
    one, two = ((tmp_path / name / "dataset.xlsx").read_bytes() for name in ("one", "two"))
    assert one == two
    assert [p.name for p in (tmp_path / "one").iterdir()] == ["dataset.xlsx"]


@both
def test_hard_texts_come_back_with_their_offsets(form, sample, tmp_path):
    codebook, _ = sample
    entries = hard_entries(codebook)
    write(form, tmp_path, Context(codebook, offsets=("utf16", "byte")), entries)
    texts = {e.article.uid: str(e.article.text) for e in entries}
    for row in read(form, tmp_path):
        text = texts[row["article_id"]]
        spans = [tuple(map(int, p.split(".."))) for p in row["pieces"].split()]
        said = " … ".join(text[s:e] for s, e in spans)
        assert row["text"] == (said if form is CSV else said.replace("\x01", "\ufffd"))
        coded = text.encode("utf-16-le")
        assert coded[: 2 * int(row["start_utf16"])].decode("utf-16-le") == text[: spans[0][0]]
        assert int(row["end_byte"]) == Ruler(text, "byte").out(spans[-1][1])
        assert row["mention"] == text[int(row["mention_start"]) : int(row["mention_end"])]


@both
def test_each_split_has_its_own_rows_and_negatives_are_rows(form, sample, tmp_path):
    codebook, entries = sample
    entries = with_negatives(split_by_article(entries, SPLITS))
    write(form, tmp_path, Context(codebook, (*SPLITS, "empty")), entries)
    for split in SPLITS:
        rows = read(form, tmp_path, split)
        mine = [e for e in entries if e.split == split]
        assert [r["id"] for r in rows if r["id"]] == [r.id for e in mine for r in e.statements]
        negative = [(r["text"], r["stance"], r["speaker"]) for r in rows if not r["id"]]
        assert negative == [(str(e.article.text)[:2], "none", "") for e in mine]
    assert read(form, tmp_path, "empty") == []


@both
def test_decisions_say_what_the_annotators_said(form, sample, tmp_path):
    codebook, entries = sample
    entries = as_gold(entries)
    write(form, tmp_path, Context(codebook), entries)
    row, record = read(form, tmp_path)[0], entries[0].statements[0]
    assert row["annotations"] == f"Camille: {record.target} {record.stance}"
    assert (float(row["soft_favor"]), float(row["soft_neutral"])) == (0.5, 0)
    assert row["label_source"] == "adjudicated"
    assert read(form, tmp_path, "articles")[0]["gold"] == "yes"
    assert form.lost(entries[0], Context(codebook))[
        "spans, speakers and attributes of labels behind a decision"
    ] == len(entries[0].statements)


@both
def test_without_texts_no_words_are_written(form, sample, tmp_path):
    codebook, entries = sample
    context = Context(codebook, texts=False)
    write(form, tmp_path, context, with_negatives(entries))
    row = read(form, tmp_path)[0]
    assert not {"text", "mention", "cue", "condition_words", "note", "prefix", "suffix"} & set(row)
    assert not {"title", "notes"} & set(read(form, tmp_path, "articles")[0])
    assert row["start"] == str(entries[0].statements[0].start)
    assert form.lost(entries[0], context)["notes, which may quote the article"] > 0


@both
def test_nothing_to_write_is_a_head_without_rows(form, sample, tmp_path):
    write(form, tmp_path, Context(sample[0]), [])
    assert read(form, tmp_path) == read(form, tmp_path, "articles") == []


def test_a_column_of_the_codebook_has_a_name_of_its_own(sample, tmp_path):
    codebook, entries = sample
    named = replace(codebook, attributes=(replace(codebook.attributes[0], id="text"),))
    write(CSV, tmp_path, Context(named), entries)
    assert "attribute_text" in read(CSV, tmp_path)[0]
    lost = CSV.lost(entries[0], Context(named))
    assert lost["attributes that the codebook does not have"] > 0


# ---------------------------------------------------------------------------- formulas


@given(st.text() | st.text("'=+-@\t\r\n＝a", max_size=5))
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    guarded = cell_guard.guard(text)
    assert cell_guard.unguard(guarded) == text
    assert not guarded.startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_words_that_only_begin_with_an_apostrophe_stay_as_they_are():
    assert cell_guard.guard("'tis = so") == cell_guard.unguard("'tis = so") == "'tis = so"


def test_no_cell_of_the_csv_begins_as_a_formula(sample, tmp_path):
    codebook, _ = sample
    write(CSV, tmp_path, Context(codebook), hard_entries(codebook))
    assert (tmp_path / "statements.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [cell for row in csv.reader(file, strict=True) for cell in row]
    assert "'=1+2 is" in found and "'@Pell, =cmd" in found and "''=2'" in found
    assert not [cell for cell in found if cell.startswith(tuple("=+-@\t\r"))]


def test_cells_of_the_workbook_are_texts_that_stay_so_when_edited(sample, tmp_path):
    codebook, _ = sample
    write(XLSX, tmp_path, Context(codebook), hard_entries(codebook))
    sheet = openpyxl.load_workbook(tmp_path / "dataset.xlsx")["statements"]
    found = {c.value: c for row in sheet for c in row if isinstance(c.value, str)}
    assert not [value for value, c in found.items() if c.data_type == "f"]
    for value in ("=1+2 is", "@Pell, =cmd", "-5 for", "\tx", "+1"):
        assert (found[value].data_type, found[value].quotePrefix) == ("s", True)
    assert not found["Pell"].quotePrefix


@pytest.mark.parametrize(("name", "mark"), [("semicolon", ";"), ("tab", "\t"), ("comma", ",")])
def test_the_separator_can_be_chosen(name, mark, sample, tmp_path):
    codebook, _ = sample
    entries = hard_entries(codebook)
    write(CSV, tmp_path, Context(codebook, options={"separator": name}), entries)
    texts = [r["text"] for r in read_csv(tmp_path / "statements.csv", mark)]
    assert texts == [r.text for e in entries for r in e.statements]


# ------------------------------------------------------------------- what Excel can hold


def test_the_head_stays_and_rows_can_be_filtered(sample, tmp_path):
    codebook, entries = sample
    write(XLSX, tmp_path, Context(codebook), entries)
    sheet = openpyxl.load_workbook(tmp_path / "dataset.xlsx")["statements"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:") and sheet.auto_filter.ref.endswith("87")
    assert sheet.column_dimensions["A"].width > 20


def test_a_full_sheet_goes_on_in_another(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_table, "ROWS", 41)
    codebook, entries = sample
    write(XLSX, tmp_path, Context(codebook), entries)
    sheets = read_xlsx(tmp_path / "dataset.xlsx")
    names = ["statements", "statements 2", "statements 3"]
    assert sorted(sheets) == ["articles", *names]
    rows = [row for name in names for row in sheets[name]]
    assert [len(sheets[name]) for name in names] == [40, 40, 6]
    assert [r["id"] for r in rows] == [r.id for e in entries for r in e.statements]


def test_what_a_cell_cannot_hold_is_counted_and_cut(sample, tmp_path):
    codebook, entries = sample
    long = msgspec.structs.replace(entries[0].statements[0], note="x" + "😀" * 20_000)
    odd = msgspec.structs.replace(entries[0].statements[1], note="a\x00b\x0bc\r\nd _x0041_")
    full = msgspec.structs.replace(entries[0].statements[2], note="é" * xlsx_table.CHARACTERS)
    entry = replace(entries[0], statements=[long, odd, full], splits=[""] * 3)
    lost = XLSX.lost(entry, Context(codebook))
    assert lost["cells of which the end is cut off"] == 1
    assert lost["characters that Excel cannot hold"] == 3
    write(XLSX, tmp_path, Context(codebook), [entry])
    notes = [r["note"] for r in read(XLSX, tmp_path)]
    assert len(notes[0].encode("utf-16-le")) <= 2 * xlsx_table.CHARACTERS
    assert notes[0] == "x" + "😀" * 16_382 + "…"
    assert notes[1].startswith("a\ufffdb\ufffdc\ufffd\nd ")
    assert notes[2] == full.note


def test_a_workbook_that_is_given_up_leaves_no_file_open(sample, tmp_path):
    codebook, entries = sample
    writer = XLSX.writer(tmp_path, Context(codebook))
    writer.add(entries[0])
    writer.close()
    writer.close()
    assert not (tmp_path / "dataset.xlsx").exists()
