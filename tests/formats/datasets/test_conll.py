"""Tokens in columns, read back as their users' readers do: by tabs and blank lines."""

from collections import Counter
from dataclasses import replace

import pytest

from annotator.formats.article_record import RegionRecord
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from tests.formats.datasets import golden
from tests.formats.datasets.entries import sample_entries, split_by_article, write
from tests.formats.datasets.hard_entries import as_gold, hard_entries
from tests.formats.datasets.test_spacy import listed, lost

FORM = registry.form("conll")
SPLITS = ("train", "test")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_entries(tmp_path_factory.mktemp("sample"))


def blocks(path):
    """Return the articles of a file: comments, and sentences of rows by the name of the column."""
    lines = path.read_text(encoding="utf-8").split("\n")
    columns = lines[0].removeprefix("# global.columns = ").split()
    found: list = []
    for line in lines[1:]:
        if line.startswith("# article = "):
            found.append(({}, [[]]))
        if line.startswith("# ") and "\t" not in line:
            key, _, value = line.removeprefix("# ").partition(" = ")
            found[-1][0][key] = value
        elif line:
            found[-1][1][-1].append(dict(zip(columns, line.split("\t"), strict=True)))
        elif found:
            found[-1][1].append([])
    return [(said, [sentence for sentence in sentences if sentence]) for said, sentences in found]


def spans(rows, target):
    """Return the labelled stretches of a target: label, start and end in code points."""
    found: list = []
    for row in rows:
        kind, _, label = row[target].partition("-")
        if kind == "B":
            found.append([label, int(row["START"]), int(row["END"])])
        elif kind == "I":
            assert found[-1][0] == label
            found[-1][2] = int(row["END"])
    return [tuple(each) for each in found]


def rows_of(sentences):
    return [row for sentence in sentences for row in sentence]


def test_every_statement_is_there_or_listed(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    texts = {e.article.uid: str(e.article.text) for e in entries}
    left = listed(tmp_path, "overlapping.jsonl")
    gone = {each["id"] for each in left}
    assert listed(tmp_path) == []
    found = blocks(tmp_path / "articles.conll")
    assert Counter(said["annotator"] for said, _ in found) == {"Camille": 6, "Noor": 6}
    for said, sentences in found:
        text, rows = texts[said["article"]], rows_of(sentences)
        assert [text[int(r["START"]) : int(r["END"])] for r in rows] == [r["FORM"] for r in rows]
        assert "".join(r["FORM"] for r in rows) == "".join(text.split())
        for target in ("ceasefire", "troop_deployment"):
            made = {
                (r.stance, start, end)
                for e in entries
                for r in e.statements
                if (r.article, r.annotator, r.target)
                == (said["article"], said["annotator"], target)
                and r.id not in gone
                for start, end in r.pieces
            }
            assert set(spans(rows, target)) == made
    counted = lost(FORM, entries, Context(codebook))
    assert sum(n for clause, n in counted.items() if "overlap" in clause) == len(left) > 0
    assert counted["statements in pieces, of which each stands alone"] > 0


def test_no_sentence_begins_inside_a_statement(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    sentences = [s for _, ss in blocks(tmp_path / "articles.conll") for s in ss]
    assert len(sentences) > 100
    for sentence in sentences:
        assert not {sentence[0][t][0] for t in ("ceasefire", "troop_deployment")} & {"I"}


def test_it_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    golden.check(tmp_path, "conll")


def test_hard_texts_keep_their_offsets(sample, tmp_path):
    codebook, _ = sample
    entries = hard_entries(codebook)
    write(FORM, tmp_path, Context(codebook, offsets=("utf16", "byte")), entries)
    texts = {e.article.uid: str(e.article.text) for e in entries}
    found = blocks(tmp_path / "articles.conll")
    assert [said["name"] for said, _ in found] == [e.article.name for e in entries]
    for said, sentences in found:
        text = texts[said["article"]]
        for row in rows_of(sentences):
            assert text[int(row["START"]) : int(row["END"])] == row["FORM"]
            for unit, codec, size in (("UTF16", "utf-16-le", 2), ("BYTE", "utf-8", 1)):
                start, end = (size * int(row[f"{name}_{unit}"]) for name in ("START", "END"))
                assert text.encode(codec)[start:end].decode(codec) == row["FORM"]
    widened = {m["text"]: m["widened_text"] for m in listed(tmp_path)}
    assert widened["to the trü"] == "to the trüce"
    assert widened["כן להפסקת אש"].rstrip("\u202c") == "כן להפסקת אש".rjust(13, "\u202b")
    marked = {
        text
        for said, sentences in found
        for target in ("ceasefire", "troop_deployment")
        for _, start, end in spans(rows_of(sentences), target)
        for text in [texts[said["article"]][start:end]]
    }
    assert {"نَعَمْ لوقف إطلاق النار", "oui à la trêve »,\npuis"} <= marked


def test_misaligned_statements_are_left_out_when_asked_for(sample, tmp_path):
    codebook, _ = sample
    entries, context = (
        hard_entries(codebook),
        Context(codebook, options={"misaligned": "leave-out"}),
    )
    write(FORM, tmp_path, context, entries)
    left = listed(tmp_path)
    counted = lost(FORM, entries, context)
    assert sum(n for clause, n in counted.items() if "left out" in clause) == len(left) > 0
    text = (tmp_path / "articles.conll").read_text("utf-8")
    assert "trüce" in text and "B-" in text


def test_each_split_is_a_file_and_done_articles_without_statements_are_in_it(sample, tmp_path):
    codebook, entries = sample
    entries = split_by_article(entries, SPLITS)
    entries[0] = replace(entries[0], statements=[], splits=[])
    write(FORM, tmp_path, Context(codebook, SPLITS), entries)
    for split in SPLITS:
        found = {said["article"] for said, _ in blocks(tmp_path / f"{split}.conll")}
        assert found == {e.article.uid for e in entries if e.split == split}
    _, sentences = blocks(tmp_path / "train.conll")[0]
    assert {row["ceasefire"] for row in rows_of(sentences)} == {"O"}


def test_decisions_are_one_block_an_article(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), as_gold(entries))
    found = blocks(tmp_path / "articles.conll")
    assert [said["article"] for said, _ in found] == [e.article.uid for e in entries]
    assert "annotator" not in found[0][0]


def test_open_choices_and_excluded_regions(sample, tmp_path):
    codebook, _ = sample
    entry = hard_entries(codebook)[0]
    entry.statements[0].stance, entry.statements[1].target = None, None
    entry.article.excluded = [RegionRecord("r", 0, 5, "Titre")]
    write(FORM, tmp_path, Context(codebook), [entry])
    rows = rows_of(blocks(tmp_path / "articles.conll")[0][1])
    assert [r["FORM"] for r in rows if r["REGION"] == "excluded"] == ["Titre"]
    assert {r["ceasefire"] for r in rows} == {"O", "B-open", "I-open"}
    assert {r["troop_deployment"] for r in rows} == {"O"}
    counted = lost(FORM, [entry], Context(codebook))
    assert counted["statements on no target of the codebook"] == 1
