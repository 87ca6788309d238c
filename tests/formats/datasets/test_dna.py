"""The statement table, read as R reads it (semicolons, quotation marks doubled)."""

import csv
from dataclasses import replace
from pathlib import Path

import msgspec

from annotator.formats.datasets import registry
from annotator.formats.datasets.dna import COLUMNS
from annotator.formats.datasets.form import Context
from tests.formats.datasets import hard
from tests.formats.datasets.entries import write

FORM = registry.form("dna")


def rows(folder: Path, codebook, made, **options) -> list[dict[str, str]]:
    write(FORM, folder, Context(codebook, options=options), made)
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter=";", strict=True))
    assert all(None not in row and None not in row.values() for row in found)
    return found


def test_the_words_are_as_they_are_at_their_place(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    known = {r.id: (r, e.article.text) for e in made for r in e.statements}
    found = rows(tmp_path, codebook, made)
    decided = [r for r, _ in known.values() if r.stance in ("favor", "against")]
    assert len(found) == len(decided)
    for row in found:
        record, text = known[row["statement_uid"]]
        assert row["text"] == text[record.start : record.end]
        start, end = int(row["start_position"]), int(row["stop_position"])
        # Java's strings are UTF-16
        assert text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le") == row["text"]
        assert row["concept"] == record.target
        assert row["agreement"] == {"favor": "1", "against": "0"}[record.stance]
        assert row["person"] + row["organization"] == record.speaker.name
        assert row["coder_name"] == record.annotator
    assert any("\n" in row["text"] for row in found)
    assert any('"' in row["text"] for row in found)


def test_its_columns_begin_with_those_of_the_program(tmp_path: Path, codebook) -> None:
    rows(tmp_path, codebook, [])
    head = (tmp_path / "statements.csv").read_text(encoding="utf-8")
    assert head == ";".join(f'"{column}"' for column in COLUMNS) + "\n"
    assert COLUMNS[:6] == ["statement_id", "time", "person", "organization", "concept", "agreement"]


def test_its_time_is_the_day_of_publication(tmp_path: Path, codebook) -> None:
    made = hard.entry()
    dated = msgspec.structs.replace(made.article, published="2025-08-19")
    found = rows(tmp_path, codebook, [replace(made, article=dated)])
    assert {row["time"] for row in found} == {"2025-08-19 00:00:00"}
    assert {row["time"] for row in rows(tmp_path, codebook, [made])} == {""}


def test_a_person_and_an_organisation_have_their_columns(tmp_path, codebook, entries) -> None:
    found = rows(tmp_path, codebook, entries)
    known = {r.id: r for e in entries for r in e.statements}
    for row in found:
        organised = known[row["statement_uid"]].speaker.type in (
            "government",
            "organisation",
            "collective",
        )
        assert bool(row["organization"]) == organised
        assert bool(row["person"]) != organised


def test_numbers_tell_articles_people_and_statements_apart(tmp_path, codebook, entries) -> None:
    found = rows(tmp_path, codebook, entries)
    for number, key in (
        ("document_id", "document_source"),
        ("coder", "coder_name"),
        ("statement_id", "statement_uid"),
    ):
        pairs = {(row[number], row[key]) for row in found}
        assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def test_what_is_neither_for_nor_against_is_left_out_or_empty(tmp_path, codebook) -> None:
    lost = FORM.lost(hard.entry(), Context(codebook))
    assert lost["statements that are neutral: left out"] == 1
    assert lost["statements that are unclear: left out"] == 1
    assert lost["statements without a target or a stance"] == 1
    assert len(rows(tmp_path, codebook, [hard.entry()])) == 3
    found = rows(tmp_path, codebook, [hard.entry()], undecided="empty")
    assert len(found) == 5
    assert {row["stance"]: row["agreement"] for row in found} == {
        "favor": "1",
        "against": "0",
        "neutral": "",
        "unclear": "",
    }
    kept = FORM.lost(hard.entry(), Context(codebook, options={"undecided": "empty"}))
    assert kept["statements that are neutral: without agreement"] == 1
