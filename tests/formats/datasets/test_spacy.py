"""spaCy's binary documents, read back by spaCy."""

import json
from collections import Counter
from dataclasses import replace

import msgspec
import pytest
import spacy
from spacy.tokens import DocBin

from annotator.domain.spans import Span
from annotator.formats.article_record import RegionRecord
from annotator.formats.datasets import registry, spacy_docs, tokens
from annotator.formats.datasets.form import Context
from tests.formats.datasets import golden
from tests.formats.datasets.entries import sample_entries, split_by_article, write
from tests.formats.datasets.hard_entries import as_gold, hard_entries, with_negatives

FORM = registry.form("spacy")
SPLITS = ("train", "test")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_entries(tmp_path_factory.mktemp("sample"))


def docs(folder, split="articles"):
    """Return the documents of a split, each language by its own pipeline."""
    return [
        doc
        for path in sorted(folder.glob(f"*/{split}*.spacy"))
        for doc in DocBin().from_disk(path).get_docs(spacy.blank(path.parent.name).vocab)
    ]


def said(doc):
    return doc.user_data["stance"]


def listed(folder, name="misaligned.jsonl"):
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def lost(form, entries, context):
    return sum((form.lost(entry, context) for entry in entries), start=Counter())


def contents(path):
    """Return what a golden file holds, as a user sees it."""
    if path.suffix != ".spacy":
        return path.read_bytes()
    found = DocBin().from_disk(path).get_docs(spacy.blank(path.parent.name).vocab)
    return [
        (
            doc.text,
            doc.user_data,
            {
                name: [(s.start, s.end, s.label_, s.id_, s.kb_id_) for s in group]
                for name, group in doc.spans.items()
            },
        )
        for doc in found
    ]


def test_the_sample_comes_back(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    made = {r.id: r for e in entries for r in e.statements}
    texts = {e.article.uid: str(e.article.text) for e in entries}
    back = docs(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en", "fr", "misaligned.jsonl"]
    assert Counter(said(d)["annotator"] for d in back) == {"Camille": 6, "Noor": 6}
    seen = set()
    for doc in back:
        assert doc.text == texts[said(doc)["article"]]
        for span in doc.spans["statements"]:
            record = made[span.id_]
            assert span.label_ == f"{record.target}:{record.stance}"
            assert span.kb_id_ == record.speaker.id
            assert (span.start_char, span.end_char) in record.pieces
            seen.add(span.id_)
        for span in doc.spans["mentions"]:
            assert span.text == made[span.id_].mention.text
        for target in ("ceasefire", "troop_deployment"):
            assert {s.id_ for s in doc.spans.get(f"target:{target}", [])} == {
                s.id_ for s in doc.spans["statements"] if s.label_.startswith(target)
            }
        for uid, statement in said(doc)["statements"].items():
            whole = msgspec.to_builtins(made[uid])
            assert (
                json.loads(json.dumps(statement)).items() <= json.loads(json.dumps(whole)).items()
            )
    assert seen == set(made)
    assert lost(FORM, entries, Context(codebook)) == {} and listed(tmp_path) == []


def test_it_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    golden.check(tmp_path, "spacy", contents)


def test_each_split_and_language_is_a_file(sample, tmp_path):
    codebook, entries = sample
    entries = split_by_article(entries, SPLITS)
    write(FORM, tmp_path, Context(codebook, SPLITS), entries)
    for split in SPLITS:
        found = {said(doc)["article"] for doc in docs(tmp_path, split)}
        assert found == {e.article.uid for e in entries if e.split == split}
    assert (tmp_path / "fr" / "train.spacy").exists()


def test_hard_texts_keep_their_spans(sample, tmp_path):
    codebook, _ = sample
    entries = hard_entries(codebook)
    write(FORM, tmp_path, Context(codebook), entries)
    assert {p.name for p in tmp_path.iterdir() if p.is_dir()} == {"fr", "he", "ar", "xx"}
    texts = {e.article.uid: str(e.article.text) for e in entries}
    widened = {(m["id"], m["start"]): m for m in listed(tmp_path)}
    assert "to the trü" in {m["text"] for m in widened.values()}
    for doc in docs(tmp_path):
        assert doc.text == texts[said(doc)["article"]]
        expected: Counter[tuple] = Counter()
        for uid, statement in said(doc)["statements"].items():
            for start, end in statement["pieces"]:
                wide = widened.get((uid, start))
                ends = (wide["widened_start"], wide["widened_end"]) if wide else (start, end)
                expected[uid, *ends] += 1
        assert expected == Counter(
            (s.id_, s.start_char, s.end_char) for s in doc.spans["statements"]
        )
    assert sum(lost(FORM, entries, Context(codebook)).values()) == len(listed(tmp_path)) > 0
    for each in widened.values():
        text = texts[each["article"]]
        assert text[each["start"] : each["end"]] == each["text"]
        assert text[each["widened_start"] : each["widened_end"]] == each["widened_text"]
        assert each["text"] in each["widened_text"]


def test_misaligned_spans_are_left_out_when_asked_for(sample, tmp_path):
    codebook, _ = sample
    entries, context = (
        hard_entries(codebook),
        Context(codebook, options={"misaligned": "leave-out"}),
    )
    write(FORM, tmp_path, context, entries)
    found = {(s.id_, s.text) for d in docs(tmp_path) for s in d.spans["statements"]}
    left = listed(tmp_path)
    assert left and {m["widened_text"] for m in left} == {None}
    assert not found & {(m["id"], m["text"]) for m in left}
    (clause,) = lost(FORM, entries, context)
    assert "left out" in clause


def test_entities_are_what_does_not_overlap_and_the_rest_is_counted(sample, tmp_path):
    codebook, entries = sample
    context = Context(codebook, options={"ents": "yes"})
    write(FORM, tmp_path, context, entries)
    (clause,) = counted = lost(FORM, entries, context)
    assert "overlap" in clause and "doc.ents" in clause
    back = docs(tmp_path)
    pieces = Counter(s.id_ for d in back for s in d.spans["statements"])
    held = sum(len(doc.ents) for doc in back)
    assert 0 < held < sum(pieces.values())
    assert sum(pieces.values()) - held >= counted[clause] > 0
    for doc in back:
        spans = {(s.start, s.end, s.label_) for s in doc.spans["statements"]}
        assert {(e.start, e.end, e.label_) for e in doc.ents} <= spans


def test_decisions_are_one_document_with_their_annotations(sample, tmp_path):
    codebook, entries = sample
    entries = as_gold(entries)
    write(FORM, tmp_path, Context(codebook), entries)
    back = docs(tmp_path)
    assert len(back) == len(entries)
    statement = next(iter(said(back[0])["statements"].values()))
    assert statement["soft"]["favor"] == 0.5
    assert statement["annotations"][0]["annotator"] in {"Camille", "Noor"}


def test_negatives_and_excluded_regions_are_groups(sample, tmp_path):
    codebook, _ = sample
    entry = with_negatives(hard_entries(codebook))[2]
    text = str(entry.article.text)
    region = RegionRecord("r", 0, 8, text[:8])
    entry.article.excluded = [region]
    write(FORM, tmp_path, Context(codebook), [entry])
    (doc,) = docs(tmp_path)
    assert [s.label_ for s in doc.spans["negatives"]] == ["none"]
    assert doc.spans["excluded"][0].text == region.text
    assert entry.negatives[0].span == Span(0, 2)


def test_an_article_marked_done_without_statements_is_a_document(sample, tmp_path):
    codebook, _ = sample
    done, untouched = (replace(e, statements=[], splits=[]) for e in hard_entries(codebook)[:2])
    untouched.article.status = {"Ada": "in_progress"}
    write(FORM, tmp_path, Context(codebook), [done, untouched])
    assert [said(doc)["article_name"] for doc in docs(tmp_path)] == [done.article.name]
    assert lost(FORM, [done, untouched], Context(codebook)) == {
        "articles that nobody has finished or labelled": 1
    }


def test_long_sets_go_on_in_another_file(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(spacy_docs, "_STATEMENTS", 20)
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook), entries)
    names = sorted(path.name for path in (tmp_path / "fr").iterdir())
    assert names == ["articles-2.spacy", "articles-3.spacy", "articles.spacy"]
    assert len(docs(tmp_path)) == 12


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("EN", "en"),
        (None, "xx"),
        ("qxx", "xx"),
        ("../fr", "xx"),
        ("fr.lex_attrs", "xx"),
    ],
)
def test_the_tokenizer_is_that_of_the_language_or_of_none(lang, code):
    assert tokens.language(lang).lang == code
