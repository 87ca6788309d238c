"""Pairs and SemEval-2016 task 6, read back as their users read them."""

import csv
import json
from pathlib import Path

import pytest

from annotator.domain.sentences import sentences
from annotator.domain.spans import Span
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from annotator.formats.datasets.passages import around
from tests.formats.datasets import hard
from tests.formats.datasets.entries import split_by_article, write

PAIRS = registry.form("pairs")
SEMEVAL = registry.form("semeval2016")


def pairs(folder: Path, codebook, made, **further) -> list[dict]:
    write(PAIRS, folder, Context(codebook, **further), made)
    body = (folder / "pairs.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in body.removesuffix("\n").split("\n")]


def rows(path: Path) -> list[dict[str, str]]:
    # as those who use the task's files read them: nothing quoted, tabs between
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("options", [{}, {"sentences": "2"}, {"passage": "statement"}])
def test_the_pieces_stand_where_the_line_says(tmp_path, codebook, entries, options) -> None:
    made = [hard.entry(), *entries]
    known = {record.id: record for entry in made for record in entry.statements}
    texts = {entry.article.uid: entry.article.text for entry in made}
    found = pairs(tmp_path, codebook, made, options=options)
    assert len(found) == len(known) - 1  # one is open
    for line in found:
        record = known[line["id"]]
        pieces = [line["text"][start:end] for start, end in line["pieces"]]
        assert " … ".join(pieces) == record.text
        assert (line["target"], line["label"]) == (record.target, record.stance)
        if line["start"] is not None:
            text, at = texts[line["article"]], line["start"]
            assert text[at : at + len(line["text"])] == line["text"]


def test_a_passage_holds_whole_sentences(tmp_path, codebook) -> None:
    found = {line["id"][-1]: line["text"] for line in pairs(tmp_path, codebook, [hard.entry()])}
    assert found["1"].startswith("Café")
    assert found["1"].endswith("🇫🇷 ».")
    assert found["2"] == "=1+1\tOrvask refuse la force\nétrangère."
    assert found["4"] == "עִבְרִית: ירושלים מתנגדת."


def test_sentences_around_are_those_asked_for(tmp_path, codebook) -> None:
    found = pairs(tmp_path, codebook, [hard.entry()], options={"sentences": "1"})
    text = next(line["text"] for line in found if line["id"].endswith("4"))
    assert text.startswith("M. Brost s'abstient.")
    assert text.endswith("الهدنة؟")


def test_the_words_alone_when_asked_for(tmp_path, codebook) -> None:
    found = pairs(tmp_path, codebook, [hard.entry()], options={"passage": "statement"})
    first = next(line for line in found if line["id"].endswith("1"))
    assert first["text"] == 'le Pacte "réclame" une trêve … tout de suite 🇫🇷'
    assert first["start"] is None


def test_a_negative_is_none_for_each_target_and_stays_clear_of_statements(
    tmp_path, codebook
) -> None:
    made = [hard.entry(negatives=True)]
    for number, more in enumerate(["0", "5"]):
        folder = tmp_path / more
        folder.mkdir()
        found = [
            line
            for line in pairs(folder, codebook, made, options={"sentences": more})
            if line["id"] is None
        ]
        assert [line["target"] for line in found] == [t.id for t in codebook.targets]
        assert {line["label"] for line in found} == {"none"}
        ((start, end),) = found[0]["pieces"]
        assert found[0]["text"][start:end] == "Dernière phrase 😀😀 sans rien."
        assert "מתנגדת" not in found[0]["text"]
        assert "تؤيد" not in found[0]["text"]
        assert ("Une autre" in found[0]["text"]) == bool(number)


def test_offsets_in_other_units_stand_beside(tmp_path, codebook) -> None:
    found = pairs(tmp_path, codebook, [hard.entry()], offsets=("utf16", "byte"))
    for line in found:
        for unit, encoding in (("utf16", "utf-16-le"), ("byte", "utf-8")):
            size = 2 if unit == "utf16" else 1
            body = line["text"].encode(encoding)
            for (start, end), (low, high) in zip(
                line["pieces"], line["offsets"][unit]["pieces"], strict=True
            ):
                part = body[low * size : high * size].decode(encoding)
                assert part == line["text"][start:end]


def test_a_span_gets_its_sentences_and_more_on_either_side() -> None:
    text = "Un mot. Deux mots. Trois mots. Quatre mots."
    found = sentences(text)
    three = Span(text.index("rois"), text.index("rois") + 4)
    assert around(three, found).of(text) == "Trois mots."
    assert around(three, found, 1).of(text) == "Deux mots. Trois mots. Quatre mots."
    assert around(three, found, 9).of(text) == text
    assert around(Span(1, 10), found).of(text) == "Un mot. Deux mots."
    assert around(Span(7, 8), found) == Span(7, 8)  # the blank between two
    assert around(three, []) == three


@pytest.mark.parametrize("form", [PAIRS, SEMEVAL], ids=["pairs", "semeval2016"])
@pytest.mark.parametrize("options", [{}, {"sentences": "2"}, {"passage": "statement"}])
def test_what_a_row_shows_is_told_to_who_makes_the_splits(tmp_path, codebook, form, options):
    entry = hard.entry()
    context = Context(codebook, options=options)
    shown = {
        r.id: form.shows(entry.article, Span(r.start, r.end), context) for r in entry.statements
    }
    for line in pairs(tmp_path, codebook, [entry], options=options):
        if line["start"] is not None:
            assert shown[line["id"]].of(hard.TEXT) == line["text"]


def test_the_task_reads_its_rows(tmp_path, codebook, entries) -> None:
    made = [hard.entry(negatives=True), *entries]
    write(SEMEVAL, tmp_path, Context(codebook), made)
    found = rows(tmp_path / "semeval2016.txt")
    assert list(found[0]) == ["ID", "Target", "Text", "Stance"]
    known = {record.id: record for entry in made for record in entry.statements}
    wanted = {"favor": "FAVOR", "against": "AGAINST", "neutral": "NONE", "unclear": "NONE"}
    statements = [row for row in found if row["ID"] in known]
    assert len(statements) == len(known) - 1
    for row in statements:
        record = known[row["ID"]]
        assert row["Target"] == record.target
        assert row["Stance"] == wanted[record.stance or ""]
        for start, end in record.pieces:
            text = next(e.article.text for e in made if e.article.uid == record.article)
            assert " ".join(text[start:end].split("\n")) in row["Text"]
    negatives = [row for row in found if row["ID"] not in known]
    assert {row["Stance"] for row in negatives} == {"NONE"}
    assert len(negatives) == len(codebook.targets)
    assert len({row["ID"] for row in found}) == len(found)


def test_what_becomes_none_and_what_is_replaced_is_counted(codebook) -> None:
    lost = SEMEVAL.lost(hard.entry(), Context(codebook))
    assert lost["statements that are neutral and become NONE"] == 1
    assert lost["statements that are unclear and become NONE"] == 1
    assert lost["statements without a target or a stance"] == 1
    assert lost["texts whose tabs and line breaks become spaces"] == 2
    words = Context(codebook, options={"passage": "statement"})
    assert SEMEVAL.lost(hard.entry(), words)["texts whose tabs and line breaks become spaces"] == 2


def test_the_scorer_of_the_task_finds_its_heading(tmp_path, codebook) -> None:
    write(SEMEVAL, tmp_path, Context(codebook, options={"heading": "Tweet"}), [])
    assert (tmp_path / "semeval2016.txt").read_text() == "ID\tTarget\tTweet\tStance\n"


def test_a_classifier_trains_on_the_pairs(tmp_path, codebook, entries) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    splits = ("train", "test")
    write(PAIRS, tmp_path, Context(codebook, splits=splits), split_by_article(entries, splits))
    data = {
        split: [
            json.loads(line)
            for line in (tmp_path / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for split in splits
    }
    model = make_pipeline(TfidfVectorizer(), LogisticRegression())
    texts = {split: [f"{d['target']} {d['text']}" for d in data[split]] for split in splits}
    model.fit(texts["train"], [d["label"] for d in data["train"]])
    assert 0 <= model.score(texts["test"], [d["label"] for d in data["test"]]) <= 1
